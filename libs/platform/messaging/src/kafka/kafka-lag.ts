import type { Admin, Kafka } from 'kafkajs';
import type { ConsumerLag } from '../message-bus.js';

/** How far groups are behind, as the broker knows it. Keeps one connection, made when it is first asked. */
export class KafkaLag {
  private admin: Promise<Admin> | undefined;

  constructor(private readonly kafka: Kafka) {}

  /** Of groups named `{group}:{topic}`. */
  async of(groupIds: readonly string[]): Promise<readonly ConsumerLag[]> {
    if (groupIds.length === 0) return [];
    const admin = await this.connected();
    return Promise.all(
      groupIds.map(async (groupId) => {
        const [group = '', topic = ''] = groupId.split(':');
        const [ends, [stored]] = await Promise.all([
          admin.fetchTopicOffsets(topic),
          admin.fetchOffsets({ groupId, topics: [topic] }),
        ]);
        const places = new Map(stored?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
        const messages = ends.reduce((sum, { partition, high, low }) => {
          const place = places.get(partition) ?? -1;
          // -1: nothing stored yet, so all that is there.
          return sum + Math.max(0, Number(high) - Math.max(place, Number(low)));
        }, 0);
        return { group, topic, messages };
      }),
    );
  }

  async stop(): Promise<void> {
    const admin = await this.admin?.catch(() => undefined);
    await admin?.disconnect();
  }

  private connected(): Promise<Admin> {
    this.admin ??= this.connect().catch((error: unknown) => {
      this.admin = undefined;
      throw error;
    });
    return this.admin;
  }

  private async connect(): Promise<Admin> {
    const admin = this.kafka.admin({ retry: { retries: 1 } });
    await admin.connect();
    return admin;
  }
}
