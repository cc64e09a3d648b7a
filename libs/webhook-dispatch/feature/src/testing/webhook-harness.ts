import { randomUUID } from 'node:crypto';
import type {
  WebhookCommand,
  WebhookDeliveryView,
  WebhookEndpointView,
  WebhookEvent,
  WebhookEventName,
} from '@paymatch/contracts';
import type { PaymentEventData } from '@paymatch/contracts';
import { Outbox, type Message } from '@paymatch/platform-messaging';
import { silentLogger } from '@paymatch/platform-observability';
import { createTestDatabase, eventually, type TestDatabase } from '@paymatch/platform-testing';
import { DeliveryDispatcher, type DispatcherOptions } from '../deliveries/delivery.dispatcher.js';
import { claimDeliveries } from '../deliveries/delivery-claim.store.js';
import { makeDeliveries } from '../deliveries/delivery.maker.js';
import { handleWebhookCommand } from '../endpoints/webhook-command.handler.js';
import { UndiciSender, type UndiciSenderOptions } from '../sender/undici.sender.js';
import { webhookDispatchMigrations, webhookDispatchSchema } from '../webhook-dispatch.migrations.js';
import { T0 } from './payment-facts.js';

const NEVER_POLLS_MS = 3_600_000;

/** The service without its transport: real database, real sockets, a clock that stands still until it is moved. */
export class WebhookHarness {
  nowMs = T0;
  private readonly dispatchers: DeliveryDispatcher[] = [];
  private readonly senders: UndiciSender[] = [];
  private messageCount = 0;

  private constructor(readonly test: TestDatabase) {}

  static async create(): Promise<WebhookHarness> {
    return new WebhookHarness(
      await createTestDatabase({ schema: webhookDispatchSchema, migrations: webhookDispatchMigrations }),
    );
  }

  get database(): TestDatabase['database'] {
    return this.test.database;
  }

  sender(options: Partial<UndiciSenderOptions> = {}): UndiciSender {
    const sender = new UndiciSender({ allowHttp: true, allowPrivateTargets: true, timeoutMs: 2_000, ...options });
    this.senders.push(sender);
    return sender;
  }

  /** Does nothing by itself: it claims when it starts, when it is nudged, and when an attempt ends. */
  dispatcher(options: Partial<DispatcherOptions> = {}): DeliveryDispatcher {
    const dispatcher = new DeliveryDispatcher({
      database: this.database,
      sender: options.sender ?? this.sender(),
      outbox: new Outbox({ schema: webhookDispatchSchema }),
      clock: { nowMs: () => this.nowMs },
      logger: silentLogger,
      inFlightMax: 32,
      perReceiverMax: 4,
      pollMs: NEVER_POLLS_MS,
      random: () => 0,
      ...options,
    });
    this.dispatchers.push(dispatcher);
    dispatcher.start();
    return dispatcher;
  }

  consume(messages: readonly Message<PaymentEventData>[]): Promise<number> {
    return makeDeliveries(messages, this.nowMs, { database: this.database, publicUrl: 'https://pay.example' });
  }

  command(command: WebhookCommand, messageId = `command-${(this.messageCount += 1)}`): Promise<unknown> {
    return handleWebhookCommand(command, {
      database: this.database,
      targets: { allowHttp: true, allowPrivateTargets: true },
      messageId,
      nowMs: this.nowMs,
    });
  }

  async setEndpoint(
    url: string,
    events: readonly WebhookEventName[] = [],
    merchantId = 'm1',
  ): Promise<WebhookEndpointView> {
    return (await this.command({
      type: 'SetEndpoint',
      merchantId,
      url,
      events,
      secret: null,
      now: '',
    })) as WebhookEndpointView;
  }

  async endpoint(merchantId = 'm1'): Promise<WebhookEndpointView> {
    return (await this.command({ type: 'GetEndpoint', merchantId })) as WebhookEndpointView;
  }

  /** Newest first. */
  async deliveries(paymentId: string | null = null, merchantId = 'm1'): Promise<readonly WebhookDeliveryView[]> {
    return (await this.command({
      type: 'ListDeliveries',
      merchantId,
      paymentId,
      limit: 100,
    })) as readonly WebhookDeliveryView[];
  }

  retry(deliveryId: string, merchantId = 'm1'): Promise<unknown> {
    return this.command({ type: 'RetryDelivery', merchantId, deliveryId, now: '' });
  }

  /** Waits until a payment's only delivery has had that many attempts, and gives it. */
  attempted(paymentId: string, attemptCount: number): Promise<WebhookDeliveryView> {
    return eventually(async () => {
      const [delivery] = await this.deliveries(paymentId);
      if (delivery?.attempts.length !== attemptCount)
        throw new Error(`${delivery?.attempts.length ?? 'no delivery, no'} attempts instead of ${attemptCount}`);
      return delivery;
    });
  }

  /** What this service has told others, in order. */
  async facts(): Promise<readonly WebhookEvent[]> {
    const { rows } = await this.database.query<{ message: Message<WebhookEvent> }>(
      'SELECT message FROM webhook_dispatch.outbox ORDER BY xid, pos',
    );
    return rows.map(({ message }) => message.data);
  }

  /** Waits until that many deliveries of a payment have been delivered. */
  delivered(paymentId: string, count: number): Promise<unknown> {
    return eventually(
      async () => (await this.deliveries(paymentId)).filter(({ status }) => status === 'delivered').length === count,
    );
  }

  /** What any dispatcher could claim at this moment. Asking leases it: for expecting nothing. */
  async claimable(): Promise<readonly string[]> {
    const claimed = await claimDeliveries(this.database, {
      leaseId: randomUUID(),
      nowMs: this.nowMs,
      leaseMs: 1,
      countMax: 100,
      perReceiverMax: 100,
      afterReceiver: '',
    });
    return claimed.map(({ id }) => id);
  }

  async stopAll(): Promise<void> {
    await Promise.all(this.dispatchers.splice(0).map((dispatcher) => dispatcher.stop(5_000)));
    await Promise.all(this.senders.splice(0).map((sender) => sender.close()));
  }

  /** Everything as it was at the beginning. */
  async clear(): Promise<void> {
    await this.stopAll();
    await this.database.query(
      'TRUNCATE webhook_dispatch.endpoints, webhook_dispatch.deliveries, webhook_dispatch.attempts, webhook_dispatch.receivers, webhook_dispatch.outbox',
    );
    this.nowMs = T0;
  }

  async close(): Promise<void> {
    await this.stopAll();
    await this.test.drop();
  }
}
