import type { PaymentEventData } from '@paymatch/contracts';
import type { Message } from '@paymatch/platform-messaging';
import {
  FakePayment,
  MatchingWorld,
  T0,
  bkashSms,
  merchantId,
  newTrxId,
  received,
  wallet,
  GRACE_MS,
  type SmsFacts,
} from '../testing/matching-world.js';

let world: MatchingWorld;
beforeAll(async () => {
  world = await MatchingWorld.create();
});
beforeEach(() => world.clear());
afterAll(() => world.drop());

const orders = ['the message first', 'the claim first'] as const;

/** One message and one claim, in either order. */
async function meet(
  order: (typeof orders)[number],
  sides: { readonly sms: () => Promise<void>; readonly claim: () => Promise<void> },
): Promise<void> {
  for (const side of order === 'the message first' ? [sides.sms, sides.claim] : [sides.claim, sides.sms]) await side();
}

/** The same fact, submitted at another moment. */
function submittedAt(fact: Message<PaymentEventData>, ms: number): Message<PaymentEventData> {
  return { ...fact, data: { ...fact.data, payment: { ...fact.data.payment, updatedAt: new Date(ms).toISOString() } } };
}

interface MatchingCase {
  readonly name: string;
  readonly sms?: Partial<SmsFacts>;
  readonly claim?: {
    readonly amountMinor?: number;
    readonly senderNumber?: string | null;
    readonly walletNumber?: string;
    readonly createdAt?: string;
  };
  readonly toleranceMinor?: number;
  /** `null` = it is matched. */
  readonly objection: string | null;
}

const table: readonly MatchingCase[] = [
  { name: 'the exact amount', objection: null },
  { name: 'one poisha less', sms: { amount: '499.99' }, objection: 'amount_mismatch' },
  { name: 'one poisha more', sms: { amount: '500.01' }, objection: 'amount_mismatch' },
  { name: 'less within the tolerance', sms: { amount: '499.95' }, toleranceMinor: 5, objection: null },
  { name: 'more within the tolerance', sms: { amount: '500.05' }, toleranceMinor: 5, objection: null },
  { name: 'less beyond the tolerance', sms: { amount: '499.94' }, toleranceMinor: 5, objection: 'amount_mismatch' },
  { name: 'more beyond the tolerance', sms: { amount: '500.06' }, toleranceMinor: 5, objection: 'amount_mismatch' },
  {
    name: 'another wallet than the customer picked',
    claim: { walletNumber: '01799999999' },
    objection: 'wrong_wallet',
  },
  { name: 'the sender the customer named', claim: { senderNumber: '01822222222' }, objection: null },
  {
    name: 'another sender than the customer named',
    claim: { senderNumber: '01833333333' },
    objection: 'sender_mismatch',
  },
  {
    name: 'a masked sender that agrees',
    sms: { from: 'Nagad 0182XXX2222 through NPSB' },
    claim: { senderNumber: '01822222222' },
    objection: null,
  },
  {
    name: 'a masked sender that does not',
    sms: { from: 'Nagad 0182XXX3333 through NPSB' },
    claim: { senderNumber: '01822222222' },
    objection: 'sender_mismatch',
  },
  {
    name: 'money from long before the order',
    claim: { createdAt: new Date(T0 + 600_001).toISOString() },
    objection: 'credit_before_payment',
  },
  {
    name: 'money from just before the order, clocks being what they are',
    claim: { createdAt: new Date(T0 + 540_000).toISOString() },
    objection: null,
  },
];

