import {
  Inject,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { webhookSecretPurpose } from '@paymatch/contracts';
import { TextSealer } from '@paymatch/platform-secrets';
import { MESSAGE_BUS, Outbox, OutboxRelay, type MessageBus } from '@paymatch/platform-messaging';
import { LOGGER, type Clock, type Logger } from '@paymatch/platform-observability';
import { DatabaseClock, type Database } from '@paymatch/platform-postgres';
import { namedProvider } from '@paymatch/platform-service';
import { DeliveryDispatcher } from './deliveries/delivery.dispatcher.js';
import { sealStoredSecrets } from './endpoints/signing-secret.store.js';
import { PaymentEventsConsumer } from './payment-events.consumer.js';
import { ReplayRunner } from './replays/replay.runner.js';
import { UndiciSender } from './sender/undici.sender.js';
import type { WebhookSender } from './sender/webhook.sender.js';
import { WEBHOOK_CONTEXT, WEBHOOK_DISPATCHER, type WebhookContext } from './tokens.js';
import { WebhookCommandsConsumer } from './webhook-commands.consumer.js';
import { webhookDispatchSchema } from './webhook-dispatch.migrations.js';
import { webhookDispatchSettings } from './webhook-dispatch.settings.js';

export interface WebhookDispatchOptions {
  /** Connected and migrated. */
  readonly database: Database;
  /** The gateway's public base without a trailing slash. */
  readonly publicUrl: string;
  /** The operator's secret, `PAYMATCH_SECRET`. */
  readonly secret: string;
  readonly allowHttp: boolean;
  readonly allowPrivateTargets: boolean;
  /** The settings' defaults when absent. */
  readonly webhooksInFlightMax?: number;
  readonly webhooksPerReceiverMax?: number;
  /** Instead of the database's, which all dispatchers share. */
  readonly clock?: Clock;
}

const warnOf =
  (logger: Logger) =>
  (error: unknown): void =>
    logger.warn("the database's clock could not be looked at; the last look is used", { error });

const RELAY = Symbol('WebhookOutboxRelay');
const SENDER = Symbol('WebhookSender');
const SENDER_AND_REPLAYS = Symbol('WebhookSenderAndReplays');
/** One for all dispatchers, wherever they run. */
const SHARED_CLOCK = Symbol('WebhookClock');
/** Shorter than an attempt's 10 s, to leave the rest of the process its time: what hangs longer is sent again when its lease ends. */
const STOP_DEADLINE_MS = 5_000;

/** The webhook-dispatch service: tells merchants what became of their payments. */
@Module({})
export class WebhookDispatchModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    @Inject(RELAY) private readonly relay: OutboxRelay,
    @Inject(WEBHOOK_DISPATCHER) private readonly dispatcher: DeliveryDispatcher,
    @Inject(SENDER_AND_REPLAYS)
    private readonly parts: { readonly sender: WebhookSender; readonly replays: ReplayRunner },
  ) {}

  static register(options: WebhookDispatchOptions): DynamicModule {
    const { database, publicUrl, allowHttp, allowPrivateTargets } = options;
    const targets = { allowHttp, allowPrivateTargets };
    const sealer = new TextSealer(options.secret, webhookSecretPurpose);
    return {
      module: WebhookDispatchModule,
      controllers: [PaymentEventsConsumer, WebhookCommandsConsumer],
      providers: [
        {
          provide: SHARED_CLOCK,
          inject: [LOGGER],
          useFactory: async (logger: Logger): Promise<Clock> =>
            options.clock ?? (await DatabaseClock.start(database, warnOf(logger))),
        },
        {
          provide: WEBHOOK_CONTEXT,
          inject: [SHARED_CLOCK],
          // What an earlier version left in clear is sealed before anything is sent or asked.
          useFactory: async (clock: Clock): Promise<WebhookContext> => {
            await sealStoredSecrets(database, sealer);
            return { database, publicUrl, targets, sealer, clock };
          },
        },
        { provide: SENDER, useFactory: () => new UndiciSender(targets) },
        namedProvider<{
          sender: WebhookSender;
          context: WebhookContext;
          dispatcher: DeliveryDispatcher;
          logger: Logger;
        }>(
          SENDER_AND_REPLAYS,
          { sender: SENDER, context: WEBHOOK_CONTEXT, dispatcher: WEBHOOK_DISPATCHER, logger: LOGGER },
          ({ sender, context, dispatcher, logger }) => ({
            sender,
            replays: new ReplayRunner({ database, clock: context.clock, logger, onStep: () => dispatcher.nudge() }),
          }),
        ),
        {
          provide: RELAY,
          inject: [MESSAGE_BUS, LOGGER],
          useFactory: (bus: MessageBus, logger: Logger) => new OutboxRelay({ database, bus, logger }),
        },
        {
          provide: WEBHOOK_DISPATCHER,
          inject: [WEBHOOK_CONTEXT, SENDER, RELAY, LOGGER],
          useFactory: (...[context, sender, relay, logger]: [WebhookContext, WebhookSender, OutboxRelay, Logger]) =>
            new DeliveryDispatcher({
              database,
              sender,
              sealer,
              logger,
              clock: context.clock,
              outbox: new Outbox({ schema: webhookDispatchSchema }),
              onRecorded: () => relay.nudge(),
              inFlightMax: options.webhooksInFlightMax ?? webhookDispatchSettings.webhooksInFlightMax.default!,
              perReceiverMax: options.webhooksPerReceiverMax ?? webhookDispatchSettings.webhooksPerReceiverMax.default!,
            }),
        },
      ],
      exports: [WEBHOOK_DISPATCHER],
    };
  }

  onApplicationBootstrap(): void {
    this.relay.start();
    this.dispatcher.start();
    this.parts.replays.start();
  }

  /** While the message bus still works: what the last attempts have to tell goes out with them. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.dispatcher.stop(STOP_DEADLINE_MS);
    await this.parts.replays.stop();
    await this.parts.sender.close();
    await this.relay.stop();
  }
}
