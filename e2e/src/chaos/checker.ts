import { acknowledged, claimedOnce, creditsAreTrue, keptApart } from './check-clients.js';
import { effectsOnce, foldEqualsLists, moneyIsSeen, poisonStaysAlone, readByAll } from './check-store.js';
import { deliveredOrGivenUp, inOrder } from './check-webhooks.js';
import { recovers } from './recovery.js';
import type { Evidence, Verdict } from './verdict.js';

/** Judges every promise by what clients were told and what is there at the end. */
export function check(evidence: Evidence): readonly Verdict[] {
  return [
    acknowledged(evidence),
    claimedOnce(evidence),
    readByAll(evidence),
    effectsOnce(evidence),
    inOrder(evidence),
    deliveredOrGivenUp(evidence),
    moneyIsSeen(evidence),
    poisonStaysAlone(evidence),
    keptApart(evidence),
    creditsAreTrue(evidence),
    foldEqualsLists(evidence),
    recovers(evidence.history, evidence.recoveryMaxMs),
  ];
}
