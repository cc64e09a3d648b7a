import { randomUUID } from 'node:crypto';
import { assertNotRestored, LOG_START, LogRelay, repairXids } from '@paymatch/platform-log';
import { silentLogger } from '@paymatch/platform-observability';
import { createTestDatabase, eventually, type TestDatabase } from '@paymatch/platform-testing';
import { EventStore } from './event-store.js';
import { anEvent, CreateLedger1700000000000, SCHEMA } from './event-store.fixture.js';
import type { StoredEvent } from './stored-event.js';

const store = new EventStore({ schema: SCHEMA });
let test: TestDatabase;

beforeEach(async () => {
  test = await createTestDatabase({ schema: SCHEMA, migrations: [CreateLedger1700000000000] });
});
afterEach(() => test.drop());

const append = (type: string): Promise<void> =>
  store.append(test.database, { events: [anEvent({ type })], claims: [] });
const typesFrom = async (position = LOG_START): Promise<readonly string[]> =>
  (await store.reader().read(test.database, position, 100)).map((event) => event.type);

/** What a dump from a cluster with more transactions behind it looks like after it was loaded here. */
async function makeForeign(): Promise<void> {
  await test.database.query(`ALTER TABLE ${SCHEMA}.events DISABLE TRIGGER USER`);
  // pos falls while xid rises, as concurrent writers leave it behind now and then.
  await test.database.query(`UPDATE ${SCHEMA}.events SET xid = (9000000000 + pos)::text::xid8, pos = 1000 - pos`);
  await test.database.query(
    `UPDATE ${SCHEMA}.reader_checkpoints SET xid = (9000000000 + pos)::text::xid8, pos = 1000 - pos`,
  );
  await test.database.query(`ALTER TABLE ${SCHEMA}.events ENABLE TRIGGER USER`);
  await test.database.query(`UPDATE ${SCHEMA}.origin SET system_identifier = '42'`);
}

function relayInto(published: string[]): LogRelay<StoredEvent> {
  const relay = new LogRelay<StoredEvent>({
    database: test.database,
    name: 'relay',
    reader: store.reader(),
    batchSize: 2,
    logger: silentLogger,
    pollMs: 5,
    publish: async (rows) => {
      published.push(...rows.map((row) => row.type));
    },
  });
  relay.start();
  return relay;
}

describe('a store in the cluster it was written in', () => {
  it('is let through, empty or not', async () => {
    await assertNotRestored(test.database);
    await append('A');
    await assertNotRestored(test.database);
  });
});

describe('a restored store', () => {
  it("is refused by the cluster's identity, naming the way out", async () => {
    await test.database.query(`UPDATE ${SCHEMA}.origin SET system_identifier = '42'`);
    await expect(assertNotRestored(test.database)).rejects.toThrow(
      /another PostgreSQL cluster \(42, this is \d+\): run ops repair-xids ledger/,
    );
    await test.database.query(`DELETE FROM ${SCHEMA}.origin`);
    await expect(assertNotRestored(test.database)).rejects.toThrow('ops repair-xids ledger');
  });

  it('is refused by its transaction ids when the identity was copied', async () => {
    await append('A');
    await makeForeign();
    await test.database.query(
      `UPDATE ${SCHEMA}.origin SET system_identifier = (SELECT system_identifier::text FROM pg_control_system())`,
    );
    await expect(assertNotRestored(test.database)).rejects.toThrow(
      /ledger\.events has rows of transactions .* ops repair-xids ledger/,
    );
  });

  it('loses nothing, repeats nothing and keeps its order once repaired', async () => {
    const published: string[] = [];
    for (const type of ['A', 'B', 'C']) await append(type);
    const before = relayInto(published);
    await eventually(async () => expect([published, (await before.lag()).rows]).toEqual([['A', 'B', 'C'], 0]));
    await before.stop();
    for (const type of ['D', 'E']) await append(type);
    await makeForeign();
    expect(await typesFrom()).toEqual([]);

    expect(await repairXids(test.database)).toEqual(new Map([[`${SCHEMA}.events`, 5]]));
    await assertNotRestored(test.database);
    await append('F');
    await eventually(async () => expect(await typesFrom()).toEqual(['A', 'B', 'C', 'D', 'E', 'F']));
    const after = relayInto(published);
    await eventually(() => expect(published).toEqual(['A', 'B', 'C', 'D', 'E', 'F']));
    await after.stop();
    await expect(test.database.query(`DELETE FROM ${SCHEMA}.events`)).rejects.toThrow('never changed');
  });

  it('is not written again where this cluster is ahead of it: only its identity was another', async () => {
    for (const type of ['A', 'B']) await append(type);
    // Rows count as lying behind once no older transaction of the whole cluster runs: those of tests beside this, too.
    const behind = `SELECT bool_and(xid < pg_snapshot_xmin(pg_current_snapshot())) AS is_behind FROM ${SCHEMA}.events`;
    await eventually(async () => expect((await test.database.query(behind)).rows).toEqual([{ is_behind: true }]), {
      timeoutMs: 30_000,
    });
    const rows = `SELECT ctid::text, xid::text, pos FROM ${SCHEMA}.events ORDER BY pos`;
    const before = await test.database.query(rows);
    await test.database.query(`UPDATE ${SCHEMA}.origin SET system_identifier = '42'`);

    expect(await repairXids(test.database)).toEqual(new Map([[`${SCHEMA}.events`, 0]]));
    expect((await test.database.query(rows)).rows).toEqual(before.rows);
    await assertNotRestored(test.database);
    await append('C');
    await eventually(async () => expect(await typesFrom()).toEqual(['A', 'B', 'C']));
  });

  it('has nothing to put in order where it keeps no log', async () => {
    await test.database.query(`DROP TABLE ${SCHEMA}.events, ${SCHEMA}.origin CASCADE`);
    expect(await repairXids(test.database)).toEqual(new Map());
  });

  it('can be repaired while it is empty', async () => {
    await test.database.query(`UPDATE ${SCHEMA}.origin SET system_identifier = '42'`);
    await repairXids(test.database);
    await append('A');
    await eventually(async () => expect(await typesFrom()).toEqual(['A']));
    const streamId = randomUUID();
    expect(await store.load(test.database, [streamId])).toEqual(new Map());
  });
});
