import type { Database, SqlRunner } from '@paymatch/platform-postgres';
import { ATTRIBUTE_MAX_CHARS, type OutgoingMessage } from '../message.codec.js';
import type { WireMessage } from '../message.js';
import { describeFault } from '../fault.js';
import type {
  ParkedFilter,
  ParkedMessage,
  ParkedOrder,
  ParkedStatus,
  ParkingLot,
  ReplayReport,
} from './parking-lot.js';

interface ParkedRow {
  id: number;
  group_name: string;
  topic: string;
  key: string;
  headers: Record<string, string>;
  value: Buffer;
  position: string;
  error: string;
  attempts: number;
  parked_at: Date;
  status: ParkedStatus;
}

const COLUMNS = 'id, group_name, topic, key, headers, value, position, error, attempts, parked_at, status';
const LIST_MAX = 1_000;
const ERROR_MAX_CHARS = 4_000;

/** The parking lot of one service: table `parked_messages` of its schema (`parkedMessagesMigrationSql`). */
export class PostgresParkingLot implements ParkingLot {
  private readonly table: string;

  constructor(private readonly database: Database) {
    this.table = `"${database.schema}".parked_messages`;
  }

  async blockedKeys(order: Omit<ParkedOrder, 'key'>, limit: number): Promise<readonly string[]> {
    const { rows } = await this.database.query<{ key: string }>(
      `SELECT DISTINCT key FROM ${this.table} WHERE group_name = $1 AND topic = $2 AND status = 'parked' LIMIT $3`,
      [order.group, order.topic, limit],
    );
    return rows.map((row) => row.key);
  }

  async blockedAmong(order: Omit<ParkedOrder, 'key'>, keys: readonly string[]): Promise<readonly string[]> {
    const { rows } = await this.database.query<{ key: string }>(
      `SELECT DISTINCT key FROM ${this.table} WHERE group_name = $1 AND topic = $2 AND key = ANY($3::text[]) AND status = 'parked'`,
      [order.group, order.topic, keys.map(storable)],
    );
    return rows.map((row) => row.key);
  }

