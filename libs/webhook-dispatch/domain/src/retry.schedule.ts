const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Waits before each attempt, in milliseconds; the first is the wait before the first attempt. */
export type RetrySchedule = readonly number[];

/** Contract A: at once, then 1 min, 5 min, 30 min, 2 h, 12 h, and Standard Webhooks' tail of 24 h twice. */
export const fastaarSchedule: RetrySchedule = [
  0,
  MINUTE_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  12 * HOUR_MS,
  24 * HOUR_MS,
  24 * HOUR_MS,
];

/** Contract B, Callback: at once, then five re-sends over three days. */
export const smartfastpaySchedule: RetrySchedule = [
  0,
  MINUTE_MS,
  15 * MINUTE_MS,
  2 * HOUR_MS,
  12 * HOUR_MS,
  57 * HOUR_MS,
];

/** Jitter adds at most this share of the wait … */
export const jitterShareMax = 0.1;
/** … and never more than this, so that the schedule's total stays what the contract says. */
export const jitterMaxMs = 10 * MINUTE_MS;
/** A receiver may ask for patience with `Retry-After`, but not stop its own payments for longer than this. */
export const retryAfterMaxMs = HOUR_MS;

export interface RetryQuestion {
  readonly schedule: RetrySchedule;
  /** Attempts made so far, the one that just failed included. */
  readonly attemptsMade: number;
  /** A random number from 0 (inclusive) to 1 (exclusive): spreads the retries of deliveries that failed together. */
  readonly jitter: number;
  /** What the receiver asked for; `null` when it did not. */
  readonly retryAfterMs: number | null;
}

/**
 * How long to wait before the next attempt, or `null` when the schedule is used up. Never earlier than the contract
 * says.
 */
export function retryDelayMs(question: RetryQuestion): number | null {
  const waitMs = question.schedule[question.attemptsMade];
  if (waitMs === undefined) return null;
  const jitterMs = Math.floor(Math.min(waitMs * jitterShareMax, jitterMaxMs) * question.jitter);
  return Math.max(waitMs + jitterMs, Math.min(question.retryAfterMs ?? 0, retryAfterMaxMs));
}

/**
 * `Retry-After` (RFC 9110 §10.2.3: seconds or an HTTP date) as milliseconds from now; `null` when absent or not
 * understood.
 */
export function parseRetryAfter(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  // Date.parse accepts far more than HTTP dates ("-5", "1.5"); only the IMF-fixdate form is meant.
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)) return null;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
}
