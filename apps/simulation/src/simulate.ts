import { runSchedule } from './schedule.js';
import type { SimulatedDatabase } from './simulated-database.js';
import { summaryOf, type ScheduleSummary } from './tally.js';

export interface SimulateOptions {
  readonly database: SimulatedDatabase;
  readonly seeds: Iterable<number>;
  readonly showsTraces: boolean;
  readonly onSummary: (summary: ScheduleSummary) => void;
}

/** Runs one schedule for each seed and says what came of it; of one that broke a promise, all its steps. */
export async function simulate({ database, seeds, showsTraces, onSummary }: SimulateOptions): Promise<void> {
  for (const seed of seeds) onSummary(summaryOf(await runSchedule({ seed, database }), showsTraces));
}

/** Every `of`th seed, beginning with the one at `index`. */
export function* shareOf(range: { readonly from: number; readonly count: number }, index: number, of: number) {
  for (let seed = range.from + index; seed < range.from + range.count; seed += of) yield seed;
}
