import { eventually } from '@paymatch/platform-testing';
import { Webhook } from 'standardwebhooks';
import { fastaarSignature, smartfastpaySignature, type AttemptResult } from '@paymatch/webhook-dispatch-domain';
import type { WebhookRequest } from '../sender/webhook.sender.js';
import { answers, hangs, HostileReceiver, resets } from '../testing/hostile-receiver.js';
import { callbackFact, fact, lifeOf, snapshot, T0 } from '../testing/payment-facts.js';
import { WebhookHarness } from '../testing/webhook-harness.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let service: WebhookHarness;
let shop: HostileReceiver;

beforeAll(async () => {
  service = await WebhookHarness.create();
});
afterAll(async () => {
  await service.close();
});
beforeEach(async () => {
  shop = await HostileReceiver.listen();
});
afterEach(async () => {
  await service.clear();
  await shop.close();
});

const completed = (merchantId = 'm1') =>
  fact(
    'payments.payment-completed',
    snapshot({ merchantId, status: 'completed', version: 3, completedAt: new Date(T0).toISOString() }),
  );
const shopHeard = (count: number) =>
  eventually(() => {
    if (shop.received.length !== count) throw new Error(`heard ${shop.received.length} of ${count}`);
  });

describe('a webhook of contract A', () => {
  it('carries the payment as it was, signed in both ways, and is delivered once', async () => {
    const { secret } = await service.setEndpoint(shop.url());
    const message = completed();
    await service.consume([message]);
    service.nowMs = T0 + 7_000;
    service.dispatcher();
    const delivery = await service.attempted(message.data.payment.id, 1);
    expect(delivery).toMatchObject({
      event: 'payment.completed',
      sequence: 3,
      status: 'delivered',
      nextAttemptAt: null,
    });
    expect(delivery.attempts).toEqual([
      { at: new Date(T0 + 7_000).toISOString(), httpStatus: 200, error: null, durationMs: expect.any(Number) },
    ]);
    expect(shop.received).toHaveLength(1);
    const { headers, body } = shop.received[0]!;
    expect(JSON.parse(body)).toMatchObject({
      id: message.data.eventId,
      event: 'payment.completed',
      livemode: true,
      sequence: 3,
      created_at: '2026-06-12T14:30:00+06:00',
      data: { object: 'payment', status: 'completed', amount: '500.00' },
    });
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-fastaar-event': 'payment.completed',
      'webhook-id': message.data.eventId,
      'webhook-timestamp': String(T0 / 1_000 + 7),
      'x-fastaar-signature': fastaarSignature(secret, { body, nowMs: T0 + 7_000 }),
    });
    expect(new Webhook(secret).sign(message.data.eventId, new Date(T0 + 7_000), body)).toBe(
      headers['webhook-signature'],
    );
    // What went well is on record, and told to nobody: the log and the API have it.
    expect(await service.facts()).toEqual([]);
  });

  it('is retried by the schedule, with one id, one body and a fresh signature each time, and then visibly given up', async () => {
    const { secret } = await service.setEndpoint(shop.url());
    shop.behave([], answers(500));
    const {
      data: { payment },
    } = await consumeOne(completed());
    const dispatcher = service.dispatcher();
    let delivery = await service.attempted(payment.id, 1);
    for (const [index, waitMs] of [
      MINUTE,
      5 * MINUTE,
      30 * MINUTE,
      2 * HOUR,
      12 * HOUR,
      24 * HOUR,
      24 * HOUR,
    ].entries()) {
      expect(Date.parse(delivery.nextAttemptAt!) - service.nowMs).toBe(waitMs);
      service.nowMs += waitMs - 1;
      expect(await service.leasable()).toEqual([]);
      expect(shop.received).toHaveLength(index + 1);
      service.nowMs += 1;
      dispatcher.nudge();
      delivery = await service.attempted(payment.id, index + 2);
    }
    expect(delivery).toMatchObject({ status: 'given_up', nextAttemptAt: null });
    expect(delivery.attempts.map(({ httpStatus }) => httpStatus)).toEqual(Array(8).fill(500));
    expect(new Set(shop.received.map(({ body }) => body)).size).toBe(1);
    expect(new Set(shop.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(shop.received.map(({ headers }) => headers['x-fastaar-signature'])).size).toBe(8);
    expect(shop.received.at(-1)!.headers['x-fastaar-signature']).toBe(
      fastaarSignature(secret, { body: shop.received[0]!.body, nowMs: service.nowMs }),
    );
    expect(await service.facts()).toEqual([
      expect.objectContaining({ type: 'webhooks.given-up', paymentId: payment.id, attempts: 8 }),
    ]);
  });

  it('comes in the order of the payment, also through failures', async () => {
    await service.setEndpoint(shop.url(), ['payment.created', 'payment.awaiting_verification', 'payment.completed']);
    shop.behave([answers(500), resets, answers(404)]);
    const payment = snapshot();
    await service.consume(lifeOf(payment));
    const dispatcher = service.dispatcher();
    for (const waitMs of [0, MINUTE, 5 * MINUTE, 30 * MINUTE]) {
      service.nowMs += waitMs;
      dispatcher.nudge();
      await eventually(
        async () =>
          (await service.deliveries(payment.id)).some(
            ({ nextAttemptAt, status }) =>
              status === 'pending' && nextAttemptAt !== null && Date.parse(nextAttemptAt) > service.nowMs,
          ) || (await service.deliveries(payment.id)).every(({ status }) => status === 'delivered'),
      );
      expect(await service.leasable()).toEqual([]);
    }
    await shopHeard(6);
    expect(shop.received.map(({ body }) => (JSON.parse(body) as { sequence: number }).sequence)).toEqual([
      1, 1, 1, 1, 2, 3,
    ]);
    expect((await service.deliveries(payment.id)).map(({ sequence, status }) => [sequence, status])).toEqual([
      [3, 'delivered'],
      [2, 'delivered'],
      [1, 'delivered'],
    ]);
  });

  it('does not wait for another payment of the same merchant', async () => {
    await service.setEndpoint(shop.url());
    shop.behave([], (answer, { body }) => {
      answers(body.includes('STUCK') ? 500 : 200)(answer, { body, path: '', headers: {} });
    });
    const stuck = fact('payments.payment-completed', snapshot({ invoiceId: 'STUCK', status: 'completed' }));
    const other = completed();
    await service.consume([stuck, other]);
    service.dispatcher();
    expect((await service.attempted(other.data.payment.id, 1)).status).toBe('delivered');
    expect((await service.attempted(stuck.data.payment.id, 1)).status).toBe('pending');
  });

  it('goes on with the next event of the payment when one is given up', async () => {
    await service.setEndpoint(shop.url(), ['payment.created', 'payment.completed']);
    const payment = snapshot();
    const [created, , paid] = lifeOf(payment);
    await service.consume([created!, paid!]);
    await service.database.query('UPDATE webhook_dispatch.schedule SET attempts_made = 7 WHERE sequence = 1');
    shop.behave([answers(500)]);
    service.dispatcher();
    await service.delivered(payment.id, 1);
    expect((await service.deliveries(payment.id)).map(({ sequence, status }) => [sequence, status])).toEqual([
      [3, 'delivered'],
      [1, 'given_up'],
    ]);
  });
});

