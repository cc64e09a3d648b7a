import type { PaymentSnapshot, PaymentStatus } from '@paymatch/contracts';
import type { Merchant } from '@paymatch/gateway-access';
import type { Wallet } from '@paymatch/gateway-receiving';
import type { Language } from '../language.js';
import type { Phase } from '../payment-phase.js';
import type { Texts } from '../texts/en.js';
import type { TrxIdProblem } from '../trx-id.js';

/** What every page needs, with or without a payment. */
export interface PageFrame {
  readonly texts: Texts;
  readonly language: Language;
  readonly assets: { readonly css: string; readonly script: string; readonly icon: string };
}

/** What the customer has typed, so that a mistake does not cost it. */
export interface TrxDraft {
  readonly trxId: string;
  readonly senderNumber: string;
  readonly trxProblem: TrxIdProblem | null;
  readonly isSenderWrong: boolean;
}

export const emptyDraft: TrxDraft = { trxId: '', senderNumber: '', trxProblem: null, isSenderWrong: false };

export interface PaymentPage extends PageFrame {
  readonly payment: PaymentSnapshot;
  /** The id as contract A and the address spell it. */
  readonly ulid: string;
  readonly status: PaymentStatus;
  readonly phase: Phase;
  readonly nowMs: number;
  readonly merchant: Merchant;
  readonly wallets: readonly Wallet[];
  /** The wallet the customer picked on this page; `null` before. */
  readonly selected: Wallet | null;
  readonly isRetyping: boolean;
  readonly notice: string | null;
  readonly draft: TrxDraft;
  readonly formToken: string;
  /** Address of this payment's page, without query: `/pay/{ulid}`. */
  readonly path: string;
  readonly returnTo: { readonly success: string | null; readonly cancel: string | null };
}
