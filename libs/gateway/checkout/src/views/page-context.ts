import type { PaymentSnapshot, PaymentStatus } from '@paymatch/contracts';
import type { Brand, Merchant } from '@paymatch/gateway-access';
import type { Wallet } from '@paymatch/gateway-receiving';
import type { Language, OfferedLanguages } from '../language.js';
import type { Phase } from '../payment-phase.js';
import type { Texts } from '../texts/en.js';
import type { TrxIdProblem } from '../trx-id.js';

/** What every page needs, with or without a payment. */
export interface PageFrame {
  readonly texts: Texts;
  readonly language: Language;
  readonly languages: OfferedLanguages;
  readonly assets: {
    readonly css: string;
    /** The shop's colours, where it has any. */
    readonly brand: string | null;
    readonly script: string;
    readonly icon: string;
  };
}

/** What the customer has typed, so that a mistake does not cost it. */
export interface TrxDraft {
  readonly trxId: string;
  readonly senderNumber: string;
  readonly trxProblem: TrxIdProblem | null;
  readonly isSenderWrong: boolean;
}

export const emptyDraft: TrxDraft = { trxId: '', senderNumber: '', trxProblem: null, isSenderWrong: false };

/** What the last form led to, by the name of its sentence. */
export type Notice = Extract<keyof Texts, `notice${string}`>;

export interface PaymentPage extends PageFrame {
  readonly payment: PaymentSnapshot;
  /** The payment's id as the shop knows it: contract A spells it as a ULID, contract B as a UUID. */
  readonly reference: string;
  readonly status: PaymentStatus;
  readonly phase: Phase;
  readonly nowMs: number;
  readonly merchant: Merchant;
  readonly brand: Brand;
  /** Where money may have been sent. */
  readonly wallets: readonly Wallet[];
  /** Of these, where it may be sent now. */
  readonly offered: readonly Wallet[];
  /** The wallet the customer picked on this page; `null` before. */
  readonly selected: Wallet | null;
  readonly isRetyping: boolean;
  /** Does not go back to the shop by itself: the customer has said so. */
  readonly isStaying: boolean;
  readonly notice: string | null;
  readonly draft: TrxDraft;
  readonly formToken: string;
  /** Address of this payment's page, without query: `/pay/{ulid}`. */
  readonly path: string;
  /** Where another device finds this page; `null` when none can (a gateway on this machine alone). */
  readonly address: string | null;
  readonly logoPath: string | null;
  readonly returnTo: { readonly success: string | null; readonly cancel: string | null };
}
