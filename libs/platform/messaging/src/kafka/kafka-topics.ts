import type { Admin } from 'kafkajs';

/** One topic: its name, how many partitions it is made with, and how long it keeps messages (`null` = for ever). */
export interface KafkaTopicSettings {
  readonly name: string;
  readonly partitions: number;
  readonly retentionMs: number | null;
}

/** Largest message, with room above the 10 MB that anybody may send. */
export const MESSAGE_BYTES_MAX = 16 * 1024 * 1024;

/**
 * Makes the topics that are missing and returns their names. Throws when one exists with another number of partitions: changing
 * that moves keys to other partitions, and with them their order.
 */
export async function ensureTopics(
  admin: Admin,
  topics: readonly KafkaTopicSettings[],
  options: { readonly replicationFactor?: number } = {},
): Promise<readonly string[]> {
  const { topics: existing } = await admin.fetchTopicMetadata();
  const partitionsOf = new Map(existing.map((topic) => [topic.name, topic.partitions.length]));
  const missing = topics.filter((topic) => !partitionsOf.has(topic.name));
  const different = topics.filter(
    (topic) => partitionsOf.has(topic.name) && partitionsOf.get(topic.name) !== topic.partitions,
  );
  if (different.length > 0)
    throw new Error(
      `topics exist with another number of partitions: ${different.map((topic) => `${topic.name} has ${partitionsOf.get(topic.name)}, not ${topic.partitions}`).join(', ')}`,
    );
  if (missing.length === 0) return [];
  await admin.createTopics({
    waitForLeaders: true,
    topics: missing.map((topic) => ({
      topic: topic.name,
      numPartitions: topic.partitions,
      // -1: as the broker is set.
      replicationFactor: options.replicationFactor ?? -1,
      configEntries: [
        { name: 'cleanup.policy', value: 'delete' },
        { name: 'retention.ms', value: String(topic.retentionMs ?? -1) },
        { name: 'retention.bytes', value: '-1' },
        { name: 'max.message.bytes', value: String(MESSAGE_BYTES_MAX) },
      ],
    })),
  });
  return missing.map((topic) => topic.name);
}
