import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { newId, topics, type CreatePayment, type PaymentReply } from '@paymatch/contracts';
import {
  PaymentCommandHandler,
  PaymentCommandQueue,
  paymentsMigrations,
  paymentsSchema,
} from '@paymatch/payments-feature';
import { silentLogger } from '@paymatch/platform-observability';
import {
  BUS_SCHEMA,
  busMigrations,
  createKafkaClient,
  EmbeddedCarrier,
  ensureTopics,
  KafkaCarrier,
  type Carrier,
  type Message,
} from '@paymatch/platform-messaging';
import { KafkaBroker } from '@paymatch/platform-dev-servers';
import { Database, migrate } from '@paymatch/platform-postgres';
import { withDurablePostgres } from './durable-postgres.js';

const ROUNDS = 9;
const ROUND_MS = 800;
const WARM_UP_MS = 1_500;
const CALLERS = [1, 16] as const;
const TIMEOUT_MS = 30_000;

/** One way to bring a command to the payments service of this process, or one message to a reader. */
interface Way {
  readonly name: string;
  send(): Promise<unknown>;
}
/** Times in ms by name of the way, one caller and sixteen. */
export type WayTimes = ReadonlyMap<string, readonly [one: readonly number[], sixteen: readonly number[]]>;
export interface BusTimes {
  readonly commands: WayTimes;
  readonly echoes: WayTimes;
  readonly facts: WayTimes;
}

/**
 * What it costs to ask by topic: the same command, the same queue and database of payments, called directly, over the
 * embedded carrier and over Kafka (`null`: no broker can run here); then a command whose handler does nothing; then one
 * fact from `publish` to its reader. Turns alternate.
 */
export function measureBus(withKafka: boolean): Promise<BusTimes> {
  return withDurablePostgres(async (url) => {
    const closers: (() => Promise<unknown>)[] = [];
    try {
      const queue = await paymentsQueue(url, closers);
      const carriers = [
        ['embedded', await embeddedCarrier(url, closers)],
        ...(withKafka ? [['Kafka', await kafkaCarrier(closers)] as const] : []),
      ] as const;
      for (const [, carrier] of carriers) {
        await carrier.serve(topics.paymentsCommands.name, 'payments.commands', (command) =>
          queue.send(command as Message<CreatePayment>),
        );
        await carrier.serve(topics.webhooksCommands.name, 'bench.echo', (command) => Promise.resolve(command.data));
      }
      const ask = (topic: string) =>
        carriers.map(([name, carrier]): Way => ({
          name,
          send: () => carrier.request<PaymentReply>(topic, newCommand(), { timeoutMs: TIMEOUT_MS }),
        }));
      return {
        commands: await measure([
          { name: 'direct', send: () => queue.send(newCommand()) },
          ...ask(topics.paymentsCommands.name),
        ]),
        echoes: await measure(ask(topics.webhooksCommands.name)),
        facts: await measure(await Promise.all(carriers.map(([name, carrier]) => factWay(name, carrier)))),
      };
    } finally {
      for (const close of closers.reverse()) await close();
    }
  });
}

/** From `publish` to the reader's hands; what the reader then does is not counted. */
async function factWay(name: string, carrier: Carrier): Promise<Way> {
  const waiting = new Map<string, () => void>();
  await carrier.subscribe({
    group: 'bench.facts',
    topics: [topics.webhooksEvents.name],
    from: 'end',
    batchSizeMax: 500,
    onBatch: async (batch) => {
      for (const wire of batch) waiting.get(wire.headers['ce_id']!)?.();
    },
  });
  return {
    name,
    send: async () => {
      const message = newCommand();
      const arrived = new Promise<void>((resolve) => {
        waiting.set(message.id, resolve);
      });
      await Promise.all([carrier.publish(topics.webhooksEvents.name, [message]), arrived]);
      waiting.delete(message.id);
    },
  };
}

async function measure(ways: readonly Way[]): Promise<WayTimes> {
  const times = new Map(ways.map(({ name }): [string, [number[], number[]]] => [name, [[], []]]));
  for (const [index, callers] of CALLERS.entries()) {
    for (const way of ways) await oneRound(way, callers, WARM_UP_MS);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const way of ways)
        times.get(way.name)![index] = times.get(way.name)![index]!.concat(await oneRound(way, callers, ROUND_MS));
    }
  }
  return times;
}

async function oneRound(way: Way, callers: number, durationMs: number): Promise<readonly number[]> {
  const times: number[] = [];
  const beganAt = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (let now = performance.now(); now - beganAt < durationMs;) {
        await way.send();
        const after = performance.now();
        times.push(after - now);
        now = after;
      }
    }),
  );
  return times;
}

async function paymentsQueue(url: string, closers: (() => Promise<unknown>)[]): Promise<PaymentCommandQueue> {
  const database = await Database.connect({
    url,
    schema: paymentsSchema,
    migrations: paymentsMigrations,
    poolMax: 8,
    applicationName: 'bench',
  });
  closers.push(() => database.close());
  await migrate(database);
  const queue = new PaymentCommandQueue({
    handler: new PaymentCommandHandler(database),
    batchSizeMax: 200,
    concurrencyMax: 2,
    onCommitted: () => undefined,
  });
  closers.push(() => queue.close());
  return queue;
}

async function embeddedCarrier(url: string, closers: (() => Promise<unknown>)[]): Promise<Carrier> {
  const database = await Database.connect({
    url,
    schema: BUS_SCHEMA,
    migrations: busMigrations,
    poolMax: 8,
    applicationName: 'bench',
  });
  closers.push(() => database.close());
  await migrate(database);
  const carrier = new EmbeddedCarrier({ database, logger: silentLogger, topics: Object.values(topics) });
  closers.push(() => carrier.stop(10_000));
  await carrier.start();
  return carrier;
}

async function kafkaCarrier(closers: (() => Promise<unknown>)[]): Promise<Carrier> {
  const dataDir = mkdtempSync(path.join(process.env.BENCH_DIR ?? os.tmpdir(), 'paymatch-bench-'));
  closers.push(async () => rmSync(dataDir, { recursive: true, force: true }));
  const broker = await KafkaBroker.start({ dataDir });
  closers.push(() => broker.stop());
  const admin = createKafkaClient({ brokers: [broker.address], clientId: 'bench', logger: silentLogger }).admin();
  await admin.connect();
  await ensureTopics(admin, Object.values(topics));
  await admin.disconnect();
  const carrier = new KafkaCarrier({ brokers: [broker.address], clientId: 'bench', logger: silentLogger });
  closers.push(() => carrier.stop(10_000));
  await carrier.start();
  return carrier;
}

const merchantId = newId();

function newCommand(): Message<CreatePayment> {
  const [paymentId, commandId, now] = [newId(), newId(), new Date()];
  const data: CreatePayment = {
    type: 'CreatePayment',
    commandId,
    paymentId,
    merchantId,
    livemode: true,
    now: now.toISOString(),
    dialect: 'fastaar',
    source: 'api',
    method: 'wallet',
    amountMinor: 50_000,
    currency: 'BDT',
    invoiceId: null,
    customerId: null,
    metadata: { channel: 'web' },
    successUrl: null,
    cancelUrl: null,
    callbackUrl: null,
    payer: null,
    exchange: null,
    charge: null,
    instructions: null,
    expiresAt: new Date(now.getTime() + 1_800_000).toISOString(),
    invoiceIsUsedOnce: false,
  };
  return {
    id: commandId,
    type: data.type,
    source: 'bench',
    key: paymentId,
    time: data.now,
    dataVersion: 1,
    correlationId: commandId,
    causationId: null,
    data,
  };
}
