import type { SqlRunner } from '@paymatch/platform-postgres';
import { firstIdAt } from './payments-v1.lists.js';
import type { PaidHour, PaidToWallet, PaymentFigures, WaitingPayments } from './payment-figures.ports.js';

const MINUTE_MS = 60_000;
const PAID = ['completed', 'partially_refunded', 'refunded'];
const DIALECTS = ['fastaar', 'smartfastpay'];
/** Payments that wait for money are looked through up to here, oldest first. */
const WAITING_MAX = 1_000;

type Shop = { readonly merchantId: string; readonly livemode: boolean };

/** What a shop's first screen shows, from the counts and from the few payments that wait. */
export class PaymentFiguresQueries implements PaymentFigures {
  constructor(private readonly sql: SqlRunner) {}

  async paidByHour({ merchantId, livemode }: Shop, from: Date, to: Date): Promise<readonly PaidHour[]> {
    const firstMinute = Math.floor(from.getTime() / MINUTE_MS);
    const { rows } = await this.sql.query<{ hour: number; currency: string; n: number; amount_minor: number }>({
      name: 'payments-paid-by-hour',
      text: `SELECT (slot - $5) / 60 AS hour, CASE dialect WHEN 'smartfastpay' THEN 'BRL' ELSE 'BDT' END AS currency,
                    sum(n)::bigint AS n, sum(amount_minor)::bigint AS amount_minor
               FROM gateway.payment_counts_v1
              WHERE merchant_id = $1 AND livemode = $2 AND dialect = ANY($3) AND slot_minutes = 1 AND status = ANY($4)
                AND slot >= $5 AND slot < $6
              GROUP BY 1, 2 HAVING sum(n) <> 0 ORDER BY 1, 2`,
      values: [merchantId, livemode, DIALECTS, PAID, firstMinute, Math.ceil(to.getTime() / MINUTE_MS)],
    });
    return rows.map(({ hour, currency, n, amount_minor: amountMinor }) => ({ hour, currency, count: n, amountMinor }));
  }

  async waiting({ merchantId, livemode }: Shop, stuckBefore: Date): Promise<WaitingPayments> {
    const { rows } = await this.sql.query<{ n: number; stuck: number; oldest: string | null }>({
      name: 'payments-waiting',
      text: `SELECT count(*)::integer AS n, min(submitted) AS oldest,
                    count(*) FILTER (WHERE submitted < $3)::integer AS stuck
               FROM (SELECT snapshot ->> 'updatedAt' AS submitted FROM gateway.payments_v1
                      WHERE merchant_id = $1 AND livemode = $2 AND status = 'awaiting_verification'
                      ORDER BY id LIMIT ${WAITING_MAX}) AS waiting`,
      // All are ISO 8601 UTC of one length: as texts they stand in the order of time.
      values: [merchantId, livemode, stuckBefore.toISOString()],
    });
    const [row] = rows;
    return {
      count: row?.n ?? 0,
      isExact: (row?.n ?? 0) < WAITING_MAX,
      oldestAt: row?.oldest ?? null,
      stuckCount: row?.stuck ?? 0,
    };
  }

  async paidToWallets(
    { merchantId, livemode }: Shop,
    { numbers, day, month }: { readonly numbers: readonly string[]; readonly day: Date; readonly month: Date },
  ): Promise<readonly PaidToWallet[]> {
    if (numbers.length === 0) return [];
    const { rows } = await this.sql.query<{ provider: string; number: string; day: number; month: number }>({
      name: 'payments-paid-to-wallets',
      // Statuses stand in the text as they stand in the index.
      text: `SELECT provider, wallet_number AS number, sum(amount_minor)::bigint AS month,
                    coalesce(sum(amount_minor) FILTER (WHERE id >= $4), 0)::bigint AS day
               FROM gateway.payments_v1
              WHERE merchant_id = $1 AND livemode = $2 AND wallet_number = ANY($3) AND wallet_number IS NOT NULL
                AND status IN ('completed', 'partially_refunded', 'refunded') AND id >= $5
              GROUP BY 1, 2`,
      values: [merchantId, livemode, numbers, firstIdAt(day.getTime()), firstIdAt(month.getTime())],
    });
    return rows.map((row) => ({
      provider: row.provider,
      number: row.number,
      dayMinor: row.day,
      monthMinor: row.month,
    }));
  }

  async hasPaid({ merchantId, livemode }: Shop): Promise<boolean> {
    const { rows } = await this.sql.query<{ n: number | null }>({
      name: 'payments-has-paid',
      text: `SELECT sum(n)::bigint AS n FROM gateway.payment_counts_v1 WHERE merchant_id = $1 AND livemode = $2
               AND dialect = ANY($3) AND slot_minutes = 1440 AND status = ANY($4)`,
      values: [merchantId, livemode, DIALECTS, PAID],
    });
    return (rows[0]?.n ?? 0) > 0;
  }
}
