import type { WebhookDeliveryView, WebhookEventName } from '@paymatch/contracts';
import type { SqlRunner, Tx } from '@paymatch/platform-postgres';
import type { DialectId } from '../dialects/webhook.dialect.js';

export interface NewDelivery {
  readonly id: string;
  readonly merchantId: string;
  readonly dialect: DialectId;
  readonly receiver: string;
  /** Only for a payment's own callback; an endpoint's URL is looked up when it is sent, so that a corrected one serves all. */
  readonly callbackUrl: string | null;
  readonly paymentId: string;
  readonly event: WebhookEventName;
  readonly eventId: string;
  readonly sequence: number;
  readonly correlationId: string;
  readonly body: string;
  /** Nobody receives there now: it waits until the endpoint is set again. */
  readonly isHeld: boolean;
}

/**
 * Locks the unfinished deliveries of these payments, in one order for everybody, and tells which payments have some.
 * Who adds a delivery and who finishes the one before it both come through here; without it the new one could be put
 * behind an earlier one that is being finished at this moment, and nobody would ever release it.
 */
export async function lockPendingOf(tx: Tx, paymentIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await tx.query<{ payment_id: string }>(
    `SELECT payment_id FROM webhook_dispatch.deliveries WHERE payment_id = ANY($1::uuid[]) AND status = 'pending'
     ORDER BY payment_id, sequence FOR UPDATE`,
    [paymentIds],
  );
  return new Set(rows.map((row) => row.payment_id));
}

/** Adds those that are not there yet; the key (event, receiver) is the inbox. Returns how many were new. */
export async function insertDeliveries(tx: Tx, deliveries: readonly NewDelivery[], nowMs: number): Promise<number> {
  const blocked = new Set(await lockPendingOf(tx, [...new Set(deliveries.map((delivery) => delivery.paymentId))]));
  const dueAt = deliveries.map((delivery) => {
    if (delivery.isHeld || blocked.has(delivery.paymentId)) return null;
    blocked.add(delivery.paymentId);
    return new Date(nowMs);
  });
  const column = <K extends keyof NewDelivery>(key: K): readonly NewDelivery[K][] =>
    deliveries.map((delivery) => delivery[key]);
  const { rowCount } = await tx.query({
    name: 'webhook-deliveries-insert',
    text: `INSERT INTO webhook_dispatch.deliveries
        (id, merchant_id, dialect, receiver, callback_url, payment_id, event, event_id, sequence, correlation_id, body, next_attempt_at, created_at)
      SELECT fresh.*, $13::timestamptz FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::text[],
        $9::int[], $10::text[], $11::bytea[], $12::timestamptz[]) AS fresh
      ON CONFLICT ON CONSTRAINT deliveries_once_per_event DO NOTHING`,
    values: [
      column('id'),
      column('merchantId'),
      column('dialect'),
      column('receiver'),
      column('callbackUrl'),
      column('paymentId'),
      column('event'),
      column('eventId'),
      column('sequence'),
      column('correlationId'),
      deliveries.map(({ body }) => Buffer.from(body, 'utf8')),
      dueAt,
      new Date(nowMs),
    ],
  });
  // A repeated event is not inserted, and then the one put behind it may already be its payment's first.
  if (dueAt.includes(null))
    await releaseHeads(
      tx,
      deliveries.map(({ paymentId }) => paymentId),
      nowMs,
    );
  return rowCount ?? 0;
}

/** Makes the first unfinished delivery of each payment due, unless it is already, or its endpoint is closed. */
export async function releaseHeads(tx: Tx, paymentIds: readonly string[], nowMs: number): Promise<void> {
  await tx.query(
    `UPDATE webhook_dispatch.deliveries d SET next_attempt_at = $2
     FROM (SELECT DISTINCT ON (payment_id) id FROM webhook_dispatch.deliveries
           WHERE payment_id = ANY($1::uuid[]) AND status = 'pending' ORDER BY payment_id, sequence) head, webhook_dispatch.endpoints e
     WHERE d.id = head.id AND d.next_attempt_at IS NULL AND e.merchant_id = d.merchant_id
       AND (d.callback_url IS NOT NULL OR (e.url IS NOT NULL AND e.status = 'active'))`,
    [[...new Set(paymentIds)], new Date(nowMs)],
  );
}

