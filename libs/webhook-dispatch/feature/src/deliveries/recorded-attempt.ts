import type { AttemptOutcome, AttemptResult, DeliveryDecision } from '@paymatch/webhook-dispatch-domain';
import type { LeasedDelivery } from './delivery-lease.store.js';

/** An attempt that was made and must be remembered. */
export interface FinishedAttempt {
  readonly delivery: LeasedDelivery;
  readonly result: AttemptResult;
  readonly startedAtMs: number;
  readonly durationMs: number;
  /** As they were sent, secrets masked; absent when nothing was sent. */
  readonly requestHeaders?: Readonly<Record<string, string>>;
  /** How the answer's body began, secrets masked. */
  readonly answer?: string;
  /** Random, 0 to 1: spreads retries. */
  readonly jitter: number;
}

/**
 * An attempt, what it means, and what becomes of its delivery; `null` when another dispatcher holds the lease by now.
 */
export interface RecordedAttempt {
  readonly attempt: FinishedAttempt;
  readonly outcome: AttemptOutcome;
  readonly decision: DeliveryDecision | null;
  readonly disabledEndpoint: boolean;
}
