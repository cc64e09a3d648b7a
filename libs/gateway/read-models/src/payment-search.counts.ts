import type { PaymentSnapshot } from '@paymatch/contracts';
import type { SqlRunner } from '@paymatch/platform-postgres';
import { lastIdOf, seek, type Slot } from './payments-v1.lists.js';
import type { PaymentSearchQuery, Standing } from './read-models.ports.js';

/** Rows `skip + 1` to `skip + take` of a list, in its falling order. */
export type Slice = { readonly skip: number; readonly take: number };

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
/** Up to here it is cheaper to skip rows of an index than to look for a closer place to begin. */
const SKIP_ROWS_MAX = 1_000;

/** One kind of row in the order of ids; `overdue` picks of the pending ones those past their time, or the others. */
interface Part {
  readonly status: string;
  readonly overdue: boolean | null;
}

const PARTS: Readonly<Record<Standing, readonly Part[]>> = {
  open: [
    { status: 'pending', overdue: false },
    { status: 'awaiting_verification', overdue: null },
  ],
  settled: ['completed', 'partially_refunded', 'refunded'].map((status) => ({ status, overdue: null })),
  failed: [{ status: 'failed', overdue: null }],
  expired: [
    { status: 'pending', overdue: true },
    { status: 'expired', overdue: null },
  ],
};

export interface CountedRange {
  readonly total: number;
  /** Rows of the range, newest first. */
  slice(slice: Slice): Promise<readonly PaymentSnapshot[]>;
}

type Key = Pick<PaymentSearchQuery, 'merchantId' | 'livemode' | 'createdFrom' | 'createdTo' | 'nowMs'>;

/**
 * Contract B's payments of some standings between two moments, by means of the counts. A payment's id is made at its
 * creation, so a moment is a place in the order of ids: how many lie above it is the sum of whole days, of whole
 * minutes of its day, and of its own minute's rows.
 */
export class CountedPayments {
  constructor(private readonly sql: SqlRunner) {}

  async range(key: Key, standings: readonly Standing[]): Promise<CountedRange> {
    const parts = standings.flatMap((standing) => PARTS[standing]);
    const days = await this.slots(key, parts, { slotMinutes: DAY_MINUTES, from: 0, to: 2 ** 31 - 1 });
    const all = days.reduce((sum, day) => sum + day.n, 0);
    const newer = key.createdTo === null ? 0 : await this.countAfter({ key, parts, days }, key.createdTo, '>');
    const upTo = key.createdFrom === null ? all : await this.countAfter({ key, parts, days }, key.createdFrom, '>=');
    return {
      total: Math.max(0, upTo - newer),
      slice: ({ skip, take }) => this.slice({ key, parts, days }, { skip: newer + skip, take }),
    };
  }

  /** How many rows were created after a moment, or at it and after. */
  private async countAfter(
    list: { readonly key: Key; readonly parts: readonly Part[]; readonly days: readonly Slot[] },
    moment: string,
    comparison: '>' | '>=',
  ): Promise<number> {
    const minute = Math.floor(Date.parse(moment) / MINUTE_MS);
    const day = Math.floor(minute / DAY_MINUTES);
    const newerDays = list.days.filter(({ slot }) => slot > day).reduce((sum, { n }) => sum + n, 0);
    if (!list.days.some(({ slot }) => slot === day)) return newerDays;
    const minutes = await this.slots(list.key, list.parts, {
      slotMinutes: 1,
      from: minute,
      to: (day + 1) * DAY_MINUTES - 1,
    });
    const newerMinutes = minutes.filter(({ slot }) => slot > minute).reduce((sum, { n }) => sum + n, 0);
    if (!minutes.some(({ slot }) => slot === minute)) return newerDays + newerMinutes;
    const counts = list.parts.map(
      (part, index) =>
        `(SELECT count(*) FROM gateway.payments_v1 WHERE ${own(part, index)} AND id > $4 AND id <= $5
          AND created_at ${comparison} $6)`,
    );
    const {
      rows: [row],
    } = await this.sql.query<{ n: number }>(`SELECT ${counts.join(' + ')} AS n`, [
      ...ownValues(list.key),
      lastIdOf(minute - 1),
      lastIdOf(minute),
      moment,
      ...list.parts.map((part) => part.status),
    ]);
    return newerDays + newerMinutes + (row?.n ?? 0);
  }

