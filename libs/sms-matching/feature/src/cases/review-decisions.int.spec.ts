import {
  newId,
  type ConfirmEntry,
  type CreditCommand,
  type EnterCredit,
  type EnteredCredit,
  type RejectPayment,
  type ReviewCase,
} from '@paymatch/contracts';
import { Refusal } from '@paymatch/platform-messaging';
import { currencyOfProvider } from '@paymatch/vocabulary';
import {
  FakePayment,
  GRACE_MS,
  HAND_CREDIT_LIMIT_BRL_MINOR,
  HAND_CREDIT_LIMIT_MINOR,
  MatchingWorld,
  T0,
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

async function refusalOf(command: CreditCommand): Promise<string> {
  const error: unknown = await world.command(command).then(
    () => null,
    (refused: unknown) => refused,
  );
  if (!(error instanceof Refusal)) throw new Error(`not refused: ${String(error)}`);
  return error.code;
}

const tenant = () => ({ commandId: newId(), merchantId, livemode: true, actor: 'Rahima', now: '' });

type Entry = Partial<Omit<EnterCredit, 'credit'>> & { readonly credit?: Partial<EnteredCredit> };

function enter(changes: Entry = {}): EnterCredit {
  const credit: EnteredCredit = {
    provider: 'bkash',
    walletId: wallet.id,
    walletNumber: wallet.number,
    toleranceMinor: 0,
    trxId: newTrxId(),
    amountMinor: 50_000,
    currency: 'BDT',
    senderNumber: null,
    receivedAt: new Date(T0).toISOString(),
    ...changes.credit,
  };
  return {
    type: 'EnterCredit',
    ...tenant(),
    note: 'seen in the app',
    paymentId: null,
    caseId: null,
    ...changes,
    credit,
  };
}
const confirm = (caseId: string, changes: Partial<ConfirmEntry> = {}): ConfirmEntry => ({
  type: 'ConfirmEntry',
  ...tenant(),
  actor: 'Karim',
  caseId,
  ...changes,
});
const reject = (caseId: string, changes: Partial<RejectPayment> = {}): RejectPayment => ({
  type: 'RejectPayment',
  ...tenant(),
  caseId,
  paymentId: null,
  reason: 'a forged receipt',
  ...changes,
});
const ask = (command: CreditCommand): Promise<ReviewCase> => world.command(command) as Promise<ReviewCase>;
const list = (changes: object): Promise<readonly ReviewCase[]> =>
  world.command({
    type: 'ListReviewCases',
    merchantId,
    livemode: true,
    status: null,
    reason: null,
    limit: 50,
    before: null,
    ...changes,
  }) as Promise<readonly ReviewCase[]>;
const reported = (one: ReviewCase) => one.history.map(({ actor, action, note }) => [actor, action, note]);

describe('a credit entered by hand', () => {
  it('completes the payment it is entered for, in the name of the person', async () => {
    const payment = new FakePayment();
    const command = enter({ paymentId: payment.id });
    const opened = await ask(command);
    expect(opened).toMatchObject({
      status: 'open',
      reason: 'entered_by_hand',
      paymentId: payment.id,
      creditStatus: 'matched',
      evidence: [],
      credit: { trxId: command.credit.trxId, amountMinor: 50_000 },
    });
    expect(await ask(command)).toEqual(opened);
    const [matched, ...more] = await world.factsOf('credits.matched');
    expect([matched, more]).toEqual([
      expect.objectContaining({
        paymentId: payment.id,
        decidedBy: 'Rahima',
        claimKey: `trx:bkash:${wallet.number}:${command.credit.trxId}`,
      }),
      [],
    ]);
    await world.tell(payment.completes(matched!.credit.creditId));
    expect(reported((await world.cases('closed'))[0]!)).toEqual([
      ['Rahima', 'opened', 'entered_by_hand'],
      ['Rahima', 'entered', 'seen in the app'],
      ['Rahima', 'assigned', payment.id],
      ['Rahima', 'completed', payment.id],
    ]);
  });

  it('is met by a claim that fits it, whichever comes first, and by none that does not', async () => {
    const [before, after] = [new FakePayment(), new FakePayment()];
    const wrong = new FakePayment({ amountMinor: 50_001 });
    const [first, second, third] = [enter(), enter(), enter()];
    await world.tell(before.submits(first.credit.trxId), wrong.submits(third.credit.trxId));
    for (const command of [first, second, third]) await ask(command);
    await world.tell(after.submits(second.credit.trxId));
    expect((await world.factsOf('credits.matched')).map(({ paymentId, decidedBy }) => [paymentId, decidedBy])).toEqual([
      [before.id, null],
      [after.id, null],
    ]);
    expect(await world.factsOf('credits.needs-review')).toEqual([
      expect.objectContaining({ paymentId: wrong.id, reason: 'amount_mismatch' }),
    ]);
  });

  it('is not counted again by its message; a message with another sum raises a case', async () => {
    const payment = new FakePayment();
    const command = enter({ paymentId: payment.id });
    await ask(command);
    await world.tell(payment.completes((await world.factsOf('credits.matched'))[0]!.credit.creditId));
    const { trxId } = command.credit;
    await world.receive(received(bkashSms({ trxId })));
    const other = new FakePayment();
    await world.tell(other.submits(trxId));
    expect([await world.count('credits'), (await world.factsOf('credits.matched')).length]).toEqual([1, 1]);
    expect(await world.factsOf('credits.trx-already-used')).toEqual([expect.objectContaining({ paymentId: other.id })]);
    expect((await world.cases())[0]!.evidence).toHaveLength(1);
    await world.receive(received(bkashSms({ trxId, amount: '900.00' })));
    expect(await world.cases('open')).toEqual([expect.objectContaining({ reason: 'contradicting_messages' })]);
  });

  it.each(['open', 'consumed', 'put aside'])('is refused when a message has told of it and it is %s', async (fate) => {
    const trxId = newTrxId();
    const payment = new FakePayment();
    if (fate === 'consumed') await world.tell(payment.submits(trxId));
    await world.receive(received(bkashSms({ trxId })));
    if (fate === 'consumed')
      await world.tell(payment.completes((await world.factsOf('credits.matched'))[0]!.credit.creditId));
    if (fate === 'put aside') {
      world.nowMs += GRACE_MS;
      await world.sweep.run();
      await ask({ type: 'IgnoreCase', ...tenant(), caseId: (await world.cases('open'))[0]!.id, reason: 'mine' });
    }
    expect(await refusalOf(enter({ credit: { trxId } }))).toBe('CREDIT_EXISTS');
    expect(await refusalOf(enter({ credit: { trxId, walletNumber: '01799999999', amountMinor: 1 } }))).toBe(
      'CREDIT_EXISTS',
    );
    expect(await world.count('credits')).toBe(1);
  });

  it('is one, when two people enter it at the same moment, or a person and a phone', async () => {
    const both = enter();
    const results = await Promise.allSettled([
      world.command(both),
      world.command({ ...both, commandId: newId(), actor: 'Karim' }),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [raced, payment] = [enter(), new FakePayment()];
    await world.tell(payment.submits(raced.credit.trxId));
    await Promise.allSettled([world.command(raced), world.receive(received(bkashSms({ trxId: raced.credit.trxId })))]);
    expect((await world.factsOf('credits.matched')).filter((fact) => fact.paymentId === payment.id)).toHaveLength(1);
    expect(await world.count('credits')).toBe(2);
  });

  it('takes the messages of the case it is entered from as its evidence, and ends that case', async () => {
    const body = 'You have maybe got Tk 500.00 from somebody.';
    await world.receive(received(body));
    const [unknown] = await world.cases('open');
    const payment = new FakePayment();
    const entered = await ask(enter({ caseId: unknown!.id, paymentId: payment.id }));
    expect(entered.evidence.map((one) => one.body)).toEqual([body]);
    const [ended] = await world.cases('closed');
    expect(ended).toMatchObject({ id: unknown!.id, resolution: 'replaced' });
    expect(reported(ended!).at(-1)).toEqual(['Rahima', 'replaced', entered.id]);
    expect(await refusalOf(enter({ caseId: unknown!.id }))).toBe('CASE_CLOSED');
    expect(await refusalOf(enter({ caseId: entered.id }))).toBe('CASE_HAS_CREDIT');
    expect(await refusalOf(enter({ caseId: newId() }))).toBe('CASE_NOT_FOUND');
  });

  it.each<[string, Entry]>([
    ['no id a message of this provider could carry', { credit: { trxId: 'ABC123' } }],
    ['an id with a foreign letter', { credit: { trxId: 'DHE000000Χ' } }],
    ['no sum', { credit: { amountMinor: 0 } }],
    ['half a poisha', { credit: { amountMinor: 0.5 } }],
    ['no reason', { note: ' ' }],
    ["nobody's name", { actor: '' }],
    ['a time that is none', { credit: { receivedAt: 'today' } }],
    ['a payment that is none', { paymentId: 'x' }],
  ])('is refused with %s', async (_what, changes) => {
    expect(await refusalOf(enter(changes))).toBe('INVALID_COMMAND');
    expect([await world.count('credits'), await world.count('review_cases')]).toEqual([0, 0]);
  });
});

describe('a large credit entered by hand', () => {
  const large = (changes: Entry = {}) =>
    enter({ ...changes, credit: { amountMinor: HAND_CREDIT_LIMIT_MINOR + 1, ...changes.credit } });

  it('of the limit itself needs one person only', async () => {
    expect(await ask(enter({ credit: { amountMinor: HAND_CREDIT_LIMIT_MINOR } }))).toMatchObject({
      reason: 'entered_by_hand',
    });
  });

  it.each([
    ['BRL', HAND_CREDIT_LIMIT_BRL_MINOR, 'entered_by_hand'],
    ['BRL', HAND_CREDIT_LIMIT_BRL_MINOR + 1, 'credit_proposed'],
    ['BDT', HAND_CREDIT_LIMIT_BRL_MINOR + 1, 'entered_by_hand'],
    ['KES', 1, 'credit_proposed'],
  ])('is measured by the limit of its currency: %s %i is %s', async (currency, amountMinor, reason) => {
    expect(await ask(enter({ credit: { currency, amountMinor } }))).toMatchObject({ reason });
  });

  it.each([
    ['bkash', HAND_CREDIT_LIMIT_MINOR, 'entered_by_hand'],
    ['bkash', HAND_CREDIT_LIMIT_MINOR + 1, 'credit_proposed'],
    ['br_nubank', HAND_CREDIT_LIMIT_BRL_MINOR, 'entered_by_hand'],
    ['br_nubank', HAND_CREDIT_LIMIT_BRL_MINOR + 1, 'credit_proposed'],
    ['mpesa_ke', 1, 'credit_proposed'],
  ])('into a wallet of %s is measured in what that wallet holds: %i is %s', async (provider, amountMinor, reason) => {
    const currency = currencyOfProvider(provider);
    const entered = await ask(enter({ credit: { provider, currency, amountMinor } }));
    expect(entered).toMatchObject({ reason });
    expect((entered.credit ?? entered.proposal)!.currency).toBe(currency);
  });

  it('is money only when a second person says so', async () => {
    const payment = new FakePayment({ amountMinor: HAND_CREDIT_LIMIT_MINOR + 1 });
    const command = large({ paymentId: payment.id });
    const proposed = await ask(command);
    expect(proposed).toMatchObject({
      status: 'open',
      reason: 'credit_proposed',
      credit: null,
      paymentId: payment.id,
      proposal: { proposedBy: 'Rahima', amountMinor: HAND_CREDIT_LIMIT_MINOR + 1 },
    });
    expect((await ask(command)).id).toBe(proposed.id);
    expect([await world.count('credits'), await world.factsOf('credits.matched')]).toEqual([0, []]);
    for (const actor of ['Rahima', 'rahima', ' Rahima '])
      expect(await refusalOf(confirm(proposed.id, { actor }))).toBe('SAME_PERSON');
    const second = confirm(proposed.id);
    expect(await ask(second)).toMatchObject({ id: proposed.id, reason: 'entered_by_hand', creditStatus: 'matched' });
    expect((await ask(second)).id).toBe(proposed.id);
    expect(await refusalOf(confirm(proposed.id, { actor: 'Selim' }))).toBe('CASE_NOT_PROPOSED');
    const [matched, ...more] = await world.factsOf('credits.matched');
    expect([matched?.decidedBy, more]).toEqual(['Rahima and Karim', []]);
    await world.tell(payment.completes(matched!.credit.creditId));
    const [closed] = await world.cases('closed');
    expect(reported(closed!)).toEqual([
      ['Rahima', 'opened', 'credit_proposed'],
      ['Rahima', 'proposed', 'seen in the app'],
      ['Karim', 'confirmed', null],
      ['Rahima and Karim', 'assigned', payment.id],
      ['Rahima and Karim', 'completed', payment.id],
    ]);
  });

  it('is proposed once; put aside, it may be proposed again', async () => {
    const command = large();
    const proposed = await ask(command);
    expect(await refusalOf({ ...command, commandId: newId(), actor: 'Karim' })).toBe('ENTRY_ALREADY_PROPOSED');
    await ask({ type: 'IgnoreCase', ...tenant(), caseId: proposed.id, reason: 'a slip' });
    expect(await refusalOf(confirm(proposed.id))).toBe('CASE_CLOSED');
    const again = await ask({ ...command, commandId: newId() });
    expect(again.id).not.toBe(proposed.id);
  });

  it('cannot be confirmed when its message has come meanwhile', async () => {
    const command = large();
    const proposed = await ask(command);
    await world.receive(received(bkashSms({ trxId: command.credit.trxId })));
    expect(await refusalOf(confirm(proposed.id))).toBe('CREDIT_EXISTS');
    expect(await world.count('credits')).toBe(1);
  });

  it("is one credit when two people confirm at once, and nothing of another merchant's", async () => {
    const proposed = await ask(large());
    expect(await refusalOf(confirm(proposed.id, { merchantId: newId() }))).toBe('CASE_NOT_FOUND');
    expect(await refusalOf(confirm(proposed.id, { livemode: false }))).toBe('CASE_NOT_FOUND');
    await Promise.allSettled([
      world.command(confirm(proposed.id)),
      world.command(confirm(proposed.id, { actor: 'Selim' })),
      world.command({ type: 'IgnoreCase', ...tenant(), caseId: proposed.id, reason: 'x' }),
    ]);
    const [one] = await world.cases();
    const actions = one!.history.map(({ action }) => action);
    const confirmed = actions.filter((action) => action === 'confirmed').length;
    expect(confirmed).toBeLessThanOrEqual(1);
    // Put aside before anybody confirmed it, or after: never money that nobody sees.
    expect([await world.count('credits'), await world.creditStatuses()]).toEqual([
      confirmed,
      confirmed === 0 ? [] : [actions.includes('ignored') ? 'ignored' : 'in_review'],
    ]);
  });

  it("takes a case's messages along when it is confirmed", async () => {
    await world.receive(received('You have maybe got Tk 50,000.00 from somebody.'));
    const [unknown] = await world.cases('open');
    const proposed = await ask(large({ caseId: unknown!.id }));
    expect((await world.cases('open')).map((one) => one.id).sort()).toEqual([unknown!.id, proposed.id].sort());
    expect((await ask(confirm(proposed.id))).evidence).toHaveLength(1);
    expect(await world.cases('closed')).toEqual([expect.objectContaining({ id: unknown!.id, resolution: 'replaced' })]);
  });
});

describe('a rejected payment', () => {
  it("is failed in the person's name; the money keeps its case", async () => {
    const trxId = newTrxId();
    const payment = new FakePayment({ amountMinor: 99_900 });
    await world.tell(payment.submits(trxId));
    await world.receive(received(bkashSms({ trxId })));
    const [opened] = await world.cases('open');
    const command = reject(opened!.id);
    await ask(command);
    expect(await ask(command)).toMatchObject({ status: 'open', reason: 'amount_mismatch', creditStatus: 'in_review' });
    expect(await world.factsOf('credits.payment-rejected')).toEqual([
      expect.objectContaining({
        paymentId: payment.id,
        caseId: opened!.id,
        actor: 'Rahima',
        reason: 'a forged receipt',
      }),
    ]);
    await world.tell(payment.fails());
    const [still] = await world.cases('open');
    expect(still!.history.at(-1)).toMatchObject({
      actor: 'Rahima',
      action: 'payment_rejected',
      note: 'a forged receipt',
      paymentId: payment.id,
    });
    expect(still!.claims).toEqual([expect.objectContaining({ paymentId: payment.id, status: 'released' })]);
  });

  it('ends a case that holds no money', async () => {
    const payment = new FakePayment();
    await world.receive(received(bkashSms({ trxId: newTrxId() }), { sender: 'bKash-BD' }));
    const [opened] = await world.cases('open');
    expect(await refusalOf(reject(opened!.id))).toBe('CASE_HAS_NO_PAYMENT');
    expect(await ask(reject(opened!.id, { paymentId: payment.id }))).toMatchObject({
      status: 'closed',
      resolution: 'rejected',
      paymentId: payment.id,
    });
    expect(await world.factsOf('credits.review-case-closed')).toEqual([
      expect.objectContaining({ caseId: opened!.id, resolution: 'rejected', actor: 'Rahima' }),
    ]);
    expect(await refusalOf(reject(opened!.id, { paymentId: payment.id }))).toBe('CASE_CLOSED');
  });

  it('is not one that is being given the money at this moment', async () => {
    const payment = new FakePayment();
    const opened = await ask(enter({ paymentId: payment.id }));
    expect(await refusalOf(reject(opened.id))).toBe('CASE_IN_PROGRESS');
  });
});

describe('a list of cases', () => {
  it('is narrowed by payment, provider and time', async () => {
    const trxId = newTrxId();
    const [named, claiming] = [new FakePayment({ amountMinor: 1 }), new FakePayment({ amountMinor: 2 })];
    await world.tell(named.submits(trxId), claiming.submits(trxId));
    await world.receive(
      received(bkashSms({ trxId })),
      received(bkashSms({ trxId: newTrxId() }), { sender: 'bKash-BD' }),
    );
    world.nowMs += 60_000;
    const later = await ask(enter({ credit: { provider: 'nagad', trxId: '75RB0000' } }));
    const at = (offsetMs: number) => new Date(T0 + offsetMs).toISOString();
    expect(await list({})).toHaveLength(3);
    for (const payment of [named, claiming])
      expect((await list({ paymentId: payment.id })).map((one) => one.credit?.trxId)).toEqual([trxId]);
    expect(await list({ paymentId: newId() })).toEqual([]);
    expect((await list({ provider: 'nagad' })).map((one) => one.id)).toEqual([later.id]);
    expect((await list({ from: at(60_000) })).map((one) => one.id)).toEqual([later.id]);
    expect(await list({ from: at(0), to: at(60_000) })).toHaveLength(2);
    expect(await list({ from: at(60_001) })).toEqual([]);
    expect(
      await refusalOf({
        type: 'ListReviewCases',
        merchantId,
        livemode: true,
        status: null,
        reason: null,
        limit: 1,
        before: null,
        from: 'x',
      }),
    ).toBe('INVALID_COMMAND');
  });
});
