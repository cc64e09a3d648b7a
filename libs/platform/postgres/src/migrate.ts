import { MigrationExecutor } from 'typeorm';
import type { Database } from './database.js';

/** Any 64-bit number of our own; every instance of every service asks for this lock before it migrates. */
const MIGRATION_LOCK = 7_282_601_114;

/**
 * Makes the schema and runs the service's migrations, one instance at a time (advisory lock), each in its own
 * transaction. Repeats cost nothing. `lock_timeout` keeps a migration from queueing behind a long reader and stopping
 * everybody.
 */
export async function migrate(database: Database): Promise<readonly string[]> {
  // One session for all of it: the settings and the lock belong to the session that migrates.
  const runner = database.dataSource.createQueryRunner();
  await runner.connect();
  try {
    // Waiting for another instance, or building an index, may take longer than any request may.
    await runner.query('SET statement_timeout = 0');
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await runner.query("SET lock_timeout = '5s'");
    await runner.query(`CREATE SCHEMA IF NOT EXISTS "${database.schema}"`);
    const executor = new MigrationExecutor(database.dataSource, runner);
    executor.transaction = 'each';
    const done = await executor.executePendingMigrations();
    return done.map((migration) => migration.name);
  } finally {
    // Settings and lock are the session's: a connection on which this fails is broken, and both are gone with it.
    await runner.query('RESET lock_timeout; RESET statement_timeout').catch(() => undefined);
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await runner.release();
  }
}
