import fc from 'fast-check';
import {
  DomainError,
  decide,
  evolve,
  initialState,
  releasesInvoice,
  trxAttemptsMax,
  type ConfirmCredit,
  type PaymentCommand,
  type PaymentCompleted,
  type PaymentCreated,
  type PaymentEvent,
  type PaymentState,
  type TrxSubmitted,
} from './index.js';
import { facts as testFacts, given, T0 } from './testing/created-payment.js';

const T1 = '2026-06-12T08:35:00.000Z';
const expiresAt = '2026-06-12T09:00:00.000Z';
const beforeExpiry = '2026-06-12T08:59:59.999Z';

const facts = { ...testFacts, livemode: true, invoiceId: 'ORDER-42' };
const created: PaymentCreated = { type: 'PaymentCreated', at: T0, ...facts };
const trx = { provider: 'bkash', trxId: 'DHE7XOID8Q', senderNumber: '01712345678', walletNumber: '01900000001' };
const submitted: TrxSubmitted = { type: 'TrxSubmitted', at: T0, ...trx };
const confirm: ConfirmCredit = {
  type: 'ConfirmCredit',
  now: T1,
  creditId: 'c1',
  claimKey: 'trx:bkash:DHE7XOID8Q',
  isCreditUsed: false,
  amountMinor: 50_000,
  toleranceMinor: 0,
  provider: 'bkash',
  trxId: 'DHE7XOID8Q',
  senderNumber: '01712345678',
  walletNumber: '01900000001',
  decidedBy: null,
};
const completed: PaymentCompleted = {
  type: 'PaymentCompleted',
  at: T1,
  creditId: 'c1',
  claimKey: 'trx:bkash:DHE7XOID8Q',
  receivedMinor: 50_000,
  provider: 'bkash',
  trxId: 'DHE7XOID8Q',
  senderNumber: '01712345678',
  walletNumber: '01900000001',
  decidedBy: null,
};
const failed: PaymentEvent = { type: 'PaymentFailed', at: T1, reason: 'cancelled_by_customer', decidedBy: null };
const expired: PaymentEvent = { type: 'PaymentExpired', at: expiresAt };
const review = (reason: string, receivedMinor = 50_000, at = T1) =>
  ({ type: 'ReviewRequired', at, reason, creditId: 'c1', expectedMinor: 50_000, receivedMinor }) as PaymentEvent;

describe('creating a payment', () => {
  it('records it as it was asked for', () =>
    given()
      .when({ type: 'CreatePayment', now: T0, ...facts })
      .then(created));
  it('costs nothing the second time', () =>
    given(created)
      .when({ type: 'CreatePayment', now: T1, ...facts })
      .thenNothing());
  it.each([0, -1, 0.5, Number.NaN])('refuses an amount of %d minor units', (amountMinor) =>
    given()
      .when({ type: 'CreatePayment', now: T0, ...facts, amountMinor })
      .thenRejected('INVALID_COMMAND'),
  );
  it('refuses a payment that is over before it began', () =>
    given()
      .when({ type: 'CreatePayment', now: expiresAt, ...facts })
      .thenRejected('INVALID_COMMAND'));
});

describe('every other command', () => {
  it.each<PaymentCommand>([
    { type: 'SubmitTrx', now: T0, ...trx },
    confirm,
    { type: 'FailPayment', now: T0, reason: 'cancelled_by_customer', trxId: null, decidedBy: null },
    { type: 'ExpirePayment', now: T0 },
    { type: 'RequireReview', now: T0, reason: 'wrong_wallet', creditId: 'c1', receivedMinor: 1 },
    { type: 'SimulateOutcome', now: T0, outcome: 'complete', creditId: 't' },
    { type: 'RecordRefund', now: T0, refundId: 7, amountMinor: null, source: 'api' },
    { type: 'RecordReturn', now: T0, creditId: 'c1', returnId: 'd1', amountMinor: 1, reason: null },
  ])('is refused where no payment is ($type)', (command) => given().when(command).thenRejected('PAYMENT_NOT_FOUND'));
});

