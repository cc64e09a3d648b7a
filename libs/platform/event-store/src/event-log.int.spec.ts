import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LOG_START, openWriteTransactions, type LogPosition } from '@paymatch/platform-log';
import { Database, type SqlRunner } from '@paymatch/platform-postgres';
import { createTestDatabase, eventually, type TestDatabase } from '@paymatch/platform-testing';
import { EventStore } from './event-store.js';
import {
  anEvent,
  CreateLedger1700000000000,
  holdTransaction,
  SCHEMA,
  untilSomebodyWaits,
} from './event-store.fixture.js';
import type { StoredEvent } from './stored-event.js';

const store = new EventStore({ schema: SCHEMA });
const reader = store.reader();
let test: TestDatabase;

beforeEach(async () => {
  test = await createTestDatabase({ schema: SCHEMA, migrations: [CreateLedger1700000000000], poolMax: 30 });
});
afterEach(() => test.drop());

const append = (sql: SqlRunner, type: string, streamId: string = randomUUID(), streamVersion = 1): Promise<void> =>
  store.append(sql, { events: [anEvent({ type, streamId, streamVersion })], claims: [] });
const typesOf = (events: readonly StoredEvent[]): readonly string[] => events.map((event) => event.type);
/** Tried again for a while, so that a failure shows what was readable in the end. */
const readAll = async (from: LogPosition, expected: readonly string[]): Promise<readonly StoredEvent[]> =>
  eventually(async () => {
    const events = await reader.read(test.database, from, 100);
    expect(typesOf(events)).toEqual(expected);
    return events;
  });

describe('a log reader', () => {
  it('pages through the log in order and ends at its end', async () => {
    for (const type of ['A', 'B', 'C']) await append(test.database, type);
    await readAll(LOG_START, ['A', 'B', 'C']);
    const first = await reader.read(test.database, LOG_START, 2);
    const second = await reader.read(test.database, first[1]!.position, 2);
    expect([typesOf(first), typesOf(second)]).toEqual([['A', 'B'], ['C']]);
    expect(await reader.read(test.database, second[0]!.position, 2)).toEqual([]);
  });

  it('waits for a slow transaction that began first, and then has its events in their place', async () => {
    const slow = await holdTransaction(test.database);
    await append(slow.tx, 'Slow');
    await append(test.database, 'Fast');
    expect(await reader.read(test.database, LOG_START, 100)).toEqual([]);
    await slow.commit();
    await readAll(LOG_START, ['Slow', 'Fast']);
  });

  it('goes on after a rolled back transaction left a hole in the numbers', async () => {
    await append(test.database, 'Before');
    const doomed = await holdTransaction(test.database);
    await append(doomed.tx, 'Doomed');
    await append(test.database, 'After');
    await doomed.rollback();
    const events = await readAll(LOG_START, ['Before', 'After']);
    expect(events[1]!.position.pos - events[0]!.position.pos).toBe(2);
  });

  it('keeps a place by both numbers when a later transaction has the smaller one', async () => {
    // The slow one gets its xid first and its number last.
    const slow = await holdTransaction(test.database);
    await slow.tx.query('SELECT pg_current_xact_id()');
    await append(test.database, 'Fast');
    await slow.tx
      .query(`INSERT INTO ${SCHEMA}.events (message_id, merchant_id, livemode, stream_id, stream_version, type,
        version, data, occurred_at, command_id, command_index, correlation_id)
      VALUES (gen_random_uuid(), 'm1', true, gen_random_uuid(), 1, 'Slow', 1, '{}', now(), gen_random_uuid()::text, 0,
        'c1')`);
    await slow.commit();
    const events = await readAll(LOG_START, ['Slow', 'Fast']);
    expect(events[0]!.position.pos).toBeGreaterThan(events[1]!.position.pos);
    expect(typesOf(await reader.read(test.database, events[0]!.position, 10))).toEqual(['Fast']);
  });

  it("has a stream's events in the stream's order, since the append is a transaction's first write", async () => {
    const streamId = randomUUID();
    const first = await holdTransaction(test.database);
    await append(first.tx, 'One', streamId, 1);
    // It waits for version 1 to be decided, fails, loads again, and only then asks for an xid of its own.
    const second = append(test.database, 'Two', streamId, 1).catch(() => append(test.database, 'Two', streamId, 2));
    await untilSomebodyWaits(test.database);
    await first.commit();
    await second;
    await readAll(LOG_START, ['One', 'Two']);
  });

  it('would lose events if it kept its place by the number alone', async () => {
    // The control for the test above: the same situation, read the way it must not be read.
    const byNumberAlone = async (after: number): Promise<readonly { pos: number; type: string }[]> =>
      (
        await test.database.query<{ pos: number; type: string }>(
          `SELECT pos, type FROM ${SCHEMA}.events WHERE pos > $1 ORDER BY pos`,
          [after],
        )
      ).rows;
    const slow = await holdTransaction(test.database);
    await append(slow.tx, 'Slow');
    await append(test.database, 'Fast');
    const seen = await byNumberAlone(0);
    await slow.commit();
    expect([...seen, ...(await byNumberAlone(seen.at(-1)!.pos))].map((row) => row.type)).toEqual(['Fast']);
    await readAll(LOG_START, ['Slow', 'Fast']);
  });

  it('counts what lies behind, readable or not', async () => {
    await append(test.database, 'A');
    const held = await holdTransaction(test.database);
    await append(held.tx, 'Held');
    await append(test.database, 'B');
    expect([
      await reader.countAfter(test.database, LOG_START, 10),
      await reader.countAfter(test.database, LOG_START, 1),
    ]).toEqual([2, 1]);
    await held.commit();
    expect(await reader.countAfter(test.database, LOG_START, 10)).toBe(3);
  });
});

