import { newId, type WebhookCommand, type WebhookDeliveryDetail, type WebhookFeedEvent } from '@paymatch/contracts';
import { eventually } from '@paymatch/platform-testing';
import { ReplayRunner } from '../replays/replay.runner.js';
import { answers, HostileReceiver } from '../testing/hostile-receiver.js';
import { fact, snapshot, T0 } from '../testing/payment-facts.js';
import { WebhookHarness } from '../testing/webhook-harness.js';
import { WebhookPruner } from './webhook.pruner.js';

const DAY_MS = 86_400_000;
const KEEP_MS = 90 * DAY_MS;
const owner = { merchantId: 'm1', livemode: true };
let service: WebhookHarness;
let shop: HostileReceiver;

beforeAll(async () => {
  service = await WebhookHarness.create();
});
afterAll(() => service.close());
beforeEach(async () => {
  shop = await HostileReceiver.listen();
});
afterEach(async () => {
  await service.clear();
  await shop.close();
});

const ask = <Reply>(command: WebhookCommand) => service.command(command) as Promise<Reply>;
const pruner = () =>
  new WebhookPruner({ database: service.database, clock: { nowMs: () => service.nowMs }, keepMs: KEEP_MS });
async function pruneAll(): Promise<void> {
  while (await pruner().step());
  await pruner().step();
}

/** One event, told to the one endpoint; gives its delivery. */
async function tell() {
  const payment = snapshot({ id: newId(service.nowMs), status: 'completed', version: 3 });
  await service.consume([fact('payments.payment-completed', payment, service.nowMs)]);
  const [delivery] = await service.deliveries(payment.id);
  return delivery!;
}

async function delivered() {
  const delivery = await tell();
  service.dispatcher();
  await service.delivered(delivery.paymentId, 1);
  await service.stopAll();
  return delivery;
}

const detail = (deliveryId: string) => ask<WebhookDeliveryDetail>({ type: 'GetDelivery', ...owner, deliveryId });
const feed = () =>
  ask<readonly WebhookFeedEvent[]>({ type: 'ListEvents', ...owner, after: null, event: null, limit: 100 });

describe('what is older than it is kept', () => {
  it('loses its body and all attempts but the last, and stays visible as a line', async () => {
    await service.setEndpoint(shop.url());
    shop.behave([answers(500)]);
    const { id } = await tell();
    const dispatcher = service.dispatcher();
    await eventually(async () => expect((await detail(id)).delivery.attempts).toHaveLength(1));
    service.nowMs += 61_000;
    dispatcher.nudge();
    await eventually(async () => expect((await detail(id)).delivery.status).toBe('delivered'));
    service.nowMs += KEEP_MS + 1;
    await pruneAll();
    const { delivery, body, exchanges } = await detail(id);
    expect(delivery).toMatchObject({
      id,
      status: 'delivered',
      event: 'payment.completed',
      attempts: [{ httpStatus: 200 }],
    });
    expect([body, exchanges]).toEqual([null, [{ url: shop.url(), requestHeaders: null, answer: null }]]);
    expect(await feed()).toEqual([
      {
        id: delivery.eventId,
        event: 'payment.completed',
        paymentId: delivery.paymentId,
        sequence: 3,
        occurredAt: new Date(T0).toISOString(),
        body: null,
      },
    ]);
    const { rows } = await service.database.query(
      'SELECT events_pruned, attempts_pruned FROM webhook_dispatch.retention',
    );
    expect(rows).toEqual([{ events_pruned: 1, attempts_pruned: 1 }]);
  });

  it('is that from the very moment on, and not a moment sooner', async () => {
    await service.setEndpoint(shop.url());
    const { id } = await delivered();
    service.nowMs = T0 + KEEP_MS;
    await pruneAll();
    expect((await detail(id)).body).not.toBeNull();
    service.nowMs = T0 + KEEP_MS + 1;
    await pruneAll();
    expect((await detail(id)).body).toBeNull();
  });

  it('is pruned in steps, by one at a time, however many try', async () => {
    await service.setEndpoint(null);
    for (let i = 0; i < 450; i += 50)
      await service.consume(
        Array.from({ length: 50 }, () =>
          fact('payments.payment-completed', snapshot({ id: newId(T0), status: 'completed', version: 3 }), T0),
        ),
      );
    service.nowMs += KEEP_MS + 1;
    const steps = [pruner(), pruner(), pruner()];
    await Promise.all(steps.map((each) => each.step()));
    const { rows } = await service.database.query<{ n: number }>(
      'SELECT events_pruned AS n FROM webhook_dispatch.retention',
    );
    expect([200, 400, 450]).toContain(rows[0]!.n);
    await pruneAll();
    const left = await service.database.query('SELECT 1 FROM webhook_dispatch.events WHERE body IS NOT NULL');
    expect(left.rows).toEqual([]);
  });
});

