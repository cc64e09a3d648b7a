import { silentLogger } from '@paymatch/platform-observability';
import { DatabaseClock } from './database-clock.js';
import { Database } from './database.js';

let database: Database;
beforeAll(async () => {
  const url = process.env['PAYMATCH_TEST_POSTGRES_URL']!;
  database = await Database.connect({ url, schema: 'clock', poolMax: 1, applicationName: 'spec' });
});
afterAll(() => database.close());
afterEach(() => {
  jest.restoreAllMocks();
});

const databaseMs = async (): Promise<number> =>
  (await database.query<{ ms: number }>('SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms')).rows[0]!
    .ms;

describe("the database's clock", () => {
  it("has nothing to do with this process's, however wrong that is or becomes", async () => {
    const real = Date.now();
    jest.spyOn(Date, 'now').mockImplementation(() => real + 10_000);
    const clock = await DatabaseClock.start(database, silentLogger);
    jest.spyOn(Date, 'now').mockImplementation(() => real - 3_600_000);
    for (const look of [() => undefined, () => clock.look()]) {
      await look();
      const before = await databaseMs();
      const now = clock.nowMs();
      const after = await databaseMs();
      // A look is right to within half of what its question took.
      expect(now).toBeGreaterThan(before - 2_000);
      expect(now).toBeLessThan(after + 2_000);
    }
    await clock.onApplicationShutdown();
  });

  it('cannot be started while the database is away, and says so', async () => {
    const away = { query: () => Promise.reject(new Error('away')) };
    await expect(DatabaseClock.start(away, silentLogger)).rejects.toThrow('away');
  });
});
