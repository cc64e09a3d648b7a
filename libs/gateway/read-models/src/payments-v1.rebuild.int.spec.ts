import {
  examplePayment,
  newId,
  type PaymentEventData,
  type PaymentSnapshot,
  type PaymentStatus,
} from '@paymatch/contracts';
import { silentLogger } from '@paymatch/platform-observability';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { readModelMigrations } from './payments-v1.migrations.js';
import { rebuildPayments, type RebuildSource } from './payments-v1.rebuild.js';
import { PostgresPaymentReadModel } from './postgres-payment-read-model.js';

const OLD = '2026-06-12T08:30:00.000Z';
let test: TestDatabase;
let model: PostgresPaymentReadModel;

beforeEach(async () => {
  test = await createTestDatabase({ schema: 'gateway', migrations: readModelMigrations });
  model = new PostgresPaymentReadModel(test.database, silentLogger);
});
afterEach(() => test.drop());

const merchantId = newId();

function fact(
  change: Partial<PaymentSnapshot> = {},
  type: PaymentEventData['type'] = 'payments.payment-created',
): PaymentEventData {
  const payment: PaymentSnapshot = examplePayment(
    {
      merchantId,
      expiresAt: OLD,
      ...change,
    },
    Date.parse(OLD),
  );
  return { type, eventId: newId(), details: { at: OLD, amountMinor: 100, source: 'api' }, payment };
}

const next = (
  from: PaymentEventData,
  status: PaymentStatus,
  type: PaymentEventData['type'] = 'payments.payment-completed',
): PaymentEventData => ({ ...fact({ ...from.payment, version: from.payment.version + 1, status }, type) });

/** Each payment once, as its newest fact leaves it, seven at a time. */
async function* batches(
  events: readonly PaymentEventData[],
  between: () => Promise<void> = async () => undefined,
): AsyncGenerator<RebuildSource> {
  const streams = new Map<string, PaymentEventData[]>();
  for (const event of [...events].sort((a, b) => a.payment.version - b.payment.version))
    streams.set(event.payment.id, [...(streams.get(event.payment.id) ?? []), event]);
  const histories = [...streams.values()].map((stream) => ({
    payment: stream.at(-1)!.payment,
    refunds: stream.filter((event) => event.type === 'payments.refund-recorded'),
  }));
  for (let from = 0; from < histories.length; from += 7)
    yield { histories: histories.slice(from, from + 7), eventCount: from };
  await between();
}

async function everything(): Promise<unknown> {
  const rows = async (sql: string): Promise<unknown[]> => (await test.database.query(sql)).rows;
  return {
    payments: await rows('SELECT * FROM gateway.payments_v1 ORDER BY id'),
    refunds: await rows('SELECT * FROM gateway.payment_refunds_v1 ORDER BY payment_id, version'),
    counts: await rows(
      'SELECT * FROM gateway.payment_counts_v1 WHERE n <> 0 ORDER BY livemode, slot_minutes, status, slot',
    ),
  };
}

async function indexes(): Promise<unknown[]> {
  return (
    await test.database.query(
      `SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'gateway' ORDER BY 1, 2`,
    )
  ).rows;
}

function history(): PaymentEventData[] {
  return Array.from({ length: 30 }, (_, index) => {
    const first = fact({ invoiceId: `I${index}`, livemode: index % 2 === 0 });
    const paid = next(first, 'completed');
    return index % 3 === 0
      ? [first]
      : index % 3 === 1
        ? [first, paid]
        : [first, paid, next(paid, 'partially_refunded', 'payments.refund-recorded')];
  }).flat();
}

