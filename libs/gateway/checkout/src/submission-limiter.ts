import type { VisitorLimiter } from '@paymatch/gateway-access';

export interface SubmissionLimits {
  readonly perPaymentMax: number;
  readonly perAddressMax: number;
  readonly linkOrdersPerAddressMax: number;
}

export const defaultSubmissionLimits: SubmissionLimits = {
  perPaymentMax: 10,
  perAddressMax: 30,
  linkOrdersPerAddressMax: 20,
};

/** Slows down whoever tries TrxIDs: counts submissions of one minute per address, and per payment that exists. */
export class SubmissionLimiter {
  constructor(
    private readonly limiter: VisitorLimiter,
    private readonly limits: SubmissionLimits = defaultSubmissionLimits,
  ) {}

  /** Counts one submission; 0 when it may go on, otherwise the seconds after which the next one may. */
  fromAddress(address: string, nowMs: number): Promise<number> {
    return this.wait(`trx/address/${address}`, this.limits.perAddressMax, nowMs);
  }

  /** For payments that were found: invented ones would fill the counters. */
  forPayment(paymentId: string, nowMs: number): Promise<number> {
    return this.wait(`trx/payment/${paymentId}`, this.limits.perPaymentMax, nowMs);
  }

  /** Forms of payment links: each may make a payment, and take a place from somebody else. */
  linkOrder(address: string, nowMs: number): Promise<number> {
    return this.wait(`link/address/${address}`, this.limits.linkOrdersPerAddressMax, nowMs);
  }

  private async wait(name: string, limit: number, nowMs: number): Promise<number> {
    const { isAllowed, resetSeconds } = await this.limiter.take(name, limit, nowMs);
    return isAllowed ? 0 : resetSeconds;
  }
}
