import type { SqlRunner } from './database.js';

/** What is not kept for ever. */
export interface KeptTable {
  /** Schema-qualified. */
  readonly table: string;
  /** Which rows go, in SQL over the row's columns; `$1` is the moment before which they are old. */
  readonly isOld: string;
  readonly keptMs: number;
  /** Instead of removing the row: what it is set to. Rows that are so already must not be old any more. */
  readonly set?: string;
}

/** A step that takes longer reads fewer pages the next time, and one that takes much less reads more. */
const STEP_MS = 40;
const PAGES_FIRST = 16;
const PAGES_MAX = 2_048;

/**
 * Goes once through a table, some pages a step, and removes what is old. Each step is one short statement: it locks the
 * rows it removes and nothing else, passes over those that somebody else has locked, and needs no index, so that nobody
 * who writes pays for it. However much is old, the next walk begins when this one is through.
 */
export class TableWalk {
  private page = 0;
  private pages = PAGES_FIRST;
  private pageCount: number | undefined;

  constructor(
    private readonly sql: SqlRunner,
    private readonly kept: KeptTable,
  ) {}

  /** How many rows went; `null` when the table's end is reached. */
  async step(nowMs: number): Promise<number | null> {
    this.pageCount ??= await this.countPages();
    if (this.page >= this.pageCount) return null;
    const { table, isOld, keptMs, set } = this.kept;
    const startedMs = performance.now();
    const { rowCount } = await this.sql.query(
      `WITH old AS MATERIALIZED (
         SELECT ctid FROM ${table} WHERE ctid >= $2::tid AND ctid < $3::tid AND (${isOld}) FOR UPDATE SKIP LOCKED)
       ${set === undefined ? `DELETE FROM ${table}` : `UPDATE ${table} SET ${set}`}
        WHERE ctid = ANY (ARRAY(SELECT ctid FROM old))`,
      [new Date(nowMs - keptMs), `(${this.page},0)`, `(${this.page + this.pages},0)`],
    );
    this.page += this.pages;
    const tookMs = performance.now() - startedMs;
    if (tookMs > STEP_MS) this.pages = Math.max(1, Math.floor(this.pages / 2));
    else if (tookMs < STEP_MS / 4) this.pages = Math.min(PAGES_MAX, this.pages * 2);
    return rowCount ?? 0;
  }

  private async countPages(): Promise<number> {
    const { rows } = await this.sql.query<{ pages: number }>(
      `SELECT ceil(pg_relation_size($1::regclass) / current_setting('block_size')::numeric)::int AS pages`,
      [this.kept.table],
    );
    return rows[0]!.pages;
  }
}
