import { decideBankTransfer, readDocument, type BankClaim } from '@paymatch/sms-matching-domain';
import { enteredByHand } from '../cases/case-history.js';
import type { MatchingWork } from '../slots/matching-work.js';
import type { ClaimRecord, CreditRecord, SlotKey } from '../slots/records.js';
import { match, type SettleOptions } from '../slots/slot-matching.js';

/**
 * Brings one payer's transfers of one sum to the payments that wait for them. A transfer fits any of them equally, so
 * each is decided by itself.
 */
export function settleBankSlot(work: MatchingWork, slot: SlotKey, settings: SettleOptions): void {
  for (const credit of work.creditsOf(slot)) settleTransfer(work, credit, { slot, settings });
}

/** What keeps money back only because nobody knows whose it is: the want of a payment, or of a name. */
const NAMELESS: ReadonlySet<string> = new Set(['unmatched_credit', 'missing_txid', 'unknown_txid', enteredByHand]);

/**
 * Brings money of another kind to who waits for this payer and sum, now that a bank has named its payer; money that
 * names its payment stays that one's.
 */
export function settleByPayer(
  work: MatchingWork,
  credit: CreditRecord,
  at: { readonly slot: SlotKey; readonly settings: SettleOptions },
): void {
  if (credit.status === 'in_review' && work.claimsOf(credit).length === 0) settleTransfer(work, credit, at);
}

function settleTransfer(
  work: MatchingWork,
  credit: CreditRecord,
  { slot, settings }: { readonly slot: SlotKey; readonly settings: SettleOptions },
): void {
  const reviewCase = work.caseOf(credit.creditId);
  // After any other reason than the want of a payment only a person gives it away.
  const isFree = credit.status === 'open' || (credit.status === 'in_review' && NAMELESS.has(reviewCase?.reason ?? ''));
  if (!isFree && credit.status !== 'in_review') return;
  const claims = work.claimsOf(slot).filter((claim) => !isBeingPaid(work, claim));
  const decision = decideBankTransfer(
    {
      amountMinor: credit.amountMinor,
      currency: credit.currency,
      document: readDocument(credit.senderNumber ?? ''),
      arrivedBy: credit.printedAt ?? credit.receivedAt,
    },
    claims.map(toBankClaim),
  );
  if (!isFree) return nameLikely(work, credit, decision.type === 'match' ? decision.paymentId : null);
  switch (decision.type) {
    case 'wait':
      return;
    case 'review':
      return work.review(credit, { reason: decision.reason, paymentId: null });
    case 'match':
      return match(work, credit, { paymentId: decision.paymentId, decidedBy: null, settings });
  }
}

/** Money that a person holds back says whose it seems to be. */
function nameLikely(work: MatchingWork, credit: CreditRecord, paymentId: string | null): void {
  const reviewCase = work.caseOf(credit.creditId);
  if (reviewCase?.status === 'open' && reviewCase.paymentId === null && paymentId !== null)
    work.claimed(reviewCase, paymentId);
}

/** Another transfer has been given to this payment, which has not answered yet. */
function isBeingPaid(work: MatchingWork, claim: ClaimRecord): boolean {
  return work.creditsOfPayment(claim.paymentId).some((credit) => credit.status === 'matched');
}

function toBankClaim(claim: ClaimRecord): BankClaim {
  return {
    paymentId: claim.paymentId,
    amountMinor: claim.amountMinor,
    currency: claim.currency,
    document: readDocument(claim.senderNumber ?? '') ?? '',
    createdAt: claim.paymentCreatedAt,
    isOpen: claim.status === 'open',
  };
}

/** What a claim says whose payment was completed with money that no bank told of. */
export const paidOtherwise = 'paid_otherwise';

/**
 * Somebody entered this payer's money by hand: when the bank tells of a transfer of that payer and sum, it is most
 * likely the same. Only a person can say that it is not.
 */
export function isPaidOtherwise(work: MatchingWork, credit: CreditRecord): boolean {
  return work.claimsOf(credit).some((claim) => claim.objection === paidOtherwise);
}
