import { paymentStatuses, type PaymentSnapshot } from '@paymatch/contracts';
import type { SqlRunner } from '@paymatch/platform-postgres';
import { paymentTablesV1, type PaymentTables } from './payments-v1.projection.js';
import type { PaymentListQuery } from './read-models.ports.js';

const DAY_MINUTES = 1440;
/** Up to here it is cheaper to skip rows of an index than to look for a closer place to begin. */
const SKIP_ROWS_MAX = 1_000;
/** Above every id: where the newest page begins. */
const NEWEST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

type Page = { readonly payments: readonly PaymentSnapshot[]; readonly total: number };
export type Slot = { slot: number; n: number };

/**
 * Lists, newest first. Totals and the place where a page begins come from the counts, so page 60,000 costs what page 1
 * costs. A pending payment past its time is listed and counted as expired; the sweep keeps those few, and an index
 * finds just them.
 */
export class PaymentLists {
  constructor(
    private readonly sql: SqlRunner,
    private readonly tables: PaymentTables = paymentTablesV1,
  ) {}

  async list(query: PaymentListQuery): Promise<Page> {
    if (query.invoiceId !== null) return this.listInvoice(query, query.invoiceId);
    const days = await this.slots(query, { slotMinutes: DAY_MINUTES, from: 0, to: 2 ** 31 - 1 });
    const total = days.reduce((sum, day) => sum + day.n, 0);
    let skip = (query.page - 1) * query.perPage;
    if (skip >= total) return { payments: [], total };
    let beginId = NEWEST_ID;
    if (skip > SKIP_ROWS_MAX) {
      const day = seek(days, skip);
      skip = day.skip;
      beginId = lastIdOf(day.slot * DAY_MINUTES + DAY_MINUTES - 1);
      if (skip > SKIP_ROWS_MAX) {
        const minute = seek(
          await this.slots(query, {
            slotMinutes: 1,
            from: day.slot * DAY_MINUTES,
            to: (day.slot + 1) * DAY_MINUTES - 1,
          }),
          skip,
        );
        skip = minute.skip;
        beginId = lastIdOf(minute.slot);
      }
    }
    return { payments: await this.page(query, beginId, skip), total };
  }

  /** How many payments the list has in each slot, newest first. */
  private async slots(
    query: PaymentListQuery,
    range: { readonly slotMinutes: number; readonly from: number; readonly to: number },
  ): Promise<readonly Slot[]> {
    const counted = await this.sql.query<Slot>({
      name: `slots ${this.tables.counts} ${query.status === null ? 'all' : 'one'}`,
      text: `SELECT slot, sum(n)::bigint AS n FROM ${this.tables.counts}
              WHERE merchant_id = $1 AND livemode = $2 AND slot_minutes = $3 AND slot BETWEEN $4 AND $5
                AND status = ANY($6) AND dialect = ANY($7)
              GROUP BY slot HAVING sum(n) <> 0 ORDER BY slot DESC`,
      values: [
        query.merchantId,
        query.livemode,
        range.slotMinutes,
        range.from,
        range.to,
        query.status === null ? paymentStatuses : [query.status],
        dialectsOf(query),
      ],
    });
    if (query.status !== 'pending' && query.status !== 'expired') return counted.rows;
    const slots = new Map(counted.rows.map((row) => [row.slot, row.n]));
    const overdue = await this.sql.query<Slot>(
      `SELECT minute / $4::integer AS slot, count(*) AS n FROM ${this.tables.payments}
        WHERE merchant_id = $1 AND livemode = $2 AND status = 'pending' AND expires_at <= $3
          AND minute / $4::integer BETWEEN $5 AND $6 AND dialect = ANY($7) GROUP BY 1`,
      [
        query.merchantId,
        query.livemode,
        new Date(query.nowMs),
        range.slotMinutes,
        range.from,
        range.to,
        dialectsOf(query),
      ],
    );
    const sign = query.status === 'expired' ? 1 : -1;
    for (const { slot, n } of overdue.rows) slots.set(slot, (slots.get(slot) ?? 0) + sign * n);
    return [...slots]
      .filter(([, n]) => n > 0)
      .sort(([a], [b]) => b - a)
      .map(([slot, n]) => ({ slot, n }));
  }

