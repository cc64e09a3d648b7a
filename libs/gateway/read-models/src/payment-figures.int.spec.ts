import {
  examplePayment,
  newId,
  type PaymentEventData,
  type PaymentSnapshot,
  type PaymentStatus,
} from '@paymatch/contracts';
import { silentLogger } from '@paymatch/platform-observability';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { PaymentFiguresQueries } from './payment-figures.js';
import type { PaidHour } from './payment-figures.ports.js';
import { readModelMigrations } from './payments-v1.migrations.js';
import { rebuildPayments } from './payments-v1.rebuild.js';
import { PostgresPaymentReadModel } from './postgres-payment-read-model.js';

let test: TestDatabase;
let readModel: PostgresPaymentReadModel;
let figures: PaymentFiguresQueries;
let merchantId: string;

beforeAll(async () => {
  test = await createTestDatabase({ schema: 'gateway', migrations: readModelMigrations });
  readModel = new PostgresPaymentReadModel(test.database, silentLogger);
  figures = new PaymentFiguresQueries(test.database);
});
beforeEach(() => {
  merchantId = newId();
});
afterAll(async () => {
  await readModel.close();
  await test.drop();
});

function payment(at: string, status: PaymentStatus, change: Partial<PaymentSnapshot> = {}): PaymentSnapshot {
  return examplePayment(
    {
      merchantId,
      status,
      expiresAt: at,
      ...change,
    },
    Date.parse(at),
  );
}

const know = (...payments: readonly PaymentSnapshot[]): Promise<void> =>
  readModel.apply(
    payments.map((snapshot): PaymentEventData => ({
      type: 'payments.payment-created',
      eventId: newId(),
      details: {},
      payment: snapshot,
    })),
  );

const hours = (from: string, to: string): Promise<readonly PaidHour[]> =>
  figures.paidByHour({ merchantId, livemode: true }, new Date(from), new Date(to));
const bdt = (hour: number, count: number, amountMinor: number): PaidHour => ({
  hour,
  currency: 'BDT',
  count,
  amountMinor,
});

describe('what was paid, by the hour', () => {
  it('moves with a payment whose status changes later, in the hour in which it was made', async () => {
    const made = payment('2026-06-12T08:59:59.999Z', 'pending');
    const day = ['2026-06-12T00:00:00Z', '2026-06-13T00:00:00Z'] as const;
    await know(made);
    expect(await hours(...day)).toEqual([]);
    const later = '2026-06-12T11:00:00.000Z';
    await know({ ...made, version: 2, status: 'completed', completedAt: later, updatedAt: later });
    expect(await hours(...day)).toEqual([bdt(8, 1, 50_000)]);
    await know({ ...made, version: 3, status: 'refunded', refundedMinor: 50_000, updatedAt: later });
    expect(await hours(...day)).toEqual([bdt(8, 1, 50_000)]);
    await know({ ...made, version: 4, status: 'failed', updatedAt: later });
    expect(await hours(...day)).toEqual([]);
  });

  it('counts hours from the beginning of the day, also where zones lie half an hour from the full one', async () => {
    await know(
      payment('2026-06-11T18:29:59.999Z', 'completed'),
      payment('2026-06-11T18:30:00.000Z', 'completed', { amountMinor: 100 }),
      payment('2026-06-11T19:29:59.999Z', 'completed', { amountMinor: 20 }),
      payment('2026-06-11T19:30:00.000Z', 'completed', { amountMinor: 3 }),
      payment('2026-06-12T18:30:00.000Z', 'completed'),
    );
    // A day in Kolkata.
    expect(await hours('2026-06-11T18:30:00Z', '2026-06-12T18:30:00Z')).toEqual([bdt(0, 2, 120), bdt(1, 1, 3)]);
  });

  it('has twenty-five hours on the day on which clocks are put back', async () => {
    await know(
      payment('2026-10-24T22:00:00.000Z', 'completed', { amountMinor: 1 }),
      payment('2026-10-25T22:59:00.000Z', 'completed', { amountMinor: 2 }),
      payment('2026-10-25T23:00:00.000Z', 'completed', { amountMinor: 4 }),
    );
    // A day in Berlin.
    expect(await hours('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z')).toEqual([bdt(0, 1, 1), bdt(24, 1, 2)]);
  });

  it('tells the contracts’ currencies apart, and nothing of other shops and the other mode', async () => {
    const at = '2026-06-12T08:30:00.000Z';
    await know(
      payment(at, 'completed'),
      payment(at, 'completed', { dialect: 'smartfastpay', method: 'pix', currency: 'BRL', amountMinor: 7 }),
      payment(at, 'completed', { livemode: false }),
      payment(at, 'completed', { merchantId: newId() }),
    );
    expect(await hours('2026-06-12T08:00:00Z', '2026-06-12T09:00:00Z')).toEqual([
      bdt(0, 1, 50_000),
      { hour: 0, currency: 'BRL', count: 1, amountMinor: 7 },
    ]);
  });

  it('is read from neighbouring pages after a rebuild, however payments came', async () => {
    const minutes = Array.from({ length: 1_440 }, (_, minute) => (minute * 617) % 1_440);
    const days = Array.from({ length: 5 }, (_, day) => (day * 3) % 5);
    const begin = Date.parse('2026-06-12T00:00:00Z');
    const histories = minutes.flatMap((minute) =>
      days.map((day) => ({
        payment: payment(new Date(begin + (day * 1_440 + minute) * 60_000).toISOString(), 'completed'),
        refunds: [],
      })),
    );
    async function* source(): AsyncGenerator<{ readonly histories: typeof histories; readonly eventCount: number }> {
      yield { histories, eventCount: histories.length };
    }
    await rebuildPayments(test.database, source());
    const { rows } = await test.database.query<{ all: number; ofDay: number }>(
      `SELECT count(DISTINCT (ctid::text::point)[0])::integer AS all,
              count(DISTINCT (ctid::text::point)[0]) FILTER (WHERE slot / 1440 = $2)::integer AS "ofDay"
         FROM gateway.payment_counts_v1 WHERE merchant_id = $1 AND slot_minutes = 1`,
      [merchantId, begin / 86_400_000 + 2],
    );
    expect(rows[0]!.ofDay).toBeLessThanOrEqual(Math.ceil(rows[0]!.all / 5) + 1);
    const paid = await hours('2026-06-14T00:00:00Z', '2026-06-15T00:00:00Z');
    expect(paid).toEqual(Array.from({ length: 24 }, (_, hour) => bdt(hour, 60, 3_000_000)));
  });
});
