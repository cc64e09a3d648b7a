import { LogRelay, type LogRelayOptions } from '@paymatch/platform-log';
import { silentLogger } from '@paymatch/platform-observability';
import { createTestDatabase, eventually, type TestDatabase } from '@paymatch/platform-testing';
import { EventStore } from './event-store.js';
import { anEvent, CreateLedger1700000000000, holdTransaction, SCHEMA } from './event-store.fixture.js';
import type { StoredEvent } from './stored-event.js';

const store = new EventStore({ schema: SCHEMA });
let test: TestDatabase;
let relays: LogRelay<StoredEvent>[];

beforeEach(async () => {
  test = await createTestDatabase({ schema: SCHEMA, migrations: [CreateLedger1700000000000], poolMax: 12 });
  relays = [];
});
afterEach(async () => {
  await Promise.all(relays.map((relay) => relay.stop()));
  await test.drop();
});

const append = (type: string): Promise<void> =>
  store.append(test.database, { events: [anEvent({ type })], claims: [] });

function startRelay(
  publish: (types: readonly string[]) => Promise<void> | void,
  changes: Partial<LogRelayOptions<StoredEvent>> = {},
): LogRelay<StoredEvent> {
  const relay = new LogRelay<StoredEvent>({
    database: test.database,
    name: 'to-the-other-side',
    reader: store.reader(),
    batchSize: 100,
    logger: silentLogger,
    pollMs: 5,
    publish: async (rows) => publish(rows.map((row) => row.type)),
    ...changes,
  });
  relays.push(relay);
  relay.start();
  return relay;
}

/** Ends the session that holds the relay's lock, as a crash or an administrator would. */
async function endHolder(): Promise<void> {
  const { rows } = await test.database.query(
    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
  );
  expect(rows).toHaveLength(1);
}

describe('a relay', () => {
  it('publishes everything once and in order while nothing fails, in batches of its size', async () => {
    for (let number = 1; number <= 7; number += 1) await append(`E${number}`);
    const batches: (readonly string[])[] = [];
    const relay = startRelay(
      (types) => {
        batches.push(types);
      },
      { batchSize: 3 },
    );
    await eventually(() => expect(batches.flat()).toEqual(['E1', 'E2', 'E3', 'E4', 'E5', 'E6', 'E7']));
    await append('E8');
    relay.nudge();
    await eventually(() => expect(batches.flat().at(-1)).toBe('E8'));
    expect(Math.max(...batches.map((batch) => batch.length))).toBe(3);
    await eventually(async () => expect((await relay.lag()).rows).toBe(0));
  });

  it('goes on where it stopped', async () => {
    await append('A');
    const first: string[] = [];
    const before = startRelay((types) => {
      first.push(...types);
    });
    await eventually(() => expect(first).toEqual(['A']));
    await before.stop();
    await append('B');
    expect((await before.lag()).rows).toBe(1);
    const second: string[] = [];
    startRelay((types) => {
      second.push(...types);
    });
    await eventually(() => expect(second).toEqual(['B']));
  });

  it('is told of a commit and does not wait for its poll', async () => {
    const published: string[] = [];
    const relay = startRelay(
      (types) => {
        published.push(...types);
      },
      { pollMs: 60_000 },
    );
    await eventually(() => expect(relay.isActive).toBe(true));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await append('A');
    relay.nudge();
    await eventually(() => expect(published).toEqual(['A']), { timeoutMs: 2_000 });
  });

  it('finds rows that nobody told it of', async () => {
    const published: string[] = [];
    const relay = startRelay((types) => {
      published.push(...types);
    });
    await eventually(() => expect(relay.isActive).toBe(true));
    await append('A');
    await eventually(() => expect(published).toEqual(['A']));
  });

  it('repeats a batch that could not be published, and lets nothing overtake it', async () => {
    await append('A');
    const attempts: (readonly string[])[] = [];
    startRelay(
      (types) => {
        attempts.push(types);
        if (attempts.length < 3) throw new Error('the broker is away');
      },
      { batchSize: 1 },
    );
    await append('B');
    await eventually(() => expect(attempts).toEqual([['A'], ['A'], ['A'], ['B']]));
  });

  it('publishes again what it could not note as published', async () => {
    await append('A');
    const published: string[] = [];
    startRelay(async (types) => {
      published.push(...types);
      if (published.length === 1) await endHolder();
    });
    await eventually(() => expect(published).toEqual(['A', 'A']));
    await append('B');
    await eventually(() => expect(published).toEqual(['A', 'A', 'B']));
  });

  it('comes back when its session is ended while it has nothing to do', async () => {
    const published: string[] = [];
    const relay = startRelay((types) => {
      published.push(...types);
    });
    await eventually(() => expect(relay.isActive).toBe(true));
    await endHolder();
    await append('A');
    await eventually(() => expect(published).toEqual(['A']));
  });

  it('holds no transaction open while it publishes, so that readers go on', async () => {
    await append('A');
    let release: () => void = () => undefined;
    let isPublishing = false;
    startRelay(() => {
      isPublishing = true;
      return new Promise((resolve) => {
        release = resolve;
      });
    });
    await eventually(() => isPublishing);
    const { rows } = await test.database.query(
      'SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND (xact_start IS NOT NULL OR backend_xid IS NOT NULL)',
    );
    expect(rows).toEqual([]);
    release();
  });

  it('stops within a failing publication', async () => {
    await append('A');
    let attempts = 0;
    const relay = startRelay(() => {
      attempts += 1;
      throw new Error('the broker is away');
    });
    await eventually(() => attempts >= 2);
    await relay.stop();
    expect((await relay.lag()).rows).toBe(1);
  });

  it('never moves its checkpoint back when a cut off one comes late', async () => {
    await append('A');
    await append('B');
    let finishOld: () => void = () => undefined;
    let isOldPublishing = false;
    startRelay(
      async () => {
        isOldPublishing = true;
        await new Promise<void>((resolve) => {
          finishOld = resolve;
        });
      },
      { batchSize: 1 },
    );
    await eventually(() => isOldPublishing);
    await endHolder();
    const published: string[] = [];
    const successor = startRelay((types) => {
      published.push(...types);
    });
    await eventually(async () => expect([published, (await successor.lag()).rows]).toEqual([['A', 'B'], 0]));
    finishOld();
    await successor.stop();
    expect((await successor.lag()).rows).toBe(0);
  });
});

