import type { Carrier, PostgresParkingLot } from '@paymatch/platform-messaging';
import { watchQueues, type Metrics } from '@paymatch/platform-observability';
import { openWriteTransactions } from '@paymatch/platform-log';
import type { Database } from '@paymatch/platform-postgres';
import type { Health } from './health.js';

export interface WatchedProcess {
  readonly health: Health;
  readonly carrier: Carrier;
  /** By service. */
  readonly databases: ReadonlyMap<string, Database>;
  readonly parkingLots: ReadonlyMap<string, PostgresParkingLot>;
}

/** The figures that every process has, whatever services run in it. All are looked up only when asked for. */
export function watchProcess(metrics: Metrics, { health, carrier, databases, parkingLots }: WatchedProcess): void {
  metrics.gauge({ name: 'paymatch_ready', help: '1 while /health/ready says so, 0 otherwise' }, () => [
    { value: health.ready().status === 'ok' ? 1 : 0 },
  ]);
  metrics.gauge(
    {
      name: 'paymatch_database_connections',
      help: 'Connections to the database: used, idle; and callers waiting for one',
      labels: ['service', 'state'],
    },
    () =>
      [...databases].flatMap(([service, database]) =>
        Object.entries(database.poolUse()).map(([state, value]) => ({ labels: { service, state }, value })),
      ),
  );
  watchQueues(metrics, () => carrier.queueDepths());
  metrics.gauge(
    {
      name: 'paymatch_consumer_lag_messages',
      help: 'Messages of a topic that a group has yet to take (embedded: counted up to 10,000)',
      labels: ['group', 'topic'],
    },
    async () =>
      (await carrier.lag()).map(({ group, topic, messages }) => ({ labels: { group, topic }, value: messages })),
  );
  for (const parkingLot of parkingLots.values())
    metrics.gauge(
      {
        name: 'paymatch_parked_messages',
        help: 'Messages that could not be handled and wait for a person, counted up to 10,000',
        labels: ['group', 'topic'],
      },
      async () =>
        (await parkingLot.counts()).map(({ group, topic, count }) => ({ labels: { group, topic }, value: count })),
    );
  // They are one server's.
  const [database] = databases.values();
  metrics.gauge(
    {
      name: 'paymatch_oldest_write_transaction_seconds',
      help: 'Age of the oldest open transaction that has written; it holds up every reader of the logs',
    },
    async () => [{ value: ((await openWriteTransactions(database!, 0))[0]?.ageMs ?? 0) / 1_000 }],
  );
}