describe.each(orders)('a message and a claim of one TrxID, %s', (order) => {
  it.each(table)('with $name', async ({ sms, claim = {}, toleranceMinor = 0, objection }) => {
    const trxId = newTrxId();
    const { createdAt, amountMinor, ...submitted } = claim;
    const payment = new FakePayment({
      ...(createdAt !== undefined && { createdAt }),
      ...(amountMinor !== undefined && { amountMinor }),
    });
    await meet(order, {
      sms: () => world.receive(received(bkashSms({ trxId, ...sms }), { wallets: [{ ...wallet, toleranceMinor }] })),
      claim: () => world.tell(payment.submits(trxId, submitted)),
    });
    const matched = await world.factsOf('credits.matched');
    const reviews = await world.factsOf('credits.needs-review');
    if (objection === null) {
      expect(matched).toEqual([
        expect.objectContaining({
          paymentId: payment.id,
          claimKey: `trx:bkash:${wallet.number}:${trxId}`,
          toleranceMinor,
          decidedBy: null,
          merchantId,
          livemode: true,
        }),
      ]);
      expect(matched[0]!.credit).toMatchObject({
        provider: 'bkash',
        trxId,
        currency: 'BDT',
        walletNumber: wallet.number,
      });
      expect(reviews).toEqual([]);
      expect(await world.cases()).toEqual([]);
      expect(await world.creditStatuses()).toEqual(['matched']);
    } else {
      expect(matched).toEqual([]);
      expect(reviews).toEqual([expect.objectContaining({ paymentId: payment.id, reason: objection })]);
      expect(await world.cases()).toEqual([
        expect.objectContaining({
          status: 'open',
          reason: objection,
          paymentId: payment.id,
          credit: reviews[0]!.credit,
        }),
      ]);
      expect(await world.creditStatuses()).toEqual(['in_review']);
    }
  });

  it('with the message twice: two phones, a notification, another upload', async () => {
    const trxId = newTrxId();
    const payment = new FakePayment();
    await meet(order, {
      sms: async () => {
        await world.receive(received(bkashSms({ trxId })), received(bkashSms({ trxId }), { deviceId: 'phone-2' }));
        await world.receive(received(`${bkashSms({ trxId })}.`, { receivedAt: new Date(T0).toISOString() }));
      },
      claim: () => world.tell(payment.submits(trxId)),
    });
    expect(await world.count('credits')).toBe(1);
    expect(await world.factsOf('credits.matched')).toHaveLength(1);
    expect(await world.count('raw_messages')).toBe(3);
    expect(await world.count('credit_messages')).toBe(3);
  });

  it('with a TrxID that another payment has used up', async () => {
    const trxId = newTrxId();
    const [first, second] = [new FakePayment(), new FakePayment()];
    await meet(order, {
      sms: () => world.receive(received(bkashSms({ trxId }))),
      claim: () => world.tell(first.submits(trxId)),
    });
    const [matched] = await world.factsOf('credits.matched');
    expect(matched).toMatchObject({ paymentId: first.id });
    await world.tell(first.completes(matched!.credit.creditId));
    await world.tell(second.submits(trxId));
    expect(await world.factsOf('credits.trx-already-used')).toEqual([
      expect.objectContaining({ paymentId: second.id, trxId }),
    ]);
    expect(await world.factsOf('credits.matched')).toHaveLength(1);
    expect(await world.creditStatuses()).toEqual(['consumed']);
    expect(await world.claimStatuses()).toEqual({
      [`${first.id}/${trxId}`]: 'won',
      [`${second.id}/${trxId}`]: 'released',
    });
  });

  it('with a second payment that claims it after the first was offered the money: told when it is spent', async () => {
    const trxId = newTrxId();
    const [first, second] = [new FakePayment(), new FakePayment()];
    await meet(order, {
      sms: () => world.receive(received(bkashSms({ trxId }))),
      claim: () => world.tell(first.submits(trxId)),
    });
    await world.tell(second.submits(trxId));
    const matched = await world.factsOf('credits.matched');
    expect(matched).toEqual([expect.objectContaining({ paymentId: first.id })]);
    expect(await world.factsOf('credits.trx-already-used')).toEqual([]);
    await world.tell(first.completes(matched[0]!.credit.creditId));
    expect(await world.factsOf('credits.trx-already-used')).toEqual([
      expect.objectContaining({ paymentId: second.id }),
    ]);
  });

  it('with money that is late: payments says so, and it becomes a case, unspent', async () => {
    const trxId = newTrxId();
    const payment = new FakePayment();
    await meet(order, {
      sms: () => world.receive(received(bkashSms({ trxId }))),
      claim: () => world.tell(payment.submits(trxId)),
    });
    const [matched] = await world.factsOf('credits.matched');
    await world.tell(payment.fails(), payment.requiresReview(matched!.credit.creditId, 'late_money'));
    expect(await world.creditStatuses()).toEqual(['in_review']);
    expect(await world.cases('open')).toEqual([
      expect.objectContaining({ reason: 'late_money', paymentId: payment.id }),
    ]);
    expect(await world.factsOf('credits.matched')).toHaveLength(1);
  });

  it("of a merchant, never meets another merchant's or the other mode's", async () => {
    const trxId = newTrxId();
    const others = [
      new FakePayment({ merchantId: '0197a6f0-0000-7000-8000-0000000000fe' }),
      new FakePayment({ livemode: false }),
    ];
    await meet(order, {
      sms: () => world.receive(received(bkashSms({ trxId }))),
      claim: () => world.tell(...others.map((other) => other.submits(trxId))),
    });
    expect(await world.factsOf('credits.matched')).toEqual([]);
    expect(await world.factsOf('credits.needs-review')).toEqual([]);
  });
});

