import { newId } from '@paymatch/contracts';
import { messageMissing, systemActor } from '../cases/case-history.js';
import type { MatchingWork } from './matching-work.js';
import type { CaseRecord, ClaimRecord } from './records.js';

/**
 * No message has told of a claim's TrxID in time: a person asks why, and the payment hears so. The case ends by itself
 * when the money comes.
 */
export function missMessage(work: MatchingWork, claim: ClaimRecord): void {
  work.putClaim({ ...claim, waitsUntil: null });
  if (claim.status !== 'open' || work.creditsOf(claim).length > 0) return;
  const { merchantId, livemode, provider, paymentId, slotKey } = claim;
  const fresh: CaseRecord = {
    caseId: newId(work.nowMs),
    merchantId,
    livemode,
    creditId: null,
    messageHash: null,
    paymentId,
    provider,
    proposal: null,
    awaitedTrxId: slotKey,
    openedAt: work.now,
    eventsCount: 0,
    status: 'open',
    reason: messageMissing,
    resolution: null,
    closedAt: null,
  };
  const { caseId, reason } = work.record(fresh, {
    action: 'opened',
    note: messageMissing,
    actor: systemActor,
    commandId: null,
    at: work.now,
  });
  const about = { merchantId, livemode, walletNumber: claim.walletNumber ?? caseId };
  work.emit(about, { type: 'credits.review-case-opened', caseId, reason });
  work.emit(about, { type: 'credits.message-missing', paymentId, trxId: slotKey, caseId });
}
