import { setTimeout as sleep } from 'node:timers/promises';
import {
  earlyRefundId,
  examplePayment,
  newId,
  type PaymentEventData,
  type PaymentSnapshot,
  type PaymentStatus,
} from '@paymatch/contracts';
import { silentLogger } from '@paymatch/platform-observability';
import { Database } from '@paymatch/platform-postgres';
import { createTestDatabase, eventually, type TestDatabase } from '@paymatch/platform-testing';
import { readModelMigrations } from './payments-v1.migrations.js';
import { minuteOf } from './payments-v1.columns.js';
import { PaymentsProjection } from './payments-v1.projection.js';
import { PostgresPaymentReadModel } from './postgres-payment-read-model.js';

const T0 = Date.parse('2026-06-12T08:30:00Z');
const DAY_MS = 86_400_000;
let test: TestDatabase;
let other: Database;

beforeAll(async () => {
  test = await createTestDatabase({ schema: 'gateway', migrations: readModelMigrations });
  other = await Database.connect({ url: test.url, schema: 'gateway', poolMax: 4, applicationName: 'second-instance' });
});
afterAll(async () => {
  await other.close();
  await test.drop();
});

interface Made {
  readonly merchantId: string;
  readonly livemode?: boolean;
  readonly atMs?: number;
  readonly invoiceId?: string;
  readonly expiresInMs?: number;
}

function created({
  merchantId,
  livemode = true,
  atMs = T0,
  invoiceId,
  expiresInMs = 1_800_000,
}: Made): PaymentEventData {
  const payment: PaymentSnapshot = examplePayment(
    {
      merchantId,
      livemode,
      invoiceId: invoiceId ?? null,
      metadata: { note: 'ক "quoted" \\ back' },
      expiresAt: new Date(atMs + expiresInMs).toISOString(),
    },
    atMs,
  );
  return { type: 'payments.payment-created', eventId: newId(), details: {}, payment };
}

function moved(
  from: PaymentEventData,
  status: PaymentStatus,
  type: PaymentEventData['type'] = 'payments.payment-completed',
  details = {},
): PaymentEventData {
  return { type, eventId: newId(), details, payment: { ...from.payment, version: from.payment.version + 1, status } };
}

const readModel = (database: Database = test.database): PostgresPaymentReadModel =>
  new PostgresPaymentReadModel(database, silentLogger);

