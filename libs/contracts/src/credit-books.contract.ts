import type { ReviewCase } from './review-case.contract.js';

interface OfShop {
  readonly merchantId: string;
  readonly livemode: boolean;
}

/** What has become of money; `open` and `matched` are on their way. */
export const creditStatuses = ['open', 'matched', 'consumed', 'in_review', 'ignored'] as const;
export type CreditStatus = (typeof creditStatuses)[number];

/** What a message was read as. */
export const messageOutcomes = ['credit', 'debit', 'neutral', 'review', 'fraud_suspect'] as const;
export type MessageOutcome = (typeof messageOutcomes)[number];

interface Page {
  /** ISO 8601: from, and before. */
  readonly from: string | null;
  readonly to: string | null;
  /** Only what comes after this one, an earlier page's `next`. */
  readonly after: string | null;
  readonly limit: number;
}

/** Money that arrived, newest first. */
export interface ListCredits extends OfShop, Page {
  readonly type: 'ListCredits';
  readonly status: CreditStatus | null;
  readonly provider: string | null;
  readonly walletId: string | null;
  /** As the provider prints it; nothing else narrows the look then. */
  readonly trxId: string | null;
}

export interface GetCredit extends OfShop {
  readonly type: 'GetCredit';
  readonly creditId: string;
}

/** What phones handed over, newest first. */
export interface ListMessages extends OfShop, Page {
  readonly type: 'ListMessages';
  readonly outcome: MessageOutcome | null;
  readonly deviceId: string | null;
}

/** Day by day, what came to one wallet and what its messages said of its balance. The wallet is the shop's own. */
export interface ListWalletDays extends OfShop {
  readonly type: 'ListWalletDays';
  readonly walletId: string;
  readonly from: string;
  readonly to: string;
  /** Name of the time zone whose days they are. */
  readonly zone: string;
}

/** What became of all the money of a period. */
export interface Reconcile extends OfShop {
  readonly type: 'Reconcile';
  readonly from: string;
  readonly to: string;
}

/** The money, messages and cases of one payment. */
export interface TellOfPayment extends OfShop {
  readonly type: 'TellOfPayment';
  readonly paymentId: string;
}

/** Texts of all merchants that no template knows, newest first: for whoever runs the installation. */
export interface ListUnknownTexts {
  readonly type: 'ListUnknownTexts';
  /** An earlier page's `next`. */
  readonly after: string | null;
  readonly limit: number;
}

/** Questions on `credits.commands`: they change nothing. */
export type CreditQuestion =
  ListCredits | GetCredit | ListMessages | ListWalletDays | Reconcile | TellOfPayment | ListUnknownTexts;

/** Where in a message's text a field stands, in UTF-16 units; `to` is not included. */
export interface MarkedField {
  readonly field: 'amount' | 'trx_id' | 'sender' | 'balance' | 'fee';
  readonly from: number;
  readonly to: number;
}

export interface UnknownText extends StoredMessage, OfShop {}

export interface StoredMessage {
  readonly rawId: string;
  readonly deviceId: string;
  readonly sender: string;
  readonly body: string;
  readonly simSlot: number | null;
  readonly sentAt: string | null;
  readonly receivedAt: string | null;
  readonly arrivedAt: string;
  readonly outcome: MessageOutcome;
  readonly reasons: readonly string[];
  readonly fields: readonly MarkedField[];
  readonly creditId: string | null;
  readonly caseId: string | null;
}

export interface CreditView {
  readonly creditId: string;
  readonly provider: string;
  readonly walletId: string;
  readonly walletNumber: string;
  readonly trxId: string | null;
  readonly amountMinor: number;
  readonly currency: string;
  readonly senderNumber: string | null;
  readonly balanceMinor: number | null;
  readonly printedAt: string | null;
  readonly receivedAt: string;
  readonly status: CreditStatus;
  /** The payment it completed, or was offered to. */
  readonly paymentId: string | null;
  /** The person who decided so; `null`: nobody had to. */
  readonly decidedBy: string | null;
  /** What went back to whoever sent it. */
  readonly returnedMinor: number;
  readonly caseId: string | null;
  readonly caseReason: string | null;
}

export interface CreditWithMessages {
  readonly credit: CreditView;
  readonly messages: readonly StoredMessage[];
}

export interface BookPage<Item> {
  readonly items: readonly Item[];
  /** `null`: that was all. A page may be short and have a next one. */
  readonly next: string | null;
}

export interface WalletDay {
  /** `2026-06-12`. */
  readonly day: string;
  readonly creditCount: number;
  readonly creditMinor: number;
  /** What its messages told of, credits among them. */
  readonly inMinor: number;
  readonly outMinor: number;
  /** The balance that the day's last message printed. */
  readonly closingMinor: number | null;
}

/** Two messages of one wallet between which money moved that no message told of, or one of which is false. */
export interface ChainBreak {
  readonly at: string;
  readonly trxId: string | null;
  readonly expectedMinor: number;
  readonly printedMinor: number;
}

export interface WalletDays {
  readonly days: readonly WalletDay[];
  readonly breaks: readonly ChainBreak[];
  /** `false`: there are more movements than were looked through for breaks. */
  readonly isComplete: boolean;
}

/** Minor units. `arrived` is the sum of the others; what went back is in `returned` alone. */
export interface ReconciledMoney {
  readonly currency: string;
  readonly provider: string;
  readonly creditCount: number;
  readonly arrivedMinor: number;
  readonly completedMinor: number;
  readonly waitingMinor: number;
  readonly inReviewMinor: number;
  readonly ignoredMinor: number;
  readonly returnedMinor: number;
}

export interface CreditsAndCases {
  readonly credits: readonly CreditWithMessages[];
  readonly cases: readonly ReviewCase[];
}

export type CreditAnswer =
  | BookPage<CreditView>
  | BookPage<StoredMessage>
  | BookPage<UnknownText>
  | CreditWithMessages
  | WalletDays
  | readonly ReconciledMoney[]
  | CreditsAndCases;
