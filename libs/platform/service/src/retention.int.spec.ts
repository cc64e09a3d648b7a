import { silentLogger } from '@paymatch/platform-observability';
import { Database, Retention, TableWalk } from '@paymatch/platform-postgres';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';

const DAY_MS = 86_400_000;
const NOW_MS = Date.parse('2026-11-01T00:00:00Z');
const clock = { nowMs: () => NOW_MS };

let test: TestDatabase;
beforeEach(async () => {
  test = await createTestDatabase({ schema: 'svc' });
  await test.database.query(
    'CREATE TABLE svc.rows (id bigint PRIMARY KEY, at timestamptz NOT NULL, body text NOT NULL, touched int NOT NULL DEFAULT 0)',
  );
});
afterEach(() => test.drop());

/** A year of rows in the order they came, the last one just now. */
async function fill(count: number): Promise<void> {
  await test.database.query(
    `INSERT INTO svc.rows (id, at, body)
      SELECT n, $1::timestamptz - ($2 - n) * (interval '365 days' / $2), repeat('x', 60)
       FROM generate_series(1, $2::int) AS n`,
    [new Date(NOW_MS), count],
  );
}

const count = async (where: string): Promise<number> =>
  (await test.database.query<{ n: number }>(`SELECT count(*) AS n FROM svc.rows WHERE ${where}`)).rows[0]!.n;

const kept = { table: 'svc.rows', isOld: 'at < $1', keptMs: 90 * DAY_MS };
const before = `at < '2026-08-03T00:00:00Z'`;

describe('a year of rows of which ninety days are kept', () => {
  it('is pruned while others write, none of whom waits for it', async () => {
    await fill(300_000);
    expect(await count(before)).toBeGreaterThan(200_000);
    const writer = await Database.connect({ url: test.url, schema: 'svc', poolMax: 1, applicationName: 'writer' });
    let isPruning = true;
    let written = 0;
    const writing = (async () => {
      await writer.query("SET lock_timeout = '100ms'");
      for (; isPruning; written += 1) {
        await writer.query(`INSERT INTO svc.rows (id, at, body) VALUES ($1, $2, 'new')`, [
          1_000_000 + written,
          new Date(NOW_MS),
        ]);
        await writer.query(`UPDATE svc.rows SET touched = touched + 1 WHERE id = $1`, [299_000 + (written % 1_000)]);
      }
    })();
    try {
      await new Retention({ sql: test.database, tables: [kept], clock, logger: silentLogger }).run();
    } finally {
      isPruning = false;
      await writing.finally(() => writer.close());
    }
    expect(written).toBeGreaterThan(0);
    expect([await count(before), await count("body = 'new'")]).toEqual([0, written]);
    expect(await count(`NOT (${before}) AND body <> 'new'`)).toBeGreaterThan(73_000);
  }, 120_000);

  it('goes in steps of which each removes a part, and begins anew with the next walk', async () => {
    await fill(50_000);
    const walk = new TableWalk(test.database, kept);
    const steps: number[] = [];
    for (let removed = await walk.step(NOW_MS); removed !== null; removed = await walk.step(NOW_MS))
      steps.push(removed);
    expect(steps.filter((removed) => removed > 0).length).toBeGreaterThan(3);
    expect(await count(before)).toBe(0);
    const left = await count('true');
    const again = new TableWalk(test.database, { ...kept, keptMs: 30 * DAY_MS });
    while ((await again.step(NOW_MS)) !== null);
    expect(await count('true')).toBeLessThan(left);
  }, 60_000);

  it('loses no row that somebody holds, and waits for nobody', async () => {
    await fill(1_000);
    await test.database.transaction(async (tx) => {
      await tx.query('UPDATE svc.rows SET touched = 1 WHERE id = 5');
      const walk = new TableWalk(test.database, kept);
      while ((await walk.step(NOW_MS)) !== null);
      expect(await count('id <= 10')).toBe(1);
    });
    const walk = new TableWalk(test.database, kept);
    while ((await walk.step(NOW_MS)) !== null);
    expect(await count('id <= 10')).toBe(0);
  });

  it('is emptied instead, where the row itself must stay', async () => {
    await fill(1_000);
    const emptied = { ...kept, isOld: "at < $1 AND body <> ''", set: "body = ''" };
    for (let walks = 0; walks < 2; walks += 1) {
      const walk = new TableWalk(test.database, emptied);
      while ((await walk.step(NOW_MS)) !== null);
    }
    expect([await count('true'), await count("body = ''")]).toEqual([1_000, await count(before)]);
  });
});
