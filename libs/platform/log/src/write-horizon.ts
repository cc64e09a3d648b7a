/**
 * The xid below which no row of the log `$1` can appear any more, as decimal text. A read that rests on it is a later
 * statement, with a snapshot of its own.
 *
 * `newest` is the statement's own snapshot: every xid below it has been given out. An open transaction shows its xid
 * from the moment it has one until its end is visible to new snapshots, so one below `newest` that is not in the list
 * has ended. Only those count that may write the log: sessions in this database of a role that may insert, or may
 * become one that may; prepared transactions of this database. A session whose xid is hidden from our role may be
 * anything: then it is the oldest open transaction of the whole server. `backend_xid` has 32 bits: what seems to lie
 * half of their range behind is ahead.
 */
export const WRITE_HORIZON_SQL = `
  WITH seen AS MATERIALIZED (SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS newest),
  writing AS (
    SELECT a.backend_xid::text::bigint AS xid, pg_has_role(a.usesysid, 'USAGE')
      OR pg_has_role('pg_read_all_stats', 'USAGE') AS is_seen
      FROM pg_stat_activity a
     WHERE a.datname = current_database() AND a.usesysid IS NOT NULL
       AND (a.backend_xid IS NOT NULL OR NOT (pg_has_role(a.usesysid, 'USAGE')
         OR pg_has_role('pg_read_all_stats', 'USAGE')))
       AND EXISTS (SELECT FROM pg_roles r WHERE has_table_privilege(r.oid, $1, 'INSERT')
         AND pg_has_role(a.usesysid, r.oid, 'MEMBER'))
    UNION ALL
    SELECT transaction::text::bigint, true FROM pg_prepared_xacts WHERE database = current_database()),
  behind AS (
    SELECT max(lag) AS lag, COALESCE(bool_or(NOT is_seen), false) AS is_hidden
      FROM (SELECT (seen.newest - writing.xid) & 4294967295 AS lag, is_seen FROM writing, seen) counted
     WHERE NOT is_seen OR lag < 2147483648)
  SELECT CASE WHEN is_hidden THEN pg_snapshot_xmin(pg_current_snapshot())::text
    ELSE (newest - COALESCE(lag, 0))::text END AS horizon
    FROM seen, behind`;
