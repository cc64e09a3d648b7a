import type { WebhookEventName } from '@paymatch/contracts';
import type { Tx } from '@paymatch/platform-postgres';
import { outcomeEvents } from '@paymatch/webhook-dispatch-domain';

/** A payment at a receiver: what goes there goes in order. */
export interface Line {
  readonly receiver: string;
  readonly paymentId: string;
}

export interface NewDelivery extends Line {
  readonly id: string;
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly endpointId: string;
  readonly event: WebhookEventName;
  readonly eventId: string;
  readonly sequence: number;
}

/**
 * Locks the unfinished deliveries of these lines, in one order for everybody. Who adds a delivery and who finishes the
 * one before it both come through such a lock; without it the new one could be put behind an earlier one that is being
 * finished at this moment, and nobody would ever release it.
 */
export async function lockLines(tx: Tx, lines: readonly Line[]): Promise<void> {
  await tx.query({
    name: 'webhook-lines-lock',
    text: `SELECT 1 FROM webhook_dispatch.schedule s
           JOIN (SELECT DISTINCT * FROM unnest($1::text[], $2::uuid[]) AS l (receiver, payment_id)) line
             ON s.receiver = line.receiver AND s.payment_id = line.payment_id
           ORDER BY s.payment_id, s.sequence, s.receiver FOR UPDATE OF s`,
    values: [...columnsOf(lines)],
  });
}

/** Adds past events' deliveries that are not there yet; `releaseHeads` makes the first of each line due. */
export async function insertDeliveries(tx: Tx, deliveries: readonly NewDelivery[], nowMs: number): Promise<void> {
  const column = <K extends keyof NewDelivery>(key: K): readonly NewDelivery[K][] =>
    deliveries.map((delivery) => delivery[key]);
  await tx.query({
    name: 'webhook-deliveries-insert',
    text: `WITH made AS (
        INSERT INTO webhook_dispatch.deliveries
          (id, merchant_id, livemode, endpoint_id, receiver, payment_id, event, event_id, sequence, created_at)
        SELECT fresh.*, $10::timestamptz
          FROM unnest($1::uuid[], $2::text[], $3::boolean[], $4::uuid[], $5::text[], $6::uuid[], $7::text[],
          $8::uuid[], $9::int[]) AS fresh
        ON CONFLICT ON CONSTRAINT deliveries_once_per_event DO NOTHING RETURNING *
      ) INSERT INTO webhook_dispatch.schedule (delivery_id, receiver, endpoint_id, payment_id, sequence, event)
      SELECT id, receiver, endpoint_id, payment_id, sequence, event FROM made`,
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
      new Date(nowMs),
    ],
  });
}

/**
 * At endpoints of `latest_wins`, a delivery that has failed makes room for a newer one of its payment, and is never
 * sent after it.
 */
export async function supersedeFailed(tx: Tx, lines: readonly Line[]): Promise<void> {
  await tx.query({
    name: 'webhook-lines-supersede',
    text: 'SELECT webhook_dispatch.supersede_failed($1, $2, $3)',
    values: [...columnsOf(lines), outcomeEvents],
  });
}

/** Makes the first unfinished delivery of each line due, unless it is already, or its endpoint is closed. */
export async function releaseHeads(tx: Tx, lines: readonly Line[], nowMs: number): Promise<void> {
  await tx.query({
    name: 'webhook-lines-release',
    text: 'SELECT webhook_dispatch.release_heads($1, $2, $3)',
    values: [...columnsOf(lines), new Date(nowMs)],
  });
}

/**
 * Takes closed endpoints' deliveries off the schedule; those being sent right now are held when their attempt is
 * recorded.
 */
export async function holdDeliveries(tx: Tx, endpointIds: readonly string[]): Promise<void> {
  await tx.query({
    name: 'webhook-deliveries-hold',
    text: `UPDATE webhook_dispatch.schedule SET held_due_at = due_at, due_at = NULL, is_ready = false
           WHERE receiver IN (SELECT 'endpoint:' || id FROM unnest($1::uuid[]) AS id) AND due_at IS NOT NULL
             AND lease_id IS NULL`,
    values: [endpointIds],
  });
}

/**
 * An endpoint is open again: each payment's first one is due when it was before, and at a new URL now, with the whole
 * schedule before it.
 */
