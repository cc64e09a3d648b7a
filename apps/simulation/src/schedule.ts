import { check, type Violation } from './checker.js';
import type { Connections } from './connections.js';
import { makeHistory, T0, type History } from './history.js';
import { Machine } from './machine.js';
import { observe, unrestOf, type Observed } from './observed.js';
import { OutsideWorld } from './outside-world.js';
import { Random } from './random.js';
import { Receiver } from './receiver.js';
import type { BrokenParts } from './services.js';
import { installVirtualGlobals } from './virtual-globals.js';
import { VirtualTime } from './virtual-time.js';
import type { SimulatedDatabase } from './simulated-database.js';

export interface ScheduleResult {
  readonly seed: number;
  /** The same seed, the same hash. */
  readonly hash: string;
  readonly trace: readonly string[];
  readonly violations: readonly Violation[];
  readonly steps: number;
  /** Steps that the database was asked for; the others' answers were known. */
  readonly carriedOut: number;
  readonly deaths: number;
  readonly cuts: number;
  readonly seen: Observed | null;
}

export interface ScheduleOptions {
  readonly seed: number;
  readonly database: SimulatedDatabase;
  readonly broken?: BrokenParts;
  /** Asks the database for answers that are known, too, and holds them against it. */
  readonly doubtsLooks?: boolean;
  /** Instead of the one the seed gives. */
  readonly history?: Partial<History>;
}

const MOVES_MAX = 20_000;
const LOOKS_MAX = 40;
/** Behind this every payment has ended and everything that waits has waited long enough. */
const ALL_OVER_MS = 200_000;
/** Retries of webhooks are minutes apart; their clock is moved on so far while something waits. */
const LONGER_MS = 300_000;

/** One history, moved through by chance from one seed to its rest, and held against the promises. */
export async function runSchedule(options: ScheduleOptions): Promise<ScheduleResult> {
  const { seed, database, broken = {}, history, doubtsLooks = false } = options;
  await database.empty();
  const { connections } = database;
  const planned = { ...makeHistory(new Random(seed)), ...history };
  const random = new Random(seed ^ 0x5eed);
  const time = new VirtualTime(T0);
  const receiver = new Receiver(new Random(seed ^ 0x4ece));
  const machine = new Machine({ database, time, random, history: planned, receiver, broken, doubtsLooks });
  const restore = installVirtualGlobals(time, new Random(seed ^ 0x1d5));
  let seen: Observed | null = null;
  let violations: readonly Violation[];
  try {
    seen = await live(machine, { receiver, connections, history: planned, random, time });
    violations = check(seen);
  } catch (error) {
    violations = [{ promise: 'G12 works again', what: (error as Error).message }];
    machine.trace.add(`ended: ${(error as Error).message}`);
  } finally {
    await machine.killAll();
    restore();
  }
  const { trace, scheduler } = machine;
  const { stepsTaken: steps, deaths, cuts } = scheduler;
  const { carriedOut } = machine;
  return { seed, hash: trace.hash, trace: trace.lines, violations, steps, carriedOut, deaths, cuts, seen };
}

interface Life {
  readonly receiver: Receiver;
  readonly connections: Connections;
  readonly history: History;
  readonly random: Random;
  readonly time: VirtualTime;
}

async function live(machine: Machine, { receiver, connections, history, random, time }: Life): Promise<Observed> {
  const { scheduler } = machine;
  const world = new OutsideWorld(machine, history);
  machine.startAll();
  world.begin();
  while (!world.isSatisfied) {
    await scheduler.exhaust(MOVES_MAX);
    await scheduler.passTime(random.pick([0, 20, 500, 1_200, 2_500]));
  }
  scheduler.mayFail = false;
  receiver.mayFail = false;
  await rest(machine, connections);
  time.nowMs = Math.max(time.nowMs, T0 + ALL_OVER_MS);
  await rest(machine, connections);
  return observe(connections, world, receiver);
}

/** Faults are over: everything must come to its end by itself, after every sweep has looked once more. */
async function rest(machine: Machine, connections: Connections): Promise<void> {
  const { scheduler } = machine;
  let unrest: readonly string[] = ['a process cannot start'];
  for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
    await scheduler.exhaust(MOVES_MAX);
    if (looks >= 1 && machine.isWhole) {
      unrest = await unrestOf(connections);
      if (unrest.length === 0) return;
    }
    await scheduler.passTime(looks < 10 ? 5_000 : LONGER_MS);
  }
  throw new Error(`nothing fails any more, and still: ${unrest.join('; ')}`);
}
