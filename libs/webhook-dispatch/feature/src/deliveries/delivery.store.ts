import type { WebhookEventName } from '@paymatch/contracts';
import type { Tx } from '@paymatch/platform-postgres';
import { outcomeEvents } from '@paymatch/webhook-dispatch-domain';

export interface NewDelivery {
  readonly id: string;
  readonly merchantId: string;
  readonly livemode: boolean;
  /** `null`: the payment's own callback; an endpoint's URL is looked up when it is sent, so that a corrected one serves all. */
  readonly endpointId: string | null;
  readonly receiver: string;
  readonly paymentId: string;
  readonly event: WebhookEventName;
  readonly eventId: string;
  readonly sequence: number;
  /** Nobody receives there now: it waits until the endpoint is open again. */
  readonly isHeld: boolean;
}

/**
 * Locks the unfinished deliveries of these payments, in one order for everybody, and tells which payments have some for which receiver.
 * Who adds a delivery and who finishes the one before it both come through here; without it the new one could be put
 * behind an earlier one that is being finished at this moment, and nobody would ever release it.
 */
export async function lockPendingOf(tx: Tx, paymentIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await tx.query<{ receiver: string; payment_id: string }>(
    `SELECT receiver, payment_id FROM webhook_dispatch.deliveries WHERE payment_id = ANY($1::uuid[]) AND status = 'pending'
     ORDER BY payment_id, sequence, receiver FOR UPDATE`,
    [paymentIds],
  );
  return new Set(rows.map((row) => lineOf(row.receiver, row.payment_id)));
}

/** Adds those that are not there yet; the key is (event, receiver). Returns how many were new. */
export async function insertDeliveries(tx: Tx, deliveries: readonly NewDelivery[], nowMs: number): Promise<number> {
  const paymentIds = [...new Set(deliveries.map((delivery) => delivery.paymentId))];
  const blocked = new Set(await lockPendingOf(tx, paymentIds));
  const dueAt = deliveries.map(({ isHeld, receiver, paymentId }) => {
    const line = lineOf(receiver, paymentId);
    if (isHeld || blocked.has(line)) return null;
    blocked.add(line);
    return new Date(nowMs);
  });
  const column = <K extends keyof NewDelivery>(key: K): readonly NewDelivery[K][] =>
    deliveries.map((delivery) => delivery[key]);
  const { rowCount } = await tx.query({
    name: 'webhook-deliveries-insert',
    text: `INSERT INTO webhook_dispatch.deliveries
        (id, merchant_id, livemode, endpoint_id, receiver, payment_id, event, event_id, sequence, next_attempt_at, created_at)
      SELECT fresh.*, $11::timestamptz FROM unnest($1::uuid[], $2::text[], $3::boolean[], $4::uuid[], $5::text[], $6::uuid[], $7::text[],
        $8::uuid[], $9::int[], $10::timestamptz[]) AS fresh
      ON CONFLICT ON CONSTRAINT deliveries_once_per_event DO NOTHING`,
    values: [
      column('id'),
      column('merchantId'),
      column('livemode'),
      column('endpointId'),
      column('receiver'),
      column('paymentId'),
      column('event'),
      column('eventId'),
      column('sequence'),
      dueAt,
      new Date(nowMs),
    ],
  });
  // What was put behind another may be its payment's first: that other was not inserted again, or has failed and is superseded by it.
  if (dueAt.includes(null)) {
    await supersedeFailed(tx, paymentIds);
    await releaseHeads(tx, paymentIds, nowMs);
  }
  return rowCount ?? 0;
}

/** At endpoints of `latest_wins`, a delivery that has failed makes room for a newer one of its payment, and is never sent after it. */
export async function supersedeFailed(tx: Tx, paymentIds: readonly string[]): Promise<void> {
  await tx.query({
    name: 'webhook-deliveries-supersede',
    text: `UPDATE webhook_dispatch.deliveries d SET status = 'superseded', next_attempt_at = NULL, held_due_at = NULL
      FROM webhook_dispatch.endpoints e
      WHERE d.payment_id = ANY($1::uuid[]) AND d.status = 'pending' AND d.attempts_made > 0 AND d.lease_id IS NULL
        AND e.id = d.endpoint_id AND e.delivery_order = 'latest_wins'
        AND EXISTS (SELECT 1 FROM webhook_dispatch.deliveries newer
                    WHERE newer.payment_id = d.payment_id AND newer.receiver = d.receiver AND newer.status = 'pending'
                      AND newer.sequence > d.sequence AND (newer.event = ANY($2) OR NOT d.event = ANY($2)))`,
    values: [[...new Set(paymentIds)], outcomeEvents],
  });
}

