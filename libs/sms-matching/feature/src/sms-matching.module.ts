import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { viewParked } from '@paymatch/contracts';
import type { Values } from '@paymatch/platform-config';
import { watchRelay } from '@paymatch/platform-log';
import { MESSAGE_BUS, Outbox, OutboxRelay, ParkingDesk, type MessageBus } from '@paymatch/platform-messaging';
import {
  CLOCK,
  LOGGER,
  METRICS,
  READINESS,
  TRACING,
  watchQueues,
  type Clock,
  type Logger,
  type Metrics,
  type Readiness,
  type Tracing,
} from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { namedProvider } from '@paymatch/platform-service';
import { templateRegistry } from '@paymatch/sms-matching-domain';
import { AttentionSweep, type AttentionSweepOptions } from './cases/attention.sweep.js';
import { StatementsHandler } from './bank/statements.handler.js';
import { CreditCommandsConsumer } from './cases/credit-commands.consumer.js';
import { MessageWaits } from './cases/message-waits.js';
import { CreditCommandsHandler } from './cases/credit-commands.handler.js';
import { CreditsReceivedConsumer } from './messages/credits-received.consumer.js';
import { CreditsReceivedHandler } from './messages/credits-received.handler.js';
import { MatchingStage } from './slots/matching-stage.js';
import { MessageSweep } from './messages/message.sweep.js';
import { MatchRefusalsConsumer } from './payments/match-refusals.consumer.js';
import { MatchRefusalsHandler } from './payments/match-refusals.handler.js';
import { PaymentEventsConsumer } from './payments/payment-events.consumer.js';
import { PaymentEventsHandler } from './payments/payment-events.handler.js';
import { PixReceivedHandler } from './pix/pix-received.handler.js';
import { smsMatchingSchema } from './schema/sms-matching.migrations.js';
import type { smsMatchingSettings } from './sms-matching.settings.js';
import {
  CREDIT_COMMANDS_HANDLER,
  CREDITS_RECEIVED_HANDLER,
  MATCH_REFUSALS_HANDLER,
  PAYMENT_EVENTS_HANDLER,
  PIX_RECEIVED_HANDLER,
  SMS_MATCHING_DATABASE,
  SMS_MATCHING_PARKING,
  STATEMENTS_HANDLER,
} from './tokens.js';

const RELAY = Symbol('CreditEventsRelay');
const PORTS = Symbol('MatchingPorts');
const STAGE = Symbol('MatchingStage');
const PARTS = Symbol('MatchingParts');
const SWEEP = Symbol('AttentionSweep');
const MESSAGE_SWEEP = Symbol('MessageSweep');

interface RelayParts {
  readonly bus: MessageBus;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
}
const RELAY_PARTS = { bus: MESSAGE_BUS, logger: LOGGER, metrics: METRICS, readiness: READINESS } as const;

interface PortParts {
  readonly relay: OutboxRelay;
  readonly logger: Logger;
  readonly tracing: Tracing;
}

/** What runs as long as the service does. */
interface Parts {
  readonly relay: OutboxRelay;
  readonly stage: MatchingStage;
  readonly sweep: AttentionSweep;
  readonly messages: MessageSweep;
}

type LookOptions = Pick<AttentionSweepOptions, 'clock' | 'intervalMs' | 'rowsMax'>;

export type SmsMatchingOptions = { readonly database: Database } & Values<typeof smsMatchingSettings>;

/** The sms-matching service: reads messages, brings credits and claims together, keeps what needs a person. */
@Module({})
export class SmsMatchingModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(PARTS) private readonly parts: Parts,
    @Inject(METRICS) metrics: Metrics,
  ) {
    watchQueues(metrics, () => ({ 'sms-matching.shares': parts.stage.depth }));
  }

  static register(options: SmsMatchingOptions): DynamicModule {
    const { database } = options;
    const waits = new MessageWaits(options.trxWaitMs);
    const portsOf = ({ relay, logger, tracing }: PortParts) => ({
      database,
      logger,
      tracing,
      outbox: new Outbox({ schema: smsMatchingSchema }),
      registry: templateRegistry,
      settings: options,
      waits,
      onCommitted: () => relay.nudge(),
    });
    type Ports = ReturnType<typeof portsOf>;
    const handler = <Handler>(provide: symbol, Made: new (ports: Ports) => Handler) => ({
      provide,
      inject: [PORTS],
      useFactory: (ports: Ports) => new Made(ports),
    });
    /** What comes over topics. */
    const staged = <Handler>(
      provide: symbol,
      Made: new (ports: Ports & { readonly stage: MatchingStage }) => Handler,
    ) => ({
      provide,
      inject: [PORTS, STAGE],
      useFactory: (ports: Ports, stage: MatchingStage) => new Made({ ...ports, stage }),
    });
    const look = <Look>(provide: symbol, Made: new (ports: Ports & LookOptions) => Look) => ({
      provide,
      inject: [PORTS, CLOCK],
      useFactory: (ports: Ports, clock: Clock) =>
        new Made({
          ...ports,
          clock,
          intervalMs: options.attentionSweepIntervalMs,
          rowsMax: options.attentionSweepRowsMax,
        }),
    });
    const handlers = [
      handler(STAGE, MatchingStage),
      staged(CREDITS_RECEIVED_HANDLER, CreditsReceivedHandler),
      handler(STATEMENTS_HANDLER, StatementsHandler),
      staged(PIX_RECEIVED_HANDLER, PixReceivedHandler),
      staged(PAYMENT_EVENTS_HANDLER, PaymentEventsHandler),
      staged(MATCH_REFUSALS_HANDLER, MatchRefusalsHandler),
      handler(CREDIT_COMMANDS_HANDLER, CreditCommandsHandler),
    ];
    return {
      module: SmsMatchingModule,
      controllers: [CreditsReceivedConsumer, PaymentEventsConsumer, MatchRefusalsConsumer, CreditCommandsConsumer],
      providers: [
        namedProvider<RelayParts>(RELAY, RELAY_PARTS, ({ bus, logger, ...watchers }) =>
          watchRelay(new OutboxRelay({ database, bus, logger }), watchers),
        ),
        namedProvider<PortParts>(PORTS, { relay: RELAY, logger: LOGGER, tracing: TRACING }, portsOf),
        { provide: SMS_MATCHING_DATABASE, useValue: database },
        { provide: SMS_MATCHING_PARKING, useValue: new ParkingDesk(database, viewParked) },
        ...handlers,
        look(MESSAGE_SWEEP, MessageSweep),
        look(SWEEP, AttentionSweep),
        namedProvider<Parts>(
          PARTS,
          { relay: RELAY, stage: STAGE, sweep: SWEEP, messages: MESSAGE_SWEEP },
          (parts) => parts,
        ),
      ],
    };
  }

  onApplicationBootstrap(): void {
    this.parts.relay.start();
    this.parts.sweep.start();
    this.parts.messages.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.parts.messages.stop();
    await this.parts.sweep.stop();
    await this.parts.stage.stop();
    await this.parts.relay.stop();
  }
}
