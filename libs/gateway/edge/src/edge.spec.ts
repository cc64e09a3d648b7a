import { readIdempotencyKey } from './idempotency.store.js';
import { RateLimiter } from './rate-limiter.js';

describe('the rate limiter', () => {
  it('allows the limit, refuses one more, and begins anew with the next minute', () => {
    const limiter = new RateLimiter();
    expect([1, 2, 3].map(() => limiter.take('k', 2, 1_000).isAllowed)).toEqual([true, true, false]);
    expect(limiter.take('k', 2, 60_999)).toEqual({ isAllowed: false, limit: 2, remaining: 0, resetSeconds: 1 });
    expect(limiter.take('other', 2, 1_000).isAllowed).toBe(true);
    expect(limiter.take('k', 2, 61_000)).toEqual({ isAllowed: true, limit: 2, remaining: 1, resetSeconds: 60 });
  });

  it('says how long to wait without counting', () => {
    const limiter = new RateLimiter();
    limiter.take('k', 1, 1_000);
    expect([
      limiter.waitSeconds('k', 2, 1_000),
      limiter.waitSeconds('k', 1, 1_001),
      limiter.waitSeconds('k', 1, 60_999),
      limiter.waitSeconds('k', 1, 61_000),
      limiter.waitSeconds('other', 1, 0),
    ]).toEqual([0, 60, 1, 0, 0]);
  });

  it('keeps a bounded number of windows, none of which ends because others begin', () => {
    const limiter = new RateLimiter(100);
    for (let index = 0; index < 50_000; index += 1) limiter.take(`k${index}`, 1, 0);
    expect(limiter.size).toBeLessThanOrEqual(100 + 1_024);
    expect([limiter.take('k0', 1, 1).isAllowed, limiter.waitSeconds('k0', 1, 1)]).toEqual([false, 60]);
    expect(limiter.take('k49999', 1, 1).isAllowed).toBe(false);
    expect(limiter.take('k0', 1, 60_000).isAllowed).toBe(true);
    expect(limiter.size).toBe(1);
  });
});

describe('an Idempotency-Key header', () => {
  it.each([
    ['"abc-1"', 'abc-1'],
    ['abc-1', 'abc-1'],
    ['"', '"'],
    [undefined, null],
  ])('%j is read as %j', (header, key) => {
    expect(readIdempotencyKey(header)).toBe(key);
  });
  it.each(['', '""', 'a b', 'x'.repeat(256), 'é'])('%j is refused', (header) => {
    expect(() => readIdempotencyKey(header)).toThrow('1 to 255');
  });
});
