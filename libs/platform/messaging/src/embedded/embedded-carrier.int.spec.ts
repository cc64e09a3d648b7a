import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger, silentLogger } from '@paymatch/platform-observability';
import { Database } from '@paymatch/platform-postgres';
import { createTestDatabase, eventually, type TestDatabase } from '@paymatch/platform-testing';
import { CarrierUnavailable, RequestUnavailable } from '../errors.js';
import type { WireMessage } from '../message.js';
import { idOf, messageOf } from '../testing/carrier-harness.js';
import { busMigrations } from './bus.migrations.js';
import { EmbeddedCarrier, type EmbeddedCarrierOptions } from './embedded-carrier.js';
import { removeExpired } from './log-store.js';

let test: TestDatabase;
let carrier: EmbeddedCarrier;
const others: { stop(): Promise<void> }[] = [];
beforeEach(async () => {
  test = await createTestDatabase({ schema: 'bus', migrations: busMigrations });
  carrier = await start();
});
afterEach(async () => {
  await carrier.stop(2_000);
  for (const other of others.splice(0)) await other.stop();
  await test.drop();
});

async function start(change: Partial<EmbeddedCarrierOptions> = {}): Promise<EmbeddedCarrier> {
  const started = new EmbeddedCarrier({ database: test.database, logger: silentLogger, ...change });
  await started.start();
  return started;
}

async function secondInstance(): Promise<EmbeddedCarrier> {
  const database = await Database.connect({ url: test.url, schema: 'bus', poolMax: 4, applicationName: 'second' });
  const second = await start({ database });
  others.push({
    stop: async () => {
      await second.stop(2_000);
      await database.close();
    },
  });
  return second;
}

function consume(
  from: EmbeddedCarrier,
  change: {
    readonly group?: string;
    readonly topic?: string;
    readonly onBatch?: (batch: readonly WireMessage[]) => Promise<void>;
    readonly batchSizeMax?: number;
  } = {},
) {
  const seen: string[] = [];
  const batches: number[] = [];
  const onBatch =
    change.onBatch ??
    (async (batch: readonly WireMessage[]) => {
      seen.push(...batch.map(idOf));
      batches.push(batch.length);
    });
  return from
    .subscribe({
      group: change.group ?? 'svc.group',
      topics: [change.topic ?? 't'],
      from: 'beginning',
      batchSizeMax: change.batchSizeMax ?? 100,
      onBatch,
    })
    .then((subscription) => ({ seen, batches, subscription }));
}

/** A message written by a given transaction: transaction ids of a test cannot be chosen otherwise. */
async function insertAt(xid: string, id: string): Promise<void> {
  await test.database.query('INSERT INTO bus.log (xid, topic, key, headers, value) VALUES ($1, $2, $3, $4, $5)', [
    xid,
    't',
    'a',
    JSON.stringify({ ce_id: id }),
    Buffer.from('{}'),
  ]);
}

describe('the connection of the bus', () => {
  it('is given up when a query on it gets no answer, which no heartbeat behind it could tell', async () => {
    const lines: string[] = [];
    const logger = createLogger({ level: 'warn', service: 'test', write: (line) => lines.push(line) });
    const watched = await start({ logger });
    others.push({ stop: () => watched.stop(2_000) });
    const { seen } = await consume(watched);
    await watched.publish('t', [messageOf('a', 'm1')]);
    await eventually(() => expect(seen).toEqual(['m1']));
    await test.database.transaction(async (tx) => {
      await tx.query('LOCK TABLE bus.reader_checkpoints IN EXCLUSIVE MODE');
      await carrier.publish('t', [messageOf('a', 'm2')]);
      await watched.publish('t', [messageOf('a', 'm3')]);
      // Sooner than the server's own timeout would end the query.
      await eventually(() => expect(lines.join()).toContain('the bus lost its database connection'), {
        timeoutMs: 9_500,
      });
    });
    await eventually(() => expect(seen.at(-1)).toBe('m3'), { timeoutMs: 10_000 });
  }, 40_000);
});

