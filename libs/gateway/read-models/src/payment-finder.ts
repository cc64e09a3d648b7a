import { paymentStatuses, type PaymentSnapshot } from '@paymatch/contracts';
import type { SqlRunner } from '@paymatch/platform-postgres';
import type { NamedCustomer } from './customers/customer-book.ports.js';
import { lastIdOf } from './payments-v1.lists.js';
import type {
  FoundPayments,
  PaymentFilter,
  PaymentFinder,
  PaymentNeedle,
  PaymentTotals,
} from './payment-finder.ports.js';

/** How many rows of one index are looked through for a page: what bounds its time, however rare a combination is. */
const LOOKED_THROUGH_MAX = 2_000;
const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
const BEYOND_EVERY_MINUTE = 2 ** 31 - 1;
/** Above every id: where the newest page begins. */
const NEWEST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const OLDEST_ID = '00000000-0000-0000-0000-000000000000';
const CURRENCY = `CASE dialect WHEN 'smartfastpay' THEN 'BRL' ELSE 'BDT' END`;

/** A condition that one index answers in the order of ids. */
type Driver = readonly [condition: (value: string) => string, value: unknown];

/**
 * Payments of both contracts as people look for them, newest first. Each way to look is one walk along one index; what
 * else is asked for is compared on the way, and the walk ends after some thousand rows: a page may then be short, and
 * `next` leads on.
 */
export class PaymentFinderQueries implements PaymentFinder {
  constructor(private readonly sql: SqlRunner) {}

  async find(
    filter: PaymentFilter,
    page: { readonly after: string | null; readonly limit: number },
  ): Promise<FoundPayments> {
    const range = idRange(filter, page.after);
    const { text, values } = candidates(filter, range, page.limit + 1);
    const { rows } = await this.sql.query<{ id: string; snapshot: PaymentSnapshot }>(
      `SELECT p.id, p.snapshot FROM (SELECT id FROM (${text}) AS found GROUP BY id ORDER BY id DESC
         LIMIT ${page.limit + 1}) AS page
         JOIN gateway.payments_v1 p ON p.id = page.id ORDER BY p.id DESC`,
      values,
    );
    const payments = rows.map(({ snapshot }) => snapshot);
    const shown = payments.slice(0, page.limit);
    if (payments.length > page.limit) return { payments: shown, next: shown.at(-1)!.id };
    const end = await this.endOfWalk(filter, range);
    return { payments: end === null ? shown : shown.filter(({ id }) => id >= end), next: end };
  }

  /** The id at which the first of the walks ended before its index did; `null`: nothing is left. */
  private async endOfWalk(filter: PaymentFilter, range: IdRange): Promise<string | null> {
    const values: unknown[] = [filter.merchantId, filter.livemode, range.below, range.above];
    const ends = driversOf(filter).map((driver) => {
      const walk = walkOf(driver, values);
      return `(SELECT id FROM gateway.payments_v1 WHERE ${walk} ORDER BY id DESC OFFSET ${LOOKED_THROUGH_MAX - 1}
        LIMIT 1)`;
    });
    const { rows } = await this.sql.query<{ id: string }>(
      `SELECT id FROM (${ends.join(' UNION ALL ')}) AS ends ORDER BY id DESC LIMIT 1`,
      values,
    );
    return rows[0]?.id ?? null;
  }

  async totals(filter: PaymentFilter): Promise<PaymentTotals> {
    return isCounted(filter) ? this.countedTotals(filter) : this.walkedTotals(filter);
  }

