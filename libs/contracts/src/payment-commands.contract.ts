import type {
  ExchangeDetails,
  PayerDetails,
  PaymentCharge,
  PaymentEventData,
  PaymentMethod,
  PaymentSnapshot,
} from './payment.contract.js';

/** Commands on `payments.commands`, keyed by payment id. `now` is the sender's clock, ISO 8601 UTC. */
interface CommandBase {
  /** Repeating a command with the same id changes nothing and answers the same payment. */
  readonly commandId: string;
  readonly paymentId: string;
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly now: string;
}

export interface CreatePayment extends CommandBase {
  readonly type: 'CreatePayment';
  readonly dialect: 'fastaar' | 'smartfastpay';
  readonly source: 'api' | 'payment_link' | 'panel';
  readonly method: PaymentMethod;
  readonly amountMinor: number;
  readonly currency: string;
  readonly invoiceId: string | null;
  readonly customerId: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly successUrl: string | null;
  readonly cancelUrl: string | null;
  readonly callbackUrl: string | null;
  readonly payer: PayerDetails | null;
  readonly exchange: ExchangeDetails | null;
  readonly charge: PaymentCharge | null;
  readonly instructions: Readonly<Record<string, string>> | null;
  readonly expiresAt: string;
  /** Set by contract B: the id may be used once for ever, also after failure or expiry. */
  readonly invoiceIsUsedOnce: boolean;
}

export interface SubmitTrx extends CommandBase {
  readonly type: 'SubmitTrx';
  readonly provider: string;
  /** Upper-cased, without spaces. */
  readonly trxId: string;
  readonly senderNumber: string | null;
  readonly walletNumber: string;
}

/**
 * A credit that sms-matching (or an operator, or a Pix callback) found to be this payment's. Payments has the last
 * word.
 */
export interface ConfirmCredit extends CommandBase {
  readonly type: 'ConfirmCredit';
  readonly creditId: string;
  /** What makes the money countable once: `trx:{provider}:{wallet}:{TrxID}`, `pix:{endToEndId}`, or the credit's id. */
  readonly claimKey: string;
  readonly amountMinor: number;
  /** How far the amount may differ, in minor units; the merchant's setting, normally 0. */
  readonly toleranceMinor: number;
  readonly provider: string;
  readonly trxId: string | null;
  readonly senderNumber: string | null;
  readonly walletNumber: string | null;
  /**
   * Who decided: `null` for the matcher, an operator's name otherwise; an operator may accept another amount or late
   * money.
   */
  readonly decidedBy: string | null;
}

export interface FailPayment extends CommandBase {
  readonly type: 'FailPayment';
  readonly reason: 'duplicate_trx_id' | 'rejected_by_admin' | 'cancelled_by_customer';
  /** For `duplicate_trx_id`: the id found used; a payment that has moved on to another id is left alone. */
  readonly trxId: string | null;
  readonly decidedBy: string | null;
  /** Why, in the person's own words. */
  readonly note?: string;
}

export interface ExpirePayment extends CommandBase {
  readonly type: 'ExpirePayment';
}

/** A test payment ends that much sooner: its merchant's test clock went on. Refused for live payments. */
export interface BringExpiryForward extends CommandBase {
  readonly type: 'BringExpiryForward';
  readonly byMs: number;
}

/** A credit belongs to this payment but cannot complete it on its own: a person must look. */
export interface RequireReview extends CommandBase {
  readonly type: 'RequireReview';
  readonly reason:
    'amount_mismatch' | 'late_money' | 'wrong_wallet' | 'sender_mismatch' | 'ambiguous_claim' | 'credit_before_payment';
  readonly creditId: string;
  readonly receivedMinor: number;
}

/**
 * No message has told of this TrxID for so long that a person must look. A payment that has moved on to another id is
 * left alone.
 */
export interface ReportMissingMessage extends CommandBase {
  readonly type: 'ReportMissingMessage';
  readonly trxId: string;
}

/** A review that this payment was told of is over; what else came of it has a command of its own. */
export interface ResolveReview extends CommandBase {
  readonly type: 'ResolveReview';
  /** `null`: of a missing message. */
  readonly creditId: string | null;
  readonly resolution: string;
  /** The person who ended it; `null` when nobody did. */
  readonly decidedBy: string | null;
}

/** The buttons of a test payment's checkout. Refused for live payments. */
export interface SimulateOutcome extends CommandBase {
  readonly type: 'SimulateOutcome';
  readonly outcome: 'complete' | 'fail' | 'expire' | 'review';
}

/** The merchant sent money back outside the gateway; `amountMinor` null = all that remains. */
export interface RecordRefund extends CommandBase {
  readonly type: 'RecordRefund';
  readonly amountMinor: number | null;
  readonly source: 'api' | 'panel';
  /** Why, in the person's own words. */
  readonly note?: string;
}

/**
 * Money of a credit went back to the payer (a Pix devolução). Recorded on the payment that credit completed; its status
 * stays.
 */
export interface RecordReturn extends CommandBase {
  readonly type: 'RecordReturn';
  readonly creditId: string;
  readonly returnId: string;
  readonly amountMinor: number;
  readonly reason: string | null;
}

/**
 * Whom this payment names becomes nobody, in its history too: only of a payment that is over, with nothing to be looked
 * at. Every service that hears of it lets go of what it keeps about that person.
 */
export interface ErasePersonalData extends CommandBase {
  readonly type: 'ErasePersonalData';
  /** Stands where the customer's id stood, so that payments of one customer are still known for it. */
  readonly pseudonym: string;
}

export type PaymentCommand =
  | CreatePayment
  | SubmitTrx
  | ConfirmCredit
  | FailPayment
  | ExpirePayment
  | BringExpiryForward
  | RequireReview
  | ReportMissingMessage
  | ResolveReview
  | SimulateOutcome
  | RecordRefund
  | RecordReturn
  | ErasePersonalData;

/** Answer to a payment command: the payment as it stands and the facts this command added (none for a repeat). */
export interface PaymentReply {
  /** `created`/`changed`: facts were added; `unchanged`: a repeat; `existing`: another payment holds that invoice. */
  readonly outcome: 'created' | 'changed' | 'unchanged' | 'existing';
  readonly payment: PaymentSnapshot;
  readonly events: readonly PaymentEventData[];
}

/** Codes with which payments refuses a command (`Refusal.code`). */
export type PaymentRefusalCode =
  | 'PAYMENT_NOT_FOUND'
  | 'PAYMENT_CLOSED'
  | 'PAYMENT_EXPIRED'
  | 'PAYMENT_NOT_REFUNDABLE'
  | 'REFUND_EXCEEDS_REMAINING'
  | 'TRX_ATTEMPTS_EXHAUSTED'
  | 'LIVE_PAYMENT_CANNOT_BE_SIMULATED'
  | 'CREDIT_ALREADY_USED'
  | 'INVALID_COMMAND';

/** A question on `payments.commands`: all that happened to a payment. Changes nothing. */
export interface GetPaymentHistory {
  readonly type: 'GetPaymentHistory';
  readonly paymentId: string;
  readonly merchantId: string;
  readonly livemode: boolean;
}

/** The facts in their order, as they were published: each with the payment as it stood after it. */
export interface PaymentHistoryReply {
  readonly facts: readonly PaymentEventData[];
  /** `false`: there are more than are told at once; these are the first. */
  readonly isComplete: boolean;
}
