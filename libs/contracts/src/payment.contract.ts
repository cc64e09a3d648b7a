/** Where a payment stands. `partially_refunded` and `refunded` follow `completed`. */
export type PaymentStatus =
  'pending' | 'awaiting_verification' | 'completed' | 'failed' | 'expired' | 'partially_refunded' | 'refunded';

export const paymentStatuses: readonly PaymentStatus[] = [
  'pending',
  'awaiting_verification',
  'completed',
  'failed',
  'expired',
  'partially_refunded',
  'refunded',
];

export type FailureReason = 'duplicate_trx_id' | 'rejected_by_admin' | 'cancelled_by_customer';

export type ReviewReason =
  | 'amount_mismatch'
  | 'late_money'
  | 'already_paid'
  | 'wrong_wallet'
  | 'sender_mismatch'
  | 'ambiguous_claim'
  | 'credit_before_payment'
  | 'message_missing';

/**
 * How the customer pays. `wallet` = mobile wallet with a TrxID (contract A); `pix` and `bank_transfer` are contract
 * B's.
 */
export type PaymentMethod = 'wallet' | 'pix' | 'bank_transfer';

/** What only contract B knows of a payment: who pays, where the callback goes, and the frozen rate. */
export interface PayerDetails {
  readonly name: string;
  readonly email: string;
  readonly document: string;
  readonly documentType: 'cpf' | 'cnpj';
  readonly branch: string | null;
}

export interface ExchangeDetails {
  /** Decimal text of the rate, e.g. `5.19`; BRL for one unit of `baseCurrency`. */
  readonly rate: string;
  readonly baseCurrency: string;
  /** The amount in the currency the merchant asked for, in minor units. */
  readonly baseAmountMinor: number;
  readonly source: string;
  readonly quotedAt: string;
}

/**
 * What the merchant adds to an order for being paid this way. Contract A: `gateway_charge`; contract B: `values.fee`.
 */
export interface PaymentCharge {
  readonly type: 'fixed' | 'percent';
  /** As the merchant set it, e.g. `10.00` or, of a percentage, `1.85`. */
  readonly value: string;
  /** What it came to for this payment, in minor units; contained in the payment's amount. */
  readonly amountMinor: number;
}

/** What was ordered, without the charge. Payments written down before charges were known have none. */
export function orderedMinor(payment: {
  readonly amountMinor: number;
  readonly charge?: PaymentCharge | null;
}): number {
  return payment.amountMinor - (payment.charge?.amountMinor ?? 0);
}

/**
 * A payment as it stood after one event: what `payments.events` carries and what a reply carries. Consumers need no
 * history: `version` (the stream version of that event) tells a late or repeated copy from a new one.
 */
export interface PaymentSnapshot {
  /** Time-ordered UUID; contract A spells the same bits as a ULID. */
  readonly id: string;
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly version: number;
  readonly dialect: 'fastaar' | 'smartfastpay';
  readonly source: 'api' | 'payment_link' | 'panel';
  readonly method: PaymentMethod;
  readonly status: PaymentStatus;
  /** What must arrive, in minor units of `currency`: what was ordered and the charge. */
  readonly amountMinor: number;
  readonly refundedMinor: number;
  readonly currency: string;
  /** The merchant's own reference: contract A's `invoice_id`, contract B's `transaction.id`. */
  readonly invoiceId: string | null;
  readonly customerId: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly successUrl: string | null;
  readonly cancelUrl: string | null;
  readonly callbackUrl: string | null;
  readonly payer: PayerDetails | null;
  readonly exchange: ExchangeDetails | null;
  readonly charge: PaymentCharge | null;
  /** Pix copy-and-paste code, bank details shown to the payer and the like: fixed at creation. */
  readonly instructions: Readonly<Record<string, string>> | null;
  readonly provider: string | null;
  readonly trxId: string | null;
  /** The number the customer says they sent from; after completion the one the evidence shows, where it shows one. */
  readonly senderNumber: string | null;
  /** The receiving wallet the customer picked. */
  readonly walletNumber: string | null;
  readonly failureReason: FailureReason | null;
  readonly reviewReason: ReviewReason | null;
  /** What the last credit that was told of brought: the one that completed it, or that is under review. */
  readonly receivedMinor: number | null;
  /** The credit that completed it. */
  readonly creditId: string | null;
  /** How many TrxIDs the customer has submitted so far. */
  readonly trxAttempts: number;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly completedAt: string | null;
  readonly updatedAt: string;
}

/**
 * The payment as it stands once whom it names is nobody: amounts, TrxIDs, times and the merchant's own reference stay.
 */
export function withoutPersonalData(payment: PaymentSnapshot, pseudonym: string): PaymentSnapshot {
  return {
    ...payment,
    customerId: payment.customerId === null ? null : pseudonym,
    metadata: {},
    successUrl: null,
    cancelUrl: null,
    callbackUrl: null,
    payer: payment.payer === null ? null : erasedPayer(payment.payer),
    senderNumber: null,
  };
}

export function erasedPayer({ documentType }: PayerDetails): PayerDetails {
  return { name: 'erased', email: 'erased@erased.invalid', document: 'erased', documentType, branch: null };
}

/** Types of the facts on `payments.events`. */
export type PaymentEventType =
  | 'payments.payment-created'
  | 'payments.trx-submitted'
  | 'payments.payment-completed'
  | 'payments.payment-failed'
  | 'payments.payment-expired'
  | 'payments.expiry-brought-forward'
  | 'payments.review-required'
  | 'payments.review-resolved'
  | 'payments.refund-recorded'
  | 'payments.money-returned'
  | 'payments.personal-data-erased';

/** Data of a message on `payments.events`: the fact's own details and the payment as it stood after it. */
export interface PaymentEventData {
  readonly type: PaymentEventType;
  /** Id of the stored event: stable over republishing, so webhooks and dedupe may use it. */
  readonly eventId: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly payment: PaymentSnapshot;
}

/**
 * Data of a message on `payments.refusals`, keyed by credit id: a match (`credits.matched`) that became no fact of its
 * payment, because there is no such payment, the money is spent, or the payment has said so before. With it every match
 * has an answer. Told at least once.
 */
export interface MatchRefused {
  readonly type: 'payments.match-refused';
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly paymentId: string;
  readonly creditId: string;
  /** `payment_not_found`, `credit_already_used`, or why the payment asked for a review before. */
  readonly reason: string;
  readonly occurredAt: string;
}
