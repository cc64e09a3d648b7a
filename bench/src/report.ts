/** One figure with the least it must reach (a speed) or the most it may be (a time). */
export type Target = { readonly name: string; readonly value: number } & (
  { readonly atLeast: number } | { readonly atMost: number }
);

/** A figure that is not a number has reached nothing. */
export function isReached(target: Target): boolean {
  return 'atLeast' in target ? target.value >= target.atLeast : target.value <= target.atMost;
}

/** `reached times emmett: 10.50, wanted at least 10`. */
export function describeTarget(target: Target): string {
  const wanted = 'atLeast' in target ? `at least ${target.atLeast}` : `at most ${target.atMost}`;
  return `${isReached(target) ? 'reached' : 'MISSED '} ${target.name}: ${target.value.toFixed(2)}, wanted ${wanted}`;
}

/** What a scenario found: lines to print, and figures that must hold. */
export interface Report {
  readonly lines: readonly string[];
  readonly targets: readonly Target[];
  /** The same by name, for programs. */
  readonly figures?: Readonly<Record<string, unknown>>;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The value that `share` (0 to 1) of all values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** `median (min–max)`. */
export function spread(values: readonly number[], digits = 0): string {
  const show = (value: number): string =>
    value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${show(median(values))} (${show(Math.min(...values))}–${show(Math.max(...values))})`;
}

/** `p50 / p99` in milliseconds. */
export function latency(values: readonly number[]): string {
  return `${percentile(values, 0.5).toFixed(1)} / ${percentile(values, 0.99).toFixed(1)}`;
}
