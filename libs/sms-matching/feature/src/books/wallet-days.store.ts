import type { ChainBreak, ListWalletDays, WalletDay, WalletDays } from '@paymatch/contracts';
import type { SqlRunner } from '@paymatch/platform-postgres';

const MOVEMENTS_MAX = 20_000;

type DayRow = {
  day: string;
  credit_count: number;
  credit_minor: number;
  in_minor: number;
  out_minor: number;
  closing_minor: number | null;
};

/** The days on which money came to the wallet or its messages told of any, newest first. */
export async function walletDays(runner: SqlRunner, query: ListWalletDays): Promise<WalletDays> {
  const { merchantId, livemode, walletId, from, to, zone } = query;
  const { rows } = await runner.query<DayRow>(
    `WITH money AS (
       SELECT (received_at AT TIME ZONE $6)::date AS day, count(*)::integer AS n, sum(amount_minor)::bigint AS minor
         FROM sms_matching.credits
        WHERE merchant_id = $1 AND livemode = $2 AND wallet_id = $3 AND received_at >= $4 AND received_at < $5
          GROUP BY 1
     ), told AS (
       SELECT (at AT TIME ZONE $6)::date AS day,
              coalesce(sum(amount_minor) FILTER (WHERE direction = 'in'), 0)::bigint AS in_minor,
              coalesce(sum(amount_minor) FILTER (WHERE direction = 'out'), 0)::bigint AS out_minor,
              (array_agg(balance_minor ORDER BY at DESC) FILTER (WHERE balance_minor IS NOT NULL))[1] AS closing_minor
         FROM sms_matching.wallet_movements
        WHERE wallet_id = $3 AND NOT is_contradicted AND at >= $4 AND at < $5 GROUP BY 1
     )
     SELECT day::text, coalesce(n, 0) AS credit_count, coalesce(minor, 0) AS credit_minor,
            coalesce(in_minor, 0) AS in_minor, coalesce(out_minor, 0) AS out_minor, closing_minor
       FROM money FULL JOIN told USING (day) ORDER BY day DESC LIMIT 400`,
    [merchantId, livemode, walletId, from, to, zone],
  );
  const days = rows.map((row): WalletDay => ({
    day: row.day,
    creditCount: row.credit_count,
    creditMinor: row.credit_minor,
    inMinor: row.in_minor,
    outMinor: row.out_minor,
    closingMinor: row.closing_minor,
  }));
  return { days, ...(await breaksOf(runner, query)) };
}

type StepRow = { at: Date; trx_id: string | null; expected: number | null; balance_minor: number; n: number };

/**
 * Where a balance is not the one before it with the movement's own sum. Movements of one minute have no order: only a
 * minute with one movement is held against another such.
 */
async function breaksOf(
  runner: SqlRunner,
  { walletId, from, to }: ListWalletDays,
): Promise<Pick<WalletDays, 'breaks' | 'isComplete'>> {
  const { rows } = await runner.query<StepRow>(
    `WITH course AS (
       SELECT at, trx_id, direction, amount_minor, coalesce(fee_minor, 0) AS fee_minor, balance_minor
         FROM sms_matching.wallet_movements
        WHERE wallet_id = $1 AND NOT is_contradicted AND at >= $2 AND at < $3 ORDER BY at DESC
          LIMIT ${MOVEMENTS_MAX + 1}
     ), minutes AS (
       SELECT at, count(*)::integer AS n, min(trx_id) AS trx_id, min(balance_minor) AS balance_minor,
              sum(CASE direction WHEN 'in' THEN amount_minor ELSE -amount_minor END - fee_minor)::bigint AS moved
         FROM course GROUP BY at
     ), steps AS (
       SELECT at, n, trx_id, balance_minor, moved, lag(balance_minor) OVER (ORDER BY at) AS earlier,
              lag(n) OVER (ORDER BY at) AS earlier_n FROM minutes
     )
     SELECT at, trx_id, (earlier + moved)::bigint AS expected, balance_minor, (SELECT count(*)::integer
       FROM course) AS n
       FROM steps
      WHERE n = 1 AND earlier_n = 1 AND earlier IS NOT NULL AND balance_minor IS NOT NULL
        AND earlier + moved <> balance_minor
      ORDER BY at DESC LIMIT 500`,
    [walletId, from, to],
  );
  const breaks = rows.map((row): ChainBreak => ({
    at: row.at.toISOString(),
    trxId: row.trx_id,
    expectedMinor: row.expected!,
    printedMinor: row.balance_minor,
  }));
  return { breaks, isComplete: rows.length < 500 && (rows[0]?.n ?? 0) <= MOVEMENTS_MAX };
}
