import type { AdvanceTestClock, TestClockReply } from '@paymatch/contracts';
import type { Database } from '@paymatch/platform-postgres';
import { inMerchantTransaction } from '../slots/merchant-transaction.js';
import { refusal } from './credit-refusal.js';

/**
 * TrxIDs that wait for their message, and money that waits for whoever claims it, have waited that much longer. The
 * sweep finds what is due.
 */
export function advanceTestClock(
  database: Database,
  command: AdvanceTestClock,
  nowMs: number,
): Promise<TestClockReply> {
  const { merchantId, jump, byMs } = command;
  if (command.livemode || !Number.isSafeInteger(jump) || !Number.isSafeInteger(byMs) || byMs <= 0)
    throw refusal('INVALID_COMMAND', { jump, byMs });
  return inMerchantTransaction(database, { merchants: [command] }, async (tx) => {
    const taken = await tx.query(
      `INSERT INTO sms_matching.test_clocks (merchant_id, last_jump) VALUES ($1, $2)
       ON CONFLICT (merchant_id) DO UPDATE SET last_jump = excluded.last_jump
         WHERE test_clocks.last_jump < excluded.last_jump RETURNING 1`,
      [merchantId, jump],
    );
    if (taken.rows.length === 0) return { moved: 0 };
    const values = [merchantId, byMs, new Date(nowMs)];
    const claims = await tx.query(
      `UPDATE sms_matching.claims SET waits_until = waits_until - $2 * interval '1 millisecond'
        WHERE merchant_id = $1 AND NOT livemode AND waits_until > $3 RETURNING 1`,
      values,
    );
    // Only what nobody has claimed: what waits for an answer of payments waits for a machine, not for time.
    const credits = await tx.query(
      `UPDATE sms_matching.credits SET attention_at = attention_at - $2 * interval '1 millisecond'
        WHERE merchant_id = $1 AND NOT livemode AND status = 'open' AND attention_at > $3 RETURNING 1`,
      values,
    );
    return { moved: claims.rows.length + credits.rows.length };
  });
}
