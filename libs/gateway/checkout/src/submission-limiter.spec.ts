import { SubmissionLimiter } from './submission-limiter.js';

const limits = { perPaymentMax: 2, perAddressMax: 4, windowMs: 60_000, keysMax: 100 };

describe('TrxIDs tried in one minute', () => {
  it('wait after the last one a payment may have, until its minute is over', () => {
    const limiter = new SubmissionLimiter(limits);
    expect([0, 1_000, 2_000, 59_999].map((nowMs) => limiter.take('p1', '1.1.1.1', nowMs))).toEqual([0, 0, 58, 1]);
    expect(limiter.take('p1', '1.1.1.1', 60_000)).toBe(0);
  });

  it('wait after the last one an address may have, whatever the payment', () => {
    const limiter = new SubmissionLimiter(limits);
    const waits = ['p1', 'p2', 'p3', 'p4', 'p5'].map((payment) => limiter.take(payment, '1.1.1.1', 0));
    expect(waits).toEqual([0, 0, 0, 0, 60]);
    expect(limiter.take('p6', '1.1.1.2', 0)).toBe(0);
  });

  it('count as one address when they come from one IPv6 network', () => {
    const limiter = new SubmissionLimiter(limits);
    const addresses = ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:0db8:0001:0002:1:1:1:1', '2001:db8:1:2:a::'];
    expect(addresses.map((address, index) => limiter.take(`p${index}`, address, 0))).toEqual([0, 0, 0, 0]);
    expect(limiter.take('p9', '2001:db8:1:2::77', 0)).toBe(60);
    expect(limiter.take('p9', '2001:db8:1:3::77', 0)).toBe(0);
  });

  it('are remembered for a bounded number of payments and addresses', () => {
    const limiter = new SubmissionLimiter({ ...limits, keysMax: 4 });
    for (let index = 0; index < 1_000; index += 1) limiter.take(`p${index}`, `10.0.${index >> 8}.${index & 255}`, 0);
    expect((limiter as unknown as { windows: Map<string, unknown> }).windows.size).toBe(4);
  });
});
