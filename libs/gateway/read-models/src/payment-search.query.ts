import type { PaymentSnapshot } from '@paymatch/contracts';
import type { SqlRunner } from '@paymatch/platform-postgres';
import { CountedPayments, type Slice } from './payment-search.counts.js';
import type { PaymentSearch, PaymentSearchQuery, PaymentSort, Standing } from './read-models.ports.js';

type Page = { readonly payments: readonly PaymentSnapshot[]; readonly total: number };
const STANDINGS: readonly Standing[] = ['open', 'settled', 'failed', 'expired'];
/** Where a payment stands at the time `$3`. */
const STANDING = `CASE WHEN status = 'awaiting_verification' OR (status = 'pending' AND expires_at > $3) THEN 'open'
                       WHEN status IN ('pending', 'expired') THEN 'expired' WHEN status = 'failed' THEN 'failed'
                         ELSE 'settled' END`;

/**
 * Contract B's lists. Without a customer or transactions to look for, totals and the place of a page come from the
 * counts; with them the rows are few enough to be counted. Every list is read in its falling order: a rising page is
 * the mirrored falling one, turned round.
 */
export class PaymentSearchQueries implements PaymentSearch {
  private readonly counted: CountedPayments;

  constructor(private readonly sql: SqlRunner) {
    this.counted = new CountedPayments(sql);
  }

  async search(query: PaymentSearchQuery): Promise<Page> {
    const isNarrow = query.customerId !== null || query.invoiceIds !== null;
    const standings = query.standings ?? STANDINGS;
    const range = isNarrow ? null : await this.counted.range(query, standings);
    const total = range?.total ?? (await this.count(query));
    const slice = sliceOf(query, total);
    if (slice === null) return { payments: [], total };
    const payments =
      range !== null && query.sort.by === 'created'
        ? await range.slice(slice)
        : range !== null && query.sort.by === 'standing'
          ? await this.standingSlice(query, query.sort.groups, slice)
          : await this.sorted(query, { ...slice, total });
    return { payments: query.direction === 'asc' ? payments.toReversed() : payments, total };
  }

  async settledTotals(merchant: {
    readonly merchantId: string;
    readonly livemode: boolean;
  }): Promise<readonly { readonly currency: string; readonly amountMinor: number }[]> {
    const { rows } = await this.sql.query<{ currency: string; amount_minor: number }>(
      `SELECT asked_currency AS currency, sum(settled_minor)::bigint AS amount_minor FROM gateway.payments_v1
        WHERE merchant_id = $1 AND livemode = $2 AND dialect = 'smartfastpay'
          AND status IN ('completed', 'partially_refunded', 'refunded')
        GROUP BY 1 ORDER BY 1`,
      [merchant.merchantId, merchant.livemode],
    );
    return rows.map((row) => ({ currency: row.currency, amountMinor: row.amount_minor }));
  }

  /** Group after group, each in the order of ids: what sorting by a standing's word comes to, without sorting. */
  private async standingSlice(
    query: PaymentSearchQuery,
    groups: readonly (readonly Standing[])[],
    slice: Slice,
  ): Promise<readonly PaymentSnapshot[]> {
    const payments: PaymentSnapshot[] = [];
    let { skip } = slice;
    for (const group of groups.toReversed()) {
      const standings = group.filter((standing) => query.standings === null || query.standings.includes(standing));
      if (standings.length === 0 || payments.length === slice.take) continue;
      const range = await this.counted.range(query, standings);
      if (skip < range.total)
        payments.push(
          ...(await range.slice({ skip, take: Math.min(slice.take - payments.length, range.total - skip) })),
        );
      skip = Math.max(0, skip - range.total);
    }
    return payments;
  }

  private async count(query: PaymentSearchQuery): Promise<number> {
    const { where, values } = filterOf(query);
    const {
      rows: [row],
    } = await this.sql.query<{ n: number }>(`SELECT count(*) AS n FROM gateway.payments_v1 WHERE ${where}`, values);
    return row?.n ?? 0;
  }

  /** Begins at whichever end of the order is nearer. */
  private async sorted(
    query: PaymentSearchQuery,
    slice: Slice & { readonly total: number },
  ): Promise<readonly PaymentSnapshot[]> {
    const { where, values } = filterOf(query);
    const fromEnd = slice.total - slice.skip - slice.take;
    const isMirrored = fromEnd < slice.skip;
    const direction = isMirrored ? 'ASC' : 'DESC';
    const { rows } = await this.sql.query<{ id: string; snapshot: PaymentSnapshot }>(
      `WITH page AS MATERIALIZED (
         SELECT id, row_number() OVER () AS place FROM (
           SELECT id FROM gateway.payments_v1 WHERE ${where} ORDER BY ${orderOf(query.sort, direction)} OFFSET
             $${values.length + 1} LIMIT $${values.length + 2}) AS ids)
       SELECT p.id, p.snapshot FROM page JOIN gateway.payments_v1 p ON p.id = page.id ORDER BY page.place`,
      [...values, isMirrored ? Math.max(0, fromEnd) : slice.skip, slice.take],
    );
    const payments = rows.map((row) => row.snapshot);
    return isMirrored ? payments.toReversed() : payments;
  }
}

/** Which rows of the falling order a page shows; `null` when it lies past the end. */
function sliceOf(query: PaymentSearchQuery, total: number): Slice | null {
  const before = (query.page - 1) * query.perPage;
  if (before >= total) return null;
  const take = Math.min(query.perPage, total - before);
  return { take, skip: query.direction === 'desc' ? before : total - before - take };
}

function filterOf(query: PaymentSearchQuery): { readonly where: string; readonly values: readonly unknown[] } {
  const values: unknown[] = [query.merchantId, query.livemode, new Date(query.nowMs)];
  // `$3` is named in any case: PostgreSQL must be able to tell the type of every value it is given.
  const where = [`merchant_id = $1 AND livemode = $2 AND dialect = 'smartfastpay' AND $3::timestamptz IS NOT NULL`];
  const add = (condition: (value: string) => string, value: unknown): void => {
    where.push(condition(`$${values.push(value)}`));
  };
  if (query.standings !== null) add((value) => `${STANDING} = ANY(${value})`, query.standings);
  if (query.customerId !== null) add((value) => `customer_id = ${value}`, query.customerId);
  if (query.invoiceIds !== null) add((value) => `invoice_id = ANY(${value})`, query.invoiceIds);
  if (query.createdFrom !== null) add((value) => `created_at >= ${value}`, query.createdFrom);
  if (query.createdTo !== null) add((value) => `created_at <= ${value}`, query.createdTo);
  return { where: where.join(' AND '), values };
}

function orderOf(sort: PaymentSort, direction: 'ASC' | 'DESC'): string {
  switch (sort.by) {
    case 'created':
      return `id ${direction}`;
    case 'amount':
      return `asked_minor ${direction}, id ${direction}`;
    case 'updated':
      return `updated_at ${direction}, id ${direction}`;
    case 'standing': {
      const ranks = sort.groups.flatMap((group, rank) => group.map((standing) => `WHEN '${standing}' THEN ${rank}`));
      return `CASE ${STANDING} ${ranks.join(' ')} END ${direction}, id ${direction}`;
    }
  }
}
