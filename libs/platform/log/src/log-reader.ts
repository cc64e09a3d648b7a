import { prepared, type SqlRunner } from '@paymatch/platform-postgres';
import type { LogPosition } from './log-position.js';
import { WRITE_HORIZON_SQL } from './write-horizon.js';

/** A row of a log with its place. */
export type Logged = { readonly position: LogPosition };

export interface LogReaderOptions<Row> {
  /** A table with columns `xid xid8 DEFAULT pg_current_xact_id()` and `pos bigint` identity; schema-qualified. */
  readonly table: string;
  /** The columns to read besides these two. */
  readonly columns: readonly string[];
  /** Makes the row readers get; the plain columns with `position` when absent. */
  readonly toRow?: (columns: Readonly<Record<string, unknown>>, position: LogPosition) => Row;
  /** Several logs in one table: the column that tells them apart, and which one. Indexed by (column, xid, pos), else by (xid, pos). */
  readonly only?: { readonly column: string; readonly value: string };
  /** A page ends when its rows weigh so much, but has one row at least. */
  readonly weight?: { readonly sql: string; readonly max: number };
  /** How long strangers' transactions are waited for before it is asked who they are; 0 when absent. */
  readonly patienceMs?: number;
}

/**
 * Reads a table in the order (xid, pos) and never skips a row.
 *
 * `pos` alone loses rows: a transaction may take number 5, a later one take 6 and commit first; a reader that saw 6 goes on
 * from there and never sees 5. So readers stop below the oldest open transaction that may write this log: below it
 * every transaction has ended or is a stranger to the log, and nothing can appear any more. For the same reason the checkpoint
 * must hold both numbers: a later transaction's row may have the smaller `pos`.
 *
 * The server's oldest open transaction is known to every snapshot, so below it rows are read by one statement. Only when
 * rows are there and none is readable is it asked which open transactions may write the log, and read below those.
 */
export class LogReader<Row> {
  readonly table: string;
  readonly #page: Statement;
  readonly #horizon: Statement;
  readonly #count: Statement;
  #emptySinceMs: number | undefined;

  constructor(private readonly options: LogReaderOptions<Row>) {
    this.table = options.table;
    this.#page = prepared(pageSql(options));
    const behind = (first: number): string =>
      `FROM ${options.table} log WHERE ${onlySql(options, first + 2)}(log.xid, log.pos) > ($${first}::xid8, $${first + 1}::bigint)`;
    this.#horizon = prepared(`${WRITE_HORIZON_SQL} WHERE EXISTS (SELECT ${behind(2)})`);
    const limit = options.only === undefined ? 3 : 4;
    this.#count = prepared(`SELECT count(*) AS count FROM (SELECT 1 ${behind(1)} LIMIT $${limit}) behind`);
  }

  /** The next rows after `checkpoint`, at most `limit`; the last one's position is the next checkpoint. Never within a REPEATABLE READ transaction. */
  async read(sql: SqlRunner, checkpoint: LogPosition, limit: number): Promise<readonly Row[]> {
    const rows = await this.#pageBelow(sql, checkpoint, { limit, horizon: null });
    if (rows.length > 0) {
      this.#emptySinceMs = undefined;
      return rows;
    }
    const nowMs = performance.now();
    this.#emptySinceMs ??= nowMs;
    if (nowMs - this.#emptySinceMs < (this.options.patienceMs ?? 0)) return rows;
    const horizon = await this.#writeHorizon(sql, checkpoint);
    return horizon === undefined ? rows : this.#pageBelow(sql, checkpoint, { limit, horizon });
  }

  /** How many rows lie behind `checkpoint`, readable yet or not; counts to `max` and no further. */
  async countAfter(sql: SqlRunner, checkpoint: LogPosition, max: number): Promise<number> {
    const { rows } = await sql.query<{ count: number }>({
      ...this.#count,
      values: [...this.#placeOf(checkpoint), max],
    });
    return rows[0]?.count ?? 0;
  }

  /** Below it the log is complete; `undefined` when no row lies behind `checkpoint`. */
  async #writeHorizon(sql: SqlRunner, checkpoint: LogPosition): Promise<string | undefined> {
    const { rows } = await sql.query<{ horizon: string }>({
      ...this.#horizon,
      values: [this.table, ...this.#placeOf(checkpoint)],
    });
    return rows[0]?.horizon;
  }

  #placeOf(checkpoint: LogPosition): readonly unknown[] {
    const { only } = this.options;
    return [checkpoint.xid, checkpoint.pos, ...(only === undefined ? [] : [only.value])];
  }

  async #pageBelow(
    sql: SqlRunner,
    checkpoint: LogPosition,
    { limit, horizon }: { readonly limit: number; readonly horizon: string | null },
  ): Promise<readonly Row[]> {
    const { toRow, only, weight } = this.options;
    const { rows } = await sql.query<Record<string, unknown> & { xid: string; pos: number }>({
      ...this.#page,
      values: [
        checkpoint.xid,
        checkpoint.pos,
        limit,
        horizon,
        ...(only === undefined ? [] : [only.value]),
        ...(weight === undefined ? [] : [weight.max]),
      ],
    });
    return rows.map((row) => {
      const { xid, pos, ...rest } = row;
      const position = { xid, pos };
      return toRow === undefined ? ({ ...rest, position } as unknown as Row) : toRow(rest, position);
    });
  }
}

type Statement = ReturnType<typeof prepared>;

function onlySql({ only }: Pick<LogReaderOptions<unknown>, 'only'>, parameter: number): string {
  return only === undefined ? '' : `log.${only.column} = $${parameter} AND `;
}

/** `$4` is the horizon; where it is null, the server's oldest open transaction. */
function pageSql<Row>(options: LogReaderOptions<Row>): string {
  const columns = options.columns.join(', ');
  const page = (xid: string): string => `
    SELECT ${xid}, pos, ${columns} FROM ${options.table} log
    WHERE ${onlySql(options, 5)}(log.xid, log.pos) > ($1::xid8, $2::bigint)
      AND log.xid < COALESCE($4::xid8, pg_snapshot_xmin(pg_current_snapshot()))
    ORDER BY log.xid, log.pos LIMIT $3`;
  if (options.weight === undefined) return page('log.xid::text AS xid');
  const { sql } = options.weight;
  // Sorted by the xid8 of `measured`: a bare `xid` would mean the text beside it, where 1000 comes before 999.
  return `
    SELECT measured.xid::text AS xid, pos, ${columns} FROM (
      SELECT *, sum(${sql}) OVER (ORDER BY page.xid, pos) - ${sql} AS weight_before FROM (${page('log.xid')}) page) measured
    WHERE weight_before < $${options.only === undefined ? 5 : 6} ORDER BY measured.xid, pos`;
}
