import { newId, type CreditCommand, type ReviewCase } from '@paymatch/contracts';
import { templateRegistry } from '@paymatch/sms-matching-domain';
import {
  FakePayment,
  MatchingWorld,
  TRX_WAIT_MS,
  bkashSms,
  merchantId,
  newTrxId,
  received,
  wallet,
} from '../testing/matching-world.js';

let world: MatchingWorld;
beforeAll(async () => {
  world = await MatchingWorld.create();
});
beforeEach(() => world.clear());
afterAll(() => world.drop());

/** A payment whose TrxID no message has told of in time, and its case. */
async function missed(trxId = newTrxId()): Promise<{ payment: FakePayment; trxId: string; missing: ReviewCase }> {
  const payment = new FakePayment();
  await world.tell(payment.submits(trxId));
  world.nowMs += TRX_WAIT_MS;
  await world.sweep.run();
  const [missing] = await world.cases('open');
  return { payment, trxId, missing: missing! };
}
const resolved = async () =>
  (await world.factsOf('credits.review-resolved')).map((fact) => [
    fact.paymentId,
    fact.creditId,
    fact.resolution,
    fact.actor,
  ]);
const decision = (changes: object): CreditCommand =>
  ({ commandId: newId(), merchantId, livemode: true, actor: 'Rahima', now: '', ...changes }) as CreditCommand;

describe('a TrxID that no message tells of', () => {
  it('is a case when its time is over, not a moment before and only once, and its payment hears so', async () => {
    const payment = new FakePayment();
    const trxId = newTrxId();
    await world.tell(payment.submits(trxId));
    world.nowMs += TRX_WAIT_MS - 1;
    await world.sweep.run();
    expect(await world.cases()).toEqual([]);
    world.nowMs += 1;
    for (let look = 0; look < 2; look += 1) await world.sweep.run();
    expect(await world.cases()).toEqual([
      expect.objectContaining({
        status: 'open',
        reason: 'message_missing',
        paymentId: payment.id,
        awaitedTrxId: trxId,
        credit: null,
      }),
    ]);
    expect(await world.factsOf('credits.message-missing')).toEqual([
      expect.objectContaining({ paymentId: payment.id, trxId }),
    ]);
  });

  it('resolves itself when the money comes after all, and the payment is completed as any other', async () => {
    const { payment, trxId, missing } = await missed();
    await world.receive(received(bkashSms({ trxId })));
    expect((await world.factsOf('credits.matched')).map((fact) => fact.paymentId)).toEqual([payment.id]);
    const [closed] = await world.cases('closed');
    expect(closed).toMatchObject({ id: missing.id, resolution: 'arrived' });
    expect(await resolved()).toEqual([[payment.id, null, 'arrived', null]]);
    expect(await world.cases('open')).toEqual([]);
  });

  it.each([
    ['the customer names another', (payment: FakePayment) => payment.submits(newTrxId())],
    ['the payment fails', (payment: FakePayment) => payment.fails()],
  ])('is no case any more when %s', async (_, fact) => {
    const { payment, missing } = await missed();
    await world.tell(fact(payment));
    expect(await world.cases('closed')).toEqual([expect.objectContaining({ id: missing.id, resolution: 'withdrawn' })]);
    expect(await world.cases('open')).toEqual([]);
    expect(await resolved()).toEqual([[payment.id, null, 'withdrawn', null]]);
  });

  it.each([
    ['IgnoreCase', 'ignored'],
    ['RejectPayment', 'rejected'],
  ])('is decided by a person: %s', async (type, resolution) => {
    const { payment, missing } = await missed();
    const given = { type, caseId: missing.id, reason: 'asked the customer', paymentId: null };
    expect(await world.command(decision(given))).toMatchObject({ status: 'closed', resolution });
    if (type === 'IgnoreCase') expect(await resolved()).toEqual([[payment.id, null, 'ignored', 'Rahima']]);
    else expect(await world.factsOf('credits.payment-rejected')).toHaveLength(1);
  });

  it('is completed with money that a person enters from its case', async () => {
    const { payment, trxId, missing } = await missed();
    const credit = {
      provider: 'bkash',
      walletId: wallet.id,
      walletNumber: wallet.number,
      toleranceMinor: 0,
      trxId,
      amountMinor: 50_000,
      currency: 'BDT',
      senderNumber: null,
      receivedAt: new Date(world.nowMs).toISOString(),
    };
    const given = { type: 'EnterCredit', credit, note: 'seen in the app', paymentId: payment.id, caseId: missing.id };
    await world.command(decision(given));
    expect((await world.factsOf('credits.matched')).at(-1)).toMatchObject({
      paymentId: payment.id,
      decidedBy: 'Rahima',
    });
    expect((await world.cases('closed')).map(({ id }) => id)).toEqual([missing.id]);
  });

  it('of a claim that waits for money a person holds is no case of its own', async () => {
    const trxId = newTrxId();
    await world.receive(received(bkashSms({ trxId, amount: '499.00' })));
    await world.tell(new FakePayment().submits(trxId));
    world.nowMs += TRX_WAIT_MS;
    await world.sweep.run();
    expect((await world.cases()).map(({ reason }) => reason)).toEqual(['amount_mismatch']);
  });
});