describe('two relays of one name', () => {
  it('take turns: one works, the other takes over when it stops', async () => {
    const [one, two]: [string[], string[]] = [[], []];
    const first = startRelay((types) => {
      one.push(...types);
    });
    await eventually(() => first.isActive);
    const second = startRelay((types) => {
      two.push(...types);
    });
    for (let number = 1; number <= 5; number += 1) await append(`E${number}`);
    await eventually(() => expect(one).toEqual(['E1', 'E2', 'E3', 'E4', 'E5']));
    expect([first.isActive, second.isActive, two]).toEqual([true, false, []]);
    await first.stop();
    await append('E6');
    await eventually(() => expect(two).toEqual(['E6']));
    expect([first.isActive, second.isActive]).toEqual([false, true]);
  });

  it('tell each other: what one commits the working one publishes at once, however seldom it looks', async () => {
    const published: string[] = [];
    const working = startRelay(
      (types) => {
        published.push(...types);
      },
      { pollMs: 60_000 },
    );
    await eventually(() => working.isActive);
    const other = startRelay(() => expect(false).toBe(true), { pollMs: 60_000 });
    await append('A');
    other.nudge();
    await eventually(() => expect(published).toEqual(['A']), { timeoutMs: 3_000 });
    for (let number = 1; number <= 20; number += 1) {
      await append(`E${number}`);
      other.nudge();
    }
    await eventually(() => expect(published).toHaveLength(21), { timeoutMs: 3_000 });
    await eventually(async () => expect((await working.lag()).rows).toBe(0));
  });

  it('go on with the one that can when the other cannot publish what it reads', async () => {
    let attempts = 0;
    startRelay(() => {
      attempts += 1;
      throw new Error('an event of a newer program');
    });
    await append('A');
    await eventually(() => attempts > 0);
    const published: string[] = [];
    startRelay((types) => {
      published.push(...types);
    });
    await eventually(() => expect(published).toEqual(['A']), { timeoutMs: 40_000 });
  });

  it('do not disturb a relay of another name', async () => {
    const [one, two]: [string[], string[]] = [[], []];
    startRelay((types) => {
      one.push(...types);
    });
    startRelay(
      (types) => {
        two.push(...types);
      },
      { name: 'somewhere-else' },
    );
    await append('A');
    await eventually(() => expect([one, two]).toEqual([['A'], ['A']]));
  });
});

describe('a relay behind an open transaction', () => {
  it('publishes nothing of later transactions before it ends, and then all in order', async () => {
    const slow = await holdTransaction(test.database);
    await store.append(slow.tx, { events: [anEvent({ type: 'Slow' })], claims: [] });
    await append('Fast');
    const published: string[] = [];
    const relay = startRelay((types) => {
      published.push(...types);
    });
    await eventually(async () => expect([relay.isActive, (await relay.lag()).rows]).toEqual([true, 1]));
    relay.nudge();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(published).toEqual([]);
    await slow.commit();
    await eventually(() => expect(published).toEqual(['Slow', 'Fast']));
  });
});

describe('a relay that stands still', () => {
  it('says so while an open transaction hides what it would carry, and how far it is behind', async () => {
    const slow = await holdTransaction(test.database);
    await store.append(slow.tx, { events: [anEvent({ type: 'Slow' })], claims: [] });
    await append('Fast');
    const relay = startRelay(() => undefined, { standstillMs: 0 });
    await eventually(() =>
      expect(relay.problems()).toEqual([
        expect.stringMatching(/^the relay \S+ has stood still for \d+ s: a transaction/),
      ]),
    );
    const { rows, seconds } = await relay.lag();
    expect([rows, seconds > 0]).toEqual([1, true]);
    await slow.commit();
    await eventually(async () => expect([relay.problems(), await relay.lag()]).toEqual([[], { rows: 0, seconds: 0 }]));
  });

  it('says so while nobody takes what it publishes, and why', async () => {
    let isTaken = false;
    const relay = startRelay(
      () => {
        if (!isTaken) throw new Error('the broker is away');
      },
      { standstillMs: 0 },
    );
    await append('A');
    await eventually(() => expect(relay.problems().join()).toContain('it cannot publish: the broker is away'));
    isTaken = true;
    await eventually(() => expect(relay.problems()).toEqual([]));
  });

  it('is nobody who waits for his turn, and nobody who has nothing to do', async () => {
    const working = startRelay(() => undefined, { standstillMs: 0 });
    await eventually(() => expect(working.isActive).toBe(true));
    const waiting = startRelay(() => undefined, { standstillMs: 0 });
    await append('A');
    await eventually(async () => expect((await working.lag()).rows).toBe(0));
    await eventually(() => expect([working.problems(), waiting.problems()]).toEqual([[], []]));
  });
});