  private async page(query: PaymentListQuery, beginId: string, skip: number): Promise<readonly PaymentSnapshot[]> {
    const { payments } = this.tables;
    // A payment's contract is carried by these indexes but not their order: nearly every merchant speaks one of the
    // two.
    const own = `SELECT id FROM ${payments} WHERE merchant_id = $1 AND livemode = $2 AND id <= $3
      AND dialect = ANY($6)`;
    const values: unknown[] = [query.merchantId, query.livemode, beginId, skip, query.perPage, dialectsOf(query)];
    let ids = `${own} ORDER BY id DESC OFFSET $4 LIMIT $5`;
    if (query.status === 'pending') {
      ids = `${own} AND status = 'pending' AND expires_at > $7 ORDER BY id DESC OFFSET $4 LIMIT $5`;
      values.push(new Date(query.nowMs));
    } else if (query.status === 'expired') {
      ids = `SELECT id FROM ((${own} AND status = 'expired' ORDER BY id DESC LIMIT $4::bigint + $5::bigint)
               UNION ALL (${own} AND status = 'pending' AND expires_at <= $7 ORDER BY id DESC
                 LIMIT $4::bigint + $5::bigint)) AS either ORDER BY id DESC OFFSET $4 LIMIT $5`;
      values.push(new Date(query.nowMs));
    } else if (query.status !== null) {
      ids = `${own} AND status = $7 ORDER BY id DESC OFFSET $4 LIMIT $5`;
      values.push(query.status);
    }
    const { rows } = await this.sql.query<{ snapshot: PaymentSnapshot }>(
      `SELECT p.snapshot FROM (${ids}) AS page JOIN ${payments} p ON p.id = page.id ORDER BY p.id DESC`,
      values,
    );
    return rows.map((row) => row.snapshot);
  }

  /** An invoice has one open payment and perhaps a few that failed or expired before it: these may be counted. */
  private async listInvoice(query: PaymentListQuery, invoiceId: string): Promise<Page> {
    const filter = `merchant_id = $1 AND livemode = $2 AND invoice_id = $3 AND dialect = ANY($6)
      AND ($4::text IS NULL OR $4 = CASE WHEN status = 'pending' AND expires_at <= $5 THEN 'expired' ELSE status END)`;
    const values = [
      query.merchantId,
      query.livemode,
      invoiceId,
      query.status,
      new Date(query.nowMs),
      dialectsOf(query),
    ];
    const {
      rows: [counted],
    } = await this.sql.query<{ n: number }>(
      `SELECT count(*) AS n FROM ${this.tables.payments} WHERE ${filter}`,
      values,
    );
    const { rows } = await this.sql.query<{ snapshot: PaymentSnapshot }>(
      `SELECT snapshot FROM ${this.tables.payments} WHERE ${filter} ORDER BY id DESC OFFSET $7 LIMIT $8`,
      [...values, (query.page - 1) * query.perPage, query.perPage],
    );
    return { payments: rows.map((row) => row.snapshot), total: counted?.n ?? 0 };
  }
}

const ALL_DIALECTS = ['fastaar', 'smartfastpay'];

function dialectsOf(query: PaymentListQuery): readonly string[] {
  return query.dialect === undefined ? ALL_DIALECTS : [query.dialect];
}

/** The slot that holds the row after `skip` others, and how many of its own rows come before it. */
export function seek(slots: readonly Slot[], skip: number): { readonly slot: number; readonly skip: number } {
  let left = skip;
  for (const { slot, n } of slots) {
    if (left < n) return { slot, skip: left };
    left -= n;
  }
  throw new RangeError(`${skip} rows to skip, but the slots hold only ${skip - left}`);
}

/** No id made in that minute is above this one. */
export function lastIdOf(minute: number): string {
  const ms = ((minute + 1) * 60_000 - 1).toString(16).padStart(12, '0');
  return `${ms.slice(0, 8)}-${ms.slice(8)}-ffff-ffff-ffffffffffff`;
}

/** No id made from that moment on is below this one. */
export function firstIdAt(atMs: number): string {
  const ms = atMs.toString(16).padStart(12, '0');
  return `${ms.slice(0, 8)}-${ms.slice(8)}-0000-0000-000000000000`;
}
