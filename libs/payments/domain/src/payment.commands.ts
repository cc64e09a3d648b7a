import type { PaymentCreated, ReviewReason } from './payment.events.js';

/** What may be asked of a payment. `now` is ISO 8601 UTC; nothing here reads a clock. */
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

export type CreatePayment = {
  readonly type: 'CreatePayment';
  readonly now: string;
  /** What becomes of a test payment at once, because its amount says so. */
  readonly pretended?: Pick<SimulateOutcome, 'outcome' | 'creditId'>;
} & Omit<PaymentCreated, 'type' | 'at'>;

export interface SubmitTrx {
  readonly type: 'SubmitTrx';
  readonly now: string;
  readonly provider: string;
  readonly trxId: string;
  readonly senderNumber: string | null;
  readonly walletNumber: string;
}

export interface ConfirmCredit {
  readonly type: 'ConfirmCredit';
  readonly now: string;
  readonly creditId: string;
  readonly claimKey: string;
  /** What the store knows: this money has completed another payment already. */
  readonly isCreditUsed: boolean;
  readonly amountMinor: number;
  readonly toleranceMinor: number;
  readonly provider: string;
  readonly trxId: string | null;
  readonly senderNumber: string | null;
  readonly walletNumber: string | null;
  readonly decidedBy: string | null;
}

export interface FailPayment {
  readonly type: 'FailPayment';
  readonly now: string;
  readonly reason: 'duplicate_trx_id' | 'rejected_by_admin' | 'cancelled_by_customer';
  /** For `duplicate_trx_id`: the id found used; a payment that has moved on to another id is left alone. */
  readonly trxId: string | null;
  readonly decidedBy: string | null;
  /** Why, in the person's own words. */
  readonly note?: string;
}

export interface ExpirePayment {
  readonly type: 'ExpirePayment';
  readonly now: string;
}

export interface BringExpiryForward {
  readonly type: 'BringExpiryForward';
  readonly now: string;
  readonly byMs: number;
}

export interface RequireReview {
  readonly type: 'RequireReview';
  readonly now: string;
  readonly reason: Exclude<ReviewReason, 'already_paid' | 'message_missing'>;
  readonly creditId: string;
  readonly receivedMinor: number;
}

/** A TrxID has waited too long; a payment that has moved on to another id is left alone. */
export interface ReportMissingMessage {
  readonly type: 'ReportMissingMessage';
  readonly now: string;
  readonly trxId: string;
}

export interface ResolveReview {
  readonly type: 'ResolveReview';
  readonly now: string;
  /** `null`: of a missing message. */
  readonly creditId: string | null;
  readonly resolution: string;
  readonly decidedBy: string | null;
}

/** Money of a credit went back; only the payment it completed is told. */
export interface RecordReturn {
  readonly type: 'RecordReturn';
  readonly now: string;
  readonly creditId: string;
  readonly returnId: string;
  readonly amountMinor: number;
  readonly reason: string | null;
}

export interface ErasePersonalData {
  readonly type: 'ErasePersonalData';
  readonly now: string;
  readonly pseudonym: string;
}

export interface SimulateOutcome {
  readonly type: 'SimulateOutcome';
  readonly now: string;
  readonly outcome: 'complete' | 'fail' | 'expire' | 'review';
  /** Names the pretended credit; from the command, since nothing here makes ids. */
  readonly creditId: string;
}

export interface RecordRefund {
  readonly type: 'RecordRefund';
  readonly now: string;
  /** Drawn from the store, since nothing here makes ids. */
  readonly refundId: number;
  readonly amountMinor: number | null;
  readonly source: 'api' | 'panel';
  /** Why, in the person's own words. */
  readonly note?: string;
}
