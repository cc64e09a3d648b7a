import { PostgresPaymentReadModel, readModelMigrations, rebuildPayments } from '@paymatch/gateway-read-models';
import { allPaymentHistories, paymentsMigrations, paymentsSchema } from '@paymatch/payments-feature';
import { silentLogger } from '@paymatch/platform-observability';
import { Database, migrate } from '@paymatch/platform-postgres';
import type { RunOptions } from './bench-options.js';
import { withDurablePostgres } from './durable-postgres.js';
import { paymentEventsSql } from './many-payments.js';
import { serverMicroseconds } from './processor-time.js';
import { median, spread, type Report } from './report.js';

const PAYMENTS = 200_000;
const PAYMENTS_QUICK = 40_000;
const EVENTS_A_PAYMENT = 3;
const ROUNDS = 3;
const ROUNDS_QUICK = 2;

/**
 * The payments read model made anew from the events (`ops rebuild`), fsync on: from the first event read to the moment
 * the new tables are in use, with indexes, counts and statistics.
 */
export async function run({ isQuick, progress }: RunOptions): Promise<Report> {
  const payments = isQuick ? PAYMENTS_QUICK : PAYMENTS;
  const events = payments * EVENTS_A_PAYMENT;
  return withDurablePostgres(async (url, { pid }) => {
    const connect = (schema: string, migrations: typeof paymentsMigrations): Promise<Database> =>
      Database.connect({ url, schema, migrations, poolMax: 3, applicationName: 'bench', statementTimeoutMs: 600_000 });
    const store = await connect(paymentsSchema, paymentsMigrations);
    const gateway = await connect('gateway', readModelMigrations);
    await migrate(store);
    await migrate(gateway);
    progress(`${events} events are written`);
    await store.query(paymentEventsSql(payments));
    await store.query('VACUUM ANALYZE payments.events');
    const rounds: { readonly perSecond: number; readonly node: number; readonly server: number }[] = [];
    for (let round = 0; round < (isQuick ? ROUNDS_QUICK : ROUNDS); round += 1) {
      progress(`rebuild ${round + 1}`);
      const [nodeBefore, serverBefore, startedMs] = [
        process.cpuUsage(),
        serverMicroseconds(pid) ?? 0,
        performance.now(),
      ];
      const { paymentCount } = await rebuildPayments(gateway, allPaymentHistories(store));
      const seconds = (performance.now() - startedMs) / 1_000;
      if (paymentCount !== payments) throw new Error(`${paymentCount} payments were rebuilt of ${payments}`);
      const node = process.cpuUsage(nodeBefore);
      const server = (serverMicroseconds(pid) ?? 0) - serverBefore;
      rounds.push({ perSecond: events / seconds, node: (node.user + node.system) / events, server: server / events });
    }
    await checkOne(gateway);
    await store.close();
    await gateway.close();
    const speeds = rounds.map(({ perSecond }) => perSecond);
    return {
      lines: [
        `${payments} payments of ${EVENTS_A_PAYMENT} events each, ${rounds.length} rounds, median (min–max); ` +
          'fsync and synchronous_commit on',
        `events/s ${spread(speeds)}   processor µs/event ${median(rounds.map(({ node }) => node)).toFixed(1)} ` +
          `Node + ${median(rounds.map(({ server }) => server)).toFixed(1)} PostgreSQL`,
      ],
      targets: [{ name: 'events a second', value: median(speeds), atLeast: 50_000 }],
      figures: { payments, events, rounds },
    };
  });
}

/** A rebuilt payment can be read, and is paid. */
async function checkOne(gateway: Database): Promise<void> {
  const { rows } = await gateway.query<{ id: string }>('SELECT id FROM gateway.payments_v1 LIMIT 1');
  const model = new PostgresPaymentReadModel(gateway, silentLogger);
  const payment = await model.findPublic(rows[0]!.id);
  await model.close();
  if (payment?.status !== 'completed') throw new Error('a rebuilt payment is not as its events say');
}
