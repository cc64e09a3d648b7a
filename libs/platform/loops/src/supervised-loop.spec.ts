import { createLogger } from '@paymatch/platform-observability';
import { SupervisedLoop, type SupervisedLoopOptions } from './supervised-loop.js';

const lines: { readonly level: string; readonly message: string; readonly failures?: number }[] = [];
const logger = createLogger({ level: 'warn', service: 'test', write: (line) => lines.push(JSON.parse(line)) });
let loop: SupervisedLoop;

beforeEach(() => {
  lines.length = 0;
});
afterEach(() => loop.stop());

/** Resolves when the `count`th turn has begun. */
function startLoop(
  count: number,
  turn: (number: number) => Promise<boolean | void>,
  change: Partial<SupervisedLoopOptions> = {},
): Promise<void> {
  return new Promise((resolve) => {
    let number = 0;
    loop = new SupervisedLoop({
      name: 'the look',
      logger,
      everyMs: 1,
      turn: () => {
        number += 1;
        if (number === count) resolve();
        return turn(number);
      },
      ...change,
    });
    loop.start();
  });
}

describe('a supervised loop', () => {
  it('takes turns until it is stopped, and is stopped when the turn in hand is over', async () => {
    let [turns, isInTurn] = [0, false];
    let end: () => void = () => undefined;
    await startLoop(3, async (number) => {
      turns = number;
      if (number < 3) return;
      isInTurn = true;
      await new Promise<void>((resolve) => {
        end = resolve;
      });
      isInTurn = false;
    });
    const stopped = loop.stop();
    expect(isInTurn).toBe(true);
    end();
    await stopped;
    expect([turns, isInTurn]).toEqual([3, false]);
  });

  it('goes on at once while there is more to do, and at once when it is woken', async () => {
    const everyMs = 3_600_000;
    await startLoop(3, async (number) => number < 3, { everyMs, firstAfterMs: 0 });
    await new Promise<void>((resolve) => {
      let turns = 0;
      loop = new SupervisedLoop({
        name: 'the look',
        logger,
        everyMs,
        turn: async () => void ((turns += 1) && resolve()),
      });
      loop.start();
      loop.wake();
    });
  });

  it('goes on after a failure, says so each time, and asks for somebody when it keeps failing', async () => {
    await startLoop(7, async (number) => {
      if (number <= 6) throw new Error('the database is away');
    });
    expect(lines.map(({ level, message, failures }) => [level, message, failures])).toEqual(
      [1, 2, 3, 4, 5, 6].map((failures) => [
        failures === 5 ? 'error' : 'warn',
        'the look failed and is tried again',
        failures,
      ]),
    );
  });

  it('can be started again after it was stopped', async () => {
    let turns = 0;
    await startLoop(1, async (number) => void (turns = number));
    await loop.stop();
    loop.start();
    loop.wake();
    while (turns < 2) await new Promise((resolve) => setImmediate(resolve));
  });
});
