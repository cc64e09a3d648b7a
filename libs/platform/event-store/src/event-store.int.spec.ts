import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { claimId, EventStore } from './event-store.js';
import { ClaimConflict, DuplicateCommand, UnstorableEvent, VersionConflict } from './event-store.errors.js';
import {
  anEvent,
  CreateLedger1700000000000,
  holdTransaction,
  SCHEMA,
  untilSomebodyWaits,
} from './event-store.fixture.js';
import type { ClaimRequest, NewEvent } from './stored-event.js';

const store = new EventStore({ schema: SCHEMA });
let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase({ schema: SCHEMA, migrations: [CreateLedger1700000000000], poolMax: 20 });
});
afterAll(() => test.drop());

const claim = (key: string, owner: string, replaces: string | null = null): ClaimRequest => ({
  scope: 'invoice',
  key,
  owner,
  replaces,
});
const ownerOf = async (key: string): Promise<string | undefined> =>
  (await store.loadClaims(test.database, [claim(key, '')])).get(claimId(claim(key, '')));
const countEvents = async (): Promise<number> =>
  (await test.database.query<{ count: number }>(`SELECT count(*) AS count FROM ${SCHEMA}.events`)).rows[0]!.count;

describe('an event store', () => {
  it('gives back what was appended, many streams in one query, each in order', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    const events = [
      anEvent({ streamId: one }),
      anEvent({ streamId: two, data: { big: 9_007_199_254_740_991, text: 'বাংলা \\ "x" \n' } }),
      anEvent({ streamId: one, streamVersion: 2, causationId: 'cause' }),
    ];
    await store.append(test.database, { events, claims: [] });
    const streams = await store.load(test.database, [two, one, randomUUID()]);
    expect(streams.size).toBe(2);
    expect(streams.get(one)).toMatchObject([events[0]!, events[2]!]);
    expect(streams.get(two)).toMatchObject([events[1]!]);
  });

  it('loads nothing for no streams, and appends nothing when there is nothing', async () => {
    const before = await countEvents();
    await store.append(test.database, { events: [], claims: [] });
    expect((await store.load(test.database, [])).size + (await store.loadClaims(test.database, [])).size).toBe(0);
    expect(await countEvents()).toBe(before);
  });

  it('refuses a version that exists, naming the stream, and keeps nothing of that append', async () => {
    const streamId = randomUUID();
    await store.append(test.database, { events: [anEvent({ streamId })], claims: [] });
    const before = await countEvents();
    const attempt = store.append(test.database, {
      events: [anEvent(), anEvent({ streamId })],
      claims: [claim('kept-free', 'x')],
    });
    await expect(attempt).rejects.toMatchObject({ name: 'VersionConflict', streamId, streamVersion: 1 });
    expect([await countEvents(), await ownerOf('kept-free')]).toEqual([before, undefined]);
  });

  it('refuses a command whose events it holds already, also on another stream, and tells it from a version conflict', async () => {
    const original = anEvent();
    await store.append(test.database, { events: [original], claims: [] });
    await expect(
      store.append(test.database, { events: [anEvent({ commandId: original.commandId })], claims: [] }),
    ).rejects.toBeInstanceOf(DuplicateCommand);
    await expect(
      store.append(test.database, { events: [{ ...original, messageId: randomUUID() }], claims: [] }),
    ).rejects.toBeInstanceOf(DuplicateCommand);
    await store.append(test.database, {
      events: [anEvent({ commandId: original.commandId, merchantId: 'm2' })],
      claims: [],
    });
  });

  it('says which append can never be stored', async () => {
    const unstorable: readonly Partial<NewEvent>[] = [
      { type: 'a\u0000b' },
      { streamId: 'no uuid' },
      { streamId: '0198a3c2-0000-7000-8000-00000000000g' },
      { version: 32_768 },
      { streamVersion: 1.5 },
      { streamVersion: 0 },
      { occurredAt: 'yesterday' },
      { data: undefined },
    ];
    for (const changes of unstorable)
      await expect(store.append(test.database, { events: [anEvent(changes)], claims: [] })).rejects.toBeInstanceOf(
        UnstorableEvent,
      );
  });

  it('gives back every character, number and moment it was given', async () => {
    const events = [
      {
        data: { text: 'a\u0000b "c" \\ {d,e} \n \u2028 বাংলা 💸', list: [null, -1.5, 9_007_199_254_740_991] },
        type: 'Ünïcödé, {"NULL"} \\',
        causationId: 'NULL',
      },
      { version: 32_767, commandIndex: 32_767, occurredAt: '1999-12-31T23:59:59.999Z', livemode: false, data: null },
      { occurredAt: '2199-01-01T00:00:00.001Z', version: -1, commandId: '', data: 'plain text' },
    ].map((changes) => anEvent(changes));
    await store.append(test.database, { events, claims: [] });
    const streams = await store.load(
      test.database,
      events.map((event) => event.streamId),
    );
    expect(events.map((event) => streams.get(event.streamId))).toMatchObject(events.map((event) => [event]));
  });

  it('refuses to append after another write, or twice, in one transaction', async () => {
    const twice = test.database.transaction(async (tx) => {
      await store.append(tx, { events: [anEvent()], claims: [] });
      await store.append(tx, { events: [anEvent()], claims: [] });
    });
    await expect(twice).rejects.toMatchObject({ code: 'PM001' });
    await test.database.transaction((tx) => store.append(tx, { events: [anEvent()], claims: [] }));
  });

  it('never lets a stored event be changed or removed', async () => {
    await store.append(test.database, { events: [anEvent()], claims: [] });
    for (const statement of [
      `UPDATE ${SCHEMA}.events SET type = 'Other'`,
      `DELETE FROM ${SCHEMA}.events`,
      `TRUNCATE ${SCHEMA}.events`,
    ]) {
      await expect(test.database.query(statement)).rejects.toThrow('events are never changed or removed');
    }
  });
});

