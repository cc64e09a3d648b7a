import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { examplePayment, newId, type PaymentEventData, type PaymentSnapshot } from '@paymatch/contracts';
import { silentLogger } from '@paymatch/platform-observability';
import { Database, migrate } from '@paymatch/platform-postgres';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@paymatch/platform-dev-servers';
import { eventually } from '@paymatch/platform-testing';
import { readModelMigrations } from './payments-v1.migrations.js';
import { PostgresPaymentReadModel } from './postgres-payment-read-model.js';

const dataDir = mkdtempSync(path.join(tmpdir(), 'paymatch-read-model-'));
let server: EmbeddedPostgres;
let database: Database;

beforeAll(async () => {
  server = await startEmbeddedPostgres({ dataDir, durable: true });
  database = await Database.connect({
    url: server.url,
    schema: 'gateway',
    migrations: readModelMigrations,
    poolMax: 4,
    applicationName: 'test',
  });
  await migrate(database);
});
afterAll(async () => {
  await database?.close();
  await server?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

function created(): PaymentEventData {
  const payment: PaymentSnapshot = examplePayment({
    merchantId: '019eb0c4-5f00-7000-8000-0000000000aa',
  });
  return { type: 'payments.payment-created', eventId: newId(), details: {}, payment };
}

async function missing(facts: readonly PaymentEventData[]): Promise<number> {
  const { rows } = await database.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM gateway.payments_v1 WHERE id = ANY($1::uuid[])',
    [facts.map((fact) => fact.payment.id)],
  );
  return facts.length - rows[0]!.n;
}

describe('payments that were written just before PostgreSQL crashed', () => {
  it('are written again when the broker brings their facts again, though this process has written them before', async () => {
    const readModel = new PostgresPaymentReadModel(database, silentLogger);
    let lost = 0;
    // Whether a crash takes anything depends on the moment; it must have taken something once, or this proves nothing.
    for (let round = 0; round < 10 && lost === 0; round += 1) {
      const facts = Array.from({ length: 50 }, created);
      await readModel.apply(facts);
      const { pid } = server;
      process.kill(pid, 'SIGKILL');
      // Its backends answer for a moment longer; only what the new server says counts.
      await eventually(() => expect(server.pid).not.toBe(pid), { timeoutMs: 20_000 });
      await eventually(
        async () => {
          lost = await missing(facts);
        },
        { timeoutMs: 20_000 },
      );
      await readModel.apply(facts);
      expect(await missing(facts)).toBe(0);
    }
    expect(lost).toBeGreaterThan(0);
  });
});
