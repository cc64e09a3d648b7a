import type { WebhookEventName } from '@paymatch/contracts';
import type { Database } from '@paymatch/platform-postgres';
import { failuresUntilProbing } from '@paymatch/webhook-dispatch-domain';
import type { DialectId } from '../dialects/webhook.dialect.js';

/** A delivery that this dispatcher, and no other, may send until the lease ends. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly leaseId: string;
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly dialect: DialectId;
  readonly receiver: string;
  /** `null`: the payment's own callback. */
  readonly endpointId: string | null;
  readonly url: string;
  /** The endpoint's own, beside ours. */
  readonly headers: Readonly<Record<string, string>>;
  readonly signer: string;
  /** The secret in force first, then one that is being replaced; still sealed. */
  readonly sealedSecrets: readonly Buffer[];
  readonly paymentId: string;
  readonly event: WebhookEventName;
  readonly eventId: string;
  readonly correlationId: string;
  readonly body: Buffer;
  readonly attemptsMade: number;
}

export interface ClaimRequest {
  readonly leaseId: string;
  readonly nowMs: number;
  readonly leaseMs: number;
  readonly countMax: number;
  /** How many may be under way to a receiver that `limits` does not name. */
  readonly perReceiver: number;
  readonly limits: ReadonlyMap<string, number>;
  /** A lease that is kept up ends later than this; one that ends sooner is a dead dispatcher's, and takes nobody's place. */
  readonly aliveUntilMs: number;
  /** Receivers after this one come first: with more work than slots, every receiver has its turn. */
  readonly afterReceiver: string;
}

interface ClaimRow {
  readonly id: string;
  readonly merchant_id: string;
  readonly livemode: boolean;
  readonly dialect: DialectId;
  readonly receiver: string;
  readonly endpoint_id: string | null;
  readonly callback_url: string | null;
  readonly url: string | null;
  readonly headers: Readonly<Record<string, string>> | null;
  readonly signer: string;
  readonly sealed: Buffer | null;
  readonly previous_sealed: Buffer | null;
  readonly payment_id: string;
  readonly event: WebhookEventName;
  readonly event_id: string;
  readonly correlation_id: string;
  readonly body: Buffer;
  readonly attempts_made: number;
}

/**
 * Goes from receiver to receiver (one index probe each, however long a receiver's queue), and takes from each only what it has
 * room for: a receiver with a hundred thousand overdue deliveries costs the others nothing.
 * `SKIP LOCKED` lets several dispatchers claim at once; a row that another took in between fails the due check when re-read.
 * Of an endpoint that was disabled because it fails only the delivery it is tried with is due; the others are held.
 * The check for an earlier unfinished delivery is the order per payment, also for one that was asked for again.
 */