  /** Whole days, and the minutes at both ends. */
  private async countedTotals(filter: PaymentFilter): Promise<PaymentTotals> {
    const { from, to } = minuteRange(filter);
    const firstDay = Math.ceil(from / DAY_MINUTES);
    const lastDay = Math.max(firstDay, Math.floor(to / DAY_MINUTES));
    const isWithinOneDay = Math.floor(to / DAY_MINUTES) < firstDay;
    const { rows } = await this.sql.query<{ currency: string; n: number; amount_minor: number }>({
      name: 'payments-counted-totals',
      text: `SELECT ${CURRENCY} AS currency, sum(n)::bigint AS n, sum(amount_minor)::bigint AS amount_minor FROM (
               ${[
                 `slot_minutes = 1440 AND slot >= $5 AND slot < $6`,
                 `slot_minutes = 1 AND slot >= $7 AND slot < $8`,
                 `slot_minutes = 1 AND slot >= $9 AND slot < $10`,
               ]
                 .map(
                   (slots) => `SELECT dialect, n, amount_minor FROM gateway.payment_counts_v1
                     WHERE merchant_id = $1 AND livemode = $2 AND dialect = ANY($3) AND status = ANY($4) AND ${slots}`,
                 )
                 .join(' UNION ALL ')}) AS counted
             GROUP BY 1 HAVING sum(n) <> 0 ORDER BY 1`,
      values: [
        filter.merchantId,
        filter.livemode,
        ['fastaar', 'smartfastpay'],
        filter.statuses ?? paymentStatuses,
        ...(isWithinOneDay
          ? [0, 0, from, to, 0, 0]
          : [firstDay, lastDay, from, firstDay * DAY_MINUTES, lastDay * DAY_MINUTES, to]),
      ],
    });
    return totalsOf(rows, true);
  }

  private async walkedTotals(filter: PaymentFilter): Promise<PaymentTotals> {
    const range = idRange(filter, null);
    const { text, values } = candidates(filter, range, LOOKED_THROUGH_MAX);
    const { rows } = await this.sql.query<{ currency: string; n: number; amount_minor: number }>(
      `SELECT ${CURRENCY} AS currency, count(*) AS n, sum(amount_minor)::bigint AS amount_minor
         FROM (SELECT DISTINCT id, dialect, amount_minor FROM (${text}) AS found) AS told GROUP BY 1 ORDER BY 1`,
      values,
    );
    return totalsOf(rows, (await this.endOfWalk(filter, range)) === null);
  }
}

function totalsOf(
  rows: readonly { readonly currency: string; readonly n: number; readonly amount_minor: number }[],
  isExact: boolean,
): PaymentTotals {
  return {
    count: rows.reduce((sum, { n }) => sum + n, 0),
    isExact,
    byCurrency: rows.map(({ currency, n, amount_minor: amountMinor }) => ({ currency, count: n, amountMinor })),
  };
}

/** What the counts know: statuses and a period. */
function isCounted(filter: PaymentFilter): boolean {
  return (
    filter.needles === null &&
    filter.method === null &&
    filter.provider === null &&
    filter.walletNumber === null &&
    filter.source === null &&
    (filter.customer ?? null) === null &&
    filter.amountFromMinor === null &&
    filter.amountToMinor === null
  );
}

interface IdRange {
  readonly below: string;
  readonly above: string;
}

/** A period is one of whole minutes, and a range of ids: an id is made when its payment is. */
function idRange(filter: PaymentFilter, after: string | null): IdRange {
  const { from, to } = minuteRange(filter);
  const end = to === BEYOND_EVERY_MINUTE ? NEWEST_ID : lastIdOf(to - 1);
  return { below: after !== null && after < end ? after : end, above: from === 0 ? OLDEST_ID : lastIdOf(from - 1) };
}

function minuteRange({ createdFrom, createdTo }: PaymentFilter): { readonly from: number; readonly to: number } {
  return {
    from: createdFrom === null ? 0 : Math.max(0, Math.floor(Date.parse(createdFrom) / MINUTE_MS)),
    to: createdTo === null ? BEYOND_EVERY_MINUTE : Math.max(0, Math.ceil(Date.parse(createdTo) / MINUTE_MS)),
  };
}

