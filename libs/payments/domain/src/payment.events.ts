/** What happened to a payment. Past tense, never edited, never deleted. Times are ISO 8601 UTC, amounts minor units. */
export type PaymentEvent =
  | PaymentCreated
  | TrxSubmitted
  | PaymentCompleted
  | PaymentFailed
  | PaymentExpired
  | ExpiryBroughtForward
  | ReviewRequired
  | MessageMissing
  | ReviewResolved
  | RefundRecorded
  | MoneyReturned
  | PersonalDataErased;

export interface PaymentCreated {
  readonly type: 'PaymentCreated';
  readonly at: string;
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly dialect: 'fastaar' | 'smartfastpay';
  readonly source: 'api' | 'payment_link' | 'panel';
  readonly method: 'wallet' | 'pix' | 'bank_transfer';
  readonly amountMinor: number;
  readonly currency: string;
  readonly invoiceId: string | null;
  readonly customerId: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly successUrl: string | null;
  readonly cancelUrl: string | null;
  readonly callbackUrl: string | null;
  readonly payer: {
    readonly name: string;
    readonly email: string;
    readonly document: string;
    readonly documentType: 'cpf' | 'cnpj';
    readonly branch: string | null;
  } | null;
  readonly exchange: {
    readonly rate: string;
    readonly baseCurrency: string;
    readonly baseAmountMinor: number;
    readonly source: string;
    readonly quotedAt: string;
  } | null;
  /** Contained in `amountMinor`. */
  readonly charge: {
    readonly type: 'fixed' | 'percent';
    readonly value: string;
    readonly amountMinor: number;
  } | null;
  readonly instructions: Readonly<Record<string, string>> | null;
  readonly expiresAt: string;
}

export interface TrxSubmitted {
  readonly type: 'TrxSubmitted';
  readonly at: string;
  readonly provider: string;
  readonly trxId: string;
  readonly senderNumber: string | null;
  readonly walletNumber: string;
}

export interface PaymentCompleted {
  readonly type: 'PaymentCompleted';
  readonly at: string;
  readonly creditId: string;
  /** What was claimed, so that this money can never be counted again. */
  readonly claimKey: string;
  readonly receivedMinor: number;
  readonly provider: string;
  readonly trxId: string | null;
  readonly senderNumber: string | null;
  readonly walletNumber: string | null;
  /** A person's name when a person decided; null when the evidence did. */
  readonly decidedBy: string | null;
}

export interface PaymentFailed {
  readonly type: 'PaymentFailed';
  readonly at: string;
  readonly reason: 'duplicate_trx_id' | 'rejected_by_admin' | 'cancelled_by_customer';
  readonly decidedBy: string | null;
  /** Why, in the person's own words. */
  readonly note?: string;
}

export interface PaymentExpired {
  readonly type: 'PaymentExpired';
  readonly at: string;
}

/** The time of a test payment ends sooner than was said. Live payments have none. */
export interface ExpiryBroughtForward {
  readonly type: 'ExpiryBroughtForward';
  readonly at: string;
  readonly expiresAt: string;
}

export type ReviewReason =
  | 'amount_mismatch'
  | 'late_money'
  | 'already_paid'
  | 'wrong_wallet'
  | 'sender_mismatch'
  | 'ambiguous_claim'
  | 'credit_before_payment'
  | 'message_missing';

/** Money arrived that cannot complete this payment on its own: a person must look. Changes no status. */
export interface ReviewRequired {
  readonly type: 'ReviewRequired';
  readonly at: string;
  readonly reason: ReviewReason;
  readonly creditId: string;
  readonly expectedMinor: number;
  readonly receivedMinor: number;
}

/**
 * No message has told of the TrxID for so long that a person must look. Changes no status: the message may still come.
 */
export interface MessageMissing {
  readonly type: 'MessageMissing';
  readonly at: string;
  readonly trxId: string;
}

/**
 * The look at one credit, or at a missing message (`creditId` null), is over. Whatever else came of it has a fact of
 * its own.
 */
export interface ReviewResolved {
  readonly type: 'ReviewResolved';
  readonly at: string;
  readonly creditId: string | null;
  /** How the case ended, e.g. `ignored`, `completed` (another payment), `arrived`. */
  readonly resolution: string;
  /** Why a person must look all the same: another credit is in review. */
  readonly remainingReason: ReviewReason | null;
  /** A person's name when a person ended it. */
  readonly decidedBy: string | null;
}

/**
 * Money of the credit that completed this payment went back to the payer: by the receiver's hand, or the bank's after a
 * complaint (Banco Central, "API Pix", devolução). Changes no status: the goods may be gone, so a person decides what
 * it means.
 */
export interface MoneyReturned {
  readonly type: 'MoneyReturned';
  readonly at: string;
  readonly creditId: string;
  /** The return's own id: what is told twice is recorded once. */
  readonly returnId: string;
  readonly amountMinor: number;
  /** In the bank's words. */
  readonly reason: string | null;
}

/**
 * Whom this payment named is nobody any more: what earlier facts said of that person was taken out of them, and nothing
 * else. Changes no status and no amount.
 */
export interface PersonalDataErased {
  readonly type: 'PersonalDataErased';
  readonly at: string;
  /** Stands where the customer's id stood. */
  readonly pseudonym: string;
}

export interface RefundRecorded {
  readonly type: 'RefundRecorded';
  readonly at: string;
  /** No other refund of the installation has or gets this number. */
  readonly refundId: number;
  readonly amountMinor: number;
  readonly source: 'api' | 'panel';
  /** Why, in the person's own words. */
  readonly note?: string;
}
