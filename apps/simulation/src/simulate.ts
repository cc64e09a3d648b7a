import { runSchedule, type ScheduleResult } from './schedule.js';
import type { SimulatedDatabase } from './simulated-database.js';

export interface SimulateOptions {
  readonly database: SimulatedDatabase;
  readonly seeds: number;
  readonly from: number;
  readonly showsTraces: boolean;
  readonly print: (line: string) => void;
}

const TOLD_EVERY = 100;

/** Runs one schedule for each seed and says what came of them; the failed ones with all their steps. */
export async function simulate(options: SimulateOptions): Promise<{ readonly failed: readonly ScheduleResult[] }> {
  const { database, seeds, from, showsTraces, print } = options;
  const startedMs = performance.now();
  const sums = { schedules: 0, steps: 0, deaths: 0, cuts: 0, completed: 0 };
  const failed: ScheduleResult[] = [];
  const summary = (): string => {
    const minutes = (performance.now() - startedMs) / 60_000;
    return (
      `${sums.schedules} schedules, ${Math.round(sums.schedules / minutes)} a minute; ${sums.steps} steps, ${sums.deaths} deaths, ` +
      `${sums.cuts} lost connections, ${sums.completed} payments completed; ${failed.length} schedules broke a promise`
    );
  };
  for (let seed = from; seed < from + seeds; seed += 1) {
    const result = await runSchedule({ seed, database });
    sums.schedules += 1;
    sums.steps += result.steps;
    sums.deaths += result.deaths;
    sums.cuts += result.cuts;
    sums.completed += result.seen?.stored.filter(({ type }) => type === 'PaymentCompleted').length ?? 0;
    if (result.violations.length > 0) failed.push(result);
    if (result.violations.length > 0 || showsTraces) print(describe(result));
    if (sums.schedules % TOLD_EVERY === 0) print(summary());
  }
  print(summary());
  return { failed };
}

function describe({ seed, hash, trace, violations }: ScheduleResult): string {
  return [
    `seed ${seed} (trace ${hash})`,
    ...trace.map((line) => `  ${line}`),
    ...violations.map(({ promise, what }) => `  BROKEN: ${promise}: ${what}`),
  ].join('\n');
}
