import {
  newId,
  topics,
  type PaymentEventData,
  type WebhookDeliveryView,
  type WebhookEndpointView,
  type WebhookEvent,
} from '@paymatch/contracts';
import {
  BUS_SCHEMA,
  busMigrations,
  decodeMessage,
  EmbeddedCarrier,
  PostgresParkingLot,
  type Message,
} from '@paymatch/platform-messaging';
import { silentLogger } from '@paymatch/platform-observability';
import { Database, migrate } from '@paymatch/platform-postgres';
import { runServices, type RunningService } from '@paymatch/platform-service';
import { createTestDatabase, eventually, type TestDatabase } from '@paymatch/platform-testing';
import { answers, HostileReceiver } from './testing/hostile-receiver.js';
import { callbackFact, fact, lifeOf, snapshot } from './testing/payment-facts.js';
import { openSecret, plainSettings } from './testing/webhook-harness.js';
import { webhookDispatchMigrations, webhookDispatchSchema } from './webhook-dispatch.migrations.js';
import { WebhookDispatchModule } from './webhook-dispatch.module.js';
import { webhookDispatchService } from './webhook-dispatch.service.js';

const settings = {
  publicUrl: 'https://pay.example',
  secret: 'a secret of at least thirty-two characters',
  allowHttp: true,
  allowPrivateTargets: true,
  webhooksInFlightMax: 32,
  webhooksPerReceiverMax: 8,
};
let nowMs = Date.now();
let test: TestDatabase;
let shop: HostileReceiver;
let carrier: EmbeddedCarrier;
let service: RunningService;
let facts: WebhookEvent[] = [];

async function start(factsGroup: string): Promise<void> {
  const bus = await Database.connect({
    url: test.url,
    schema: BUS_SCHEMA,
    migrations: busMigrations,
    poolMax: 5,
    applicationName: 'test',
  });
  await migrate(bus);
  carrier = new EmbeddedCarrier({ database: bus, logger: silentLogger });
  service = await runServices({
    name: 'webhook-dispatch',
    // The database's clock could not be moved.
    definitions: [
      {
        ...webhookDispatchService,
        modules: (database, values) => [
          WebhookDispatchModule.register({ ...(values as typeof settings), database, clock: { nowMs: () => nowMs } }),
        ],
      },
    ],
    databaseUrl: test.url,
    databaseWaitMs: 0,
    migrates: true,
    carrier,
    logger: silentLogger,
    clock: { nowMs: () => nowMs },
    settings,
    host: '127.0.0.1',
    port: 0,
    stopDeadlineMs: 20_000,
    closers: [() => bus.close()],
  });
  facts = [];
  await carrier.subscribe({
    group: factsGroup,
    topics: [topics.webhooksEvents.name],
    from: 'beginning',
    batchSizeMax: 100,
    onBatch: async (batch) => {
      facts.push(...batch.map((wire) => decodeMessage(wire, 1).data as WebhookEvent));
    },
  });
}

beforeAll(async () => {
  test = await createTestDatabase({ schema: webhookDispatchSchema, migrations: webhookDispatchMigrations });
  shop = await HostileReceiver.listen();
  await start('test.facts');
});
afterAll(async () => {
  await service.stop();
  await shop.close();
  await test.drop();
});
beforeEach(() => {
  shop.received.length = 0;
  shop.behave([]);
});

const command = <Reply>(type: string, merchantId: string, parts: object = {}): Promise<Reply> =>
  carrier.request<Reply>(
    topics.webhooksCommands.name,
    {
      id: newId(),
      type,
      source: 'test',
      key: merchantId,
      time: new Date(nowMs).toISOString(),
      dataVersion: 1,
      correlationId: 'c',
      causationId: null,
      data: { type, merchantId, livemode: true, ...parts },
    },
    { timeoutMs: 5_000 },
  );
const setEndpoint = (merchantId: string, events: readonly string[] = []): Promise<WebhookEndpointView> =>
  command('CreateEndpoint', merchantId, {
    ...plainSettings,
    url: shop.url(`/${merchantId}`),
    events,
    secretSealed: null,
  });
const listed = (merchantId: string, paymentId: string | null = null): Promise<WebhookDeliveryView[]> =>
  command('ListDeliveries', merchantId, {
    paymentId,
    endpointId: null,
    status: null,
    event: null,
    from: null,
    to: null,
    before: null,
    limit: 10,
  });
const publish = (messages: readonly Message<PaymentEventData>[]): Promise<void> =>
  carrier.publish(topics.paymentsEvents.name, messages);
