import {
  Inject,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { viewParked, webhookSecretPurpose } from '@paymatch/contracts';
import { TextSealer } from '@paymatch/platform-secrets';
import { watchRelay } from '@paymatch/platform-log';
import { mailSenderOf } from '@paymatch/platform-mail';
import { MESSAGE_BUS, Outbox, OutboxRelay, ParkingDesk, type MessageBus } from '@paymatch/platform-messaging';
import {
  LOGGER,
  METRICS,
  READINESS,
  TRACING,
  type Clock,
  type Logger,
  type Metrics,
  type Readiness,
  type Tracing,
} from '@paymatch/platform-observability';
import { DatabaseClock, type Database } from '@paymatch/platform-postgres';
import { namedProvider } from '@paymatch/platform-service';
import { DeliveryDispatcher } from './deliveries/delivery.dispatcher.js';
import { WebhookMeasures } from './deliveries/webhook.measures.js';
import { sealStoredSecrets } from './endpoints/signing-secret.store.js';
import { CreditEventsConsumer } from './credit-events.consumer.js';
import { PaymentEventsConsumer } from './payment-events.consumer.js';
import { UndiciSender } from './sender/undici.sender.js';
import type { WebhookSender } from './sender/webhook.sender.js';
import {
  WEBHOOK_CONTEXT,
  WEBHOOK_DISPATCHER,
  WEBHOOK_PARKING,
  WEBHOOK_WORKERS,
  type WebhookContext,
} from './tokens.js';
import { WebhookCommandsConsumer } from './webhook-commands.consumer.js';
import { webhookDispatchSchema } from './webhook-dispatch.migrations.js';
import { webhookDispatchSettings } from './webhook-dispatch.settings.js';
import { WebhookWorkers } from './webhook-workers.js';

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
  readonly failureBudgetHours?: number;
  readonly probeMinutes?: number;
  readonly keepDays?: number;
  readonly smtpUrl?: string;
  readonly mailFrom?: string;
  /** Instead of the database's, which all dispatchers share. */
  readonly clock?: Clock;
  /** Instead of HTTP, for a simulation whose receivers are no servers. */
  readonly sender?: WebhookSender;
}
const RELAY = Symbol('WebhookOutboxRelay');
const SENDER = Symbol('WebhookSender');
const MEASURES = Symbol('WebhookMeasures');
/** One for all dispatchers, wherever they run. */
const SHARED_CLOCK = Symbol('WebhookClock');
const HOUR_MS = 3_600_000;

/** The webhook-dispatch service: tells merchants what became of their payments. */
@Module({})
export class WebhookDispatchModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    @Inject(RELAY) private readonly relay: OutboxRelay,
    @Inject(WEBHOOK_WORKERS) private readonly workers: WebhookWorkers,
  ) {}

  static register(options: WebhookDispatchOptions): DynamicModule {
    return {
      module: WebhookDispatchModule,
      controllers: [PaymentEventsConsumer, CreditEventsConsumer, WebhookCommandsConsumer],
      providers: [...contextProviders(options), ...workProviders(options)],
      exports: [WEBHOOK_DISPATCHER],
    };
  }

  onApplicationBootstrap(): void {
    this.relay.start();
    this.workers.start();
  }

  /** While the message bus still works: what the last attempts have to tell goes out with them. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.workers.stop();
    await this.relay.stop();
  }
}

function contextProviders(options: WebhookDispatchOptions): NonNullable<DynamicModule['providers']> {
  const { database, publicUrl, allowHttp, allowPrivateTargets } = options;
  const targets = { allowHttp, allowPrivateTargets };
  const sealer = new TextSealer(options.secret, webhookSecretPurpose);
  const failureBudgetMs = (options.failureBudgetHours ?? webhookDispatchSettings.failureBudgetHours.default!) * HOUR_MS;
  const isMailSet = (options.smtpUrl ?? '') !== '';
  return [
    {
      provide: SHARED_CLOCK,
      inject: [LOGGER],
      useFactory: async (logger: Logger): Promise<Clock> =>
        options.clock ?? (await DatabaseClock.start(database, logger)),
    },
    {
      provide: WEBHOOK_CONTEXT,
      inject: [SHARED_CLOCK],
      // What an earlier version left in clear is sealed before anything is sent or asked.
      useFactory: async (clock: Clock): Promise<WebhookContext> => {
        await sealStoredSecrets(database, sealer);
        return { database, publicUrl, targets, sealer, clock, failureBudgetMs, isMailSet };
      },
    },
    { provide: WEBHOOK_PARKING, useValue: new ParkingDesk(database, viewParked) },
    { provide: SENDER, useFactory: () => options.sender ?? new UndiciSender(targets) },
    namedProvider<RelayParts>(RELAY, RELAY_PARTS, ({ bus, logger, ...watchers }) =>
      watchRelay(new OutboxRelay({ database, bus, logger }), watchers),
    ),
    {
      provide: MEASURES,
      inject: [METRICS],
      useFactory: (metrics: Metrics): WebhookMeasures => {
        const measures = new WebhookMeasures(metrics);
        measures.watchSchedule(database);
        return measures;
      },
    },
  ];
}

interface RelayParts {
  readonly bus: MessageBus;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
}
const RELAY_PARTS = { bus: MESSAGE_BUS, logger: LOGGER, metrics: METRICS, readiness: READINESS } as const;

interface Parts {
  readonly context: WebhookContext;
  readonly sender: WebhookSender;
  readonly relay: OutboxRelay;
  readonly logger: Logger;
}

const PARTS = { context: WEBHOOK_CONTEXT, sender: SENDER, relay: RELAY, logger: LOGGER } as const;

function workProviders(options: WebhookDispatchOptions): NonNullable<DynamicModule['providers']> {
  const { database } = options;
  const defaults = webhookDispatchSettings;
  return [
    namedProvider<Parts & { readonly measures: WebhookMeasures; readonly tracing: Tracing }>(
      WEBHOOK_DISPATCHER,
      { ...PARTS, measures: MEASURES, tracing: TRACING },
      ({ context, sender, relay, logger, measures, tracing }) => {
        return new DeliveryDispatcher({
          database,
          sender,
          logger,
          measures,
          tracing,
          sealer: context.sealer,
          clock: context.clock,
          outbox: new Outbox({ schema: webhookDispatchSchema }),
          onFacts: () => relay.nudge(),
          inFlightMax: options.webhooksInFlightMax ?? defaults.webhooksInFlightMax.default!,
          perReceiverMax: options.webhooksPerReceiverMax ?? defaults.webhooksPerReceiverMax.default!,
        });
      },
    ),
    namedProvider<Parts & { readonly dispatcher: DeliveryDispatcher }>(
      WEBHOOK_WORKERS,
      { ...PARTS, dispatcher: WEBHOOK_DISPATCHER },
      (parts) =>
        new WebhookWorkers({
          ...parts,
          mail: mailSenderOf(options),
          probeMs: (options.probeMinutes ?? defaults.probeMinutes.default!) * 60_000,
          keepMs: (options.keepDays ?? defaults.keepDays.default!) * 24 * HOUR_MS,
        }),
    ),
  ];
}
