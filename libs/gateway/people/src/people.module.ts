import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { CALLER_GATE, MERCHANTS, SharedRateLimiter, type CallerGate, type Merchants } from '@paymatch/gateway-access';
import { SupervisedLoop } from '@paymatch/platform-loops';
import { mailSenderOf } from '@paymatch/platform-mail';
import { CLOCK, LOGGER, type Clock, type Logger } from '@paymatch/platform-observability';
import { namedProvider } from '@paymatch/platform-service';
import { PanelDoor } from './panel-door.js';
import { Passkeys } from './passkeys/passkeys.js';
import { PasswordResets } from './password-resets.js';
import { PeopleMail } from './people-mail.js';
import { createPeopleStores, type PeopleOptions, type PeopleStores } from './people-stores.js';

export const PEOPLE = Symbol('People');
export const PANEL_DOOR = Symbol('PanelDoor');
export const PEOPLE_MAIL = Symbol('PeopleMail');
export const PASSWORD_RESETS = Symbol('PasswordResets');
export const PASSKEYS = Symbol('Passkeys');

const PURGE_EVERY_MS = 10 * 60_000;

/** Clears away sessions, links and counts that are over; says at the start how somebody comes in where nobody can. */
class PeopleKeeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loop: SupervisedLoop;

  constructor(
    @Inject(PEOPLE) private readonly people: PeopleStores,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(PASSWORD_RESETS) private readonly resets: PasswordResets,
  ) {
    this.loop = new SupervisedLoop({
      name: 'the clearing of old sessions',
      logger,
      everyMs: PURGE_EVERY_MS,
      turn: async (isStopping) => {
        for (const store of [people.sessions, people.links, people.throttle, people.passkeyChallenges])
          while (!isStopping() && (await store.purge()));
      },
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    this.loop.start();
    if (!(await this.people.users.hasOperator()))
      this.logger.info('nobody runs this installation yet; make yourself its operator', {
        command: 'npm run ops -- operator invite --email <your address>',
      });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loop.stop();
    await this.resets.stop();
    await this.people.signIn.settled();
  }
}

/** What `PeopleModule` is told. */
export interface PeopleModuleOptions extends Omit<PeopleOptions, 'clock' | 'logger'> {
  /** Where browsers reach this gateway, without a trailing slash. */
  readonly publicUrl: string;
  /** Without a mail server links are handed over by whoever makes them. */
  readonly smtpUrl?: string;
  readonly mailFrom?: string;
}

interface ResetProviders {
  readonly people: PeopleStores;
  readonly mail: PeopleMail;
  readonly logger: Logger;
}

interface DoorProviders {
  readonly people: PeopleStores;
  readonly gate: CallerGate;
  readonly merchants: Merchants;
  readonly clock: Clock;
}

/** People who sign in, and the panel's door. Global. Needs `AccessModule`. */
@Module({})
export class PeopleModule {
  static register({ publicUrl, smtpUrl, mailFrom, ...options }: PeopleModuleOptions): DynamicModule {
    return {
      module: PeopleModule,
      global: true,
      providers: [
        {
          provide: PEOPLE,
          useFactory: (clock: Clock, logger: Logger) => createPeopleStores({ ...options, clock, logger }),
          inject: [CLOCK, LOGGER],
        },
        namedProvider<DoorProviders>(
          PANEL_DOOR,
          { people: PEOPLE, gate: CALLER_GATE, merchants: MERCHANTS, clock: CLOCK },
          ({ people: { users, sessions, visits, audit }, ...found }) =>
            new PanelDoor({
              ...found,
              users,
              sessions,
              visits,
              audit,
              publicUrl,
              limiter: new SharedRateLimiter(options.database),
            }),
        ),
        {
          provide: PEOPLE_MAIL,
          useFactory: (logger: Logger) => new PeopleMail(mailSenderOf({ smtpUrl, mailFrom }), logger),
          inject: [LOGGER],
        },
        namedProvider<ResetProviders>(
          PASSWORD_RESETS,
          { people: PEOPLE, mail: PEOPLE_MAIL, logger: LOGGER },
          (found) => new PasswordResets({ ...found, publicUrl }),
        ),
        {
          provide: PASSKEYS,
          useFactory: (people: PeopleStores) => new Passkeys(people, publicUrl),
          inject: [PEOPLE],
        },
        PeopleKeeper,
      ],
      exports: [PEOPLE, PANEL_DOOR, PEOPLE_MAIL, PASSWORD_RESETS, PASSKEYS],
    };
  }
}