  private async slice(
    list: { readonly key: Key; readonly parts: readonly Part[]; readonly days: readonly Slot[] },
    slice: Slice,
  ): Promise<readonly PaymentSnapshot[]> {
    if (slice.take === 0) return [];
    // Also for a short way: a kind of row that is rare must not be looked for among millions of younger ones.
    const day = seek(list.days, slice.skip);
    let { skip } = day;
    let beginId = lastIdOf(day.slot * DAY_MINUTES + DAY_MINUTES - 1);
    if (skip > SKIP_ROWS_MAX) {
      const minute = seek(
        await this.slots(list.key, list.parts, {
          slotMinutes: 1,
          from: day.slot * DAY_MINUTES,
          to: (day.slot + 1) * DAY_MINUTES - 1,
        }),
        skip,
      );
      skip = minute.skip;
      beginId = lastIdOf(minute.slot);
    }
    const heads = list.parts.map(
      (part, index) =>
        `(SELECT id FROM gateway.payments_v1 WHERE ${own(part, index)} AND id <= $4 ORDER BY id DESC
          LIMIT $5::bigint + $6::bigint)`,
    );
    const { rows } = await this.sql.query<{ snapshot: PaymentSnapshot }>(
      `SELECT p.snapshot FROM (SELECT id FROM (${heads.join(' UNION ALL ')}) AS head ORDER BY id DESC OFFSET $5
        LIMIT $6) AS page
         JOIN gateway.payments_v1 p ON p.id = page.id ORDER BY p.id DESC`,
      [...ownValues(list.key), beginId, skip, slice.take, ...list.parts.map((part) => part.status)],
    );
    return rows.map((row) => row.snapshot);
  }

  /**
   * How many rows each slot has, newest first. Of the pending ones, those past their time are counted where they stand:
   * the sweep keeps them few.
   */
  private async slots(
    key: Key,
    parts: readonly Part[],
    range: { readonly slotMinutes: number; readonly from: number; readonly to: number },
  ): Promise<readonly Slot[]> {
    const { merchantId, livemode } = key;
    const plain = parts.filter((part) => part.overdue !== true).map((part) => part.status);
    const { rows } = await this.sql.query<Slot>({
      name: 'smartfastpay slots',
      text: `SELECT slot, sum(n)::bigint AS n FROM gateway.payment_counts_v1
              WHERE merchant_id = $1 AND livemode = $2 AND dialect = 'smartfastpay' AND slot_minutes = $3
                AND status = ANY($4) AND slot BETWEEN $5 AND $6
              GROUP BY slot HAVING sum(n) <> 0`,
      values: [merchantId, livemode, range.slotMinutes, plain, range.from, range.to],
    });
    const slots = new Map(rows.map((row) => [row.slot, row.n]));
    const sign = overdueSign(parts);
    const overdue =
      sign === 0
        ? []
        : (
            await this.sql.query<Slot>(
              `SELECT minute / $4::integer AS slot, count(*) AS n FROM gateway.payments_v1
        WHERE merchant_id = $1 AND livemode = $2 AND dialect = 'smartfastpay' AND status = 'pending'
          AND expires_at <= $3 AND minute / $4::integer BETWEEN $5 AND $6 GROUP BY 1`,
              [merchantId, livemode, new Date(key.nowMs), range.slotMinutes, range.from, range.to],
            )
          ).rows;
    for (const { slot, n } of overdue) slots.set(slot, (slots.get(slot) ?? 0) + sign * n);
    return [...slots]
      .filter(([, n]) => n > 0)
      .sort(([a], [b]) => b - a)
      .map(([slot, n]) => ({ slot, n }));
  }
}

/**
 * What the overdue pending rows do to the counts of the plain statuses: belong to them, are missing from them, or
 * neither.
 */
function overdueSign(parts: readonly Part[]): number {
  const wantsOthers = parts.some((part) => part.overdue === false);
  const wantsOverdue = parts.some((part) => part.overdue === true);
  return wantsOthers === wantsOverdue ? 0 : wantsOverdue ? 1 : -1;
}

/** The rows of one part, as an index has them; its status is a value behind the six common ones. */
function own(part: Part, index: number): string {
  const time = part.overdue === null ? '' : ` AND expires_at ${part.overdue ? '<=' : '>'} $3`;
  return (
    `merchant_id = $1 AND livemode = $2 AND $3::timestamptz IS NOT NULL AND dialect = 'smartfastpay' AND status = ` +
    `$${index + 7}${time}`
  );
}

function ownValues(key: Key): readonly unknown[] {
  return [key.merchantId, key.livemode, new Date(key.nowMs)];
}
