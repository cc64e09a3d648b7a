import type { AccountType, Direction } from './account-types.js';
import type { Template } from './template.js';

/** Only `credit` may ever be offered to the matcher; `review` and `fraud_suspect` are for a person. */
export type Outcome = 'credit' | 'debit' | 'neutral' | 'review' | 'fraud_suspect';

export type ParseReason =
  /** No template of this sender and account type knows the text. */
  | 'unknown'
  /** Goes with `unknown`: the text names no sum at all, so nothing can have been paid with it. */
  | 'no_amount'
  /** Two templates read the same text: a fault of the registry. */
  | 'ambiguous'
  | 'too_long'
  | 'incomplete'
  | 'unknown_sender'
  | 'money_text_from_unknown_sender'
  | 'other_provider'
  | 'incoming_not_a_payment'
  | 'template_review_only'
  | 'template_retired'
  | 'no_transaction_id'
  /** The template's end is of variable length: a text cut by the network reads like a whole one. */
  | 'may_be_cut'
  | 'balance_below_amount'
  | 'bad_amount'
  | 'bad_fee'
  | 'bad_balance'
  | 'bad_time'
  | 'bad_transaction_id'
  | 'zero_amount'
  | 'trx_id_date_mismatch'
  | 'trx_id_time_mismatch'
  | 'printed_time_outside_window'
  | 'text_contains_template_words';

export interface MessageInput {
  /** The provider of the wallet this message is filed under; another provider's message then never credits. */
  readonly provider?: string;
  readonly account: AccountType;
  readonly sender: string;
  readonly body: string;
  /** ISO moment at which the phone received it; without it the printed time is not held against anything. */
  readonly receivedAt?: string | null;
  /** The transport says that parts of the message are missing. */
  readonly incomplete?: boolean;
}

/** What one message says, and whether it may be believed. */
export interface ParsedMessage {
  readonly outcome: Outcome;
  readonly direction: Direction;
  /** The text is of a kind that may settle a customer's payment and nothing in it speaks against itself. */
  readonly creditable: boolean;
  readonly provider: string | null;
  readonly template: Template | null;
  /** Some check speaks against the message: the fields below are what it claims, for a person to look at. */
  readonly doubted: boolean;
  readonly currency: string | null;
  /** Minor units. */
  readonly amountMinor: number | null;
  readonly trxId: string | null;
  /** Who paid or was paid, as printed: a number, a masked number, a name. */
  readonly counterparty: string | null;
  readonly feeMinor: number | null;
  readonly balanceMinor: number | null;
  /** The own account's mask as printed. */
  readonly account: string | null;
  /** Printed local time without a zone; a date alone when no time is printed. */
  readonly at: string | null;
  /** The first moment the printed time can mean, ISO UTC. */
  readonly atUtc: string | null;
  readonly reasons: readonly ParseReason[];
}
