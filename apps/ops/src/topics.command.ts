import { setTimeout as sleep } from 'node:timers/promises';
import { topics } from '@paymatch/contracts';
import { createKafkaClient, ensureTopics, kafkaConnection, kafkaSettings } from '@paymatch/platform-messaging';
import { opsLogger, readSettings, type OpsCommand } from './ops-command.js';

const waitMs = 60_000;
const retryMs = 2_000;

/** Before the services start: topics have their partitions from the beginning, since a later change would move keys. */
export const topicsCommand: OpsCommand = {
  name: 'topics',
  usage: 'topics',
  summary: 'make the Kafka topics with their partitions and retention; repeats change nothing',
  async run() {
    const connection = kafkaConnection(readSettings(kafkaSettings));
    const admin = createKafkaClient({ ...connection, clientId: 'ops', logger: opsLogger() }).admin();
    for (const deadlineMs = Date.now() + waitMs; ;) {
      try {
        await admin.connect();
        break;
      } catch (error) {
        if (Date.now() > deadlineMs) throw error;
        console.error(`waiting for Kafka at ${connection.brokers.join(', ')}: ${(error as Error).message}`);
        await sleep(retryMs);
      }
    }
    try {
      const made = await ensureTopics(admin, Object.values(topics));
      console.log(made.length === 0 ? 'all topics are there' : `made ${made.join(', ')}`);
    } finally {
      await admin.disconnect();
    }
    return 0;
  },
};
