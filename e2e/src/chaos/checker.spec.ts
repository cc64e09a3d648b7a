import { check } from './checker.js';
import { poisonKey } from './check-store.js';
import type { FinalState } from './final-state.js';
import type { DoneFault, Entry, ForwardedSms, Webhook } from './history.js';
import { longestGapMs, recoveries } from './recovery.js';
import { promises, type PromiseName } from './verdict.js';

const recoveryMaxMs = 10_000;
const went = { outcome: 'ok', status: 200, fromMs: 1_000, toMs: 1_010 } as const;
const paid: ForwardedSms = { trxId: 'T1', amountMinor: 500, sender: 'bKash', body: 'T1 of 5.00', sort: 'genuine' };
const forged: ForwardedSms = { trxId: 'T2', amountMinor: 500, sender: 'bKash-BD', body: 'T2 of 5.00', sort: 'forged' };
const heard: Webhook = {
  type: 'webhook',
  endpoint: 'strict',
  webhookId: 'e1',
  paymentId: 'p1',
  event: 'payment.created',
  sequence: 1,
  isGenuine: true,
  answered: 200,
  atMs: 1_020,
};
const fault = (kind: string, toMs: number, more: Partial<DoneFault['fault']> = {}): DoneFault => ({
  type: 'fault',
  fault: { no: 1, kind, part: 'payments', atMs: 0, forMs: 0, strength: 0, ...more },
  fromMs: toMs - 100,
  toMs,
  missed: null,
});

/** One payment that was created, paid, told of and refunded as it should be. */
const history: readonly Entry[] = [
  { type: 'create', key: 'k1', invoice: 'i1', amountMinor: 500, paymentId: 'p1', ...went },
  { type: 'submit', paymentId: 'p1', trxId: 'T1', ...went },
  { type: 'forward', messages: [paid, forged], results: ['accepted', 'accepted'], ...went },
  { type: 'refund', key: 'k2', paymentId: 'p1', amountMinor: 200, ...went },
  { type: 'foreign', by: 'a stranger', asked: 'GET', paymentId: 'p1', ...went, outcome: 'refused', status: 404 },
  heard,
  { ...heard, webhookId: 'e2', sequence: 2, atMs: 1_030 },
  { ...heard, webhookId: 'e3', sequence: 3, atMs: 1_040, answered: 500 },
  { ...heard, webhookId: 'e3', sequence: 3, atMs: 1_050 },
  { ...heard, webhookId: 'e4', sequence: 4, atMs: 1_060 },
  fault('kill', 2_000),
  fault('poison-record', 2_000, { no: 2, part: 'payments.events' }),
  fault('poison-record', 2_000, { no: 3, part: 'payments.commands' }),
  { type: 'probe', paymentId: 'p9', fromMs: 2_500, toMs: 4_000, isWhole: true },
];
const stored = { paymentId: 'p1', trxId: null, creditId: null, amountMinor: null };
const state: FinalState = {
  apiStatuses: new Map([['p1', 'partially_refunded']]),
  events: [
    { ...stored, version: 1, eventId: 'e1', type: 'PaymentCreated', amountMinor: 500 },
    { ...stored, version: 2, eventId: 'e2', type: 'TrxSubmitted', trxId: 'T1' },
    { ...stored, version: 3, eventId: 'e3', type: 'PaymentCompleted', trxId: 'T1', creditId: 'c1' },
    { ...stored, version: 4, eventId: 'e4', type: 'RefundRecorded', amountMinor: 200 },
  ],
  payments: [
    {
      id: 'p1',
      version: 4,
      status: 'partially_refunded',
      invoice: 'i1',
      amountMinor: 500,
      refundedMinor: 200,
      trxId: 'T1',
    },
  ],
  matcherVersions: new Map([['p1', 3]]),
  rawMessages: [
    { sender: paid.sender, body: paid.body, hasCase: false },
    { sender: forged.sender, body: forged.body, hasCase: true },
  ],
  credits: [{ id: 'c1', trxId: 'T1', amountMinor: 500, status: 'consumed', paymentId: 'p1' }],
  cases: [],
  deliveries: [1, 2, 3, 4].map((sequence) => ({
    endpoint: 'strict',
    paymentId: 'p1',
    event: 'payment',
    eventId: `e${sequence}`,
    sequence,
    status: 'delivered',
    isScheduled: false,
  })),
  endpointsOfAll: ['strict'],
  parked: [{ service: 'api-gateway', topic: 'payments.events', key: poisonKey(2), error: 'no record' }],
  refusedCommands: [poisonKey(3)],
};

