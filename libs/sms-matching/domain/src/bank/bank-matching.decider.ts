import { isMasked, mayBe } from './printed-documents.js';

/** A payment by bank transfer, met under its payer's document or full name and its exact amount. */
export interface BankClaim {
  readonly paymentId: string;
  readonly amountMinor: number;
  readonly currency: string;
  /** The payer's whole CPF or CNPJ. */
  readonly document: string;
  /** ISO. */
  readonly createdAt: string;
  /** Whether payments may still complete it by itself. */
  readonly isOpen: boolean;
}

export interface BankCredit {
  readonly amountMinor: number;
  readonly currency: string;
  /** Whole, masked or unknown. */
  readonly document: string | null;
  /** ISO: the last moment at which the money can have arrived; a statement names the day only. */
  readonly arrivedBy: string;
}

export type BankDecision =
  /**
   * Offer it to this payment. One that is closed answers with why it cannot take it, so that the case and the merchant
   * know.
   */
  | { readonly type: 'match'; readonly paymentId: string }
  | { readonly type: 'review'; readonly reason: 'ambiguous_payer' }
  | { readonly type: 'wait' };

/** Clocks differ by minutes, not by more. */
const CREDIT_BEFORE_PAYMENT_MAX_MS = 10 * 60_000;
/** Money that comes longer after a payment that is closed was meant for something else. */
const CLOSED_PAYMENT_MAX_MS = 7 * 86_400_000;

/**
 * Decides money whose payer is known: exactly one open payment must fit; where several do, only a person can tell them
 * apart.
 */
export function decideBankTransfer(credit: BankCredit, claims: readonly BankClaim[]): BankDecision {
  const fitting = claims.filter((claim) => fits(credit, claim));
  const open = fitting.filter((claim) => claim.isOpen);
  if (open.length > 1) return { type: 'review', reason: 'ambiguous_payer' };
  const [only] = open.length === 1 ? open : fitting;
  if (only === undefined || (open.length === 0 && fitting.length > 1)) return { type: 'wait' };
  return { type: 'match', paymentId: only.paymentId };
}

/** Money that came before the payment was made was meant for something else. */
function fits(credit: BankCredit, claim: BankClaim): boolean {
  if (credit.amountMinor !== claim.amountMinor || credit.currency !== claim.currency) return false;
  if (
    credit.document !== null &&
    !(isMasked(credit.document) ? mayBe(credit.document, claim.document) : credit.document === claim.document)
  )
    return false;
  const laterMs = Date.parse(credit.arrivedBy) - Date.parse(claim.createdAt);
  return laterMs >= -CREDIT_BEFORE_PAYMENT_MAX_MS && (claim.isOpen || laterMs <= CLOSED_PAYMENT_MAX_MS);
}
