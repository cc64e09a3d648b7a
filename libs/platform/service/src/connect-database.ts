import { setTimeout as sleep } from 'node:timers/promises';
import { assertNotRestored } from '@paymatch/platform-log';
import type { Logger } from '@paymatch/platform-observability';
import { Database, isDatabaseUnreachable, migrate, type DatabaseOptions } from '@paymatch/platform-postgres';

const retryMs = 2_000;

export interface ConnectOptions extends DatabaseOptions {
  readonly logger: Logger;
  /** How long an unreachable database is waited for before the start fails. */
  readonly waitMs: number;
  /** Whether this process makes the tables; a cluster does that once, before its services start. */
  readonly migrates: boolean;
}

/** Connects a service to its schema: waits until the database answers, migrates, and refuses a restored dump. */
export async function connectDatabase(options: ConnectOptions): Promise<Database> {
  const database = await waitForDatabase(options);
  try {
    if (options.migrates) {
      const done = await migrate(database);
      if (done.length > 0) options.logger.info('migrated', { schema: options.schema, migrations: done });
    }
    // A service without a log of its own has nothing a restore could disorder.
    const log = await database.query('SELECT to_regclass($1) AS found', [`${options.schema}.origin`]);
    if (log.rows[0]?.found !== null) await assertNotRestored(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function waitForDatabase(options: ConnectOptions): Promise<Database> {
  const deadlineMs = Date.now() + options.waitMs;
  for (;;) {
    try {
      return await Database.connect(options);
    } catch (error) {
      if (!isDatabaseUnreachable(error) || Date.now() + retryMs > deadlineMs) throw error;
      options.logger.warn('waiting for the database', { schema: options.schema, error: (error as Error).message });
      await sleep(retryMs);
    }
  }
}