  async park(
    group: string,
    message: WireMessage,
    failure: { readonly error: string; readonly attempts: number },
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.lockOrder(tx, { group, topic: message.topic, key: message.key });
      await this.insert(tx, group, { message, ...failure });
    });
  }

  parkBehind(group: string, message: WireMessage): Promise<boolean> {
    const order = { group, topic: message.topic, key: message.key };
    return this.database.transaction(async (tx) => {
      // Without the lock a replay could take the last parked message away between the look and the insert,
      // and this message would wait behind nothing, for ever.
      await this.lockOrder(tx, order);
      const { rows } = await tx.query<{ id: number | null }>(
        `SELECT min(id) AS id FROM ${this.table} WHERE group_name = $1 AND topic = $2 AND key = $3 AND status = 'parked'`,
        [group, message.topic, storable(message.key)],
      );
      const first = rows[0]?.id ?? null;
      if (first === null) return false;
      await this.insert(tx, group, { message, error: `waits behind parked message ${first}`, attempts: 0 });
      return true;
    });
  }

  async list(filter: ParkedFilter): Promise<readonly ParkedMessage[]> {
    const { rows } = await this.database.query<ParkedRow>(
      `SELECT ${COLUMNS} FROM ${this.table}
       WHERE status = $1 AND id > $2 AND ($3::text IS NULL OR group_name = $3) AND ($4::text IS NULL OR topic = $4) AND ($5::text IS NULL OR key = $5)
       ORDER BY id LIMIT $6`,
      [
        filter.status ?? 'parked',
        filter.afterId ?? 0,
        filter.group ?? null,
        filter.topic ?? null,
        filter.key === undefined ? null : storable(filter.key),
        bounded(filter.limit),
      ],
    );
    return rows.map(toParked);
  }

  async orders(
    filter: Pick<ParkedFilter, 'group' | 'topic' | 'key' | 'limit'>,
  ): Promise<readonly (ParkedOrder & { readonly count: number })[]> {
    const { rows } = await this.database.query<{ group_name: string; topic: string; key: string; count: number }>(
      `SELECT group_name, topic, key, count(*) AS count FROM ${this.table}
       WHERE status = 'parked' AND ($1::text IS NULL OR group_name = $1) AND ($2::text IS NULL OR topic = $2) AND ($3::text IS NULL OR key = $3)
       GROUP BY group_name, topic, key ORDER BY min(id) LIMIT $4`,
      [
        filter.group ?? null,
        filter.topic ?? null,
        filter.key === undefined ? null : storable(filter.key),
        bounded(filter.limit),
      ],
    );
    return rows.map((row) => ({ group: row.group_name, topic: row.topic, key: row.key, count: row.count }));
  }

  async replay(order: ParkedOrder, handle: (message: OutgoingMessage) => Promise<void>): Promise<ReplayReport> {
    const guard = await this.database.connection();
    const lock = `replay/${orderName(this.table, order)}`;
    try {
      const { rows } = await guard.query<{ taken: boolean }>(
        'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken',
        [lock],
      );
      if (rows[0]?.taken !== true) return { replayedCount: 0, error: 'another replay of this key is running' };
      return await this.replayInOrder(order, handle);
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

  async discard(id: number): Promise<boolean> {
    const { rowCount } = await this.database.query(
      `UPDATE ${this.table} SET status = 'discarded', settled_at = now() WHERE id = $1 AND status = 'parked'`,
      [id],
    );
    return rowCount === 1;
  }

  private async replayInOrder(
    order: ParkedOrder,
    handle: (message: OutgoingMessage) => Promise<void>,
  ): Promise<ReplayReport> {
    for (let replayedCount = 0, lastId = 0; ; replayedCount += 1) {
      const next = await this.nextWaiting(order, lastId);
      if (next === undefined) return { replayedCount, error: null };
      try {
        await handle({ topic: next.topic, key: next.key, headers: next.headers, value: next.value });
      } catch (error) {
        await this.database.query(`UPDATE ${this.table} SET attempts = attempts + 1, error = $2 WHERE id = $1`, [
          next.id,
          clipped(describeFault(error)),
        ]);
        return { replayedCount, error: `message ${next.id}: ${describeFault(error)}` };
      }
      // Settled under the order's lock: a later message either finds this row still parked and is parked behind it,
      // in time for the next turn, or finds nothing and goes to the handler after this one's effects.
      await this.database.transaction(async (tx) => {
        await this.lockOrder(tx, order);
        await tx.query(
          `UPDATE ${this.table} SET status = 'replayed', settled_at = now() WHERE id = $1 AND status = 'parked'`,
          [next.id],
        );
      });
      lastId = next.id;
    }
  }

  private async nextWaiting(order: ParkedOrder, afterId: number): Promise<ParkedRow | undefined> {
    const { rows } = await this.database.query<ParkedRow>(
      `SELECT ${COLUMNS} FROM ${this.table} WHERE group_name = $1 AND topic = $2 AND key = $3 AND id > $4 AND status = 'parked' ORDER BY id LIMIT 1`,
      [order.group, order.topic, storable(order.key), afterId],
    );
    return rows[0];
  }

  private async lockOrder(tx: SqlRunner, order: ParkedOrder): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [orderName(this.table, order)]);
  }

  private async insert(
    tx: SqlRunner,
    group: string,
    entry: { readonly message: WireMessage; readonly error: string; readonly attempts: number },
  ): Promise<void> {
    const { message, error, attempts } = entry;
    const messageId = message.headers['ce_id'] ?? `${message.topic}/${message.position}`;
    await tx.query(
      `INSERT INTO ${this.table} (group_name, topic, key, message_id, headers, value, position, error, attempts)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (group_name, topic, key, message_id) WHERE status = 'parked' DO NOTHING`,
      [
        group,
        message.topic,
        storable(message.key),
        storable(messageId),
        JSON.stringify(message.headers),
        message.value,
        message.position,
        clipped(error),
        attempts,
      ],
    );
  }
}

/** PostgreSQL's text cannot hold NUL, nor an index a long text; the codec refuses both, so no key of ours is changed here. */
function storable(text: string): string {
  return text.replaceAll('\0', '\ufffd').slice(0, ATTRIBUTE_MAX_CHARS);
}

function clipped(text: string): string {
  return text.replaceAll('\0', '\ufffd').slice(0, ERROR_MAX_CHARS);
}

function bounded(limit: number | undefined): number {
  return Math.min(limit ?? 100, LIST_MAX);
}

function orderName(table: string, order: ParkedOrder): string {
  return `${table}/${order.group}/${order.topic}/${storable(order.key)}`;
}

function toParked(row: ParkedRow): ParkedMessage {
  return {
    id: row.id,
    group: row.group_name,
    topic: row.topic,
    key: row.key,
    headers: row.headers,
    value: row.value,
    position: row.position,
    error: row.error,
    attempts: row.attempts,
    parkedAt: row.parked_at,
    status: row.status,
  };
}