describe('reading the log', () => {
  it("goes on while a stranger's transaction is open, in another database of the same server", async () => {
    const strangers = await createTestDatabase({ schema: 'elsewhere', migrations: [] });
    const { seen } = await consume(carrier);
    try {
      await strangers.database.transaction(async (tx) => {
        await tx.query('SELECT pg_current_xact_id()');
        await carrier.publish('t', [messageOf('a', 'm1')]);
        await eventually(() => expect(seen).toEqual(['m1']));
      });
    } finally {
      await strangers.drop();
    }
  });

  it('takes transactions by number, not by text: 999 before 1000', async () => {
    for (const [xid, id] of [
      ['9', 'm1'],
      ['10', 'm2'],
      ['99', 'm3'],
      ['100', 'm4'],
    ] as const)
      await insertAt(xid, id);
    const { seen } = await consume(carrier);
    await eventually(() => expect(seen).toEqual(['m1', 'm2', 'm3', 'm4']));
  });

  it('waits for a transaction that wrote first and commits last', async () => {
    const slow = await test.database.connection();
    await slow.query('BEGIN');
    await slow.query(`INSERT INTO bus.log (topic, key, headers, value) VALUES ('t', 'a', '{"ce_id":"slow"}', '{}')`);
    const { seen } = await consume(carrier);
    await carrier.publish('t', [messageOf('a', 'quick')]);
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
    expect(seen).toEqual([]);
    await slow.query('COMMIT');
    slow.release();
    await eventually(() => expect(seen).toEqual(['slow', 'quick']));
  });

  it('is done once for all groups that stand at the same place, and not again while nothing is written', async () => {
    const asked: string[] = [];
    const note = (query: unknown): void => {
      asked.push(typeof query === 'string' ? query : (query as { readonly text: string }).text);
    };
    const listening = Object.create(test.database, {
      query: {
        value: (...args: Parameters<Database['query']>) => {
          note(args[0]);
          return test.database.query(...args);
        },
      },
    }) as Database;
    const watched = await start({ database: listening, settings: { pollMaxMs: 60_000 } });
    others.push({ stop: () => watched.stop(2_000) });
    const groups = await Promise.all(['svc.one', 'svc.two', 'svc.three'].map((group) => consume(watched, { group })));
    const reads = (): number => asked.filter((text) => text.includes('is_more_hidden')).length;
    await eventually(() => expect(reads()).toBeGreaterThan(0));
    await watched.publish('t', [messageOf('a', 'm1')]);
    await eventually(() => expect(groups.map(({ seen }) => seen)).toEqual([['m1'], ['m1'], ['m1']]));
    await eventually(() => {
      const before = reads();
      return sleep(150).then(() => expect(reads()).toBe(before));
    });
    const before = reads();
    await watched.publish('t', [messageOf('a', 'm2')]);
    await eventually(() => expect(groups.map(({ seen }) => seen.at(-1))).toEqual(['m2', 'm2', 'm2']));
    // On their own each would read twice: what is there, and that nothing more is. Who comes late reads once more.
    expect(reads() - before).toBeLessThan(6);
  });

  it('is done for all topics together while nothing happens', async () => {
    const reads = { count: 0 };
    const listening = Object.create(test.database, {
      query: {
        value: (...args: Parameters<Database['query']>) => {
          if (JSON.stringify(args[0]).includes('is_more_hidden')) reads.count += 1;
          return test.database.query(...args);
        },
      },
    }) as Database;
    const watched = await start({ database: listening, settings: { pollMaxMs: 200 } });
    others.push({ stop: () => watched.stop(2_000) });
    const topics = ['t', 'u', 'v'];
    const groups = await Promise.all(topics.map((topic) => consume(watched, { topic })));
    for (const topic of topics) await watched.publish(topic, [messageOf('a', `of ${topic}`)]);
    await eventually(() => expect(groups.map(({ seen }) => seen)).toEqual(topics.map((topic) => [`of ${topic}`])));
    // Each by itself would read five times a second.
    await eventually(async () => {
      const before = reads.count;
      await sleep(1_000);
      expect(reads.count).toBe(before);
    });
  });

  it('finds what another process wrote, though nobody here was told of it', async () => {
    const { seen } = await consume(carrier);
    const second = await secondInstance();
    for (let n = 1; n <= 5; n += 1) await second.publish('t', [messageOf('a', `m${n}`)]);
    await eventually(() => expect(seen).toEqual(['m1', 'm2', 'm3', 'm4', 'm5']));
  });

  it('finds what another process wrote for a group at rest, also when another group of the topic found it first', async () => {
    const second = await secondInstance();
    const resting = await consume(carrier);
    await carrier.publish('t', [messageOf('a', 'm1')]);
    await eventually(() => expect(resting.seen).toEqual(['m1']));
    await second.publish('t', [messageOf('a', 'm2')]);
    const fresh = await consume(carrier, { group: 'svc.other' });
    await eventually(() => expect(fresh.seen).toEqual(['m1', 'm2']));
    await eventually(() => expect(resting.seen).toEqual(['m1', 'm2']), { timeoutMs: 10_000 });
  });

  it('takes large messages in small batches', async () => {
    await carrier.publish(
      't',
      Array.from({ length: 8 }, (_, n) => messageOf('a', `m${n}`, 'x'.repeat(3_000_000))),
    );
    const { seen, batches } = await consume(carrier);
    await eventually(() => expect(seen).toHaveLength(8), { timeoutMs: 20_000 });
    expect(Math.max(...batches)).toBe(3);
  });
});

