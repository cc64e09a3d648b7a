import type { SqlRunner } from '@paymatch/platform-postgres';
import { prepared } from './prepared.js';
import type { LogPosition } from './stored-event.js';
import { writeHorizon } from './write-horizon.js';

/** A row of a log with its place. */
export type Logged = { readonly position: LogPosition };

export interface LogReaderOptions<Row> {
  /** A table with columns `xid xid8 DEFAULT pg_current_xact_id()` and `pos bigint` identity, indexed by (xid, pos); schema-qualified. */
  readonly table: string;
  /** The columns to read besides these two. */
  readonly columns: readonly string[];
  /** Makes the row readers get; the plain columns with `position` when absent. */
  readonly toRow?: (columns: Readonly<Record<string, unknown>>, position: LogPosition) => Row;
}

/** Before the first row of any log. */
export const LOG_START: LogPosition = { xid: '0', pos: 0 };

/**
 * Reads a table in the order (xid, pos) and never skips a row.
 *
 * `pos` alone loses rows: a transaction may take number 5, a later one take 6 and commit first; a reader that saw 6 goes on
 * from there and never sees 5. So readers stop below the oldest open transaction that may write this log: below it
 * every transaction has ended or is a stranger to the log, and nothing can appear any more. For the same reason the checkpoint
 * must hold both numbers: a later transaction's row may have the smaller `pos`.
 */
export class LogReader<Row extends Logged> {
  readonly table: string;
  readonly #read: { readonly name: string; readonly text: string };

  constructor(private readonly options: LogReaderOptions<Row>) {
    this.table = options.table;
    this.#read = prepared(`
      SELECT xid::text AS xid, pos, ${options.columns.join(', ')} FROM ${options.table} log
      WHERE (log.xid, log.pos) > ($1::xid8, $2::bigint) AND log.xid < $4::xid8
      ORDER BY log.xid, log.pos LIMIT $3`);
  }

  /**
   * The next rows after `checkpoint`, at most `limit`; the last one's position is the next checkpoint. Two statements, the second with
   * a snapshot of its own: what ended before the first looked is seen by the second. Never within a REPEATABLE READ transaction.
   */
  async read(sql: SqlRunner, checkpoint: LogPosition, limit: number): Promise<readonly Row[]> {
    const { toRow } = this.options;
    const horizon = await writeHorizon(sql, this.table);
    const { rows } = await sql.query<Record<string, unknown> & { xid: string; pos: number }>({
      ...this.#read,
      values: [checkpoint.xid, checkpoint.pos, limit, horizon],
    });
    return rows.map((row) => {
      const { xid, pos, ...rest } = row;
      const position = { xid, pos };
      return toRow === undefined ? ({ ...rest, position } as unknown as Row) : toRow(rest, position);
    });
  }

  /** How many rows lie behind `checkpoint`, readable yet or not; counts to `max` and no further. */
  async countAfter(sql: SqlRunner, checkpoint: LogPosition, max: number): Promise<number> {
    const { rows } = await sql.query<{ count: number }>(
      `SELECT count(*) AS count FROM (SELECT 1 FROM ${this.table} log WHERE (log.xid, log.pos) > ($1::xid8, $2::bigint) LIMIT $3) behind`,
      [checkpoint.xid, checkpoint.pos, max],
    );
    return rows[0]?.count ?? 0;
  }
}
