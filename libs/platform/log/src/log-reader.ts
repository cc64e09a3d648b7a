import { prepared, type SqlRunner } from '@paymatch/platform-postgres';
import type { LogPosition } from './log-position.js';
import { WRITE_HORIZON_SQL } from './write-horizon.js';

/** A row of a log with its place. */
export type Logged = { readonly position: LogPosition };

/** What one look at a log gave. */
export interface LogPage<Row> {
  readonly rows: readonly Row[];
  /** Whether rows lie behind these that cannot be read before an open transaction has ended. */
  readonly isMoreHidden: boolean;
}

export interface LogReaderOptions<Row> {
  /** A table with columns `xid xid8 DEFAULT pg_current_xact_id()` and `pos bigint` identity; schema-qualified. */
  readonly table: string;
  /** The columns to read besides these two. */
  readonly columns: readonly string[];
  /** Makes the row readers get; the plain columns with `position` when absent. */
  readonly toRow?: (columns: Readonly<Record<string, unknown>>, position: LogPosition) => Row;
  /**
   * Several logs in one table: the column that tells them apart, and which one. Indexed by (column, xid, pos), else by
   * (xid, pos).
   */
  readonly only?: { readonly column: string; readonly value: string };
  /** A page ends when its rows weigh so much, but has one row at least. */
  readonly weight?: { readonly sql: string; readonly max: number };
  /** When a row was written, in SQL over its columns; for saying how far a reader is behind. */
  readonly writtenAt?: string;
  /** How long strangers' transactions are waited for before it is asked who they are; 0 when absent. */
  readonly patienceMs?: number;
}

/**
 * Reads a table in the order (xid, pos) and never skips a row.
 *
 * `pos` alone loses rows: a transaction may take number 5, a later one take 6 and commit first; a reader that saw 6
 * goes on from there and never sees 5. So readers stop below the oldest open transaction that may write this log: below
 * it every transaction has ended or is a stranger to the log, and nothing can appear any more. For the same reason the
 * checkpoint must hold both numbers: a later transaction's row may have the smaller `pos`.
 *
 * The server's oldest open transaction is known to every snapshot, so below it rows are read by one statement. Only
 * when rows are there and none is readable is it asked which open transactions may write the log, and read below those.
 */
export class LogReader<Row> {
  readonly table: string;
  readonly #page: Statement;
  readonly #horizon: Statement;
  readonly #count: Statement;
  #hiddenSinceMs: number | undefined;

