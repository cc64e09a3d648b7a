import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTestDatabase } from './test-database.js';

class Shelf1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE library.shelf (id int PRIMARY KEY)');
  }
  async down(): Promise<void> {
    throw new Error('forward only');
  }
}

describe('a test database', () => {
  it('is fresh, migrated and apart from every other one', async () => {
    const options = { schema: 'library', migrations: [Shelf1700000000000] };
    const [first, second] = await Promise.all([createTestDatabase(options), createTestDatabase(options)]);
    await first.database.query('INSERT INTO library.shelf VALUES (1)');
    expect((await first.database.query('SELECT * FROM library.shelf')).rowCount).toBe(1);
    expect((await second.database.query('SELECT * FROM library.shelf')).rowCount).toBe(0);
    await Promise.all([first.drop(), second.drop()]);
  });

  it('is gone after drop, also with a connection still open', async () => {
    const { database, url, drop } = await createTestDatabase({ schema: 'library' });
    const name = new URL(url).pathname.slice(1);
    const other = await createTestDatabase({ schema: 'library' });
    await database.query('SELECT 1');
    await drop();
    expect((await other.database.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])).rowCount).toBe(0);
    await other.drop();
  });
});
