import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { accessEntities } from './access.entities.js';
import { accessMigrations } from './access.migrations.js';
import { SharedVisitorLimiter } from './visitor-limiter.js';

const T0 = Date.parse('2026-06-12T08:30:00Z');

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase({ schema: 'gateway', migrations: accessMigrations, entities: accessEntities });
});
afterAll(() => test.drop());

/** How many of that many acts, shared out among gateways over one database, are let in. */
async function letIn(gateways: number, acts: number, limit: number): Promise<number> {
  const limiters = Array.from({ length: gateways }, () => new SharedVisitorLimiter(test.database));
  const name = `trx/address/${randomUUID()}`;
  const decisions = await Promise.all(
    Array.from({ length: acts }, (_, index) => limiters[index % gateways]!.take(name, limit, T0)),
  );
  return decisions.filter(({ isAllowed }) => isAllowed).length;
}

async function rows(): Promise<number> {
  const { rows: found } = await test.database.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM gateway.rate_windows',
  );
  return found[0]!.count;
}

describe('what a visitor may do in a minute', () => {
  it.each([1, 10, 30])('is one limit of %i for two gateways together', async (limit) => {
    expect(await letIn(2, limit * 4, limit)).toBe(limit);
  });

  it('is counted apart for every name, and whole again when its minute is over', async () => {
    const limiter = new SharedVisitorLimiter(test.database);
    const other = new SharedVisitorLimiter(test.database);
    expect((await limiter.take('a', 1, T0)).isAllowed).toBe(true);
    expect(await other.take('a', 1, T0 + 20_000)).toMatchObject({ isAllowed: false, resetSeconds: 40 });
    expect((await other.take('b', 1, T0 + 20_000)).isAllowed).toBe(true);
    expect((await other.take('a', 1, T0 + 60_000)).isAllowed).toBe(true);
  });

  it('leaves no rows behind of names that do not come again', async () => {
    const limiter = new SharedVisitorLimiter(test.database);
    await limiter.take('first', 1, T0);
    for (let index = 0; index < 20; index += 1) await limiter.take(`invented ${index}`, 1, T0);
    expect(await rows()).toBeGreaterThan(20);
    await limiter.take('later', 1, T0 + 240_000);
    expect(await rows()).toBe(1);
  });
});
