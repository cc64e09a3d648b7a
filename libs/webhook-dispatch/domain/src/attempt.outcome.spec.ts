import {
  decideDelivery,
  failuresUntilProbing,
  fastaarSchedule,
  healthyReceiver,
  judgeAttempt,
  nextHealth,
  retryAfterMaxMs,
  type AttemptOutcome,
  type DeliverySituation,
} from './index.js';

const T0 = 1_781_250_000_000;
const answered = (httpStatus: number, retryAfter: string | null = null): AttemptOutcome =>
  judgeAttempt({ kind: 'answered', httpStatus, retryAfter }, T0);
const plainFailure: AttemptOutcome = { kind: 'failed', slowDown: false, retryAfterMs: null };

describe('an answer', () => {
  it.each([200, 201, 204, 299])('with status %i delivers', (status) => {
    expect(answered(status)).toEqual({ kind: 'delivered' });
  });
  it.each([199, 300, 301, 302, 307, 308, 400, 401, 404, 409, 411, 500, 501, 505, 599])(
    'with status %i fails',
    (status) => {
      expect(answered(status)).toEqual(plainFailure);
    },
  );
  it('with status 410 says that the address is gone', () => {
    expect(answered(410)).toEqual({ kind: 'gone' });
  });
  it.each([429, 502, 503, 504])('with status %i asks to slow down, for as long as it says', (status) => {
    expect(answered(status, '30')).toEqual({ kind: 'failed', slowDown: true, retryAfterMs: 30_000 });
    expect(answered(status)).toEqual({ kind: 'failed', slowDown: true, retryAfterMs: null });
  });
  it('with another status has no say in when it is tried again', () => {
    expect(answered(500, '30')).toEqual(plainFailure);
  });
  it('that never came is a failure', () => {
    expect(judgeAttempt({ kind: 'failed', error: 'timeout' }, T0)).toEqual(plainFailure);
  });
});

describe('a delivery after an attempt', () => {
  const situation = (change: Partial<DeliverySituation>): DeliverySituation => ({
    outcome: plainFailure,
    receiver: 'active',
    schedule: fastaarSchedule,
    attemptsMade: 1,
    jitter: 0,
    nowMs: T0,
    ...change,
  });

  it('is delivered, also when the endpoint was disabled meanwhile', () => {
    expect(decideDelivery(situation({ outcome: { kind: 'delivered' }, receiver: 'closed' }))).toEqual({
      status: 'delivered',
    });
  });
  it('is tried again by the schedule', () => {
    expect(decideDelivery(situation({}))).toEqual({ status: 'retry', atMs: T0 + 60_000 });
  });
  it('is tried an eighth time and not a ninth', () => {
    expect(decideDelivery(situation({ attemptsMade: 7 }))).toEqual({ status: 'retry', atMs: T0 + 86_400_000 });
    expect(decideDelivery(situation({ attemptsMade: 8 }))).toEqual({ status: 'given_up' });
  });
  it('is held, not given up, when the endpoint is gone or closed', () => {
    expect(decideDelivery(situation({ outcome: { kind: 'gone' } }))).toEqual({ status: 'held', atMs: null });
    expect(decideDelivery(situation({ receiver: 'closed' }))).toEqual({ status: 'held', atMs: T0 + 60_000 });
    expect(decideDelivery(situation({ receiver: 'closed', attemptsMade: 8 }))).toEqual({ status: 'held', atMs: T0 });
  });
  it('to a callback address that is gone is given up', () => {
    expect(decideDelivery(situation({ outcome: { kind: 'gone' }, receiver: 'callback' }))).toEqual({
      status: 'given_up',
    });
  });
});

describe('the health of a receiver', () => {
  it('forgets everything with one success', () => {
    expect(nextHealth({ consecutiveFailures: 9, pausedUntilMs: T0 + 1 }, { kind: 'delivered' }, T0)).toEqual(
      healthyReceiver,
    );
  });
  it('counts failures in a row', () => {
    let health = healthyReceiver;
    for (let i = 0; i < failuresUntilProbing; i += 1) health = nextHealth(health, plainFailure, T0);
    expect(health).toEqual({ consecutiveFailures: failuresUntilProbing, pausedUntilMs: null });
  });
  it('pauses for as long as the receiver asks, within the limit', () => {
    const asked = (retryAfterMs: number) =>
      nextHealth(healthyReceiver, { kind: 'failed', slowDown: true, retryAfterMs }, T0).pausedUntilMs;
    expect(asked(30_000)).toBe(T0 + 30_000);
    expect(asked(retryAfterMaxMs + 1)).toBe(T0 + retryAfterMaxMs);
  });
  it('pauses longer each time when the receiver does not say for how long, up to a minute', () => {
    const slowDown: AttemptOutcome = { kind: 'failed', slowDown: true, retryAfterMs: null };
    const pauses: number[] = [];
    for (let i = 0, health = healthyReceiver; i < 8; i += 1) {
      health = nextHealth({ ...health, pausedUntilMs: null }, slowDown, T0);
      pauses.push(health.pausedUntilMs! - T0);
    }
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  });
  it('never shortens a pause', () => {
    expect(
      nextHealth(
        { consecutiveFailures: 1, pausedUntilMs: T0 + 50_000 },
        { kind: 'failed', slowDown: true, retryAfterMs: 10 },
        T0,
      ).pausedUntilMs,
    ).toBe(T0 + 50_000);
    expect(nextHealth({ consecutiveFailures: 1, pausedUntilMs: T0 + 50_000 }, plainFailure, T0).pausedUntilMs).toBe(
      T0 + 50_000,
    );
  });
});
