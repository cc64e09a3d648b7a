import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from './test-database.js';
import { watchTransactions } from './watch-transactions.js';

let test: TestDatabase;
beforeEach(async () => {
  test = await createTestDatabase({ schema: 'library' });
  await test.database.query('CREATE TABLE library.shelf (id int PRIMARY KEY)');
});
afterEach(() => test.drop());

describe('a watch over transactions', () => {
  it('names the one that wrote and stayed open', async () => {
    const watch = await watchTransactions(test.url, { openMsMax: 50 });
    await test.database.transaction(async (tx) => {
      await tx.query('INSERT INTO library.shelf VALUES (1)');
      await sleep(3_000);
    });
    expect(await watch.stop()).toEqual([
      {
        pid: expect.any(Number),
        openMs: expect.any(Number),
        state: 'idle in transaction',
        query: 'INSERT INTO library.shelf VALUES (1)',
      },
    ]);
  });

  it('says nothing of short ones, however many, nor of one that only reads', async () => {
    const watch = await watchTransactions(test.url);
    const reading = test.database.transaction(async (tx) => {
      await tx.query('SELECT pg_sleep(0.6)');
    });
    for (let id = 1; id <= 200; id += 1) await test.database.query('INSERT INTO library.shelf VALUES ($1)', [id]);
    await reading;
    expect(await watch.stop()).toEqual([]);
  });
});