describe('what is not delivered', () => {
  it('keeps what it needs, however old: waiting, held or given up; and is pruned once it is delivered', async () => {
    const { id: endpointId } = await service.setEndpoint(shop.url());
    await ask({ type: 'ChangeEndpoint', ...owner, endpointId, isEnabled: false });
    const waiting = await tell();
    service.nowMs += KEEP_MS + DAY_MS;
    await pruneAll();
    expect((await detail(waiting.id)).body).not.toBeNull();
    await ask({ type: 'ChangeEndpoint', ...owner, endpointId, isEnabled: true });
    service.dispatcher();
    await service.delivered(waiting.paymentId, 1);
    service.nowMs += KEEP_MS;
    await pruneAll();
    expect((await detail(waiting.id)).body).not.toBeNull();
    service.nowMs += 2 * DAY_MS;
    await pruneAll();
    expect((await detail(waiting.id)).body).toBeNull();
  });

  it('and was given up is kept until its endpoint is removed', async () => {
    const { id: endpointId } = await service.setEndpoint(shop.url());
    const delivery = await delivered();
    await service.database.query(`UPDATE webhook_dispatch.deliveries SET status = 'given_up'`);
    service.nowMs += KEEP_MS + DAY_MS;
    await pruneAll();
    expect((await detail(delivery.id)).body).not.toBeNull();
    await ask({ type: 'RemoveEndpoint', ...owner, endpointId });
    service.nowMs += DAY_MS;
    await pruneAll();
    expect((await detail(delivery.id)).body).toBeNull();
  });
});

describe('what was pruned', () => {
  it('cannot be sent again, by hand or by a replay, and says so', async () => {
    const { id: endpointId } = await service.setEndpoint(shop.url());
    const { id } = await delivered();
    service.nowMs += KEEP_MS + 1;
    await pruneAll();
    await expect(service.retry(id)).rejects.toMatchObject({ code: 'DELIVERY_PRUNED' });
    await ask({ type: 'StartReplay', ...owner, endpointId, scope: 'all', since: null });
    const runner = new ReplayRunner({
      database: service.database,
      clock: { nowMs: () => service.nowMs },
      onStep: () => undefined,
    });
    while (await runner.step());
    expect((await detail(id)).delivery.status).toBe('delivered');
    expect(await service.leasable()).toEqual([]);
  });

  it('was not just being sent again: the two wait for each other', async () => {
    await service.setEndpoint(shop.url());
    const { id } = await delivered();
    service.nowMs += KEEP_MS + 1;
    let retried: Promise<unknown> = Promise.resolve();
    await service.database.transaction(async (tx) => {
      // As a pruning that has locked its events and not yet looked at what is unfinished.
      await tx.query('SELECT id FROM webhook_dispatch.events FOR UPDATE');
      retried = service.retry(id).then(
        () => 'sent again',
        (refusal: { code: string }) => refusal.code,
      );
      await eventually(async () => {
        const { rows } = await service.database.query(`SELECT 1 FROM pg_locks WHERE NOT granted`);
        if (rows.length === 0) throw new Error('nobody waits yet');
      });
      await tx.query('UPDATE webhook_dispatch.events SET body = NULL');
    });
    expect(await retried).toBe('DELIVERY_PRUNED');
  });

  it('takes old alarms and test events with it', async () => {
    const endpoint = await service.setEndpoint(shop.url());
    await ask({ type: 'SendTestEvent', ...owner, endpointId: endpoint.id, event: 'payment.completed' });
    await service.database.query('UPDATE webhook_dispatch.test_events SET due_at = NULL');
    await service.database.query(
      `INSERT INTO webhook_dispatch.alarms (id, merchant_id, livemode, type, details, at, occasion)
       VALUES ($1, 'm1', true, 'endpoint.recovered', '{}', $2, 'x')`,
      [newId(T0), new Date(T0)],
    );
    service.nowMs += KEEP_MS;
    await pruneAll();
    expect(await service.alarms()).toHaveLength(1);
    service.nowMs += 1;
    await pruneAll();
    expect(await service.alarms()).toEqual([]);
    expect((await service.database.query('SELECT 1 FROM webhook_dispatch.test_events')).rows).toEqual([]);
  });
});
