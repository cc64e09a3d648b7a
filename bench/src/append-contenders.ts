import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import { randomUUID } from 'node:crypto';
import { eventStoreMigrationSql, EventStore, type NewEvent } from '@paymatch/platform-event-store';
import { GroupCommit } from '@paymatch/platform-batching';
import { Database } from '@paymatch/platform-postgres';
import { Pool } from 'pg';

/** One way to append one event durably; `append` resolves when it is committed. */
export interface Contender {
  readonly name: string;
  append(): Promise<void>;
  /** Events it has stored, counted in its own tables. */
  count(): Promise<number>;
  close(): Promise<void>;
}

const data = {
  invoiceId: 'INV-2026-000123',
  amountMinor: 50_000,
  currency: 'BDT',
  provider: 'bkash',
  walletNumber: '01700000000',
  expiresAt: '2026-11-20T11:00:00.000Z',
  redirectUrl: 'https://shop.example/thanks',
  metadata: { orderId: '123', channel: 'web' },
};

/**
 * A time-ordered id as the service's are, made at next to no cost, so that the stores are measured and not the
 * generator.
 */
function newId(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}

/** The same event for everybody: the first of a payment of its own. */
function newEvent(): NewEvent {
  return {
    messageId: newId(),
    merchantId: '0198a3c2-0000-7000-8000-000000000001',
    livemode: true,
    streamId: newId(),
    streamVersion: 1,
    type: 'PaymentCreated',
    version: 1,
    data,
    occurredAt: new Date().toISOString(),
    commandId: newId(),
    commandIndex: 0,
    correlationId: newId(),
    causationId: null,
  };
}

async function storeIn(url: string, schema: string): Promise<Database> {
  const database = await Database.connect({ url, schema, poolMax: 10, applicationName: 'bench' });
  await database.query(`CREATE SCHEMA ${schema};\n${eventStoreMigrationSql(schema)}`);
  return database;
}

const countIn = async (sql: Pick<Database, 'query'>, table: string): Promise<number> =>
  (await sql.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`)).rows[0]!.count;

/** Ours: callers meet in batches that commit together. */
export async function groupCommit(url: string, concurrencyMax: number): Promise<Contender> {
  const schema = `grouped_${concurrencyMax}`;
  const database = await storeIn(url, schema);
  const store = new EventStore({ schema });
  const group = new GroupCommit<NewEvent, void>({
    batchSizeMax: 100,
    concurrencyMax,
    streamOf: (event) => event.streamId,
    commitBatch: async (events) => {
      await store.append(database, { events, claims: [] });
      return events.map(() => ({ status: 'fulfilled', value: undefined }));
    },
  });
  return {
    name: 'group commit',
    append: () => group.submit(newEvent()),
    count: () => countIn(database, `${schema}.events`),
    close: () => database.close(),
  };
}

/** The same table and the same driver with one prepared INSERT and one commit for each event, as fast as that goes. */
export async function singleRowCommits(url: string, clients: number): Promise<Contender> {
  const database = await storeIn(url, 'single');
  const pool = new Pool({ connectionString: url, max: clients });
  const columns =
    'message_id, merchant_id, livemode, stream_id, stream_version, type, version, data, occurred_at, command_id, command_index, correlation_id, causation_id';
  const text = `INSERT INTO single.events (${columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
    $13)`;
  return {
    name: 'single-row commits',
    append: async () => {
      const e = newEvent();
      await pool.query({
        name: 'single',
        text,
        values: [
          e.messageId,
          e.merchantId,
          e.livemode,
          e.streamId,
          e.streamVersion,
          e.type,
          e.version,
          JSON.stringify(e.data),
          e.occurredAt,
          e.commandId,
          e.commandIndex,
          e.correlationId,
          e.causationId,
        ],
      });
    },
    count: () => countIn(database, 'single.events'),
    close: async () => {
      await pool.end();
      await database.close();
    },
  };
}

/** Emmett's PostgreSQL store with its own schema and pool. */
export async function emmett(url: string): Promise<Contender> {
  const admin = await Database.connect({ url, schema: 'public', poolMax: 1, applicationName: 'bench' });
  await admin.query('CREATE DATABASE emmett');
  const emmettUrl = Object.assign(new URL(url), { pathname: '/emmett' }).toString();
  const store = getPostgreSQLEventStore(emmettUrl);
  await store.schema.migrate();
  const counter = await Database.connect({ url: emmettUrl, schema: 'public', poolMax: 1, applicationName: 'bench' });
  return {
    name: 'emmett appendToStream',
    append: async () => {
      const { streamId, type, messageId, commandId, correlationId } = newEvent();
      await store.appendToStream(
        `payment-${streamId}`,
        [{ type, data, metadata: { messageId, commandId, correlationId } }],
        { expectedStreamVersion: 'STREAM_DOES_NOT_EXIST' },
      );
    },
    count: () => countIn(counter, 'emt_messages'),
    close: async () => {
      await store.close();
      await counter.close();
      // Its pool says it is closed before its connections are, and ends the process when the server goes first.
      while ((await countIn(admin, "pg_stat_activity WHERE datname = 'emmett'")) > 0);
      await admin.close();
    },
  };
}
