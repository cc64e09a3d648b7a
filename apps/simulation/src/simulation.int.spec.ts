import { keptSeeds } from './kept-seeds.js';
import { runSchedule } from './schedule.js';
import { shareOf, simulate } from './simulate.js';
import { startSimulatedServer, type SimulatedServer } from './simulated-server.js';
import type { SimulatedDatabase } from './simulated-database.js';
import { Tally } from './tally.js';

const SEEDS = 25;
const DOUBTED_SEEDS = 3;
/** Generous: it counts what is kept, not how fast. */
const TIMEOUT_MS = 240_000;

let server: SimulatedServer;
let database: SimulatedDatabase;

beforeAll(async () => {
  server = await startSimulatedServer();
  database = server.database;
}, TIMEOUT_MS);

afterAll(() => server.stop());

describe('the services, moved by chance from a seed and killed between any two statements', () => {
  it(
    `keep every promise in ${SEEDS} schedules`,
    async () => {
      const stories: string[] = [];
      await simulate({
        database,
        seeds: shareOf({ from: 1, count: SEEDS }, 0, 1),
        showsTraces: false,
        onSummary: ({ isBroken, story }) => isBroken && stories.push(story),
      });
      expect(stories.join('\n')).toBe('');
    },
    TIMEOUT_MS,
  );

  it(
    'do the very same when a seed comes again, alone or after others',
    async () => {
      const first = await runSchedule({ seed: 3, database });
      const [one, other] = [new Tally(), new Tally()];
      const run = (tally: Tally, seeds: Iterable<number>): Promise<void> =>
        simulate({ database, seeds, showsTraces: false, onSummary: (summary) => tally.add(summary) });
      const range = { from: 2, count: 4 };
      await run(one, shareOf(range, 0, 1));
      await run(other, shareOf(range, 1, 2));
      await run(other, shareOf(range, 0, 2));
      expect(other.digest).toBe(one.digest);
      const again = await runSchedule({ seed: 3, database });
      expect(again.trace).toEqual(first.trace);
      expect(again.hash).toBe(first.hash);
    },
    TIMEOUT_MS,
  );

  it(
    'are told what the database would tell, where it is not asked',
    async () => {
      for (let seed = 1; seed <= DOUBTED_SEEDS; seed += 1) {
        const [plain, doubted] = [
          await runSchedule({ seed, database }),
          await runSchedule({ seed, database, doubtsLooks: true }),
        ];
        expect(doubted.violations).toEqual([]);
        expect(doubted.hash).toBe(plain.hash);
        expect(plain.carriedOut).toBeLessThan(plain.steps);
      }
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