const CLAIM_SQL = `
  WITH RECURSIVE receiver_list AS (
    (SELECT receiver FROM webhook_dispatch.deliveries WHERE next_attempt_at IS NOT NULL AND receiver > $1 ORDER BY receiver LIMIT 1)
    UNION ALL
    SELECT (SELECT d.receiver FROM webhook_dispatch.deliveries d
            WHERE d.next_attempt_at IS NOT NULL AND d.receiver > l.receiver ORDER BY d.receiver LIMIT 1)
    FROM receiver_list l WHERE l.receiver IS NOT NULL
  ),
  picked AS (
    SELECT due.id FROM receiver_list l
    LEFT JOIN webhook_dispatch.receivers h ON h.id = l.receiver
    LEFT JOIN unnest($7::text[], $8::int[]) AS learnt (receiver, most) ON learnt.receiver = l.receiver
    LEFT JOIN webhook_dispatch.endpoints own ON own.id = substring(l.receiver FROM '^endpoint:(.*)$')::uuid
    CROSS JOIN LATERAL (
      SELECT greatest(0, CASE WHEN h.consecutive_failures >= ${failuresUntilProbing} THEN 1
          ELSE least(coalesce(learnt.most, $2::int), own.concurrency_max) END
        - (SELECT count(*)::int FROM webhook_dispatch.deliveries b
           WHERE b.receiver = l.receiver AND b.lease_id IS NOT NULL AND b.next_attempt_at > $9)) AS room
    ) free
    CROSS JOIN LATERAL (
      SELECT d.id FROM webhook_dispatch.deliveries d
      LEFT JOIN webhook_dispatch.endpoints e ON e.id = d.endpoint_id
      WHERE d.receiver = l.receiver AND d.next_attempt_at <= $3
        AND (d.endpoint_id IS NULL OR (e.url IS NOT NULL AND (e.status = 'active' OR e.disabled_reason = 'failing')))
        AND NOT EXISTS (SELECT 1 FROM webhook_dispatch.deliveries earlier
                        WHERE earlier.payment_id = d.payment_id AND earlier.receiver = d.receiver AND earlier.status = 'pending'
                          AND earlier.sequence < d.sequence)
      ORDER BY d.next_attempt_at LIMIT free.room
      FOR UPDATE OF d SKIP LOCKED
    ) due
    WHERE l.receiver IS NOT NULL AND free.room > 0 AND (h.paused_until IS NULL OR h.paused_until <= $3)
    LIMIT $4
  ),
  leased AS (
    UPDATE webhook_dispatch.deliveries d SET lease_id = $5, next_attempt_at = $6 FROM picked WHERE d.id = picked.id
    RETURNING d.*, coalesce('endpoint:' || d.endpoint_id,
      'callback:' || d.merchant_id || ':' || CASE WHEN d.livemode THEN 'live' ELSE 'test' END) AS signer
  )
  SELECT l.id, l.merchant_id, l.livemode, ev.dialect, l.receiver, l.endpoint_id, ev.callback_url, e.url, e.headers, l.signer, s.sealed,
    CASE WHEN s.previous_until > $3 THEN s.previous_sealed END AS previous_sealed,
    l.payment_id, l.event, l.event_id, ev.correlation_id, ev.body, l.attempts_made
  FROM leased l
  JOIN webhook_dispatch.events ev ON ev.id = l.event_id
  LEFT JOIN webhook_dispatch.endpoints e ON e.id = l.endpoint_id
  LEFT JOIN webhook_dispatch.signing_secrets s ON s.signer = l.signer`;

/** Leases deliveries that are due, in one statement of its own: nothing is held open while they are sent. */
export async function claimDeliveries(database: Database, request: ClaimRequest): Promise<readonly ClaimedDelivery[]> {
  // A lease that a crash of the database takes along means a webhook sent twice under one id, which is promised anyway.
  const { rows } = await database.relaxed.query<ClaimRow>({
    name: 'webhook-deliveries-claim',
    text: CLAIM_SQL,
    values: [
      request.afterReceiver,
      request.perReceiver,
      new Date(request.nowMs),
      request.countMax,
      request.leaseId,
      new Date(request.nowMs + request.leaseMs),
      [...request.limits.keys()],
      [...request.limits.values()],
      new Date(request.aliveUntilMs),
    ],
  });
  return rows.map((row) => ({
    id: row.id,
    leaseId: request.leaseId,
    merchantId: row.merchant_id,
    livemode: row.livemode,
    dialect: row.dialect,
    receiver: row.receiver,
    endpointId: row.endpoint_id,
    url: targetUrl(row),
    headers: row.headers ?? {},
    signer: row.signer,
    sealedSecrets: [row.sealed, row.previous_sealed].filter((sealed) => sealed !== null),
    paymentId: row.payment_id,
    event: row.event,
    eventId: row.event_id,
    correlationId: row.correlation_id,
    body: row.body,
    attemptsMade: row.attempts_made,
  }));
}

/** Keeps leases up; one that was lost to another dispatcher, or whose attempt is recorded, is no longer there to be kept. */
export async function renewLeases(database: Database, leaseIds: readonly string[], until: Date): Promise<void> {
  await database.relaxed.query({
    name: 'webhook-deliveries-renew',
    text: 'UPDATE webhook_dispatch.deliveries SET next_attempt_at = $2 WHERE lease_id = ANY($1::uuid[])',
    values: [leaseIds, until],
  });
}

function targetUrl(row: ClaimRow): string {
  const url = row.endpoint_id === null ? row.callback_url : row.url;
  if (url === null) throw new Error(`delivery ${row.id} was claimed for an endpoint without a URL`);
  return url;
}