describe('a pending payment', () => {
  it('takes a TrxID until the last moment', () =>
    given(created)
      .when({ type: 'SubmitTrx', now: beforeExpiry, ...trx })
      .then({ ...submitted, at: beforeExpiry }));
  it('refuses a TrxID at the very moment of expiry', () =>
    given(created)
      .when({ type: 'SubmitTrx', now: expiresAt, ...trx })
      .thenRejected('PAYMENT_EXPIRED'));
  it('does not expire one millisecond early', () =>
    given(created).when({ type: 'ExpirePayment', now: beforeExpiry }).thenNothing());
  it('expires at its moment', () => given(created).when({ type: 'ExpirePayment', now: expiresAt }).then(expired));
  it('expires once', () => given(created, expired).when({ type: 'ExpirePayment', now: expiresAt }).thenNothing());
  it('is cancelled by the customer', () =>
    given(created)
      .when({ type: 'FailPayment', now: T1, reason: 'cancelled_by_customer', trxId: null, decidedBy: null })
      .then(failed));
  it('completes with a credit that needs no TrxID', () => given(created).when(confirm).then(completed));
  it('sends money at the moment of expiry to a person', () =>
    given(created)
      .when({ ...confirm, now: expiresAt })
      .then(review('late_money', 50_000, expiresAt)));
});

describe('a payment waiting for its credit', () => {
  it('completes with exactly the amount', () => given(created, submitted).when(confirm).then(completed));
  it.each([49_999, 50_001])('asks for a review when %i poisha arrive, and does not complete', (amountMinor) =>
    given(created, submitted)
      .when({ ...confirm, amountMinor })
      .then(review('amount_mismatch', amountMinor)),
  );
  it.each([49_900, 50_100])('completes within the tolerance the merchant allows (%i)', (amountMinor) =>
    given(created, submitted)
      .when({ ...confirm, amountMinor, toleranceMinor: 100 })
      .then({ ...completed, receivedMinor: amountMinor }),
  );
  it.each([49_899, 50_101])('asks for a review one poisha beyond the tolerance (%i)', (amountMinor) =>
    given(created, submitted)
      .when({ ...confirm, amountMinor, toleranceMinor: 100 })
      .then(review('amount_mismatch', amountMinor)),
  );
  it('asks for one review however often the credit comes', () =>
    given(created, submitted, review('amount_mismatch', 1))
      .when({ ...confirm, amountMinor: 1 })
      .thenNothing());
  it('does not expire: a submitted TrxID stops the clock', () =>
    given(created, submitted).when({ type: 'ExpirePayment', now: '2030-01-01T00:00:00.000Z' }).thenNothing());
  it('completes long after its time, since the clock stopped', () =>
    given(created, submitted)
      .when({ ...confirm, now: '2026-06-13T00:00:00.000Z' })
      .then({ ...completed, at: '2026-06-13T00:00:00.000Z' }));
  it('takes the same TrxID again at no cost', () =>
    given(created, submitted)
      .when({ type: 'SubmitTrx', now: T1, ...trx })
      .thenNothing());
  it('takes a corrected TrxID', () =>
    given(created, submitted)
      .when({ type: 'SubmitTrx', now: T1, ...trx, trxId: 'DHE7XOID80' })
      .then({ ...submitted, at: T1, trxId: 'DHE7XOID80' }));
  it('takes a corrected sender or wallet of the same TrxID, as an attempt of its own', () => {
    given(created, submitted)
      .when({ type: 'SubmitTrx', now: T1, ...trx, senderNumber: null })
      .then({ ...submitted, at: T1, senderNumber: null });
    given(created, submitted)
      .when({ type: 'SubmitTrx', now: T1, ...trx, walletNumber: '01900000002' })
      .then({ ...submitted, at: T1, walletNumber: '01900000002' });
  });
  it('takes no more TrxIDs than allowed', () => {
    const attempts = Array.from({ length: trxAttemptsMax }, (_, i) => ({ ...submitted, trxId: `DHE7XOID8${i}` }));
    given(created, ...attempts.slice(1))
      .when({ type: 'SubmitTrx', now: T1, ...trx, trxId: 'NEW' })
      .then({ ...submitted, at: T1, trxId: 'NEW' });
    given(created, ...attempts)
      .when({ type: 'SubmitTrx', now: T1, ...trx, trxId: 'NEW' })
      .thenRejected('TRX_ATTEMPTS_EXHAUSTED');
  });
  it('asks a person when the credit of a TrxID it has moved on from arrives', () =>
    given(created, submitted, { ...submitted, trxId: 'OTHER' })
      .when(confirm)
      .then(review('ambiguous_claim')));
  it('cannot be cancelled by the customer any more', () =>
    given(created, submitted)
      .when({ type: 'FailPayment', now: T1, reason: 'cancelled_by_customer', trxId: null, decidedBy: null })
      .thenRejected('PAYMENT_CLOSED'));
  it('can be rejected by a person', () =>
    given(created, submitted)
      .when({ type: 'FailPayment', now: T1, reason: 'rejected_by_admin', trxId: null, decidedBy: 'Rahim' })
      .then({ type: 'PaymentFailed', at: T1, reason: 'rejected_by_admin', decidedBy: 'Rahim' }));
  it('fails when its TrxID has verified another payment', () =>
    given(created, submitted)
      .when({ type: 'FailPayment', now: T1, reason: 'duplicate_trx_id', trxId: trx.trxId, decidedBy: null })
      .then({ type: 'PaymentFailed', at: T1, reason: 'duplicate_trx_id', decidedBy: null }));
  it('is left alone when an earlier TrxID of it has verified another payment', () =>
    given(created, submitted)
      .when({ type: 'FailPayment', now: T1, reason: 'duplicate_trx_id', trxId: 'EARLIER', decidedBy: null })
      .thenNothing());
  it('fails when the money behind its TrxID is used', () =>
    given(created, submitted)
      .when({ ...confirm, isCreditUsed: true })
      .then({ type: 'PaymentFailed', at: T1, reason: 'duplicate_trx_id', decidedBy: null }));
  it('is completed by a person who accepts another amount', () =>
    given(created, submitted)
      .when({ ...confirm, amountMinor: 49_000, decidedBy: 'Rahim' })
      .then({ ...completed, receivedMinor: 49_000, decidedBy: 'Rahim' }));
  it('is not completed with used money, not even by a person', () =>
    given(created, submitted)
      .when({ ...confirm, isCreditUsed: true, decidedBy: 'Rahim' })
      .thenRejected('CREDIT_ALREADY_USED'));
});

