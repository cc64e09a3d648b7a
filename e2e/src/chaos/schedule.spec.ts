import { faultKinds, kindNamed } from './fault-kinds.js';
import { hashOf, schedule } from './schedule.js';

const MINUTE_MS = 60_000;

describe('the list of faults', () => {
  it.each(['cluster', 'single'] as const)('of %s is the same whenever its seed and duration are the same', (target) => {
    expect(schedule(7, 2 * MINUTE_MS, target)).toEqual(schedule(7, 2 * MINUTE_MS, target));
  });

  it('differs with the seed and with the target', () => {
    const hashes = [1, 2, 3].flatMap((seed) => [
      hashOf(schedule(seed, MINUTE_MS, 'single')),
      hashOf(schedule(seed, MINUTE_MS, 'cluster')),
    ]);
    expect(new Set(hashes).size).toBe(6);
  });

  it('has a thousand faults and more in half an hour, half of it on each target', () => {
    const count = schedule(7, 15 * MINUTE_MS, 'single').length + schedule(7, 15 * MINUTE_MS, 'cluster').length;
    expect(count).toBeGreaterThan(1_000);
  });

  it.each(['cluster', 'single'] as const)('of a quarter of an hour on %s holds every kind', (target) => {
    const used = new Set(schedule(7, 15 * MINUTE_MS, target).map(({ kind }) => kind));
    expect([...used].sort()).toEqual(faultKinds.map(({ name }) => name).sort());
  });

  it('breaks one thing at a time, and gives it time to come back', () => {
    const breaking = schedule(7, 15 * MINUTE_MS, 'cluster').filter(({ kind }) => kindNamed(kind).isBreaking);
    for (const [index, fault] of breaking.slice(1).entries()) {
      const before = breaking[index]!;
      expect(fault.atMs - (before.atMs + before.forMs)).toBeGreaterThanOrEqual(7_500);
    }
    expect(breaking.length / 15).toBeGreaterThan(5);
  });

  it('is over when the time is', () => {
    for (const { atMs, forMs } of schedule(11, MINUTE_MS, 'single'))
      expect(atMs + forMs).toBeLessThanOrEqual(MINUTE_MS);
  });
});