describe('the end of a review', () => {
  it('is told to the payments that were told of it, when the money is put aside', async () => {
    const trxId = newTrxId();
    const [one, other] = [new FakePayment(), new FakePayment()];
    await world.receive(received(bkashSms({ trxId, amount: '499.00' })));
    await world.tell(one.submits(trxId), other.submits(trxId));
    const [opened] = await world.cases('open');
    const { creditId } = opened!.credit!;
    await world.command(decision({ type: 'IgnoreCase', caseId: opened!.id, reason: 'a friend' }));
    expect((await resolved()).sort()).toEqual([one, other].map(({ id }) => [id, creditId, 'ignored', 'Rahima']).sort());
  });

  it('is told to those whom the money passed by, when another payment is completed with it', async () => {
    const trxId = newTrxId();
    const [one, other] = [new FakePayment(), new FakePayment()];
    await world.receive(received(bkashSms({ trxId, amount: '499.00' })));
    await world.tell(one.submits(trxId));
    const [opened] = await world.cases('open');
    const { creditId } = opened!.credit!;
    await world.command(decision({ type: 'AssignCredit', caseId: opened!.id, paymentId: other.id }));
    await world.tell(other.completes(creditId));
    expect(await resolved()).toEqual([[one.id, creditId, 'completed', 'Rahima']]);
  });
});

describe('a shop that has said how long it waits', () => {
  const settings = (messageWaitMinutes: number | null): CreditCommand => ({
    type: 'SetReviewSettings',
    merchantId,
    livemode: true,
    messageWaitMinutes,
  });
  afterEach(() => world.command(settings(null)));

  it('asks a person after just that time, others after the installation’s', async () => {
    expect(await world.command(settings(3))).toEqual({
      messageWaitMinutes: 3,
      installationMinutes: TRX_WAIT_MS / 60_000,
      messagesKeptDays: null,
    });
    const [own, other] = [new FakePayment(), new FakePayment({ merchantId: newId() })];
    await world.tell(own.submits(newTrxId()));
    await world.tell(other.submits(newTrxId()));
    world.nowMs += 3 * 60_000 - 1;
    await world.sweep.run();
    expect(await world.factsOf('credits.message-missing')).toEqual([]);
    world.nowMs += 1;
    await world.sweep.run();
    expect((await world.factsOf('credits.message-missing')).map(({ paymentId }) => paymentId)).toEqual([own.id]);
  });

  it('is heard by every instance after its next look, and waits as the installation does once it takes it back', async () => {
    const other = world.withRegistry(templateRegistry);
    await world.command(settings(3));
    await other.sweep.run();
    await world.command(settings(null));
    const payment = new FakePayment();
    await other.tell(payment.submits(newTrxId()));
    await other.sweep.run();
    const { rows } = await world.database.query<{ waits: number }>(
      `SELECT extract(epoch FROM waits_until - $2::timestamptz)::integer AS waits FROM sms_matching.claims
        WHERE payment_id = $1`,
      [payment.id, new Date(world.nowMs)],
    );
    expect(rows).toEqual([{ waits: 180 }]);
    const later = new FakePayment();
    await other.tell(later.submits(newTrxId()));
    world.nowMs += TRX_WAIT_MS - 1;
    await world.sweep.run();
    expect((await world.factsOf('credits.message-missing')).map(({ paymentId }) => paymentId)).toEqual([payment.id]);
  });

  it.each([0, 1.5, 10_081])('cannot say %d minutes', async (minutes) => {
    await expect(world.command(settings(minutes))).rejects.toMatchObject({ code: 'INVALID_COMMAND' });
  });
});
