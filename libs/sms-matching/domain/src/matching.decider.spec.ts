import { decideMatch, type MatchDecision, type OpenClaim, type SlotCredit } from './matching.decider.js';

const credit: SlotCredit = {
  provider: 'bkash',
  walletNumber: '01711000000',
  amountMinor: 50_000,
  senderNumber: '01822000000',
  printedAt: '2026-08-14T05:07:00.000Z',
  receivedAt: '2026-08-14T05:07:20.000Z',
};
const claim: OpenClaim = {
  paymentId: 'p1',
  amountMinor: 50_000,
  createdAt: '2026-08-14T05:00:00.000Z',
  submittedAt: '2026-08-14T05:08:00.000Z',
  senderNumber: null,
  walletNumber: '01711000000',
  provider: 'bkash',
  toleranceMinor: 0,
};
const given = (facts: Partial<SlotCredit> | null, ...claims: readonly Partial<OpenClaim>[]) => {
  const decision = decideMatch({
    credit: facts === null ? null : { ...credit, ...facts },
    claims: claims.map((facts) => ({ ...claim, ...facts })),
  });
  return { then: (expected: MatchDecision) => expect(decision).toEqual(expected) };
};
const wait: MatchDecision = { type: 'wait' };
const match = (paymentId = 'p1'): MatchDecision => ({ type: 'match', paymentId });
const review = (
  reason: Extract<MatchDecision, { type: 'review' }>['reason'],
  paymentId: string | null = 'p1',
): MatchDecision => ({ type: 'review', reason, paymentId });

describe('a slot with one side missing', () => {
  it('waits for the money', () => given(null, {}).then(wait));
  it('waits for somebody to claim the money', () => given({}).then(wait));
});

describe('a credit that one payment claims', () => {
  it('completes it when everything agrees', () => given({}, {}).then(match()));
  it.each([49_999, 50_001])('goes to a person with %i poisha instead of 50000', (amountMinor) =>
    given({ amountMinor }, {}).then(review('amount_mismatch')),
  );
  it.each([49_900, 50_100])('completes it with %i poisha within a tolerance of one taka', (amountMinor) =>
    given({ amountMinor }, { toleranceMinor: 100 }).then(match()),
  );
  it.each([49_899, 50_101])('goes to a person with %i poisha just outside that tolerance', (amountMinor) =>
    given({ amountMinor }, { toleranceMinor: 100 }).then(review('amount_mismatch')),
  );
  it('goes to a person when it came into another wallet', () =>
    given({ walletNumber: '01711000001' }, {}).then(review('wrong_wallet')));
  it('goes to a person when it came through another provider', () =>
    given({ provider: 'nagad' }, {}).then(review('wrong_wallet')));

  it.each(['2026-08-14T05:17:00.000Z', '2026-08-14T04:00:00.000Z'])('completes a payment created at %s', (createdAt) =>
    given({}, { createdAt }).then(match()),
  );
  it('goes to a person when it is older than the payment by more than ten minutes', () =>
    given({}, { createdAt: '2026-08-14T05:17:00.001Z' }).then(review('credit_before_payment')));
  it('is dated by its receipt when it prints no time', () => {
    given({ printedAt: null }, { createdAt: '2026-08-14T05:17:20.000Z' }).then(match());
    given({ printedAt: null }, { createdAt: '2026-08-14T05:17:20.001Z' }).then(review('credit_before_payment'));
  });
  it('goes to a person when its time cannot be read', () =>
    given({ printedAt: 'soon' }, {}).then(review('credit_before_payment')));

  it.each(['01822000000', '+8801822000000', '8801822-000000', '1822000000', '০১৮২২০০০০০০', '', ' '])(
    'completes it when the customer says they paid from %p',
    (senderNumber) => given({}, { senderNumber }).then(match()),
  );
  it('goes to a person when the customer paid from another number', () =>
    given({}, { senderNumber: '01822000001' }).then(review('sender_mismatch')));
  it.each(['***000', '0182XXX0000', 'Nagad 0182XXX0000', '018220000007', 'BRAC Bank Internet Banking'])(
    'does not hold %s against the customer',
    (senderNumber) => given({ senderNumber }, { senderNumber: '01822000000' }).then(match()),
  );
  it.each(['***111', '0182XXX0001', '0183XXX0000', '018220000017'])('holds %s against the customer', (senderNumber) =>
    given({ senderNumber }, { senderNumber: '01822000000' }).then(review('sender_mismatch')),
  );
  it('needs no number from the customer, and none in the message', () =>
    given({ senderNumber: null }, { senderNumber: '01822000000' }).then(match()));
});

describe('a credit that several payments claim', () => {
  const other = { paymentId: 'p2', submittedAt: '2026-08-14T05:07:30.000Z' };
  it('completes the one whose amount it is', () => given({}, {}, { ...other, amountMinor: 50_001 }).then(match()));
  it('completes the one whose wallet it came into', () =>
    given({}, { walletNumber: '01711000009' }, other).then(match('p2')));
  it('completes the one whose customer it names', () =>
    given({}, { senderNumber: '01999000000' }, other).then(match('p2')));
  it('completes the one that knew the number, over one that named none', () =>
    given({}, { senderNumber: '01822000000' }, other).then(match()));
  it('completes the one submitted first when nothing tells them apart, in whatever order they are listed', () => {
    given({}, {}, other).then(match('p2'));
    given({}, other, {}).then(match('p2'));
    given({}, { ...other, submittedAt: '2026-08-14T11:08:00.001+06:00' }, {}).then(match());
  });
  it('completes the one with the lower id when they were submitted at the very same moment', () =>
    given({}, { ...other, submittedAt: '2026-08-14T11:08:00.000+06:00' }, {}).then(match()));
  it('completes the first of those that name its number, however early the others were', () => {
    given({}, { senderNumber: '01822000000' }, { ...other, senderNumber: '+8801822000000' }).then(match('p2'));
    given(
      {},
      { senderNumber: '01822000000' },
      { ...other, submittedAt: '2026-08-14T05:07:40.000Z', senderNumber: '+8801822000000' },
      { paymentId: 'p3', submittedAt: '2026-08-14T05:00:30.000Z' },
    ).then(match('p2'));
  });
  it('lets masked digits speak for nobody: the first one gets it', () =>
    given({ senderNumber: '***000' }, { senderNumber: '01822000000' }, other).then(match('p2')));
  it('never completes the first one that does not fit', () =>
    given({}, {}, { ...other, amountMinor: 50_001 }, { paymentId: 'p3', submittedAt: '2026-08-14T05:09:00.000Z' }).then(
      match(),
    ));
  it('goes to a person when it fits none, with the reason they share', () => {
    given({ amountMinor: 1 }, {}, other).then(review('amount_mismatch', null));
    given({}, { amountMinor: 1 }, { ...other, walletNumber: '01711000009' }).then(review('ambiguous_claim', null));
  });
});