  constructor(private readonly options: LogReaderOptions<Row>) {
    this.table = options.table;
    this.#page = prepared(pageSql(options));
    const behind = (first: number): string =>
      `FROM ${options.table} log WHERE ${onlySql(options, first + 2)}(log.xid, log.pos) > ($${first}::xid8,
        $${first + 1}::bigint)`;
    this.#horizon = prepared(`${WRITE_HORIZON_SQL} WHERE EXISTS (SELECT ${behind(2)})`);
    const limit = options.only === undefined ? 3 : 4;
    const writtenAt = options.writtenAt ?? 'NULL::timestamptz';
    this.#count = prepared(
      `SELECT (SELECT count(*) FROM (SELECT 1 ${behind(1)} LIMIT $${limit}) counted) AS count,
              extract(epoch FROM clock_timestamp() - (SELECT ${writtenAt} ${behind(1)} ORDER BY log.xid, log.pos
                LIMIT 1))::float8 AS seconds`,
    );
  }

  /**
   * The next rows after `checkpoint`, at most `limit`; the last one's position is the next checkpoint. Never within a
   * REPEATABLE READ transaction.
   */
  async read(sql: SqlRunner, checkpoint: LogPosition, limit: number): Promise<readonly Row[]> {
    return (await this.readPage(sql, checkpoint, limit)).rows;
  }

  /**
   * As `read`; a page that is not full and hides nothing is all there is, so whoever is told of what is written need
   * not look again.
   */
  async readPage(sql: SqlRunner, checkpoint: LogPosition, limit: number): Promise<LogPage<Row>> {
    const page = await this.#pageBelow(sql, checkpoint, { limit, horizon: null });
    if (page.rows.length > 0 || !page.isMoreHidden) {
      this.#hiddenSinceMs = undefined;
      return page;
    }
    const nowMs = performance.now();
    this.#hiddenSinceMs ??= nowMs;
    if (nowMs - this.#hiddenSinceMs < (this.options.patienceMs ?? 0)) return page;
    const horizon = await this.#writeHorizon(sql, checkpoint);
    return horizon === undefined ? page : this.#pageBelow(sql, checkpoint, { limit, horizon });
  }

  /** How many rows lie behind `checkpoint`, readable yet or not; counts to `max` and no further. */
  async countAfter(sql: SqlRunner, checkpoint: LogPosition, max: number): Promise<number> {
    return (await this.lagAfter(sql, checkpoint, max)).rows;
  }

  /** As `countAfter`, with how long ago the oldest of them was written; 0 where `writtenAt` is not known. */
  async lagAfter(
    sql: SqlRunner,
    checkpoint: LogPosition,
    max: number,
  ): Promise<{ readonly rows: number; readonly seconds: number }> {
    const { rows } = await sql.query<{ count: number; seconds: number | null }>({
      ...this.#count,
      values: [...this.#placeOf(checkpoint), max],
    });
    return { rows: rows[0]?.count ?? 0, seconds: Math.max(0, rows[0]?.seconds ?? 0) };
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
  ): Promise<LogPage<Row>> {
    const { toRow, only, weight } = this.options;
    const { rows } = await sql.query<PageRow>({
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
    const isMoreHidden = rows[0]?.is_more_hidden === true;
    const readable = rows.flatMap(({ is_more_hidden: _, xid, pos, ...rest }) => {
      // A page without rows is one line that says only whether there are hidden ones.
      if (xid === null) return [];
      const position = { xid, pos };
      return [toRow === undefined ? ({ ...rest, position } as unknown as Row) : toRow(rest, position)];
    });
    return { rows: readable, isMoreHidden };
  }
}

type Statement = ReturnType<typeof prepared>;
type PageRow = Record<string, unknown> & { is_more_hidden: boolean; xid: string | null; pos: number };

function onlySql({ only }: Pick<LogReaderOptions<unknown>, 'only'>, parameter: number): string {
  return only === undefined ? '' : `log.${only.column} = $${parameter} AND `;
}

/**
 * `$4` is the horizon; where it is null, the server's oldest open transaction. Both parts of the statement see the same
 * snapshot.
 */
function pageSql<Row>(options: LogReaderOptions<Row>): string {
  const columns = options.columns.join(', ');
  const horizon = 'COALESCE($4::xid8, pg_snapshot_xmin(pg_current_snapshot()))';
  const behind = `FROM ${options.table} log WHERE ${onlySql(options, 5)}(log.xid, log.pos) > ($1::xid8, $2::bigint)`;
  // Not called `xid`: sorted by a text of that name, 1000 would come before 999.
  const rows = `SELECT log.xid AS writer, pos, ${columns} ${behind} AND log.xid < ${horizon} ORDER BY log.xid, log.pos
    LIMIT $3`;
  return `
    SELECT hidden.is_more_hidden, page.writer::text AS xid, pos, ${columns}
      FROM (SELECT EXISTS (SELECT ${behind} AND log.xid >= ${horizon}) AS is_more_hidden) hidden
      LEFT JOIN (${weighed(options, rows)}) page ON true
     ORDER BY page.writer, page.pos`;
}

function weighed<Row>({ weight, only }: LogReaderOptions<Row>, rows: string): string {
  if (weight === undefined) return rows;
  return `SELECT * FROM (SELECT *, sum(${weight.sql}) OVER (ORDER BY writer, pos) - ${weight.sql} AS weight_before
    FROM (${rows}) page) measured
           WHERE weight_before < $${only === undefined ? 5 : 6}`;
}
