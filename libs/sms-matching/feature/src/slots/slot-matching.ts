import { walletClaimKey } from '@paymatch/contracts';
import { decideMatch, objection, type MatchReviewReason, type OpenClaim } from '@paymatch/sms-matching-domain';
import { bankProvider } from '../bank/bank-slots.js';
import { enteredByHand, systemActor } from '../cases/case-history.js';
import { resolveReview, type MatchingWork } from './matching-work.js';
import { creditDetails, type CaseRecord, type ClaimRecord, type CreditRecord, type SlotKey } from './records.js';

export interface SettleOptions {
  /** After this a credit nobody claims becomes a review case. */
  readonly unmatchedGraceMs: number;
  /** After this a match payments has not answered is announced again. */
  readonly confirmationWaitMs: number;
}

/**
 * Reasons given about claims that do not fit, or about the want of one: a fitting claim that comes later still gets the
 * money. After any other reason only a person may give it away.
 */
export const reversibleReasons: ReadonlySet<string> = new Set([
  'unmatched_credit',
  'amount_mismatch',
  'wrong_wallet',
  'sender_mismatch',
  'credit_before_payment',
  'late_money',
  enteredByHand,
  'payment_not_found',
]);

/** What messages say against money itself, whoever claims it. */
const CONTRADICTIONS: ReadonlySet<string> = new Set([
  'contradicting_messages',
  'balance_contradicted',
  'counter_contradicted',
]);

/**
 * Some message speaks against this money. Unspent, it waits for a person; what is spent is spent, but a person must
 * know.
 */
export function contradict(work: MatchingWork, credit: CreditRecord, reason: string): void {
  if (credit.status === 'open' || credit.status === 'in_review') work.review(credit, { reason, paymentId: null });
  else work.noteContradiction(credit, reason);
}

/** Brings together what stands on a slot, whichever side came second. */
export function settleSlot(work: MatchingWork, slot: SlotKey, settings: SettleOptions): void {
  const credits = work.creditsOf(slot);
  const used = credits.find((credit) => credit.status === 'consumed');
  if (used !== undefined) refuseUsed(work, used);
  for (const credit of credits) settleCredit(work, credit, settings);
}

function settleCredit(work: MatchingWork, credit: CreditRecord, settings: SettleOptions): void {
  const claims = work.openClaimsOf(credit);
  const reviewCase = work.caseOf(credit.creditId);
  if (claims.length === 0 || credit.status === 'matched' || credit.status === 'consumed') return;
  if (credit.status !== 'open' && !(credit.status === 'in_review' && reversibleReasons.has(reviewCase?.reason ?? '')))
    return noteClaims(work, credit, claims);
  const decision = decideMatch({ credit, claims: claims.map((claim) => toOpenClaim(credit, claim)) });
  switch (decision.type) {
    case 'wait':
      return;
    case 'match':
      return match(work, credit, { paymentId: decision.paymentId, decidedBy: null, settings });
    case 'review': {
      // None fits. Each payment hears what speaks against it; the case is listed under the first one's reason, since
      // the claim that will fit may still come.
      const reasons = claims.map((claim) => objection(credit, toOpenClaim(credit, claim)) ?? decision.reason);
      claims.forEach((claim, index) => object(work, credit, { claim, reason: reasons[index]! }));
      return work.review(credit, { reason: reasons[0]!, paymentId: decision.paymentId });
    }
  }
}

/** Tells payments once why this money does not complete a payment by itself. */
function object(
  work: MatchingWork,
  credit: CreditRecord,
  { claim, reason }: { readonly claim: ClaimRecord; readonly reason: MatchReviewReason },
): void {
  if (claim.objection === reason) return;
  work.putClaim({ ...claim, objection: reason });
  work.emit(credit, {
    type: 'credits.needs-review',
    paymentId: claim.paymentId,
    reason,
    credit: creditDetails(credit),
  });
}

function toOpenClaim(credit: CreditRecord, claim: ClaimRecord): OpenClaim {
  const { paymentId, provider, senderNumber, submittedAt } = claim;
  return {
    paymentId,
    provider,
    senderNumber,
    submittedAt,
    createdAt: claim.paymentCreatedAt,
    walletNumber: claim.walletNumber ?? credit.walletNumber,
    toleranceMinor: credit.toleranceMinor,
    // No sum of another currency is within any tolerance.
    amountMinor: claim.currency === credit.currency ? claim.amountMinor : Number.NEGATIVE_INFINITY,
  };
}

/**
 * Money a person holds back (or has put aside) is asked for: the case says by whom, and the payments hear that a person
 * decides.
 */
function noteClaims(work: MatchingWork, credit: CreditRecord, claims: readonly ClaimRecord[]): void {
  for (const claim of claims) object(work, credit, { claim, reason: 'ambiguous_claim' });
  const { paymentId } = claims[0]!;
  const reviewCase = work.caseOf(credit.creditId);
  if (reviewCase === undefined || credit.status === 'ignored')
    return work.review(credit, { reason: 'claimed_after_decision', paymentId });
  if (reviewCase.paymentId === null && reviewCase.reason !== 'ambiguous_claim') work.claimed(reviewCase, paymentId);
}

