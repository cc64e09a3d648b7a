import { silentLogger } from '@paymatch/platform-observability';
import { Database } from '@paymatch/platform-postgres';
import { EmbeddedCarrier } from '../embedded/embedded-carrier.js';
import { KafkaCarrier } from '../kafka/kafka-carrier.js';
import type { Carrier } from '../message-bus.js';
import { KAFKA_SESSION_TIMEOUT_MS } from './kafka-session.js';

/**
 * Arguments: topic, group, carrier's name, its address. Prints `ready`, then the id of every message whose effect it
 * has had.
 */
async function main([topic, group, name, address]: readonly string[]): Promise<void> {
  if (topic === undefined || group === undefined || address === undefined)
    throw new Error('usage: crash-victim topic group embedded|kafka address');
  const carrier = await connect(name, address);
  await carrier.start();
  await carrier.subscribe({
    group,
    topics: [topic],
    from: 'beginning',
    batchSizeMax: 1,
    onBatch: async (batch) => {
      for (const wire of batch) process.stdout.write(`${wire.headers['ce_id']}\n`);
      await new Promise(() => undefined);
    },
  });
  process.stdout.write('ready\n');
}

async function connect(name: string | undefined, address: string): Promise<Carrier> {
  if (name === 'kafka')
    return new KafkaCarrier({
      brokers: [address],
      clientId: 'crash-victim',
      logger: silentLogger,
      settings: { sessionTimeoutMs: KAFKA_SESSION_TIMEOUT_MS },
    });
  if (name !== 'embedded') throw new Error(`no carrier is called ${name}`);
  return new EmbeddedCarrier({
    database: await Database.connect({ url: address, schema: 'bus', poolMax: 4, applicationName: 'crash-victim' }),
    logger: silentLogger,
  });
}

void main(process.argv.slice(2));
