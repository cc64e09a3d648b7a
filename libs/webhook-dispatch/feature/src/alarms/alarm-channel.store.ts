import type { QuietHours } from './quiet-hours.js';
import type { SqlRunner, Tx } from '@paymatch/platform-postgres';
import type { Owner } from '../endpoints/endpoint.store.js';
import { ALARM_DIALECT, type AlarmRow } from './alarm.store.js';

export type ChannelName = 'mail' | 'endpoint';

export interface AlarmChannel extends Owner {
  readonly channel: ChannelName;
  readonly targets: readonly string[];
}

type ChannelRow = {
  readonly merchant_id: string;
  readonly livemode: boolean;
  readonly channel: ChannelName;
  readonly targets: string[];
};

/** Whom a merchant's alarms are told, by channel. */
export async function findTargets(
  runner: SqlRunner,
  owner: Owner,
): Promise<Readonly<Record<ChannelName, readonly string[]>>> {
  const { rows } = await runner.query<ChannelRow>(
    'SELECT * FROM webhook_dispatch.alarm_channels WHERE merchant_id = $1 AND livemode = $2',
    [owner.merchantId, owner.livemode],
  );
  const targets = (channel: ChannelName): readonly string[] =>
    rows.find((row) => row.channel === channel)?.targets ?? [];
  return { mail: targets('mail'), endpoint: targets('endpoint') };
}

/** No targets: nobody is told there, of what waits neither. New ones are told at once what waits. */
export async function setTargets(tx: Tx, channel: AlarmChannel, nowMs: number): Promise<void> {
  const key = [channel.merchantId, channel.livemode, channel.channel];
  if (channel.targets.length > 0) {
    await tx.query(
      `INSERT INTO webhook_dispatch.alarm_channels (merchant_id, livemode, channel, targets, free_at)
        VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (merchant_id, livemode, channel) DO UPDATE
         SET targets = excluded.targets, free_at = excluded.free_at`,
      [...key, channel.targets, new Date(nowMs)],
    );
    return;
  }
  await tx.query(
    'DELETE FROM webhook_dispatch.alarm_channels WHERE merchant_id = $1 AND livemode = $2 AND channel = $3',
    key,
  );
  await tx.query(
    `UPDATE webhook_dispatch.alarm_notices SET status = 'failed', last_error = 'no_recipient'
     WHERE merchant_id = $1 AND livemode = $2 AND channel = $3 AND status = 'pending'`,
    key,
  );
}

/** Puts new alarms down for whoever is to be told of them; gives how many alarms there were. */
export async function shareOut(
  runner: SqlRunner,
  asked: { readonly channels: readonly ChannelName[]; readonly limit: number },
): Promise<number> {
  const { rowCount } = await runner.query({
    name: 'webhook-alarms-share-out',
    text: `WITH fresh AS (
        SELECT id, merchant_id, livemode FROM webhook_dispatch.alarms WHERE NOT is_shared_out ORDER BY id LIMIT $2
          FOR UPDATE SKIP LOCKED
      ), told AS (
        INSERT INTO webhook_dispatch.alarm_notices (alarm_id, channel, merchant_id, livemode)
        SELECT f.id, c.channel, f.merchant_id, f.livemode FROM fresh f
        JOIN webhook_dispatch.alarm_channels c ON c.merchant_id = f.merchant_id AND c.livemode = f.livemode
        WHERE c.channel = ANY($1) ON CONFLICT DO NOTHING
      )
      UPDATE webhook_dispatch.alarms a SET is_shared_out = true FROM fresh f WHERE a.id = f.id`,
    values: [asked.channels, asked.limit],
  });
  return rowCount ?? 0;
}

/** One channel that is free and has something to tell; nobody else is at it until `untilMs`. */
export async function takeChannel(
  runner: SqlRunner,
  asked: { readonly channels: readonly ChannelName[]; readonly nowMs: number; readonly untilMs: number },
): Promise<AlarmChannel | null> {
  const { rows } = await runner.query<ChannelRow>({
    name: 'webhook-alarms-take-channel',
    text: `UPDATE webhook_dispatch.alarm_channels taken SET free_at = $3
      FROM (SELECT c.merchant_id, c.livemode, c.channel FROM webhook_dispatch.alarm_channels c
            WHERE c.channel = ANY($1) AND c.free_at <= $2
              AND EXISTS (SELECT 1 FROM webhook_dispatch.alarm_notices n WHERE n.merchant_id = c.merchant_id
                AND n.livemode = c.livemode
                            AND n.channel = c.channel AND n.status = 'pending')
            ORDER BY c.free_at LIMIT 1 FOR UPDATE SKIP LOCKED) free
      WHERE taken.merchant_id = free.merchant_id AND taken.livemode = free.livemode AND taken.channel = free.channel
      RETURNING taken.merchant_id, taken.livemode, taken.channel, taken.targets`,
    values: [asked.channels, new Date(asked.nowMs), new Date(asked.untilMs)],
  });
  const [row] = rows;
  if (row === undefined) return null;
  return { merchantId: row.merchant_id, livemode: row.livemode, channel: row.channel, targets: row.targets };
}

