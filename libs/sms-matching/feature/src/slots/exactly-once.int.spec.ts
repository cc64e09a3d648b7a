import type { MessageReceived, PaymentEventData } from '@paymatch/contracts';
import type { Message } from '@paymatch/platform-messaging';
import { eventually } from '@paymatch/platform-testing';
import { inMerchantTransaction } from './merchant-transaction.js';
import { loadHeld } from './slots.store.js';
import {
  FakePayment,
  GRACE_MS,
  MatchingWorld,
  bkashSms,
  merchantId,
  newTrxId,
  received,
} from '../testing/matching-world.js';

let world: MatchingWorld;
beforeAll(async () => {
  world = await MatchingWorld.create();
});
beforeEach(() => world.clear());
afterAll(() => world.drop());

const slotOf = (trxId: string) => ({ merchantId, livemode: true, provider: 'bkash', slotKey: trxId });

/** Another transaction about the merchant, that has looked at a TrxID and does nothing until it is let go. */
async function holdMerchant(trxId: string): Promise<{ readonly held: Promise<void>; readonly release: () => void }> {
  let release = (): void => undefined;
  const isOver = new Promise<void>((resolve) => {
    release = resolve;
  });
  let isHolding = (): void => undefined;
  const holds = new Promise<void>((resolve) => {
    isHolding = resolve;
  });
  const held = inMerchantTransaction(world.database, { merchants: [slotOf(trxId)] }, async (tx) => {
    await loadHeld(tx, [slotOf(trxId)]);
    isHolding();
    await isOver;
  });
  await holds;
  return { held, release };
}

/** What money has come to: everything but ids that are made anew. */
async function outcome(): Promise<unknown> {
  const facts = (await world.facts()).map(
    (fact) => `${fact.type} ${'paymentId' in fact ? fact.paymentId : ''} ${'credit' in fact ? fact.credit.trxId : ''}`,
  );
  const cases = (await world.cases()).map(
    (one) => `${one.status} ${one.reason} ${one.credit?.trxId} ${one.history.length}`,
  );
  return {
    facts: facts.sort(),
    cases: cases.sort(),
    credits: (await world.creditStatuses()).sort(),
    claims: await world.claimStatuses(),
  };
}

