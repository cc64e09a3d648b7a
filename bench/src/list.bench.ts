import {
  PostgresPaymentReadModel,
  readModelMigrations,
  rebuildPayments,
  type RebuildSource,
} from '@paymatch/gateway-read-models';
import { silentLogger } from '@paymatch/platform-observability';
import { Database, migrate } from '@paymatch/platform-postgres';
import type { RunOptions } from './bench-options.js';
import { withDurablePostgres } from './durable-postgres.js';
import { manyPayments, merchantIdOf } from './many-payments.js';
import { oneShop, searchOneShop } from './one-shop.js';
import { latency, percentile, type Report } from './report.js';

const PAYMENTS = 10_000_000;
const PAYMENTS_QUICK = 200_000;
const PAYMENTS_OF_ONE = 1_000_000;
const WRITTEN_AT_ONCE = 5_000;
const REPORT_EVERY = 500_000;
const PAGES = 400;
const PER_PAGE = 25;
const STATUSES = [null, 'completed', 'pending', 'expired', 'refunded'] as const;

/**
 * Pages of the payments list with their totals, the newest, the last and any between, with and without a status: of a
 * merchant with half of all payments and of one with a fortieth; `BENCH_PAYMENTS` sets how many payments there are, and
 * with 0 this part is left out. Then the panel's searches, totals and first screen, of one shop with a million.
 */
export async function run({ isQuick, progress }: RunOptions): Promise<Report> {
  const count = Number(process.env['BENCH_PAYMENTS'] ?? (isQuick ? PAYMENTS_QUICK : PAYMENTS));
  const ofOne = isQuick ? PAYMENTS_QUICK : PAYMENTS_OF_ONE;
  const ofMany =
    count > 0 ? [await withPayments(source(count, progress), progress, (each) => anyPage(each, count))] : [];
  const reports = [...ofMany, await withPayments(oneShop(ofOne), progress, (each) => panelPages(each, ofOne))];
  return {
    lines: reports.flatMap(({ lines }) => lines),
    targets: reports.flatMap(({ targets }) => targets),
    figures: Object.assign({}, ...reports.map(({ figures }) => figures)) as Record<string, unknown>,
  };
}

/** A database of its own whose read model holds these payments. */
async function withPayments(
  payments: AsyncIterable<RebuildSource>,
  progress: (line: string) => void,
  measure: (database: Database) => Promise<Report>,
): Promise<Report> {
  return withDurablePostgres(async (url) => {
    const database = await Database.connect({
      url,
      schema: 'gateway',
      migrations: readModelMigrations,
      poolMax: 4,
      applicationName: 'bench',
      statementTimeoutMs: 1_800_000,
    });
    await migrate(database);
    await rebuildPayments(database, payments, ({ step }) => {
      if (step !== 'payments written') progress(step);
    });
    const report = await measure(database);
    await database.close();
    return report;
  });
}

async function anyPage(database: Database, count: number): Promise<Report> {
  const lines: string[] = [];
  const all: number[] = [];
  for (const [name, merchant] of [
    ['half of all', 0],
    ['a fortieth', 1],
  ] as const) {
    const tookMs = await walk(database, merchantIdOf(merchant));
    all.push(...tookMs);
    lines.push(`a merchant with ${name}: p50 / p99 ms ${latency(tookMs)}, worst ${Math.max(...tookMs).toFixed(1)}`);
  }
  return {
    lines: [`${count} payments of 20 merchants, ${PAGES} pages each of ${PER_PAGE}, anywhere in the list`, ...lines],
    targets: [{ name: 'p99 ms of any page with its total', value: percentile(all, 0.99), atMost: 25 }],
    figures: { payments: count, p99: percentile(all, 0.99) },
  };
}

async function panelPages(database: Database, count: number): Promise<Report> {
  const pages = await searchOneShop(database, count);
  const slowest = Math.max(...pages.map(([, tookMs]) => percentile(tookMs, 0.99)));
  return {
    lines: [
      `${count} payments of one shop, the panel's pages with their totals: p50 / p99 ms`,
      ...pages.map(([page, tookMs]) => `${page}: ${latency(tookMs)}`),
    ],
    targets: [{ name: "p99 ms of the slowest of the panel's pages", value: slowest, atMost: 25 }],
    figures: { paymentsOfOneShop: count, slowestPanelPageP99: slowest },
  };
}

async function* source(count: number, progress: (line: string) => void): AsyncGenerator<RebuildSource> {
  for (let from = 0; from < count; from += WRITTEN_AT_ONCE) {
    if (from % REPORT_EVERY === 0) progress(`${from} of ${count} payments written`);
    const payments = [...manyPayments(count, from, Math.min(count, from + WRITTEN_AT_ONCE))];
    yield { histories: payments.map((payment) => ({ payment, refunds: [] })), eventCount: from };
  }
}

/** Asks for the same pages in the same order at every run. */
async function walk(database: Database, merchantId: string): Promise<readonly number[]> {
  const model = new PostgresPaymentReadModel(database, silentLogger);
  const tookMs: number[] = [];
  const query = { merchantId, livemode: true, invoiceId: null, perPage: PER_PAGE, nowMs: Date.UTC(2026, 11, 31) };
  const totals = new Map<string | null, number>();
  for (const status of STATUSES) totals.set(status, (await model.list({ ...query, status, page: 1 })).total);
  for (let index = 0; index < PAGES; index += 1) {
    const status = STATUSES[index % STATUSES.length]!;
    const pages = Math.max(1, Math.ceil(totals.get(status)! / PER_PAGE));
    // The golden ratio's multiples lie evenly everywhere; every twentieth is an end of the list.
    const place = index % 20 === 0 ? (index / 20) % 2 : (index * 0.618_033_988_749_895) % 1;
    const startedMs = performance.now();
    await model.list({ ...query, status, page: 1 + Math.floor(place * (pages - 1)) });
    tookMs.push(performance.now() - startedMs);
  }
  await model.close();
  return tookMs;
}
