import { newId, type WebhookCommand, type WebhookEndpointView } from '@paymatch/contracts';
import { failuresUntilJudged } from '@paymatch/webhook-dispatch-domain';
import { answers, HostileReceiver, type Behaviour } from '../testing/hostile-receiver.js';
import { fact, lifeOf, snapshot, T0 } from '../testing/payment-facts.js';
import { failureBudgetMs, probeMs, WebhookHarness, type EndpointWithSecret } from '../testing/webhook-harness.js';
import { eventually } from '@paymatch/platform-testing';

const HOUR_MS = 3_600_000;
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
const endpoint = () => service.endpoint();
const raisedAlarms = async () =>
  (await service.alarms())
    .map(({ type, details }) => [type, details.budgetUsedPercent ?? details.reason ?? null])
    .reverse();

/** One payment's event more, and all attempts that are due now made. */
async function anotherEvent(): Promise<string> {
  const payment = snapshot({ id: newId(service.nowMs), status: 'completed', version: 3 });
  await service.consume([fact('payments.payment-completed', payment, service.nowMs)]);
  return payment.id;
}

async function attemptsMade(count: number): Promise<void> {
  await eventually(async () => {
    const { rows } = await service.database.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM webhook_dispatch.attempts',
    );
    if (rows[0]!.n !== count) throw new Error(`${rows[0]!.n} attempts instead of ${count}`);
  });
}

/** An endpoint whose first five deliveries have failed at T0. */
async function failingEndpoint(behaviour: Behaviour = answers(500)): Promise<EndpointWithSecret> {
  shop.behave([], behaviour);
  const made = await service.setEndpoint(shop.url());
  for (let i = 0; i < failuresUntilJudged; i += 1) await anotherEvent();
  const dispatcher = service.dispatcher();
  await attemptsMade(failuresUntilJudged);
  await dispatcher.stop(5_000);
  return made;
}

async function disabledEndpoint(): Promise<EndpointWithSecret> {
  const made = await failingEndpoint();
  const { rowCount } = await service.database.query(
    'UPDATE webhook_dispatch.endpoint_failures SET last_failed_at = $1',
    [new Date(T0 + failureBudgetMs - HOUR_MS)],
  );
  expect(rowCount).toBe(1);
  service.nowMs = T0 + failureBudgetMs;
  await service.watch().step();
  expect(await endpoint()).toMatchObject({ status: 'disabled', disabledReason: 'failing' });
  return made;
}

/** As if retries had failed until then. */
async function stillFailingAt(nowMs: number): Promise<void> {
  service.nowMs = nowMs;
  await service.database.query('UPDATE webhook_dispatch.endpoint_failures SET last_failed_at = $1', [new Date(nowMs)]);
}

describe('an endpoint that fails', () => {
  it('is told of once at each step of its failure budget, by however many that watch, and is disabled at its end', async () => {
    await failingEndpoint();
    for (const percent of [49, 50, 60, 70, 90, 99, 100, 100]) {
      await stillFailingAt(T0 + (failureBudgetMs * percent) / 100);
      await Promise.all([service.watch().step(), service.watch().step(), service.watch().step()]);
    }
    expect((await raisedAlarms()).slice(0, 3)).toEqual([
      ['endpoint.failing', 50],
      ['endpoint.failing', 70],
      ['endpoint.failing', 90],
    ]);
    expect((await raisedAlarms()).slice(3)).toEqual(
      expect.arrayContaining([
        ['endpoint.failing', 100],
        ['endpoint.disabled', 'failing'],
      ]),
    );
    expect(await raisedAlarms()).toHaveLength(5);
    const [newest] = await service.alarms();
    expect(newest).toMatchObject({
      details: { url: shop.url(), failingSince: new Date(T0).toISOString(), failedAttempts: 5, lastResult: '500' },
    });
    expect((await service.facts()).map(({ type }) => type)).toEqual(['webhooks.endpoint-disabled']);
  });

  it('is judged by time without a success, not by a bad minute: fewer failures than it takes say nothing', async () => {
    shop.behave([], answers(500));
    await service.setEndpoint(shop.url());
    for (let i = 1; i < failuresUntilJudged; i += 1) await anotherEvent();
    service.dispatcher();
    await attemptsMade(failuresUntilJudged - 1);
    await stillFailingAt(T0 + failureBudgetMs);
    await service.watch().step();
    expect(await raisedAlarms()).toEqual([]);
    expect(await endpoint()).toMatchObject({ status: 'active', failing: { failedAttempts: 4, budgetUsedPercent: 0 } });
  });

  it('begins anew after one success, and whoever was told hears that it recovered', async () => {
    await failingEndpoint();
    await stillFailingAt(T0 + failureBudgetMs / 2);
    await service.watch().step();
    shop.behave([]);
    await anotherEvent();
    service.dispatcher();
    await eventually(async () =>
      expect(await raisedAlarms()).toEqual([
        ['endpoint.failing', 50],
        ['endpoint.recovered', null],
      ]),
    );
    expect(await endpoint()).not.toHaveProperty('failing');
    expect(await endpoint()).toMatchObject({ status: 'active' });
  });

  it('of which nobody was told recovers without a word', async () => {
    await failingEndpoint();
    shop.behave([]);
    const paymentId = await anotherEvent();
    service.dispatcher();
    await service.delivered(paymentId, 1);
    expect(await raisedAlarms()).toEqual([]);
    expect(await endpoint()).not.toHaveProperty('failing');
  });

  it('is shown as failing, since when, and how much of its budget is used', async () => {
    await failingEndpoint();
    await stillFailingAt(T0 + failureBudgetMs / 4);
    expect(await endpoint()).toMatchObject({
      failing: { since: new Date(T0).toISOString(), failedAttempts: 5, budgetUsedPercent: 25, probeAt: null },
    });
  });

  it('is judged afresh at a new address', async () => {
    await failingEndpoint();
    await service.setEndpoint(shop.url('/other'));
    expect(await endpoint()).not.toHaveProperty('failing');
  });
});