const brokenBy = (entries: readonly Entry[], found: FinalState): readonly PromiseName[] =>
  check({ history: entries, state: found, recoveryMaxMs }).flatMap(({ promise, violations }) =>
    violations.length > 0 ? [promise] : [],
  );

describe('the checker', () => {
  it('finds nothing where everything is as it should be, and has tried every promise', () => {
    const verdicts = check({ history, state, recoveryMaxMs });
    expect(verdicts.flatMap(({ violations }) => violations)).toEqual([]);
    expect(verdicts.map(({ promise }) => promise)).toEqual(Object.keys(promises));
    for (const { tries } of verdicts) expect(tries).toBeGreaterThan(0);
  });

  const without = <T>(list: readonly T[], index: number): readonly T[] => list.filter((_, at) => at !== index);
  const event = (index: number, change: Partial<FinalState['events'][number]>): FinalState['events'] =>
    state.events.map((one, at) => (at === index ? { ...one, ...change } : one));
  const changed: readonly (readonly [PromiseName, string, Partial<FinalState>, (readonly Entry[])?])[] = [
    ['G1', 'an acknowledged payment is not there', { payments: [], apiStatuses: new Map() }],
    ['G1', 'an acknowledged payment cannot be read', { apiStatuses: new Map([['p1', null]]) }],
    [
      'G1',
      'an acknowledged TrxID is not in its payment',
      { events: state.events.map((one) => ({ ...one, trxId: one.trxId && 'T3' })) },
    ],
    ['G1', 'an acknowledged message is not kept', { rawMessages: without(state.rawMessages, 0) }],
    ['G1', 'an acknowledged refund is not kept', { events: without(state.events, 3) }],
    [
      'G2',
      'one credit completes two payments',
      { events: [...state.events, { ...state.events[2]!, paymentId: 'p2', version: 1, trxId: 'T3' }] },
    ],
    [
      'G2',
      'a payment completes twice',
      { events: [...state.events, { ...state.events[2]!, version: 5, creditId: 'c2' }] },
    ],
    ['G2', 'a credit is used up by a payment it did not complete', { events: event(2, { creditId: 'c2' }) }],
    ['G3', 'a list has missed an event', { payments: [{ ...state.payments[0]!, version: 3 }] }],
    ['G3', 'the matcher has missed a TrxID', { matcherVersions: new Map() }],
    ['G3', 'an event has no delivery', { deliveries: without(state.deliveries, 3) }],
    ['G3', 'an event is missing between two', { events: without(state.events, 1) }],
    ['G4', 'an event has two deliveries', { deliveries: [...state.deliveries, state.deliveries[0]!] }],
    ['G4', 'a message has become money twice', { credits: [...state.credits, { ...state.credits[0]!, id: 'c2' }] }],
    ['G4', 'one key has made two refunds', { events: [...state.events, { ...state.events[3]!, version: 5 }] }],
    ['G4', 'one invoice has two payments', { payments: [...state.payments, { ...state.payments[0]!, id: 'p2' }] }],
    ['G5', 'an older step comes after a newer one', {}, [...history, { ...heard, atMs: 1_090 }]],
    ['G6', 'what is called delivered never came', {}, history.filter((entry) => entry !== heard)],
    [
      'G6',
      'what is pending has no place in the schedule',
      { deliveries: state.deliveries.map((delivery) => ({ ...delivery, status: 'pending' })) },
    ],
    [
      'G6',
      'a step comes again under another id',
      {},
      [...history, { ...heard, webhookId: 'e5', sequence: 4, atMs: 1_090 }],
    ],
    [
      'G6',
      'a signature is wrong',
      {},
      [...history, { ...heard, webhookId: 'e4', sequence: 4, atMs: 1_090, isGenuine: false }],
    ],
    ['G7', 'money is nowhere', { credits: [] }],
    [
      'G7',
      'money waits beside the payment it is for',
      { credits: [{ ...state.credits[0]!, status: 'open', paymentId: null }] },
    ],
    [
      'G7',
      'a forged message is shown to nobody',
      { rawMessages: state.rawMessages.map((raw) => ({ ...raw, hasCase: false })) },
    ],
    ['G8', 'a good message is parked', { parked: [...state.parked, { ...state.parked[0]!, key: 'p1' }] }],
    ['G8', 'a bad record is not parked', { parked: [] }],
    ['G8', 'nothing tells of a bad command', { refusedCommands: [] }],
    ['G8', 'a bad command is parked', { parked: [...state.parked, { ...state.parked[0]!, key: poisonKey(3) }] }],
    [
      'G9',
      'a stranger reads a payment',
      {},
      [...history, { type: 'foreign', by: 'a stranger', asked: 'GET', paymentId: 'p1', ...went }],
    ],
    ['G10', 'a payment is completed by what no message says', { events: event(2, { trxId: 'T3' }) }],
    [
      'G10',
      'a forged message becomes money',
      { credits: [...state.credits, { ...state.credits[0]!, id: 'c2', trxId: 'T2' }] },
    ],
    [
      'G11',
      'a list says something else than the events',
      { payments: [{ ...state.payments[0]!, status: 'completed' }] },
    ],
    ['G12', 'it takes too long to come back', {}, [...history, fault('kill', 4_100, { no: 3 })]],
  ];

  for (const [promise, what, change, entries = history] of changed)
    it(`names ${promise} broken when ${what}`, () => {
      expect(brokenBy(entries, { ...state, ...change })).toContain(promise);
    });

  it('does not hold what was never acknowledged against anybody', () => {
    const unknown: Entry = {
      type: 'create',
      key: 'k9',
      invoice: 'i9',
      amountMinor: 1,
      paymentId: null,
      ...went,
      outcome: 'unknown',
      status: 0,
    };
    expect(brokenBy([...history, unknown], state)).toEqual([]);
  });
});