describe('a customer who mistyped', () => {
  it('leaves the first TrxID behind: only the last one may win', async () => {
    const [wrong, right] = [newTrxId(), newTrxId()];
    const payment = new FakePayment();
    await world.tell(payment.submits(wrong));
    await world.tell(payment.submits(right));
    await world.receive(received(bkashSms({ trxId: wrong })), received(bkashSms({ trxId: right })));
    expect(await world.factsOf('credits.matched')).toEqual([
      expect.objectContaining({ paymentId: payment.id, credit: expect.objectContaining({ trxId: right }) as unknown }),
    ]);
    expect(await world.claimStatuses()).toEqual({
      [`${payment.id}/${wrong}`]: 'released',
      [`${payment.id}/${right}`]: 'open',
    });
  });

  it('may come back to the first one', async () => {
    const [first, second] = [newTrxId(), newTrxId()];
    const payment = new FakePayment();
    await world.tell(payment.submits(first), payment.submits(second), payment.submits(first));
    await world.receive(received(bkashSms({ trxId: first })));
    expect(await world.factsOf('credits.matched')).toHaveLength(1);
  });

  it("does not keep the money's owner from it: a fitting claim gets what an unfitting one asked for", async () => {
    const trxId = newTrxId();
    const [stranger, owner] = [new FakePayment({ amountMinor: 99_900 }), new FakePayment()];
    await world.tell(stranger.submits(trxId));
    await world.receive(received(bkashSms({ trxId })));
    expect(await world.cases('open')).toEqual([
      expect.objectContaining({ reason: 'amount_mismatch', paymentId: stranger.id }),
    ]);
    await world.tell(owner.submits(trxId));
    const [matched] = await world.factsOf('credits.matched');
    expect(matched).toMatchObject({ paymentId: owner.id });
    await world.tell(owner.completes(matched!.credit.creditId));
    expect(await world.cases('open')).toEqual([]);
    expect(await world.factsOf('credits.trx-already-used')).toEqual([
      expect.objectContaining({ paymentId: stranger.id }),
    ]);
    expect(await world.factsOf('credits.needs-review')).toHaveLength(1);
  });
});