describe('a receiver that misbehaves', () => {
  it.each([
    ['hangs', hangs, 'timeout'],
    ['resets', resets, 'connection_reset'],
  ] as const)('and %s is tried again, and the error is on record', async (_what, behaviour, error) => {
    await service.setEndpoint(shop.url());
    shop.behave([behaviour]);
    const {
      data: { payment },
    } = await consumeOne(completed());
    const dispatcher = service.dispatcher({ sender: service.sender({ timeoutMs: 200 }) });
    await service.attempted(payment.id, 1);
    service.nowMs += MINUTE;
    dispatcher.nudge();
    const delivery = await service.attempted(payment.id, 2);
    expect(delivery.status).toBe('delivered');
    expect(delivery.attempts.map(({ httpStatus, error: found }) => [httpStatus, found])).toEqual([
      [null, error],
      [200, null],
    ]);
  });

  it('and redirects has failed', async () => {
    await service.setEndpoint(shop.url());
    shop.behave([answers(302, { location: shop.url('/other') })]);
    const {
      data: { payment },
    } = await consumeOne(completed());
    service.dispatcher();
    expect(await service.attempted(payment.id, 1)).toMatchObject({
      status: 'pending',
      attempts: [{ httpStatus: 302 }],
    });
    expect(shop.received).toHaveLength(1);
  });

  it('and asks for patience gets it, for all its deliveries', async () => {
    await service.setEndpoint(shop.url());
    shop.behave([answers(429, { 'retry-after': '600' })]);
    const first = await consumeOne(completed());
    const dispatcher = service.dispatcher();
    const delivery = await service.attempted(first.data.payment.id, 1);
    expect(Date.parse(delivery.nextAttemptAt!)).toBe(T0 + 600_000);
    const second = await consumeOne(completed());
    service.nowMs = T0 + 599_999;
    expect(await service.leasable()).toEqual([]);
    expect(shop.received).toHaveLength(1);
    service.nowMs = T0 + 600_000;
    dispatcher.nudge();
    expect((await service.attempted(second.data.payment.id, 1)).status).toBe('delivered');
    expect((await service.attempted(first.data.payment.id, 2)).status).toBe('delivered');
  });

  it('and says 410 disables its endpoint, tells others, and keeps what was meant for it', async () => {
    await service.setEndpoint(shop.url());
    shop.behave([answers(410)]);
    const first = await consumeOne(completed());
    const dispatcher = service.dispatcher();
    await service.attempted(first.data.payment.id, 1);
    expect(await service.endpoint()).toMatchObject({ status: 'disabled', disabledReason: 'gone', url: shop.url() });
    expect(await service.facts()).toEqual([
      expect.objectContaining({ type: 'webhooks.endpoint-disabled', merchantId: 'm1', reason: 'gone' }),
    ]);
    const second = await consumeOne(completed());
    service.nowMs += 48 * HOUR;
    expect(await service.leasable()).toEqual([]);
    expect(shop.received).toHaveLength(1);
    expect((await service.deliveries()).map(({ status, nextAttemptAt }) => [status, nextAttemptAt])).toEqual([
      ['pending', null],
      ['pending', null],
    ]);
    await expect(service.retry((await service.deliveries())[0]!.id)).rejects.toMatchObject({
      code: 'ENDPOINT_NOT_OPEN',
      details: { status: 'disabled' },
    });
    await service.setEndpoint(shop.url('/new'));
    dispatcher.nudge();
    expect((await service.attempted(first.data.payment.id, 2)).status).toBe('delivered');
    expect((await service.attempted(second.data.payment.id, 1)).status).toBe('delivered');
    expect(shop.received.slice(1).map(({ path }) => path)).toEqual(['/new', '/new']);
  });

  it('does not keep the others waiting, however much is meant for it', async () => {
    await service.setEndpoint(shop.url('/slow'), [], 'a-slow');
    await service.setEndpoint(shop.url('/quick'), [], 'z-quick');
    shop.behave([], (answer, received) => {
      (received.path === '/slow' ? hangs : answers(200))(answer, received);
    });
    await service.consume(Array.from({ length: 200 }, () => completed('a-slow')));
    const quick = Array.from({ length: 20 }, () => completed('z-quick'));
    await service.consume(quick);
    service.dispatcher({ inFlightMax: 8, perReceiverMax: 4, sender: service.sender({ timeoutMs: 1_500 }) });
    await eventually(async () =>
      (await service.deliveries(null, 'z-quick')).every(({ status }) => status === 'delivered'),
    );
    expect(shop.received.filter(({ path }) => path === '/slow').length).toBeLessThanOrEqual(8);
    expect(
      (
        await service.database.query(
          `SELECT 1 FROM webhook_dispatch.schedule JOIN webhook_dispatch.deliveries d ON d.id = delivery_id
           WHERE d.merchant_id = 'a-slow' AND lease_id IS NOT NULL`,
        )
      ).rowCount,
    ).toBeLessThanOrEqual(4);
  });

  it('has its turn like every other when there is more to send than may be under way', async () => {
    const busy = Array.from({ length: 10 }, (_unused, index) => `a${index}`);
    for (const merchantId of [...busy, 'z']) await service.setEndpoint(shop.url(`/${merchantId}`), [], merchantId);
    await service.consume([
      ...busy.flatMap((merchantId) => Array.from({ length: 20 }, () => completed(merchantId))),
      completed('z'),
    ]);
    service.dispatcher({ inFlightMax: 4, perReceiverMax: 2 });
    await eventually(async () => (await service.deliveries(null, 'z'))[0]?.status === 'delivered');
    // Ten receivers with two each come before it at most, and what was under way.
    expect(shop.received.findIndex(({ path }) => path === '/z')).toBeLessThanOrEqual(10 * 2 + 4);
  });

  it('is probed with one delivery at a time after five failures in a row', async () => {
    await service.setEndpoint(shop.url());
    shop.behave([], hangs);
    await service.database.query(
      `INSERT INTO webhook_dispatch.receivers SELECT 'endpoint:' || id, 5, NULL FROM webhook_dispatch.endpoints`,
    );
    await service.consume(Array.from({ length: 10 }, () => completed()));
    service.dispatcher({ sender: service.sender({ timeoutMs: 1_000 }) });
    await shopHeard(1);
    expect(
      (await service.database.query('SELECT 1 FROM webhook_dispatch.schedule WHERE lease_id IS NOT NULL')).rowCount,
    ).toBe(1);
  });
});