describe('a rebuild', () => {
  it('leaves what applying the facts leaves, under the same names, whatever was there before', async () => {
    const events = history();
    await model.apply(events);
    const [before, names] = [await everything(), await indexes()];
    await test.database.query(
      `UPDATE gateway.payments_v1 SET version = version + 5, status = 'failed', snapshot = '{}'::json
        WHERE minute % 2 = 0 OR true`,
    );
    await test.database.query('DELETE FROM gateway.payment_refunds_v1');
    await test.database.query('UPDATE gateway.payment_counts_v1 SET n = n + 3');
    for (let time = 0; time < 2; time += 1) {
      expect(await rebuildPayments(test.database, batches([...events].reverse()))).toEqual({ paymentCount: 30 });
      expect(await everything()).toEqual(before);
      expect(await indexes()).toEqual(names);
    }
  });

  it('keeps what requests write while it runs', async () => {
    const events = history();
    await model.apply(events);
    const updatedAt = new Date().toISOString();
    const made = fact({ updatedAt });
    const changed = next(events[0]!, 'awaiting_verification');
    const late = { ...changed, payment: { ...changed.payment, updatedAt } };
    await rebuildPayments(
      test.database,
      batches(events, () => model.apply([made, late])),
    );
    expect(await model.findPublic(made.payment.id)).toEqual(made.payment);
    expect(await model.findPublic(late.payment.id)).toEqual(late.payment);
    const after = await everything();
    await test.database.query('TRUNCATE gateway.payments_v1, gateway.payment_counts_v1, gateway.payment_refunds_v1');
    await new PostgresPaymentReadModel(test.database, silentLogger).apply([...events, made, late]);
    expect(after).toEqual(await everything());
  });

  it('keeps what is written while indexes are built, at the last moment, and refunds', async () => {
    const events = history();
    await model.apply(events);
    const paid = events.filter((event) => event.payment.status === 'completed' && event.payment.livemode);
    const written: PaymentEventData[] = [];
    const pay = async (): Promise<void> => {
      const fresh = fact();
      const refund = next(paid[written.length]!, 'partially_refunded', 'payments.refund-recorded');
      const late = [fresh, { ...refund, payment: { ...refund.payment, version: 9, refundedMinor: 100 } }];
      written.push(...late);
      await model.apply(late);
    };
    let switching: Promise<void> = Promise.resolve();
    const steps: Promise<void>[] = [];
    await rebuildPayments(test.database, batches(events), ({ step }) => {
      if (step === 'building an index' && steps.length < 3) steps.push(pay());
      if (step === 'switching') switching = pay();
    });
    await Promise.all([...steps, switching]);
    const after = await everything();
    await test.database.query('TRUNCATE gateway.payments_v1, gateway.payment_counts_v1, gateway.payment_refunds_v1');
    await new PostgresPaymentReadModel(test.database, silentLogger).apply([...events, ...written]);
    expect(after).toEqual(await everything());
  });

  it('lets readers read until the switch, and does not queue before a long reader', async () => {
    await model.apply(history());
    const reader = await test.database.connection();
    try {
      await reader.query('BEGIN');
      await reader.query('SELECT 1 FROM gateway.payments_v1 LIMIT 1');
      let isDone = false;
      const rebuilt = rebuildPayments(test.database, batches(history())).then(() => {
        isDone = true;
      });
      // The lock is tried for a second at a time; readers who come meanwhile wait no longer than that.
      const until = Date.now() + 1_500;
      while (Date.now() < until) await test.database.query('SELECT count(*) FROM gateway.payments_v1');
      expect(isDone).toBe(false);
      await reader.query('COMMIT');
      await rebuilt;
    } finally {
      reader.release();
    }
  });

  it('keeps tables’ storage settings, clears away what a killed rebuild left, and refuses to run twice at once', async () => {
    await model.apply(history());
    await test.database.query(`
      CREATE TABLE gateway.payments_rebuild (LIKE gateway.payments_v1);
      CREATE TABLE gateway.payment_changes_rebuild (id uuid PRIMARY KEY)`);
    let second: Promise<unknown> = Promise.resolve();
    await rebuildPayments(
      test.database,
      batches(history(), async () => {
        second = rebuildPayments(test.database, batches([]));
        await expect(second).rejects.toThrow('another rebuild is at work');
      }),
    );
    const options = await test.database.query<{ reloptions: readonly string[] }>(
      `SELECT reloptions FROM pg_class WHERE oid = 'gateway.payment_counts_v1'::regclass`,
    );
    expect(options.rows[0]?.reloptions).toEqual(['fillfactor=50']);
    const left = await test.database.query(
      `SELECT relname AS name FROM pg_class WHERE relname LIKE '%rebuild%' UNION ALL SELECT proname FROM pg_proc
        WHERE proname LIKE '%rebuild%'`,
    );
    expect(left.rows).toEqual([]);
  });

  it('leaves owner and rights as they were, whatever new tables are given by default', async () => {
    const role = (name: string): string => `rebuild_${name}_${process.pid}`;
    const roles = ['owner', 'gateway', 'reports', 'stranger'].map(role);
    const rights = async (): Promise<unknown[]> =>
      (
        await test.database.query(
          `SELECT relname, pg_get_userbyid(relowner) AS owner, (SELECT array_agg(a::text ORDER BY a::text)
            FROM unnest(relacl) a) AS rights,
                  (SELECT array_agg(attname || ' ' || attacl::text ORDER BY attname) FROM pg_attribute
                    WHERE attrelid = c.oid AND attacl IS NOT NULL) AS columns
             FROM pg_class c WHERE relnamespace = 'gateway'::regnamespace AND relkind = 'r' ORDER BY relname`,
        )
      ).rows;
    for (const name of roles) await test.database.query(`CREATE ROLE ${name}`);
    try {
      await test.database.query(`
        ALTER TABLE gateway.payments_v1 OWNER TO ${role('owner')};
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA gateway TO ${role('gateway')};
        GRANT SELECT (id, status) ON gateway.payments_v1 TO ${role('reports')} WITH GRANT OPTION;
        GRANT SELECT ON gateway.payment_counts_v1 TO PUBLIC;
        ALTER DEFAULT PRIVILEGES IN SCHEMA gateway GRANT ALL ON TABLES TO ${role('stranger')}`);
      await model.apply(history());
      const before = await rights();
      await rebuildPayments(test.database, batches(history()));
      expect(await rights()).toEqual(before);
      await test.database.transaction(async (tx) => {
        await tx.query(`GRANT USAGE ON SCHEMA gateway TO ${role('gateway')}`);
        await tx.query(`SET LOCAL ROLE ${role('gateway')}`);
        await tx.query('SELECT 1 FROM gateway.payments_v1, gateway.payment_counts_v1, gateway.payment_refunds_v1');
      });
    } finally {
      await test.database.query(
        `REASSIGN OWNED BY ${roles.join(', ')} TO CURRENT_USER; DROP OWNED BY ${roles.join(', ')}`,
      );
      await test.database.query(`DROP ROLE ${roles.join(', ')}`);
    }
  });

  it('changes nothing when it fails', async () => {
    const events = history();
    await model.apply(events);
    const before = await everything();
    const failing = batches(events, () => Promise.reject(new Error('the broker is gone')));
    await expect(rebuildPayments(test.database, failing)).rejects.toThrow('the broker is gone');
    expect(await everything()).toEqual(before);
    const { rows } = await test.database.query(`SELECT 1 FROM pg_tables WHERE tablename LIKE '%rebuild'`);
    expect(rows).toEqual([]);
  });
});
