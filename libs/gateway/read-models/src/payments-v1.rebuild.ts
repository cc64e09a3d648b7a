import type { PaymentEventData, PaymentSnapshot } from '@paymatch/contracts';
import { type Database, type SqlRunner, type Tx } from '@paymatch/platform-postgres';
import { fillPayersSql } from './customers/payers.sql.js';
import { paymentColumnNames, paymentLine, refundColumnNames, refundLine } from './payments-v1.columns.js';
import { countSql, PaymentsProjection, paymentTablesV1, type PaymentTables } from './payments-v1.projection.js';
import { forgetChanges, noteChanges, takeChanges } from './payments-v1.rebuild-changes.js';
import { buildIndexes, nameIndexes } from './payments-v1.rebuild-indexes.js';
import { copyRights } from './table-rights.js';

const BESIDE: PaymentTables = {
  payments: 'gateway.payments_rebuild',
  counts: 'gateway.payment_counts_rebuild',
  refunds: 'gateway.payment_refunds_rebuild',
};
const PARTS = ['payments', 'counts', 'refunds'] as const;
/**
 * Changes are carried over until a look finds no more than this: the few that are left are carried while readers wait.
 */
const CARRIED_LAST_MAX = 100;
const CARRY_LOOKS_MAX = 1_000;
/** How long readers may be made to wait for the lock, and how often it is tried. */
const LOCK_TIMEOUT_MS = 1_000;
const LOCK_TRIES_MAX = 30;
const LOCK_NOT_AVAILABLE = '55P03';

/** Where the payments come from: each once, as its events leave it. */
export interface RebuildSource {
  readonly histories: readonly { readonly payment: PaymentSnapshot; readonly refunds: readonly PaymentEventData[] }[];
  readonly eventCount: number;
}

/** What a rebuild is doing, for whoever watches it. */
export type RebuildProgress =
  | { readonly step: 'payments written'; readonly payments: number; readonly events: number }
  | { readonly step: 'counting' | 'switching' }
  | { readonly step: 'building an index'; readonly index: string };

/**
 * Fills the read model anew beside the one in use, and then switches. Rows go by COPY into tables without indexes,
 * which are built after, each in the background of what goes on. Requests are served from the old tables meanwhile;
 * payments that they write are noted and carried over, all but the last few before the switch locks readers out. No
 * transaction is open for long: readers of events would wait for it.
 */
export async function rebuildPayments(
  database: Database,
  source: AsyncIterable<RebuildSource>,
  tell: (progress: RebuildProgress) => void = () => undefined,
): Promise<{ readonly paymentCount: number }> {
  const connection = await database.connection();
  try {
    const { rows } = await connection.query<{ isHeld: boolean }>(
      `SELECT pg_try_advisory_lock(hashtextextended('gateway.payments rebuild', 0)) AS "isHeld"`,
    );
    if (!rows[0]?.isHeld) throw new Error('another rebuild is at work; wait until it has ended');
    await clear(database);
    try {
      return await rebuild(database, source, tell);
    } catch (error) {
      await clear(database);
      throw error;
    }
  } finally {
    // The session ends, and with it its lock.
    connection.release(true);
  }
}

async function rebuild(
  database: Database,
  source: AsyncIterable<RebuildSource>,
  tell: (progress: RebuildProgress) => void,
): Promise<{ readonly paymentCount: number }> {
  for (const part of PARTS) await makeBare(database, paymentTablesV1[part], BESIDE[part]);
  await noteChanges(database, paymentTablesV1);
  await load(database, source, tell);
  tell({ step: 'counting' });
  await database.query(countSql(BESIDE));
  // Whom payments name is kept while payments are; this writes what is missing of it.
  await database.query(fillPayersSql(BESIDE.payments));
  for (const part of PARTS)
    await buildIndexes(database, { from: paymentTablesV1[part], to: BESIDE[part] }, (index) =>
      tell({ step: 'building an index', index }),
    );
  // For the planner, and so that indexes alone answer what they can.
  for (const part of PARTS) await database.query(`VACUUM (ANALYZE) ${BESIDE[part]}`);
  const projection = new PaymentsProjection(BESIDE);
  for (let look = 0; look < CARRY_LOOKS_MAX; look += 1)
    if ((await carryOver(database, projection)) <= CARRIED_LAST_MAX) break;
  tell({ step: 'switching' });
  return { paymentCount: await switchWhenFree(database, projection) };
}