describe('sixteen writers and two readers at the same time', () => {
  const WRITERS = 16;
  const EVENTS_EACH = 40;

  /**
   * Appends to a stream of its own and to one that all share, pausing inside and outside of transactions, and rolling
   * back now and then.
   */
  async function write(writer: number, shared: string, random: () => number): Promise<string[]> {
    const own = randomUUID();
    const stored: string[] = [];
    for (let version = 1; version <= EVENTS_EACH; version += 1) {
      const type = `${writer}:${version}`;
      if (random() < 0.2) {
        const doomed = await holdTransaction(test.database);
        await append(doomed.tx, 'Never');
        await doomed.rollback();
      }
      const transaction = await holdTransaction(test.database);
      await append(transaction.tx, type, own, version);
      if (random() < 0.5) await sleep(random() * 6);
      await transaction.commit();
      stored.push(type);
      if (random() < 0.3 && (await appendShared(shared, type))) stored.push(`shared ${type}`);
    }
    return stored;
  }

  async function appendShared(streamId: string, type: string): Promise<boolean> {
    const version = ((await store.load(test.database, [streamId])).get(streamId)?.length ?? 0) + 1;
    return append(test.database, `shared ${type}`, streamId, version).then(
      () => true,
      () => false,
    );
  }

  async function readUntil(isOver: () => boolean, limit: number): Promise<StoredEvent[]> {
    const seen: StoredEvent[] = [];
    for (;;) {
      const wasOver = isOver();
      const events = await reader.read(test.database, seen.at(-1)?.position ?? LOG_START, limit);
      seen.push(...events);
      if (
        events.length === 0 &&
        wasOver &&
        (await reader.countAfter(test.database, seen.at(-1)?.position ?? LOG_START, 1)) === 0
      )
        return seen;
      if (events.length === 0) await sleep(1);
    }
  }

  /** Repeatable, so that a failing run can be looked at (mulberry32). */
  function seeded(seed: number): () => number {
    let state = seed;
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let value = Math.imul(state ^ (state >>> 15), 1 | state);
      value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
      return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
    };
  }

  it('lose nothing, see nothing twice, and keep every stream in order', async () => {
    const shared = randomUUID();
    let isOver = false;
    const readers = [readUntil(() => isOver, 7), readUntil(() => isOver, 500)];
    const stored = (
      await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer, shared, seeded(writer + 1))))
    ).flat();
    isOver = true;
    for (const seen of await Promise.all(readers)) {
      expect([...typesOf(seen)].sort()).toEqual([...stored].sort());
      const versions = new Map<string, number>();
      for (const event of seen) {
        expect(event.streamVersion).toBe((versions.get(event.streamId) ?? 0) + 1);
        versions.set(event.streamId, event.streamVersion);
      }
    }
    expect(stored.length).toBeGreaterThanOrEqual(WRITERS * EVENTS_EACH);
  });
});

