import { examplePayment, newId, type PaymentSnapshot, type PaymentStatus } from '@paymatch/contracts';
import { silentLogger } from '@paymatch/platform-observability';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { PaymentFiguresQueries } from './payment-figures.js';
import { PaymentFinderQueries } from './payment-finder.js';
import type { PaymentFilter } from './payment-finder.ports.js';
import { PaymentSearchQueries } from './payment-search.query.js';
import { readModelMigrations } from './payments-v1.migrations.js';
import { rebuildPayments, type RebuildSource } from './payments-v1.rebuild.js';
import { PostgresPaymentReadModel } from './postgres-payment-read-model.js';
import type { PaymentListQuery, PaymentSearchQuery } from './read-models.ports.js';

const PAYMENTS = 20_000;
const T0 = Date.parse('2026-06-12T08:30:00Z');
const NOW_MS = T0 + PAYMENTS * 60_000;
const merchants = Array.from({ length: 11 }, () => newId());
const merchantId = merchants[0]!;
const STATUSES: readonly PaymentStatus[] = ['completed', 'completed', 'completed', 'failed', 'expired', 'pending'];

let test: TestDatabase;
let lists: PostgresPaymentReadModel;
let search: PaymentSearchQueries;
let finder: PaymentFinderQueries;

function payment(index: number): PaymentSnapshot {
  return examplePayment(
    {
      merchantId: merchants[index % merchants.length]!,
      // Contract A has most of them, so that an index of contract B's alone is worth its while.
      dialect: index % 7 === 0 ? 'smartfastpay' : 'fastaar',
      source: index % 997 === 0 ? 'payment_link' : 'api',
      method: index % 7 === 0 ? 'pix' : 'wallet',
      status: STATUSES[index % STATUSES.length]!,
      amountMinor: 10_000 + (index % 997),
      invoiceId: `INV-${index}`,
      customerId: `customer ${index % 500}`,
      trxId: index % 2 === 0 ? `TRX${index}` : null,
      provider: 'bkash',
      walletNumber: index % 5 === 0 ? '01712345678' : null,
      senderNumber: index % 2 === 0 ? `017${String(index).padStart(8, '0')}` : null,
      // The newest hundred of those that wait still may be paid.
      expiresAt: new Date(index > PAYMENTS - 100 ? NOW_MS + 60_000 : NOW_MS - 60_000).toISOString(),
    },
    T0 + index * 60_000,
  );
}

async function* many(): AsyncGenerator<RebuildSource> {
  for (let from = 0; from < PAYMENTS; from += 5_000) {
    const histories = Array.from({ length: 5_000 }, (_, index) => ({ payment: payment(from + index), refunds: [] }));
    yield { histories, eventCount: from };
  }
}

beforeAll(async () => {
  test = await createTestDatabase({ schema: 'gateway', migrations: readModelMigrations });
  await rebuildPayments(test.database, many());
  lists = new PostgresPaymentReadModel(test.database, silentLogger);
  search = new PaymentSearchQueries(test.database);
  finder = new PaymentFinderQueries(test.database);
});
afterAll(async () => {
  await lists.close();
  await test.drop();
});

async function scans(): Promise<ReadonlyMap<string, number>> {
  await test.database.query('SELECT pg_stat_force_next_flush()');
  await test.database.query('SELECT pg_stat_clear_snapshot()');
  const { rows } = await test.database.query<{ name: string; scans: number }>(
    `SELECT indexrelname AS name, idx_scan AS scans FROM pg_stat_user_indexes WHERE schemaname = 'gateway'
      AND relname = 'payments_v1'`,
  );
  return new Map(rows.map(({ name, scans }) => [name, scans]));
}

const everything: PaymentFilter = {
  merchantId,
  livemode: true,
  needles: null,
  statuses: null,
  method: null,
  provider: null,
  walletNumber: null,
  source: null,
  amountFromMinor: null,
  amountToMinor: null,
  createdFrom: null,
  createdTo: null,
};

const list = (change: Partial<PaymentListQuery>) => (): Promise<unknown> =>
  lists.list({
    merchantId,
    livemode: true,
    status: null,
    invoiceId: null,
    perPage: 20,
    page: 1,
    nowMs: NOW_MS,
    ...change,
  });
