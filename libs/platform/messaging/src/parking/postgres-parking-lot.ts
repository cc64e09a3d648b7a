import { prepared, type Database, type SqlRunner } from '@paymatch/platform-postgres';
import type { OutgoingMessage } from '../message.codec.js';
import type { WireMessage } from '../message.js';
import { lockOrder, replayOrder } from './parked-replay.js';
import { clipped, COLUMNS, storable, toParked, type ParkedRow } from './parked-row.js';
import type {
  ParkedFilter,
  ParkedMessage,
  ParkedOrder,
  ParkingLot,
  ReplayOptions,
  ReplayReport,
} from './parking-lot.js';

const LIST_MAX = 1_000;
const COUNTED_MAX = 10_000;

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
      `SELECT DISTINCT key FROM ${this.table} WHERE group_name = $1 AND topic = $2 AND key = ANY($3::text[])
        AND status = 'parked'`,
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
      await lockOrder(tx, this.table, { group, topic: message.topic, key: message.key });
      await this.insert(tx, group, { message, ...failure, replayRequestedAt: null });
    });
  }

  parkBehind(group: string, message: WireMessage): Promise<boolean> {
    const order = { group, topic: message.topic, key: message.key };
    return this.database.transaction(async (tx) => {
      // Without the lock a replay could take the last parked message away between the look and the insert,
      // and this message would wait behind nothing, for ever.
      await lockOrder(tx, this.table, order);
      const { rows } = await tx.query<{ id: number | null; requested_at: Date | null }>(
        `SELECT min(id) AS id, max(replay_requested_at) AS requested_at FROM ${this.table} WHERE group_name = $1
          AND topic = $2 AND key = $3 AND status = 'parked'`,
        [group, message.topic, storable(message.key)],
      );
      const first = rows[0]?.id ?? null;
      if (first === null) return false;
      // It joins a replay that is asked for, or it would be left behind when that is cut off after the others.
      const replayRequestedAt = rows[0]?.requested_at ?? null;
      await this.insert(tx, group, {
        message,
        error: `waits behind parked message ${first}`,
        attempts: 0,
        replayRequestedAt,
      });
      return true;
    });
  }

  async list(filter: ParkedFilter): Promise<readonly ParkedMessage[]> {
    const { rows } = await this.database.query<ParkedRow>(
      `SELECT ${COLUMNS} FROM ${this.table}
       WHERE status = $1 AND id > $2 AND ($3::text IS NULL OR group_name = $3) AND ($4::text IS NULL OR topic = $4)
         AND ($5::text IS NULL OR key = $5)
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
       WHERE status = 'parked' AND ($1::text IS NULL OR group_name = $1) AND ($2::text IS NULL OR topic = $2)
         AND ($3::text IS NULL OR key = $3)
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

  /** How many messages wait in each group's parking lot, counted up to 10,000 in all. */
  async counts(): Promise<readonly { readonly group: string; readonly topic: string; readonly count: number }[]> {
    const { rows } = await this.database.query<{ group: string; topic: string; count: number }>({
      ...prepared(`SELECT group_name AS "group", topic, count(*) AS count
        FROM (SELECT group_name, topic FROM ${this.table} WHERE status = 'parked' LIMIT ${COUNTED_MAX}) parked
       GROUP BY group_name, topic`),
      values: [],
    });
    return rows;
  }

  async requestReplay({
    group,
    topic,
    key,
    id,
  }: Pick<ParkedFilter, 'group' | 'topic' | 'key'> & { readonly id?: number }): Promise<number> {
    const { rowCount } = await this.database.query(
      `UPDATE ${this.table} SET replay_requested_at = now()
       WHERE status = 'parked' AND ($1::text IS NULL OR group_name = $1) AND ($2::text IS NULL OR topic = $2)
         AND ($3::text IS NULL OR key = $3) AND ($4::bigint IS NULL OR id = $4)`,
      [group ?? null, topic ?? null, key === undefined ? null : storable(key), id ?? null],
    );
    return rowCount ?? 0;
  }

  async requestedReplays(): Promise<readonly Omit<ParkedOrder, 'key'>[]> {
    const { rows } = await this.database.query<Omit<ParkedOrder, 'key'>>(
      prepared(`SELECT DISTINCT group_name AS "group", topic FROM ${this.table}
        WHERE status = 'parked' AND replay_requested_at IS NOT NULL`),
    );
    return rows;
  }

  async requestedOrders(order: Omit<ParkedOrder, 'key'>, limit: number): Promise<readonly ParkedOrder[]> {
    const { rows } = await this.database.query<{ key: string }>(
      `SELECT key FROM ${this.table}
       WHERE status = 'parked' AND group_name = $1 AND topic = $2 AND replay_requested_at IS NOT NULL
       GROUP BY key ORDER BY min(id) LIMIT $3`,
      [order.group, order.topic, bounded(limit)],
    );
    return rows.map(({ key }) => ({ group: order.group, topic: order.topic, key }));
  }

  replay(
    order: ParkedOrder,
    handle: (message: OutgoingMessage) => Promise<void>,
    options: ReplayOptions = {},
  ): Promise<ReplayReport> {
    return replayOrder({ database: this.database, table: this.table, order, handle, ...options });
  }

  discard(id: number): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const { rows } = await tx.query<Pick<ParkedRow, 'group_name' | 'topic' | 'key'>>(
        `SELECT group_name, topic, key FROM ${this.table} WHERE id = $1 AND status = 'parked'`,
        [id],
      );
      const [row] = rows;
      if (row === undefined) return false;
      const order = { group: row.group_name, topic: row.topic, key: row.key };
      await lockOrder(tx, this.table, order);
      const { rowCount } = await tx.query(
        `UPDATE ${this.table} SET status = 'discarded', settled_at = now() WHERE id = $1 AND status = 'parked'`,
        [id],
      );
      // The first that is left was never tried when it only waited behind this one; one that failed by itself waits for
      // a person.
      await tx.query(
        `UPDATE ${this.table} SET replay_requested_at = now()
         WHERE group_name = $1 AND topic = $2 AND key = $3 AND status = 'parked'
           AND (SELECT attempts = 0 FROM ${this.table} WHERE group_name = $1 AND topic = $2 AND key = $3
             AND status = 'parked'
                ORDER BY id LIMIT 1)`,
        [order.group, order.topic, order.key],
      );
      return rowCount === 1;
    });
  }

  private async insert(
    tx: SqlRunner,
    group: string,
    entry: {
      readonly message: WireMessage;
      readonly error: string;
      readonly attempts: number;
      readonly replayRequestedAt: Date | null;
    },
  ): Promise<void> {
    const { message, error, attempts, replayRequestedAt } = entry;
    const messageId = message.headers['ce_id'] ?? `${message.topic}/${message.position}`;
    await tx.query(
      `INSERT INTO ${this.table} (group_name, topic, key, message_id, headers, value, position, error, attempts,
        replay_requested_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
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
        replayRequestedAt,
      ],
    );
  }
}

function bounded(limit: number | undefined): number {
  return Math.min(limit ?? 100, LIST_MAX);
}
