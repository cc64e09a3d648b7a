import { tmpdir } from 'node:os';
import { createLogger } from '@paymatch/platform-observability';
import { Database } from '@paymatch/platform-postgres';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { Health } from './health.js';
import { freeSpaceCheck, WriteProbe } from './write-probe.js';

let test: TestDatabase;
let database: Database;
beforeAll(async () => {
  test = await createTestDatabase({ schema: 'probed' });
  // One connection, so that what a test sets in its session holds for the probe.
  database = await Database.connect({ url: test.url, schema: 'probed', poolMax: 1, applicationName: 'test' });
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

describe('a process whose database takes no writes', () => {
  it('is not ready, says why, and is ready again when it does', async () => {
    const lines: string[] = [];
    const logger = createLogger({ level: 'info', service: 'test', write: (line) => lines.push(line) });
    const probe = new WriteProbe(database, logger);
    const health = new Health();
    health.addReadinessCheck(() => probe.problems());
    health.markReady();
    await probe.look();
    expect(health.ready()).toEqual({ status: 'ok', problems: [] });
    await database.query('SET default_transaction_read_only = on');
    await probe.look();
    await probe.look();
    expect(health.ready()).toEqual({
      status: 'unavailable',
      problems: [expect.stringContaining('the database takes no writes: cannot execute') as string],
    });
    // Alive all the same: a new process would find the same disk.
    expect(health.live().status).toBe('ok');
    await database.query('SET default_transaction_read_only = off');
    await probe.look();
    expect(health.ready().status).toBe('ok');
    expect(lines).toHaveLength(2);
  });

  it.each([
    ['53100', 1],
    ['58030', 1],
    ['53300', 0],
    ['42501', 0],
    ['ECONNREFUSED', 0],
  ])('is told by the error %s, or is not', async (code, count) => {
    const failing = { transaction: () => Promise.reject(Object.assign(new Error('refused'), { code })) };
    const probe = new WriteProbe(failing, createLogger({ level: 'error', service: 'test', write: () => undefined }));
    await probe.look();
    expect(probe.problems()).toHaveLength(count);
  });

  it('leaves nothing behind', async () => {
    await new WriteProbe(database, createLogger({ level: 'error', service: 'test' })).look();
    const { rows } = await database.query("SELECT 1 FROM pg_class WHERE relname = 'paymatch_write_probe'");
    expect(rows).toEqual([]);
  });
});

describe('the disk of the data folder', () => {
  it('is asked how much room it has left', () => {
    expect(freeSpaceCheck(tmpdir(), 1)()).toEqual([]);
    expect(freeSpaceCheck(tmpdir(), Number.MAX_SAFE_INTEGER)()).toEqual([expect.stringMatching(/has \d+ MiB left/)]);
  });
});