describe('a closed payment', () => {
  it.each([
    ['failed', failed],
    ['expired', expired],
  ] as const)('that %s sends late money to a person and stays closed', (_status, end) =>
    given(created, end).when(confirm).then(review('late_money')),
  );
  it.each([
    ['failed', failed],
    ['expired', expired],
  ] as const)('that %s can be completed by a person', (_status, end) =>
    given(created, end)
      .when({ ...confirm, decidedBy: 'Rahim' })
      .then({ ...completed, decidedBy: 'Rahim' }),
  );
  it('that completed takes its own credit again at no cost', () =>
    given(created, submitted, completed).when(confirm).thenNothing());
  it('that completed sends a second credit to a person', () =>
    given(created, submitted, completed)
      .when({ ...confirm, creditId: 'c2' })
      .then({ ...review('already_paid'), creditId: 'c2' } as PaymentEvent));
  it('takes no TrxID', () => {
    given(created, failed)
      .when({ type: 'SubmitTrx', now: T1, ...trx })
      .thenRejected('PAYMENT_CLOSED');
    given(created, expired)
      .when({ type: 'SubmitTrx', now: T1, ...trx })
      .thenRejected('PAYMENT_EXPIRED');
    given(created, submitted, completed)
      .when({ type: 'SubmitTrx', now: T1, ...trx })
      .thenRejected('PAYMENT_CLOSED');
  });
  it('turns a review of the matcher into late money or a second payment', () => {
    const command: PaymentCommand = {
      type: 'RequireReview',
      now: T1,
      reason: 'wrong_wallet',
      creditId: 'c1',
      receivedMinor: 50_000,
    };
    given(created, expired).when(command).then(review('late_money'));
    given(created, completed).when(command).then(review('already_paid'));
    given(created, submitted).when(command).then(review('wrong_wallet'));
  });
});

describe('a refund', () => {
  const refund = (amountMinor: number | null): PaymentCommand => ({
    type: 'RecordRefund',
    now: T1,
    refundId: 7,
    amountMinor,
    source: 'api',
  });
  const recorded = (amountMinor: number): PaymentEvent => ({
    type: 'RefundRecorded',
    at: T1,
    refundId: 7,
    amountMinor,
    source: 'api',
  });
  it('of no stated amount is all that remains', () => {
    given(created, completed).when(refund(null)).then(recorded(50_000));
    given(created, completed, recorded(20_000)).when(refund(null)).then(recorded(30_000));
  });
  it('may be all that remains and not one poisha more', () => {
    given(created, completed, recorded(20_000)).when(refund(30_000)).then(recorded(30_000));
    given(created, completed, recorded(20_000)).when(refund(30_001)).thenRejected('REFUND_EXCEEDS_REMAINING');
  });
  it('is refused where nothing was paid or all went back', () => {
    given(created, submitted).when(refund(null)).thenRejected('PAYMENT_NOT_REFUNDABLE');
    given(created, completed, recorded(50_000)).when(refund(null)).thenRejected('PAYMENT_NOT_REFUNDABLE');
  });
});