/** Takes a closed endpoint's deliveries off the schedule; those being sent right now are held when their attempt is recorded. */
export async function holdDeliveries(tx: Tx, merchantIds: readonly string[]): Promise<void> {
  await tx.query(
    `UPDATE webhook_dispatch.deliveries SET next_attempt_at = NULL
     WHERE receiver = ANY($1) AND next_attempt_at IS NOT NULL AND lease_id IS NULL`,
    [merchantIds.map((id) => `endpoint:${id}`)],
  );
}

/** An endpoint is open again: what was held is due now, each payment's first one first. */
export async function resumeDeliveries(tx: Tx, merchantId: string, nowMs: number): Promise<void> {
  await tx.query(
    `UPDATE webhook_dispatch.deliveries d SET next_attempt_at = $2
     WHERE merchant_id = $1 AND status = 'pending' AND next_attempt_at IS NULL AND callback_url IS NULL
       AND NOT EXISTS (SELECT 1 FROM webhook_dispatch.deliveries earlier
                       WHERE earlier.payment_id = d.payment_id AND earlier.status = 'pending' AND earlier.sequence < d.sequence)`,
    [merchantId, new Date(nowMs)],
  );
}

/** Starts the delivery's schedule again. One that is being sent at this moment is left alone. */
export async function retryDelivery(
  tx: Tx,
  delivery: { readonly id: string; readonly paymentId: string; readonly nowMs: number },
): Promise<void> {
  await lockPendingOf(tx, [delivery.paymentId]);
  await tx.query(
    `UPDATE webhook_dispatch.deliveries SET status = 'pending', attempts_made = 0, next_attempt_at = NULL, lease_id = NULL
     WHERE id = $1 AND (lease_id IS NULL OR next_attempt_at <= $2)`,
    [delivery.id, new Date(delivery.nowMs)],
  );
  await releaseHeads(tx, [delivery.paymentId], delivery.nowMs);
}

interface DeliveryListRow {
  readonly id: string;
  readonly payment_id: string;
  readonly event: WebhookEventName;
  readonly sequence: number;
  readonly status: WebhookDeliveryView['status'];
  readonly next_attempt_at: Date | null;
  readonly is_for_endpoint: boolean;
  readonly attempts: WebhookDeliveryView['attempts'];
}

/** How many attempts of one delivery are shown, newest kept; a delivery asked for again and again has no end of them. */
const ATTEMPTS_SHOWN_MAX = 50;

export interface DeliveryFilter {
  readonly merchantId: string;
  readonly paymentId: string | null;
  readonly deliveryId: string | null;
  readonly limit: number;
}

/** A delivery to the merchant's endpoint, or to its payment's callback. */
export interface ListedDelivery {
  readonly view: WebhookDeliveryView;
  readonly isForEndpoint: boolean;
}

/** Newest first, each with its attempts, oldest first. */
export async function listDeliveries(runner: SqlRunner, filter: DeliveryFilter): Promise<readonly ListedDelivery[]> {
  const { rows } = await runner.query<DeliveryListRow>(
    `SELECT d.id, d.payment_id, d.event, d.sequence, d.status, CASE WHEN d.lease_id IS NULL THEN d.next_attempt_at END AS next_attempt_at,
       d.callback_url IS NULL AS is_for_endpoint,
       coalesce((SELECT json_agg(json_build_object('at', to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'httpStatus', a.http_status,
           'error', a.error, 'durationMs', a.duration_ms) ORDER BY a.id)
         FROM (SELECT * FROM webhook_dispatch.attempts WHERE delivery_id = d.id ORDER BY id DESC LIMIT ${ATTEMPTS_SHOWN_MAX}) a), '[]') AS attempts
     FROM webhook_dispatch.deliveries d
     WHERE d.merchant_id = $1 AND ($2::uuid IS NULL OR d.payment_id = $2) AND ($3::uuid IS NULL OR d.id = $3)
     ORDER BY d.id DESC LIMIT $4`,
    [filter.merchantId, filter.paymentId, filter.deliveryId, filter.limit],
  );
  return rows.map((row) => ({
    isForEndpoint: row.is_for_endpoint,
    view: {
      id: row.id,
      paymentId: row.payment_id,
      event: row.event,
      sequence: row.sequence,
      status: row.status,
      attempts: row.attempts,
      nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
    },
  }));
}
