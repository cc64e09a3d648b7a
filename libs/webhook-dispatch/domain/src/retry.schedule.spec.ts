import fc from 'fast-check';
import {
  fastaarSchedule,
  jitterMaxMs,
  parseRetryAfter,
  retryAfterMaxMs,
  retryDelayMs,
  smartfastpaySchedule,
} from './index.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const delays = (schedule: readonly number[], jitter = 0): readonly (number | null)[] =>
  Array.from({ length: schedule.length }, (_, i) =>
    retryDelayMs({ schedule, attemptsMade: i + 1, jitter, retryAfterMs: null }),
  );

describe('the retries of contract A', () => {
  it('come after 1 min, 5 min, 30 min, 2 h, 12 h, then 24 h twice, and then end', () => {
    expect(delays(fastaarSchedule)).toEqual([
      MINUTE,
      5 * MINUTE,
      30 * MINUTE,
      2 * HOUR,
      12 * HOUR,
      24 * HOUR,
      24 * HOUR,
      null,
    ]);
  });

  it('begin at once', () => {
    expect(retryDelayMs({ schedule: fastaarSchedule, attemptsMade: 0, jitter: 0.99, retryAfterMs: null })).toBe(0);
  });
});

describe('the retries of contract B', () => {
  it('are five, after 1 min, 15 min, 2 h, 12 h and 57 h', () => {
    expect(delays(smartfastpaySchedule)).toEqual([MINUTE, 15 * MINUTE, 2 * HOUR, 12 * HOUR, 57 * HOUR, null]);
  });

  it('span three days', () => {
    const total = smartfastpaySchedule.reduce((sum, ms) => sum + ms, 0);
    expect(total).toBeLessThanOrEqual(72 * HOUR);
    expect(total).toBeGreaterThan(71 * HOUR);
  });
});

describe('jitter', () => {
  it('only ever adds, at most a tenth and at most ten minutes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(fastaarSchedule, smartfastpaySchedule),
        fc.nat(7),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (schedule, attemptsMade, jitter) => {
          const wait = schedule[attemptsMade];
          const delay = retryDelayMs({ schedule, attemptsMade, jitter, retryAfterMs: null });
          if (wait === undefined) return delay === null;
          return delay !== null && delay >= wait && delay - wait <= Math.min(wait / 10, jitterMaxMs);
        },
      ),
    );
  });
});

describe('a receiver that asks for patience', () => {
  const ask = (retryAfterMs: number): number | null =>
    retryDelayMs({ schedule: fastaarSchedule, attemptsMade: 1, jitter: 0, retryAfterMs });

  it.each([
    [MINUTE - 1, MINUTE],
    [MINUTE + 1, MINUTE + 1],
    [retryAfterMaxMs, retryAfterMaxMs],
    [retryAfterMaxMs + 1, retryAfterMaxMs],
  ])('with %i ms is tried again after %i ms', (asked, waited) => {
    expect(ask(asked)).toBe(waited);
  });

  it('does not get more attempts by asking', () => {
    expect(retryDelayMs({ schedule: fastaarSchedule, attemptsMade: 8, jitter: 0, retryAfterMs: 1 })).toBeNull();
  });

  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Wed, 21 Oct 2026 07:28:00 GMT', 60_000],
    ['Wed, 21 Oct 2026 07:26:00 GMT', 0],
    ['-5', null],
    ['1.5', null],
    ['soon', null],
    ['', null],
    ['9999999999', null],
    ['Wed, 99 Oct 2026 07:28:00 GMT', null],
    [null, null],
  ])('by the header %j means %s ms', (header, expected) => {
    expect(parseRetryAfter(header, Date.parse('2026-10-21T07:27:00Z'))).toBe(expected);
  });
});