describe('money that goes back', () => {
  const returned = (parts: object = {}): PaymentCommand => ({
    type: 'RecordReturn',
    now: T1,
    creditId: 'c1',
    returnId: 'd1',
    amountMinor: 50_000,
    reason: 'Fraude',
    ...parts,
  });
  const fact = (parts: object = {}): PaymentEvent => ({
    type: 'MoneyReturned',
    at: T1,
    creditId: 'c1',
    returnId: 'd1',
    amountMinor: 50_000,
    reason: 'Fraude',
    ...parts,
  });
  it('is recorded on the payment its credit completed, which stays completed', () => {
    given(created, completed).when(returned()).then(fact());
    expect([created, completed, fact()].reduce(evolve, initialState)).toMatchObject({
      status: 'completed',
      refundedMinor: 0,
    });
  });
  it('is recorded once however often it is told, and every part of it by itself', () => {
    given(created, completed, fact()).when(returned()).thenNothing();
    given(created, completed, fact())
      .when(returned({ returnId: 'd2', amountMinor: 1 }))
      .then(fact({ returnId: 'd2', amountMinor: 1 }));
  });
  it("of another credit, or of a payment nothing has completed, is not this payment's", () => {
    given(created, completed)
      .when(returned({ creditId: 'c2' }))
      .thenNothing();
    given(created, submitted).when(returned()).thenNothing();
    given(created, failed).when(returned()).thenNothing();
  });
  it('leaves a refund by the merchant possible', () =>
    given(created, completed, fact())
      .when({ type: 'RecordRefund', now: T1, refundId: 7, amountMinor: null, source: 'api' })
      .then({ type: 'RefundRecorded', at: T1, refundId: 7, amountMinor: 50_000, source: 'api' }));
  it.each([0, -1, 0.5])('is some money, not %d', (amountMinor) =>
    given(created, completed).when(returned({ amountMinor })).thenRejected('INVALID_COMMAND'),
  );
});

describe('a test payment', () => {
  const test = { ...created, livemode: false };
  it('is completed, failed and expired by its buttons', () => {
    given(test)
      .when({ type: 'SimulateOutcome', now: T1, outcome: 'expire', creditId: 't' })
      .then({ type: 'PaymentExpired', at: T1 });
    given(test)
      .when({ type: 'SimulateOutcome', now: T1, outcome: 'fail', creditId: 't' })
      .then({ type: 'PaymentFailed', at: T1, reason: 'rejected_by_admin', decidedBy: 'test mode' });
    given(test, submitted).when({ type: 'SimulateOutcome', now: T1, outcome: 'complete', creditId: 't' }).then({
      type: 'PaymentCompleted',
      at: T1,
      creditId: 't',
      claimKey: 'simulated:t',
      receivedMinor: 50_000,
      provider: 'bkash',
      trxId: trx.trxId,
      senderNumber: null,
      walletNumber: null,
      decidedBy: 'test mode',
    });
  });
  it('has buttons that a live payment refuses', () =>
    given(created)
      .when({ type: 'SimulateOutcome', now: T1, outcome: 'complete', creditId: 't' })
      .thenRejected('LIVE_PAYMENT_CANNOT_BE_SIMULATED'));
});

describe('an invoice', () => {
  const stateAfter = (...events: PaymentEvent[]) => events.reduce<PaymentState>(evolve, initialState);
  it.each<[string, PaymentEvent[], boolean]>([
    ['pending', [created], false],
    ['awaiting verification', [created, submitted], false],
    ['completed', [created, completed], false],
    ['failed', [created, failed], true],
    ['expired', [created, expired], true],
    [
      'partly refunded',
      [created, completed, { type: 'RefundRecorded', at: T1, refundId: 7, amountMinor: 1, source: 'api' }],
      false,
    ],
    [
      'refunded',
      [created, completed, { type: 'RefundRecorded', at: T1, refundId: 7, amountMinor: 50_000, source: 'api' }],
      true,
    ],
  ])('whose payment is %s', (_name, events, isFree) => expect(releasesInvoice(stateAfter(...events), T1)).toBe(isFree));
  it('is free at the very moment its pending payment expires', () => {
    expect(releasesInvoice(stateAfter(created), beforeExpiry)).toBe(false);
    expect(releasesInvoice(stateAfter(created), expiresAt)).toBe(true);
  });
});

