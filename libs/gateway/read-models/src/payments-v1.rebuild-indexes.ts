import type { SqlRunner } from '@paymatch/platform-postgres';

const SUFFIX = '_rebuild';

/**
 * Builds the indexes of one table on another, under names of their own. Concurrently: not for others' sake, since
 * nobody else knows the table, but because a plain build is one long transaction with an id, and readers of events wait
 * for such.
 */
export async function buildIndexes(
  sql: SqlRunner,
  tables: { readonly from: string; readonly to: string },
  tell: (index: string) => void,
): Promise<void> {
  const { rows } = await sql.query<{ name: string; definition: string; is_primary: boolean }>(
    `SELECT c.relname AS name, pg_get_indexdef(i.indexrelid) AS definition, i.indisprimary AS is_primary
       FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = $1::regclass
         ORDER BY i.indisprimary DESC, c.relname`,
    [tables.from],
  );
  for (const { name, definition, is_primary: isPrimary } of rows) {
    tell(name);
    const made = /^CREATE (UNIQUE )?INDEX (?:"[^"]+"|\S+) ON (?:ONLY )?\S+ (.*)$/s.exec(definition);
    if (made === null) throw new Error(`the index ${name} is defined in a way that cannot be repeated: ${definition}`);
    const [, unique = '', shape] = made;
    await sql.query(`CREATE ${unique}INDEX CONCURRENTLY ${name}${SUFFIX} ON ${tables.to} ${shape}`);
    if (isPrimary)
      await sql.query(
        `ALTER TABLE ${tables.to} ADD CONSTRAINT ${name}${SUFFIX} PRIMARY KEY USING INDEX ${name}${SUFFIX}`,
      );
  }
}

/** Gives them the names that the replaced table's indexes had, which later migrations know. */
export async function nameIndexes(sql: SqlRunner, table: string): Promise<void> {
  const { rows } = await sql.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
      WHERE i.indrelid = $1::regclass AND right(c.relname, $2::integer) = $3`,
    [table, SUFFIX.length, SUFFIX],
  );
  const schema = table.slice(0, table.indexOf('.'));
  for (const { name } of rows)
    await sql.query(`ALTER INDEX ${schema}.${name} RENAME TO ${name.slice(0, -SUFFIX.length)}`);
}
