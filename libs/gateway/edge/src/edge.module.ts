import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { SupervisedLoop } from '@paymatch/platform-loops';
import { CLOCK, LOGGER, type Clock, type Logger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { SecretKeeper } from '@paymatch/platform-secrets';
import { IDEMPOTENCY, IdempotencyStore } from './idempotency.store.js';

const PURGE_EVERY_MS = 60_000;

export const GATEWAY_DATABASE = Symbol('GatewayDatabase');

export interface EdgeOptions {
  /** Connected and migrated, schema `gateway`. */
  readonly database: Database;
  /** The operator's secret, `PAYMATCH_SECRET`. */
  readonly secret: string;
}

/** Clears old idempotency keys away every minute. */
class IdempotencyPurge implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loop: SupervisedLoop;

  constructor(@Inject(IDEMPOTENCY) store: IdempotencyStore, @Inject(LOGGER) logger: Logger) {
    this.loop = new SupervisedLoop({
      name: 'the clearing of old idempotency keys',
      logger,
      everyMs: PURGE_EVERY_MS,
      turn: (isStopping) => store.purge(isStopping),
    });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }
}

/** What every room of the gateway stands on. Global. */
@Module({})
export class EdgeModule {
  static register({ database, secret }: EdgeOptions): DynamicModule {
    return {
      module: EdgeModule,
      global: true,
      providers: [
        { provide: GATEWAY_DATABASE, useValue: database },
        {
          provide: IDEMPOTENCY,
          useFactory: (clock: Clock) => new IdempotencyStore(database, { secrets: new SecretKeeper(secret), clock }),
          inject: [CLOCK],
        },
        IdempotencyPurge,
      ],
      exports: [GATEWAY_DATABASE, IDEMPOTENCY],
    };
  }
}