/** A deterministic source of disorder. */
function shuffler(seed: number): <T>(items: readonly T[]) => T[] {
  let state = seed;
  const next = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  return (items) =>
    items
      .map((item) => ({ item, at: next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
}

describe('everything delivered twice', () => {
  /** A day's work: matched and completed, unclaimed, wrong amount, used, fraud, resubmitted. */
  async function play(deliver: (step: () => Promise<void>) => Promise<void>): Promise<void> {
    const ids = Array.from({ length: 5 }, newTrxId);
    const payments = Array.from({ length: 6 }, () => new FakePayment());
    const sms = ids.map((trxId, index) => received(bkashSms({ trxId, amount: index === 2 ? '1.00' : '500.00' })));
    const claims = [
      payments[0]!.submits(ids[0]!),
      payments[1]!.submits(ids[1]!),
      payments[2]!.submits(ids[2]!),
      payments[3]!.submits(ids[0]!.replace(/.$/, 'X')),
      payments[3]!.submits(ids[3]!),
    ];
    await deliver(() => world.tell(...claims));
    await deliver(() => world.receive(...sms, received(bkashSms({ trxId: ids[0]! }), { sender: '01799999999' })));
    const matched = await world.factsOf('credits.matched');
    const done = matched.map((fact) =>
      payments.find((payment) => payment.id === fact.paymentId)!.completes(fact.credit.creditId),
    );
    const late = payments[4]!.submits(ids[0]!);
    await deliver(() => world.tell(...done, late));
    world.nowMs += GRACE_MS;
    await deliver(async () => {
      await world.sweep.run();
    });
  }

  it('leaves the same facts, cases and credits as once', async () => {
    const withoutIds = (value: unknown) =>
      JSON.stringify(value)
        .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id')
        .replace(/DHE[0-9A-Z]{7}/g, 'trx');
    await play((step) => step());
    const once = withoutIds(await outcome());
    await world.clear();
    await play(async (step) => {
      await step();
      await step();
    });
    expect(withoutIds(await outcome())).toBe(once);
    expect(once).toContain('credits.trx-already-used');
    expect(once).toContain('credits.needs-review');
  });

  it('in one batch or one by one, also with copies inside a batch', async () => {
    const trxId = newTrxId();
    const payment = new FakePayment();
    const [sms, claim] = [received(bkashSms({ trxId })), payment.submits(trxId)];
    await world.receive(sms, sms);
    await world.tell(claim, claim);
    await world.receive(sms);
    await world.tell(claim);
    expect(await world.factsOf('credits.matched')).toHaveLength(1);
    expect(await world.count('credits')).toBe(1);
  });

  it('an old fact that comes after newer ones changes nothing', async () => {
    const trxId = newTrxId();
    const payment = new FakePayment();
    const claim = payment.submits(trxId);
    await world.tell(claim, payment.expires());
    await world.tell(claim);
    await world.receive(received(bkashSms({ trxId })));
    expect(await world.factsOf('credits.matched')).toEqual([]);
    expect(await world.claimStatuses()).toEqual({ [`${payment.id}/${trxId}`]: 'released' });
  });
});

describe('eight payments that race for one credit', () => {
  it.each([1, 2, 3, 4, 5])(
    'in transactions of their own, against the message: exactly one gets it, and all others hear when it is spent (round %i)',
    async (round) => {
      const trxId = newTrxId();
      const payments = Array.from({ length: 8 }, () => new FakePayment());
      const { held, release } = await holdMerchant(trxId);
      const steps = shuffler(round)([
        () => world.receive(received(bkashSms({ trxId }))),
        ...payments.map((payment) => () => world.tell(payment.submits(trxId))),
      ]);
      const running = steps.map((step) => step());
      // All nine stand at the merchant, ere any may pass.
      await eventually(
        async () => (await world.database.query('SELECT 1 FROM pg_locks WHERE NOT granted')).rowCount === 9,
      );
      release();
      await Promise.all([held, ...running]);
      const matched = await world.factsOf('credits.matched');
      expect(matched).toHaveLength(1);
      const winner = payments.find((payment) => payment.id === matched[0]!.paymentId)!;
      await world.tell(winner.completes(matched[0]!.credit.creditId));
      expect((await world.factsOf('credits.trx-already-used')).map((fact) => fact.paymentId).sort()).toEqual(
        payments
          .filter((payment) => payment !== winner)
          .map((payment) => payment.id)
          .sort(),
      );
      expect([await world.count('credits'), await world.count('review_cases')]).toEqual([1, 0]);
    },
  );

  it('when the message is there already: exactly one gets it, and all others hear when it is spent', async () => {
    const trxId = newTrxId();
    await world.receive(received(bkashSms({ trxId })));
    const payments = Array.from({ length: 8 }, () => new FakePayment());
    await Promise.all(payments.map((payment) => world.tell(payment.submits(trxId))));
    const matched = await world.factsOf('credits.matched');
    expect(matched).toHaveLength(1);
    const winner = payments.find((payment) => payment.id === matched[0]!.paymentId)!;
    await world.tell(winner.completes(matched[0]!.credit.creditId));
    expect((await world.factsOf('credits.trx-already-used')).map((fact) => fact.paymentId).sort()).toEqual(
      payments
        .filter((payment) => payment !== winner)
        .map((payment) => payment.id)
        .sort(),
    );
  });

  it('eight copies of the message at once are one credit', async () => {
    const trxId = newTrxId();
    await world.tell(new FakePayment().submits(trxId));
    await Promise.all(
      Array.from({ length: 8 }, (_, phone) =>
        world.receive(received(bkashSms({ trxId }), { deviceId: `phone-${phone}` })),
      ),
    );
    expect([
      await world.count('credits'),
      await world.count('raw_messages'),
      await world.count('credit_messages'),
    ]).toEqual([1, 8, 8]);
    expect(await world.factsOf('credits.matched')).toHaveLength(1);
  });
});

describe('many transactions over the same slots in every order', () => {
  it('neither deadlock nor lose a match', async () => {
    const shuffle = shuffler(42);
    const ids = Array.from({ length: 30 }, newTrxId);
    const payments = ids.map(() => new FakePayment());
    const claims = payments.map((payment, index) => payment.submits(ids[index]!));
    const sms = ids.map((trxId) => received(bkashSms({ trxId })));
    const batches = <T>(items: readonly T[]): T[][] => {
      const mixed = shuffle([...items, ...items]);
      return Array.from({ length: 6 }, (_, n) => mixed.slice(n * 10, n * 10 + 10));
    };
    const work: (() => Promise<void>)[] = [
      ...batches<Message<MessageReceived>>(sms).map((batch) => () => world.receive(...batch)),
      ...batches<Message<PaymentEventData>>(claims).map((batch) => () => world.tell(...batch)),
    ];
    await Promise.all(shuffle(work).map((step) => step()));
    const matched = await world.factsOf('credits.matched');
    expect(matched.map((fact) => fact.credit.trxId).sort()).toEqual([...ids].sort());
    expect(matched.map((fact) => fact.paymentId).sort()).toEqual(payments.map((payment) => payment.id).sort());
  });

  it('make whoever comes second wait at the merchant, and see what the first one wrote', async () => {
    const trxId = newTrxId();
    const { held, release } = await holdMerchant(trxId);
    const arriving = world.receive(received(bkashSms({ trxId })));
    const claiming = world.tell(new FakePayment().submits(trxId));
    await eventually(
      async () => (await world.database.query('SELECT 1 FROM pg_locks WHERE NOT granted')).rowCount === 2,
    );
    expect(await world.facts()).toEqual([]);
    release();
    await Promise.all([held, arriving, claiming]);
    expect(await world.factsOf('credits.matched')).toHaveLength(1);
  });
});

describe('a crash', () => {
  it('before the commit leaves nothing behind, and the next delivery does it all', async () => {
    const trxId = newTrxId();
    const payment = new FakePayment();
    const [sms, claim] = [received(bkashSms({ trxId })), payment.submits(trxId)];
    await world.tell(claim);
    // The last write of the transaction fails, as when the process dies before its commit.
    await world.database.query('ALTER TABLE sms_matching.credit_messages RENAME TO gone');
    await expect(world.receive(sms)).rejects.toThrow();
    await world.database.query('ALTER TABLE sms_matching.gone RENAME TO credit_messages');
    expect([await world.count('raw_messages'), await world.count('credits'), await world.count('outbox')]).toEqual([
      0, 0, 0,
    ]);
    await world.receive(sms);
    expect(await world.factsOf('credits.matched')).toEqual([expect.objectContaining({ paymentId: payment.id })]);
  });

  it("of a payment fact's transaction takes its version back with it", async () => {
    const trxId = newTrxId();
    const claim = new FakePayment().submits(trxId);
    await world.database.query('ALTER TABLE sms_matching.claims RENAME TO gone');
    await expect(world.tell(claim)).rejects.toThrow();
    await world.database.query('ALTER TABLE sms_matching.gone RENAME TO claims');
    expect(await world.count('payment_versions')).toBe(0);
    await world.tell(claim);
    await world.receive(received(bkashSms({ trxId })));
    expect(await world.factsOf('credits.matched')).toHaveLength(1);
  });

  it('after the commit and before the position is stored brings everything again, to no effect', async () => {
    const trxId = newTrxId();
    const [sms, payment] = [received(bkashSms({ trxId })), new FakePayment()];
    const claim = payment.submits(trxId);
    await world.receive(sms);
    await world.tell(claim);
    const before = await outcome();
    await world.receive(sms);
    await world.tell(claim);
    expect(await outcome()).toEqual(before);
  });
});
