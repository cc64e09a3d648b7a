import type { CreditAnswer, CreditQuestion } from './credit-books.contract.js';
import type { AccountType } from './credits.contract.js';
import type { EnteredCredit, ReviewCase } from './review-case.contract.js';
import type { AdvanceTestClock, TestClockReply } from './test-clock.contract.js';
import type {
  DecideParkedMessage,
  ListParkedMessages,
  ParkedMessage,
  ParkedMessagesPage,
} from './parked-messages.contract.js';

interface CaseDecision {
  /** Repeating a command with the same id changes nothing and answers the same case. */
  readonly commandId: string;
  readonly merchantId: string;
  readonly livemode: boolean;
  /** The name of the person who decides, as histories keep it. */
  readonly actor: string;
  readonly now: string;
}

/**
 * Fails a payment (`null` = the case's). A case that holds no money closes with it; money stays in its case until
 * somebody assigns or ignores it.
 */
export interface RejectPayment extends CaseDecision {
  readonly type: 'RejectPayment';
  readonly caseId: string;
  readonly paymentId: string | null;
  readonly reason: string;
}

/**
 * Adds a credit by hand, for a payment or for whoever claims it. Above the service's limit it is a proposal until a
 * second person confirms it. `caseId`: the case whose messages are its evidence.
 */
export interface EnterCredit extends CaseDecision {
  readonly type: 'EnterCredit';
  readonly credit: EnteredCredit;
  readonly note: string;
  readonly paymentId: string | null;
  readonly caseId: string | null;
}

/** The second person's word on a proposed credit. */
export interface ConfirmEntry extends CaseDecision {
  readonly type: 'ConfirmEntry';
  readonly caseId: string;
}

export interface ListReviewCases {
  readonly type: 'ListReviewCases';
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly status: 'open' | 'closed' | null;
  readonly reason: string | null;
  readonly limit: number;
  readonly before: string | null;
  /** Cases that name this payment, or whose money it claims. */
  readonly paymentId?: string | null;
  readonly provider?: string | null;
  /** ISO 8601: opened at or after, and before. */
  readonly from?: string | null;
  readonly to?: string | null;
  /** None but these, at most 500. */
  readonly caseIds?: readonly string[] | null;
}

/** When a shop's waiting payments become a person's concern, and how long its messages are kept. */
export interface GetReviewSettings {
  readonly type: 'GetReviewSettings';
  readonly merchantId: string;
  readonly livemode: boolean;
}

/** The wait holds for TrxIDs that are sent from then on. */
export interface SetReviewSettings {
  readonly type: 'SetReviewSettings';
  readonly merchantId: string;
  readonly livemode: boolean;
  /** 1 to 10,080; `null` = as long as the installation waits. Absent: stays. */
  readonly messageWaitMinutes?: number | null;
  /** 7 to 3,650; `null` = as the installation keeps them. Absent: stays. */
  readonly messagesKeptDays?: number | null;
}

export interface ReviewSettings {
  readonly messageWaitMinutes: number | null;
  readonly installationMinutes: number;
  /** For how many days the text of a message is kept that waits for nobody. An older program does not say. */
  readonly messagesKeptDays?: number | null;
}

/** A bank's statement as the merchant has it. A preview answers what importing it would do, and does nothing. */
export interface StatementCommand {
  readonly type: 'PreviewStatement' | 'ImportStatement';
  readonly commandId: string;
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly format: 'csv' | 'ofx';
  /** Which account it is of, where the file does not say. */
  readonly account: string | null;
  /** The file's bytes in base64; at most 1 MiB of them. */
  readonly content: string;
  readonly actor: string;
  readonly now: string;
}

/** What a statement's line of incoming money means. */
export interface StatementLineReading {
  /** Where in the file, counted from 1. */
  readonly line: number;
  /** `2026-06-12`, as the bank booked it. */
  readonly postedOn: string;
  readonly amountMinor: number;
  readonly description: string;
  readonly payerName: string | null;
  readonly payerDocument: string | null;
  /**
   * `matched`: offered to `paymentId`, which has the last word; `known`: told of before, here or by another source;
   * `future`: not booked yet, so left for a later statement.
   */
  readonly outcome: 'matched' | 'review' | 'known' | 'future';
  /** Why a person must look. */
  readonly reason: string | null;
  readonly paymentId: string | null;
}

