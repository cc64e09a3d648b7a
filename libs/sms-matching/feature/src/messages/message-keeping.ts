import type { GetReviewSettings, SetReviewSettings } from '@paymatch/contracts';
import type { SqlRunner } from '@paymatch/platform-postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export const KEPT_DAYS_MIN = 7;
export const KEPT_DAYS_MAX = 3_650;

/** For how long a shop keeps the texts of its messages; without a row, as the installation does. */
export class MessageKeeping1763780000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sms_matching.message_keeping (
        merchant_id text NOT NULL,
        livemode boolean NOT NULL,
        kept_days integer NOT NULL CHECK (kept_days BETWEEN ${KEPT_DAYS_MIN} AND ${KEPT_DAYS_MAX}),
        PRIMARY KEY (merchant_id, livemode)
      )`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

type Shop = Pick<GetReviewSettings, 'merchantId' | 'livemode'>;

export async function readKeptDays(runner: SqlRunner, { merchantId, livemode }: Shop): Promise<number | null> {
  const { rows } = await runner.query<{ kept_days: number }>(
    'SELECT kept_days FROM sms_matching.message_keeping WHERE merchant_id = $1 AND livemode = $2',
    [merchantId, livemode],
  );
  return rows[0]?.kept_days ?? null;
}

export async function setKeptDays(
  runner: SqlRunner,
  { merchantId, livemode, messagesKeptDays }: SetReviewSettings,
): Promise<void> {
  if (messagesKeptDays === undefined) return;
  if (messagesKeptDays === null)
    await runner.query('DELETE FROM sms_matching.message_keeping WHERE merchant_id = $1 AND livemode = $2', [
      merchantId,
      livemode,
    ]);
  else
    await runner.query(
      `INSERT INTO sms_matching.message_keeping (merchant_id, livemode, kept_days) VALUES ($1, $2, $3)
       ON CONFLICT (merchant_id, livemode) DO UPDATE SET kept_days = excluded.kept_days`,
      [merchantId, livemode, messagesKeptDays],
    );
}
