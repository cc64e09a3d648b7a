import type { Tx } from '@paymatch/platform-postgres';
import {
  healthyReceiver,
  nextHealth,
  type AttemptOutcome,
  type ReceiverHealth,
} from '@paymatch/webhook-dispatch-domain';

export interface ReceiverOutcome {
  readonly receiver: string;
  readonly outcome: AttemptOutcome;
}

/** Folds outcomes into the health of their receivers. A receiver that was and stays healthy costs no write. */
export async function recordHealth(tx: Tx, outcomes: readonly ReceiverOutcome[], nowMs: number): Promise<void> {
  const ids = [...new Set(outcomes.map(({ receiver }) => receiver))].sort();
  const { rows } = await tx.query<{ id: string; consecutive_failures: number; paused_until: Date | null }>(
    'SELECT id, consecutive_failures, paused_until FROM webhook_dispatch.receivers WHERE id = ANY($1) ORDER BY id FOR UPDATE',
    [ids],
  );
  const before = new Map<string, ReceiverHealth>(
    rows.map((row) => [
      row.id,
      { consecutiveFailures: row.consecutive_failures, pausedUntilMs: row.paused_until?.getTime() ?? null },
    ]),
  );
  const after = new Map<string, ReceiverHealth>();
  for (const { receiver, outcome } of outcomes) {
    after.set(receiver, nextHealth(after.get(receiver) ?? before.get(receiver) ?? healthyReceiver, outcome, nowMs));
  }
  const ill = ids.filter((id) => after.get(id)!.consecutiveFailures > 0);
  const recovered = ids.filter((id) => before.has(id) && after.get(id)!.consecutiveFailures === 0);
  if (recovered.length > 0) await forgetHealth(tx, recovered);
  if (ill.length === 0) return;
  await tx.query(
    `INSERT INTO webhook_dispatch.receivers (id, consecutive_failures, paused_until)
     SELECT * FROM unnest($1::text[], $2::int[], $3::timestamptz[])
     ON CONFLICT (id) DO UPDATE SET consecutive_failures = excluded.consecutive_failures,
       paused_until = excluded.paused_until`,
    [ill, ill.map((id) => after.get(id)!.consecutiveFailures), ill.map((id) => toDate(after.get(id)!.pausedUntilMs))],
  );
}

/** What was learnt about an address says nothing about the next one. */
export async function forgetHealth(tx: Tx, receivers: readonly string[]): Promise<void> {
  await tx.query('DELETE FROM webhook_dispatch.receivers WHERE id = ANY($1)', [receivers]);
}

function toDate(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
