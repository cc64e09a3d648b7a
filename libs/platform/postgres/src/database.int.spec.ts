import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isDatabaseUnreachable, isUniqueViolation } from './database-errors.js';
import { Database } from './database.js';
import { migrate } from './migrate.js';

// The testing library rests on this one, so this spec makes its database by itself.
const serverUrl = process.env['PAYMATCH_TEST_POSTGRES_URL']!;
const name = `database_spec_${process.pid}`;
const url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).toString();
let admin: Client;
let database: Database;

class Shelf1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE library.shelf (id int PRIMARY KEY)');
    await runner.query("INSERT INTO library.shelf SELECT 100 WHERE current_setting('lock_timeout') = '5s'");
  }
  async down(): Promise<void> {
    throw new Error('forward only');
  }
}

const connect = (poolMax = 4): Promise<Database> =>
  Database.connect({ url, schema: 'library', migrations: [Shelf1700000000000], poolMax, applicationName: 'spec' });

beforeAll(async () => {
  admin = new Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  database = await connect();
  await migrate(database);
});
afterAll(async () => {
  await database.close();
  await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
  await admin.end();
});

const backendOf = async (runner: Pick<Database, 'query'>): Promise<number> =>
  (await runner.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]!.pid;

describe('migrations', () => {
  it('run once though several instances start together, and wait for a lock no longer than 5 s', async () => {
    const instances = await Promise.all([connect(), connect(), connect()]);
    expect(await Promise.all(instances.map((instance) => migrate(instance)))).toEqual([[], [], []]);
    await Promise.all(instances.map((instance) => instance.close()));
    expect((await database.query('SELECT id FROM library.shelf WHERE id = 100')).rowCount).toBe(1);
  });

  it('need one connection only, and leave its settings as they were', async () => {
    const narrow = await connect(1);
    await migrate(narrow);
    expect(
      (
        await narrow.query(
          "SELECT current_setting('lock_timeout') AS lock, current_setting('statement_timeout') AS statement",
        )
      ).rows,
    ).toEqual([{ lock: '0', statement: '15s' }]);
    await narrow.close();
  });
});

describe('a connection', () => {
  it('is kept after a refused statement', async () => {
    const narrow = await connect(1);
    const before = await backendOf(narrow);
    const refusal = await narrow.query('INSERT INTO library.shelf VALUES (100)').catch((error: unknown) => error);
    expect([isUniqueViolation(refusal, 'shelf_pkey'), isUniqueViolation(refusal, 'another_key')]).toEqual([
      true,
      false,
    ]);
    expect(await backendOf(narrow)).toBe(before);
    await narrow.close();
  });

  it('that the server ends inside a transaction fails that transaction alone, and the process lives on', async () => {
    const failure = await database
      .transaction(async (tx) => {
        await tx.query('INSERT INTO library.shelf VALUES (1)');
        await admin.query('SELECT pg_terminate_backend($1)', [await backendOf(tx)]);
        await tx.query('INSERT INTO library.shelf VALUES (2)');
      })
      .catch((error: unknown) => error);
    expect(isDatabaseUnreachable(failure)).toBe(true);
    expect((await database.query('SELECT 1 FROM library.shelf WHERE id IN (1, 2)')).rowCount).toBe(0);
  });

  it('that the server ends while nobody waits on it is replaced', async () => {
    const connection = await database.connection();
    const { rows } = await connection.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const ended = new Promise((resolve) => connection.once('end', resolve));
    await admin.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]);
    await ended;
    connection.release();
    expect(await backendOf(database)).not.toBe(rows[0]!.pid);
  });
});

describe('a transaction', () => {
  it('keeps nothing when its work throws, and gives the connection back clean', async () => {
    const narrow = await connect(1);
    await expect(
      narrow.transaction(async (tx) => {
        await tx.query('INSERT INTO library.shelf VALUES (3)');
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    expect((await narrow.query('SELECT 1 FROM library.shelf WHERE id = 3')).rowCount).toBe(0);
    await narrow.transaction((tx) => tx.query('INSERT INTO library.shelf VALUES (3)'));
    expect((await narrow.query('SELECT id FROM library.shelf WHERE id = 3')).rows).toEqual([{ id: 3 }]);
    await narrow.close();
  });
});

describe('numbers', () => {
  it('of 64 bits arrive as numbers, and are refused when digits would be lost', async () => {
    expect((await database.query('SELECT 9007199254740991::bigint AS n')).rows).toEqual([
      { n: Number.MAX_SAFE_INTEGER },
    ]);
    await expect(database.query('SELECT 9007199254740992::bigint AS n')).rejects.toThrow('beyond 2^53');
  });
});

describe('an unreachable server', () => {
  it('is told from every other failure', async () => {
    const failure = await Database.connect({
      url: 'postgres://a:b@127.0.0.1:1/x',
      schema: 'library',
      poolMax: 1,
      applicationName: 'spec',
    }).catch((error: unknown) => error);
    expect(isDatabaseUnreachable(failure)).toBe(true);
    expect(isDatabaseUnreachable(await database.query('SELEC').catch((error: unknown) => error))).toBe(false);
  });
});
