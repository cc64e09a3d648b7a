import type { WebhookEventPattern } from '@paymatch/contracts';
import { ContractError } from '@paymatch/platform-messaging';
import type { Tx } from '@paymatch/platform-postgres';
import { eventually } from '@paymatch/platform-testing';
import { callbackFact, fact, lifeOf, snapshot, T0 } from '../testing/payment-facts.js';
import { plainSettings, WebhookHarness } from '../testing/webhook-harness.js';
import { recordAttempts } from './attempt.store.js';
import { leaseDeliveries } from './delivery-lease.store.js';
import { candidateOf, insertCandidates } from './delivery.maker.js';

let service: WebhookHarness;
beforeAll(async () => {
  service = await WebhookHarness.create();
});
afterAll(async () => {
  await service.close();
});
afterEach(async () => {
  await service.clear();
});

const url = 'http://127.0.0.1:9/hook';
const everything = ['payment.created', 'payment.awaiting_verification', 'payment.completed'] as const;
const states = async (paymentId: string) =>
  (await service.deliveries(paymentId)).map(({ sequence, status, nextAttemptAt }) => [sequence, status, nextAttemptAt]);
const now = new Date(T0).toISOString();
const noOutbox = { append: async () => undefined };
const lease = async () =>
  (await leaseDeliveries(service.database, { ...service.terms({ leaseMs: 30_000 }), afterReceiver: '' })).deliveries;