describe('a log reader beside strangers', () => {
  const role = (name: string): string => `horizon_${name}_${process.pid}`;
  const connectAs = async (url: string, name: string): Promise<Database> =>
    Database.connect({
      url: Object.assign(new URL(url), { username: role(name), password: 'x' }).toString(),
      schema: SCHEMA,
      poolMax: 4,
      applicationName: 'test',
    });
  beforeAll(async () => {
    const admin = await createTestDatabase({ schema: 'x' });
    for (const name of ['service', 'stranger', 'member'])
      await admin.database.query(`CREATE ROLE ${role(name)} LOGIN PASSWORD 'x' NOINHERIT`);
    await admin.database.query(`GRANT ${role('service')} TO ${role('member')}`);
    await admin.drop();
  });
  afterAll(async () => {
    const admin = await createTestDatabase({ schema: 'x' });
    for (const name of ['member', 'stranger', 'service']) await admin.database.query(`DROP ROLE ${role(name)}`);
    await admin.drop();
  });
  beforeEach(async () => {
    await test.database.query(`
      GRANT USAGE ON SCHEMA ${SCHEMA} TO ${role('service')};
      GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA ${SCHEMA} TO ${role('service')};
      GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${SCHEMA} TO ${role('service')};
      GRANT SELECT ON ALL TABLES IN SCHEMA ${SCHEMA} TO ${role('stranger')}`);
  });

  it('does not wait for a write transaction of another database', async () => {
    const other = await createTestDatabase({ schema: 'other' });
    const foreign = await holdTransaction(other.database);
    await foreign.tx.query('SELECT pg_current_xact_id()');
    await append(test.database, 'A');
    expect(typesOf(await reader.read(test.database, LOG_START, 10))).toEqual(['A']);
    await foreign.commit();
    await other.drop();
  });

  it('does not wait for a role that may not write the log, and does for one that may become one', async () => {
    const [stranger, member] = [await connectAs(test.url, 'stranger'), await connectAs(test.url, 'member')];
    const foreign = await holdTransaction(stranger);
    await foreign.tx.query('SELECT pg_current_xact_id()');
    await append(test.database, 'A');
    expect(typesOf(await reader.read(test.database, LOG_START, 10))).toEqual(['A']);
    const ours = await holdTransaction(member);
    await ours.tx.query(`SET ROLE ${role('service')}`);
    await append(ours.tx, 'Slow');
    await append(test.database, 'B');
    expect(typesOf(await reader.read(test.database, LOG_START, 10))).toEqual(['A']);
    await ours.commit();
    await readAll(LOG_START, ['A', 'Slow', 'B']);
    await foreign.commit();
    await Promise.all([stranger.close(), member.close()]);
  });

  it('waits for every transaction of the server while it may not see what a possible writer does', async () => {
    const service = await connectAs(test.url, 'service');
    // The reader is the service, and the writer a superuser, whose sessions it may not look into.
    const hidden = await holdTransaction(test.database);
    await append(hidden.tx, 'Slow');
    await append(service, 'Fast');
    expect(typesOf(await reader.read(service, LOG_START, 10))).toEqual([]);
    await hidden.commit();
    await eventually(async () => expect(typesOf(await reader.read(service, LOG_START, 10))).toEqual(['Slow', 'Fast']));
    await service.close();
  });
});

describe('open write transactions', () => {
  it('are named with their database, and a mere reader is not', async () => {
    const [writer, onlyReads] = [await holdTransaction(test.database), await holdTransaction(test.database)];
    await writer.tx.query('SELECT pg_current_xact_id()');
    await onlyReads.tx.query('SELECT 1');
    const mine = async (ageMs: number) =>
      (await openWriteTransactions(test.database, ageMs)).filter(
        ({ database }) => new URL(test.url).pathname === `/${database}`,
      );
    expect(await mine(0)).toMatchObject([{ application: 'paymatch-test', query: 'SELECT pg_current_xact_id()' }]);
    expect(await mine(60_000)).toEqual([]);
    await writer.commit();
    expect(await mine(0)).toEqual([]);
    await onlyReads.commit();
  });
});