describe('two transactions that append the same version', () => {
  it.each(['commit', 'rollback'] as const)('let exactly one through when the first ends with %s', async (ending) => {
    const streamId = randomUUID();
    const first = await holdTransaction(test.database);
    await store.append(first.tx, { events: [anEvent({ streamId, type: 'First' })], claims: [] });
    const second = store.append(test.database, { events: [anEvent({ streamId, type: 'Second' })], claims: [] }).then(
      () => 'stored',
      (error) => error,
    );
    await untilSomebodyWaits(test.database);
    await first[ending]();
    expect(await second).toEqual(ending === 'commit' ? expect.any(VersionConflict) : 'stored');
    expect((await store.load(test.database, [streamId])).get(streamId)?.map((event) => event.type)).toEqual([
      ending === 'commit' ? 'First' : 'Second',
    ]);
  });

  it('tell the same command sent twice at once from a lost race', async () => {
    const original = anEvent();
    const first = await holdTransaction(test.database);
    await store.append(first.tx, { events: [original], claims: [] });
    const second = store
      .append(test.database, { events: [{ ...original, messageId: randomUUID() }], claims: [] })
      .catch((error) => error);
    await untilSomebodyWaits(test.database);
    await first.commit();
    expect(await second).toBeInstanceOf(DuplicateCommand);
  });

  it('wait for each other instead of deadlocking when batches name the same streams in opposite order', async () => {
    const streams = Array.from({ length: 20 }, () => randomUUID());
    const claims = streams.map((key) => claim(key, 'x'));
    const attempts = Array.from({ length: 8 }, (_, index) => {
      const order = index % 2 === 0 ? streams : [...streams].reverse();
      return store
        .append(test.database, {
          events: order.map((streamId) => anEvent({ streamId })),
          claims: index % 2 === 0 ? claims : [...claims].reverse(),
        })
        .catch((error) => error);
    });
    const failures = (await Promise.all(attempts)).filter((outcome) => outcome !== undefined);
    expect(failures).toHaveLength(7);
    expect(failures.every((error) => error instanceof VersionConflict && error.streamId !== null)).toBe(true);
  });
});

