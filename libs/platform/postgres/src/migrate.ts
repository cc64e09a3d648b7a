import type { Database } from './database.js';

/** Any 64-bit number of our own; every instance of every service asks for this lock before it migrates. */
const MIGRATION_LOCK = 7_282_601_114;

/**
 * Makes the schema and runs the service's migrations, one instance at a time (advisory lock), each in its own transaction.
 * Repeats cost nothing. `lock_timeout` keeps a migration from queueing behind a long reader and stopping everybody.
 */
export async function migrate(database: Database): Promise<readonly string[]> {
  const lock = await database.connection();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await lock.query("SET lock_timeout = '5s'");
    await lock.query(`CREATE SCHEMA IF NOT EXISTS "${database.schema}"`);
    const done = await database.dataSource.runMigrations({ transaction: 'each' });
    return done.map((migration) => migration.name);
  } finally {
    await lock.query('RESET lock_timeout').catch(() => undefined);
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    lock.release();
  }
}
