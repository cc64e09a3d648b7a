import { once } from 'node:events';
import path from 'node:path';
import {
  contractVersion,
  examplePayment,
  newId,
  topics,
  type PaymentEventData,
  type PaymentSnapshot,
  type WebhookCommand,
} from '@paymatch/contracts';
import { BUS_SCHEMA, busMigrations, EmbeddedCarrier, type Message } from '@paymatch/platform-messaging';
import { systemClock, silentLogger } from '@paymatch/platform-observability';
import { Database, migrate } from '@paymatch/platform-postgres';
import { runServices } from '@paymatch/platform-service';
import { webhookDispatchService } from '@paymatch/webhook-dispatch-feature';
import { startProcess, stopProcess } from './child-process.js';

const merchantId = newId();
const TIMEOUT_MS = 30_000;

/** The webhook service by itself, on the embedded carrier, with one endpoint at `url`. */
export interface DispatchService {
  /** Facts as the payments service publishes them: one new payment each. */
  publish(count: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startDispatchService(databaseUrl: string, url: string): Promise<DispatchService> {
  const bus = await Database.connect({
    url: databaseUrl,
    schema: BUS_SCHEMA,
    migrations: busMigrations,
    poolMax: 5,
    applicationName: 'bench',
  });
  await migrate(bus);
  const carrier = new EmbeddedCarrier({ database: bus, logger: silentLogger, topics: Object.values(topics) });
  const service = await runServices({
    name: 'webhook-dispatch',
    definitions: [webhookDispatchService],
    databaseUrl,
    databaseWaitMs: 0,
    migrates: true,
    carrier,
    logger: silentLogger,
    clock: systemClock,
    settings: {
      publicUrl: 'https://pay.example',
      secret: 'a secret of at least thirty-two characters',
      allowHttp: true,
      allowPrivateTargets: true,
      webhooksInFlightMax: 256,
      webhooksPerReceiverMax: 64,
    },
    host: '127.0.0.1',
    port: 0,
    stopDeadlineMs: 20_000,
    closers: [() => bus.close()],
  });
  const endpoint: WebhookCommand = {
    type: 'CreateEndpoint',
    merchantId,
    livemode: true,
    url,
    description: '',
    events: ['payment.*'],
    headers: {},
    order: 'latest_wins',
    concurrencyMax: null,
    ratePerSecond: null,
    secretSealed: null,
  };
  await carrier.request(topics.webhooksCommands.name, messageOf(endpoint, merchantId), { timeoutMs: TIMEOUT_MS });
  return {
    publish: (count) => carrier.publish(topics.paymentsEvents.name, Array.from({ length: count }, paymentCreated)),
    stop: () => service.stop(),
  };
}

/** The receiver of both ways that are compared. */
export async function withShop<T>(work: (shop: { url: string; heard(): Promise<number> }) => Promise<T>): Promise<T> {
  const child = startProcess(path.join(__dirname, 'shop-server.js'), { env: {} });
  try {
    const [line] = (await once(child.stdout!, 'data')) as [Buffer];
    const url = line.toString().trim();
    return await work({ url: `${url}/hook`, heard: async () => Number(await (await fetch(url)).text()) });
  } finally {
    await stopProcess(child);
  }
}

function messageOf<Data extends { readonly type: string }>(data: Data, key: string): Message<Data> {
  return {
    id: newId(),
    type: data.type,
    source: 'bench',
    key,
    time: new Date().toISOString(),
    dataVersion: contractVersion,
    correlationId: key,
    causationId: null,
    data,
  };
}

function paymentCreated(): Message<PaymentEventData> {
  const payment = newPayment();
  const fact: PaymentEventData = { type: 'payments.payment-created', eventId: newId(), details: {}, payment };
  return messageOf(fact, payment.id);
}

function newPayment(): PaymentSnapshot {
  const now = new Date();
  return examplePayment(
    {
      merchantId,
      invoiceId: `ORDER-${now.getTime()}`,
      metadata: { channel: 'web' },
      successUrl: 'https://shop.example/thanks',
    },
    now.getTime(),
  );
}
