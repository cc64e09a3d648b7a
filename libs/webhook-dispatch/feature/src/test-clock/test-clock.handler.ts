import type { AdvanceTestClock, TestClockReply } from '@paymatch/contracts';
import { invalid, type CommandContext } from '../endpoints/command-context.js';

/** A shop's test mode has no more unfinished webhooks than this by far; what is beyond stays as it is. */
const MOVED_MAX = 10_000;

/**
 * Test webhooks that wait for another try have waited that much longer, and endpoints that are left in peace for a
 * while have been. What is under way is left to whoever sends it. Each delivery is tried once, however many tries the
 * time would have held: the next one is planned from when this one has failed.
 */
export function advanceTestClock(command: AdvanceTestClock, context: CommandContext): Promise<TestClockReply> {
  const { merchantId, jump, byMs } = command;
  if (command.livemode) throw invalid('livemode');
  if (!Number.isSafeInteger(jump)) throw invalid('jump');
  if (!Number.isSafeInteger(byMs) || byMs <= 0) throw invalid('byMs');
  const { database, nowMs } = context;
  return database.transaction(async (tx) => {
    const taken = await tx.query(
      `INSERT INTO webhook_dispatch.test_clocks (merchant_id, last_jump) VALUES ($1, $2)
       ON CONFLICT (merchant_id) DO UPDATE SET last_jump = excluded.last_jump
         WHERE test_clocks.last_jump < excluded.last_jump RETURNING 1`,
      [merchantId, jump],
    );
    if (taken.rows.length === 0) return { moved: 0 };
    // Locked in the order of all who lock several; a lease's end is nobody's wait.
    const { rows } = await tx.query<{ receiver: string }>(
      `WITH waiting AS (
         SELECT s.delivery_id FROM webhook_dispatch.schedule s
         JOIN webhook_dispatch.deliveries d ON d.id = s.delivery_id
         WHERE d.merchant_id = $1 AND NOT d.livemode AND s.lease_id IS NULL AND s.due_at > $3
         ORDER BY s.payment_id, s.sequence, s.receiver LIMIT $4 FOR UPDATE OF s
       )
       UPDATE webhook_dispatch.schedule s SET due_at = s.due_at - $2 * interval '1 millisecond'
       FROM waiting WHERE s.delivery_id = waiting.delivery_id AND s.lease_id IS NULL RETURNING s.receiver`,
      [merchantId, byMs, new Date(nowMs), MOVED_MAX],
    );
    // A host that takes callbacks of several merchants is not this one's to wake.
    await tx.query(
      `UPDATE webhook_dispatch.receivers r SET paused_until = r.paused_until - $2 * interval '1 millisecond'
       FROM (SELECT id FROM webhook_dispatch.receivers WHERE id = ANY($1) AND id LIKE 'endpoint:%' ORDER BY id
         FOR UPDATE) own
       WHERE r.id = own.id`,
      [[...new Set(rows.map(({ receiver }) => receiver))], byMs],
    );
    return { moved: rows.length };
  });
}
