import { firstPace, nextPace, paceStart, type PacedAttempt, type ReceiverPace } from './index.js';

const answered = (durationMs: number, wasFull = true): PacedAttempt => ({
  outcome: { kind: 'delivered' },
  result: { kind: 'answered', httpStatus: 200, retryAfter: null },
  durationMs,
  wasFull,
});
const refused = (httpStatus: number): PacedAttempt => ({
  outcome: { kind: 'failed', slowDown: httpStatus === 429, retryAfterMs: null },
  result: { kind: 'answered', httpStatus, retryAfter: null },
  durationMs: 5,
  wasFull: true,
});
const timedOut: PacedAttempt = {
  outcome: { kind: 'failed', slowDown: false, retryAfterMs: null },
  result: { kind: 'failed', error: 'timeout' },
  durationMs: 10_000,
  wasFull: true,
};
const after = (pace: ReceiverPace, attempts: readonly PacedAttempt[], max = 64): ReceiverPace =>
  attempts.reduce((now, attempt) => nextPace(now, attempt, max), pace);

describe('how many webhooks are under way to a receiver', () => {
  it('begins with eight, or with the most there may be', () => {
    expect(firstPace(64).limit).toBe(paceStart);
    expect(firstPace(3).limit).toBe(3);
  });

  it('doubles with a round of prompt answers, up to the most', () => {
    let pace = firstPace(64);
    for (const expected of [16, 32, 64, 64]) {
      pace = after(pace, Array(pace.limit).fill(answered(400)));
      expect(pace.limit).toBe(expected);
    }
  });

  it('stays when there was room for more', () => {
    expect(after(firstPace(64), Array(20).fill(answered(400, false))).limit).toBe(paceStart);
  });

  it('stays when answers take longer the more there are: the receiver works them off one by one', () => {
    const pace = after(firstPace(64), [answered(100)]);
    expect(after(pace, Array(20).fill(answered(400))).limit).toBe(pace.limit);
    expect(nextPace(pace, answered(250), 64).limit).toBe(pace.limit + 1);
  });

  it('gets used to a receiver that has become slower for good', () => {
    const pace = after(firstPace(64), [answered(100), ...Array(300).fill(answered(1_000))]);
    expect(pace.limit).toBe(64);
  });

  it.each([
    ['429', refused(429)],
    ['no answer in time', timedOut],
  ])('halves with %s, down to one', (_what, attempt) => {
    expect([1, 2, 3, 4, 5].map((count) => after(firstPace(64), Array(count).fill(attempt)).limit)).toEqual([
      4, 2, 1, 1, 1,
    ]);
  });

  it.each([500, 404])('stays with an answer of %i: that is no sign of too much', (status) => {
    expect(after(firstPace(64), [refused(status)]).limit).toBe(paceStart);
  });
});