describe('the time until the system is back', () => {
  const whole = (fromMs: number, toMs: number): Entry => ({
    type: 'probe',
    paymentId: null,
    fromMs,
    toMs,
    isWhole: true,
  });

  it('is counted from the end of a fault to the end of a payment that began after it', () => {
    const [recovery] = recoveries([fault('kill', 1_000), whole(900, 1_500), whole(1_100, 3_000)], recoveryMaxMs);
    expect(recovery).toMatchObject({ tookMs: 2_000, isOverlapped: false });
  });

  it('cannot be told of a fault that another breaking one follows before anything went through', () => {
    const found = recoveries([fault('kill', 1_000), fault('freeze', 2_000), whole(2_500, 3_000)], recoveryMaxMs);
    expect(found.map(({ isOverlapped }) => isOverlapped)).toEqual([true, false]);
  });

  it('is not excused by a fault that came when its time was up', () => {
    const found = recoveries([fault('kill', 1_000), fault('freeze', 12_000), whole(12_500, 13_000)], recoveryMaxMs);
    expect(found[0]).toMatchObject({ tookMs: 12_000, isOverlapped: false });
  });

  it('does not hide the longest time in which nothing went through', () => {
    expect(longestGapMs([whole(0, 500), whole(400, 900), whole(5_000, 5_500), whole(5_100, 5_400)])).toBe(4_100);
  });

  it('is not asked of a fault that could not be made', () => {
    expect(recoveries([{ ...fault('kill', 1_000), missed: 'it was not there' }], recoveryMaxMs)).toEqual([]);
  });
});