export async function resumeDeliveries(
  tx: Tx,
  endpointId: string,
  resumed: { readonly nowMs: number; readonly isNewUrl: boolean },
): Promise<void> {
  if (resumed.isNewUrl)
    await tx.query({
      name: 'webhook-deliveries-begin-again',
      text: `UPDATE webhook_dispatch.schedule SET attempts_made = 0, held_due_at = NULL
             WHERE receiver = 'endpoint:' || $1::uuid AND lease_id IS NULL
               AND (attempts_made > 0 OR held_due_at IS NOT NULL)`,
      values: [endpointId],
    });
  await tx.query({
    name: 'webhook-deliveries-resume',
    text: `UPDATE webhook_dispatch.schedule s
           SET due_at = greatest($2, held_due_at), is_ready = coalesce(held_due_at <= $2, true), held_due_at = NULL
           WHERE receiver = 'endpoint:' || $1::uuid AND due_at IS NULL
             AND NOT EXISTS (SELECT 1 FROM webhook_dispatch.schedule earlier
                             WHERE earlier.receiver = s.receiver AND earlier.payment_id = s.payment_id
                               AND earlier.sequence < s.sequence)`,
    values: [endpointId, new Date(resumed.nowMs)],
  });
}

/**
 * A disabled endpoint is tried with the first unfinished delivery of the payment that waits longest; `false` when there
 * is none, or it is under way.
 */
export async function releaseOldest(tx: Tx, endpointId: string, nowMs: number): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'webhook-deliveries-release-oldest',
    text: `UPDATE webhook_dispatch.schedule SET due_at = $2, is_ready = true, held_due_at = NULL
      WHERE due_at IS NULL AND delivery_id = (
        SELECT s.delivery_id FROM webhook_dispatch.schedule s WHERE s.receiver = 'endpoint:' || $1::uuid
          AND NOT EXISTS (SELECT 1 FROM webhook_dispatch.schedule earlier
                          WHERE earlier.receiver = s.receiver AND earlier.payment_id = s.payment_id
                            AND earlier.sequence < s.sequence)
        ORDER BY s.delivery_id LIMIT 1)`,
    values: [endpointId, new Date(nowMs)],
  });
  return rowCount === 1;
}

/**
 * The endpoint is removed: what is unfinished ends, visibly. One under way is not recalled; its attempt changes nothing
 * more.
 */
export async function cancelDeliveries(tx: Tx, endpointId: string): Promise<void> {
  await tx.query({
    name: 'webhook-deliveries-cancel',
    text: `WITH cancelled AS (
             DELETE FROM webhook_dispatch.schedule WHERE receiver = 'endpoint:' || $1::uuid RETURNING delivery_id
           ) UPDATE webhook_dispatch.deliveries d SET status = 'cancelled' FROM cancelled
             WHERE d.id = cancelled.delivery_id`,
    values: [endpointId],
  });
}

/**
 * Starts the schedules of these deliveries again, also of ended ones. One that is being sent at this moment is left
 * alone.
 */
export async function beginAgain(tx: Tx, deliveryIds: readonly string[], nowMs: number): Promise<void> {
  await tx.query({
    name: 'webhook-deliveries-again',
    text: `WITH again AS (
             UPDATE webhook_dispatch.deliveries SET status = 'pending' WHERE id = ANY($1::uuid[]) RETURNING *
           ) INSERT INTO webhook_dispatch.schedule AS s (delivery_id, receiver, endpoint_id, payment_id, sequence,
             event)
           SELECT id, receiver, endpoint_id, payment_id, sequence, event FROM again
           ON CONFLICT (delivery_id) DO UPDATE
           SET attempts_made = 0, due_at = NULL, is_ready = false, held_due_at = NULL, lease_id = NULL
           WHERE s.lease_id IS NULL OR s.due_at <= $2`,
    values: [deliveryIds, new Date(nowMs)],
  });
}

export async function retryDelivery(
  tx: Tx,
  delivery: { readonly id: string; readonly paymentId: string; readonly nowMs: number },
): Promise<void> {
  const { rows } = await tx.query<{ receiver: string }>({
    name: 'webhook-delivery-receiver',
    text: 'SELECT receiver FROM webhook_dispatch.deliveries WHERE id = $1',
    values: [delivery.id],
  });
  const lines = rows.map(({ receiver }) => ({ receiver, paymentId: delivery.paymentId }));
  await lockLines(tx, lines);
  await beginAgain(tx, [delivery.id], delivery.nowMs);
  await releaseHeads(tx, lines, delivery.nowMs);
}

function columnsOf(lines: readonly Line[]): readonly [receivers: readonly string[], paymentIds: readonly string[]] {
  return [lines.map(({ receiver }) => receiver), lines.map(({ paymentId }) => paymentId)];
}
