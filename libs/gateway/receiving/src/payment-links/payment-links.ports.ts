import type { BrandLanguage } from '@paymatch/gateway-access';

/** What the shop says on a link's pages, in one language. */
export interface LinkTexts {
  readonly title: string;
  readonly description: string | null;
  /** On the button that leads to the payment. */
  readonly button: string | null;
  /** Once it is paid. */
  readonly thankYou: string | null;
}

export const linkQuestions = ['no', 'optional', 'required'] as const;
export type LinkQuestion = (typeof linkQuestions)[number];

/** How much is paid: a price, or what the customer says, both bounds included. Minor units of BDT. */
export type LinkAmount =
  { readonly fixedMinor: number } | { readonly fixedMinor: null; readonly minMinor: number; readonly maxMinor: number };

/** What a merchant says of a link. */
export interface PaymentLinkSettings {
  readonly slug: string;
  readonly status: 'active' | 'disabled';
  readonly amount: LinkAmount;
  /** How many payments may be open or paid; `null`: any number. */
  readonly paymentsMax: number | null;
  readonly expiresAt: string | null;
  readonly defaultLanguage: BrandLanguage;
  readonly texts: Readonly<Partial<Record<BrandLanguage, LinkTexts>>>;
  readonly asksName: LinkQuestion;
  readonly asksPhone: LinkQuestion;
  /** Where who has paid is led to; `null`: the link's own thanks. */
  readonly successUrl: string | null;
}

export interface PaymentLink extends PaymentLinkSettings {
  readonly id: string;
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** How many of `paymentsMax` are taken now; `null` without a limit. */
  readonly paymentsTaken: number | null;
}

export type LinkState = 'open' | 'disabled' | 'expired' | 'sold_out';

interface OfMode {
  readonly merchantId: string;
  readonly livemode: boolean;
}

/** What came of asking for a place: a new payment's id, or that of the same order's, or why there is none. */
export type LinkPlace =
  { readonly kind: 'taken'; readonly paymentId: string } | { readonly kind: Exclude<LinkState, 'open'> };

export interface PaymentLinks {
  /** Throws `RefusedField` for a slug that is somebody's, and for settings that do not go together. */
  create(owner: OfMode, settings: PaymentLinkSettings & { readonly id: string }): Promise<PaymentLink>;
  /** What is absent stays. `null`: there is no such link. Throws as `create`. */
  change(key: OfMode & { readonly linkId: string }, changes: Partial<PaymentLinkSettings>): Promise<PaymentLink | null>;
  /** Its address is nobody's afterwards. */
  remove(key: OfMode & { readonly linkId: string }): Promise<boolean>;
  find(key: OfMode & { readonly linkId: string }): Promise<PaymentLink | null>;
  /** Newest first, after that one. */
  list(
    owner: OfMode,
    page: { readonly status: 'active' | 'disabled' | null; readonly after: string | null; readonly limit: number },
  ): Promise<readonly PaymentLink[]>;
  /** Of any merchant: for the public page only. */
  findPublic(slug: string): Promise<PaymentLink | null>;
  /** One at a time for each link, so that never more places are given out than there are. */
  takePlace(linkId: string, order: { readonly key: Buffer; readonly nowMs: number }): Promise<LinkPlace>;
  /** Of an order that became no payment. */
  giveBack(linkId: string, orderKey: Buffer): Promise<void>;
}

export const PAYMENT_LINKS = Symbol('PaymentLinks');

/** What a customer finds there now. */
export function linkState(
  link: Pick<PaymentLink, 'status' | 'expiresAt' | 'paymentsMax' | 'paymentsTaken'>,
  nowMs: number,
): LinkState {
  if (link.status !== 'active') return 'disabled';
  if (link.expiresAt !== null && nowMs >= Date.parse(link.expiresAt)) return 'expired';
  return link.paymentsMax !== null && (link.paymentsTaken ?? 0) >= link.paymentsMax ? 'sold_out' : 'open';
}