describe('two payments that wait for one TrxID', () => {
  it.each([
    ['in the order of submission', [0, 1]],
    ['in the other order', [1, 0]],
  ])('heard of %s: the one submitted first completes and the other is told', async (_name, heard) => {
    const trxId = newTrxId();
    const payments = [new FakePayment(), new FakePayment()] as const;
    const claims = [payments[0].submits(trxId, { trxAttempts: 1 }), payments[1].submits(trxId, { trxAttempts: 1 })].map(
      (fact, index) => submittedAt(fact, T0 + index),
    );
    for (const index of heard) await world.tell(claims[index]!);
    await world.receive(received(bkashSms({ trxId })));
    const matched = await world.factsOf('credits.matched');
    expect(matched).toEqual([expect.objectContaining({ paymentId: payments[0].id, decidedBy: null })]);
    expect(await world.factsOf('credits.needs-review')).toEqual([]);
    await world.tell(payments[0].completes(matched[0]!.credit.creditId));
    expect(await world.factsOf('credits.trx-already-used')).toEqual([
      expect.objectContaining({ paymentId: payments[1].id }),
    ]);
    expect(await world.cases()).toEqual([]);
  });

  it('go on to the second when the first has ended before its money was confirmed', async () => {
    const trxId = newTrxId();
    const [first, second] = [new FakePayment(), new FakePayment()];
    await world.tell(first.submits(trxId));
    await world.tell(second.submits(trxId));
    await world.receive(received(bkashSms({ trxId })));
    const [matched] = await world.factsOf('credits.matched');
    expect(matched).toMatchObject({ paymentId: first.id });
    await world.tell(first.fails(), first.requiresReview(matched!.credit.creditId, 'late_money'));
    expect((await world.factsOf('credits.matched')).map((fact) => fact.paymentId)).toEqual([first.id, second.id]);
  });

  it("are told apart by the payer's number, where one of them knows it", async () => {
    const trxId = newTrxId();
    const [copied, payer] = [new FakePayment(), new FakePayment()];
    await world.tell(copied.submits(trxId), payer.submits(trxId, { senderNumber: '01822222222' }));
    await world.receive(received(bkashSms({ trxId })));
    expect(await world.factsOf('credits.matched')).toEqual([expect.objectContaining({ paymentId: payer.id })]);
  });

  it('each hear what speaks against them', async () => {
    const trxId = newTrxId();
    const [wrongAmount, wrongWallet] = [new FakePayment({ amountMinor: 1 }), new FakePayment()];
    await world.tell(wrongAmount.submits(trxId), wrongWallet.submits(trxId, { walletNumber: '01799999999' }));
    await world.receive(received(bkashSms({ trxId })));
    expect((await world.factsOf('credits.needs-review')).map(({ paymentId, reason }) => [paymentId, reason])).toEqual([
      [wrongAmount.id, 'amount_mismatch'],
      [wrongWallet.id, 'wrong_wallet'],
    ]);
    expect(await world.cases('open')).toEqual([
      expect.objectContaining({ reason: 'amount_mismatch', paymentId: null }),
    ]);
    const owner = new FakePayment();
    await world.tell(owner.submits(trxId));
    expect(await world.factsOf('credits.matched')).toEqual([expect.objectContaining({ paymentId: owner.id })]);
  });
});

describe("payments' word", () => {
  it('gives money back that was matched while another credit completed the payment', async () => {
    const [first, second] = [newTrxId(), newTrxId()];
    const payment = new FakePayment();
    await world.tell(payment.submits(first));
    await world.receive(received(bkashSms({ trxId: first })), received(bkashSms({ trxId: second })));
    await world.tell(payment.submits(second));
    const matched = await world.factsOf('credits.matched');
    expect(matched.map((fact) => fact.credit.trxId)).toEqual([first, second]);
    await world.tell(payment.completes(matched[1]!.credit.creditId));
    expect(await world.creditStatuses()).toEqual(['in_review', 'consumed']);
    expect(await world.cases('open')).toEqual([
      expect.objectContaining({ reason: 'already_paid', paymentId: payment.id }),
    ]);
  });

  it('frees a TrxID that a failed or expired payment waited for', async () => {
    for (const ends of ['fails', 'expires'] as const) {
      const trxId = newTrxId();
      const [gone, next] = [new FakePayment(), new FakePayment()];
      await world.tell(gone.submits(trxId), gone[ends]());
      await world.tell(next.submits(trxId));
      await world.receive(received(bkashSms({ trxId })));
      expect((await world.factsOf('credits.matched')).filter((fact) => fact.credit.trxId === trxId)).toEqual([
        expect.objectContaining({ paymentId: next.id }),
      ]);
    }
  });

  it('is not argued with: a refused credit is not offered to the same payment again', async () => {
    const trxId = newTrxId();
    const payment = new FakePayment();
    await world.tell(payment.submits(trxId));
    await world.receive(received(bkashSms({ trxId })));
    const [matched] = await world.factsOf('credits.matched');
    await world.tell(payment.requiresReview(matched!.credit.creditId, 'amount_mismatch'));
    await world.receive(received(bkashSms({ trxId }), { deviceId: 'phone-2' }));
    world.nowMs += 10 * GRACE_MS;
    await world.sweep.run();
    expect(await world.factsOf('credits.matched')).toHaveLength(1);
    expect(await world.cases('open')).toEqual([expect.objectContaining({ reason: 'amount_mismatch' })]);
  });

  it('about credits that are none of ours changes nothing of ours', async () => {
    const trxId = newTrxId();
    const payment = new FakePayment();
    await world.tell(payment.submits(trxId), payment.completes('pix:E123'));
    await world.receive(received(bkashSms({ trxId })));
    expect(await world.claimStatuses()).toEqual({ [`${payment.id}/${trxId}`]: 'released' });
    expect(await world.creditStatuses()).toEqual(['open']);
  });
});
