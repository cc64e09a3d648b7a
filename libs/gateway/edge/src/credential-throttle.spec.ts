import { CredentialThrottle, TooManyFailures } from './credential-throttle.js';

const good = () => Promise.resolve('merchant');
const bad = () => Promise.resolve(null);
const attempt = (credential: string, nowMs = 0, address = '192.0.2.1') => ({ address, credential, nowMs });

async function failing(throttle: CredentialThrottle, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await throttle.check(attempt(`wrong ${index}`), bad);
}

describe('an address that tries credentials', () => {
  it('is looked at one by one once it has failed too often, and beyond a few told to come again', async () => {
    const throttle = new CredentialThrottle(5);
    await failing(throttle, 5);
    let [running, runningMost] = [0, 0];
    const slow = async (): Promise<null> => {
      running += 1;
      runningMost = Math.max(runningMost, running);
      await new Promise(setImmediate);
      running -= 1;
      return null;
    };
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => throttle.check(attempt(`guess ${index}`), slow)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(16);
    for (const outcome of outcomes.filter(({ status }) => status === 'rejected'))
      expect((outcome as PromiseRejectedResult).reason).toEqual(new TooManyFailures(60));
    expect(runningMost).toBe(1);
  });

  it('keeps nobody out who was good before, wherever they are', async () => {
    const throttle = new CredentialThrottle(2);
    await throttle.check(attempt('key', 0, '198.51.100.7'), good);
    await failing(throttle, 10);
    const waiting = Promise.allSettled(
      Array.from({ length: 16 }, (_, index) => throttle.check(attempt(`guess ${index}`), bad)),
    );
    expect(await throttle.check(attempt('key'), good)).toBe('merchant');
    await waiting;
  });

  it('lets a new good one in as well, in its turn, and other addresses at once', async () => {
    const throttle = new CredentialThrottle(2);
    await failing(throttle, 4);
    expect(await throttle.check(attempt('new key'), good)).toBe('merchant');
    expect(await throttle.check(attempt('other key', 0, '198.51.100.7'), good)).toBe('merchant');
  });

  it('looks up a credential that was good and is no longer, and counts it like any other from then on', async () => {
    const throttle = new CredentialThrottle(1);
    await throttle.check(attempt('key'), good);
    expect(await throttle.check(attempt('key'), bad)).toBeNull();
    const waiting = Promise.allSettled(
      Array.from({ length: 16 }, (_, index) => throttle.check(attempt(`guess ${index}`), bad)),
    );
    await expect(throttle.check(attempt('key'), good)).rejects.toThrow(TooManyFailures);
    await waiting;
  });
});