describe('claims', () => {
  it('are taken when free, once', async () => {
    await store.append(test.database, { events: [anEvent()], claims: [claim('free', 'a')] });
    const again = store.append(test.database, { events: [anEvent()], claims: [claim('free', 'b')] });
    await expect(again).rejects.toMatchObject({ name: 'ClaimConflict', scope: 'invoice', key: 'free' });
    expect(await ownerOf('free')).toBe('a');
  });

  it('are taken over from the owner that was named, and from no other', async () => {
    await store.append(test.database, { events: [anEvent()], claims: [claim('handed', 'a')] });
    await expect(
      store.append(test.database, { events: [anEvent()], claims: [claim('handed', 'c', 'b')] }),
    ).rejects.toBeInstanceOf(ClaimConflict);
    await store.append(test.database, { events: [anEvent()], claims: [claim('handed', 'b', 'a')] });
    expect(await ownerOf('handed')).toBe('b');
  });

  it('cannot be taken over when nobody holds them', async () => {
    await expect(
      store.append(test.database, { events: [anEvent()], claims: [claim('nobody', 'b', 'a')] }),
    ).rejects.toBeInstanceOf(ClaimConflict);
    expect(await ownerOf('nobody')).toBeUndefined();
  });

  it('may change hands within one append, in a chain that fits', async () => {
    await store.append(test.database, {
      events: [anEvent()],
      claims: [claim('chain', 'a'), claim('chain', 'b', 'a'), claim('other', 'x')],
    });
    expect([await ownerOf('chain'), await ownerOf('other')]).toEqual(['b', 'x']);
    await expect(
      store.append(test.database, { events: [anEvent()], claims: [claim('torn', 'a'), claim('torn', 'b')] }),
    ).rejects.toBeInstanceOf(ClaimConflict);
  });

  it('keep scopes apart', async () => {
    await store.append(test.database, {
      events: [anEvent()],
      claims: [claim('same', 'a'), { ...claim('same', 'b'), scope: 'credit' }],
    });
    expect(
      await store.loadClaims(test.database, [
        { scope: 'credit', key: 'same' },
        { scope: 'invoice', key: 'same' },
      ]),
    ).toEqual(
      new Map([
        ['credit\u0000same', 'b'],
        ['invoice\u0000same', 'a'],
      ]),
    );
  });

  it.each([
    ['a free key', null],
    ['a key of one owner', 'holder'],
  ])('let one of eight transactions take %s', async (name, replaces) => {
    if (replaces !== null) await store.append(test.database, { events: [anEvent()], claims: [claim(name, replaces)] });
    const before = await countEvents();
    // The first holds its transaction open until the seven others wait for it.
    const first = await holdTransaction(test.database);
    await store.append(first.tx, { events: [anEvent()], claims: [claim(name, 'winner', replaces)] });
    const others = Array.from({ length: 7 }, (_, index) =>
      store
        .append(test.database, { events: [anEvent()], claims: [claim(name, `loser-${index}`, replaces)] })
        .catch((error) => error),
    );
    await untilSomebodyWaits(test.database, 7);
    await first.commit();
    expect((await Promise.all(others)).every((outcome) => outcome instanceof ClaimConflict)).toBe(true);
    expect([await ownerOf(name), await countEvents()]).toEqual(['winner', before + 1]);
  });

  it('go to the next one of eight when the first rolls back', async () => {
    const first = await holdTransaction(test.database);
    await store.append(first.tx, { events: [anEvent()], claims: [claim('given back', 'first')] });
    const others = Array.from({ length: 7 }, (_, index) =>
      store.append(test.database, { events: [anEvent()], claims: [claim('given back', `owner-${index}`)] }).then(
        () => `owner-${index}`,
        () => null,
      ),
    );
    await untilSomebodyWaits(test.database, 7);
    await first.rollback();
    const winners = (await Promise.all(others)).filter((owner) => owner !== null);
    expect(winners).toEqual([await ownerOf('given back')]);
  });
});