const find = (change: Partial<PaymentSearchQuery>) => (): Promise<unknown> =>
  search.search({
    merchantId,
    livemode: true,
    standings: null,
    customerId: null,
    invoiceIds: null,
    createdFrom: null,
    createdTo: null,
    sort: { by: 'created' },
    direction: 'desc',
    perPage: 20,
    page: 1,
    nowMs: NOW_MS,
    ...change,
  });

const look = (change: Partial<PaymentFilter>) => (): Promise<unknown> =>
  finder.find({ ...everything, ...change }, { after: null, limit: 20 });
const needle = (by: 'trxId' | 'sender' | 'invoice' | 'customer', value: string): (() => Promise<unknown>) =>
  look({ needles: [{ by, value }] });

const paidTo = (): Promise<unknown> =>
  new PaymentFiguresQueries(test.database).paidToWallets(
    { merchantId, livemode: true },
    { numbers: ['01712345678'], day: new Date(NOW_MS - 86_400_000), month: new Date(NOW_MS - 30 * 86_400_000) },
  );

/** Each index of the payments, and the question that it is there for. */
const questions: readonly (readonly [index: string, question: string, ask: () => Promise<unknown>])[] = [
  ['payments_v1_pkey', 'one payment by its id', () => lists.findPublic(newId())],
  ['payments_v1_newest', 'a page of all payments', list({ page: 30 })],
  ['payments_v1_status', 'a page of one status', list({ status: 'failed', page: 3 })],
  ['payments_v1_overdue', 'how many of those that wait are past their time', list({ status: 'pending' })],
  ['payments_v1_invoice', 'the payments of an invoice', list({ invoiceId: 'INV-11' })],
  ['payments_v1_customer', 'contract B: a customer’s payments', find({ customerId: 'customer 0' })],
  ['payments_v1_trx_id', 'the payment with a TrxID', needle('trxId', 'TRX22')],
  ['payments_v1_sender', 'the payments of a phone number', needle('sender', '01700000022')],
  ['payments_v1_amount_told', 'the payments of an amount', look({ needles: [{ by: 'amount', value: 10_000 }] })],
  ['payments_v1_source_told', 'the payments of a payment link', look({ source: 'payment_link' })],
  ['payments_v1_method_told', 'the payments by Pix', look({ method: 'pix' })],
  ['payments_v1_paid_to', 'what was paid to a wallet', paidTo],
  ['payments_v1_b_amount', 'contract B: sorted by amount', find({ sort: { by: 'amount' } })],
  ['payments_v1_b_updated', 'contract B: sorted by the last change', find({ sort: { by: 'updated' } })],
  ['payments_v1_b_settled', 'contract B: the balance', () => search.settledTotals({ merchantId, livemode: true })],
];

describe('the indexes of the payments', () => {
  it('are the ones that a question is known for', async () => {
    expect([...(await scans()).keys()].sort()).toEqual(questions.map(([index]) => index).sort());
  });

  it.each(questions)('%s answers %s', async (index, _question, ask) => {
    const before = (await scans()).get(index)!;
    await ask();
    expect((await scans()).get(index)).toBeGreaterThan(before);
  });

  it.each<readonly [question: string, index: string, ask: () => Promise<unknown>]>([
    ['all payments', 'payments_v1_newest', look({})],
    ['the payments of one status', 'payments_v1_status', look({ statuses: ['failed'] })],
    ['the payments of an invoice', 'payments_v1_invoice', needle('invoice', 'INV-11')],
    ['the payments of a customer', 'payments_v1_customer', needle('customer', 'customer 11')],
    ['a range of amounts', 'payments_v1_newest', look({ amountFromMinor: 10_000, amountToMinor: 10_001 })],
    ['a rare combination', 'payments_v1_newest', look({ provider: 'nagad', walletNumber: '01700000000' })],
  ])('answer who looks for %s from %s, and no walk reads the whole table', async (_question, index, ask) => {
    const [before, readBefore] = [(await scans()).get(index)!, await sequentialReads()];
    await ask();
    expect((await scans()).get(index)).toBeGreaterThan(before);
    expect(await sequentialReads()).toBe(readBefore);
  });
});

async function sequentialReads(): Promise<number> {
  const { rows } = await test.database.query<{ n: number }>(
    `SELECT seq_scan::integer AS n FROM pg_stat_user_tables WHERE schemaname = 'gateway' AND relname = 'payments_v1'`,
  );
  return rows[0]!.n;
}