describe('a group', () => {
  it('is consumed by one instance at a time, and another takes over when it stops', async () => {
    const first = await consume(carrier);
    const second = await consume(await secondInstance());
    await carrier.publish('t', [messageOf('a', 'm1')]);
    await eventually(() => expect(first.seen).toEqual(['m1']));
    expect(second.seen).toEqual([]);
    await first.subscription.stop();
    await carrier.publish('t', [messageOf('a', 'm2')]);
    await eventually(() => expect(second.seen).toEqual(['m2']));
  });

  it('is taken over from an instance that lost its database connection with a batch in hand; that instance cannot store its place', async () => {
    let release: () => void = () => undefined;
    const inHand: string[] = [];
    await consume(carrier, {
      onBatch: async (batch) => {
        inHand.push(...batch.map(idOf));
        await new Promise<void>((resolve) => {
          release = resolve;
        });
      },
      batchSizeMax: 1,
    });
    await carrier.publish('t', [messageOf('a', 'm1'), messageOf('a', 'm2')]);
    await eventually(() => expect(inHand).toEqual(['m1']));
    const second = await consume(await secondInstance());
    await test.database.query(
      `SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_stat_activity a USING (pid)
        WHERE l.locktype = 'advisory' AND a.application_name = 'paymatch-test' AND l.granted
        AND a.datname = current_database()`,
    );
    await eventually(() => expect(second.seen).toEqual(['m1', 'm2']));
    release();
    const expectTheSecondsPlace = async (): Promise<void> => {
      const { rows } = await test.database.query<{ atEnd: boolean }>(
        `SELECT (c.xid, c.pos) = (l.xid, l.pos) AS "atEnd" FROM bus.reader_checkpoints c, LATERAL (SELECT xid, pos
          FROM bus.log WHERE topic = 't' ORDER BY xid DESC, pos DESC LIMIT 1) l`,
      );
      expect(rows).toEqual([{ atEnd: true }]);
    };
    await eventually(expectTheSecondsPlace);
    // Longer than the first one would take to store its own.
    await sleep(400);
    await expectTheSecondsPlace();
  });
});

describe('cleaning up', () => {
  it('removes what is too old, but nothing that a group has yet to take', async () => {
    await consume(carrier);
    for (let n = 1; n <= 4; n += 1) await carrier.publish('t', [messageOf('a', `m${n}`)]);
    await eventually(async () => expect(await checkpointsAtEnd()).toBe(1));
    await carrier.publish('other', [messageOf('a', 'o1')]);
    await test.database.query(
      `UPDATE bus.log SET published_at = now() - interval '2 hours' WHERE headers->>'ce_id' IN ('m1', 'm2', 'o1')`,
    );
    expect(await removeExpired(test.database, 't', { retentionMs: 3_600_000, pageSize: 100 })).toBe(2);
    await test.database.query(`UPDATE bus.log SET published_at = now() - interval '2 hours'`);
    await test.database.query(
      `INSERT INTO bus.reader_checkpoints (reader, log, xid, pos) SELECT 'svc.late t', 'bus.log', xid, pos FROM bus.log
        WHERE headers->>'ce_id' = 'm3'`,
    );
    expect(await removeExpired(test.database, 't', { retentionMs: 3_600_000, pageSize: 100 })).toBe(1);
    const { rows } = await test.database.query<{ id: string }>(
      `SELECT headers->>'ce_id' AS id FROM bus.log ORDER BY 1`,
    );
    expect(rows.map((row) => row.id)).toEqual(['m4', 'o1']);
  });

  it('happens by itself for the topics that have a retention', async () => {
    await carrier.publish('t', [messageOf('a', 'm1')]);
    await carrier.publish('kept', [messageOf('a', 'k1')]);
    await test.database.query(`UPDATE bus.log SET published_at = now() - interval '2 hours'`);
    const cleaning = await start({
      topics: [
        { name: 't', retentionMs: 3_600_000 },
        { name: 'kept', retentionMs: null },
      ],
      settings: { cleanupEveryMs: 20 },
    });
    others.push({ stop: () => cleaning.stop(1_000) });
    await eventually(async () =>
      expect((await test.database.query<{ topic: string }>('SELECT topic FROM bus.log')).rows).toEqual([
        { topic: 'kept' },
      ]),
    );
  });

  async function checkpointsAtEnd(): Promise<number> {
    const { rowCount } = await test.database.query(
      `SELECT 1 FROM bus.reader_checkpoints c WHERE (c.xid, c.pos) = (SELECT l.xid, l.pos FROM bus.log l
        WHERE l.topic = 't' ORDER BY l.xid DESC, l.pos DESC LIMIT 1)`,
    );
    return rowCount ?? 0;
  }
});