const sequences = (): readonly number[] =>
  shop.received.map(({ body }) => (JSON.parse(body) as { sequence: number }).sequence);

describe('the webhook service', () => {
  it('sends to public https addresses only, unless told otherwise, where it is in production', () => {
    const defaults = (isProduction: boolean): readonly unknown[] => {
      const { allowHttp, allowPrivateTargets } = webhookDispatchService.settings(isProduction);
      return [allowHttp.default, allowPrivateTargets.default];
    };
    expect([defaults(true), defaults(false)]).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  it('tells the merchant of every event, in order and once, although each came twice', async () => {
    await setEndpoint('m1', ['payment.created', 'payment.awaiting_verification', 'payment.completed']);
    const payment = snapshot({ merchantId: 'm1' });
    const life = lifeOf(payment);
    await publish([...life, ...life]);
    await eventually(() => expect(sequences()).toEqual([1, 2, 3]));
    await publish(life);
    const later = fact('payments.payment-completed', snapshot({ merchantId: 'm1', version: 9, status: 'completed' }));
    await publish([later]);
    await eventually(() => expect(sequences()).toContain(9));
    expect(sequences()).toEqual([1, 2, 3, 9]);
    await eventually(async () =>
      expect((await listed('m1', payment.id)).map(({ status }) => status)).toEqual(Array(3).fill('delivered')),
    );
  });

  it('answers commands over the bus, also with a refusal', async () => {
    const { id: endpointId } = await setEndpoint('m2');
    expect(openSecret(await command('GetSecret', 'm2', { endpointId }))).toMatch(/^whsec_/);
    await expect(command('ChangeEndpoint', 'm2', { endpointId, url: 'gopher://shop.example' })).rejects.toMatchObject({
      name: 'Refusal',
      code: 'URL_NOT_ALLOWED',
      details: { reason: 'scheme_not_allowed' },
    });
    await expect(command('RetryDelivery', 'm2', { deliveryId: newId() })).rejects.toMatchObject({
      name: 'Refusal',
      code: 'DELIVERY_NOT_FOUND',
    });
  });

  it('finds retries that became due by itself', async () => {
    await setEndpoint('m3');
    shop.behave([answers(500)]);
    await publish([
      fact(
        'payments.payment-failed',
        snapshot({ merchantId: 'm3', version: 2, status: 'failed', failureReason: 'rejected_by_admin' }),
      ),
    ]);
    await eventually(async () => expect((await listed('m3'))[0]?.attempts).toHaveLength(1));
    nowMs += 70_000;
    await eventually(() => expect(shop.received).toHaveLength(2));
  });

  it('calls back for contract B', async () => {
    await publish([callbackFact(shop.url('/callback'), { merchantId: 'm4' })]);
    await eventually(() => expect(shop.received.map(({ path }) => path)).toEqual(['/callback']));
    expect(shop.received[0]!.headers).toHaveProperty('smartfastpay-signature');
  });

  it('parks a fact that is none, and goes on with other payments', async () => {
    await setEndpoint('m5');
    const good = fact('payments.payment-completed', snapshot({ merchantId: 'm5', version: 2, status: 'completed' }));
    await publish([
      { ...good, id: newId(), key: 'broken', data: { type: 'payments.payment-completed' } as never },
      good,
    ]);
    await eventually(() => expect(shop.received).toHaveLength(1));
    const lot = new PostgresParkingLot(test.database);
    await eventually(async () =>
      expect(await lot.list({})).toEqual([
        expect.objectContaining({ group: 'webhook-dispatch.payment-events', key: 'broken' }),
      ]),
    );
  });

  it('tells others of an endpoint that is gone', async () => {
    await setEndpoint('m7');
    shop.behave([answers(410)]);
    await publish([
      fact('payments.payment-completed', snapshot({ merchantId: 'm7', version: 2, status: 'completed' })),
    ]);
    await eventually(() =>
      expect(facts).toEqual([expect.objectContaining({ type: 'webhooks.endpoint-disabled', merchantId: 'm7' })]),
    );
  });

  it('sends after a restart what was not sent before it', async () => {
    await setEndpoint('m6');
    shop.behave([answers(503)]);
    await publish([
      fact('payments.payment-completed', snapshot({ merchantId: 'm6', version: 2, status: 'completed' })),
    ]);
    await eventually(async () => expect((await listed('m6'))[0]?.attempts).toHaveLength(1));
    await service.stop();
    nowMs += 3_600_000;
    await start('test.after-restart');
    await eventually(() => expect(shop.received).toHaveLength(2));
    await eventually(async () => expect((await listed('m6'))[0]).toMatchObject({ status: 'delivered' }));
  });
});
