import { byteaArray, jsonArray, textArray } from '@paymatch/platform-event-store';
import type { Database, SqlRunner } from '@paymatch/platform-postgres';
import type { OutgoingMessage } from '../message.codec.js';
import type { WireMessage } from '../message.js';

/** A place in the log: the writing transaction, then the row's own number. Both are needed, see `readLog`. */
export interface LogPlace {
  readonly xid: string;
  readonly pos: number;
}

export type LoggedMessage = WireMessage & { readonly place: LogPlace };

export interface LogPage {
  readonly messages: readonly LoggedMessage[];
  /** Of the last message. */
  readonly end: LogPlace;
}

export interface Consumption {
  readonly group: string;
  readonly topic: string;
}

/** Groups and topics have no spaces in their names. */
function readerName({ group, topic }: Consumption): string {
  return `${group} ${topic}`;
}

interface LogRow {
  xid: string;
  pos: number;
  key: string;
  headers: Record<string, string>;
  value: Buffer;
}

/** Appends in one statement. The order of the messages is the order of their positions. */
export async function appendToLog(sql: SqlRunner, messages: readonly OutgoingMessage[]): Promise<void> {
  await sql.query({
    name: 'bus-append',
    text: `INSERT INTO bus.log (topic, key, headers, value)
           SELECT topic, key, headers, value FROM unnest($1::text[], $2::text[], $3::json[], $4::bytea[]) WITH ORDINALITY AS m (topic, key, headers, value, n) ORDER BY n`,
    values: [
      textArray(messages.map((message) => message.topic)),
      textArray(messages.map((message) => message.key)),
      jsonArray(messages.map((message) => message.headers)),
      byteaArray(messages.map((message) => message.value)),
    ],
  });
}

/**
 * The messages after a place, at most `messagesMax` and about `bytesMax`, or `undefined` when there are none.
 * Two rules keep a reader from skipping a message of a transaction that was slow to commit: rows are taken in the order
 * (xid, pos), and only from transactions older than every one still open. Positions alone are given out before the commit
 * and become visible in any order.
 */
export async function readLog(
  database: Database,
  topic: string,
  from: { readonly after: LogPlace; readonly messagesMax: number; readonly bytesMax: number },
): Promise<LogPage | undefined> {
  const { rows } = await database.query<LogRow>({
    name: 'bus-read',
    // Sorted by the xid8 of `measured`: a bare `xid` would mean the text beside it, where 1000 comes before 999.
    text: `SELECT measured.xid::text, pos, key, headers, value FROM (
             SELECT *, sum(octet_length(value)) OVER (ORDER BY xid, pos) - octet_length(value) AS bytes_before FROM (
               SELECT xid, pos, key, headers, value FROM bus.log
               WHERE topic = $1 AND (xid, pos) > ($2::xid8, $3::bigint) AND xid < pg_snapshot_xmin(pg_current_snapshot())
               ORDER BY xid, pos LIMIT $4) AS page) AS measured
           WHERE bytes_before < $5 ORDER BY measured.xid, pos`,
    values: [topic, from.after.xid, from.after.pos, from.messagesMax, from.bytesMax],
  });
  const last = rows.at(-1);
  if (last === undefined) return undefined;
  return {
    messages: rows.map(({ xid, pos, key, headers, value }) => ({
      topic,
      key,
      headers,
      value,
      position: `${xid}:${pos}`,
      place: { xid, pos },
    })),
    end: { xid: last.xid, pos: last.pos },
  };
}

/** Whether this session now is the group's one consumer of the topic. */
export async function takeLease(session: SqlRunner, consumption: Consumption): Promise<boolean> {
  const { rows } = await session.query<{ taken: boolean }>(
    'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken',
    [`bus/${readerName(consumption)}`],
  );
  return rows[0]?.taken === true;
}

export async function releaseLease(session: SqlRunner, consumption: Consumption): Promise<void> {
  await session.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [`bus/${readerName(consumption)}`]);
}

/**
 * Where the group stands; a group that has never consumed is set to the beginning or to the end. The end is just before the
 * oldest transaction still open, so that nothing published from now on is missed.
 */
export async function loadOffset(
  session: SqlRunner,
  consumption: Consumption,
  from: 'beginning' | 'end',
): Promise<LogPlace> {
  await session.query(
    `INSERT INTO bus.reader_checkpoints (reader, log, xid, pos)
     VALUES ($1, 'bus.log', CASE WHEN $2 = 'end' THEN pg_snapshot_xmin(pg_current_snapshot()) ELSE '0'::xid8 END, 0) ON CONFLICT DO NOTHING`,
    [readerName(consumption), from],
  );
  const { rows } = await session.query<{ xid: string; pos: number }>(
    'SELECT xid::text, pos FROM bus.reader_checkpoints WHERE reader = $1',
    [readerName(consumption)],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`the checkpoint of ${readerName(consumption)} is gone`);
  return { xid: row.xid, pos: row.pos };
}

/** Never moves backwards: a consumer that lost its lock while it worked cannot undo the next one's progress. */
export async function storeOffset(session: SqlRunner, consumption: Consumption, place: LogPlace): Promise<void> {
  await session.query({
    name: 'bus-store-offset',
    text: 'UPDATE bus.reader_checkpoints SET xid = $2::xid8, pos = $3 WHERE reader = $1 AND (xid, pos) < ($2::xid8, $3::bigint)',
    values: [readerName(consumption), place.xid, place.pos],
  });
}

/**
 * Removes one page of messages older than the topic keeps them, never one that a group of the topic has yet to take.
 * Returns how many; a full page means there may be more.
 */
export async function removeExpired(
  database: Database,
  topic: string,
  keep: { readonly retentionMs: number; readonly pageSize: number },
): Promise<number> {
  const { rowCount } = await database.query(
    `DELETE FROM bus.log AS l USING (
       SELECT xid, pos, published_at FROM bus.log WHERE topic = $1 ORDER BY xid, pos LIMIT $3) AS oldest
     WHERE l.topic = $1 AND l.xid = oldest.xid AND l.pos = oldest.pos
       AND oldest.published_at < now() - $2 * interval '1 millisecond'
       AND NOT EXISTS (SELECT 1 FROM bus.reader_checkpoints AS o WHERE o.log = 'bus.log' AND split_part(o.reader, ' ', 2) = $1 AND (o.xid, o.pos) < (oldest.xid, oldest.pos))`,
    [topic, keep.retentionMs, keep.pageSize],
  );
  return rowCount ?? 0;
}
