import type { SqlRunner, Tx } from '@paymatch/platform-postgres';

/** `null`: another process is at it. */
export async function lockProgress(tx: Tx): Promise<string | null> {
  const { rows } = await tx.query<{ id: string }>(
    'SELECT reached_event_id AS id FROM webhook_dispatch.retention FOR UPDATE SKIP LOCKED',
  );
  return rows[0]?.id ?? null;
}

export interface OldEvent {
  readonly id: string;
  readonly recorded_at: Date;
}

/**
 * The next events in the order of their ids, up to the first that is not old yet. Locked: whoever has one sent again
 * locks it too, and either finds its body gone, or is found here with a delivery that waits.
 */
export async function lockOldEvents(
  tx: Tx,
  asked: { readonly after: string; readonly before: Date; readonly limit: number },
): Promise<readonly OldEvent[]> {
  const { rows } = await tx.query<OldEvent>(
    'SELECT id, recorded_at FROM webhook_dispatch.events WHERE id > $1 ORDER BY id LIMIT $2 FOR UPDATE',
    [asked.after, asked.limit],
  );
  const end = rows.findIndex((row) => row.recorded_at >= asked.before);
  return end < 0 ? rows : rows.slice(0, end);
}

/** Those that were left and are to be looked at again. */
export async function lockLeftEvents(
  tx: Tx,
  asked: { readonly now: Date; readonly limit: number },
): Promise<readonly string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT e.id FROM webhook_dispatch.retention_left l JOIN webhook_dispatch.events e ON e.id = l.event_id
     WHERE l.look_at <= $1 ORDER BY l.look_at LIMIT $2 FOR UPDATE`,
    [asked.now, asked.limit],
  );
  return rows.map(({ id }) => id);
}

/**
 * Of these events those that are not delivered (waiting, or given up and still to be asked for), or were sent again
 * since.
 */
export async function unfinishedOf(
  runner: SqlRunner,
  eventIds: readonly string[],
  before: Date,
): Promise<readonly string[]> {
  const { rows } = await runner.query<{ id: string }>(
    `SELECT DISTINCT d.event_id AS id FROM webhook_dispatch.deliveries d
     LEFT JOIN webhook_dispatch.endpoints e ON e.id = d.endpoint_id
     WHERE d.event_id = ANY($1::uuid[])
       AND (d.status = 'pending' OR (d.status = 'given_up' AND e.status IS DISTINCT FROM 'removed')
         OR EXISTS (SELECT 1 FROM webhook_dispatch.attempts a WHERE a.delivery_id = d.id AND a.at >= $2))`,
    [eventIds, before],
  );
  return rows.map(({ id }) => id);
}

/**
 * Bodies go, and all attempts but each delivery's last, of which the exchange goes; the lines stay. Gives how many
 * attempts went.
 */
export async function prune(tx: Tx, eventIds: readonly string[]): Promise<number> {
  await tx.query('UPDATE webhook_dispatch.events SET body = NULL WHERE id = ANY($1::uuid[]) AND body IS NOT NULL', [
    eventIds,
  ]);
  const { rows } = await tx.query<{ id: string }>(
    'SELECT id FROM webhook_dispatch.deliveries WHERE event_id = ANY($1::uuid[])',
    [eventIds],
  );
  const deliveryIds = rows.map(({ id }) => id);
  const { rowCount } = await tx.query(
    `DELETE FROM webhook_dispatch.attempts a WHERE a.delivery_id = ANY($1::uuid[])
       AND EXISTS (SELECT 1 FROM webhook_dispatch.attempts later WHERE later.delivery_id = a.delivery_id
         AND later.id > a.id)`,
    [deliveryIds],
  );
  await tx.query(
    `UPDATE webhook_dispatch.attempts SET request_headers = NULL, answer = NULL
     WHERE delivery_id = ANY($1::uuid[]) AND (request_headers IS NOT NULL OR answer IS NOT NULL)`,
    [deliveryIds],
  );
  return rowCount ?? 0;
}

export async function leaveForLater(tx: Tx, eventIds: readonly string[], lookAt: Date): Promise<void> {
  await tx.query(
    `INSERT INTO webhook_dispatch.retention_left (event_id, look_at) SELECT id, $2 FROM unnest($1::uuid[]) AS id
     ON CONFLICT (event_id) DO UPDATE SET look_at = excluded.look_at`,
    [eventIds, lookAt],
  );
}

export async function forgetLeft(tx: Tx, eventIds: readonly string[]): Promise<void> {
  await tx.query('DELETE FROM webhook_dispatch.retention_left WHERE event_id = ANY($1::uuid[])', [eventIds]);
}

export interface Pruned {
  /** The last event that was looked at; `null`: no further than before. */
  readonly reached: OldEvent | null;
  readonly eventCount: number;
  readonly attemptCount: number;
  readonly now: Date;
}

export async function saveProgress(tx: Tx, { reached, eventCount, attemptCount, now }: Pruned): Promise<void> {
  await tx.query(
    `UPDATE webhook_dispatch.retention
      SET reached_event_id = coalesce($1, reached_event_id), reached_at = coalesce($2, reached_at),
       events_pruned = events_pruned + $3, attempts_pruned = attempts_pruned + $4, updated_at = $5`,
    [reached?.id ?? null, reached?.recorded_at ?? null, eventCount, attemptCount, now],
  );
}

/** Alarms with what became of telling them, and test events, are not kept longer either. Gives how many went. */
export async function pruneSideTables(
  runner: SqlRunner,
  asked: { readonly before: Date; readonly limit: number },
): Promise<number> {
  const alarms = await runner.query(
    `DELETE FROM webhook_dispatch.alarms WHERE id IN (
       SELECT id FROM webhook_dispatch.alarms WHERE at < $1 ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [asked.before, asked.limit],
  );
  const tests = await runner.query(
    `DELETE FROM webhook_dispatch.test_events WHERE id IN (
       SELECT id FROM webhook_dispatch.test_events WHERE created_at < $1 AND due_at IS NULL ORDER BY id LIMIT $2
         FOR UPDATE SKIP LOCKED)`,
    [asked.before, asked.limit],
  );
  return Math.max(alarms.rowCount ?? 0, tests.rowCount ?? 0);
}
