import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { viewParked } from '@paymatch/contracts';
import type { Values } from '@paymatch/platform-config';
import { watchRelay, type LogRelay } from '@paymatch/platform-log';
import type { StoredEvent } from '@paymatch/platform-event-store';
import { MESSAGE_BUS, ParkingDesk, type MessageBus } from '@paymatch/platform-messaging';
import {
  CLOCK,
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
import type { Database } from '@paymatch/platform-postgres';
import { namedProvider } from '@paymatch/platform-service';
import { CreditEventsConsumer } from './credit-events.consumer.js';
import { ExpirySweep } from './expiry.sweep.js';
import { PaymentCommandHandler } from './payment-command.handler.js';
import { RecentFacts } from './recent-streams.js';
import { PaymentCommandQueue } from './payment-command.queue.js';
import { PaymentCommandsConsumer } from './payment-commands.consumer.js';
import { PaymentHistoryReader } from './payment-history.js';
import { createPaymentEventsRelay } from './payment-events.relay.js';
import type { paymentsSettings } from './payments.settings.js';
import { PaymentMeasures } from './payment.measures.js';
import { PaymentErasure } from './payment-erasure.js';
import {
  PAYMENT_COMMAND_QUEUE,
  PAYMENT_ERASURE,
  PAYMENT_HISTORY_READER,
  PAYMENT_MEASURES,
  PAYMENTS_DATABASE,
  PAYMENTS_PARKING,
} from './tokens.js';

const RELAY = Symbol('PaymentEventsRelay');
const SWEEP = Symbol('ExpirySweep');

interface RelayParts {
  readonly bus: MessageBus;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
}
const RELAY_PARTS = { bus: MESSAGE_BUS, logger: LOGGER, metrics: METRICS, readiness: READINESS } as const;

export type PaymentsOptions = { readonly database: Database } & Values<typeof paymentsSettings>;

/** The payments service: decides payment commands and publishes what came of them. */
@Module({})
export class PaymentsModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(RELAY) private readonly relay: LogRelay<StoredEvent>,
    @Inject(SWEEP) private readonly sweep: ExpirySweep,
    @Inject(PAYMENT_COMMAND_QUEUE) private readonly queue: PaymentCommandQueue,
  ) {}

  static register(options: PaymentsOptions): DynamicModule {
    const { database } = options;
    const recentFacts = new RecentFacts();
    return {
      module: PaymentsModule,
      controllers: [PaymentCommandsConsumer, CreditEventsConsumer],
      providers: [
        { provide: PAYMENTS_DATABASE, useValue: database },
        { provide: PAYMENTS_PARKING, useValue: new ParkingDesk(database, viewParked) },
        namedProvider<RelayParts>(RELAY, RELAY_PARTS, ({ bus, logger, ...watchers }) =>
          watchRelay(createPaymentEventsRelay({ database, bus, logger, recentFacts }), watchers),
        ),
        { provide: PAYMENT_HISTORY_READER, useValue: new PaymentHistoryReader(database) },
        {
          provide: PAYMENT_MEASURES,
          inject: [METRICS],
          useFactory: (metrics: Metrics) => new PaymentMeasures(metrics),
        },
        {
          provide: PAYMENT_COMMAND_QUEUE,
          inject: [RELAY, PAYMENT_MEASURES, TRACING],
          useFactory: (relay: LogRelay<StoredEvent>, measures: PaymentMeasures, tracing: Tracing) =>
            new PaymentCommandQueue({
              handler: new PaymentCommandHandler(database, recentFacts, { measures, tracing }),
              measures,
              batchSizeMax: options.batchSizeMax,
              concurrencyMax: options.batchConcurrencyMax,
              onCommitted: () => relay.nudge(),
            }),
        },
        {
          provide: PAYMENT_ERASURE,
          inject: [PAYMENT_COMMAND_QUEUE],
          useFactory: (queue: PaymentCommandQueue) => new PaymentErasure(database, queue),
        },
        {
          provide: SWEEP,
          inject: [PAYMENT_COMMAND_QUEUE, CLOCK, LOGGER],
          useFactory: (queue: PaymentCommandQueue, clock: Clock, logger: Logger) =>
            new ExpirySweep({
              database,
              clock,
              logger,
              intervalMs: options.expirySweepIntervalMs,
              send: (message) => queue.send(message),
            }),
        },
      ],
      exports: [PAYMENT_COMMAND_QUEUE],
    };
  }

  onApplicationBootstrap(): void {
    this.relay.start();
    this.sweep.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.sweep.stop();
    await this.queue.close();
    await this.relay.stop();
  }
}
