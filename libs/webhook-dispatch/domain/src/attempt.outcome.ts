import { parseRetryAfter, retryAfterMaxMs, retryDelayMs, type RetrySchedule } from './retry.schedule.js';

/** An attempt ends when this much time has passed since it began (contract A: "any 2xx within 10 s"). */
export const attemptTimeoutMs = 10_000;
/** What is read of an answer's body before the connection is closed. The body decides nothing. */
export const answerBytesMax = 65_536;

/** What came back: an answer's status, or why there was none. */
export type AttemptResult =
  | { readonly kind: 'answered'; readonly httpStatus: number; readonly retryAfter: string | null }
  | { readonly kind: 'failed'; readonly error: AttemptError };

export type AttemptError =
  | 'timeout'
  | 'connection_refused'
  | 'connection_reset'
  | 'dns_failure'
  | 'tls_failure'
  | 'target_not_allowed'
  | 'url_not_allowed'
  | 'invalid_answer'
  | 'network_failure'
  /** Our own fault: the attempt counts, so that a bug backs off instead of running hot, and someone is told. */
  | 'internal_error';

/** What an attempt means for its delivery. */
export type AttemptOutcome =
  | { readonly kind: 'delivered' }
  /** The receiver says this address will never again take webhooks. */
  | { readonly kind: 'gone' }
  /** `slowDown`: the receiver is overloaded; its other deliveries wait as well. */
  | { readonly kind: 'failed'; readonly slowDown: boolean; readonly retryAfterMs: number | null };

/** Standard Webhooks 1.0.0, Operational considerations: these mean "too much", not "wrong". */
const SLOW_DOWN_STATUSES: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/**
 * Judges an answer by its status alone: once 2xx has arrived the receiver has the webhook, however its body goes on;
 * calling an endless body a failure would send again what was already taken. A redirect is a failure: following it
 * would carry a signed payment to an address nobody registered.
 */
export function judgeAttempt(result: AttemptResult, nowMs: number): AttemptOutcome {
  if (result.kind === 'failed') return { kind: 'failed', slowDown: false, retryAfterMs: null };
  if (result.httpStatus >= 200 && result.httpStatus <= 299) return { kind: 'delivered' };
  if (result.httpStatus === 410) return { kind: 'gone' };
  if (!SLOW_DOWN_STATUSES.has(result.httpStatus)) return { kind: 'failed', slowDown: false, retryAfterMs: null };
  return { kind: 'failed', slowDown: true, retryAfterMs: parseRetryAfter(result.retryAfter, nowMs) };
}

/** Where the delivery's receiver stands when the attempt is judged. */
export type ReceiverState =
  /** An address that takes webhooks. */
  | 'active'
  /** The merchant's endpoint is disabled or has no address: its deliveries are held, visible, until it is set again. */
  | 'closed'
  /** A payment's own callback address: there is no endpoint to disable or set again. */
  | 'callback';

export type DeliveryDecision =
  | { readonly status: 'delivered' }
  | { readonly status: 'retry'; readonly atMs: number }
  /**
   * `atMs`: when it would be due if its endpoint were open; `null` when the attempt said nothing about the delivery.
   */
  | { readonly status: 'held'; readonly atMs: number | null }
  | { readonly status: 'given_up' };

export interface DeliverySituation {
  readonly outcome: AttemptOutcome;
  readonly receiver: ReceiverState;
  readonly schedule: RetrySchedule;
  readonly attemptsMade: number;
  readonly jitter: number;
  readonly nowMs: number;
}

/**
 * What becomes of the delivery. A gone endpoint holds it (a new address can still take it); a gone callback has no
 * other address.
 */
export function decideDelivery(situation: DeliverySituation): DeliveryDecision {
  const { outcome, receiver } = situation;
  if (outcome.kind === 'delivered') return { status: 'delivered' };
  if (outcome.kind === 'gone') return receiver === 'callback' ? { status: 'given_up' } : { status: 'held', atMs: null };
  const delayMs = retryDelayMs({ ...situation, retryAfterMs: outcome.retryAfterMs });
  if (delayMs === null)
    return receiver === 'closed' ? { status: 'held', atMs: situation.nowMs } : { status: 'given_up' };
  return { status: receiver === 'closed' ? 'held' : 'retry', atMs: situation.nowMs + delayMs };
}

/** How a receiver has behaved lately: keeps a dead or overloaded one from taking the slots of the others. */
export interface ReceiverHealth {
  readonly consecutiveFailures: number;
  /** Nothing is sent there before this moment; `null` = free. */
  readonly pausedUntilMs: number | null;
}

export const healthyReceiver: ReceiverHealth = { consecutiveFailures: 0, pausedUntilMs: null };

/** From this many failures in a row a receiver is probed with one delivery at a time. */
export const failuresUntilProbing = 5;
const PAUSE_STEP_MS = 1_000;
const PAUSE_MAX_MS = 60_000;

export function nextHealth(health: ReceiverHealth, outcome: AttemptOutcome, nowMs: number): ReceiverHealth {
  if (outcome.kind === 'delivered') return healthyReceiver;
  const consecutiveFailures = Math.min(health.consecutiveFailures + 1, 1_000_000);
  if (outcome.kind === 'gone' || !outcome.slowDown) return { consecutiveFailures, pausedUntilMs: health.pausedUntilMs };
  const backOffMs = Math.min(PAUSE_STEP_MS * 2 ** Math.min(health.consecutiveFailures, 10), PAUSE_MAX_MS);
  const pauseMs = Math.min(outcome.retryAfterMs ?? backOffMs, retryAfterMaxMs);
  return { consecutiveFailures, pausedUntilMs: Math.max(health.pausedUntilMs ?? 0, nowMs + pauseMs) };
}
