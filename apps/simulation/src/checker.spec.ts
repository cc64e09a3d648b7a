import type { PaymentSnapshot } from '@paymatch/contracts';
import { check, promises } from './checker.js';
import type { Observed } from './observed.js';

const paymentId = '0197a6f0-0000-7000-8000-000000000001';

function snapshot(changes: Partial<PaymentSnapshot>): PaymentSnapshot {
  return {
    id: paymentId,
    merchantId: 'm1',
    livemode: true,
    amountMinor: 50_000,
    creditId: null,
    ...changes,
  } as PaymentSnapshot;
}

const created = snapshot({ version: 1, status: 'pending' });
const completed = snapshot({ version: 2, status: 'completed', creditId: 'c1' });
const arrival = {
  eventId: 'e2',
  paymentId,
  sequence: 2,
  url: 'https://shop.example/m1',
  body: 'two',
  isAccepted: true,
};

/** One payment that was made, paid and told of, as it should be. */
const good: Observed = {
  acknowledged: [{ commandId: 'k1', paymentId, type: 'CreatePayment', outcome: 'created', status: 'pending' }],
  uploaded: [{ rawId: 'r1', merchantId: 'm1', trxId: 'T1', amountMinor: 50_000, isForged: false }],
  stored: [
    { eventId: 'e1', paymentId, version: 1, type: 'PaymentCreated', commandId: 'k1' },
    { eventId: 'e2', paymentId, version: 2, type: 'PaymentCompleted', commandId: 'k2' },
  ],
  published: [
    { eventId: 'e1', type: 'payments.payment-created', payment: created },
    { eventId: 'e2', type: 'payments.payment-completed', payment: completed },
  ],
  readModel: [completed],
  rawIds: ['r1'],
  credits: [
    {
      creditId: 'c1',
      merchantId: 'm1',
      livemode: true,
      trxId: 'T1',
      amountMinor: 50_000,
      status: 'consumed',
      paymentId,
      hasOpenCase: false,
    },
  ],
  deliveries: [{ eventId: 'e2', paymentId, sequence: 2, status: 'delivered' }],
  arrivals: [arrival],
  parkedCount: 0,
};
const [credit] = good.credits;
const [first, second] = good.published;

const broken: Readonly<Record<string, readonly Partial<Observed>[]>> = {
  'G1 acknowledged is kept': [
    { acknowledged: [{ ...good.acknowledged[0]!, commandId: 'lost' }] },
    { uploaded: [{ ...good.uploaded[0]!, rawId: 'lost' }] },
  ],
  'G2 completed once, by money that is right': [
    { stored: [...good.stored, { ...good.stored[1]!, eventId: 'e3', version: 3 }] },
    { credits: [{ ...credit!, creditId: 'another' }] },
    { credits: [{ ...credit!, amountMinor: 49_999 }] },
    {
      stored: [...good.stored, { ...good.stored[1]!, eventId: 'e9', paymentId: 'another' }],
      published: [
        ...good.published,
        { ...second!, eventId: 'e9', payment: { ...completed, id: 'another', version: 1 } },
      ],
    },
  ],
  'G3 every fact is published': [{ published: [first!] }],
  'G4 effects happen once': [
    { credits: [credit!, { ...credit!, creditId: 'c2' }] },
    { deliveries: [...good.deliveries, { ...good.deliveries[0]!, eventId: 'e3' }] },
  ],
  'G5 facts in order': [{ published: [second!, first!] }],
  'G5 webhooks in order': [{ arrivals: [arrival, { ...arrival, eventId: 'e1', sequence: 1 }] }],
  'G6 every webhook is delivered, the same each time': [
    { deliveries: [] },
    { deliveries: [{ ...good.deliveries[0]!, status: 'pending' }] },
    { arrivals: [{ ...arrival, isAccepted: false }] },
    { arrivals: [arrival, { ...arrival, body: 'another' }] },
  ],
  'G7 money can be seen': [
    { credits: [{ ...credit!, trxId: 'another' }] },
    { credits: [{ ...credit!, merchantId: 'another' }] },
    { credits: [{ ...credit!, creditId: 'c2' }] },
    { credits: [credit!, { ...credit!, creditId: 'c2', status: 'open', paymentId: null }] },
    { credits: [credit!, { ...credit!, creditId: 'c2', status: 'in_review', paymentId: null }] },
  ],
  'G8 nothing good is parked': [{ parkedCount: 1 }],
  'G9 shops are apart': [
    { credits: [{ ...credit!, merchantId: 'another' }] },
    { credits: [{ ...credit!, livemode: false }] },
    { arrivals: [{ ...arrival, url: 'https://shop.example/another' }] },
  ],
  'G10 no credit but by real money': [
    { uploaded: [{ ...good.uploaded[0]!, isForged: true }] },
    { uploaded: [] },
    { credits: [{ ...credit!, amountMinor: 50_001 }] },
  ],
  'G11 lists equal the facts': [{ readModel: [created] }, { readModel: [] }],
  'an end is an end': [
    {
      published: [
        first!,
        second!,
        { ...second!, eventId: 'e3', payment: { ...completed, version: 3, status: 'failed' } },
      ],
    },
  ],
};

function brokenPromises(changes: Partial<Observed>): readonly string[] {
  return [...new Set(check({ ...good, ...changes }).map(({ promise }) => promise))];
}

describe('what came to rest', () => {
  it('breaks no promise when all is as it should be', () => {
    expect(check(good)).toEqual([]);
  });

  it('may have facts twice, after a crash of who published them', () => {
    expect(check({ ...good, published: [first!, second!, first!, second!] })).toEqual([]);
  });

  it.each(promises)('shows when this is not so: %s', (promise) => {
    const cases = broken[promise] ?? [];
    expect(cases.length).toBeGreaterThan(0);
    for (const changes of cases) expect(brokenPromises(changes)).toContain(promise);
  });

  it('lets money wait that a person is asked about', () => {
    const asked = {
      ...credit!,
      creditId: 'c2',
      trxId: 'T2',
      status: 'in_review',
      paymentId: null,
      hasOpenCase: true,
    } as const;
    const upload = { ...good.uploaded[0]!, trxId: 'T2' };
    expect(check({ ...good, uploaded: [...good.uploaded, upload], credits: [credit!, asked] })).toEqual([]);
  });
});