describe('limits', () => {
  it('turns the request away that is one too many, and takes the next when one is answered', async () => {
    const small = await start({ settings: { requestsInFlightMax: 2 } });
    others.push({ stop: () => small.stop(1_000) });
    let answer: () => void = () => undefined;
    await small.serve(
      'c',
      'svc.commands',
      () =>
        new Promise((resolve) => {
          answer = () => resolve('fine');
        }),
    );
    const first = small.request('c', messageOf('a', 'c1'), { timeoutMs: 5_000 });
    const second = small.request('c', messageOf('a', 'c2'), { timeoutMs: 5_000 });
    await expect(small.request('c', messageOf('b', 'c3'), { timeoutMs: 5_000 })).rejects.toThrow(RequestUnavailable);
    answer();
    expect(await first).toBe('fine');
    await eventually(() => {
      answer();
      return true;
    });
    expect(await second).toBe('fine');
  });

  it('handles no more commands at once than allowed, and all of them in the end', async () => {
    const narrow = await start({ settings: { commandsConcurrencyMax: 3 } });
    others.push({ stop: () => narrow.stop(1_000) });
    let running = 0;
    let runningMax = 0;
    await narrow.serve('c', 'svc.commands', async (command) => {
      running += 1;
      runningMax = Math.max(runningMax, running);
      await new Promise((resolve) => {
        setTimeout(resolve, 1);
      });
      running -= 1;
      return command.id;
    });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => narrow.request('c', messageOf(`k${n % 10}`, `c${n}`), { timeoutMs: 5_000 })),
    );
    expect(answers).toEqual(Array.from({ length: 50 }, (_, n) => `c${n}`));
    expect(runningMax).toBe(3);
  });

  it('does not start a command whose deadline has passed while it waited', async () => {
    const handled: string[] = [];
    let finish: () => void = () => undefined;
    await carrier.serve('c', 'svc.commands', async (command) => {
      handled.push(command.id);
      if (command.id === 'c1')
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
    });
    const requests = Array.from({ length: 3_000 }, (_, n) =>
      carrier.request('c', messageOf('a', `c${n + 1}`), { timeoutMs: 100 }).catch((error: Error) => error.name),
    );
    expect(new Set(await Promise.all(requests))).toEqual(new Set(['RequestUnavailable']));
    finish();
    await carrier.request('c', messageOf('a', 'after'), { timeoutMs: 2_000 });
    expect(handled).toEqual(['c1', 'after']);
  });

  it('turns publishing away when too much waits to be written', async () => {
    const small = await start({ settings: { publishQueueMax: 2 } });
    others.push({ stop: () => small.stop(1_000) });
    const outcomes = await Promise.allSettled([1, 2, 3].map((n) => small.publish('t', [messageOf('a', `m${n}`)])));
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect((outcomes[2] as PromiseRejectedResult).reason).toBeInstanceOf(CarrierUnavailable);
  });
});

describe('stopping', () => {
  it('ends at its deadline although a handler hangs, and refuses what comes afterwards', async () => {
    await consume(carrier, { onBatch: () => new Promise(() => undefined) });
    await carrier.publish('t', [messageOf('a', 'm1')]);
    const startedAtMs = performance.now();
    await carrier.stop(200);
    expect(performance.now() - startedAtMs).toBeLessThan(1_000);
    await expect(carrier.publish('t', [messageOf('a', 'm2')])).rejects.toThrow(CarrierUnavailable);
    await expect(carrier.request('c', messageOf('a', 'c1'), { timeoutMs: 100 })).rejects.toThrow(RequestUnavailable);
  });
});

describe('messages that an open transaction hides', () => {
  it('are a problem while they lie there, with the group and the reason, and none when it ends', async () => {
    const watched = await start({ settings: { standstillMs: 0 } });
    others.push({ stop: () => watched.stop(2_000) });
    const { seen } = await consume(watched);
    const open = await test.database.connection();
    await open.query('BEGIN');
    await open.query(
      `INSERT INTO bus.log (topic, key, headers, value) VALUES ('t', 'a', '{"ce_id":"a-1"}', convert_to('{}', 'UTF8'))`,
    );
    try {
      await watched.publish('t', [messageOf('a', 'a-2')]);
      const standsStill =
        /^consumer svc\.group of t has stood still for \d+ s: a transaction that may write is still open$/;
      await eventually(() => expect(watched.problems()).toEqual([expect.stringMatching(standsStill)]), {
        timeoutMs: 30_000,
      });
      expect(seen).toEqual([]);
    } finally {
      await open.query('COMMIT');
      open.release();
    }
    await eventually(() => expect([seen, watched.problems()]).toEqual([['a-1', 'a-2'], []]), { timeoutMs: 30_000 });
  });
});