/** The same columns, defaults, checks and storage settings, and no index. */
async function makeBare(sql: SqlRunner, old: string, fresh: string): Promise<void> {
  await sql.query(`CREATE TABLE ${fresh} (LIKE ${old} INCLUDING ALL EXCLUDING INDEXES)`);
  const { rows } = await sql.query<{ options: string | null }>(
    `SELECT array_to_string(reloptions, ', ') AS options FROM pg_class WHERE oid = $1::regclass`,
    [old],
  );
  if (rows[0]?.options) await sql.query(`ALTER TABLE ${fresh} SET (${rows[0].options})`);
}

/** One batch is written while the next is read. */
async function load(
  database: Database,
  source: AsyncIterable<RebuildSource>,
  tell: (progress: RebuildProgress) => void,
): Promise<void> {
  let payments = 0;
  let writing = Promise.resolve();
  for await (const { histories, eventCount } of source) {
    const paymentLines = histories.map(({ payment }) => paymentLine(payment));
    const refundLines = histories.flatMap(({ refunds }) => refunds.map(refundLine));
    await writing;
    writing = writeLines(database, paymentLines, refundLines);
    // It is waited for before the next batch is written; until then its failure must not count as one that nobody sees.
    writing.catch(() => undefined);
    payments += histories.length;
    tell({ step: 'payments written', payments, events: eventCount });
  }
  await writing;
}

async function writeLines(database: Database, payments: readonly string[], refunds: readonly string[]): Promise<void> {
  if (payments.length > 0) await database.copyIn(`${BESIDE.payments} (${paymentColumnNames})`, payments);
  if (refunds.length > 0) await database.copyIn(`${BESIDE.refunds} (${refundColumnNames})`, refunds);
}

/** Brings some of the payments that requests wrote meanwhile over from the old tables; how many there were. */
async function carryOver(sql: SqlRunner, projection: PaymentsProjection): Promise<number> {
  const ids = await takeChanges(sql);
  if (ids.length === 0) return 0;
  await sql.query(
    `INSERT INTO ${BESIDE.refunds} (${refundColumnNames}) SELECT ${refundColumnNames} FROM ${paymentTablesV1.refunds}
      WHERE payment_id = ANY($1)
     ON CONFLICT (payment_id, version) DO NOTHING`,
    [ids],
  );
  const { rows } = await sql.query<{ snapshot: PaymentSnapshot }>(
    `SELECT snapshot FROM ${paymentTablesV1.payments} WHERE id = ANY($1)`,
    [ids],
  );
  await projection.write(
    sql,
    rows.map((row) => row.snapshot),
  );
  return ids.length;
}

/**
 * A long reader holds the lock up; behind a waiting lock every other reader would wait, too, so it gives way and comes
 * again.
 */
async function switchWhenFree(database: Database, projection: PaymentsProjection): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await database.transaction((tx) => switchOver(tx, projection));
    } catch (error) {
      if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE || tries >= LOCK_TRIES_MAX) throw error;
      await carryOver(database, projection);
    }
  }
}

async function switchOver(tx: Tx, projection: PaymentsProjection): Promise<number> {
  await tx.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
  await tx.query(`LOCK TABLE ${PARTS.map((part) => paymentTablesV1[part]).join(', ')} IN ACCESS EXCLUSIVE MODE`);
  while ((await carryOver(tx, projection)) > 0);
  for (const part of PARTS) {
    await copyRights(tx, paymentTablesV1[part], BESIDE[part]);
    await tx.query(`DROP TABLE ${paymentTablesV1[part]}`);
    await tx.query(`ALTER TABLE ${BESIDE[part]} RENAME TO ${bare(paymentTablesV1[part])}`);
    await nameIndexes(tx, paymentTablesV1[part]);
  }
  await forgetChanges(tx);
  const { rows } = await tx.query<{ n: number }>(
    `SELECT COALESCE(sum(n), 0)::bigint AS n FROM ${paymentTablesV1.counts} WHERE slot_minutes = 1440`,
  );
  return rows[0]?.n ?? 0;
}

async function clear(sql: SqlRunner): Promise<void> {
  await forgetChanges(sql);
  for (const part of PARTS) await sql.query(`DROP TABLE IF EXISTS ${BESIDE[part]}`);
}

function bare(table: string): string {
  return table.slice(table.indexOf('.') + 1);
}
