import type { Database } from '@paymatch/platform-postgres';
import type { QueryConfig, QueryResult } from 'pg';

/** The rows' transaction ids belong to another PostgreSQL cluster: readers would skip or never see rows. */
export class RestoredDataError extends Error {
  override readonly name = 'RestoredDataError';
}

/** Tables of the schema that are read as logs: those with `xid xid8` and `pos`, checkpoints aside. */
async function logTables(database: Database): Promise<readonly string[]> {
  const { rows } = await database.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relkind = 'r'
       AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'xid'
         AND a.atttypid = 'xid8'::regtype AND NOT a.attisdropped)
       AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'pos' AND a.attidentity <> ''
         AND NOT a.attisdropped)
     ORDER BY 1`,
    [database.schema],
  );
  return rows.map((row) => `${database.schema}.${row.name}`);
}

/**
 * Stops a start on a restored dump. Its rows carry the transaction ids of the cluster they were written in: ids above
 * this cluster's are invisible to readers until it has counted that far, and new rows would be ordered before old ones.
 */
export async function assertNotRestored(database: Database): Promise<void> {
  const { rows } = await database.query<{ stored: string; actual: string }>(
    `SELECT o.system_identifier AS stored, c.system_identifier::text AS actual
      FROM ${database.schema}.origin o, pg_control_system() c`,
  );
  const origin = rows[0];
  if (origin === undefined)
    throw new RestoredDataError(
      `${database.schema}.origin is empty, so nobody knows which cluster wrote these rows: run ops repair-xids ` +
        `${database.schema}`,
    );
  if (origin.stored !== origin.actual) {
    throw new RestoredDataError(
      `The data of schema ${database.schema} was written in another PostgreSQL cluster (${origin.stored}, this is ` +
        `${origin.actual}): run ops repair-xids ${database.schema}`,
    );
  }
  for (const table of await logTables(database)) {
    const { rows: found } = await database.query<{ isForeign: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM ${table} WHERE xid >= pg_snapshot_xmax(pg_current_snapshot())) AS "isForeign"`,
    );
    if (found[0]?.isForeign)
      throw new RestoredDataError(
        `${table} has rows of transactions this PostgreSQL cluster has not reached yet: run ops repair-xids ` +
          `${database.schema}`,
      );
  }
}

/**
 * The least xid an ordinary transaction can have (PostgreSQL's transam.h, FirstNormalTransactionId): older than any to
 * come.
 */
const OLDEST_XID = '3';

/**
 * Gives all rows of the schema's logs one old xid and numbers them anew in the order readers had, and moves the
 * readers' checkpoints along, so that nothing is skipped, and nothing is read again but what was unread. A log whose
 * transactions all lie behind this cluster's is left as it is: what comes will be ordered after it. For a stopped
 * service only; one transaction. Returns the number of rows written per log; nothing where the schema has none.
 */
export async function repairXids(database: Database): Promise<ReadonlyMap<string, number>> {
  const tables = await logTables(database);
  const repaired = new Map<string, number>();
  if (tables.length === 0) return repaired;
  await database.transaction(async (tx) => {
    await tx.query('SET LOCAL statement_timeout = 0');
    // Longer than any request may take: neither the server nor the driver ends it.
    const patiently: Query = (text, values = []) =>
      tx.query({ text, values: [...values], query_timeout: 0 } as QueryConfig);
    for (const table of tables) {
      // A service that still runs would write rows in the middle of it.
      await patiently(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
      repaired.set(table, (await isInOrder(table, patiently)) ? 0 : await renumber(database.schema, table, patiently));
    }
    await patiently(`INSERT INTO ${database.schema}.origin (system_identifier) SELECT system_identifier::text
      FROM pg_control_system()
      ON CONFLICT (is_only) DO UPDATE SET system_identifier = excluded.system_identifier`);
  });
  return repaired;
}

type Query = (text: string, values?: readonly unknown[]) => Promise<QueryResult>;

/** Every transaction that is still to come has a higher number than any here. */
async function isInOrder(table: string, patiently: Query): Promise<boolean> {
  const { rows } = await patiently(
    `SELECT NOT EXISTS (SELECT 1 FROM ${table} WHERE xid >= pg_snapshot_xmin(pg_current_snapshot())) AS "isBehind"`,
  );
  return (rows[0] as { readonly isBehind: boolean }).isBehind;
}

async function renumber(schema: string, table: string, patiently: Query): Promise<number> {
  await patiently(
    `UPDATE ${schema}.reader_checkpoints c SET xid = '${OLDEST_XID}', pos = (SELECT count(*) FROM ${table} l
      WHERE (l.xid, l.pos) <= (c.xid, c.pos)) WHERE c.log = $1`,
    [table],
  );
  await patiently(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  // Below zero first: a key on pos must not meet a number that is still in use.
  const { rowCount } = await patiently(`UPDATE ${table} l SET xid = '${OLDEST_XID}', pos = -n.number
    FROM (SELECT ctid, row_number() OVER (ORDER BY xid, pos) AS number FROM ${table}) n WHERE l.ctid = n.ctid`);
  await patiently(`UPDATE ${table} SET pos = -pos`);
  await patiently(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  await patiently(`SELECT setval(pg_get_serial_sequence($1, 'pos'), $2, $3)`, [
    table,
    Math.max(rowCount ?? 0, 1),
    (rowCount ?? 0) > 0,
  ]);
  return rowCount ?? 0;
}
