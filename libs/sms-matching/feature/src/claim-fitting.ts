import { comparePhones } from '@paymatch/sms-matching-domain';
import type { ClaimRecord, CreditRecord } from './records.js';

/** Why a credit cannot complete the payment that claims it, in the words of `credits.needs-review`. */
export type Objection = 'amount_mismatch' | 'wrong_wallet' | 'sender_mismatch' | 'credit_before_payment';

export type MatchDecision =
  | { readonly type: 'match'; readonly paymentId: string }
  | { readonly type: 'review'; readonly objections: readonly { readonly paymentId: string; readonly reason: Objection }[] };

/** Printed times are whole minutes by the provider's clock, a payment's creation is by ours. */
export const clockSlackMs = 10 * 60_000;

type CreditFacts = Pick<CreditRecord, 'amountMinor' | 'currency' | 'toleranceMinor' | 'walletNumber' | 'senderNumber' | 'printedAt' | 'receivedAt'>;

/**
 * Which of the payments that claim a credit gets it. Claims the credit's own facts speak against get a person instead. Of
 * several that fit, the one whose sender the message confirms comes first, then the one that asked first: the same answer
 * whether the message or the claims came first.
 */
export function decideMatch(credit: CreditFacts, claims: readonly ClaimRecord[]): MatchDecision {
  const judged = claims.map((claim) => ({ claim, reason: objectionTo(credit, claim) }));
  const fitting = judged.filter(({ reason }) => reason === null).map(({ claim }) => claim);
  const [best] = [...fitting].sort((a, b) => Number(isSenderConfirmed(credit, b)) - Number(isSenderConfirmed(credit, a)) || byAge(a, b));
  if (best !== undefined) return { type: 'match', paymentId: best.paymentId };
  return { type: 'review', objections: judged.flatMap(({ claim, reason }) => (reason === null ? [] : [{ paymentId: claim.paymentId, reason }])) };
}

function objectionTo(credit: CreditFacts, claim: ClaimRecord): Objection | null {
  if (credit.currency !== claim.currency || Math.abs(credit.amountMinor - claim.amountMinor) > credit.toleranceMinor) return 'amount_mismatch';
  if (claim.walletNumber !== null && claim.walletNumber !== credit.walletNumber) return 'wrong_wallet';
  if (claim.senderNumber !== null && credit.senderNumber !== null && comparePhones(claim.senderNumber, credit.senderNumber) === 'contradicts') return 'sender_mismatch';
  // Money from before the order existed was sent for something else.
  if (Date.parse(credit.printedAt ?? credit.receivedAt) + clockSlackMs < Date.parse(claim.paymentCreatedAt)) return 'credit_before_payment';
  return null;
}

function isSenderConfirmed(credit: CreditFacts, claim: ClaimRecord): boolean {
  return claim.senderNumber !== null && credit.senderNumber !== null && comparePhones(claim.senderNumber, credit.senderNumber) === 'agrees';
}

function byAge(a: ClaimRecord, b: ClaimRecord): number {
  return a.submittedAt === b.submittedAt ? (a.paymentId < b.paymentId ? -1 : 1) : a.submittedAt < b.submittedAt ? -1 : 1;
}
