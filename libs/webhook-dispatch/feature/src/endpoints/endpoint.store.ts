import { randomBytes } from 'node:crypto';
import { defaultWebhookEvents, type WebhookEndpointView, type WebhookEventName } from '@paymatch/contracts';
import type { SqlRunner, Tx } from '@paymatch/platform-postgres';
import { formatSecret, secretBytes } from '@paymatch/webhook-dispatch-domain';

export interface EndpointRow {
  readonly merchant_id: string;
  readonly url: string | null;
  readonly events: WebhookEventName[];
  readonly secret: string;
  readonly status: 'active' | 'disabled';
  readonly disabled_reason: string | null;
}

/** How long the secret that was replaced still signs (Standard Webhooks header only), so that a receiver can change over. */
export const previousSecretMs = 24 * 3_600_000;

const COLUMNS = 'merchant_id, url, events, secret, status, disabled_reason';

export function newSecret(): string {
  return formatSecret(randomBytes(secretBytes));
}

/** Whether deliveries may be sent there now; otherwise they are held. */
export function isOpen(endpoint: Pick<EndpointRow, 'url' | 'status'> | undefined): boolean {
  return endpoint !== undefined && endpoint.url !== null && endpoint.status === 'active';
}

export async function findEndpoints(
  runner: SqlRunner,
  merchantIds: readonly string[],
): Promise<ReadonlyMap<string, EndpointRow>> {
  const { rows } = await runner.query<EndpointRow>({
    name: 'webhook-endpoints-find',
    text: `SELECT ${COLUMNS} FROM webhook_dispatch.endpoints WHERE merchant_id = ANY($1)`,
    values: [merchantIds],
  });
  return new Map(rows.map((row) => [row.merchant_id, row]));
}

/**
 * The endpoints as they will be when this transaction commits. Whoever decides by them whether deliveries are due or held
 * takes this lock first: otherwise "held" could be written just after the endpoint came back and had released what was held.
 */
export async function lockEndpoints(
  tx: Tx,
  merchantIds: readonly string[],
  mode: 'SHARE' | 'UPDATE',
): Promise<ReadonlyMap<string, EndpointRow>> {
  const { rows } = await tx.query<EndpointRow>(
    `SELECT ${COLUMNS} FROM webhook_dispatch.endpoints WHERE merchant_id = ANY($1) ORDER BY merchant_id FOR ${mode}`,
    [merchantIds],
  );
  return new Map(rows.map((row) => [row.merchant_id, row]));
}

/** Gives merchants that have none an endpoint without a URL: the secret exists before anything is sent. */
export async function ensureEndpoints(runner: SqlRunner, merchantIds: readonly string[], nowMs: number): Promise<void> {
  const sorted = [...new Set(merchantIds)].sort();
  await runner.query(
    `INSERT INTO webhook_dispatch.endpoints (merchant_id, events, secret, updated_at)
     SELECT merchant_id, $3, secret, $4 FROM unnest($1::text[], $2::text[]) AS fresh (merchant_id, secret)
     ON CONFLICT (merchant_id) DO NOTHING`,
    [sorted, sorted.map(newSecret), defaultWebhookEvents, new Date(nowMs)],
  );
}

export async function setEndpoint(
  tx: Tx,
  endpoint: {
    readonly merchantId: string;
    readonly url: string;
    readonly events: readonly WebhookEventName[];
    readonly secret: string | null;
    readonly nowMs: number;
  },
): Promise<EndpointRow> {
  const { rows } = await tx.query<EndpointRow>(
    `UPDATE webhook_dispatch.endpoints SET url = $2, events = $3, status = 'active', disabled_reason = NULL, updated_at = $5,
       secret = coalesce($4, secret),
       previous_secret = CASE WHEN $4 <> secret THEN secret ELSE previous_secret END,
       previous_secret_until = CASE WHEN $4 <> secret THEN $6::timestamptz ELSE previous_secret_until END
     WHERE merchant_id = $1 RETURNING ${COLUMNS}`,
    [
      endpoint.merchantId,
      endpoint.url,
      endpoint.events,
      endpoint.secret,
      new Date(endpoint.nowMs),
      new Date(endpoint.nowMs + previousSecretMs),
    ],
  );
  return rows[0]!;
}

export async function removeEndpointUrl(tx: Tx, merchantId: string, nowMs: number): Promise<EndpointRow> {
  const { rows } = await tx.query<EndpointRow>(
    `UPDATE webhook_dispatch.endpoints SET url = NULL, status = 'active', disabled_reason = NULL, updated_at = $2 WHERE merchant_id = $1 RETURNING ${COLUMNS}`,
    [merchantId, new Date(nowMs)],
  );
  return rows[0]!;
}

/** Only while the endpoint still has the URL that answered: the merchant may have changed it meanwhile. */
export async function disableEndpoint(
  tx: Tx,
  endpoint: { readonly merchantId: string; readonly url: string; readonly reason: string; readonly nowMs: number },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE webhook_dispatch.endpoints SET status = 'disabled', disabled_reason = $3, updated_at = $4 WHERE merchant_id = $1 AND url = $2 AND status = 'active'`,
    [endpoint.merchantId, endpoint.url, endpoint.reason, new Date(endpoint.nowMs)],
  );
  return rowCount === 1;
}

/** `rotationId` names the request: the same one arriving twice rotates once, or the receiver would never learn the secret in between. */
export async function rotateSecret(
  tx: Tx,
  rotation: { readonly merchantId: string; readonly rotationId: string; readonly nowMs: number },
): Promise<EndpointRow> {
  await tx.query(
    `UPDATE webhook_dispatch.endpoints SET previous_secret = secret, previous_secret_until = $4, secret = $3, last_rotation_id = $2, updated_at = $5
     WHERE merchant_id = $1 AND last_rotation_id IS DISTINCT FROM $2`,
    [
      rotation.merchantId,
      rotation.rotationId,
      newSecret(),
      new Date(rotation.nowMs + previousSecretMs),
      new Date(rotation.nowMs),
    ],
  );
  return (await findEndpoints(tx, [rotation.merchantId])).get(rotation.merchantId)!;
}

export function endpointView(row: EndpointRow): WebhookEndpointView {
  return {
    merchantId: row.merchant_id,
    url: row.url,
    events: row.events,
    secret: row.secret,
    status: row.status,
    disabledReason: row.disabled_reason,
  };
}