describe('the facts of a payment', () => {
  it('make deliveries of what the endpoint asked for, and only the first is due', async () => {
    await service.setEndpoint(url, everything);
    const payment = snapshot();
    expect(await service.consume(lifeOf(payment))).toBe(3);
    expect(await states(payment.id)).toEqual([
      [3, 'pending', null],
      [2, 'pending', null],
      [1, 'pending', now],
    ]);
  });

  it('make no second row however often they come', async () => {
    await service.setEndpoint(url, everything);
    const payment = snapshot();
    const facts = lifeOf(payment);
    await service.consume(facts.slice(0, 1));
    expect(await service.consume(facts)).toBe(2);
    expect(await service.consume(facts)).toBe(0);
    for (const one of facts) expect(await service.consume([one, one])).toBe(0);
    expect(await states(payment.id)).toEqual([
      [3, 'pending', null],
      [2, 'pending', null],
      [1, 'pending', now],
    ]);
  });

  it('make the next one due when a batch begins with what was delivered before', async () => {
    await service.setEndpoint(url, everything);
    const payment = snapshot();
    const facts = lifeOf(payment);
    await service.consume(facts.slice(0, 1));
    await service.database.query('TRUNCATE webhook_dispatch.schedule');
    await service.database.query(`UPDATE webhook_dispatch.deliveries SET status = 'delivered'`);
    await service.consume(facts);
    expect(await states(payment.id)).toEqual([
      [3, 'pending', null],
      [2, 'pending', now],
      [1, 'delivered', null],
    ]);
  });

  it('that were told to nobody then are told to nobody when they come again, whoever has subscribed since', async () => {
    const facts = lifeOf(snapshot());
    expect(await service.consume(facts)).toBe(0);
    await service.setEndpoint(url, everything);
    expect(await service.consume([...facts, ...lifeOf(snapshot())])).toBe(3);
  });

  it("make one delivery for each endpoint that asked, in the payment's mode only, each in an order of its own", async () => {
    const create = (livemode: boolean, events: readonly WebhookEventPattern[]) =>
      service.command({
        type: 'CreateEndpoint',
        merchantId: 'm1',
        livemode,
        ...plainSettings,
        url,
        events,
        secretSealed: null,
      });
    await create(true, ['payment.*']);
    await create(true, ['payment.completed']);
    await create(false, ['payment.*']);
    const [live, test] = [snapshot(), snapshot({ livemode: false })];
    expect(await service.consume([...lifeOf(live), ...lifeOf(test)])).toBe(4 + 3);
    // The one that hears of the end only does not wait for what it does not hear.
    expect((await service.deliveries(live.id)).map(({ sequence, nextAttemptAt }) => [sequence, nextAttemptAt])).toEqual(
      expect.arrayContaining([
        [1, now],
        [2, null],
        [3, null],
        [3, now],
      ]),
    );
    expect(await service.deliveries(test.id)).toEqual([]);
    expect(await service.deliveries(test.id, 'm1', { livemode: false })).toHaveLength(3);
  });

  it('make nothing for a merchant without a URL, with another filter, or with an endpoint of the other mode', async () => {
    await service.setEndpoint(null, everything);
    await service.setEndpoint(url, ['payment.refunded'], 'm2');
    await service.setEndpoint(url, everything, 'm3', { livemode: false });
    expect(
      await service.consume([
        ...lifeOf(snapshot()),
        ...lifeOf(snapshot({ merchantId: 'm2' })),
        ...lifeOf(snapshot({ merchantId: 'm3' })),
        ...lifeOf(snapshot({ merchantId: 'unknown' })),
      ]),
    ).toBe(0);
  });

  it('that concern nobody outside make nothing', async () => {
    await service.setEndpoint(url, everything);
    expect(await service.consume([fact('payments.money-returned', snapshot())])).toBe(0);
  });

  it.each([
    ['no payment', { type: 'payments.payment-created', eventId: 'e', details: {} }],
    ['no event id', { type: 'payments.payment-created', details: {}, payment: snapshot() }],
    [
      'an unknown dialect',
      { type: 'payments.payment-created', eventId: 'e', details: {}, payment: { ...snapshot(), dialect: 'morse' } },
    ],
    ['nothing', null],
  ])('with %s are parked at once', async (_what, data) => {
    await expect(
      service.consume([{ ...fact('payments.payment-created', snapshot()), data: data as never }]),
    ).rejects.toBeInstanceOf(ContractError);
  });

  it('of a payment with a callback make one when it is over, and the merchant has its secret by then', async () => {
    const over = callbackFact('https://shop.example/callback', { merchantId: 'b1' });
    const payment = over.data.payment;
    expect(
      await service.consume([
        fact('payments.payment-created', { ...payment, status: 'pending', version: 1 }),
        over,
        fact('payments.refund-recorded', { ...payment, status: 'refunded', version: 3 }),
      ]),
    ).toBe(1);
    const { rows } = await service.database.query('SELECT signer FROM webhook_dispatch.signing_secrets');
    expect(rows).toEqual([{ signer: 'callback:b1:live' }]);
    expect(
      await service.consume([
        fact(
          'payments.payment-completed',
          snapshot({ merchantId: 'b2', dialect: 'smartfastpay', status: 'completed' }),
        ),
      ]),
    ).toBe(0);
  });

  it('keep the body that was rendered first', async () => {
    const before = await service.setEndpoint(url, ['payment.created']);
    const payment = snapshot();
    // Consumed long after the payment's time: what was pending at the event stays pending in its body.
    service.nowMs = T0 + 86_400_000;
    await service.consume([lifeOf(payment)[0]!]);
    const body = async () =>
      (
        await service.database.query<{ body: Buffer }>('SELECT body FROM webhook_dispatch.events')
      ).rows[0]!.body.toString('utf8');
    expect(JSON.parse(await body())).toMatchObject({
      event: 'payment.created',
      data: { status: 'pending', checkout_url: expect.stringContaining('https://pay.example/pay/') },
    });
    expect(before.url).toBe(url);
  });
});

