/** Brazil's banks keep Brasília time, which has no daylight saving since 2019. */
const OFFSET_MS = 3 * 3_600_000;

/** The day it is at a bank, `2026-06-12`. */
export function localDay(ms: number): string {
  return new Date(ms - OFFSET_MS).toISOString().slice(0, 10);
}

/** The last moment of a bank's day, ISO UTC. */
export function dayEnd(day: string): string {
  return new Date(Date.parse(`${day}T23:59:59.999Z`) + OFFSET_MS).toISOString();
}
