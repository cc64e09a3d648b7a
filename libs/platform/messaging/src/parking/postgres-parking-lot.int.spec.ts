import { createTestDatabase, eventually, type TestDatabase } from '@paymatch/platform-testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { encodeMessage, type OutgoingMessage } from '../message.codec.js';
import type { WireMessage } from '../message.js';
import { parkedMessagesMigrationSql, parkedReplayMigrationSql } from './parked-messages.migration.js';
import { ParkingDesk } from './parking-desk.js';
import { PostgresParkingLot } from './postgres-parking-lot.js';

class Parked1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(parkedMessagesMigrationSql('svc'));
    await runner.query(parkedReplayMigrationSql('svc'));
  }
  async down(): Promise<void> {
    throw new Error('forward only');
  }
}

const group = 'svc.group';
const failure = { error: 'TypeError: bug', attempts: 5 };
const order = { group, topic: 'topic', key: 'a' };
const wireOf = (id: string, key = id[0] as string): WireMessage => ({
  ...encodeMessage('topic', {
    id,
    type: 'T',
    source: 's',
    key,
    time: '2026-11-03T10:00:00Z',
    dataVersion: 1,
    correlationId: 'c',
    causationId: null,
    data: { id },
  }),
  position: `1:${id}`,
});
const idsOf = (messages: readonly { readonly headers: Readonly<Record<string, string>> }[]): (string | undefined)[] =>
  messages.map((message) => message.headers['ce_id']);

let test: TestDatabase;
let lot: PostgresParkingLot;
beforeEach(async () => {
  test = await createTestDatabase({ schema: 'svc', migrations: [Parked1700000000000] });
  lot = new PostgresParkingLot(test.database);
});
afterEach(() => test.drop());

describe('a parked message', () => {
  it('is listed as it came, with its error', async () => {
    await lot.park(group, wireOf('a1'), failure);
    expect(await lot.list({})).toEqual([
      expect.objectContaining({
        ...order,
        ...failure,
        headers: wireOf('a1').headers,
        value: wireOf('a1').value,
        position: '1:a1',
        status: 'parked',
      }),
    ]);
  });

  it('is parked once when it is delivered again', async () => {
    await lot.park(group, wireOf('a1'), failure);
    await lot.park(group, wireOf('a1'), failure);
    expect(await lot.parkBehind(group, wireOf('a1'))).toBe(true);
    expect(await lot.list({})).toHaveLength(1);
  });

  it('may be any bytes under any headers', async () => {
    const odd: WireMessage = {
      topic: 'topic',
      key: 'k\u0000',
      headers: { ce_id: '\u0000', x: '\ud83d' },
      value: Buffer.from([0, 255, 0]),
      position: '0:7',
    };
    await lot.park(group, odd, { error: 'NUL \u0000 in it', attempts: 1 });
    const [parked] = await lot.list({});
    expect(parked).toMatchObject({ headers: odd.headers, value: odd.value });
    expect(await lot.replay({ group, topic: 'topic', key: 'k\u0000' }, async () => undefined)).toEqual({
      replayedCount: 1,
      error: null,
    });
  });

  it('holds up its own key in its own group and topic only', async () => {
    await lot.park(group, wireOf('a1'), failure);
    expect(await lot.blockedKeys({ group, topic: 'topic' }, 10)).toEqual(['a']);
    expect(await lot.blockedAmong({ group, topic: 'topic' }, ['a', 'b'])).toEqual(['a']);
    expect(await lot.parkBehind(group, wireOf('b1'))).toBe(false);
    expect(await lot.parkBehind('svc.other', wireOf('a2'))).toBe(false);
    expect(await lot.parkBehind(group, { ...wireOf('a2'), topic: 'other' })).toBe(false);
    expect(await lot.parkBehind(group, wireOf('a2'))).toBe(true);
    expect(await lot.orders({})).toEqual([{ ...order, count: 2 }]);
  });

  it('lets its key go when it is discarded', async () => {
    await lot.park(group, wireOf('a1'), failure);
    const [parked] = await lot.list({});
    expect(await lot.discard(parked!.id)).toBe(true);
    expect(await lot.discard(parked!.id)).toBe(false);
    expect(await lot.blockedKeys(order, 10)).toEqual([]);
    expect(idsOf(await lot.list({ status: 'discarded' }))).toEqual(['a1']);
  });
});