describe('an endpoint that was disabled for failing', () => {
  it('holds what is meant for it, is tried with the oldest delivery alone, and stays disabled while that fails', async () => {
    await disabledEndpoint();
    const sentBefore = shop.received.length;
    await anotherEvent();
    const early = service.dispatcher();
    expect(await service.watch().step()).toBe(false);
    // Before the clock jumps: what is leased by the old time would be over by the new one.
    await early.stop(5_000);
    expect(shop.received).toHaveLength(sentBefore);

    service.nowMs += probeMs;
    const dispatcher = service.dispatcher();
    await service.watch().step();
    await eventually(() => expect(shop.received).toHaveLength(sentBefore + 1));
    await attemptsMade(sentBefore + 1);
    await service.watch().step();
    await dispatcher.stop(5_000);
    const deliveries = await service.deliveries();
    const oldest = deliveries.at(-1)!;
    expect(shop.received.at(-1)!.headers['webhook-id']).toBe(oldest.eventId);
    expect(deliveries.map(({ status }) => status)).toEqual(Array(6).fill('pending'));
    expect(await endpoint()).toMatchObject({
      status: 'disabled',
      failing: { budgetUsedPercent: 100, probeAt: new Date(service.nowMs + probeMs).toISOString() },
    });
  });

  it('is opened when the delivery it was tried with is taken, and gets all that waited, in order', async () => {
    const { id: endpointId } = await disabledEndpoint();
    const payment = snapshot({ id: newId(service.nowMs) });
    await ask({ type: 'ChangeEndpoint', ...owner, endpointId, events: ['payment.*'] });
    await service.consume(lifeOf(payment));
    shop.behave([]);
    shop.received.length = 0;
    service.dispatcher();
    service.nowMs += probeMs;
    await service.watch().step();
    await eventually(async () => {
      await service.watch().step();
      expect((await service.deliveries()).filter(({ status }) => status === 'delivered')).toHaveLength(8);
    });
    expect(
      shop.received
        .map(({ body }) => JSON.parse(body))
        .filter(({ data }) => data.id === JSON.parse(shop.received.at(-1)!.body).data.id)
        .map(({ sequence }) => sequence),
    ).toEqual([1, 2, 3]);
    expect(await endpoint()).toMatchObject({ status: 'active', disabledReason: null });
    expect(await endpoint()).not.toHaveProperty('failing');
    expect((await raisedAlarms()).at(-1)).toEqual(['endpoint.recovered', null]);
    expect((await service.facts()).map(({ type }) => type)).toContain('webhooks.endpoint-recovered');
  });

  it('is tried with the next event when nothing waited', async () => {
    await disabledEndpoint();
    await service.database.query(
      `WITH ended AS (DELETE FROM webhook_dispatch.schedule RETURNING delivery_id)
       UPDATE webhook_dispatch.deliveries SET status = 'given_up' FROM ended WHERE id = delivery_id`,
    );
    service.nowMs += probeMs;
    await service.watch().step();
    shop.behave([]);
    const paymentId = await anotherEvent();
    service.dispatcher();
    service.nowMs += 10_000;
    await service.watch().step();
    await service.delivered(paymentId, 1);
    await service.watch().step();
    expect(await endpoint()).toMatchObject({ status: 'active' });
  });

  it('and then by hand is not tried any more', async () => {
    const { id: endpointId } = await disabledEndpoint();
    await ask<WebhookEndpointView>({ type: 'ChangeEndpoint', ...owner, endpointId, isEnabled: false });
    service.nowMs += probeMs;
    await service.watch().step();
    expect(await endpoint()).toMatchObject({ status: 'disabled', disabledReason: 'by_hand' });
    expect(await service.leasable()).toEqual([]);
  });

  it('is gone, and not tried any more, once it answers 410', async () => {
    await disabledEndpoint();
    shop.behave([], answers(410));
    service.dispatcher();
    service.nowMs += probeMs;
    await service.watch().step();
    await eventually(async () => expect(await endpoint()).toMatchObject({ disabledReason: 'gone' }));
    service.nowMs += probeMs;
    await service.watch().step();
    expect(await service.leasable()).toEqual([]);
    expect((await raisedAlarms()).at(-1)).toEqual(['endpoint.disabled', 'gone']);
  });
});

describe('a delivery that is given up', () => {
  it('is told of, with what its last attempt came to', async () => {
    shop.behave([], answers(500));
    const { id: endpointId } = await service.setEndpoint(shop.url());
    const paymentId = await anotherEvent();
    await service.database.query('UPDATE webhook_dispatch.schedule SET attempts_made = 7');
    service.dispatcher();
    await eventually(async () => expect(await service.alarms()).toHaveLength(1));
    const [delivery] = await service.deliveries(paymentId);
    expect(await service.alarms()).toEqual([
      expect.objectContaining({
        type: 'delivery.given-up',
        endpointId,
        deliveryId: delivery!.id,
        paymentId,
        details: { event: 'payment.completed', url: shop.url(), failedAttempts: 8, lastResult: '500' },
      }),
    ]);
    expect(await service.alarms('m1', false)).toEqual([]);
    expect(await service.alarms('m2')).toEqual([]);
  });
});
