import { examplePayment, newId, paymentStatuses, type PaymentSnapshot, type PaymentStatus } from '@paymatch/contracts';
import { silentLogger } from '@paymatch/platform-observability';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { PaymentSearchQueries } from './payment-search.query.js';
import { readModelMigrations } from './payments-v1.migrations.js';
import { PostgresPaymentReadModel } from './postgres-payment-read-model.js';
import type { PaymentSearchQuery, PaymentSort, Standing } from './read-models.ports.js';

const T0 = Date.parse('2026-06-12T08:30:00Z');
const NOW_MS = T0 + 4 * 86_400_000;
const merchantId = newId();
let test: TestDatabase;
let search: PaymentSearchQueries;
let readModel: PostgresPaymentReadModel;
const all: PaymentSnapshot[] = [];

/** The same numbers on every run. */
let seed = 20_260_612;
function random(below: number): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return Math.floor((seed / 2_147_483_648) * below);
}
const pick = <T>(items: readonly T[]): T => items[random(items.length)]!;

function payment(parts: Partial<PaymentSnapshot> & { readonly atMs: number }): PaymentSnapshot {
  const { atMs, ...rest } = parts;
  return examplePayment(
    {
      merchantId,
      dialect: 'smartfastpay',
      method: 'pix',
      amountMinor: 10_000,
      currency: 'BRL',
      invoiceId: newId(),
      customerId: 'c1',
      expiresAt: new Date(atMs + 3_600_000).toISOString(),
      ...rest,
    },
    atMs,
  );
}

const inUsd = (baseAmountMinor: number): Pick<PaymentSnapshot, 'exchange' | 'amountMinor'> => ({
  amountMinor: baseAmountMinor * 5,
  exchange: {
    rate: '5',
    baseCurrency: 'USD',
    baseAmountMinor,
    source: 'operator',
    quotedAt: new Date(T0).toISOString(),
  },
});

beforeAll(async () => {
  test = await createTestDatabase({ schema: 'gateway', migrations: readModelMigrations });
  readModel = new PostgresPaymentReadModel(test.database, silentLogger);
  search = new PaymentSearchQueries(test.database);
  for (let index = 0; index < 400; index += 1) {
    // Crowded into few minutes and milliseconds, so that ties and edges are common.
    const atMs = T0 + random(4) * 86_400_000 + random(3) * 60_000 + random(40) * 1_500;
    all.push(
      payment({
        atMs,
        status: pick(paymentStatuses),
        customerId: pick(['c1', 'c2', 'ç3']),
        invoiceId: `t${index}`,
        ...inUsd(200 + random(5) * 100),
        expiresAt: new Date(pick([NOW_MS, NOW_MS + 1, atMs + 1])).toISOString(),
        updatedAt: new Date(atMs + random(3) * 1_000).toISOString(),
      }),
    );
  }
  const noise = [
    payment({ atMs: T0, merchantId: newId() }),
    payment({ atMs: T0, livemode: false }),
    payment({ atMs: T0, dialect: 'fastaar', method: 'wallet', currency: 'BDT' }),
  ];
  await Promise.all([...all, ...noise].map((snapshot) => readModel.applySnapshot(snapshot)));
});
afterAll(async () => {
  await readModel.close();
  await test.drop();
});

function standing(snapshot: PaymentSnapshot): Standing {
  const status: PaymentStatus =
    snapshot.status === 'pending' && Date.parse(snapshot.expiresAt) <= NOW_MS ? 'expired' : snapshot.status;
  if (status === 'pending' || status === 'awaiting_verification') return 'open';
  return status === 'failed' || status === 'expired' ? status : 'settled';
}

/** What a list is, said plainly. */
function expected(query: PaymentSearchQuery): { readonly ids: readonly string[]; readonly total: number } {
  const rank = (snapshot: PaymentSnapshot): number | string => {
    switch (query.sort.by) {
      case 'created':
        return 0;
      case 'amount':
        return snapshot.exchange?.baseAmountMinor ?? snapshot.amountMinor;
      case 'updated':
        return snapshot.updatedAt;
      case 'standing':
        return query.sort.groups.findIndex((group) => group.includes(standing(snapshot)));
    }
  };
  const compare = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0);
  const rows = all
    .filter((snapshot) => query.standings === null || query.standings.includes(standing(snapshot)))
    .filter((snapshot) => query.customerId === null || snapshot.customerId === query.customerId)
    .filter((snapshot) => query.invoiceIds === null || query.invoiceIds.includes(snapshot.invoiceId!))
    .filter(
      (snapshot) =>
        (query.createdFrom === null || snapshot.createdAt >= query.createdFrom) &&
        (query.createdTo === null || snapshot.createdAt <= query.createdTo),
    )
    .sort((a, b) => compare(rank(a), rank(b)) || compare(a.id, b.id));
  if (query.direction === 'desc') rows.reverse();
  const ids = rows.slice((query.page - 1) * query.perPage, query.page * query.perPage).map((row) => row.id);
  return { ids, total: rows.length };
}