describe('a replay', () => {
  it('hands over the messages of one key in order and frees the key', async () => {
    for (const id of ['a1', 'b1']) await lot.park(group, wireOf(id), failure);
    for (const id of ['a2', 'a3']) await lot.parkBehind(group, wireOf(id));
    const seen: OutgoingMessage[] = [];
    expect(
      await lot.replay(order, async (message) => {
        seen.push(message);
      }),
    ).toEqual({ replayedCount: 3, error: null });
    expect(idsOf(seen)).toEqual(['a1', 'a2', 'a3']);
    expect(seen[0]).toEqual({ topic: 'topic', key: 'a', headers: wireOf('a1').headers, value: wireOf('a1').value });
    expect(await lot.blockedKeys(order, 10)).toEqual(['b']);
    expect(idsOf(await lot.list({ status: 'replayed' }))).toEqual(['a1', 'a2', 'a3']);
  });

  it('stops at the first failure and keeps what is left parked', async () => {
    await lot.park(group, wireOf('a1'), failure);
    await lot.parkBehind(group, wireOf('a2'));
    await lot.parkBehind(group, wireOf('a3'));
    const report = await lot.replay(order, async (message) => {
      if (message.headers['ce_id'] === 'a2') throw new TypeError('still broken');
    });
    expect(report).toEqual({ replayedCount: 1, error: expect.stringContaining('still broken') });
    expect(await lot.list({})).toEqual([
      expect.objectContaining({ attempts: 1, error: 'TypeError: still broken' }),
      expect.objectContaining({ attempts: 0 }),
    ]);
  });

  it('takes along a message that arrives while it runs, and none is left behind', async () => {
    await lot.park(group, wireOf('a1'), failure);
    const seen: (string | undefined)[] = [];
    const report = await lot.replay(order, async (message) => {
      seen.push(message.headers['ce_id']);
      if (seen.length === 1) expect(await lot.parkBehind(group, wireOf('a2'))).toBe(true);
    });
    expect(report).toEqual({ replayedCount: 2, error: null });
    expect(seen).toEqual(['a1', 'a2']);
    expect(await lot.parkBehind(group, wireOf('a3'))).toBe(false);
  });

  it('makes a message that arrives at its very end wait for the outcome, not behind nothing', async () => {
    await lot.park(group, wireOf('a1'), failure);
    const holder = await test.database.connection();
    await holder.query('BEGIN');
    await holder.query(`UPDATE svc.parked_messages SET status = 'replayed' WHERE key = 'a'`);
    await holder.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      '"svc".parked_messages/svc.group/topic/a',
    ]);
    const late = lot.parkBehind(group, wireOf('a2'));
    await eventually(
      async () =>
        (await test.database.query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`)).rowCount ===
        1,
    );
    await holder.query('COMMIT');
    holder.release();
    expect(await late).toBe(false);
  });

  it('of one key runs once at a time', async () => {
    await lot.park(group, wireOf('a1'), failure);
    let second: unknown;
    await lot.replay(order, async () => {
      second = await lot.replay(order, async () => undefined);
    });
    expect(second).toEqual({ replayedCount: 0, error: 'another replay of this key is running' });
  });
});

describe('a replay that is asked for', () => {
  it('is known to whoever handles the group, for one message, a key, or everything', async () => {
    await lot.park(group, wireOf('a1'), failure);
    await lot.parkBehind(group, wireOf('a2'));
    await lot.park(group, wireOf('b1'), failure);
    expect(await lot.requestedOrders({ group, topic: 'topic' }, 10)).toEqual([]);
    expect(await lot.requestedReplays()).toEqual([]);
    expect(await lot.requestReplay({ key: 'b' })).toBe(1);
    expect(await lot.requestedReplays()).toEqual([{ group, topic: 'topic' }]);
    expect(await lot.requestedOrders({ group, topic: 'topic' }, 10)).toEqual([{ group, topic: 'topic', key: 'b' }]);
    expect(await lot.requestedOrders({ group: 'svc.other', topic: 'topic' }, 10)).toEqual([]);
    expect(await lot.requestReplay({})).toBe(3);
    expect((await lot.requestedOrders({ group, topic: 'topic' }, 10)).map(({ key }) => key)).toEqual(['a', 'b']);
  });

  it('is joined by what is parked behind it, so that a replay cut off after the others finds it', async () => {
    await lot.park(group, wireOf('a1'), failure);
    await lot.requestReplay({ key: 'a' });
    await lot.parkBehind(group, wireOf('a2'));
    await test.database.query("UPDATE svc.parked_messages SET status = 'replayed' WHERE message_id = 'a1'");
    expect(await lot.requestedOrders({ group, topic: 'topic' }, 10)).toEqual([order]);
  });

  it('is spent when a message fails again, and kept while something is away', async () => {
    await lot.park(group, wireOf('a1'), failure);
    await lot.parkBehind(group, wireOf('a2'));
    await lot.requestReplay({ key: 'a' });
    const away = async (): Promise<void> => {
      throw new Error('away');
    };
    expect(await lot.replay(order, away, { isAway: () => true })).toMatchObject({ replayedCount: 0 });
    expect(await lot.requestedOrders(order, 10)).toEqual([order]);
    expect(await lot.replay(order, away)).toMatchObject({ replayedCount: 0 });
    expect(await lot.requestedOrders(order, 10)).toEqual([]);
    expect((await lot.list({})).map(({ attempts }) => attempts)).toEqual([6, 0]);
  });

  it('goes past a message that fails where each stands for itself, and takes only what is asked for', async () => {
    for (const id of ['a1', 'a2', 'a3']) await lot.park(group, wireOf(id), failure);
    const [first, second] = await lot.list({});
    await lot.requestReplay({ id: first!.id });
    await lot.requestReplay({ id: second!.id });
    const handled: (string | undefined)[] = [];
    const report = await lot.replay(
      order,
      async (message) => {
        if (message.headers['ce_id'] === 'a1') throw new Error('still bad');
        handled.push(message.headers['ce_id']);
      },
      { isOrdered: false },
    );
    expect(report).toMatchObject({ replayedCount: 1, error: expect.stringContaining('still bad') });
    expect(handled).toEqual(['a2']);
    expect(idsOf(await lot.list({}))).toEqual(['a1', 'a3']);
  });
});

describe('a message that is given up', () => {
  it('releases what waited behind it', async () => {
    await lot.park(group, wireOf('a1'), failure);
    await lot.parkBehind(group, wireOf('a2'));
    await lot.parkBehind(group, wireOf('a3'));
    const [first] = await lot.list({});
    expect(await lot.discard(first!.id)).toBe(true);
    expect(await lot.requestedOrders(order, 10)).toEqual([order]);
  });

  it('releases nothing when another that failed stands before the rest, or when it only waited itself', async () => {
    await lot.park(group, wireOf('a1'), failure);
    await lot.park(group, wireOf('a2'), failure);
    await lot.parkBehind(group, wireOf('a3'));
    const [first, , third] = await lot.list({});
    await lot.discard(third!.id);
    await lot.discard(first!.id);
    expect(await lot.requestedOrders(order, 10)).toEqual([]);
  });
});

describe('the desk of those who run the installation', () => {
  const desk = () => new ParkingDesk(test.database, (held) => held);
  const list = async (page: { readonly before?: number; readonly status?: 'discarded' } = {}) =>
    (await desk().handle({ type: 'ListAllParked', status: 'parked', limit: 10, before: null, ...page })) as readonly {
      readonly id: number;
      readonly text: string;
      readonly behindCount: number;
    }[];
  const decide = (id: number, decision: 'replay' | 'replay-order' | 'discard') =>
    desk().handle({ type: 'DecideAnyParked', id, decision });

  it('shows what failed, newest first, and counts what waits behind it', async () => {
    await lot.park(group, wireOf('a1'), failure);
    await lot.parkBehind(group, wireOf('a2'));
    await lot.parkBehind(group, wireOf('a3'));
    await lot.park(group, wireOf('b1'), failure);
    const shown = await list();
    expect(shown).toMatchObject([
      { ...order, key: 'b', text: '{"id":"b1"}', behindCount: 0, attempts: 5 },
      { ...order, text: '{"id":"a1"}', behindCount: 2, attempts: 5, error: failure.error },
    ]);
    expect(await list({ before: shown[0]!.id })).toEqual([shown[1]]);
    await expect(desk().handle({ type: 'ListAllParked', status: 'parked', limit: 101, before: null })).rejects.toThrow(
      'INVALID_COMMAND',
    );
  });

  it('asks for a replay of one or of its order, and for none of what only waits', async () => {
    await lot.park(group, wireOf('a1'), failure);
    await lot.park(group, wireOf('a2'), failure);
    await lot.parkBehind(group, wireOf('a3'));
    const [first, second, waiting] = await lot.list({});
    const asked = async () => (await lot.list({})).map(({ replayRequestedAt }) => replayRequestedAt !== null);
    await expect(decide(waiting!.id, 'replay')).rejects.toThrow('PARKED_NOT_FOUND');
    expect(await decide(second!.id, 'replay')).toMatchObject({ id: second!.id, status: 'parked' });
    expect(await asked()).toEqual([false, true, false]);
    await decide(first!.id, 'replay-order');
    expect(await asked()).toEqual([true, true, true]);
  });

  it('gives one up once, releases what waited behind it, and shows what was given up', async () => {
    await lot.park(group, wireOf('a1'), failure);
    await lot.parkBehind(group, wireOf('a2'));
    const [first, second] = await lot.list({});
    expect(await decide(first!.id, 'discard')).toMatchObject({ id: first!.id, status: 'discarded', behindCount: 0 });
    await expect(decide(first!.id, 'discard')).rejects.toThrow('PARKED_NOT_FOUND');
    expect(await list({ status: 'discarded' })).toMatchObject([{ id: first!.id }]);
    expect(await list()).toMatchObject([{ id: second!.id, replayRequestedAt: expect.any(Date) }]);
  });
});
