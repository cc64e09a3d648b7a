/** Kind of account money arrives on; the same words mean opposite directions on different kinds. */
export type AccountType = 'personal' | 'merchant' | 'agent' | 'bank';

/**
 * Data of a message on `credits.received` (keyed `{merchantId}:{walletNumber}`): one raw message from one device,
 * untouched.
 */
export interface MessageReceived {
  readonly type: 'credits.message-received';
  /** Time-ordered UUID of this upload. */
  readonly rawId: string;
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly deviceId: string;
  /** Position in the device's own numbering; `null` for forwarders that have none. */
  readonly seq: number | null;
  readonly sender: string;
  readonly body: string;
  readonly simSlot: number | null;
  /**
   * Every wallet the merchant declared for that device and SIM. One slot may carry wallets of several providers: who
   * sent the message decides which of them it speaks of. Empty = unknown, which can never credit.
   */
  readonly wallets: readonly WalletRef[];
  readonly sentAt: string | null;
  /** When the phone got it. */
  readonly receivedAt: string | null;
  /** When the gateway got it. */
  readonly arrivedAt: string;
  /**
   * Of a long message that the transport hands over in parts: this is one of them, and says nothing without the others.
   */
  readonly part?: MessagePartOf | null;
}

export interface MessagePartOf {
  /** The same for all parts of one message of this device, e.g. the reference number in their headers. */
  readonly key: string;
  /** Counted from 1. */
  readonly index: number;
  readonly total: number;
}

/**
 * Data of a message on `credits.received` (keyed `{merchantId}:{Pix key of the account}`): one entry of a bank's "API
 * Pix" notice, checked and otherwise untouched. Money on the merchant's account; the transfer's own id is `endToEndId`,
 * and `pix:{endToEndId}` its claim key.
 */
export interface PixReceived {
  readonly type: 'credits.pix-received';
  /** Made from the entry's content: the same entry sent again has the same id, one with news (a refund) another. */
  readonly rawId: string;
  readonly merchantId: string;
  readonly livemode: boolean;
  /** 32 characters, unique per transfer for ever. */
  readonly endToEndId: string;
  /**
   * What the payer's bank read from the code; a static code of ours carries the payment's ULID without its first
   * character. `null` = a transfer to the bare key.
   */
  readonly txid: string | null;
  readonly amountMinor: number;
  /** The key it was sent to, as the bank says; `null` when it does not. */
  readonly pixKey: string | null;
  /** The merchant's key this notice came in for. */
  readonly accountKey: string;
  /** When the bank booked it, ISO 8601 UTC. */
  readonly horario: string;
  /** What the payer wrote. */
  readonly payerInfo: string | null;
  /** Some banks say who paid. */
  readonly payer: { readonly name: string | null; readonly document: string | null } | null;
  /**
   * Money that went back, all of it so far, bank-initiated ones included. A later notice may bring more; a payment that
   * is paid stays paid.
   */
  readonly devolucoes: readonly PixDevolucao[];
  /** When the gateway got it. */
  readonly arrivedAt: string;
}

export interface PixDevolucao {
  /** The id the receiver gave the refund. */
  readonly id: string;
  /** 32 characters beginning with `D`: the refund's own `endToEndId`. */
  readonly rtrId: string | null;
  readonly amountMinor: number;
  readonly status: string;
  readonly reason: string | null;
  readonly requestedAt: string | null;
  readonly settledAt: string | null;
}

export interface WalletRef {
  readonly id: string;
  readonly provider: string;
  readonly number: string;
  readonly accountType: AccountType;
  /** How far a credit may differ from the payment's amount, minor units; normally 0. */
  readonly toleranceMinor: number;
}

/** Facts on `credits.events`, keyed `{merchantId}:{walletNumber}`. */
export type CreditEvent =
  | CreditMatched
  | CreditNeedsReview
  | TrxAlreadyUsed
  | MessageMissing
  | ReviewResolved
  | MoneyReturned
  | PaymentRejected
  | ReviewCaseOpened
  | ReviewCaseClosed;

interface CreditEventBase {
  readonly eventId: string;
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly occurredAt: string;
}

export interface CreditDetails {
  readonly creditId: string;
  readonly provider: string;
  readonly trxId: string | null;
  readonly amountMinor: number;
  readonly currency: string;
  readonly walletNumber: string;
  readonly senderNumber: string | null;
  readonly receivedAt: string;
}

/** Matching found the one payment this credit is for; payments decides (`ConfirmCredit`). */
export interface CreditMatched extends CreditEventBase {
  readonly type: 'credits.matched';
  readonly paymentId: string;
  readonly claimKey: string;
  readonly toleranceMinor: number;
  readonly credit: CreditDetails;
  readonly decidedBy: string | null;
}

/** A credit meets an open claim but its own facts speak against it. */
export interface CreditNeedsReview extends CreditEventBase {
  readonly type: 'credits.needs-review';
  readonly paymentId: string;
  readonly reason: 'amount_mismatch' | 'wrong_wallet' | 'sender_mismatch' | 'ambiguous_claim' | 'credit_before_payment';
  readonly credit: CreditDetails;
}

/** The TrxID a payment waits for has already completed another payment of the same merchant. */
export interface TrxAlreadyUsed extends CreditEventBase {
  readonly type: 'credits.trx-already-used';
  readonly paymentId: string;
  readonly trxId: string;
}

/** The TrxID a payment waits for has not been told of in time: a person must ask why. The message may still come. */
export interface MessageMissing extends CreditEventBase {
  readonly type: 'credits.message-missing';
  readonly paymentId: string;
  readonly trxId: string;
  readonly caseId: string;
}

/** A case that this payment was told of is closed, and this payment was not the one completed by it. */
export interface ReviewResolved extends CreditEventBase {
  readonly type: 'credits.review-resolved';
  readonly paymentId: string;
  /** `null`: the case of a missing message. */
  readonly creditId: string | null;
  readonly caseId: string;
  readonly resolution: string;
  /** The person who ended it; `null` when nobody did. */
  readonly actor: string | null;
}

/**
 * A person looked at what a payment rests on and will not have it: payments fails it (`rejected_by_admin`). The money,
 * if there is any, stays in its case.
 */
export interface PaymentRejected extends CreditEventBase {
  readonly type: 'credits.payment-rejected';
  readonly paymentId: string;
  readonly caseId: string;
  readonly reason: string;
  readonly actor: string;
}

/** Money of a credit that completed a payment went back to the payer; told once per return. */
export interface MoneyReturned extends CreditEventBase {
  readonly type: 'credits.money-returned';
  readonly paymentId: string;
  readonly returnId: string;
  readonly amountMinor: number;
  readonly reason: string | null;
  readonly credit: CreditDetails;
}

export interface ReviewCaseOpened extends CreditEventBase {
  readonly type: 'credits.review-case-opened';
  readonly caseId: string;
  readonly reason: string;
}
export interface ReviewCaseClosed extends CreditEventBase {
  readonly type: 'credits.review-case-closed';
  readonly caseId: string;
  readonly resolution: string;
  readonly actor: string;
}
