import { readConfig } from '@paymatch/platform-config';
import { accessSettings } from './access.settings.js';
import { readIdempotencyKey } from './idempotency.store.js';
import { RateLimiter } from './rate-limiter.js';
import { randomBase62, SecretKeeper } from './secret-keeper.js';

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

  it('keeps a bounded number of windows', () => {
    const limiter = new RateLimiter();
    for (let index = 0; index < 50_001; index += 1) limiter.take(`k${index}`, 1, 0);
    expect(limiter.take('k50000', 1, 0).isAllowed).toBe(false);
    expect(limiter.take('k0', 1, 0).isAllowed).toBe(true);
  });
});

describe('the secret keeper', () => {
  it('opens what it sealed, for the same row and under the same secret only', () => {
    const keeper = new SecretKeeper('x'.repeat(32));
    const sealed = keeper.seal('ds_secret', 'row 1');
    expect(keeper.open(sealed, 'row 1')).toBe('ds_secret');
    expect(() => keeper.open(sealed, 'row 2')).toThrow();
    expect(() => new SecretKeeper('y'.repeat(32)).open(sealed, 'row 1')).toThrow();
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed[index]! ^= 1;
      expect(() => keeper.open(changed, 'row 1')).toThrow();
    }
  });

  it('makes random text of the length asked for', () => {
    expect(randomBase62(32)).toMatch(/^[0-9A-Za-z]{32}$/);
    expect(new Set(randomBase62(2_000)).size).toBe(62);
  });
});

describe('the secret setting', () => {
  it.each(['x'.repeat(31), ''])('stops the start when it is too short (%j), without printing it', (value) => {
    expect(() => readConfig(accessSettings, { PAYMATCH_SECRET: value })).toThrow(
      'PAYMATCH_SECRET must have at least 32 characters: at least',
    );
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
