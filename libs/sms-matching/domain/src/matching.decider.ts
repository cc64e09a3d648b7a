import { comparePhones } from './phone.js';

/** A payment that claims the TrxID of a slot. */
export interface OpenClaim {
  readonly paymentId: string;
  readonly amountMinor: number;
  /** ISO. */
  readonly createdAt: string;
  readonly submittedAt: string;
  /** The number the customer says they paid from, as typed. */
  readonly senderNumber: string | null;
  /** The merchant's wallet the customer was shown. */
  readonly walletNumber: string;
  readonly provider: string;
  /** How far a credit to that wallet may differ from the payment's amount; normally 0. */
  readonly toleranceMinor: number;
}

/** An unused credit: a message of outcome `credit`, and nothing else. */
export interface SlotCredit {
  readonly provider: string;
  readonly walletNumber: string;
  readonly amountMinor: number;
  /** As printed; masked, a name, or nothing. */
  readonly senderNumber: string | null;
  /** ISO; `null` when the message prints no time. */
  readonly printedAt: string | null;
  readonly receivedAt: string;
}

/** Where a submitted TrxID and the money that carries it meet. */
export interface Slot {
  readonly credit: SlotCredit | null;
  readonly claims: readonly OpenClaim[];
}

export type MatchReviewReason =
  'amount_mismatch' | 'wrong_wallet' | 'sender_mismatch' | 'credit_before_payment' | 'ambiguous_claim';

export type MatchDecision =
  | { readonly type: 'wait' }
  | { readonly type: 'match'; readonly paymentId: string }
  /** `paymentId` is `null` when the credit cannot be laid at one payment's door. */
  | { readonly type: 'review'; readonly reason: MatchReviewReason; readonly paymentId: string | null };

/**
 * Clocks of phone and server differ; money that is older than the payment by more than this was meant for something
 * else.
 */
const CREDIT_BEFORE_PAYMENT_MAX_MS = 10 * 60_000;

/**
 * Decides a slot. One side missing: wait. One claim: it is met or a person looks. Several claims: the credit's own
 * facts decide; among those they fit equally the first one submitted is met, and where they fit none a person looks.
 */
export function decideMatch({ credit, claims }: Slot): MatchDecision {
  if (credit === null || claims.length === 0) return { type: 'wait' };
  const fitting = claims.filter((claim) => objection(credit, claim) === null);
  if (fitting.length > 0) return { type: 'match', paymentId: winnerOf(credit, fitting).paymentId };
  const objections = new Set(claims.map((claim) => objection(credit, claim)));
  const [shared] = objections;
  const paymentId = claims.length === 1 ? (claims[0]?.paymentId ?? null) : null;
  return { type: 'review', reason: objections.size === 1 && shared ? shared : 'ambiguous_claim', paymentId };
}

/** What in the credit speaks against this claim; `null` = nothing. */
export function objection(credit: SlotCredit, claim: OpenClaim): Exclude<MatchReviewReason, 'ambiguous_claim'> | null {
  if (claim.provider !== credit.provider || claim.walletNumber !== credit.walletNumber) return 'wrong_wallet';
  if (Math.abs(credit.amountMinor - claim.amountMinor) > claim.toleranceMinor) return 'amount_mismatch';
  if (senderAgreement(credit, claim) === 'contradicts') return 'sender_mismatch';
  const creditedMs = Date.parse(credit.printedAt ?? credit.receivedAt);
  // Written so that an unreadable moment is an objection too.
  return Date.parse(claim.createdAt) - creditedMs <= CREDIT_BEFORE_PAYMENT_MAX_MS ? null : 'credit_before_payment';
}

function senderAgreement(credit: SlotCredit, claim: OpenClaim): 'agrees' | 'contradicts' | 'unknown' {
  if (claim.senderNumber === null || claim.senderNumber.trim() === '' || credit.senderNumber === null) return 'unknown';
  return comparePhones(claim.senderNumber, credit.senderNumber);
}

/**
 * Among claims that all fit, those that named the payer's number win over those that named none: the payer's own
 * receipt does not print it, so a copied TrxID does not come with it. Masked digits are too few to decide between
 * people. What is left is decided by the order of submission, as it would have been had the money come first
 * (docs/adr/0005).
 */
function winnerOf(credit: SlotCredit, fitting: readonly OpenClaim[]): OpenClaim {
  const masked = /[Xx*]/.test(credit.senderNumber ?? '');
  const named = masked ? [] : fitting.filter((claim) => senderAgreement(credit, claim) === 'agrees');
  return (named.length > 0 ? named : fitting).reduce((first, claim) => (isBefore(claim, first) ? claim : first));
}

function isBefore(claim: OpenClaim, other: OpenClaim): boolean {
  const [ms, otherMs] = [Date.parse(claim.submittedAt), Date.parse(other.submittedAt)];
  return ms === otherMs ? claim.paymentId < other.paymentId : ms < otherMs;
}
