// `node scripts/release-fixture.mjs 0.2.0` writes apps/standalone/src/testing/releases/0.2.0.json.gz: the tables as
// this version makes them and what a shop has left in them, for apps/standalone/src/upgrade.int.spec.ts of every later
// version. Run once at a release, after `npx tsc -b`.
import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const require = createRequire(import.meta.url);
const root = path.resolve(import.meta.dirname, '..');
const { startEmbeddedPostgres } = require('@paymatch/platform-dev-servers');
const { Database } = require('@paymatch/platform-postgres');
const { BUS_SCHEMA, busMigrations } = require('@paymatch/platform-messaging');
const { services } = require('../apps/ops/dist/services.js');
const { RunningGateway } = require('../e2e/dist/running-gateway.js');
const { Shop, bkashSms } = require('../e2e/dist/shop.js');
const { WebhookReceiver } = require('../e2e/dist/webhook-receiver.js');

const [release] = process.argv.slice(2);
if (!/^[\w.-]+$/.test(release ?? '')) throw new Error('name the release, such as 0.2.0');
const secret = 'release-fixture-release-fixture-release';
const schemas = [...services, { schema: BUS_SCHEMA, migrations: busMigrations }];

const folder = mkdtempSync(path.join(tmpdir(), 'paymatch-fixture-'));
const dataDir = path.join(folder, 'gateway');
mkdirSync(dataDir);
const postgres = await startEmbeddedPostgres({ dataDir: path.join(folder, 'postgres'), durable: false });
try {
  const ddl = [];
  for (const each of schemas) ddl.push(await migrateRecorded(each));
  const left = await useGateway();
  const database = await connect('public');
  const tables = await dumpTables(database);
  const { rows: sequences } = await database.query(
    `SELECT schemaname || '.' || quote_ident(sequencename) AS name, last_value AS value FROM pg_sequences
      WHERE last_value IS NOT NULL AND schemaname = ANY($1) AND sequencename <> 'migrations_id_seq'`,
    [schemas.map(({ schema }) => schema)],
  );
  await database.close();
  const file = path.join(root, `apps/standalone/src/testing/releases/${release}.json.gz`);
  mkdirSync(path.dirname(file), { recursive: true });
  const bytes = gzipSync(JSON.stringify({ release, secret, ddl, tables, sequences, ...left }), { level: 9 });
  writeFileSync(file, bytes);
  console.log(`${file}: ${bytes.length} bytes, ${tables.length} tables with rows`);
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

function connect(schema, migrations = []) {
  return Database.connect({ url: postgres.url, schema, migrations, poolMax: 2, applicationName: 'release fixture' });
}

/** Runs a schema's migrations, as `migrate` does, and keeps what they said to the database. */
async function migrateRecorded({ schema, migrations }) {
  const database = await connect(schema);
  const runner = database.dataSource.createQueryRunner();
  const statements = [];
  const say = async (text, values) => {
    statements.push(values === undefined ? [text] : [text, values]);
    return runner.query(text, values);
  };
  await say(`CREATE SCHEMA IF NOT EXISTS "${schema}"`);
  await say(
    `CREATE TABLE "${schema}"."migrations" (id SERIAL PRIMARY KEY, timestamp bigint NOT NULL, name varchar NOT NULL)`,
  );
  const numberOf = ({ name }) => Number(/\d{13}$/.exec(name)[0]);
  for (const migration of [...migrations].sort((one, other) => numberOf(one) - numberOf(other))) {
    await new migration().up(
      new Proxy(runner, { get: (of, name) => (name === 'query' ? say : Reflect.get(of, name)) }),
    );
    await say(`INSERT INTO "${schema}"."migrations" (timestamp, name) VALUES ($1, $2)`, [
      numberOf(migration),
      migration.name,
    ]);
  }
  await runner.release();
  await database.close();
  return statements;
}

/** A payment that was completed, one whose TrxID waits for its message, one nobody has paid. */
async function useGateway() {
  const receiver = await WebhookReceiver.start();
  const gateway = await RunningGateway.start({ dataDir, env: { DATABASE_URL: postgres.url, PAYMATCH_SECRET: secret } });
  try {
    const shop = new Shop(gateway.demo);
    await shop.hearAt(receiver.url, ['payment.created', 'payment.awaiting_verification', 'payment.completed']);
    const made = async (invoice) => (await shop.create({ amount: 500, invoice_number: invoice })).body.data.id;
    const [completed, waiting, open] = [await made('R-1'), await made('R-2'), await made('R-3')];
    const sms = bkashSms('500.00');
    await shop.submitTrx(completed, { provider: 'bkash', trxId: sms.trxId });
    await shop.forward(sms);
    await shop.becomes(completed, 'completed');
    const awaited = bkashSms('500.00');
    await shop.submitTrx(waiting, { provider: 'bkash', trxId: awaited.trxId });
    await shop.becomes(waiting, 'awaiting_verification');
    await receiver.waitFor(completed, 'payment.completed');
    await receiver.waitFor(waiting, 'payment.awaiting_verification');
    await receiver.waitFor(open, 'payment.created');
    return { demo: readFileSync(path.join(dataDir, 'demo.json'), 'utf8'), completed, waiting, open, sms: awaited };
  } finally {
    await gateway.stop();
    await receiver.stop();
  }
}

/** Rows as JSON text, in the order of logs; their writers' numbers mean nothing elsewhere. */
async function dumpTables(database) {
  const { rows } = await database.query(
    `SELECT c.oid::regclass::text AS name,
            (SELECT array_agg(quote_ident(attname) ORDER BY attnum) FROM pg_attribute a WHERE attrelid = c.oid
              AND attnum > 0
              AND NOT attisdropped AND attgenerated = '' AND NOT (attname = 'xid'
                AND atttypid = 'xid8'::regtype)) AS columns,
            (SELECT count(*) = 2 FROM pg_attribute WHERE attrelid = c.oid AND attname IN ('xid', 'pos')
              AND NOT attisdropped) AS is_log
       FROM pg_class c WHERE relkind = 'r' AND relnamespace = ANY(SELECT oid FROM pg_namespace WHERE nspname = ANY($1))
        AND relname NOT IN ('migrations', 'origin') ORDER BY 1`,
    [schemas.map(({ schema }) => schema)],
  );
  const tables = [];
  for (const { name, columns, is_log: isLog } of rows) {
    const { rows: found } = await database.query(
      `SELECT json_agg(row_to_json(t))::text AS rows FROM (SELECT ${columns.join(', ')}
        FROM ${name} ${isLog ? 'ORDER BY xid, pos' : ''}) t`,
    );
    tables.push({ name, columns, rows: found[0].rows ?? '[]' });
  }
  return tables;
}