/** Offers the credit to a payment. Payments has the last word; until then nobody else gets it. */
export function match(
  work: MatchingWork,
  credit: CreditRecord,
  to: { readonly paymentId: string; readonly decidedBy: string | null; readonly settings: SettleOptions },
): void {
  const { paymentId, decidedBy, settings } = to;
  const isRepeat = credit.status === 'matched' && credit.paymentId === paymentId;
  const attentionAt = new Date(work.nowMs + settings.confirmationWaitMs).toISOString();
  const matched = work.putCredit({
    ...credit,
    status: 'matched',
    paymentId,
    decidedBy,
    attentionAt,
    matchAttempts: isRepeat ? credit.matchAttempts + 1 : 1,
  });
  const reviewCase = work.caseOf(credit.creditId);
  if (!isRepeat && decidedBy === null && reviewCase?.status === 'open') {
    work.record(
      { ...reviewCase, paymentId },
      { at: work.now, actor: systemActor, action: 'matched', note: paymentId, commandId: null },
    );
  }
  work.emit(matched, {
    type: 'credits.matched',
    paymentId,
    claimKey: claimKeyOf(matched),
    toleranceMinor: matched.toleranceMinor,
    credit: creditDetails(matched),
    decidedBy,
  });
}

/** Payments has completed a payment with this credit: it is spent, and its case is done with. */
export function consume(work: MatchingWork, credit: CreditRecord, paymentId: string): void {
  if (credit.status === 'consumed') return;
  const spent = work.putCredit({ ...credit, status: 'consumed', paymentId, attentionAt: null });
  const reviewCase = work.caseOf(credit.creditId);
  // What a contradiction was found about is closed by somebody who has looked at it, not by having been spent.
  if (reviewCase?.status !== 'open' || (credit.decidedBy === null && CONTRADICTIONS.has(reviewCase.reason))) return;
  const actor = credit.decidedBy ?? systemActor;
  const closed = work.record(
    { ...reviewCase, paymentId },
    { at: work.now, actor, action: 'completed', note: paymentId, commandId: null },
  );
  work.emit(spent, { type: 'credits.review-case-closed', caseId: closed.caseId, resolution: 'completed', actor });
  resolveReviews(work, spent, { reviewCase: closed, actor });
}

/** Tells payments that wait for a spent TrxID so; once each. */
export function refuseUsed(work: MatchingWork, used: CreditRecord): void {
  for (const claim of work.claimsOf(used)) {
    if (claim.status !== 'open' && claim.status !== 'refused') continue;
    if (claim.paymentId === used.paymentId) {
      work.putClaim({ ...claim, status: 'won' });
      continue;
    }
    work.putClaim({ ...claim, status: 'released' });
    work.emit(used, { type: 'credits.trx-already-used', paymentId: claim.paymentId, trxId: claim.slotKey });
  }
}

/** A match came to nothing, or payments refused the credit: it is nobody's, and a person must look. */
export function giveBack(
  work: MatchingWork,
  credit: CreditRecord,
  refusal: { readonly reason: string; readonly paymentId: string; readonly actor: string },
): void {
  const reviewCase = work.caseOf(credit.creditId);
  if (credit.decidedBy !== null && reviewCase?.status === 'open') {
    work.record(reviewCase, {
      at: work.now,
      actor: refusal.actor,
      action: 'assignment_refused',
      note: refusal.reason,
      commandId: null,
    });
  }
  work.review(credit, { reason: refusal.reason, paymentId: refusal.paymentId });
  for (const claim of work.openClaimsOf(credit)) {
    if (claim.paymentId === refusal.paymentId) work.putClaim({ ...claim, status: 'refused' });
  }
}

/** A credit's case is closed: the payments that were told of it hear so, but for the one that got the money. */
export function resolveReviews(
  work: MatchingWork,
  credit: CreditRecord,
  closed: { readonly reviewCase: CaseRecord; readonly actor: string },
): void {
  const reported = work.claimsOf(credit).filter(({ objection: said, status }) => said !== null || status === 'refused');
  const paymentIds = new Set([...reported.map(({ paymentId }) => paymentId), closed.reviewCase.paymentId]);
  for (const paymentId of paymentIds) {
    if (paymentId === null || (credit.status === 'consumed' && credit.paymentId === paymentId)) continue;
    resolveReview(work, credit, {
      ...closed,
      reviewCase: { ...closed.reviewCase, paymentId },
      creditId: credit.creditId,
    });
  }
}

/** What makes the money countable once. */
function claimKeyOf({ claimKey = null, creditId, merchantId, provider, trxId, ...credit }: CreditRecord): string {
  if (claimKey !== null || trxId === null) return claimKey ?? creditId;
  // A bank's own number of a transfer that a person wrote down is known to no other merchant.
  const walletNumber = provider === bankProvider ? merchantId : credit.walletNumber;
  return walletClaimKey({ provider, walletNumber, trxId });
}
