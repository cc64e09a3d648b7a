import { RefusalLimiter } from './refusal-limiter.js';

describe('refusals of one address', () => {
  it('are answered until there are too many, and again after their minute', () => {
    const limiter = new RefusalLimiter(2);
    expect([
      limiter.refused('192.0.2.1', 0),
      limiter.waitSeconds('192.0.2.1', 'd', 0),
      limiter.refused('192.0.2.1', 10),
    ]).toEqual([0, 0, 0]);
    expect([
      limiter.waitSeconds('192.0.2.1', 'd', 10),
      limiter.refused('192.0.2.1', 59_999),
      limiter.waitSeconds('192.0.2.2', 'd', 10),
    ]).toEqual([60, 1, 0]);
    expect(limiter.waitSeconds('192.0.2.1', 'd', 60_000)).toBe(0);
  });

  it('do not silence a device that was let in from there within a day', () => {
    const limiter = new RefusalLimiter(1);
    limiter.letIn('192.0.2.1', 'phone', 0);
    const later = 86_399_000;
    limiter.refused('192.0.2.1', later);
    limiter.refused('192.0.2.9', later);
    expect(['phone', 'other'].map((device) => limiter.waitSeconds('192.0.2.1', device, later))).toEqual([0, 60]);
    expect(limiter.waitSeconds('192.0.2.9', 'phone', later)).toBe(60);
    expect(limiter.waitSeconds('192.0.2.1', 'phone', 86_400_000)).toBe(59);
  });

  it.each([
    ['2001:db8:0:1::1', '2001:0db8:0000:0001:ffff::2', true],
    ['2001:db8:0:1::1', '2001:db8:0:2::1', false],
    ['::1', '::2', true],
    ['fe80::1%eth0', 'fe80::2%eth1', true],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.2', false],
  ])('of %s and %s count together: %s', (one, other, isTogether) => {
    const limiter = new RefusalLimiter(1);
    limiter.refused(one, 0);
    expect(limiter.waitSeconds(other, 'd', 0) > 0).toBe(isTogether);
  });

  it('keep a bounded number of devices in mind, the latest ones', () => {
    const limiter = new RefusalLimiter(1);
    for (let index = 0; index <= 20_000; index += 1) limiter.letIn('192.0.2.1', `d${index}`, 0);
    limiter.refused('192.0.2.1', 0);
    expect(['d0', 'd1', 'd20000'].map((device) => limiter.waitSeconds('192.0.2.1', device, 0))).toEqual([60, 0, 0]);
  });
});
