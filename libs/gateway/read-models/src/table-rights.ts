import type { Tx } from '@paymatch/platform-postgres';

/**
 * Gives `fresh` the owner and exactly the rights of `old`, whole tables' and single columns', whatever default
 * privileges gave it when it was made: it is about to take the other's place, and the roles that used that one go on
 * using it.
 */
export async function copyRights(tx: Tx, old: string, fresh: string): Promise<void> {
  const run = async (statements: string): Promise<void> => {
    const { rows } = await tx.query<{ statement: string }>(statements, [old, fresh]);
    for (const { statement } of rows) await tx.query(statement);
  };
  await run(`SELECT format('ALTER TABLE %s OWNER TO %I', $2::text, pg_get_userbyid(relowner)) AS statement
    FROM pg_class WHERE oid = $1::regclass AND relowner <> (SELECT relowner FROM pg_class WHERE oid = $2::regclass)`);
  await run(`SELECT DISTINCT format('REVOKE ALL ON %s FROM %s', $2::text, ${GRANTEE}) AS statement
    FROM pg_class, aclexplode(relacl) WHERE oid = $2::regclass AND $1::text IS NOT NULL`);
  await run(`SELECT format('GRANT %s ON %s TO %s%s', privilege_type, $2::text, ${GRANTEE}, ${OPTION}) AS statement
    FROM pg_class, aclexplode(COALESCE(relacl, acldefault('r', relowner))) WHERE oid = $1::regclass`);
  await run(`SELECT format('GRANT %s (%I) ON %s TO %s%s', privilege_type, attname, $2::text, ${GRANTEE}, ${OPTION}) AS
    statement
    FROM pg_attribute, aclexplode(attacl) WHERE attrelid = $1::regclass AND NOT attisdropped`);
}

/** A grantee of nobody's id is everybody. */
const GRANTEE = `CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END`;
const OPTION = `CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END`;
