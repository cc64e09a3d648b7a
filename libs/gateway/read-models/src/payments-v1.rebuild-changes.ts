import type { SqlRunner } from '@paymatch/platform-postgres';
import type { PaymentTables } from './payments-v1.projection.js';

const CHANGES = 'gateway.payment_changes_rebuild';
const NOTE = 'gateway.note_payment_for_rebuild';
const TAKEN_MAX = 500;

/**
 * From now on the ids of all payments that anybody writes into `tables` are noted, each once, in the writer's own
 * transaction. Making a trigger waits for writers that are under way, so none is missed: what they write was decided,
 * and can be read, before.
 */
export async function noteChanges(sql: SqlRunner, tables: PaymentTables): Promise<void> {
  await sql.query(`CREATE TABLE ${CHANGES} (id uuid PRIMARY KEY)`);
  // With its owner's rights: who writes payments need not know of this table.
  for (const column of ['id', 'payment_id'])
    await sql.query(`
      CREATE FUNCTION ${NOTE}_${column}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog AS $$
      BEGIN
        INSERT INTO ${CHANGES} SELECT DISTINCT ${column} FROM written ORDER BY 1 ON CONFLICT DO NOTHING;
        RETURN NULL;
      END $$`);
  for (const [table, column, event] of [
    [tables.payments, 'id', 'INSERT'],
    [tables.payments, 'id', 'UPDATE'],
    [tables.refunds, 'payment_id', 'INSERT'],
  ] as const)
    await sql.query(`
      CREATE TRIGGER note_${event.toLowerCase()}_for_rebuild AFTER ${event} ON ${table} REFERENCING NEW TABLE AS written
        FOR EACH STATEMENT EXECUTE FUNCTION ${NOTE}_${column}()`);
}

/**
 * Takes some of the noted payments off the list; whoever takes them reads them afterwards, and what is written later is
 * noted anew.
 */
export async function takeChanges(sql: SqlRunner): Promise<readonly string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `DELETE FROM ${CHANGES} WHERE id IN (SELECT id FROM ${CHANGES} ORDER BY id LIMIT ${TAKEN_MAX}) RETURNING id`,
  );
  return rows.map(({ id }) => id);
}

/** Nothing is noted any more, whether or not anything was. */
export async function forgetChanges(sql: SqlRunner): Promise<void> {
  for (const column of ['id', 'payment_id']) await sql.query(`DROP FUNCTION IF EXISTS ${NOTE}_${column}() CASCADE`);
  await sql.query(`DROP TABLE IF EXISTS ${CHANGES}`);
}