describe('several dispatchers', () => {
  it('send each delivery once', async () => {
    await service.setEndpoint(shop.url());
    const messages = Array.from({ length: 150 }, () => completed());
    await service.consume(messages);
    for (let i = 0; i < 3; i += 1) service.dispatcher({ perReceiverMax: 64, inFlightMax: 20 });
    await eventually(
      async () =>
        (await service.database.query(`SELECT 1 FROM webhook_dispatch.deliveries WHERE status <> 'delivered'`))
          .rowCount === 0,
      { timeoutMs: 20_000 },
    );
    expect(shop.received.map(({ headers }) => headers['webhook-id']).sort()).toEqual(
      messages.map(({ data }) => data.eventId).sort(),
    );
  });

  it('take over from one that died between sending and recording, with the same id and body', async () => {
    await service.setEndpoint(shop.url());
    const { data } = await consumeOne(completed());
    let awake: ((result: AttemptResult) => void) | undefined;
    const real = service.sender();
    // It sends, and then stands still for longer than its lease, as a killed or frozen process does.
    const mortal = {
      send: async (request: WebhookRequest) => {
        await real.send(request);
        return await new Promise<AttemptResult>((resolve) => {
          awake = resolve;
        });
      },
      close: () => real.close(),
    };
    const dead = service.dispatcher({ sender: mortal });
    await eventually(() => awake !== undefined);
    await dead.stop(0);
    const heir = service.dispatcher();
    service.nowMs += 5_999;
    expect(await service.leasable()).toEqual([]);
    service.nowMs += 1;
    heir.nudge();
    expect((await service.attempted(data.payment.id, 1)).status).toBe('delivered');
    expect(shop.received).toHaveLength(2);
    expect(shop.received[1]).toMatchObject({ body: shop.received[0]!.body, headers: { 'webhook-id': data.eventId } });
    awake!({ kind: 'failed', error: 'timeout' });
  });

  it('leave a slow attempt to the one that is still at it, however long it takes', async () => {
    await service.setEndpoint(shop.url());
    const { data } = await consumeOne(completed());
    let answer!: (result: AttemptResult) => void;
    const slow = {
      send: () =>
        new Promise<AttemptResult>((resolve) => {
          answer = resolve;
        }),
      close: async () => undefined,
    };
    service.dispatcher({ sender: slow, renewMs: 10 });
    await eventually(() => answer !== undefined);
    for (let turn = 0; turn < 3; turn += 1) {
      service.nowMs += 5_000;
      await eventually(
        async () =>
          (
            await service.database.query('SELECT 1 FROM webhook_dispatch.schedule WHERE due_at = $1', [
              new Date(service.nowMs + 6_000),
            ])
          ).rowCount === 1,
      );
      expect(await service.leasable()).toEqual([]);
    }
    answer({ kind: 'answered', httpStatus: 200, retryAfter: null });
    expect((await service.attempted(data.payment.id, 1)).status).toBe('delivered');
  });

  it('do not overwrite what the present holder of a lease decided', async () => {
    await service.setEndpoint(shop.url());
    const { data } = await consumeOne(completed());
    let answer!: (result: AttemptResult) => void;
    const late = {
      send: () =>
        new Promise<AttemptResult>((resolve) => {
          answer = resolve;
        }),
      close: async () => undefined,
    };
    service.dispatcher({ sender: late, renewMs: 3_600_000 });
    await eventually(() => answer !== undefined);
    service.nowMs += 30_000;
    service.dispatcher();
    expect((await service.attempted(data.payment.id, 1)).status).toBe('delivered');
    answer({ kind: 'answered', httpStatus: 500, retryAfter: null });
    const delivery = await service.attempted(data.payment.id, 2);
    expect(delivery).toMatchObject({ status: 'delivered', attempts: [{ httpStatus: 200 }, { httpStatus: 500 }] });
  });
});

