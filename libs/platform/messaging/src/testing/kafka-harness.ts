import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { silentLogger } from '@paymatch/platform-observability';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { KafkaBroker } from '@paymatch/platform-dev-servers';
import { createKafkaClient } from '../kafka/kafka-client.js';
import { KafkaCarrier } from '../kafka/kafka-carrier.js';
import { ensureTopics, MESSAGE_BYTES_MAX } from '../kafka/kafka-topics.js';
import { KafkaSender } from '../kafka/kafka-sender.js';
import { parkedMessagesMigrationSql, parkedReplayMigrationSql } from '../parking/parked-messages.migration.js';
import { PostgresParkingLot } from '../parking/postgres-parking-lot.js';
import type { CarrierHarness } from './carrier-harness.js';
import { KAFKA_SESSION_TIMEOUT_MS } from './kafka-session.js';

/** The Kafka carrier on a real broker of its own, which may be killed. */
export async function createKafkaHarness(): Promise<CarrierHarness> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'paymatch-kafka-'));
  const broker = await KafkaBroker.start({
    dataDir,
    properties: { 'group.min.session.timeout.ms': '500', 'message.max.bytes': String(MESSAGE_BYTES_MAX) },
  });
  const client = createKafkaClient({ brokers: [broker.address], clientId: 'harness', logger: silentLogger });
  const admin = client.admin();
  await admin.connect();
  await ensureTopics(admin, [{ name: 'replies', partitions: 3, retentionMs: 3_600_000 }]);
  const raw = new KafkaSender(client, { queueMax: 1_000, timeoutMs: 10_000 });
  await raw.connect();
  const databases: TestDatabase[] = [];
  let restarting: Promise<void> = Promise.resolve();
  return {
    requestsCrossInstances: true,
    takeoverMs: KAFKA_SESSION_TIMEOUT_MS,
    victimArguments: ['kafka', broker.address],
    createCarrier: async () => {
      const carrier = new KafkaCarrier({
        brokers: [broker.address],
        clientId: 'carrier-contract',
        logger: silentLogger,
        settings: { sessionTimeoutMs: KAFKA_SESSION_TIMEOUT_MS },
      });
      await carrier.start();
      return carrier;
    },
    createTopic: async (topic) => {
      await restarting;
      await ensureTopics(admin, [{ name: topic, partitions: 3, retentionMs: null }]);
    },
    publishRaw: (topic, messages) => raw.send(messages.map((message) => ({ ...message, topic }))),
    killBroker: async () => {
      await broker.kill();
      restarting = broker.start();
    },
    createService: async () => {
      const test = await createTestDatabase({ schema: `svc_${databases.length}` });
      databases.push(test);
      await test.database.query(parkedMessagesMigrationSql(test.database.schema));
      await test.database.query(parkedReplayMigrationSql(test.database.schema));
      return { database: test.database, parkingLot: new PostgresParkingLot(test.database) };
    },
    stop: async () => {
      await restarting;
      await Promise.all([admin.disconnect(), raw.stop(), ...databases.map((test) => test.drop())]);
      await broker.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
