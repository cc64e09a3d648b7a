import { newId } from '@paymatch/contracts';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { accessEntities } from './access.entities.js';
import { accessMigrations } from './access.migrations.js';
import { SharedRateLimiter } from './shared-rate-limiter.js';

const LIMIT = 120;
const T0 = Date.parse('2026-06-12T08:30:00Z');

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase({ schema: 'gateway', migrations: accessMigrations, entities: accessEntities });
});
afterAll(() => test.drop());

const gateways = (count: number): readonly SharedRateLimiter[] =>
  Array.from({ length: count }, () => new SharedRateLimiter(test.database));

/** How many of that many requests, one after the other at each gateway and at all of them at once, are let in. */
async function letIn(limiters: readonly SharedRateLimiter[], requests: number, keyId: string): Promise<number> {
  const counts = await Promise.all(
    limiters.map(async (limiter) => {
      let count = 0;
      for (let sent = 0; sent < requests; sent += 1) if ((await limiter.take(keyId, LIMIT, T0)).isAllowed) count += 1;
      return count;
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

describe('the quota of a key', () => {
  it('is let in to the last one by a single gateway', async () => {
    const [one] = gateways(1);
    const keyId = newId();
    const decisions = [];
    for (let sent = 0; sent <= LIMIT; sent += 1) decisions.push(await one!.take(keyId, LIMIT, T0));
    expect(decisions.map(({ remaining }) => remaining)).toEqual([...Array(LIMIT).keys()].reverse().concat(0));
    expect(decisions.map(({ isAllowed }) => isAllowed)).toEqual([...Array<boolean>(LIMIT).fill(true), false]);
    expect(decisions.at(-1)).toMatchObject({ limit: LIMIT, resetSeconds: 60 });
  });

  it.each([2, 4])('is one for %i gateways that are asked at once, all together', async (count) => {
    expect(await letIn(gateways(count), LIMIT, newId())).toBe(LIMIT);
  });

  it('loses at most a sixteenth to a gateway that took and is not asked again', async () => {
    const [idle, busy] = gateways(2);
    const keyId = newId();
    expect(await letIn([idle!], 1, keyId)).toBe(1);
    const rest = await letIn([busy!], LIMIT, keyId);
    expect(rest).toBeGreaterThanOrEqual(LIMIT - Math.ceil(LIMIT / 16));
    expect(rest).toBeLessThan(LIMIT);
  });

  it('is not touched by what other keys use', async () => {
    const [first, second] = gateways(2);
    await letIn([first!, second!], LIMIT, newId());
    expect(await letIn([second!], LIMIT, newId())).toBe(LIMIT);
  });

  it('is whole again when its minute is over, at every gateway, and not before', async () => {
    const [first, second] = gateways(2);
    const keyId = newId();
    await letIn([first!], LIMIT, keyId);
    expect((await second!.take(keyId, LIMIT, T0 + 59_999)).isAllowed).toBe(false);
    expect((await second!.take(keyId, LIMIT, T0 + 60_000)).isAllowed).toBe(true);
    expect((await first!.take(keyId, LIMIT, T0 + 60_000)).isAllowed).toBe(true);
  });

  it('counts in full when many requests come at once', async () => {
    const [one, other] = gateways(2);
    const keyId = newId();
    const all = Array.from({ length: 400 }, (_, at) => (at % 2 === 0 ? one! : other!).take(keyId, LIMIT, T0));
    expect((await Promise.all(all)).filter(({ isAllowed }) => isAllowed)).toHaveLength(LIMIT);
  });
});

describe('what it costs', () => {
  it('is a statement for many requests, and none for those that are refused', async () => {
    const [one] = gateways(1);
    const keyId = newId();
    const asked = jest.spyOn(test.database, 'query');
    for (let sent = 0; sent < 2_000; sent += 1) await one!.take(keyId, 100_000, T0);
    expect(asked).toHaveBeenCalledTimes(1);
    const spent = newId();
    await letIn([one!], LIMIT, spent);
    asked.mockClear();
    expect(await letIn([one!], 100, spent)).toBe(0);
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
  });
});
