import type {
  WebhookEndpointSettings,
  WebhookEndpointView,
  WebhookEventPattern,
  WebhookOrder,
} from '@paymatch/contracts';
import type { SqlRunner, Tx } from '@paymatch/platform-postgres';

/** A merchant in one mode. */
export interface Owner {
  readonly merchantId: string;
  readonly livemode: boolean;
}

export type EndpointRow = {
  readonly id: string;
  readonly merchant_id: string;
  readonly livemode: boolean;
  readonly url: string | null;
  readonly last_url: string | null;
  readonly description: string;
  readonly events: WebhookEventPattern[];
  readonly headers: Readonly<Record<string, string>>;
  readonly delivery_order: WebhookOrder;
  readonly concurrency_max: number | null;
  readonly rate_per_second: number | null;
  readonly status: 'active' | 'disabled' | 'removed';
  readonly disabled_reason: string | null;
  readonly created_at: Date;
};

const COLUMNS = `e.id, e.merchant_id, e.livemode, e.url, e.last_url, e.description, e.events, e.headers, e.delivery_order,
  e.concurrency_max, e.rate_per_second, e.status, e.disabled_reason, e.created_at`;

/** Whether deliveries may be sent there now; otherwise they are held. */
export function isOpen(endpoint: Pick<EndpointRow, 'url' | 'status'> | undefined): boolean {
  return endpoint !== undefined && endpoint.url !== null && endpoint.status === 'active';
}

/** All endpoints of these owners but the removed ones, oldest first. */
export async function findEndpointsOf(runner: SqlRunner, owners: readonly Owner[]): Promise<readonly EndpointRow[]> {
  const { rows } = await runner.query<EndpointRow>({
    name: 'webhook-endpoints-of-owners',
    text: `SELECT ${COLUMNS} FROM unnest($1::text[], $2::boolean[]) AS o (merchant_id, livemode)
           JOIN webhook_dispatch.endpoints e ON e.merchant_id = o.merchant_id AND e.livemode = o.livemode
           WHERE e.status <> 'removed' ORDER BY e.created_at, e.id`,
    values: [owners.map(({ merchantId }) => merchantId), owners.map(({ livemode }) => livemode)],
  });
  return rows;
}

/** `null` for one that is another's, of the other mode, or removed: all the same as one that never was. */
export async function findEndpoint(
  runner: SqlRunner,
  key: Owner & { readonly endpointId: string },
): Promise<EndpointRow | null> {
  const { rows } = await runner.query<EndpointRow>(
    `SELECT ${COLUMNS} FROM webhook_dispatch.endpoints e
     WHERE e.id = $1 AND e.merchant_id = $2 AND e.livemode = $3 AND e.status <> 'removed'`,
    [key.endpointId, key.merchantId, key.livemode],
  );
  return rows[0] ?? null;
}

/**
 * The endpoints as they will be when this transaction commits. Whoever decides by them whether deliveries are due or
 * held takes this lock first: otherwise "held" could be written just after the endpoint came back and had released what
 * was held.
 */
export async function lockEndpoints(
  tx: Tx,
  endpointIds: readonly string[],
  mode: 'SHARE' | 'UPDATE',
): Promise<ReadonlyMap<string, EndpointRow>> {
  const { rows } = await tx.query<EndpointRow>(
    `SELECT ${COLUMNS} FROM webhook_dispatch.endpoints e WHERE e.id = ANY($1::uuid[]) ORDER BY e.id FOR ${mode}`,
    [endpointIds],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export interface NewEndpoint extends Owner, WebhookEndpointSettings {
  readonly id: string;
  readonly nowMs: number;
}

/** Under one id once, however often it is asked for. */
export async function insertEndpoint(tx: Tx, endpoint: NewEndpoint): Promise<void> {
  await tx.query(
    `INSERT INTO webhook_dispatch.endpoints
       (id, merchant_id, livemode, url, description, events, headers, delivery_order, concurrency_max, rate_per_second,
         created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) ON CONFLICT (id) DO NOTHING`,
    [
      endpoint.id,
      endpoint.merchantId,
      endpoint.livemode,
      endpoint.url,
      endpoint.description,
      endpoint.events,
      JSON.stringify(endpoint.headers),
      endpoint.order,
      endpoint.concurrencyMax,
      endpoint.ratePerSecond,
      new Date(endpoint.nowMs),
    ],
  );
}

export type EndpointUpdate = WebhookEndpointSettings & {
  readonly id: string;
  readonly lastUrl: string | null;
  readonly status: EndpointRow['status'];
  readonly disabledReason: string | null;
  readonly nowMs: number;
};

export async function updateEndpoint(tx: Tx, endpoint: EndpointUpdate): Promise<EndpointRow> {
  const { rows } = await tx.query<EndpointRow>(
    `UPDATE webhook_dispatch.endpoints e
      SET url = $2, last_url = $3, description = $4, events = $5, headers = $6, delivery_order = $7,
       concurrency_max = $8, status = $9, disabled_reason = $10, updated_at = $11, rate_per_second = $12
     WHERE e.id = $1 RETURNING ${COLUMNS}`,
    [
      endpoint.id,
      endpoint.url,
      endpoint.lastUrl,
      endpoint.description,
      endpoint.events,
      JSON.stringify(endpoint.headers),
      endpoint.order,
      endpoint.concurrencyMax,
      endpoint.status,
      endpoint.disabledReason,
      new Date(endpoint.nowMs),
      endpoint.ratePerSecond,
    ],
  );
  return rows[0]!;
}

/**
 * Only while the endpoint still has the URL that answered: the merchant may have changed it meanwhile. One that was
 * disabled for failing and says at last why is disabled for that.
 */
export async function disableEndpoint(
  tx: Tx,
  endpoint: { readonly id: string; readonly url: string; readonly reason: string; readonly nowMs: number },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE webhook_dispatch.endpoints SET status = 'disabled', disabled_reason = $3, updated_at = $4
     WHERE id = $1 AND url = $2 AND (status = 'active' OR (disabled_reason = 'failing' AND $3 <> 'failing'))`,
    [endpoint.id, endpoint.url, endpoint.reason, new Date(endpoint.nowMs)],
  );
  return rowCount === 1;
}

/** It takes webhooks again. */
export async function enableEndpoint(tx: Tx, endpoint: { readonly id: string; readonly nowMs: number }): Promise<void> {
  await tx.query(
    `UPDATE webhook_dispatch.endpoints SET status = 'active', disabled_reason = NULL, updated_at = $2 WHERE id = $1
      AND status = 'disabled'`,
    [endpoint.id, new Date(endpoint.nowMs)],
  );
}

export function settingsOf(row: EndpointRow): WebhookEndpointSettings {
  return {
    url: row.url,
    description: row.description,
    events: row.events,
    headers: row.headers,
    order: row.delivery_order,
    concurrencyMax: row.concurrency_max,
    ratePerSecond: row.rate_per_second,
  };
}

export function endpointView(row: EndpointRow): WebhookEndpointView {
  if (row.status === 'removed') throw new Error(`endpoint ${row.id} was removed and is to be shown`);
  return {
    id: row.id,
    merchantId: row.merchant_id,
    livemode: row.livemode,
    ...settingsOf(row),
    status: row.status,
    disabledReason: row.disabled_reason,
    createdAt: row.created_at.toISOString(),
  };
}
