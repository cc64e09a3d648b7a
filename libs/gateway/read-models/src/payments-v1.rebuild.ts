import type { PaymentEventData, PaymentSnapshot } from '@paymatch/contracts';
import type { Database, SqlRunner, Tx } from '@paymatch/platform-postgres';
import { PaymentsProjection, paymentTablesV1, type PaymentTables } from './payments-v1.projection.js';
import { copyRights } from './table-rights.js';

const BESIDE: PaymentTables = {
  payments: 'gateway.payments_rebuild',
  counts: 'gateway.payment_counts_rebuild',
  refunds: 'gateway.payment_refunds_rebuild',
};
const PARTS = ['payments', 'counts', 'refunds'] as const;
const CARRIED_MAX = 500;
/** Longer than any transaction may stay open, and than instances' clocks may differ. */
const OVERLAP_MS = 60_000;

/**
 * Fills the read model anew from the facts, beside the one in use, and then switches. Requests are served from the old one meanwhile; what
 * they write during the rebuild is carried over in the switch, which locks readers out for that moment only. One rebuild at a time.
 */
export async function rebuildPayments(
  database: Database,
  facts: AsyncIterable<readonly PaymentEventData[]>,
): Promise<{ readonly paymentCount: number }> {
  const {
    rows: [start],
  } = await database.query<{ at: string }>(
    `SELECT to_char((now() - make_interval(secs => $1)) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at`,
    [OVERLAP_MS / 1000],
  );
  await clear(database);
  for (const part of PARTS)
    await database.query(`CREATE TABLE ${BESIDE[part]} (LIKE ${paymentTablesV1[part]} INCLUDING ALL)`);
  const projection = new PaymentsProjection(BESIDE);
  try {
    for await (const batch of facts) {
      await projection.writeRefunds(database, batch);
      await projection.write(
        database,
        batch.map((fact) => fact.payment),
      );
    }
    return await database.transaction((tx) => switchOver(tx, projection, start!.at));
  } catch (error) {
    await clear(database);
    throw error;
  }
}

async function clear(sql: SqlRunner): Promise<void> {
  for (const part of PARTS) await sql.query(`DROP TABLE IF EXISTS ${BESIDE[part]}`);
}

async function switchOver(
  tx: Tx,
  projection: PaymentsProjection,
  since: string,
): Promise<{ readonly paymentCount: number }> {
  await tx.query(`LOCK TABLE ${PARTS.map((part) => paymentTablesV1[part]).join(', ')} IN ACCESS EXCLUSIVE MODE`);
  await carryOver(tx, projection, since);
  for (const part of PARTS) {
    const names = await matchingIndexes(tx, part);
    await copyRights(tx, paymentTablesV1[part], BESIDE[part]);
    await tx.query(`DROP TABLE ${paymentTablesV1[part]}`);
    await tx.query(`ALTER TABLE ${BESIDE[part]} RENAME TO ${bare(paymentTablesV1[part])}`);
    for (const { fresh, old } of names) await tx.query(`ALTER INDEX gateway.${fresh} RENAME TO ${old}`);
  }
  const {
    rows: [counted],
  } = await tx.query<{ n: number }>(
    `SELECT COALESCE(sum(n), 0)::bigint AS n FROM ${paymentTablesV1.counts} WHERE slot_minutes = 1440`,
  );
  return { paymentCount: counted?.n ?? 0 };
}

/** What changed since the start may have come too late for the facts that were read. Older rows are not trusted: mending them is the purpose. */
async function carryOver(tx: Tx, projection: PaymentsProjection, since: string): Promise<void> {
  await tx.query(
    `INSERT INTO ${BESIDE.refunds} SELECT * FROM ${paymentTablesV1.refunds} WHERE created_at >= $1 ON CONFLICT (payment_id, version) DO NOTHING`,
    [since],
  );
  for (let afterId = '00000000-0000-0000-0000-000000000000'; ;) {
    const { rows } = await tx.query<{ snapshot: PaymentSnapshot }>(
      `SELECT old.snapshot FROM ${paymentTablesV1.payments} old LEFT JOIN ${BESIDE.payments} fresh ON fresh.id = old.id
        WHERE old.id > $1 AND (fresh.id IS NULL OR fresh.version < old.version) AND old.snapshot ->> 'updatedAt' >= $2 ORDER BY old.id LIMIT $3`,
      [afterId, since, CARRIED_MAX],
    );
    await projection.write(
      tx,
      rows.map((row) => row.snapshot),
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    afterId = last.snapshot.id;
  }
}

/** Copied indexes have names of PostgreSQL's making; later migrations know the ones they were made under. */
async function matchingIndexes(
  tx: Tx,
  part: (typeof PARTS)[number],
): Promise<readonly { readonly fresh: string; readonly old: string }[]> {
  const { rows } = await tx.query<{ fresh: string; old: string }>(
    `WITH shape AS (
       SELECT tablename, indexname, regexp_replace(indexdef, '^CREATE (UNIQUE )?INDEX \\S+ ON \\S+', '\\1') AS definition FROM pg_indexes WHERE schemaname = 'gateway')
     SELECT fresh.indexname AS fresh, old.indexname AS old FROM shape fresh JOIN shape old ON old.definition = fresh.definition
      WHERE fresh.tablename = $1 AND old.tablename = $2`,
    [bare(BESIDE[part]), bare(paymentTablesV1[part])],
  );
  return rows;
}

function bare(table: string): string {
  return table.slice(table.indexOf('.') + 1);
}
