import { treeMicroseconds } from './processor-time.js';
import { latency, percentile, type Report } from './report.js';
import { withStandalone } from './running-system.js';
import { inParallel, nextSms, ShopClient } from './shop-client.js';
import { WebhookArrivals } from './webhook-arrivals.js';

const PER_SECOND = 100;
const SECONDS = 20;
const WARM_UP_SECONDS = 3;
const SETTLE_MS = 2_000;
const DEADLINE_MS = 60_000;
const PREPARING = 16;
/** Every so many-th payment is also read over and over until it is completed: all of them would be most of the load. */
const READ_EVERY = 10;
const READ_EVERY_MS = 10;

interface Waiting {
  readonly id: string;
  readonly sms: ReturnType<typeof nextSms>;
}
interface Times {
  readonly taken: number[];
  readonly read: number[];
  readonly webhook: number[];
  readonly lag: number[];
}

/**
 * SMS of payments whose TrxID was submitted before, forwarded at fixed times whatever the system does (an open loop),
 * against all services in one process on a durable embedded PostgreSQL. Times count from the moment an SMS was due.
 */
export async function run(): Promise<Report> {
  return withStandalone({}, async (system) => {
    const arrivals = await WebhookArrivals.start();
    const client = new ShopClient(system.demo, system.gateways[0]!);
    try {
      await client.sendWebhooksTo(arrivals.url, ['payment.completed']);
      const payments = await prepare(client, PER_SECOND * (SECONDS + WARM_UP_SECONDS));
      await new Promise((resolve) => {
        setTimeout(resolve, SETTLE_MS);
      });
      const warmUp = payments.splice(0, PER_SECOND * WARM_UP_SECONDS);
      await forwardAll(warmUp, { client, arrivals });
      const before = treeMicroseconds(system.pid);
      const times = await forwardAll(payments, { client, arrivals });
      return report(times, processorTime(before, treeMicroseconds(system.pid)));
    } finally {
      await client.close();
      await arrivals.stop();
    }
  });
}

async function prepare(client: ShopClient, count: number): Promise<Waiting[]> {
  const texts = Array.from({ length: count }, nextSms);
  const payments: Waiting[] = [];
  await inParallel(texts, PREPARING, async (sms) => {
    const id = await client.create();
    await client.submitTrx(id, sms.trxId);
    payments.push({ id, sms });
  });
  return payments;
}

interface Ends {
  readonly client: ShopClient;
  readonly arrivals: WebhookArrivals;
}

async function forwardAll(payments: readonly Waiting[], { client, arrivals }: Ends): Promise<Times> {
  const times: Times = { taken: [], read: [], webhook: [], lag: [] };
  const beganAt = performance.now();
  const running: Promise<unknown>[] = [];
  for (const [index, { id, sms }] of payments.entries()) {
    const dueAt = beganAt + (index * 1_000) / PER_SECOND;
    while (performance.now() < dueAt)
      await new Promise((resolve) => {
        setTimeout(resolve, dueAt - performance.now());
      });
    times.lag.push(performance.now() - dueAt);
    running.push(client.forward(sms).then(() => times.taken.push(performance.now() - dueAt)));
    running.push(arrivals.of('payment.completed', id, DEADLINE_MS).then((at) => times.webhook.push(at - dueAt)));
    if (index % READ_EVERY === 0)
      running.push(
        client
          .becomes(id, 'completed', { everyMs: READ_EVERY_MS, timeoutMs: DEADLINE_MS })
          .then((at) => times.read.push(at - dueAt)),
      );
  }
  await Promise.all(running);
  return times;
}

type Processor = ReturnType<typeof treeMicroseconds>;

/** Work waits on a busy machine, but it does not grow. */
function processorTime(before: Processor, after: Processor): string {
  if (before === null || after === null) return 'processor time cannot be told here';
  const each = (microseconds: number): string => (microseconds / 1_000 / (PER_SECOND * SECONDS)).toFixed(2);
  return (
    `processor ms per SMS, webhook and reads included: ${each(after.node - before.node)} Node + ` +
    `${each(after.postgres - before.postgres)} PostgreSQL`
  );
}

function report({ taken, read, webhook, lag }: Times, processor: string): Report {
  return {
    lines: [
      `${PER_SECOND} SMS a second for ${SECONDS} s; p50 / p99 ms from the moment each was due; fsync and ` +
        'synchronous_commit on',
      `sent late by the sender itself   ${latency(lag)} (${lag.length})`,
      `the phone is answered            ${latency(taken)} (${taken.length})`,
      `the read model says completed    ${latency(read)} (${read.length}, read every ${READ_EVERY_MS} ms)`,
      `payment.completed has arrived    ${latency(webhook)} (${webhook.length})`,
      processor,
    ],
    targets: [
      { name: 'SMS to completed p99, ms', value: percentile(read, 0.99), atMost: 150 },
      { name: 'webhooks that arrived', value: webhook.length, atLeast: PER_SECOND * SECONDS },
    ],
  };
}
