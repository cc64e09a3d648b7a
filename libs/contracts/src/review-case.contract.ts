import type { CreditDetails } from './credits.contract.js';

/** Money a person saw with their own eyes (in the wallet's app, on a statement) and wrote down. */
export interface EnteredCredit {
  readonly provider: string;
  readonly walletId: string;
  readonly walletNumber: string;
  readonly toleranceMinor: number;
  /** What keeps it from being counted twice; money without one cannot be entered. Upper-cased, without spaces. */
  readonly trxId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly senderNumber: string | null;
  readonly receivedAt: string;
}

export interface CreditProposal extends EnteredCredit {
  readonly note: string;
  readonly paymentId: string | null;
  readonly caseId: string | null;
  readonly proposedBy: string;
}

/** Money, or a payment, that waits for a person, or waited. */
export interface ReviewCase {
  readonly id: string;
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly status: 'open' | 'closed';
  readonly reason: string;
  readonly paymentId: string | null;
  readonly credit: CreditDetails | null;
  /** The raw messages this case rests on, as they came. */
  readonly evidence: readonly {
    readonly rawId: string;
    readonly sender: string;
    readonly body: string;
    readonly arrivedAt: string;
  }[];
  readonly history: readonly {
    readonly at: string;
    readonly actor: string;
    readonly action: string;
    readonly note: string | null;
    readonly paymentId?: string | null;
  }[];
  readonly provider?: string | null;
  /** How a closed case ended. */
  readonly resolution?: string | null;
  /** What has become of its money: `open`, `matched`, `consumed`, `in_review`, `ignored`. */
  readonly creditStatus?: string | null;
  /** A credit entered by hand that waits for a second person, or was confirmed by one. */
  readonly proposal?: CreditProposal | null;
  /** The payments that claim, or claimed, this money. */
  readonly claims?: readonly {
    readonly paymentId: string;
    readonly submittedAt: string;
    readonly status: string;
    readonly objection: string | null;
  }[];
  /** Of a case without money: the TrxID its payment waits for, of which no message has told. */
  readonly awaitedTrxId?: string | null;
  readonly openedAt: string;
  readonly closedAt: string | null;
}
