import { kindNamed } from './fault-kinds.js';
import { of, type DoneFault, type Entry, type Probe } from './history.js';
import { Judge, type Verdict } from './verdict.js';

export interface Recovery {
  readonly fault: DoneFault;
  /** From the fault's end until a payment that began after it had gone all the way; `null` = never. */
  readonly tookMs: number | null;
  /** Another breaking fault began before that, and before its time was up: this one cannot be judged alone. */
  readonly isOverlapped: boolean;
}

/** How long after each fault a fresh payment went all the way again. */
export function recoveries(history: readonly Entry[], maxMs: number): readonly Recovery[] {
  const faults = of(history, 'fault').filter(({ missed }) => missed === null);
  const whole = of(history, 'probe').filter(({ isWhole }) => isWhole);
  const breaking = faults.filter(({ fault }) => kindNamed(fault.kind).isBreaking);
  return faults.map((fault) => {
    const backMs = firstWholeMs(whole, fault.toMs);
    const isOverlapped = breaking.some(
      (other) =>
        other !== fault && other.toMs >= fault.toMs && other.fromMs <= Math.min(backMs ?? Infinity, fault.toMs + maxMs),
    );
    return { fault, tookMs: backMs === null ? null : backMs - fault.toMs, isOverlapped };
  });
}

/** The longest time in which no payment was under way that went all the way; faults that overlap are in it, too. */
export function longestGapMs(history: readonly Entry[]): number {
  const whole = [...of(history, 'probe').filter(({ isWhole }) => isWhole)].sort((a, b) => a.fromMs - b.fromMs);
  let [reachedMs, longestMs] = [whole[0]?.toMs ?? 0, 0];
  for (const { fromMs, toMs } of whole) {
    longestMs = Math.max(longestMs, fromMs - reachedMs);
    reachedMs = Math.max(reachedMs, toMs);
  }
  return longestMs;
}

function firstWholeMs(whole: readonly Probe[], afterMs: number): number | null {
  const ends = whole.filter(({ fromMs }) => fromMs >= afterMs).map(({ toMs }) => toMs);
  return ends.length === 0 ? null : ends.reduce((least, end) => Math.min(least, end));
}

/**
 * Of faults that follow each other too closely the last one is judged: until then something was broken all the time.
 */
export function recovers(history: readonly Entry[], maxMs: number): Verdict {
  const judge = new Judge('G12');
  for (const { fault, tookMs, isOverlapped } of recoveries(history, maxMs)) {
    if (isOverlapped) continue;
    const { no, kind, part } = fault.fault;
    judge.expect(
      tookMs !== null && tookMs <= maxMs,
      () =>
        `after fault ${no} (${kind} ${part}) a fresh payment went through ` +
        `${tookMs === null ? 'never' : `only after ${tookMs} ms`}`,
    );
  }
  return judge.verdict();
}
