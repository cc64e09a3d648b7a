import type { PaymentSnapshot } from '@paymatch/contracts';
import {
  PaymentFiguresQueries,
  PaymentFinderQueries,
  type PaymentFilter,
  type RebuildSource,
} from '@paymatch/gateway-read-models';
import type { Database } from '@paymatch/platform-postgres';
import { BEGIN_MS, manyPayments, YEAR_MS } from './many-payments.js';

export const ONE_SHOP = '0198a3c2-0000-7000-8000-00000000ffff';
const WRITTEN_AT_ONCE = 5_000;
const TIMES = 40;
const PER_PAGE = 25;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW_MS = BEGIN_MS + YEAR_MS - 5 * HOUR_MS;
const PROVIDERS = ['bkash', 'bkash', 'bkash', 'nagad', 'nagad', 'rocket'] as const;

/** All of one shop, as mixed as a shop's are: four in a hundred by Pix, three by payment links, prices that repeat. */
function* payments(count: number, from: number, to: number): Generator<PaymentSnapshot> {
  let index = from;
  for (const payment of manyPayments(count, from, to)) {
    const isPix = index % 25 === 7;
    yield {
      ...payment,
      merchantId: ONE_SHOP,
      ...(isPix && { dialect: 'smartfastpay', method: 'pix', currency: 'BRL', walletNumber: null }),
      source: index % 33 === 5 ? 'payment_link' : 'api',
      provider: payment.provider === null || isPix ? null : PROVIDERS[index % PROVIDERS.length]!,
      amountMinor: 10_000 + ((index * 7) % 40) * 2_500,
      senderNumber: `017${String((index * 7_919) % 100_000).padStart(8, '0')}`,
      customerId: `customer ${index % 50_000}`,
    };
    index += 1;
  }
}

export async function* oneShop(count: number): AsyncGenerator<RebuildSource> {
  for (let from = 0; from < count; from += WRITTEN_AT_ONCE) {
    const to = Math.min(count, from + WRITTEN_AT_ONCE);
    yield {
      histories: [...payments(count, from, to)].map((payment) => ({ payment, refunds: [] })),
      eventCount: from,
    };
  }
}

const everything: PaymentFilter = {
  merchantId: ONE_SHOP,
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

/** Days of a shop in Dhaka, six hours ahead: no period begins with one of the counts' own days. */
const period = (days: number): Partial<PaymentFilter> => ({
  createdFrom: new Date(NOW_MS - days * DAY_MS - 6 * HOUR_MS + 7 * 60_000).toISOString(),
  createdTo: new Date(NOW_MS).toISOString(),
});

type Ask = (time: number) => Promise<unknown>;

/** The panel's pages; each asks for something else every time where a person would. */
function pages(database: Database, count: number): readonly (readonly [page: string, ask: Ask])[] {
  const finder = new PaymentFinderQueries(database);
  const figures = new PaymentFiguresQueries(database);
  const shop = { merchantId: ONE_SHOP, livemode: true };
  const found = (filter: Partial<PaymentFilter>): Promise<unknown> => {
    const asked = { ...everything, ...filter };
    return Promise.all([finder.find(asked, { after: null, limit: PER_PAGE }), finder.totals(asked)]);
  };
  const one = (time: number): number => Math.floor(((time * 0.618_033_988_749_895) % 1) * count * 0.99);
  const trxId = (index: number): string => `T${index.toString(36).padStart(9, '0').toUpperCase()}`;
  const sender = (index: number): string => `017${String((index * 7_919) % 100_000).padStart(8, '0')}`;
  return [
    ['all', () => found({})],
    ['one day', () => found(period(1))],
    ['30 days', () => found(period(30))],
    ['11 months', (time) => found(period(335 - time))],
    ['11 months, completed', (time) => found({ ...period(335 - time), statuses: ['completed'] })],
    ['status=pending', () => found({ statuses: ['pending'] })],
    ['status=refunded', () => found({ statuses: ['refunded'] })],
    ['method=pix', () => found({ method: 'pix' })],
    ['method=pix, 30 days', () => found({ method: 'pix', ...period(30) })],
    ['source=payment_link', () => found({ source: 'payment_link' })],
    ['provider=rocket', () => found({ provider: 'rocket' })],
    ['provider=rocket, refunded', () => found({ provider: 'rocket', statuses: ['refunded'] })],
    ['wallet', () => found({ walletNumber: '01900000001' })],
    ['a wallet that nobody paid', () => found({ walletNumber: '01999999999' })],
    ['amounts from 500 to 600', () => found({ amountFromMinor: 50_000, amountToMinor: 60_000 })],
    ['q: TrxID', (time) => found({ needles: [{ by: 'trxId', value: trxId(one(time)) }] })],
    ['q: phone', (time) => found({ needles: [{ by: 'sender', value: sender(one(time)) }] })],
    ['q: invoice', (time) => found({ needles: [{ by: 'invoice', value: `INV-${one(time)}` }] })],
    ['q: customer', (time) => found({ needles: [{ by: 'customer', value: `customer ${one(time) % 50_000}` }] })],
    ['q: amount', (time) => found({ needles: [{ by: 'amount', value: 10_000 + (time % 40) * 2_500 }] })],
    [
      'Today',
      () =>
        Promise.all([
          figures.paidByHour(shop, new Date(NOW_MS - 19 * HOUR_MS), new Date(NOW_MS + 6 * HOUR_MS)),
          figures.paidByHour(shop, new Date(NOW_MS - 19 * HOUR_MS - 7 * DAY_MS), new Date(NOW_MS - 6.8 * DAY_MS)),
          figures.waiting(shop, new Date(NOW_MS - 300_000)),
          figures.hasPaid(shop),
        ]),
    ],
  ];
}

/** How long each page took, every time it was asked for. */
export async function searchOneShop(
  database: Database,
  count: number,
): Promise<readonly (readonly [page: string, tookMs: readonly number[]])[]> {
  const asked = pages(database, count);
  const took = asked.map(([page]) => [page, [] as number[]] as const);
  // Page after page, time after time: none finds only what it has just read itself.
  for (let time = 0; time < TIMES; time += 1)
    for (const [index, [, ask]] of asked.entries()) {
      const startedMs = performance.now();
      await ask(time);
      took[index]![1].push(performance.now() - startedMs);
    }
  return took;
}