describe('any sequence of commands', () => {
  const moments = fc
    .integer({ min: 0, max: 90 })
    .map((minutes) => new Date(Date.parse(T0) + minutes * 60_000).toISOString());
  const anyCommand: fc.Arbitrary<PaymentCommand> = moments.chain((now) =>
    fc.oneof(
      fc.constant<PaymentCommand>({ type: 'CreatePayment', now: T0, ...facts }),
      fc.constantFrom('A', 'B', 'C').map<PaymentCommand>((trxId) => ({ type: 'SubmitTrx', now, ...trx, trxId })),
      fc
        .record({
          creditId: fc.constantFrom('c1', 'c2'),
          amountMinor: fc.constantFrom(49_999, 50_000, 50_001),
          isCreditUsed: fc.boolean(),
          trxId: fc.constantFrom('A', 'B', null),
          decidedBy: fc.constantFrom(null, 'Rahim'),
        })
        .map<PaymentCommand>((parts) => ({ ...confirm, ...parts, now })),
      fc
        .constantFrom('duplicate_trx_id', 'rejected_by_admin', 'cancelled_by_customer')
        .map<PaymentCommand>((reason) => ({
          type: 'FailPayment',
          now,
          reason: reason as 'duplicate_trx_id',
          trxId: 'A',
          decidedBy: null,
        })),
      fc.constant<PaymentCommand>({ type: 'ExpirePayment', now }),
      fc
        .integer({ min: 1, max: 50_001 })
        .map<PaymentCommand>((amountMinor) => ({ type: 'RecordRefund', now, refundId: 7, amountMinor, source: 'api' })),
      fc.constantFrom('d1', 'd2').map<PaymentCommand>((returnId) => ({
        type: 'RecordReturn',
        now,
        creditId: 'c1',
        returnId,
        amountMinor: 1,
        reason: null,
      })),
    ),
  );

  it('completes at most once, with unused money of the right amount unless a person decided, and never refunds more than came', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 30 }), (commands) => {
        let state: PaymentState = initialState;
        const all: PaymentEvent[] = [];
        for (const command of commands) {
          let events: readonly PaymentEvent[] = [];
          try {
            events = decide(command, state);
          } catch (error) {
            if (!(error instanceof DomainError)) throw error;
          }
          const completion = events.find((event) => event.type === 'PaymentCompleted');
          if (completion) {
            expect(command).toMatchObject({ type: 'ConfirmCredit', isCreditUsed: false });
            if (completion.decidedBy === null) expect(completion.receivedMinor).toBe(50_000);
          }
          for (const event of events) state = evolve(state, event);
          all.push(...events);
          // A repeat of what was just accepted adds nothing (refunds and corrections excepted: those are new facts each
          // time).
          if (command.type === 'ConfirmCredit' && events.length > 0) expect(decide(command, state)).toEqual([]);
        }
        expect(all.filter((event) => event.type === 'PaymentCompleted').length).toBeLessThanOrEqual(1);
        const refunded = all.reduce((sum, event) => sum + (event.type === 'RefundRecorded' ? event.amountMinor : 0), 0);
        expect(refunded).toBeLessThanOrEqual(50_000);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a payment that waits for a message', () => {
  const missing = { type: 'ReportMissingMessage', now: T1, trxId: trx.trxId } as const;
  const missed = { type: 'MessageMissing', at: T1, trxId: trx.trxId } as const;
  const about = { creditId: null, resolution: 'arrived', decidedBy: null } as const;
  const resolve = { type: 'ResolveReview', now: T1, ...about } as const;
  const ended = { type: 'ReviewResolved', at: T1, ...about, remainingReason: null } as const;

  it('is in review when none comes in time, once', () => {
    given(created, submitted).when(missing).then(missed);
    given(created, submitted, missed).when(missing).thenNothing();
  });
  it('is left alone when it waits for another TrxID by now, or for none', () => {
    given(created, submitted)
      .when({ ...missing, trxId: 'EARLIER' })
      .thenNothing();
    given(created, submitted, completed).when(missing).thenNothing();
  });
  it('is out of review when the review ends, once', () => {
    given(created, submitted, missed).when(resolve).then(ended);
    given(created, submitted, missed, ended).when(resolve).thenNothing();
  });
  it('stays in review for what else speaks against it', () =>
    given(created, submitted, review('amount_mismatch'), missed)
      .when(resolve)
      .then({ ...ended, remainingReason: 'amount_mismatch' }));
  it('may be in review again', () => given(created, submitted, missed, ended).when(missing).then(missed));
});