describe('a callback of contract B', () => {
  it('goes to the address of the payment, as an array, signed in milliseconds with the secret of the merchant', async () => {
    const { data } = await consumeOne(callbackFact(shop.url('/callback')));
    const secret = await service.callbackSecret();
    service.nowMs = T0 + 1_234;
    service.dispatcher();
    await service.attempted(data.payment.id, 1);
    const { path, headers, body } = shop.received[0]!;
    expect(path).toBe('/callback');
    expect(headers['smartfastpay-signature']).toBe(smartfastpaySignature(secret, { body, nowMs: T0 + 1_234 }));
    expect(headers).not.toHaveProperty('x-fastaar-signature');
    const [delivery] = await service.deliveries(data.payment.id);
    expect(delivery!.dialect).toBe('smartfastpay');
    expect(body).toBe(
      JSON.stringify({
        requestId: delivery!.id,
        data: [
          {
            id: data.payment.id,
            customer_id: '58f0c005',
            transaction_id: 'T/1',
            amount: '300.00',
            status: 'paid',
            type: 'payment',
            payment_status: 'paid',
            exchange: '5.19',
          },
        ],
      }),
    );
  });

  it('has five re-sends of its own schedule', async () => {
    shop.behave([], answers(500));
    const {
      data: { payment },
    } = await consumeOne(callbackFact(shop.url('/callback')));
    const dispatcher = service.dispatcher();
    let delivery = await service.attempted(payment.id, 1);
    for (const [index, waitMs] of [MINUTE, 15 * MINUTE, 2 * HOUR, 12 * HOUR, 57 * HOUR].entries()) {
      expect(Date.parse(delivery.nextAttemptAt!) - service.nowMs).toBe(waitMs);
      service.nowMs += waitMs;
      dispatcher.nudge();
      delivery = await service.attempted(payment.id, index + 2);
    }
    expect(delivery.status).toBe('given_up');
  });

  it('to an address that is gone is given up and disables no endpoint', async () => {
    await service.setEndpoint(shop.url());
    shop.behave([answers(410)]);
    const {
      data: { payment },
    } = await consumeOne(callbackFact(shop.url('/callback')));
    service.dispatcher();
    expect((await service.attempted(payment.id, 1)).status).toBe('given_up');
    expect(await service.endpoint()).toMatchObject({ status: 'active' });
    expect((await service.facts()).map(({ type }) => type)).toEqual(['webhooks.given-up']);
  });

  it('that is no address at all is tried, fails with a name, and waits like any other', async () => {
    const {
      data: { payment },
    } = await consumeOne(callbackFact('not a url'));
    service.dispatcher();
    expect(await service.attempted(payment.id, 1)).toMatchObject({
      status: 'pending',
      attempts: [{ httpStatus: null, error: 'url_not_allowed' }],
    });
  });
});

async function consumeOne(message: ReturnType<typeof completed>): Promise<typeof message> {
  expect(await service.consume([message])).toBe(1);
  return message;
}
