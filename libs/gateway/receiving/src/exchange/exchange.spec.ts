import fc from 'fast-check';
import { silentLogger } from '@paymatch/platform-observability';
import { convertMinor, isRate } from './conversion.js';
import { ExchangeDesk } from './exchange-desk.js';
import { ExchangeUnavailable, type ExchangeQuote } from './exchange.ports.js';

describe('an amount at a rate', () => {
  it.each([
    [30_000, '5.19', 155_700],
    [30_000, '5.4313', 162_939],
    [200, '5.1999', 1_040],
    [100_000_000, '5.190000000000000001', 519_000_000],
    [9_999_999_999, '5.19', 51_899_999_995],
    // Exactly half a centavo, one digit below it far behind the dot, and one above.
    [250, '1.002', 251],
    [1, '0.5', 1],
    [1, '0.499999999999999999', 0],
    [1, '0.500000000000000001', 1],
    [3, '0.5', 2],
    [300, '5.195', 1_559],
    [333, '5.5', 1_832],
    [201, '2.5', 503],
  ])('%i × %s is %i', (minor, rate, total) => expect(convertMinor(minor, rate)).toBe(total));

  it('is what whole-number arithmetic says, for any amount and rate', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_999_999_999 }),
        fc.integer({ min: 0, max: 99_999 }),
        fc.integer({ min: 0, max: 999_999_999 }),
        (minor, whole, fraction) => {
          const rate = `${whole}.${String(fraction).padStart(9, '0')}`;
          fc.pre(isRate(rate));
          const scaled = BigInt(minor) * (BigInt(whole) * 1_000_000_000n + BigInt(fraction));
          const expected = (scaled + 500_000_000n) / 1_000_000_000n;
          expect(BigInt(convertMinor(minor, rate))).toBe(expected);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it.each(['', '0', '0.000', '-5.19', '5,19', '5.', '.5', '1e1', 'NaN', '05.19', '5.1234567890123456789', '1234567'])(
    'is none at %j',
    (rate) => {
      expect(isRate(rate)).toBe(false);
      expect(() => convertMinor(100, rate)).toThrow(RangeError);
    },
  );
});

describe('the exchange desk', () => {
  const T0 = Date.parse('2026-06-12T12:00:00Z');
  const HOUR_MS = 3_600_000;
  function open(answers: readonly (ExchangeQuote | null | Error)[]): {
    desk: ExchangeDesk;
    clock: { ms: number; nowMs(): number };
    asked: () => number;
  } {
    const clock = {
      ms: T0,
      nowMs(): number {
        return this.ms;
      },
    };
    let asked = 0;
    const source = {
      isPerMerchant: true,
      latest: (): Promise<ExchangeQuote | null> => {
        const answer = answers[Math.min(asked, answers.length - 1)]!;
        asked += 1;
        return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
      },
    };
    return {
      desk: new ExchangeDesk(source, { clock, logger: silentLogger }, { cacheMs: 60_000, ageMaxMs: 144 * HOUR_MS }),
      clock,
      asked: () => asked,
    };
  }
  const quote = (rate: string, quotedMs = T0): ExchangeQuote => ({
    baseCurrency: 'USD',
    rate,
    source: 'operator',
    quotedAt: new Date(quotedMs).toISOString(),
  });

  it('asks its source once for many, and again when the time is up', async () => {
    const { desk, clock, asked } = open([quote('5.19'), quote('5.20')]);
    expect(
      new Set((await Promise.all(Array.from({ length: 20 }, () => desk.quote('USD', 'm1')))).map(({ rate }) => rate)),
    ).toEqual(new Set(['5.19']));
    clock.ms += 59_999;
    expect((await desk.quote('USD', 'm1')).rate).toBe('5.19');
    expect(asked()).toBe(1);
    clock.ms += 1;
    expect((await desk.quote('USD', 'm1')).rate).toBe('5.20');
  });

  it('asks for each merchant by itself where merchants have rates of their own', async () => {
    const { desk, asked } = open([quote('5.19'), quote('5.30')]);
    expect([
      (await desk.quote('USD', 'm1')).rate,
      (await desk.quote('USD', 'm2')).rate,
      (await desk.quote('USD', 'm1')).rate,
      asked(),
    ]).toEqual(['5.19', '5.30', '5.19', 2]);
  });

  it('sells at the last rate while its source is away, until that is too old, to the very moment', async () => {
    const { desk, clock } = open([quote('5.19'), new Error('away')]);
    await desk.quote('USD', 'm1');
    clock.ms = T0 + 144 * HOUR_MS;
    expect((await desk.quote('USD', 'm1')).rate).toBe('5.19');
    clock.ms += 1;
    await expect(desk.quote('USD', 'm1')).rejects.toThrow(ExchangeUnavailable);
  });

  it('has no rate when there is none, when it never could ask, and recovers', async () => {
    const { desk, clock } = open([new Error('away'), null, quote('5.19')]);
    await expect(desk.quote('USD', 'm1')).rejects.toThrow('cannot be reached');
    await expect(desk.quote('USD', 'm1')).rejects.toThrow('no exchange rate');
    clock.ms += 1_000;
    expect((await desk.quote('USD', 'm1')).rate).toBe('5.19');
  });
});
