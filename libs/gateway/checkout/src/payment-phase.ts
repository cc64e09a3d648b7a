import type { PaymentSnapshot, PaymentStatus } from '@paymatch/contracts';

/** What the customer sees of a payment. */
export type Phase = 'pending' | 'verifying' | 'review' | 'completed' | 'refunded' | 'cancelled' | 'failed' | 'expired';

/** The status by the server's time: a payment past its time never reads as pending, even if the sweep has not run. */
export function statusAt(payment: PaymentSnapshot, nowMs: number): PaymentStatus {
  return payment.status === 'pending' && nowMs >= Date.parse(payment.expiresAt) ? 'expired' : payment.status;
}

export function phaseAt(payment: PaymentSnapshot, nowMs: number): Phase {
  const status = statusAt(payment, nowMs);
  switch (status) {
    case 'pending':
      return 'pending';
    case 'awaiting_verification':
      return payment.reviewReason === null ? 'verifying' : 'review';
    case 'completed':
      return 'completed';
    case 'partially_refunded':
    case 'refunded':
      return 'refunded';
    case 'failed':
      return payment.failureReason === 'cancelled_by_customer' ? 'cancelled' : 'failed';
    case 'expired':
      return 'expired';
    default: {
      const impossible: never = status;
      throw new Error(`unknown payment status ${String(impossible)}`);
    }
  }
}

/** Whether anything can still happen that the open page has to show. */
export function isOpen(status: PaymentStatus): boolean {
  return status === 'pending' || status === 'awaiting_verification';
}
