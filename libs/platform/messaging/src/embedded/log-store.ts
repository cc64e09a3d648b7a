import { LogReader, type LogPosition } from '@paymatch/platform-log';
import { byteaArray, jsonArray, prepared, textArray, type Database, type SqlRunner } from '@paymatch/platform-postgres';
import type { OutgoingMessage } from '../message.codec.js';
import type { WireMessage } from '../message.js';
import type { ConsumerLag } from '../message-bus.js';

export const BUS_LOG = 'bus.log';

export type LoggedMessage = WireMessage & { readonly place: LogPosition };

/**
 * Transactions of others that write into the same database are mostly over before it is worth asking whose they are.
 */
const PATIENCE_MS = 50;

/** Appends in one statement. The order of the messages is the order of their positions. */
export async function appendToLog(sql: SqlRunner, messages: readonly OutgoingMessage[]): Promise<void> {
  await sql.query({
    name: 'bus-append',
    text: `INSERT INTO bus.log (topic, key, headers, value)
           SELECT topic, key, headers, value FROM unnest($1::text[], $2::text[], $3::json[], $4::bytea[]) WITH
             ORDINALITY AS m (topic, key, headers, value, n) ORDER BY n`,
    values: [
      textArray(messages.map((message) => message.topic)),
      textArray(messages.map((message) => message.key)),
      jsonArray(messages.map((message) => message.headers)),
      byteaArray(messages.map((message) => message.value)),
    ],
  });
}

/** One topic of the log; a page ends at about `bytesMax`. */
export function topicReader(topic: string, bytesMax: number): LogReader<LoggedMessage> {
  return new LogReader({
    table: BUS_LOG,
    columns: ['key', 'headers', 'value'],
    only: { column: 'topic', value: topic },
    weight: { sql: 'octet_length(value)', max: bytesMax },
    patienceMs: PATIENCE_MS,
    toRow: (columns, place) => ({
      ...(columns as Pick<WireMessage, 'key' | 'headers' | 'value'>),
      topic,
      position: `${place.xid}:${place.pos}`,
      place,
    }),
  });
}

/** In which of these topics something lies behind that place, readable yet or not. */
export async function topicsWrittenBehind(
  sql: SqlRunner,
  places: readonly (readonly [topic: string, place: LogPosition])[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql.query<{ topic: string }>({
    // LIMIT: one look by the index for each topic, whatever is known of the table.
    ...prepared(`
      SELECT t.topic FROM unnest($1::text[], $2::text[], $3::bigint[]) AS t (topic, xid, pos),
        LATERAL (SELECT FROM ${BUS_LOG} l WHERE l.topic = t.topic AND (l.xid, l.pos) > (t.xid::xid8, t.pos)
          LIMIT 1) news`),
    values: [places.map(([topic]) => topic), places.map(([, { xid }]) => xid), places.map(([, { pos }]) => pos)],
  });
  return new Set(rows.map(({ topic }) => topic));
}

/** A group's name as a reader of one topic: groups and topics have no spaces in their names. */
export function readerName(group: string, topic: string): string {
  return `${group} ${topic}`;
}

const LAG_COUNTED_MAX = 10_000;

/** How many messages each group has yet to take, counted up to 10,000. */
export async function consumerLags(
  sql: SqlRunner,
  /** Group and topic of each. */
  groups: readonly (readonly [string, string])[],
): Promise<readonly ConsumerLag[]> {
  const { rows } = await sql.query<ConsumerLag>({
    ...prepared(`
      SELECT g.group_name AS "group", g.topic,
             (SELECT count(*) FROM (SELECT 1 FROM ${BUS_LOG} l WHERE l.topic = g.topic
               AND (l.xid, l.pos) > (c.xid, c.pos)
                LIMIT ${LAG_COUNTED_MAX}) behind) AS messages
        FROM unnest($1::text[], $2::text[]) AS g (group_name, topic)
        JOIN bus.reader_checkpoints c ON c.reader = g.group_name || ' ' || g.topic`),
    values: [groups.map(([group]) => group), groups.map(([, topic]) => topic)],
  });
  return rows;
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
       AND NOT EXISTS (SELECT 1 FROM bus.reader_checkpoints AS o WHERE o.log = '${BUS_LOG}'
         AND split_part(o.reader, ' ', 2) = $1 AND (o.xid, o.pos) < (oldest.xid, oldest.pos))`,
    [topic, keep.retentionMs, keep.pageSize],
  );
  return rowCount ?? 0;
}