function walkOf([condition, value]: Driver, values: unknown[]): string {
  const driven = value === undefined ? condition('') : condition(`$${values.push(value)}`);
  // The cursor names the last payment that one has; the end of a period is no payment's id.
  return `merchant_id = $1 AND livemode = $2 AND id < $3 AND id > $4 AND ${driven}`;
}

/** For each way to look: the newest that have everything asked for, among the first rows of its index. */
function candidates(
  filter: PaymentFilter,
  range: IdRange,
  limit: number,
): { readonly text: string; readonly values: readonly unknown[] } {
  const values: unknown[] = [filter.merchantId, filter.livemode, range.below, range.above];
  const walks = driversOf(filter).map((driver) => walkOf(driver, values));
  const wanted = conditionsOf(filter, values);
  const text = walks
    .map(
      (walk) => `(SELECT id, dialect, amount_minor FROM (
          SELECT id, dialect, status, method, provider, wallet_number, source, customer_id, amount_minor
            FROM gateway.payments_v1
           WHERE ${walk} ORDER BY id DESC LIMIT ${LOOKED_THROUGH_MAX}) AS walked
        WHERE ${wanted} ORDER BY id DESC LIMIT ${limit})`,
    )
    .join(' UNION ALL ');
  return { text, values };
}

function conditionsOf(filter: PaymentFilter, values: unknown[]): string {
  const conditions = ['true'];
  const add = (condition: (value: string) => string, value: unknown): void => {
    if (value !== null) conditions.push(condition(`$${values.push(value)}`));
  };
  add((value) => `status = ANY(${value}::text[])`, filter.statuses);
  add((value) => `method = ${value}`, filter.method);
  add((value) => `provider = ${value}`, filter.provider);
  add((value) => `wallet_number = ${value}`, filter.walletNumber);
  add((value) => `source = ${value}`, filter.source);
  add((value) => `customer_id = ${value}`, filter.customer?.reference ?? null);
  add((value) => `dialect = ${value}`, filter.customer?.contract ?? null);
  add((value) => `amount_minor >= ${value}`, filter.amountFromMinor);
  add((value) => `amount_minor <= ${value}`, filter.amountToMinor);
  return conditions.join(' AND ');
}

const NEEDLES: Readonly<Record<Exclude<PaymentNeedle['by'], 'namedCustomer'>, (value: string) => string>> = {
  id: (value) => `id = ${value}`,
  invoice: (value) => `invoice_id = ${value}`,
  trxId: (value) => `trx_id = ${value}`,
  sender: (value) => `sender_number = ${value}`,
  customer: (value) => `customer_id = ${value}`,
  amount: (value) => `amount_minor = ${value}`,
};

/** The contract is one of two words of ours, not what somebody typed. */
function customerDriver({ contract, reference }: NamedCustomer): Driver {
  return [(value) => `customer_id = ${value} AND dialect = '${contract}'`, reference];
}

/** The walks: one for each thing that a text may mean, or one along the index that fits the filters best. */
function driversOf(filter: PaymentFilter): readonly Driver[] {
  if (filter.needles !== null)
    return filter.needles.map((needle) =>
      needle.by === 'namedCustomer' ? customerDriver(needle.value) : [NEEDLES[needle.by], needle.value],
    );
  const customer = filter.customer ?? null;
  if (customer !== null) return [customerDriver(customer)];
  const { amountFromMinor, amountToMinor, source, method, statuses } = filter;
  if (amountFromMinor !== null && amountFromMinor === amountToMinor)
    return [[(value) => `amount_minor = ${value}`, amountFromMinor]];
  if (source !== null && source !== 'api') return [[(value) => `source = ${value} AND source <> 'api'`, source]];
  if (method !== null && method !== 'wallet') return [[(value) => `method = ${value} AND method <> 'wallet'`, method]];
  // Each status has a walk of its own: an index of several is in no order of ids.
  if (statuses !== null) return statuses.map((status) => [(value) => `status = ${value}`, status]);
  return [[() => 'true', undefined]];
}
