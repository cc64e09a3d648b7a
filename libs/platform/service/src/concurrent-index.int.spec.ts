import { buildIndexConcurrently, Database, migrate } from '@paymatch/platform-postgres';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const index = { schema: 'svc', name: 'rows_at', on: 'ON svc.rows (at)' };

class Rows1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE svc.rows (id int PRIMARY KEY, at int)');
  }
  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

class RowsByTime1764000000001 implements MigrationInterface {
  transaction = false;
  up(runner: QueryRunner): Promise<void> {
    return buildIndexConcurrently(runner, index);
  }
  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

let test: TestDatabase;
beforeEach(async () => {
  test = await createTestDatabase({ schema: 'svc', migrations: [Rows1764000000000] });
});
afterEach(() => test.drop());

const isValid = async (): Promise<boolean | undefined> =>
  (
    await test.database.query<{ indisvalid: boolean }>(
      `SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('svc.rows_at')`,
    )
  ).rows[0]?.indisvalid;

const upgrade = async (): Promise<readonly string[]> => {
  const migrations = [Rows1764000000000, RowsByTime1764000000001];
  const database = await Database.connect({
    url: test.url,
    schema: 'svc',
    migrations,
    poolMax: 2,
    applicationName: 'x',
  });
  try {
    return await migrate(database);
  } finally {
    await database.close();
  }
};

describe('an index that an upgrade builds', () => {
  it('is built while others write, also after a build that was cut off, and once', async () => {
    // As a build that was cut off leaves it.
    await test.database.query('INSERT INTO svc.rows VALUES (1, 7), (2, 7)');
    await expect(test.database.query('CREATE UNIQUE INDEX CONCURRENTLY rows_at ON svc.rows (at)')).rejects.toThrow();
    expect(await isValid()).toBe(false);
    expect(await upgrade()).toEqual(['RowsByTime1764000000001']);
    expect([await isValid(), await upgrade()]).toEqual([true, []]);
  });
});