export async function freeChannel(runner: SqlRunner, channel: AlarmChannel, atMs: number): Promise<void> {
  await runner.query(
    'UPDATE webhook_dispatch.alarm_channels SET free_at = $4 WHERE merchant_id = $1 AND livemode = $2 AND channel = $3',
    [channel.merchantId, channel.livemode, channel.channel, new Date(atMs)],
  );
}

export type WaitingAlarm = AlarmRow & { readonly attempts: number };

/** Oldest first. */
export async function waitingAlarms(
  runner: SqlRunner,
  channel: AlarmChannel,
  limit: number,
): Promise<readonly WaitingAlarm[]> {
  const { rows } = await runner.query<WaitingAlarm>(
    `SELECT a.id, a.type, a.endpoint_id, a.delivery_id, a.payment_id, a.details, a.at, n.attempts, ${ALARM_DIALECT}
     FROM webhook_dispatch.alarm_notices n JOIN webhook_dispatch.alarms a ON a.id = n.alarm_id
     WHERE n.merchant_id = $1 AND n.livemode = $2 AND n.channel = $3 AND n.status = 'pending' ORDER BY n.alarm_id
       LIMIT $4`,
    [channel.merchantId, channel.livemode, channel.channel, limit],
  );
  return rows;
}

export async function saveNotices(
  runner: SqlRunner,
  channel: ChannelName,
  attempt: {
    readonly alarmIds: readonly string[];
    readonly error: string | null;
    readonly isOver: boolean;
    readonly nowMs: number;
  },
): Promise<void> {
  const { alarmIds, error, isOver, nowMs } = attempt;
  await runner.query(
    `UPDATE webhook_dispatch.alarm_notices
     SET attempts = attempts + 1, last_error = $3, status = CASE WHEN $3::text IS NULL THEN 'sent' WHEN $4 THEN 'failed'
       ELSE 'pending' END,
       sent_at = CASE WHEN $3::text IS NULL THEN $5::timestamptz END
     WHERE alarm_id = ANY($1::uuid[]) AND channel = $2 AND status = 'pending'`,
    [alarmIds, channel, error, isOver, new Date(nowMs)],
  );
}

/** What could not be told for so long is not told any more; it stays in the list. */
export async function endLateNotices(runner: SqlRunner, channel: AlarmChannel, before: Date): Promise<void> {
  await runner.query(
    `UPDATE webhook_dispatch.alarm_notices n SET status = 'failed', last_error = coalesce(n.last_error, 'too_late')
     FROM webhook_dispatch.alarms a
     WHERE a.id = n.alarm_id AND n.merchant_id = $1 AND n.livemode = $2 AND n.channel = $3 AND n.status = 'pending'
       AND a.at < $4`,
    [channel.merchantId, channel.livemode, channel.channel, before],
  );
}

export async function findQuietHours(runner: SqlRunner, owner: Owner): Promise<QuietHours | null> {
  const { rows } = await runner.query<{ from_minute: number; to_minute: number; zone: string }>(
    'SELECT from_minute, to_minute, zone FROM webhook_dispatch.alarm_quiet_hours WHERE merchant_id = $1 AND livemode = $2',
    [owner.merchantId, owner.livemode],
  );
  const [row] = rows;
  return row === undefined ? null : { fromMinute: row.from_minute, toMinute: row.to_minute, zone: row.zone };
}

/** What mail waits for is looked at anew. */
export async function setQuietHours(
  tx: Tx,
  change: { readonly channel: Owner; readonly hours: QuietHours | null; readonly nowMs: number },
): Promise<void> {
  const { channel, hours, nowMs } = change;
  const key = [channel.merchantId, channel.livemode];
  if (hours === null)
    await tx.query('DELETE FROM webhook_dispatch.alarm_quiet_hours WHERE merchant_id = $1 AND livemode = $2', key);
  else
    await tx.query(
      `INSERT INTO webhook_dispatch.alarm_quiet_hours (merchant_id, livemode, from_minute, to_minute, zone)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT (merchant_id, livemode)
       DO UPDATE SET from_minute = excluded.from_minute, to_minute = excluded.to_minute, zone = excluded.zone`,
      [...key, hours.fromMinute, hours.toMinute, hours.zone],
    );
  await tx.query(
    `UPDATE webhook_dispatch.alarm_channels SET free_at = $3 WHERE merchant_id = $1 AND livemode = $2
      AND channel = 'mail'`,
    [...key, new Date(nowMs)],
  );
}
