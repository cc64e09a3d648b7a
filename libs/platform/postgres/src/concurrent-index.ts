import type { QueryRunner } from 'typeorm';

export interface ConcurrentIndex {
  readonly schema: string;
  readonly name: string;
  /** What follows the name: `ON svc.rows (at) WHERE …`. */
  readonly on: string;
  readonly isUnique?: boolean;
}

/**
 * Builds an index while others write. For a migration of its own with `transaction = false`. A build that was cut off
 * leaves an index that nobody uses: it is removed and begun anew.
 */
export async function buildIndexConcurrently(runner: QueryRunner, index: ConcurrentIndex): Promise<void> {
  const { schema, name, on, isUnique = false } = index;
  // It waits for transactions that are older than it, which holds nobody up.
  await runner.query('SET lock_timeout = 0');
  const [found] = (await runner.query(
    `SELECT indisvalid AS is_valid FROM pg_index
      WHERE indexrelid = (SELECT oid FROM pg_class WHERE relname = $1 AND relnamespace = $2::regnamespace)`,
    [name, schema],
  )) as { readonly is_valid: boolean }[];
  if (found?.is_valid === false) await runner.query(`DROP INDEX CONCURRENTLY ${schema}.${name}`);
  if (found?.is_valid !== true)
    await runner.query(`CREATE ${isUnique ? 'UNIQUE ' : ''}INDEX CONCURRENTLY ${name} ${on}`);
  await runner.query("SET lock_timeout = '5s'");
}
