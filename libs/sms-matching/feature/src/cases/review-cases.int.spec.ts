import { newId, type CreditCommand, type ReviewCase } from '@paymatch/contracts';
import { Refusal } from '@paymatch/platform-messaging';
import { expectCasesToBeTheirHistory } from '../testing/case-history.check.js';
import {
  CONFIRMATION_WAIT_MS,
  FakePayment,
  GRACE_MS,
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
afterEach(() => expectCasesToBeTheirHistory(world));
afterAll(() => world.drop());

async function refusalOf(command: CreditCommand): Promise<string> {
  const error: unknown = await world.command(command).then(
    () => null,
    (refused: unknown) => refused,
  );
  if (!(error instanceof Refusal)) throw new Error(`not refused: ${String(error)}`);
  return error.code;
}

const assign = (caseId: string, paymentId: string, changes: object = {}): CreditCommand =>
  ({
    type: 'AssignCredit',
    commandId: newId(),
    merchantId,
    livemode: true,
    caseId,
    paymentId,
    actor: 'Rahima',
    now: '',
    ...changes,
  }) as CreditCommand;
const ignore = (caseId: string, changes: object = {}): CreditCommand =>
  ({
    type: 'IgnoreCase',
    commandId: newId(),
    merchantId,
    livemode: true,
    caseId,
    reason: 'a friend paid me back',
    actor: 'Rahima',
    now: '',
    ...changes,
  }) as CreditCommand;

/** A credit nobody claims, after the time of grace. */
async function unmatched(trxId = newTrxId()): Promise<ReviewCase> {
  await world.receive(received(bkashSms({ trxId })));
  world.nowMs += GRACE_MS;
  await world.sweep.run();
  const [opened] = (await world.cases('open')).filter((one) => one.credit?.trxId === trxId);
  return opened!;
}

describe('money nobody claims', () => {
  it('becomes a case when its time of grace is over, not a moment before', async () => {
    await world.receive(received(bkashSms({ trxId: newTrxId() })));
    world.nowMs = T0 + GRACE_MS - 1;
    await world.sweep.run();
    expect(await world.cases()).toEqual([]);
    world.nowMs = T0 + GRACE_MS;
    await world.sweep.run();
    expect(await world.cases('open')).toEqual([
      expect.objectContaining({ reason: 'unmatched_credit', paymentId: null, evidence: [expect.anything()] }),
    ]);
    await world.sweep.run();
    expect(await world.cases()).toHaveLength(1);
  });

  it('is matched all the same when the customer is slow, and the case closes with the payment', async () => {
    const trxId = newTrxId();
    const opened = await unmatched(trxId);
    const payment = new FakePayment();
    await world.tell(payment.submits(trxId));
    expect(await world.factsOf('credits.matched')).toEqual([
      expect.objectContaining({ paymentId: payment.id, decidedBy: null }),
    ]);
    expect(await world.cases('open')).toHaveLength(1);
    await world.tell(payment.completes(opened.credit!.creditId));
    expect(await world.cases('open')).toEqual([]);
    expect((await world.cases('closed'))[0]!.history.map((event) => event.action)).toEqual([
      'opened',
      'matched',
      'completed',
    ]);
    expect(await world.factsOf('credits.review-case-closed')).toEqual([
      expect.objectContaining({ caseId: opened.id, resolution: 'completed' }),
    ]);
  });

  it('is attended to in bounded batches, all of it', async () => {
    await world.receive(...Array.from({ length: 120 }, () => received(bkashSms({ trxId: newTrxId() }))));
    world.nowMs += GRACE_MS;
    expect([
      await world.sweep.run(),
      await world.sweep.run(),
      await world.sweep.run(),
      await world.sweep.run(),
    ]).toEqual([50, 50, 20, 0]);
    expect(new Set(await world.creditStatuses())).toEqual(new Set(['in_review']));
  });
});

describe('a bank deposit without an id', () => {
  const bank = { ...wallet, id: 'e', provider: 'ebl', number: '1141100377', accountType: 'bank' as const };
  const deposit = (balance: string) =>
    received(
      'AC 114***377 is credited with BDT 9500 as NPSB FUND TRANSFER on 14-AUG-26 11:09:57 AM Balance is BDT ' +
        `${balance} Thanks. EBL Helpline 16230`,
      { sender: 'EBL', wallets: [bank] },
    );

  it('is money a person may assign, once, however often it is told', async () => {
    await world.receive(deposit('9541.2'), deposit('9541.2'), deposit('19041.2'));
    const cases = await world.cases('open');
    expect(cases.map((one) => [one.reason, one.credit?.amountMinor, one.evidence.length])).toEqual([
      ['no_transaction_id', 950_000, 1],
      ['no_transaction_id', 950_000, 2],
    ]);
    const payment = new FakePayment({ amountMinor: 950_000 });
    await world.command(assign(cases[0]!.id, payment.id));
    const [matched] = await world.factsOf('credits.matched');
    expect(matched).toMatchObject({
      paymentId: payment.id,
      claimKey: matched!.credit.creditId,
      decidedBy: 'Rahima',
      credit: { trxId: null },
    });
    await world.tell(payment.completes(matched!.credit.creditId));
    expect((await world.creditStatuses()).sort()).toEqual(['consumed', 'in_review']);
  });
});

describe('a payment that waits for money a person holds', () => {
  const cellfin = { ...wallet, id: 'c', provider: 'cellfin', number: '01755555555' };
  const sms = (trxId: string) =>
    received(
      `Islami Bank CellFin Received 1,000 Tk From CellFin: 01711111111 To CellFin: 01755555555 TrxId: ${trxId}`,
      { sender: 'IBBL .', wallets: [cellfin] },
    );

  it.each(['the message first', 'the claim first'])(
    'hears once that a person decides, and the case names it: %s',
    async (order) => {
      const payment = new FakePayment({ amountMinor: 100_000 });
      const steps = [
        () => world.receive(sms('AB12CD34EF')),
        () => world.tell(payment.submits('AB12CD34EF', { provider: 'cellfin', walletNumber: cellfin.number })),
      ];
      for (const step of order === 'the message first' ? steps : steps.reverse()) await step();
      expect(await world.factsOf('credits.matched')).toEqual([]);
      const [reported] = await world.factsOf('credits.needs-review');
      expect(reported).toMatchObject({ paymentId: payment.id, reason: 'ambiguous_claim' });
      // Payments publishes what it was told; that is no news.
      await world.tell(payment.requiresReview(reported!.credit.creditId, 'ambiguous_claim'));
      const cases = await world.cases('open');
      expect(cases).toEqual([expect.objectContaining({ reason: 'template_review_only', paymentId: payment.id })]);
      expect(cases[0]!.history.map((event) => event.action)).toEqual(['opened', 'claimed']);
      await world.command(assign(cases[0]!.id, payment.id));
      await world.tell(payment.completes(reported!.credit.creditId));
      expect(await world.cases('open')).toEqual([]);
      expect(await world.factsOf('credits.needs-review')).toHaveLength(1);
    },
  );
});

describe('two messages that contradict each other about one TrxID', () => {
  it('hold back money that is not spent, and raise a case about money that is', async () => {
    const [open, spent] = [newTrxId(), newTrxId()];
    const payment = new FakePayment();
    await world.tell(payment.submits(spent));
    await world.receive(received(bkashSms({ trxId: open })), received(bkashSms({ trxId: spent })));
    await world.tell(payment.completes((await world.factsOf('credits.matched'))[0]!.credit.creditId));
    await world.receive(
      received(bkashSms({ trxId: open, amount: '900.00' })),
      received(bkashSms({ trxId: spent, amount: '900.00' })),
    );
    expect((await world.creditStatuses()).sort()).toEqual(['consumed', 'in_review']);
    expect((await world.cases('open')).map((one) => one.reason)).toEqual([
      'contradicting_messages',
      'contradicting_messages',
    ]);
    await world.tell(new FakePayment().submits(open));
    expect(await world.factsOf('credits.matched')).toHaveLength(1);
  });
});

describe('an operator', () => {
  it('assigns a credit to a payment, and the case closes when payments has taken it', async () => {
    const opened = await unmatched();
    const payment = new FakePayment({ amountMinor: 60_000 });
    const command = assign(opened.id, payment.id);
    expect(await world.command(command)).toMatchObject({ id: opened.id, status: 'open', paymentId: payment.id });
    expect(await world.command(command)).toMatchObject({ status: 'open' });
    expect(await world.factsOf('credits.matched')).toEqual([
      expect.objectContaining({ paymentId: payment.id, decidedBy: 'Rahima' }),
    ]);
    expect(await refusalOf(assign(opened.id, newId()))).toBe('CASE_IN_PROGRESS');
    expect(await refusalOf(ignore(opened.id))).toBe('CASE_IN_PROGRESS');
    await world.tell(payment.completes(opened.credit!.creditId));
    const [closed] = await world.cases('closed');
    expect(closed!.history.map(({ actor, action, note }) => [actor, action, note])).toEqual([
      ['system', 'opened', 'unmatched_credit'],
      ['Rahima', 'assigned', payment.id],
      ['Rahima', 'completed', payment.id],
    ]);
    expect(await refusalOf(assign(opened.id, newId()))).toBe('CASE_CLOSED');
  });

  it('hears at once that payments knows no such payment, and the money is free for whoever claims it', async () => {
    const trxId = newTrxId();
    const opened = await unmatched(trxId);
    const nobody = newId();
    await world.command(assign(opened.id, nobody));
    const { creditId } = opened.credit!;
    await world.refuse(newId(), creditId, 'payment_not_found');
    expect(await world.creditStatuses()).toEqual(['matched']);
    await world.refuse(nobody, creditId, 'payment_not_found');
    await world.refuse(nobody, creditId, 'payment_not_found');
    const [reopened] = await world.cases('open');
    expect(reopened).toMatchObject({ reason: 'payment_not_found', creditStatus: 'in_review' });
    expect(reopened!.history.slice(1).map(({ actor, action, note }) => [actor, action, note])).toEqual([
      ['Rahima', 'assigned', nobody],
      ['payments', 'assignment_refused', 'payment_not_found'],
      ['system', 'reopened', 'payment_not_found'],
    ]);
    const payment = new FakePayment();
    await world.tell(payment.submits(trxId));
    expect((await world.factsOf('credits.matched')).at(-1)).toMatchObject({ paymentId: payment.id });
  });

  it('may decide again when payments refuses', async () => {
    const opened = await unmatched();
    const [paid, other] = [new FakePayment(), new FakePayment()];
    await world.command(assign(opened.id, paid.id));
    await world.tell(paid.requiresReview(opened.credit!.creditId, 'already_paid'));
    const [again] = await world.cases('open');
    expect(again).toMatchObject({ id: opened.id, reason: 'already_paid' });
    expect(again!.history.map((event) => event.action)).toEqual([
      'opened',
      'assigned',
      'assignment_refused',
      'reopened',
    ]);
    await world.command(assign(opened.id, other.id));
    await world.tell(other.completes(opened.credit!.creditId));
    expect(await world.creditStatuses()).toEqual(['consumed']);
  });

  it('puts money aside; who claims it later makes a case of it again', async () => {
    const trxId = newTrxId();
    const opened = await unmatched(trxId);
    const command = ignore(opened.id);
    expect(await world.command(command)).toMatchObject({ status: 'closed' });
    expect(await world.command(command)).toMatchObject({ status: 'closed' });
    expect(await world.creditStatuses()).toEqual(['ignored']);
    expect(await world.factsOf('credits.review-case-closed')).toEqual([
      expect.objectContaining({ resolution: 'ignored', actor: 'Rahima' }),
    ]);
    const payment = new FakePayment();
    await world.tell(payment.submits(trxId));
    expect(await world.factsOf('credits.matched')).toEqual([]);
    expect(await world.cases('open')).toEqual([
      expect.objectContaining({ id: opened.id, reason: 'claimed_after_decision', paymentId: payment.id }),
    ]);
  });

  it('closes a case that has no credit', async () => {
    await world.receive(received(bkashSms({ trxId: newTrxId() }), { sender: 'bKash-BD' }));
    const [opened] = await world.cases('open');
    expect(await world.command(ignore(opened!.id))).toMatchObject({
      status: 'closed',
      history: [{ action: 'opened' }, { action: 'ignored', actor: 'Rahima', note: 'a friend paid me back' }],
    });
  });

  it('sees and decides nothing of another merchant or the other mode', async () => {
    const opened = await unmatched();
    for (const other of [{ merchantId: newId() }, { livemode: false }]) {
      expect(
        await world.command({
          type: 'ListReviewCases',
          merchantId,
          livemode: true,
          status: null,
          reason: null,
          limit: 10,
          before: null,
          ...other,
        }),
      ).toEqual([]);
      expect(await refusalOf({ type: 'GetReviewCase', merchantId, livemode: true, caseId: opened.id, ...other })).toBe(
        'CASE_NOT_FOUND',
      );
      expect(await refusalOf(assign(opened.id, newId(), other))).toBe('CASE_NOT_FOUND');
      expect(await refusalOf(ignore(opened.id, other))).toBe('CASE_NOT_FOUND');
    }
  });

  it('pages through cases, newest first, by status and reason', async () => {
    for (let n = 0; n < 5; n += 1)
      await world.receive(received(bkashSms({ trxId: newTrxId() }), { sender: `bKash-${n}` }));
    await unmatched();
    const list = (changes: object) =>
      world.command({
        type: 'ListReviewCases',
        merchantId,
        livemode: true,
        status: null,
        reason: null,
        limit: 2,
        before: null,
        ...changes,
      }) as Promise<readonly ReviewCase[]>;
    const seen: string[] = [];
    for (let page = await list({}); page.length > 0; page = await list({ before: seen.at(-1) }))
      seen.push(...page.map((one) => one.id));
    expect(seen).toHaveLength(6);
    expect(seen).toEqual([...seen].sort().reverse());
    expect(await list({ reason: 'unmatched_credit' })).toHaveLength(1);
    expect(await list({ status: 'closed' })).toEqual([]);
    expect((await list({ caseIds: seen.slice(1, 3) })).map(({ id }) => id)).toEqual(seen.slice(1, 3));
    expect(await list({ caseIds: [] })).toEqual([]);
    await expect(list({ caseIds: ['x'] })).rejects.toMatchObject({ code: 'INVALID_COMMAND' });
    expect(
      await refusalOf({
        type: 'ListReviewCases',
        merchantId,
        livemode: true,
        status: null,
        reason: null,
        limit: 101,
        before: null,
      }),
    ).toBe('INVALID_COMMAND');
    expect(
      await refusalOf({
        type: 'ListReviewCases',
        merchantId,
        livemode: true,
        status: null,
        reason: null,
        limit: 1,
        before: 'x',
      }),
    ).toBe('INVALID_COMMAND');
  });

  it('cannot rewrite history', async () => {
    await unmatched();
    await expect(world.database.query("UPDATE sms_matching.review_case_events SET actor = 'nobody'")).rejects.toThrow(
      'append-only',
    );
    await expect(world.database.query('DELETE FROM sms_matching.review_case_events')).rejects.toThrow('append-only');
  });

  it('may try texts without anything coming of it', async () => {
    const reading = await world.command({
      type: 'ParseMessages',
      merchantId,
      messages: [{ account: 'personal', sender: 'bKash', body: bkashSms({ trxId: 'DHE7XOID8Q' }), receivedAt: null }],
    });
    expect(reading).toEqual([
      expect.objectContaining({
        outcome: 'credit',
        amount: '500.00',
        trx_id: 'DHE7XOID8Q',
        template: expect.any(String) as string,
      }),
    ]);
    expect(await world.count('raw_messages')).toBe(0);
  });
});

describe('a match that payments does not answer', () => {
  it('is announced again a few times, then becomes a case; a late answer still counts', async () => {
    const trxId = newTrxId();
    const payment = new FakePayment();
    await world.tell(payment.submits(trxId));
    await world.receive(received(bkashSms({ trxId })));
    for (let announced = 1; announced <= 3; announced += 1) {
      const matched = await world.factsOf('credits.matched');
      expect(matched).toHaveLength(announced);
      expect(new Set(matched.map((fact) => fact.eventId)).size).toBe(announced);
      expect(new Set(matched.map((fact) => `${fact.paymentId}/${fact.credit.creditId}`)).size).toBe(1);
      world.nowMs += CONFIRMATION_WAIT_MS;
      await world.sweep.run();
    }
    expect(await world.factsOf('credits.matched')).toHaveLength(3);
    expect(await world.cases('open')).toEqual([
      expect.objectContaining({ reason: 'match_unconfirmed', paymentId: payment.id }),
    ]);
    await world.tell(payment.completes((await world.factsOf('credits.matched'))[0]!.credit.creditId));
    expect(await world.cases('open')).toEqual([]);
    expect(await world.creditStatuses()).toEqual(['consumed']);
  });
});