const base: PaymentSearchQuery = {
  merchantId,
  livemode: true,
  standings: null,
  customerId: null,
  invoiceIds: null,
  createdFrom: null,
  createdTo: null,
  sort: { by: 'created' },
  direction: 'desc',
  perPage: 10,
  page: 1,
  nowMs: NOW_MS,
};

async function expectPages(query: PaymentSearchQuery): Promise<void> {
  const pages = Math.ceil(expected(query).total / query.perPage) + 1;
  for (let page = 1; page <= pages; page += 1) {
    const asked = { ...query, page };
    const { payments, total } = await search.search(asked);
    expect({ ids: payments.map((snapshot) => snapshot.id), total }).toEqual(expected(asked));
  }
}

const byStanding: PaymentSort = { by: 'standing', groups: [['failed'], ['expired'], ['settled'], ['open']] };
const sorts: readonly PaymentSort[] = [
  { by: 'created' },
  { by: 'amount' },
  { by: 'updated' },
  byStanding,
  { by: 'standing', groups: [['failed', 'expired'], ['settled'], ['open']] },
];

describe('a search', () => {
  it.each(sorts.flatMap((sort) => (['asc', 'desc'] as const).map((direction) => [sort, direction] as const)))(
    'shows every payment once over its pages, by %j %s',
    async (sort, direction) => {
      await expectPages({ ...base, sort, direction, perPage: 37 });
    },
  );

  it.each([
    [['open']],
    [['settled']],
    [['failed']],
    [['expired']],
    [['failed', 'expired']],
    [['open', 'expired']],
  ] as const)('keeps to the standings %j', async (standings) => {
    for (const sort of sorts) await expectPages({ ...base, standings, sort, perPage: 40, direction: 'asc' });
  });

  it('keeps to a customer and to transactions, also together with everything else', async () => {
    const invoiceIds = Array.from({ length: 100 }, (_, index) => `t${index * 3}`);
    await expectPages({ ...base, customerId: 'ç3', perPage: 40 });
    await expectPages({ ...base, invoiceIds, perPage: 40, sort: byStanding });
    await expectPages({
      ...base,
      invoiceIds,
      customerId: 'c2',
      standings: ['open', 'settled'],
      sort: { by: 'amount' },
      createdTo: new Date(T0 + 86_400_000).toISOString(),
      direction: 'asc',
    });
    await expectPages({ ...base, customerId: 'nobody' });
  });

  it('takes both ends of a time range in, to the microsecond', async () => {
    const edge = all[17]!.createdAt;
    const micro = (iso: string, by: '000' | '001' | '999', shiftMs = 0): string =>
      new Date(Date.parse(iso) + shiftMs).toISOString().replace('Z', `${by}Z`);
    const moments = [
      edge,
      micro(edge, '001'),
      micro(edge, '999', -1),
      all[60]!.createdAt,
      new Date(T0).toISOString(),
      new Date(T0 + 2 * 86_400_000).toISOString(),
      '1999-01-01T00:00:00Z',
      '2099-01-01T00:00:00Z',
    ];
    // Plain texts compare as times do only when they are of one length.
    const padded = moments.map((moment) =>
      moment.replace(/(?:\.(\d+))?Z$/, (_, digits: string | undefined) => `.${(digits ?? '').padEnd(6, '0')}Z`),
    );
    const matches = (from: string | null, to: string | null): readonly string[] =>
      all
        .filter(
          (snapshot) =>
            (from === null || micro(snapshot.createdAt, '000') >= from) &&
            (to === null || micro(snapshot.createdAt, '000') <= to),
        )
        .map((snapshot) => snapshot.id)
        .sort();
    for (const from of [null, ...padded]) {
      for (const to of [null, ...padded]) {
        const { payments, total } = await search.search({ ...base, createdFrom: from, createdTo: to, perPage: 1_000 });
        expect([payments.map((snapshot) => snapshot.id).sort(), total]).toEqual([
          matches(from, to),
          matches(from, to).length,
        ]);
      }
    }
  });

  it('finds nothing past the end, in no time', async () => {
    const before = performance.now();
    expect(await search.search({ ...base, page: 9_999_999, perPage: 40, sort: { by: 'amount' } })).toEqual({
      payments: [],
      total: 400,
    });
    expect(performance.now() - before).toBeLessThan(1_000);
  });

  it('does not see other merchants, the other mode, or the other contract', async () => {
    const { payments } = await search.search({ ...base, perPage: 1_000 });
    expect(payments.map((snapshot) => snapshot.id).sort()).toEqual(all.map((snapshot) => snapshot.id).sort());
    expect((await search.search({ ...base, livemode: false })).total).toBe(1);
    const fastaar = await readModel.list({
      merchantId,
      livemode: true,
      status: null,
      invoiceId: null,
      dialect: 'fastaar',
      perPage: 10,
      page: 1,
      nowMs: NOW_MS,
    });
    expect([fastaar.total, fastaar.payments.map((snapshot) => snapshot.dialect)]).toEqual([1, ['fastaar']]);
    const both = await readModel.list({
      merchantId,
      livemode: true,
      status: null,
      invoiceId: null,
      perPage: 10,
      page: 1,
      nowMs: NOW_MS,
    });
    expect(both.total).toBe(401);
  });
});

