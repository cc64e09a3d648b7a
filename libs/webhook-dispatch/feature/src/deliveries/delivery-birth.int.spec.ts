import { eventually } from '@paymatch/platform-testing';
import { answers, HostileReceiver } from '../testing/hostile-receiver.js';
import { callbackFact, fact, lifeOf, snapshot } from '../testing/payment-facts.js';
import { WebhookHarness } from '../testing/webhook-harness.js';

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

const completed = () => fact('payments.payment-completed', snapshot({ status: 'completed', version: 3 }));
const many = (count: number) => Array.from({ length: count }, completed);
const everything = ['payment.created', 'payment.awaiting_verification', 'payment.completed'] as const;

describe('a delivery that is just made', () => {
  it('is sent by whoever made it, who does not have to look for it', async () => {
    await service.setEndpoint(shop.url());
    const dispatcher = service.dispatcher();
    const message = completed();
    const { hasMore } = await dispatcher.sendMade((terms) => service.make([message], terms));
    expect(hasMore).toBe(false);
    expect(await service.attempted(message.data.payment.id, 1)).toMatchObject({ status: 'delivered' });
    expect(shop.received).toHaveLength(1);
  });

  it('is sent by another when its maker dies before it could', async () => {
    await service.setEndpoint(shop.url());
    const { deliveries } = await service.make([completed()], service.terms({ leaseMs: 6_000 }));
    expect(deliveries).toHaveLength(1);
    service.nowMs += 5_999;
    expect(await service.leasable()).toEqual([]);
    service.nowMs += 1;
    expect(await service.leasable()).toEqual(deliveries.map(({ id }) => id));
  });

  it('of the later events of a payment waits for the first, and follows it without being looked for', async () => {
    await service.setEndpoint(shop.url(), everything);
    const payment = snapshot();
    const dispatcher = service.dispatcher();
    const { deliveries } = await dispatcher.sendMade((terms) => service.make(lifeOf(payment), terms));
    expect(deliveries.map(({ event }) => event)).toEqual(['payment.created']);
    await service.delivered(payment.id, 3);
    expect(shop.received.map(({ body }) => (JSON.parse(body) as { sequence: number }).sequence)).toEqual([1, 2, 3]);
  });

  it('does not overtake what waits for its receiver already', async () => {
    await service.setEndpoint(shop.url());
    const first = completed();
    await service.consume([first]);
    expect(await service.make([completed()], service.terms())).toMatchObject({
      madeCount: 1,
      deliveries: [],
      hasMore: true,
    });
    const dispatcher = service.dispatcher({ perReceiverMax: 1 });
    await service.attempted(first.data.payment.id, 1);
    await eventually(() => shop.received.length === 2);
    expect(shop.received[0]!.headers['webhook-id']).toBe(first.data.eventId);
    await dispatcher.stop(1_000);
  });

  it('is leased as far as the maker has slots; the rest is due for whoever finds it', async () => {
    await service.setEndpoint(shop.url());
    const made = await service.make(many(10), service.terms({ countMax: 4 }));
    expect([made.madeCount, made.deliveries.length, made.hasMore]).toEqual([10, 4, true]);
    expect(await service.leasable()).toHaveLength(6);
  });

  it.each([
    ['its endpoint wants', { concurrencyMax: 3 }, {}, 3],
    ['has been learnt of it', {}, { limit: 5 }, 5],
    ['any receiver begins with', {}, { perReceiver: 2 }, 2],
  ] as const)('is leased as far as its receiver has room: what %s', async (_what, settings, change, room) => {
    const { id } = await service.setEndpoint(shop.url(), [], 'm1', settings);
    const { limit, ...terms } = { limit: 10, ...change };
    const limits = new Map('limit' in change ? [[`endpoint:${id}`, limit]] : []);
    const [first, rest] = [1, 9];
    const one = await service.make(many(first), service.terms({ ...terms, limits, leaseMs: 6_000 }));
    const more = await service.make(many(rest), service.terms({ ...terms, limits, leaseMs: 6_000 }));
    expect(one.deliveries).toHaveLength(1);
    expect(more.deliveries).toHaveLength(room - 1);
    expect(more.hasMore).toBe(true);
  });

  it('waits at a receiver that is paused, and is the only one at a receiver that is probed', async () => {
    await service.setEndpoint(shop.url());
    await service.database.query(
      `INSERT INTO webhook_dispatch.receivers (id, consecutive_failures, paused_until)
       SELECT 'endpoint:' || id, 5, $1 FROM webhook_dispatch.endpoints`,
      [new Date(service.nowMs + 1)],
    );
    expect((await service.make(many(2), service.terms())).deliveries).toEqual([]);
    await service.database.query('TRUNCATE webhook_dispatch.deliveries, webhook_dispatch.schedule');
    service.nowMs += 1;
    expect((await service.make(many(2), service.terms())).deliveries).toHaveLength(1);
  });

  it('for an endpoint that is disabled is held', async () => {
    await service.setEndpoint(shop.url());
    await service.database.query(`UPDATE webhook_dispatch.endpoints SET status = 'disabled', disabled_reason = 'gone'`);
    expect(await service.make(many(2), service.terms())).toEqual({ madeCount: 2, deliveries: [], hasMore: false });
    expect(await service.leasable()).toEqual([]);
  });

  it('to a callback address is leased under its event id, with the secret that signs it', async () => {
    const message = callbackFact(shop.url('/callback'));
    const { deliveries } = await service.make([message], service.terms());
    expect(deliveries).toEqual([
      expect.objectContaining({ id: message.data.eventId, url: shop.url('/callback'), signer: 'callback:m1:live' }),
    ]);
    expect(deliveries[0]!.sealedSecrets).toHaveLength(1);
  });

  it('is not begun by a dispatcher that stops meanwhile, and goes out when its lease ends', async () => {
    await service.setEndpoint(shop.url());
    shop.behave([], answers(200));
    const dispatcher = service.dispatcher();
    const message = completed();
    await dispatcher.sendMade(async (terms) => {
      const made = await service.make([message], terms);
      await dispatcher.stop(0);
      return made;
    });
    expect(shop.received).toHaveLength(0);
    service.nowMs += 6_000;
    service.dispatcher();
    expect(await service.attempted(message.data.payment.id, 1)).toMatchObject({ status: 'delivered' });
  });
});

describe('what was delivered', () => {
  it('leaves no row of the schedule, and its delivery was written twice: made, ended', async () => {
    await service.setEndpoint(shop.url(), everything);
    const payment = snapshot();
    const dispatcher = service.dispatcher();
    await dispatcher.sendMade((terms) => service.make(lifeOf(payment), terms));
    await service.delivered(payment.id, 3);
    expect((await service.database.query('SELECT 1 FROM webhook_dispatch.schedule')).rowCount).toBe(0);
  });

  it('by a receiver that had failed makes it healthy again', async () => {
    await service.setEndpoint(shop.url());
    await service.database.query(
      `INSERT INTO webhook_dispatch.receivers SELECT 'endpoint:' || id, 5, NULL FROM webhook_dispatch.endpoints`,
    );
    const dispatcher = service.dispatcher();
    const messages = many(6);
    await dispatcher.sendMade((terms) => service.make(messages, terms));
    for (const { data } of messages) await service.attempted(data.payment.id, 1);
    expect((await service.database.query('SELECT 1 FROM webhook_dispatch.receivers')).rowCount).toBe(0);
  });
});
