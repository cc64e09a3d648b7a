import type { WebhookEventName } from '@paymatch/contracts';
import type { Database } from '@paymatch/platform-postgres';
import { splitTrace } from '@paymatch/platform-observability';
import { failuresUntilProbing } from '@paymatch/webhook-dispatch-domain';
import type { DialectId } from '../dialects/webhook.dialect.js';

/** A delivery that this dispatcher, and no other, may send until the lease ends. */
export interface LeasedDelivery {
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
  /** Of the fact it tells, where that is traced. */
  readonly traceparent?: string | undefined;
  readonly body: Buffer;
  readonly attemptsMade: number;
}

/** What a dispatcher can take, and for how long. */
export interface LeaseTerms {
  readonly leaseId: string;
  readonly nowMs: number;
  readonly leaseMs: number;
  readonly countMax: number;
  /** How many may be under way to a receiver that `limits` does not name. */
  readonly perReceiver: number;
  readonly limits: ReadonlyMap<string, number>;
  /**
   * A lease that is kept up ends later than this; one that ends sooner is a dead dispatcher's, and takes nobody's
   * place.
   */
  readonly aliveUntilMs: number;
}

export interface LeaseRequest extends LeaseTerms {
  /** Receivers after this one come first: with more work than slots, every receiver has its turn. */
  readonly afterReceiver: string;
}

export interface Leased {
  readonly deliveries: readonly LeasedDelivery[];
  /** More is due, for which there was no slot, or no room at its receiver. */
  readonly hasMore: boolean;
}

/** The terms as the last parameters of `make_deliveries` and `claim_due`. */
export function termValues(terms: LeaseTerms): readonly unknown[] {
  return [
    new Date(terms.nowMs),
    terms.leaseId,
    new Date(terms.nowMs + terms.leaseMs),
    terms.countMax,
    terms.perReceiver,
    failuresUntilProbing,
    [...terms.limits.keys()],
    [...terms.limits.values()],
    new Date(terms.aliveUntilMs),
  ];
}

/** How a delivery is to be sent, as `make_deliveries` and `claim_due` tell it. */
export interface SendingRow {
  readonly delivery_id: string;
  readonly receiver: string;
  readonly endpoint_id: string | null;
  readonly url: string | null;
  readonly headers: Readonly<Record<string, string>> | null;
  readonly signer: string;
  readonly sealed: Buffer | null;
  readonly previous_sealed: Buffer | null;
}

interface LeaseRow extends SendingRow {
  readonly merchant_id: string;
  readonly livemode: boolean;
  readonly dialect: DialectId;
  readonly callback_url: string | null;
  readonly payment_id: string;
  readonly event: WebhookEventName;
  readonly event_id: string;
  readonly correlation_id: string;
  readonly body: Buffer;
  readonly attempts_made: number;
}

/** Leases deliveries that are due, in one statement of its own: nothing is held open while they are sent. */
export async function leaseDeliveries(database: Database, request: LeaseRequest): Promise<Leased> {
  // A lease that a crash of the database takes along means a webhook sent twice under one id, which is promised anyway.
  const { rows } = await database.relaxed.query<LeaseRow | { readonly delivery_id: null }>({
    name: 'webhook-deliveries-lease',
    text: 'SELECT * FROM webhook_dispatch.claim_due($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
    values: [request.afterReceiver, ...termValues(request)],
  });
  const leased = rows.filter((row): row is LeaseRow => row.delivery_id !== null);
  return {
    hasMore: leased.length < rows.length,
    deliveries: leased.map((row) => ({
      ...sendingOf(row, row.callback_url),
      leaseId: request.leaseId,
      merchantId: row.merchant_id,
      livemode: row.livemode,
      dialect: row.dialect,
      paymentId: row.payment_id,
      event: row.event,
      eventId: row.event_id,
      ...splitTrace(row.correlation_id),
      body: row.body,
      attemptsMade: row.attempts_made,
    })),
  };
}

type Sending = Pick<LeasedDelivery, 'id' | 'receiver' | 'endpointId' | 'url' | 'headers' | 'signer' | 'sealedSecrets'>;

export function sendingOf(row: SendingRow, callbackUrl: string | null): Sending {
  const url = row.endpoint_id === null ? callbackUrl : row.url;
  if (url === null) throw new Error(`delivery ${row.delivery_id} was leased for an endpoint without a URL`);
  return {
    id: row.delivery_id,
    receiver: row.receiver,
    endpointId: row.endpoint_id,
    url,
    headers: row.headers ?? {},
    signer: row.signer,
    sealedSecrets: [row.sealed, row.previous_sealed].filter((sealed) => sealed !== null),
  };
}

/**
 * Keeps leases up; one that was lost to another dispatcher, or whose attempt is recorded, is no longer there to be
 * kept.
 */
export async function renewLeases(database: Database, leaseIds: readonly string[], until: Date): Promise<void> {
  await database.relaxed.query({
    name: 'webhook-deliveries-renew',
    // Whoever holds a row's lock is about to end it, or lets it go at once: waiting for many of them, each in its own
    // order, might be for ever.
    text: `UPDATE webhook_dispatch.schedule SET due_at = $2, is_ready = false
           WHERE delivery_id IN (SELECT s.delivery_id FROM webhook_dispatch.schedule s
             WHERE s.lease_id = ANY($1::uuid[]) FOR UPDATE SKIP LOCKED)`,
    values: [leaseIds, until],
  });
}
