import type { RunOptions } from './bench-options.js';
import { treeMicroseconds } from './processor-time.js';
import { latency, type Report } from './report.js';
import { withCluster } from './running-system.js';
import { ShopClient } from './shop-client.js';
import { WebhookArrivals } from './webhook-arrivals.js';
import { closedLoop } from './whole-payments.js';

const PAYERS = 64;

/**
 * Whole payments, 64 at a time, through docker-compose.yml as processes of this machine: one instance of each service,
 * a real Kafka broker, PostgreSQL, and the proxy's gateways asked directly. Broker and database have the same two cores
 * as everything else.
 */
export async function run({ isQuick, progress }: RunOptions): Promise<Report> {
  progress('starting');
  return withCluster({}, async (system) => {
    const arrivals = await WebhookArrivals.start();
    const client = new ShopClient(system.demo, system.gateways[0]!);
    try {
      await client.sendWebhooksTo(arrivals.url, ['payment.completed']);
      const ends = { client, arrivals };
      progress('warming up');
      await closedLoop(ends, { payers: PAYERS, countMax: isQuick ? 300 : 1_500, secondsMax: 20 });
      progress('measuring');
      const before = treeMicroseconds(system.pid);
      const times = await closedLoop(ends, { payers: PAYERS, countMax: 10_000, secondsMax: isQuick ? 8 : 25 });
      const after = treeMicroseconds(system.pid);
      const perSecond = times.count / times.seconds;
      const each = (part: 'node' | 'postgres'): number =>
        before && after ? (after[part] - before[part]) / 1_000 / times.count : Number.NaN;
      return {
        lines: [
          `${PAYERS} at a time: ${perSecond.toFixed(1)} whole payments/s, p50 / p99 ms ${latency(times.whole)}`,
          `processor ms a payment: ${each('node').toFixed(2)} services, broker and proxy + ` +
            `${each('postgres').toFixed(2)} PostgreSQL`,
        ],
        targets: [{ name: 'whole payments a second', value: perSecond, atLeast: 250 }],
        figures: { perSecond, nodeMs: each('node'), postgresMs: each('postgres') },
      };
    } finally {
      await client.close();
      await arrivals.stop();
    }
  });
}