/** What the counts say, and what counting says. */
async function counts(merchantId: string): Promise<{ kept: unknown[]; recounted: unknown[] }> {
  const kept = await test.database.query(
    `SELECT livemode, slot_minutes, status, slot, n FROM gateway.payment_counts_v1 WHERE merchant_id = $1 AND n <> 0
      ORDER BY 1, 2, 3, 4`,
    [merchantId],
  );
  const recounted = await test.database.query(
    `SELECT livemode, s.slot_minutes, status, s.slot, count(*) AS n FROM gateway.payments_v1
      CROSS JOIN LATERAL (VALUES (1440::smallint, minute / 1440), (1::smallint, minute)) AS s(slot_minutes, slot)
      WHERE merchant_id = $1 GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
    [merchantId],
  );
  return { kept: kept.rows, recounted: recounted.rows };
}

async function expectCountsToHold(merchantId: string): Promise<void> {
  const { kept, recounted } = await counts(merchantId);
  expect(kept).toEqual(recounted);
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const out = [...items];
  let state = seed;
  for (let index = out.length - 1; index > 0; index -= 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const swap = state % (index + 1);
    [out[index], out[swap]] = [out[swap]!, out[index]!];
  }
  return out;
}

function lives(merchantId: string, n: number): PaymentEventData[] {
  const ends: PaymentStatus[] = ['completed', 'failed', 'expired', 'pending', 'awaiting_verification'];
  return Array.from({ length: n }, (_, index) => {
    const first = created({ merchantId, livemode: index % 3 !== 0, atMs: T0 + index * 7_000_000 });
    const second = moved(first, 'awaiting_verification', 'payments.trx-submitted');
    const end = ends[index % ends.length]!;
    return end === 'pending'
      ? [first]
      : end === 'awaiting_verification'
        ? [first, second]
        : [first, second, moved(second, end)];
  }).flat();
}

describe('facts of payments', () => {
  it('leave the same rows and true counts when each comes twice, in any order', async () => {
    const rows: unknown[] = [];
    for (const seed of [0, 1, 2, 3]) {
      const merchantId = newId();
      const events = lives(merchantId, 40);
      const model = readModel();
      const order = seed === 0 ? events : shuffled([...events, ...events], seed);
      for (let from = 0; from < order.length; from += 7) await model.apply(order.slice(from, from + 7));
      await readModel().apply(events);
      await expectCountsToHold(merchantId);
      const { rows: statuses } = await test.database.query(
        'SELECT livemode, status, version, minute FROM gateway.payments_v1 WHERE merchant_id = $1 ORDER BY minute',
        [merchantId],
      );
      rows.push(statuses);
    }
    expect(rows[0]).toHaveLength(40);
    for (const other of rows.slice(1)) expect(other).toEqual(rows[0]);
  });

  it('are counted once when two instances write the same ones at the same time', async () => {
    const merchantId = newId();
    const events = lives(merchantId, 120);
    const models = [readModel(), readModel(other), readModel(), readModel(other)];
    await Promise.all(models.flatMap((model, seed) => shuffled(events, seed + 1).map((event) => model.apply([event]))));
    await expectCountsToHold(merchantId);
    const { rows } = await test.database.query(
      'SELECT id, version, status FROM gateway.payments_v1 WHERE merchant_id = $1',
      [merchantId],
    );
    const newest = new Map<string, PaymentSnapshot>();
    for (const { payment } of events)
      if (payment.version > (newest.get(payment.id)?.version ?? 0)) newest.set(payment.id, payment);
    expect(rows).toHaveLength(120);
    for (const row of rows)
      expect(row).toEqual({ id: row.id, version: newest.get(row.id)!.version, status: newest.get(row.id)!.status });
  });

  it('wait for another writer of the same payment, and then move the count from where that writer left it', async () => {
    const merchantId = newId();
    const first = created({ merchantId });
    const second = moved(first, 'awaiting_verification');
    const third = moved(second, 'completed');
    await readModel().apply([first]);
    const projection = new PaymentsProjection();
    let waiting: Promise<void> | undefined;
    await test.database.transaction(async (tx) => {
      await projection.write(tx, [second.payment]);
      waiting = projection.write(other, [third.payment]);
      await sleep(50);
    });
    await waiting;
    await expectCountsToHold(merchantId);
    expect((await readModel().findPublic(first.payment.id))!.status).toBe('completed');
  });

  it('wait for another writer that adds the same payment, and then change what it added', async () => {
    const merchantId = newId();
    const first = created({ merchantId });
    const second = moved(first, 'failed');
    const projection = new PaymentsProjection();
    let waiting: Promise<void> | undefined;
    await test.database.transaction(async (tx) => {
      await projection.write(tx, [first.payment]);
      waiting = projection.write(other, [second.payment]);
      await sleep(50);
    });
    await waiting;
    await expectCountsToHold(merchantId);
    expect((await readModel().findPublic(first.payment.id))!.status).toBe('failed');
  });

  it('cost no query when this process has written them already', async () => {
    const model = readModel();
    const events = lives(newId(), 10);
    await model.apply(events);
    const query = jest.spyOn(test.database, 'query');
    await model.apply(events);
    expect(query).not.toHaveBeenCalled();
    query.mockRestore();
  });

  it('fail alone when one cannot be stored', async () => {
    const model = readModel();
    const merchantId = newId();
    const [good, bad] = [created({ merchantId }), created({ merchantId, invoiceId: 'NUL \u0000' })];
    const results = await Promise.allSettled([model.apply([good]), model.apply([bad])]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected']);
    expect(await model.findPublic(good.payment.id)).toEqual(good.payment);
    await expectCountsToHold(merchantId);
  });

  it('keep each refund once, also one that comes after a later one', async () => {
    const model = readModel();
    const merchantId = newId();
    const first = moved(created({ merchantId }), 'completed');
    const at = new Date(T0).toISOString();
    const refund = (from: PaymentEventData, status: PaymentStatus, details: object): PaymentEventData =>
      moved(from, status, 'payments.refund-recorded', { at, source: 'api', ...details });
    // As an older program tells it: without a number.
    const one = refund(first, 'partially_refunded', { amountMinor: 100 });
    const two = refund(one, 'refunded', { amountMinor: 49_900, refundId: 7 });
    for (const batch of [[first], [two], [one], [one, two], [two]]) await model.apply(batch);
    const key = { merchantId, livemode: true, paymentId: first.payment.id };
    expect(await model.refunds(key)).toEqual([
      { id: 7, amountMinor: 49_900, source: 'api', createdAt: at },
      {
        id: earlyRefundId({ paymentId: key.paymentId, version: 3, at }),
        amountMinor: 100,
        source: 'api',
        createdAt: at,
      },
    ]);
    expect(await model.refunds({ ...key, livemode: false })).toEqual([]);
    expect((await model.find(key))!.status).toBe('refunded');
  });
});

describe('a payment', () => {
  it('is found as it was written, by its own merchant and mode only', async () => {
    const model = readModel();
    const merchantId = newId();
    const { payment } = created({ merchantId });
    await model.applySnapshot(payment);
    expect(await model.find({ merchantId, livemode: true, paymentId: payment.id })).toEqual(payment);
    expect(await model.find({ merchantId, livemode: false, paymentId: payment.id })).toBeNull();
    expect(await model.find({ merchantId: newId(), livemode: true, paymentId: payment.id })).toBeNull();
    expect(await model.findPublic(payment.id)).toEqual(payment);
  });

  it('calls back whoever watches it, once for each newer version, until they stop', async () => {
    const model = readModel();
    const first = created({ merchantId: newId() });
    const [second, third] = [
      moved(first, 'awaiting_verification'),
      moved(moved(first, 'awaiting_verification'), 'completed'),
    ];
    await model.apply([first]);
    const seen: number[] = [];
    const stop = model.watch(first.payment.id, (payment) => {
      seen.push(payment.version);
      throw new Error('a page that is gone');
    });
    await model.apply([first]);
    await model.apply([second]);
    await model.apply([second]);
    stop();
    await model.apply([third]);
    expect(seen).toEqual([2]);
  });

  it('calls back whoever watches it when another instance has written the change', async () => {
    const [here, there] = [readModel(), readModel()];
    const first = created({ merchantId: newId() });
    await here.apply([first]);
    const seen: number[] = [];
    const stop = here.watch(first.payment.id, (payment) => seen.push(payment.version));
    await there.apply([moved(first, 'completed')]);
    await eventually(() => expect(seen).toEqual([2]));
    stop();
  });
});

describe('a list', () => {
  const query = { livemode: true, status: null, invoiceId: null, perPage: 15, page: 1, nowMs: T0 } as const;

  it('shows every payment exactly once over its pages, newest first, whatever the filter', async () => {
    const model = readModel();
    const merchantId = newId();
    const events = lives(merchantId, 90);
    await model.apply(events);
    const nowMs = T0 + 45 * 7_000_000 + 1_800_000;
    const everything: PaymentSnapshot[] = [];
    for (const status of [null, 'pending', 'awaiting_verification', 'completed', 'failed', 'expired'] as const) {
      const pages: PaymentSnapshot[] = [];
      const { total } = await model.list({ ...query, merchantId, status, nowMs });
      for (let page = 1; page <= Math.ceil(total / 7) + 1; page += 1)
        pages.push(...(await model.list({ ...query, merchantId, status, nowMs, perPage: 7, page })).payments);
      expect(pages).toHaveLength(total);
      expect(pages.map((payment) => payment.id)).toEqual(
        pages
          .map((payment) => payment.id)
          .sort()
          .reverse(),
      );
      for (const payment of pages) {
        const reads =
          payment.status === 'pending' && Date.parse(payment.expiresAt) <= nowMs ? 'expired' : payment.status;
        expect(status === null || reads === status).toBe(true);
      }
      if (status !== null) everything.push(...pages);
    }
    const all = await model.list({ ...query, merchantId, nowMs, perPage: 100 });
    expect(all.total).toBe(60);
    expect(everything.map((payment) => payment.id).sort()).toEqual(all.payments.map((payment) => payment.id).sort());
  });

  it('counts a pending payment as expired from the very moment its time is over', async () => {
    const model = readModel();
    const merchantId = newId();
    await model.apply([created({ merchantId, expiresInMs: 1_000 })]);
    const totals = async (nowMs: number): Promise<number[]> =>
      Promise.all(
        (['pending', 'expired', null] as const).map(
          async (status) => (await model.list({ ...query, merchantId, status, nowMs })).total,
        ),
      );
    expect(await totals(T0 + 999)).toEqual([1, 0, 1]);
    expect(await totals(T0 + 1_000)).toEqual([0, 1, 1]);
    expect((await model.list({ ...query, merchantId, status: 'expired', nowMs: T0 + 1_000 })).payments).toHaveLength(1);
    expect((await model.list({ ...query, merchantId, status: 'pending', nowMs: T0 + 1_000 })).payments).toEqual([]);
  });

  it('begins deep pages at the right row of the right minute, also among thousands of one day', async () => {
    const model = readModel();
    const merchantId = newId();
    const events = [0, 1, 2].flatMap((day) =>
      Array.from({ length: 2_500 }, (_, index) =>
        created({
          merchantId,
          atMs: T0 + day * DAY_MS + index * 900,
          expiresInMs: (index % 5 === 0 ? 0 : 10) * DAY_MS + 1,
        }),
      ),
    );
    const sorted = events
      .map(({ payment }) => payment.id)
      .sort()
      .reverse();
    await model.apply(events);
    expect(new Set(events.map(({ payment }) => minuteOf(payment.id))).size).toBeGreaterThan(100);
    const nowMs = T0 + 3 * DAY_MS;
    for (const page of [1, 11, 12, 26, 50, 51, 74, 75]) {
      const { payments, total } = await model.list({ ...query, merchantId, perPage: 100, page, nowMs });
      expect(total).toBe(7_500);
      expect(payments.map((payment) => payment.id)).toEqual(sorted.slice((page - 1) * 100, page * 100));
    }
    for (const [status, isOverdue] of [
      ['expired', true],
      ['pending', false],
    ] as const) {
      const ids = events
        .filter(({ payment }) => Date.parse(payment.expiresAt) <= nowMs === isOverdue)
        .map(({ payment }) => payment.id)
        .sort()
        .reverse();
      for (const page of [1, 12, Math.ceil(ids.length / 100)]) {
        const { payments, total } = await model.list({ ...query, merchantId, status, perPage: 100, page, nowMs });
        expect(total).toBe(ids.length);
        expect(payments.map((payment) => payment.id)).toEqual(ids.slice((page - 1) * 100, page * 100));
      }
    }
    expect(await model.list({ ...query, merchantId, perPage: 100, page: 76, nowMs })).toEqual({
      payments: [],
      total: 7_500,
    });
  });

  it('finds an invoice with what became of it', async () => {
    const model = readModel();
    const merchantId = newId();
    const failed = moved(created({ merchantId, invoiceId: 'ORDER-42', atMs: T0 - 5_000 }), 'failed');
    const overdue = created({ merchantId, invoiceId: 'ORDER-42', expiresInMs: 0 });
    await model.apply([
      failed,
      overdue,
      created({ merchantId, invoiceId: 'ORDER-43' }),
      created({ merchantId, livemode: false, invoiceId: 'ORDER-42' }),
    ]);
    const list = async (status: PaymentStatus | null): Promise<string[]> =>
      (await model.list({ ...query, merchantId, invoiceId: 'ORDER-42', status })).payments.map((payment) => payment.id);
    expect(await list(null)).toEqual([overdue.payment.id, failed.payment.id]);
    expect(await list('expired')).toEqual([overdue.payment.id]);
    expect(await list('pending')).toEqual([]);
    expect((await model.list({ ...query, merchantId, invoiceId: 'ORDER-42' })).total).toBe(2);
    expect(await model.list({ ...query, merchantId, invoiceId: 'ORDER-42', perPage: 1, page: 2 })).toEqual({
      total: 2,
      payments: [failed.payment],
    });
  });
});
