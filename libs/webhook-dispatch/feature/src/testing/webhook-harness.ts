import { randomUUID } from 'node:crypto';
import {
  newId,
  webhookSecretPurpose,
  type PaymentEventData,
  type WebhookAlarmView,
  type WebhookCommand,
  type WebhookDeliveryView,
  type WebhookEndpointSettings,
  type WebhookEndpointView,
  type WebhookEvent,
  type WebhookEventPattern,
  type WebhookSecretView,
} from '@paymatch/contracts';
import { TextSealer } from '@paymatch/platform-secrets';
import { Outbox, type Message } from '@paymatch/platform-messaging';
import { silentLogger } from '@paymatch/platform-observability';
import { createTestDatabase, eventually, type TestDatabase } from '@paymatch/platform-testing';
import { EndpointWatch } from '../alarms/endpoint.watch.js';
import { DeliveryDispatcher, type DispatcherOptions } from '../deliveries/delivery.dispatcher.js';
import { leaseDeliveries, type LeaseRequest, type LeaseTerms } from '../deliveries/delivery-lease.store.js';
import { makeDeliveries, type Made } from '../deliveries/delivery.maker.js';
import type { Owner } from '../endpoints/endpoint.store.js';
import { handleWebhookCommand } from '../endpoints/webhook-command.handler.js';
import { UndiciSender, type UndiciSenderOptions } from '../sender/undici.sender.js';
import { webhookDispatchMigrations, webhookDispatchSchema } from '../webhook-dispatch.migrations.js';
import { T0 } from './payment-facts.js';

export const testSealer = new TextSealer('a secret of at least thirty-two characters', webhookSecretPurpose);
/** An endpoint of today's plainest kind. */
export const plainSettings: WebhookEndpointSettings = {
  url: null,
  description: '',
  events: [],
  headers: {},
  order: 'strict',
  concurrencyMax: null,
  ratePerSecond: null,
};
export type EndpointWithSecret = WebhookEndpointView & { readonly secret: string };

/** As the gateway opens what it was told over the bus. */
export function openSecret(view: unknown): string {
  const { signer, sealed } = view as WebhookSecretView;
  return testSealer.open(Buffer.from(sealed, 'base64'), signer);
}

export const failureBudgetMs = 48 * 3_600_000;
export const probeMs = 3_600_000;
const NEVER_POLLS_MS = 3_600_000;

/** The service without its transport: real database, real sockets, a clock that stands still until it is moved. */
export class WebhookHarness {
  nowMs = T0;
  private readonly dispatchers: DeliveryDispatcher[] = [];
  private readonly senders: UndiciSender[] = [];

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

