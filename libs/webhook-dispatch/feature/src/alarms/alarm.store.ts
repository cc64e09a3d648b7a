import {
  newId,
  type AlarmType,
  type WebhookAlarmDetails,
  type WebhookAlarmType,
  type WebhookAlarmView,
} from '@paymatch/contracts';
import type { SqlRunner, Tx } from '@paymatch/platform-postgres';
import type { Owner } from '../endpoints/endpoint.store.js';

export interface NewAlarm extends Owner {
  readonly type: AlarmType;
  readonly endpointId: string | null;
  readonly deliveryId?: string;
  readonly paymentId?: string;
  readonly details: WebhookAlarmDetails;
  /** Names what happened: the same is put down once. */
  readonly occasion: string;
}

export async function insertAlarms(tx: Tx, alarms: readonly NewAlarm[], nowMs: number): Promise<void> {
  if (alarms.length === 0) return;
  await tx.query(
    `INSERT INTO webhook_dispatch.alarms (id, merchant_id, livemode, type, endpoint_id, delivery_id, payment_id,
      details, occasion, at)
     SELECT fresh.*, $10::timestamptz
       FROM unnest($1::uuid[], $2::text[], $3::boolean[], $4::text[], $5::uuid[], $6::uuid[], $7::uuid[],
       $8::jsonb[], $9::text[]) AS fresh
     ON CONFLICT (occasion) DO NOTHING`,
    [
      alarms.map(() => newId(nowMs)),
      alarms.map(({ merchantId }) => merchantId),
      alarms.map(({ livemode }) => livemode),
      alarms.map(({ type }) => type),
      alarms.map(({ endpointId }) => endpointId),
      alarms.map(({ deliveryId }) => deliveryId ?? null),
      alarms.map(({ paymentId }) => paymentId ?? null),
      alarms.map(({ details }) => JSON.stringify(details)),
      alarms.map(({ occasion }) => occasion),
      new Date(nowMs),
    ],
  );
}

export interface AlarmRow {
  readonly id: string;
  readonly type: AlarmType;
  readonly endpoint_id: string | null;
  readonly delivery_id: string | null;
  readonly payment_id: string | null;
  readonly dialect: WebhookAlarmView['dialect'];
  readonly details: WebhookAlarmDetails;
  readonly at: Date;
}

export interface AlarmFilter extends Owner {
  readonly alarm: WebhookAlarmType | null;
  readonly endpointId: string | null;
  readonly before: string | null;
  readonly limit: number;
}

/** Of the contract that an alarm's payment is of; nothing once its delivery is too old to be kept. */
export const ALARM_DIALECT = `(SELECT e.dialect FROM webhook_dispatch.deliveries d JOIN webhook_dispatch.events e
  ON e.id = d.event_id
     WHERE d.id = a.delivery_id) AS dialect`;

/** Newest first. */
export async function listAlarms(runner: SqlRunner, filter: AlarmFilter): Promise<readonly WebhookAlarmView[]> {
  const { rows } = await runner.query<AlarmRow & { readonly notices: WebhookAlarmView['notices'] }>(
    `SELECT a.id, a.type, a.endpoint_id, a.delivery_id, a.payment_id, a.details, a.at, ${ALARM_DIALECT},
       coalesce((SELECT json_agg(json_build_object('channel', n.channel, 'status', n.status, 'attempts', n.attempts,
         'lastError', n.last_error,
           'sentAt', to_char(n.sent_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY n.channel)
         FROM webhook_dispatch.alarm_notices n WHERE n.alarm_id = a.id), '[]') AS notices
     FROM webhook_dispatch.alarms a
     WHERE a.merchant_id = $1 AND a.livemode = $2 AND ($3::text IS NULL OR a.type = $3)
       AND ($4::uuid IS NULL OR a.endpoint_id = $4)
       AND ($5::uuid IS NULL OR a.id < $5) ORDER BY a.id DESC LIMIT $6`,
    [filter.merchantId, filter.livemode, filter.alarm, filter.endpointId, filter.before, filter.limit],
  );
  return rows.map((row) => ({
    id: row.id,
    type: row.type,
    endpointId: row.endpoint_id,
    deliveryId: row.delivery_id,
    paymentId: row.payment_id,
    dialect: row.dialect,
    details: row.details,
    at: row.at.toISOString(),
    notices: row.notices,
  }));
}
