import { addressBlock } from '@paymatch/gateway-edge';
import { SubmissionLimiter } from './submission-limiter.js';

const limits = { perPaymentMax: 2, perAddressMax: 4, keysMax: 100 };

describe('TrxIDs tried in one minute', () => {
  it('wait after the last one a payment may have, until its minute is over', () => {
    const limiter = new SubmissionLimiter(limits);
    expect([0, 1_000, 2_000, 59_999].map((nowMs) => limiter.forPayment('p1', nowMs))).toEqual([0, 0, 58, 1]);
    expect(limiter.forPayment('p1', 60_000)).toBe(0);
  });

  it('wait after the last one an address may have, whatever the payment', () => {
    const limiter = new SubmissionLimiter(limits);
    expect([1, 2, 3, 4, 5].map(() => limiter.fromAddress('1.1.1.1', 0))).toEqual([0, 0, 0, 0, 60]);
    expect(limiter.fromAddress('1.1.1.2', 0)).toBe(0);
  });

  it('count as one address when they come from one IPv6 network', () => {
    const limiter = new SubmissionLimiter(limits);
    const addresses = ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:0db8:0001:0002:1:1:1:1', '2001:db8:1:2:a::'];
    expect(addresses.map((address) => limiter.fromAddress(addressBlock(address), 0))).toEqual([0, 0, 0, 0]);
    expect(limiter.fromAddress(addressBlock('2001:db8:1:2::77'), 0)).toBe(60);
    expect(limiter.fromAddress(addressBlock('2001:db8:1:3::77'), 0)).toBe(0);
  });

  it('are not forgotten, however many other addresses come', () => {
    const limiter = new SubmissionLimiter(limits);
    for (let index = 0; index < 5; index += 1) limiter.fromAddress('1.1.1.1', 0);
    for (let index = 0; index < 20_000; index += 1) limiter.fromAddress(`10.0.${index >> 8}.${index & 255}`, 1);
    expect(limiter.fromAddress('1.1.1.1', 2)).toBe(60);
  });
});
