import { createHash } from 'node:crypto';
import type { ScheduleResult } from './schedule.js';

/** What is told of one schedule when it is over. */
export interface ScheduleSummary {
  readonly seed: number;
  readonly hash: string;
  readonly steps: number;
  readonly carriedOut: number;
  readonly deaths: number;
  readonly cuts: number;
  readonly completed: number;
  readonly isBroken: boolean;
  /** Its steps, and what it broke; empty when nobody needs them. */
  readonly story: string;
}

export function summaryOf(result: ScheduleResult, showsTrace: boolean): ScheduleSummary {
  const { seed, hash, steps, carriedOut, deaths, cuts, seen, violations, trace } = result;
  const completed = seen?.stored.filter(({ type }) => type === 'PaymentCompleted').length ?? 0;
  const isBroken = violations.length > 0;
  const story = [
    `seed ${seed} (trace ${hash})`,
    ...trace.map((line) => `  ${line}`),
    ...violations.map(({ promise, what }) => `  BROKEN: ${promise}: ${what}`),
  ].join('\n');
  return {
    seed,
    hash,
    steps,
    carriedOut,
    deaths,
    cuts,
    completed,
    isBroken,
    story: showsTrace || isBroken ? story : '',
  };
}

/** What came of many schedules. */
export class Tally {
  private readonly startedMs = performance.now();
  private readonly hashes = new Map<number, string>();
  private readonly sums = { steps: 0, carriedOut: 0, deaths: 0, cuts: 0, completed: 0, broken: 0 };

  add({ seed, hash, steps, carriedOut, deaths, cuts, completed, isBroken }: ScheduleSummary): void {
    this.hashes.set(seed, hash);
    this.sums.steps += steps;
    this.sums.carriedOut += carriedOut;
    this.sums.deaths += deaths;
    this.sums.cuts += cuts;
    this.sums.completed += completed;
    this.sums.broken += isBroken ? 1 : 0;
  }

  get schedules(): number {
    return this.hashes.size;
  }

  get broken(): number {
    return this.sums.broken;
  }

  /** The same for the same seeds, whoever ran which of them, and when. */
  get digest(): string {
    const lines = [...this.hashes].sort(([one], [other]) => one - other).map(([seed, hash]) => `${seed} ${hash}`);
    return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16);
  }

  toString(): string {
    const { steps, carriedOut, deaths, cuts, completed, broken } = this.sums;
    const aMinute = Math.round((this.schedules * 60_000) / (performance.now() - this.startedMs));
    return (
      `${this.schedules} schedules, ${aMinute} a minute; ${steps} steps, ${carriedOut} of them carried out by the ` +
      'database; ' +
      `${deaths} deaths, ${cuts} lost connections, ${completed} payments completed; ${broken} schedules broke a promise`
    );
  }
}