describe('a delivery that is added while the one before it ends', () => {
  it('is never left behind, whichever commits first', async () => {
    await service.setEndpoint(url, everything);
    for (const first of ['the end', 'the new one'] as const) {
      const payment = snapshot();
      const [created, submitted] = lifeOf(payment);
      await service.consume([created!]);
      const [delivery] = await lease();
      let commitEnd!: () => void;
      const mayCommit = new Promise<void>((resolve) => {
        commitEnd = resolve;
      });
      let isRecorded = false;
      const end = service.database.transaction(async (tx) => {
        if (first === 'the new one') await mayCommit;
        await recordAttempts(
          tx,
          [
            {
              delivery: delivery!,
              result: { kind: 'answered', httpStatus: 200, retryAfter: null },
              startedAtMs: T0,
              durationMs: 1,
              jitter: 0,
            },
          ],
          { outbox: noOutbox, nowMs: T0 },
        );
        isRecorded = true;
        if (first === 'the end') await mayCommit;
      });
      if (first === 'the end') await eventually(() => isRecorded);
      const added = service.consume([submitted!]);
      if (first === 'the end')
        await eventually(
          async () =>
            (
              await service.database.query(
                `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
              )
            ).rowCount === 1,
        );
      else await added;
      commitEnd();
      await Promise.all([end, added]);
      expect(await states(payment.id)).toEqual([
        [2, 'pending', now],
        [1, 'delivered', null],
      ]);
      await service.database.query('TRUNCATE webhook_dispatch.deliveries, webhook_dispatch.schedule');
    }
  });

  it('and both at once, again and again, always leaves exactly the first unfinished one due', async () => {
    const { id: endpointId } = await service.setEndpoint(url, everything);
    await Promise.all(
      Array.from({ length: 40 }, async (_unused, index) => {
        const payment = snapshot();
        const [created, submitted, paid] = lifeOf(payment);
        await service.consume([created!]);
        const leaseId = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
        const { rows } = await service.database.query<{ id: string }>(
          'UPDATE webhook_dispatch.schedule SET lease_id = $2 WHERE payment_id = $1 RETURNING delivery_id AS id',
          [payment.id, leaseId],
        );
        const delivery = {
          id: rows[0]!.id,
          leaseId,
          merchantId: 'm1',
          livemode: true,
          dialect: 'fastaar' as const,
          receiver: `endpoint:${endpointId}`,
          endpointId,
          url,
          headers: {},
          signer: 's',
          sealedSecrets: [],
          paymentId: payment.id,
          event: 'payment.created' as const,
          eventId: 'e',
          correlationId: 'c',
          body: Buffer.from(''),
          attemptsMade: 0,
        };
        await Promise.all([
          service.consume([submitted!]).then(() => service.consume([paid!])),
          service.database.transaction((tx) =>
            recordAttempts(
              tx,
              [
                {
                  delivery,
                  result: { kind: 'answered', httpStatus: 200, retryAfter: null },
                  startedAtMs: T0,
                  durationMs: 1,
                  jitter: 0,
                },
              ],
              { outbox: noOutbox, nowMs: T0 },
            ),
          ),
        ]);
        expect(await states(payment.id)).toEqual([
          [3, 'pending', null],
          [2, 'pending', now],
          [1, 'delivered', null],
        ]);
      }),
    );
  });
});

describe('an endpoint that is set again while a delivery is being held', () => {
  const isWaitingForLock = async () =>
    (
      await service.database.query(
        `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
      )
    ).rowCount === 1;

  /** Runs `hold` in a transaction, sets the endpoint before that commits, and lets both end. */
  async function setWhileHolding(hold: (tx: Tx) => Promise<unknown>): Promise<void> {
    let commit!: () => void;
    const mayCommit = new Promise<void>((resolve) => {
      commit = resolve;
    });
    let isHeld = false;
    const holding = service.database.transaction(async (tx) => {
      await hold(tx);
      isHeld = true;
      await mayCommit;
    });
    await eventually(() => isHeld);
    let isSet = false;
    const setting = service.setEndpoint(url, everything).then(() => {
      isSet = true;
    });
    await eventually(async () => isSet || (await isWaitingForLock()));
    commit();
    await Promise.all([holding, setting]);
  }

  it('gets the delivery whose attempt failed meanwhile', async () => {
    await service.setEndpoint(url, everything);
    const payment = snapshot();
    await service.consume(lifeOf(payment).slice(0, 1));
    const [delivery] = await lease();
    await service.setEndpoint(null);
    await setWhileHolding((tx) =>
      recordAttempts(
        tx,
        [
          {
            delivery: delivery!,
            result: { kind: 'failed', error: 'timeout' },
            startedAtMs: T0,
            durationMs: 1,
            jitter: 0,
          },
        ],
        { outbox: noOutbox, nowMs: T0 },
      ),
    );
    expect(await states(payment.id)).toEqual([[1, 'pending', new Date(T0 + 60_000).toISOString()]]);
  });

  it('gets the delivery that was made meanwhile', async () => {
    await service.setEndpoint(url, everything);
    await service.database.query(`UPDATE webhook_dispatch.endpoints SET status = 'disabled', disabled_reason = 'gone'`);
    const payment = snapshot();
    await setWhileHolding((tx) =>
      insertCandidates(
        tx,
        lifeOf(payment)
          .slice(0, 1)
          .map((message) => candidateOf(message)!),
        { terms: service.terms({ countMax: 0 }), publicUrl: 'https://pay.example' },
      ),
    );
    expect(await states(payment.id)).toEqual([[1, 'pending', now]]);
  });
});