export interface StatementReading {
  readonly isApplied: boolean;
  readonly lines: readonly StatementLineReading[];
  /** Movements that took money out, which are nobody's payment. */
  readonly outgoingCount: number;
  /**
   * Lines that cannot be read; an import with any of them is refused whole (`STATEMENT_UNREADABLE`, with these in its
   * details).
   */
  readonly faults: readonly { readonly line: number; readonly problem: string }[];
}

/** Commands on `credits.commands` (request/reply), keyed by merchant id. */
export type CreditCommand =
  | StatementCommand
  | AdvanceTestClock
  | CreditQuestion
  | GetReviewSettings
  | SetReviewSettings
  | ListReviewCases
  | ListParkedMessages
  | DecideParkedMessage
  | RejectPayment
  | EnterCredit
  | ConfirmEntry
  | { readonly type: 'GetReviewCase'; readonly merchantId: string; readonly livemode: boolean; readonly caseId: string }
  | {
      readonly type: 'AssignCredit';
      readonly commandId: string;
      readonly merchantId: string;
      readonly livemode: boolean;
      readonly caseId: string;
      readonly paymentId: string;
      readonly actor: string;
      readonly now: string;
    }
  | {
      readonly type: 'IgnoreCase';
      readonly commandId: string;
      readonly merchantId: string;
      readonly livemode: boolean;
      readonly caseId: string;
      readonly reason: string;
      readonly actor: string;
      readonly now: string;
    }
  | {
      readonly type: 'ParseMessages';
      readonly merchantId: string;
      readonly messages: readonly {
        readonly provider?: string;
        readonly account: AccountType;
        readonly sender: string;
        readonly body: string;
        readonly receivedAt: string | null;
      }[];
    };

/**
 * What one message says: one entry per message in the reply to `ParseMessages`. Nothing is stored or matched. What a
 * doubted message claims is left out; amounts are decimal texts, `at` is the printed local time.
 */
export interface MessageReading {
  readonly outcome: 'credit' | 'debit' | 'neutral' | 'review' | 'fraud_suspect';
  readonly direction: 'in' | 'out' | 'none';
  readonly creditable: boolean;
  readonly amount: string | null;
  readonly trx_id: string | null;
  readonly counterparty: string | null;
  readonly fee: string | null;
  readonly balance: string | null;
  readonly at: string | null;
  readonly template: string | null;
  readonly reasons: readonly string[];
}

/**
 * Replies: `ListReviewCases` a list of `ReviewCase` newest first, `ListParkedMessages` a `ParkedMessagesPage`,
 * `ParseMessages` a list of `MessageReading`, `AdvanceTestClock` a `TestClockReply`, questions what
 * their shape says, the others the `ReviewCase` as it then stands.
 */
export type CreditReply =
  | StatementReading
  | readonly ReviewCase[]
  | readonly MessageReading[]
  | ParkedMessagesPage
  | ParkedMessage
  | ReviewCase
  | TestClockReply
  | CreditAnswer
  | ReviewSettings;

/**
 * `CASE_IN_PROGRESS`: the credit has been given to a payment, which has not answered yet. `CREDIT_EXISTS`,
 * `ENTRY_ALREADY_PROPOSED`: this TrxID is known, `details.caseId` names its case where it has one. `SAME_PERSON`:
 * whoever proposed a credit cannot confirm it. `CASE_NOT_PROPOSED`: there is nothing to confirm.
 */
export type CreditRefusalCode =
  | 'CREDIT_NOT_FOUND'
  | 'PARKED_NOT_FOUND'
  | 'CASE_NOT_FOUND'
  | 'CASE_HAS_CREDIT'
  | 'CASE_HAS_NO_PAYMENT'
  | 'CASE_NOT_PROPOSED'
  | 'CREDIT_EXISTS'
  | 'ENTRY_ALREADY_PROPOSED'
  | 'SAME_PERSON'
  | 'CASE_CLOSED'
  | 'CASE_HAS_NO_CREDIT'
  | 'CASE_IN_PROGRESS'
  | 'CREDIT_ALREADY_USED'
  | 'STATEMENT_UNREADABLE'
  | 'INVALID_COMMAND';
