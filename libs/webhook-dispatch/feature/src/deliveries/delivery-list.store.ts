import type {
  WebhookDeliveryDetail,
  WebhookDeliveryStatus,
  WebhookDeliveryView,
  WebhookEventName,
} from '@paymatch/contracts';
import type { SqlRunner } from '@paymatch/platform-postgres';
import type { Owner } from '../endpoints/endpoint.store.js';

interface DeliveryListRow {
  readonly id: string;
  readonly endpoint_id: string | null;
  readonly payment_id: string;
  readonly dialect: WebhookDeliveryView['dialect'];
  readonly event_id: string;
  readonly event: WebhookEventName;
  readonly sequence: number;
  readonly status: WebhookDeliveryStatus;
  readonly next_attempt_at: Date | null;
  readonly created_at: Date;
  readonly attempts: WebhookDeliveryView['attempts'];
}

/**
 * How many attempts of one delivery are shown, newest kept; a delivery asked for again and again has no end of them.
 */
const ATTEMPTS_SHOWN_MAX = 50;

export interface DeliveryFilter extends Owner {
  readonly paymentId: string | null;
  readonly endpointId: string | null;
  readonly status: WebhookDeliveryStatus | null;
  readonly event: WebhookEventName | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly before: string | null;
  readonly limit: number;
}

const COLUMNS = `d.id, d.endpoint_id, d.payment_id, d.event_id,
  (SELECT e.dialect FROM webhook_dispatch.events e WHERE e.id = d.event_id) AS dialect, d.event, d.sequence, d.status,
  CASE WHEN s.lease_id IS NULL THEN s.due_at END AS next_attempt_at, d.created_at,
  coalesce((SELECT json_agg(json_build_object('at', to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'httpStatus', a.http_status, 'error', a.error, 'durationMs', a.duration_ms) ORDER BY a.id)
    FROM (SELECT * FROM webhook_dispatch.attempts WHERE delivery_id = d.id ORDER BY id DESC LIMIT ${ATTEMPTS_SHOWN_MAX}) a), '[]') AS attempts`;
/** What is unfinished has a row of the schedule beside it. */
const DELIVERIES = 'webhook_dispatch.deliveries d LEFT JOIN webhook_dispatch.schedule s ON s.delivery_id = d.id';

/** Newest first, each with its attempts, oldest first. */
export async function listDeliveries(
  runner: SqlRunner,
  filter: DeliveryFilter,
): Promise<readonly WebhookDeliveryView[]> {
  const { rows } = await runner.query<DeliveryListRow>(
    `SELECT ${COLUMNS} FROM ${DELIVERIES}
     WHERE d.merchant_id = $1 AND d.livemode = $2 AND ($3::uuid IS NULL OR d.payment_id = $3)
       AND ($4::uuid IS NULL OR d.endpoint_id = $4)
       AND ($5::text IS NULL OR d.status = $5) AND ($6::text IS NULL OR d.event = $6)
       AND ($7::timestamptz IS NULL OR d.created_at >= $7) AND ($8::timestamptz IS NULL OR d.created_at <= $8)
       AND ($9::uuid IS NULL OR d.id < $9)
     ORDER BY d.id DESC LIMIT $10`,
    [
      filter.merchantId,
      filter.livemode,
      filter.paymentId,
      filter.endpointId,
      filter.status,
      filter.event,
      filter.from,
      filter.to,
      filter.before,
      filter.limit,
    ],
  );
  return rows.map(deliveryView);
}

/** `null` for one that is another's, or of the other mode. */
export async function findDelivery(
  runner: SqlRunner,
  key: Owner & { readonly deliveryId: string },
): Promise<WebhookDeliveryView | null> {
  const { rows } = await runner.query<DeliveryListRow>(
    `SELECT ${COLUMNS} FROM ${DELIVERIES} WHERE d.id = $1 AND d.merchant_id = $2 AND d.livemode = $3`,
    [key.deliveryId, key.merchantId, key.livemode],
  );
  return rows[0] === undefined ? null : deliveryView(rows[0]);
}

/** What was sent and answered at the attempts that are shown, oldest first. */
export async function exchangesOf(
  runner: SqlRunner,
  delivery: Pick<WebhookDeliveryView, 'id' | 'eventId'>,
): Promise<Omit<WebhookDeliveryDetail, 'delivery'>> {
  const { rows } = await runner.query<{ url: string; headers: Record<string, string> | null; answer: Buffer | null }>(
    `SELECT a.url, a.request_headers AS headers, a.answer
     FROM (SELECT * FROM webhook_dispatch.attempts WHERE delivery_id = $1 ORDER BY id DESC
       LIMIT ${ATTEMPTS_SHOWN_MAX}) a ORDER BY a.id`,
    [delivery.id],
  );
  const event = await runner.query<{ body: Buffer | null }>('SELECT body FROM webhook_dispatch.events WHERE id = $1', [
    delivery.eventId,
  ]);
  return {
    body: event.rows[0]?.body?.toString('utf8') ?? null,
    exchanges: rows.map(({ url, headers, answer }) => ({
      url,
      requestHeaders: headers,
      answer: answer?.toString('utf8') ?? null,
    })),
  };
}

function deliveryView(row: DeliveryListRow): WebhookDeliveryView {
  return {
    id: row.id,
    endpointId: row.endpoint_id,
    paymentId: row.payment_id,
    dialect: row.dialect,
    eventId: row.event_id,
    event: row.event,
    sequence: row.sequence,
    status: row.status,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  };
}
