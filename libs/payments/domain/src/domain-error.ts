/** A command that should not have come. The code is what callers act on. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  constructor(
    readonly code: PaymentErrorCode,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(code);
  }
}

export type PaymentErrorCode =
  | 'PAYMENT_NOT_FOUND'
  | 'PAYMENT_CLOSED'
  | 'PAYMENT_EXPIRED'
  | 'PAYMENT_NOT_REFUNDABLE'
  | 'REFUND_EXCEEDS_REMAINING'
  | 'TRX_ATTEMPTS_EXHAUSTED'
  | 'LIVE_PAYMENT_CANNOT_BE_SIMULATED'
  | 'CREDIT_ALREADY_USED'
  | 'INVALID_COMMAND';
