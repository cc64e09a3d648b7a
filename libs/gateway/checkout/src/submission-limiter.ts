import { RateLimiter } from '@paymatch/gateway-edge';

export interface SubmissionLimits {
  readonly perPaymentMax: number;
  readonly perAddressMax: number;
  /** Counters kept of each kind. */
  readonly keysMax?: number;
}

export const defaultSubmissionLimits: SubmissionLimits = { perPaymentMax: 10, perAddressMax: 30 };

/**
 * Slows down whoever tries TrxIDs: counts submissions of one minute per address, and per payment that exists, in this
 * process.
 */
export class SubmissionLimiter {
  private readonly ofAddresses: RateLimiter;
  private readonly ofPayments: RateLimiter;

  constructor(private readonly limits: SubmissionLimits = defaultSubmissionLimits) {
    this.ofAddresses = new RateLimiter(limits.keysMax);
    this.ofPayments = new RateLimiter(limits.keysMax);
  }

  /** Counts one submission; 0 when it may go on, otherwise the seconds after which the next one may. */
  fromAddress(address: string, nowMs: number): number {
    return wait(this.ofAddresses.take(address, this.limits.perAddressMax, nowMs));
  }

  /** For payments that were found: invented ones would fill the counters. */
  forPayment(paymentId: string, nowMs: number): number {
    return wait(this.ofPayments.take(paymentId, this.limits.perPaymentMax, nowMs));
  }
}

function wait(decision: { readonly isAllowed: boolean; readonly resetSeconds: number }): number {
  return decision.isAllowed ? 0 : decision.resetSeconds;
}
