import { addressBlock, RateLimiter } from '@paymatch/gateway-edge';
import { SubmissionLimiter } from './submission-limiter.js';

const limits = { perPaymentMax: 2, perAddressMax: 4, linkOrdersPerAddressMax: 3 };
const newLimiter = (): SubmissionLimiter => {
  const windows = new RateLimiter();
  return new SubmissionLimiter({ take: async (...window) => windows.take(...window) }, limits);
};

async function inTurn(waits: readonly (() => Promise<number>)[]): Promise<number[]> {
  const seconds: number[] = [];
  for (const wait of waits) seconds.push(await wait());
  return seconds;
}

describe('TrxIDs tried in one minute', () => {
  it('wait after the last one a payment may have, until its minute is over', async () => {
    const limiter = newLimiter();
    const waits = [0, 1_000, 2_000, 59_999, 60_000].map((nowMs) => () => limiter.forPayment('p1', nowMs));
    expect(await inTurn(waits)).toEqual([0, 0, 58, 1, 0]);
  });

  it('wait after the last one an address may have, whatever the payment', async () => {
    const limiter = newLimiter();
    const waits = [1, 2, 3, 4, 5].map(() => () => limiter.fromAddress('1.1.1.1', 0));
    expect(await inTurn(waits)).toEqual([0, 0, 0, 0, 60]);
    expect(await limiter.fromAddress('1.1.1.2', 0)).toBe(0);
  });

  it('are counted apart from the forms of payment links, which have a limit of their own', async () => {
    const limiter = newLimiter();
    const waits = [1, 2, 3, 4].map(() => () => limiter.linkOrder('1.1.1.1', 0));
    expect(await inTurn(waits)).toEqual([0, 0, 0, 60]);
    expect(await limiter.fromAddress('1.1.1.1', 0)).toBe(0);
  });

  it('count as one address when they come from one IPv6 network', async () => {
    const limiter = newLimiter();
    const addresses = ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:0db8:0001:0002:1:1:1:1', '2001:db8:1:2:a::'];
    const waits = [...addresses, '2001:db8:1:2::77', '2001:db8:1:3::77'].map(
      (address) => () => limiter.fromAddress(addressBlock(address), 0),
    );
    expect(await inTurn(waits)).toEqual([0, 0, 0, 0, 60, 0]);
  });
});