  /** Does nothing by itself: it leases when it starts, when it is nudged, and when an attempt ends. */
  dispatcher(options: Partial<DispatcherOptions> = {}): DeliveryDispatcher {
    const dispatcher = new DeliveryDispatcher({
      database: this.database,
      sender: options.sender ?? this.sender(),
      sealer: testSealer,
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

  /** Makes deliveries for whoever finds them. */
  async consume(messages: readonly Message<PaymentEventData>[]): Promise<number> {
    return (await this.make(messages, this.terms({ countMax: 0 }))).madeCount;
  }

  /** Makes deliveries, and leases them by these terms. */
  make(messages: readonly Message<PaymentEventData>[], terms: LeaseTerms): Promise<Made> {
    return makeDeliveries(messages, terms, {
      database: this.database,
      sealer: testSealer,
      publicUrl: 'https://pay.example',
    });
  }

  /** Of a dispatcher with room for everything. */
  terms(change: Partial<LeaseTerms> = {}): LeaseTerms {
    return {
      leaseId: randomUUID(),
      nowMs: this.nowMs,
      leaseMs: 1,
      countMax: 100,
      perReceiver: 100,
      limits: new Map(),
      aliveUntilMs: this.nowMs,
      ...change,
    };
  }

  command(command: WebhookCommand, messageId: string = newId()): Promise<unknown> {
    return handleWebhookCommand(command, {
      database: this.database,
      targets: { allowHttp: true, allowPrivateTargets: true },
      publicUrl: 'https://pay.example',
      sealer: testSealer,
      messageId,
      nowMs: this.nowMs,
      failureBudgetMs,
      isMailSet: true,
    });
  }

  /** The merchant's one endpoint of that mode, made when there is none; `change` may say what else is to hold. */
  async setEndpoint(
    url: string | null,
    events: readonly WebhookEventPattern[] = [],
    merchantId = 'm1',
    change: Partial<WebhookEndpointSettings> & { readonly livemode?: boolean } = {},
  ): Promise<EndpointWithSecret> {
    const { livemode = true, ...settings } = change;
    const owner = { merchantId, livemode };
    const [known] = await this.endpoints(owner);
    const view = (await this.command(
      known === undefined
        ? { type: 'CreateEndpoint', ...owner, ...plainSettings, url, events, secretSealed: null, ...settings }
        : { type: 'ChangeEndpoint', ...owner, endpointId: known.id, url, events, isEnabled: true, ...settings },
    )) as WebhookEndpointView;
    return { ...view, secret: await this.secretOf(view) };
  }

  async endpoints(owner: Owner): Promise<readonly WebhookEndpointView[]> {
    return (await this.command({ type: 'ListEndpoints', ...owner })) as readonly WebhookEndpointView[];
  }

  async endpoint(merchantId = 'm1', livemode = true): Promise<EndpointWithSecret> {
    const [known] = await this.endpoints({ merchantId, livemode });
    if (known === undefined) throw new Error(`${merchantId} has no endpoint`);
    return { ...known, secret: await this.secretOf(known) };
  }

  async secretOf({ id: endpointId, merchantId, livemode }: WebhookEndpointView): Promise<string> {
    return openSecret(await this.command({ type: 'GetSecret', merchantId, livemode, endpointId }));
  }

  async callbackSecret(merchantId = 'm1', livemode = true): Promise<string> {
    return openSecret(await this.command({ type: 'GetCallbackSecret', merchantId, livemode }));
  }

  /** Newest first. */
  async deliveries(
    paymentId: string | null = null,
    merchantId = 'm1',
    filter: Partial<Extract<WebhookCommand, { type: 'ListDeliveries' }>> = {},
  ): Promise<readonly WebhookDeliveryView[]> {
    return (await this.command({
      type: 'ListDeliveries',
      merchantId,
      livemode: true,
      paymentId,
      endpointId: null,
      status: null,
      event: null,
      from: null,
      to: null,
      before: null,
      limit: 100,
      ...filter,
    })) as readonly WebhookDeliveryView[];
  }

  retry(deliveryId: string, merchantId = 'm1', livemode = true): Promise<unknown> {
    return this.command({ type: 'RetryDelivery', merchantId, livemode, deliveryId });
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

  watch(): EndpointWatch {
    return new EndpointWatch({
      database: this.database,
      clock: { nowMs: () => this.nowMs },
      outbox: new Outbox({ schema: webhookDispatchSchema }),
      budgetMs: failureBudgetMs,
      probeMs,
      onDue: () => {
        for (const dispatcher of this.dispatchers) dispatcher.nudge();
      },
    });
  }

  /** Newest first. */
  async alarms(merchantId = 'm1', livemode = true): Promise<readonly WebhookAlarmView[]> {
    return (await this.command({
      type: 'ListAlarms',
      merchantId,
      livemode,
      alarm: null,
      endpointId: null,
      before: null,
      limit: 100,
    })) as readonly WebhookAlarmView[];
  }

  /** What any dispatcher could lease at this moment. Asking leases it: for expecting nothing. */
  async leasable(change: Partial<LeaseRequest> = {}): Promise<readonly string[]> {
    const { deliveries } = await leaseDeliveries(this.database, { ...this.terms(), afterReceiver: '', ...change });
    return deliveries.map(({ id }) => id);
  }

  async stopAll(): Promise<void> {
    await Promise.all(this.dispatchers.splice(0).map((dispatcher) => dispatcher.stop(5_000)));
    await Promise.all(this.senders.splice(0).map((sender) => sender.close()));
  }

  /** Everything as it was at the beginning. */
  async clear(): Promise<void> {
    await this.stopAll();
    await this.database.query(
      `TRUNCATE webhook_dispatch.endpoints, webhook_dispatch.signing_secrets, webhook_dispatch.events, webhook_dispatch.replays, webhook_dispatch.deliveries, webhook_dispatch.schedule, webhook_dispatch.attempts, webhook_dispatch.receivers, webhook_dispatch.outbox,
        webhook_dispatch.endpoint_failures, webhook_dispatch.alarms, webhook_dispatch.alarm_notices, webhook_dispatch.alarm_channels, webhook_dispatch.alarm_quiet_hours, webhook_dispatch.test_events, webhook_dispatch.retention_left, webhook_dispatch.endpoint_rates`,
    );
    await this.database.query(
      `UPDATE webhook_dispatch.retention
        SET reached_event_id = '00000000-0000-0000-0000-000000000000', events_pruned = 0, attempts_pruned = 0`,
    );
    this.nowMs = T0;
  }

  async close(): Promise<void> {
    await this.stopAll();
    await this.test.drop();
  }
}
