import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { keptSeeds } from './kept-seeds.js';
import { runSchedule } from './schedule.js';
import { simulate } from './simulate.js';
import { SimulatedDatabase } from './simulated-database.js';

const SEEDS = 25;
/** Generous: it counts what is kept, not how fast. */
const TIMEOUT_MS = 240_000;

let test: TestDatabase;
let database: SimulatedDatabase;

beforeAll(async () => {
  test = await createTestDatabase({ schema: 'gateway' });
  database = await SimulatedDatabase.open(test.url);
});

afterAll(async () => {
  await database.close();
  await test.drop();
});

describe('the services, moved by chance from a seed and killed between any two statements', () => {
  it(
    `keep every promise in ${SEEDS} schedules`,
    async () => {
      const told: string[] = [];
      const { failed } = await simulate({
        database,
        seeds: SEEDS,
        from: 1,
        showsTraces: false,
        print: (line) => told.push(line),
      });
      if (failed.length > 0) throw new Error(told.join('\n'));
    },
    TIMEOUT_MS,
  );

  it(
    'do the very same when a seed comes again',
    async () => {
      const first = await runSchedule({ seed: 3, database });
      const second = await runSchedule({ seed: 3, database });
      expect(second.trace).toEqual(first.trace);
      expect(second.hash).toBe(first.hash);
    },
    TIMEOUT_MS,
  );

  it(
    'do otherwise with another seed',
    async () => {
      const one = await runSchedule({ seed: 1, database });
      const other = await runSchedule({ seed: 2, database });
      expect(one.hash).not.toBe(other.hash);
    },
    TIMEOUT_MS,
  );

  for (const { seed, found } of keptSeeds)
    it(
      `keep every promise in schedule ${seed}, where once ${found}`,
      async () => {
        expect((await runSchedule({ seed, database })).violations).toEqual([]);
      },
      TIMEOUT_MS,
    );
});
