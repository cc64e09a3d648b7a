/** One figure with the least it must reach. */
export interface Target {
  readonly name: string;
  readonly value: number;
  readonly atLeast: number;
}

/** What a scenario found: lines to print, and figures that must hold. */
export interface Report {
  readonly lines: readonly string[];
  readonly targets: readonly Target[];
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
  const show = (value: number): string => value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${show(median(values))} (${show(Math.min(...values))}–${show(Math.max(...values))})`;
}
