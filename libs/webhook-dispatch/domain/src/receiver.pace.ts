import type { AttemptOutcome, AttemptResult } from './attempt.outcome.js';

/** How many webhooks may be under way to one receiver, as one dispatcher has learnt it from the answers. */
export interface ReceiverPace {
  readonly limit: number;
  /**
   * The quickest answer lately; grows slowly, so that a receiver that has become slower is not held to what it once
   * could.
   */
  readonly fastestMs: number;
}

/** With this many every receiver begins, within the most there may be. */
export const paceStart = 8;
const FASTEST_GROWTH = 1.01;
/**
 * An answer that takes this much longer than the quickest has waited in the receiver's own queue: more at a time would
 * only wait there.
 */
const QUEUEING_FACTOR = 2;
const QUEUEING_SLACK_MS = 50;

export function firstPace(max: number): ReceiverPace {
  return { limit: Math.min(paceStart, max), fastestMs: Number.POSITIVE_INFINITY };
}

export interface PacedAttempt {
  readonly outcome: AttemptOutcome;
  readonly result: AttemptResult;
  readonly durationMs: number;
  /** As many were under way as might be: only then does an answer say that more can be taken. */
  readonly wasFull: boolean;
}

/**
 * One more for each prompt answer (twice as many after a round of them), half when the receiver says or shows that it
 * is too much.
 */
export function nextPace(pace: ReceiverPace, attempt: PacedAttempt, max: number): ReceiverPace {
  const { outcome, result, durationMs, wasFull } = attempt;
  if (outcome.kind === 'failed' && (outcome.slowDown || result.kind === 'failed'))
    return { ...pace, limit: Math.max(1, Math.floor(pace.limit / 2)) };
  if (outcome.kind !== 'delivered') return pace;
  const isPrompt = durationMs <= pace.fastestMs * QUEUEING_FACTOR + QUEUEING_SLACK_MS;
  return {
    limit: wasFull && isPrompt ? Math.min(pace.limit + 1, max) : pace.limit,
    fastestMs: Math.min(durationMs, pace.fastestMs * FASTEST_GROWTH),
  };
}
