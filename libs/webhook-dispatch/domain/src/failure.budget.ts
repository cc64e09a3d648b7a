const HOUR_MS = 3_600_000;

/** How an endpoint has failed since its last success. */
export interface FailingSpell {
  readonly sinceMs: number;
  readonly failedAttempts: number;
  readonly lastFailedAtMs: number;
}

/** Shares of the budget that the merchant's people are told of. */
export const budgetStepsPercent = [50, 70, 90, 100] as const;
/** Fewer failures say nothing: that may have been one bad minute. */
export const failuresUntilJudged = 5;
/** Longer than the longest wait between two attempts: after that nothing was tried, and nothing is known. */
export const silenceMaxMs = 25 * HOUR_MS;

/** One attempt further; `null`: it takes what it is sent. */
export function nextSpell(spell: FailingSpell | null, isDelivered: boolean, nowMs: number): FailingSpell | null {
  if (isDelivered) return null;
  return {
    sinceMs: spell?.sinceMs ?? nowMs,
    failedAttempts: Math.min((spell?.failedAttempts ?? 0) + 1, 1_000_000),
    lastFailedAtMs: nowMs,
  };
}

/**
 * The share of the budget that a spell of failure has used, 0 to 100. Time counts, not attempts: a busy endpoint must
 * not use it up in a minute.
 */
export function budgetUsedPercent(spell: FailingSpell, budgetMs: number, nowMs: number): number {
  if (spell.failedAttempts < failuresUntilJudged || nowMs - spell.lastFailedAtMs > silenceMaxMs) return 0;
  return Math.max(0, Math.min(100, Math.floor(((nowMs - spell.sinceMs) * 100) / budgetMs)));
}

/** The highest step that is reached and of which nobody was told yet. */
export function stepToTell(usedPercent: number, announcedPercent: number): number | null {
  return budgetStepsPercent.findLast((step) => step <= usedPercent && step > announcedPercent) ?? null;
}
