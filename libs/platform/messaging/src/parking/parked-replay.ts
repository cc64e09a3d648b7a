import type { Database, SqlRunner } from '@paymatch/platform-postgres';
import { describeFault } from '../fault.js';
import type { OutgoingMessage } from '../message.codec.js';
import { clipped, COLUMNS, orderName, storable, type ParkedRow } from './parked-row.js';
import type { ParkedOrder, ReplayOptions, ReplayReport } from './parking-lot.js';

interface Replay extends ReplayOptions {
  readonly database: Database;
  readonly table: string;
  readonly order: ParkedOrder;
  readonly handle: (message: OutgoingMessage) => Promise<void>;
}

/** Parking behind an earlier message, settling a replayed one and giving one up wait for each other. */
export async function lockOrder(tx: SqlRunner, table: string, order: ParkedOrder): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [orderName(table, order)]);
}

/** One replay of an order at a time, over all processes. */
export async function replayOrder(replay: Replay): Promise<ReplayReport> {
  const guard = await replay.database.connection();
  const lock = `replay/${orderName(replay.table, replay.order)}`;
  try {
    const { rows } = await guard.query<{ taken: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken',
      [lock],
    );
    if (rows[0]?.taken !== true) return { replayedCount: 0, error: 'another replay of this key is running' };
    return await replayAll(replay);
  } finally {
    // A connection that cannot be unlocked is closed, which unlocks it.
    guard.release(
      await guard.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [lock]).then(
        () => undefined,
        (error: Error) => error,
      ),
    );
  }
}

async function replayAll(replay: Replay): Promise<ReplayReport> {
  const { database, table, order, handle, isOrdered = true, isAway } = replay;
  let replayedCount = 0;
  let lastError: string | null = null;
  for (let lastId = 0; ;) {
    const next = await nextWaiting(replay, lastId);
    if (next === undefined) return { replayedCount, error: lastError };
    lastId = next.id;
    try {
      await handle({ topic: next.topic, key: next.key, headers: next.headers, value: next.value });
    } catch (error) {
      lastError = `message ${next.id}: ${describeFault(error)}`;
      if (isAway?.(error)) return { replayedCount, error: lastError };
      await noteFailure(replay, next.id, error);
      if (isOrdered) return { replayedCount, error: lastError };
      continue;
    }
    // Settled under the order's lock: a later message either finds this row still parked and is parked behind it,
    // in time for the next turn, or finds nothing and goes to the handler after this one's effects.
    await database.transaction(async (tx) => {
      await lockOrder(tx, table, order);
      await tx.query(
        `UPDATE ${table} SET status = 'replayed', settled_at = now() WHERE id = $1 AND status = 'parked'`,
        [next.id],
      );
    });
    replayedCount += 1;
  }
}

/** The wish is spent: of the whole order, or of this message where each stands for itself. */
async function noteFailure(replay: Replay, id: number, error: unknown): Promise<void> {
  const { database, table, order, isOrdered = true } = replay;
  await database.query(
    `UPDATE ${table} SET replay_requested_at = NULL, attempts = attempts + CASE WHEN id = $1 THEN 1 ELSE 0 END,
       error = CASE WHEN id = $1 THEN $2 ELSE error END
     WHERE id = $1 OR ($3 AND group_name = $4 AND topic = $5 AND key = $6 AND status = 'parked')`,
    [id, clipped(describeFault(error)), isOrdered, order.group, order.topic, storable(order.key)],
  );
}

async function nextWaiting(replay: Replay, afterId: number): Promise<ParkedRow | undefined> {
  const { database, table, order, isOrdered = true } = replay;
  const { rows } = await database.query<ParkedRow>(
    `SELECT ${COLUMNS} FROM ${table}
     WHERE group_name = $1 AND topic = $2 AND key = $3 AND id > $4 AND status = 'parked'
       AND ($5 OR replay_requested_at IS NOT NULL) ORDER BY id LIMIT 1`,
    [order.group, order.topic, storable(order.key), afterId, isOrdered],
  );
  return rows[0];
}
