import type { SqlRunner } from '@paymatch/platform-postgres';

/**
 * Age of the oldest transaction that has written, anywhere in the cluster; 0 when there is none. While it is open no log
 * reader gets past it, so an age of more than a few seconds is an alarm. Needs `pg_read_all_stats` to see other users' sessions.
 */
export async function oldestWriteTransactionAgeMs(sql: SqlRunner): Promise<number> {
  const { rows } = await sql.query<{ ageMs: number }>(
    `SELECT coalesce(max(extract(epoch FROM clock_timestamp() - began)) * 1000, 0)::float8 AS "ageMs" FROM (
       SELECT xact_start AS began FROM pg_stat_activity WHERE backend_xid IS NOT NULL
       UNION ALL SELECT prepared FROM pg_prepared_xacts) writing`,
  );
  return rows[0]?.ageMs ?? 0;
}
