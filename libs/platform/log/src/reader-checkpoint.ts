import { prepared, type SqlRunner } from '@paymatch/platform-postgres';
import { LOG_START, type LogPosition } from './log-position.js';

export interface ReaderCheckpointOptions {
  /** Where `reader_checkpoints` is. */
  readonly schema: string;
  readonly reader: string;
  /** The table that is read, schema-qualified. */
  readonly log: string;
}

interface StoredPosition {
  readonly xid: string;
  readonly pos: number;
}

/** How far a reader has come in a log. */
export class ReaderCheckpoint {
  readonly #table: string;
  readonly #store: { readonly name: string; readonly text: string };

  constructor(private readonly options: ReaderCheckpointOptions) {
    this.#table = `${options.schema}.reader_checkpoints`;
    this.#store = prepared(
      `UPDATE ${this.#table} SET xid = $2::xid8, pos = $3 WHERE reader = $1 AND (xid, pos) < ($2::xid8, $3::bigint)`,
    );
  }

  /** The beginning of the log for a reader that has never read. */
  async load(sql: SqlRunner): Promise<LogPosition> {
    return (await this.#stored(sql)) ?? LOG_START;
  }

  /**
   * Sets a reader that has never read to the log's beginning or end; tells where it stands. The end is just before the
   * oldest transaction still open, so that nothing written from now on is missed.
   */
  async begin(sql: SqlRunner, from: 'beginning' | 'end'): Promise<LogPosition> {
    const stored = await this.#stored(sql);
    if (stored !== undefined) return stored;
    const { rows } = await sql.query<StoredPosition>(
      `INSERT INTO ${this.#table} (reader, log, xid, pos)
       VALUES ($1, $2, CASE WHEN $3 = 'end' THEN pg_snapshot_xmin(pg_current_snapshot()) ELSE '0'::xid8 END, 0)
       ON CONFLICT DO NOTHING RETURNING xid::text AS xid, pos`,
      [this.options.reader, this.options.log, from],
    );
    // Another process that began at the same moment was first.
    return rows[0] ?? this.load(sql);
  }

  async #stored(sql: SqlRunner): Promise<LogPosition | undefined> {
    const { rows } = await sql.query<StoredPosition>(
      `SELECT xid::text AS xid, pos FROM ${this.#table} WHERE reader = $1`,
      [this.options.reader],
    );
    return rows[0];
  }

  get reader(): string {
    return this.options.reader;
  }

  /**
   * Only forward: a reader that lost its lease while it worked, and comes back late, cannot undo its successor's
   * progress.
   */
  async store(sql: SqlRunner, { xid, pos }: LogPosition): Promise<void> {
    await sql.query({ ...this.#store, values: [this.options.reader, xid, pos] });
  }
}
