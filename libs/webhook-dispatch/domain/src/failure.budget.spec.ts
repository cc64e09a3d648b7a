import { budgetUsedPercent, failuresUntilJudged, nextSpell, silenceMaxMs, stepToTell } from './failure.budget.js';

const HOUR_MS = 3_600_000;
const budgetMs = 48 * HOUR_MS;
const T0 = Date.parse('2026-06-12T08:30:00Z');
const spell = (change: object = {}) => ({
  sinceMs: T0,
  failedAttempts: failuresUntilJudged,
  lastFailedAtMs: T0 + 3 * HOUR_MS,
  ...change,
});

describe('a spell of failure', () => {
  it('begins with the first failure, goes on with the next, and ends with a success', () => {
    const first = nextSpell(null, false, T0);
    expect(first).toEqual({ sinceMs: T0, failedAttempts: 1, lastFailedAtMs: T0 });
    const second = nextSpell(first, false, T0 + 60_000);
    expect(second).toEqual({ sinceMs: T0, failedAttempts: 2, lastFailedAtMs: T0 + 60_000 });
    expect(nextSpell(second, true, T0 + 120_000)).toBeNull();
    expect(nextSpell(null, true, T0)).toBeNull();
  });

  it.each([
    [0, 0],
    [24 * HOUR_MS - 1, 49],
    [24 * HOUR_MS, 50],
    [48 * HOUR_MS - 1, 99],
    [48 * HOUR_MS, 100],
    [480 * HOUR_MS, 100],
  ])('has used, after %i ms, %i percent of a budget of two days', (afterMs, percent) => {
    const failing = spell({ lastFailedAtMs: T0 + afterMs });
    expect(budgetUsedPercent(failing, budgetMs, T0 + afterMs)).toBe(percent);
  });

  it('uses nothing up with one failure less than it takes to judge', () => {
    expect(budgetUsedPercent(spell({ failedAttempts: failuresUntilJudged - 1 }), budgetMs, T0 + 24 * HOUR_MS)).toBe(0);
    expect(budgetUsedPercent(spell(), budgetMs, T0 + 24 * HOUR_MS)).toBe(50);
  });

  it('says nothing once nothing was tried for longer than two attempts may lie apart', () => {
    const failing = spell();
    expect(budgetUsedPercent(failing, budgetMs, failing.lastFailedAtMs + silenceMaxMs)).toBe(58);
    expect(budgetUsedPercent(failing, budgetMs, failing.lastFailedAtMs + silenceMaxMs + 1)).toBe(0);
  });
});

describe('the step that somebody must be told of', () => {
  it.each([
    [49, 0, null],
    [50, 0, 50],
    [69, 50, null],
    [70, 50, 70],
    [90, 70, 90],
    [99, 90, null],
    [100, 90, 100],
    [100, 100, null],
    [95, 0, 90],
  ])('at %i percent, told of %i, is %s', (used, announced, step) => {
    expect(stepToTell(used, announced)).toBe(step);
  });
});