/** Makes the first unfinished delivery of each payment and receiver due, unless it is already, or its endpoint is closed. */
export async function releaseHeads(tx: Tx, paymentIds: readonly string[], nowMs: number): Promise<void> {
  await tx.query({
    name: 'webhook-deliveries-release',
    text: `UPDATE webhook_dispatch.deliveries d SET next_attempt_at = greatest($2, d.held_due_at), held_due_at = NULL
      FROM (SELECT DISTINCT ON (payment_id, receiver) id FROM webhook_dispatch.deliveries
            WHERE payment_id = ANY($1::uuid[]) AND status = 'pending' ORDER BY payment_id, receiver, sequence) head
      WHERE d.id = head.id AND d.next_attempt_at IS NULL
        AND (d.endpoint_id IS NULL OR EXISTS (SELECT 1 FROM webhook_dispatch.endpoints e
                                              WHERE e.id = d.endpoint_id AND e.url IS NOT NULL AND e.status = 'active'))`,
    values: [[...new Set(paymentIds)], new Date(nowMs)],
  });
}

/** Takes closed endpoints' deliveries off the schedule; those being sent right now are held when their attempt is recorded. */
export async function holdDeliveries(tx: Tx, endpointIds: readonly string[]): Promise<void> {
  await tx.query(
    `UPDATE webhook_dispatch.deliveries SET held_due_at = next_attempt_at, next_attempt_at = NULL
     WHERE endpoint_id = ANY($1::uuid[]) AND status = 'pending' AND next_attempt_at IS NOT NULL AND lease_id IS NULL`,
    [endpointIds],
  );
}

/** An endpoint is open again: each payment's first one is due when it was before, and at a new URL now, with the whole schedule before it. */
export async function resumeDeliveries(
  tx: Tx,
  endpointId: string,
  resumed: { readonly nowMs: number; readonly isNewUrl: boolean },
): Promise<void> {
  const now = new Date(resumed.nowMs);
  if (resumed.isNewUrl)
    await tx.query(
      `UPDATE webhook_dispatch.deliveries SET attempts_made = 0, held_due_at = NULL
       WHERE endpoint_id = $1 AND status = 'pending' AND lease_id IS NULL AND (attempts_made > 0 OR held_due_at IS NOT NULL)`,
      [endpointId],
    );
  await tx.query(
    `UPDATE webhook_dispatch.deliveries d SET next_attempt_at = greatest($2, held_due_at), held_due_at = NULL
     WHERE endpoint_id = $1 AND status = 'pending' AND next_attempt_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM webhook_dispatch.deliveries earlier
                       WHERE earlier.payment_id = d.payment_id AND earlier.receiver = d.receiver AND earlier.status = 'pending'
                         AND earlier.sequence < d.sequence)`,
    [endpointId, now],
  );
}

/** A disabled endpoint is tried with the first unfinished delivery of the payment that waits longest; `false` when there is none, or it is under way. */
export async function releaseOldest(tx: Tx, endpointId: string, nowMs: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE webhook_dispatch.deliveries SET next_attempt_at = $2, held_due_at = NULL
     WHERE next_attempt_at IS NULL AND id = (
       SELECT d.id FROM webhook_dispatch.deliveries d WHERE d.endpoint_id = $1 AND d.status = 'pending'
         AND NOT EXISTS (SELECT 1 FROM webhook_dispatch.deliveries earlier
                         WHERE earlier.payment_id = d.payment_id AND earlier.receiver = d.receiver AND earlier.status = 'pending'
                           AND earlier.sequence < d.sequence)
       ORDER BY d.id LIMIT 1)`,
    [endpointId, new Date(nowMs)],
  );
  return rowCount === 1;
}

/** The endpoint is removed: what is unfinished ends, visibly. One under way is not recalled; its attempt changes nothing more. */
export async function cancelDeliveries(tx: Tx, endpointId: string): Promise<void> {
  await tx.query(
    `UPDATE webhook_dispatch.deliveries SET status = 'cancelled', next_attempt_at = NULL, held_due_at = NULL, lease_id = NULL
     WHERE endpoint_id = $1 AND status = 'pending'`,
    [endpointId],
  );
}

/** Starts the delivery's schedule again. One that is being sent at this moment is left alone. */
export async function retryDelivery(
  tx: Tx,
  delivery: { readonly id: string; readonly paymentId: string; readonly nowMs: number },
): Promise<void> {
  await lockPendingOf(tx, [delivery.paymentId]);
  await tx.query(
    `UPDATE webhook_dispatch.deliveries SET status = 'pending', attempts_made = 0, next_attempt_at = NULL, held_due_at = NULL, lease_id = NULL
     WHERE id = $1 AND (lease_id IS NULL OR next_attempt_at <= $2)`,
    [delivery.id, new Date(delivery.nowMs)],
  );
  await releaseHeads(tx, [delivery.paymentId], delivery.nowMs);
}

function lineOf(receiver: string, paymentId: string): string {
  return `${paymentId} ${receiver}`;
}