describe('deep pages among thousands of one day', () => {
  it('begin at the right row, from either end', async () => {
    const many = newId();
    const rows = Array.from({ length: 3_000 }, (_, index) =>
      payment({
        atMs: T0 + index * 1_000,
        merchantId: many,
        status: index % 3 === 0 ? 'completed' : 'pending',
        expiresAt: new Date(NOW_MS + 1).toISOString(),
        invoiceId: `m${index}`,
      }),
    );
    await Promise.all(rows.map((row) => readModel.applySnapshot(row)));
    for (const direction of ['asc', 'desc'] as const) {
      const ordered = direction === 'asc' ? rows : rows.toReversed();
      for (const page of [1, 26, 40, 75, 76]) {
        const { payments } = await search.search({ ...base, merchantId: many, direction, perPage: 40, page });
        expect(payments.map((snapshot) => snapshot.id)).toEqual(
          ordered.slice((page - 1) * 40, page * 40).map((row) => row.id),
        );
      }
      const settled = ordered.filter((row) => row.status === 'completed');
      const { payments, total } = await search.search({
        ...base,
        merchantId: many,
        direction,
        perPage: 40,
        page: 25,
        standings: ['settled'],
      });
      expect([total, payments.map((snapshot) => snapshot.id)]).toEqual([
        1_000,
        settled.slice(960, 1_000).map((row) => row.id),
      ]);
    }
  });
});

describe('settled totals', () => {
  it('add up what was paid in the currency asked for, less the share that was refunded', async () => {
    const shop = { merchantId: newId(), livemode: true };
    const rows = [
      payment({ atMs: T0, ...shop, status: 'completed', amountMinor: 51_748_821 }),
      payment({ atMs: T0, ...shop, status: 'refunded', amountMinor: 900, refundedMinor: 900 }),
      payment({ atMs: T0, ...shop, status: 'partially_refunded', amountMinor: 1_000, refundedMinor: 250 }),
      payment({ atMs: T0, ...shop, status: 'pending', amountMinor: 7_777 }),
      payment({ atMs: T0, ...shop, status: 'completed', ...inUsd(5_362) }),
      payment({ atMs: T0, ...shop, ...inUsd(300), status: 'partially_refunded', refundedMinor: 500 }),
      payment({ atMs: T0, ...shop, livemode: false, status: 'completed', amountMinor: 1 }),
    ];
    await Promise.all(rows.map((row) => readModel.applySnapshot(row)));
    expect(await search.settledTotals(shop)).toEqual([
      { currency: 'BRL', amountMinor: 51_749_571 },
      { currency: 'USD', amountMinor: 5_562 },
    ]);
    expect(await search.settledTotals({ ...shop, merchantId: newId() })).toEqual([]);
  });
});
