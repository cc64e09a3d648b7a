import { randomBytes } from 'node:crypto';
import type { Database, DatabaseOptions } from '@paymatch/platform-postgres';

export interface TestDatabaseOptions {
  readonly schema: string;
  readonly migrations?: DatabaseOptions['migrations'];
  readonly entities?: DatabaseOptions['entities'];
  /** 10 when absent. */
  readonly poolMax?: number;
}

export interface TestDatabase {
  /** Connected, and migrated. */
  readonly database: Database;
  /** For further connections to the same database, e.g. a second instance. */
  readonly url: string;
  /** Closes `database` and removes the database with whatever is still connected. */
  drop(): Promise<void>;
}

/** Where the tests' PostgreSQL listens. */
export const TEST_POSTGRES_URL = 'PAYMATCH_TEST_POSTGRES_URL';

/**
 * A database of its own, fresh and migrated, on the server that the test run started (or the one that variable names).
 */
export async function createTestDatabase(options: TestDatabaseOptions): Promise<TestDatabase> {
  const serverUrl = process.env[TEST_POSTGRES_URL];
  if (serverUrl === undefined)
    throw new Error(
      `${TEST_POSTGRES_URL} is not set: database tests are named *.int.spec.ts or *.bus.spec.ts and run by jest`,
    );
  // Loaded on use: unit tests import this library too, and must not pay for a database driver.
  const { Database, migrate } = await import('@paymatch/platform-postgres');
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`;
  await asAdmin(serverUrl, `CREATE DATABASE "${name}"`);
  const url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).toString();
  const { schema, migrations, entities } = options;
  const database = await Database.connect({
    url,
    schema,
    applicationName: 'paymatch-test',
    poolMax: options.poolMax ?? 10,
    ...(migrations !== undefined && { migrations }),
    ...(entities !== undefined && { entities }),
  });
  await migrate(database);
  let isDropped = false;
  return {
    database,
    url,
    drop: async () => {
      if (isDropped) return;
      isDropped = true;
      if (database.dataSource.isInitialized) await database.close();
      await asAdmin(serverUrl, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    },
  };
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const { Client } = await import('pg');
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
