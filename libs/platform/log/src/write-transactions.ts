import type { SqlRunner } from '@paymatch/platform-postgres';

/** A transaction that has written and is still open, anywhere on the server. */
export interface OpenWriteTransaction {
  readonly pid: number | null;
  readonly database: string;
  readonly user: string;
  readonly application: string;
  readonly ageMs: number;
  /** What it did last; `null` where our role may not see it. */
  readonly query: string | null;
}

/**
 * The transactions that wrote and have been open longer than `ageMsMin`, oldest first, at most twenty. One that may
 * write a log keeps its readers waiting; any other keeps the server from cleaning up. Needs `pg_read_all_stats` to see
 * other users' sessions.
 */
export async function openWriteTransactions(
  sql: SqlRunner,
  ageMsMin: number,
): Promise<readonly OpenWriteTransaction[]> {
  const { rows } = await sql.query<OpenWriteTransaction>(
    `SELECT * FROM (
       SELECT pid, datname AS database, usename AS "user", application_name AS application, left(query, 200) AS query,
              (extract(epoch FROM clock_timestamp() - xact_start) * 1000)::float8 AS "ageMs"
         FROM pg_stat_activity WHERE backend_xid IS NOT NULL
       UNION ALL
       SELECT NULL, database, owner, 'prepared transaction ' || gid, NULL,
              (extract(epoch FROM clock_timestamp() - prepared) * 1000)::float8 FROM pg_prepared_xacts) writing
     WHERE "ageMs" >= $1 ORDER BY "ageMs" DESC LIMIT 20`,
    [ageMsMin],
  );
  return rows;
}
