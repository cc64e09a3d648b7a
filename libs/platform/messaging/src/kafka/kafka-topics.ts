import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigResourceTypes, ConfigSource, type Admin } from 'kafkajs';

/** One topic: its name, how many partitions it is made with, and how long it keeps messages (`null` = for ever). */
export interface KafkaTopicSettings {
  readonly name: string;
  readonly partitions: number;
  readonly retentionMs: number | null;
}

/** Largest message, with room above the 10 MB that anybody may send. */
export const MESSAGE_BYTES_MAX = 16 * 1024 * 1024;

const LEADERS_WAIT_MS = 30_000;
const LEADERS_LOOK_MS = 100;

/**
 * Set on every topic: the broker stamps messages, so that how old one is does not hang on the clock of whoever sent it.
 */
const STAMPED_BY_BROKER = { name: 'message.timestamp.type', value: 'LogAppendTime' };

/**
 * Makes the topics that are missing and returns their names. One may have more partitions than it is made with, which
 * an operator gave it; it is left so. Throws when one has fewer: it would be slower than it is meant to be, and only an
 * operator can say when keys may move to other partitions.
 */
export async function ensureTopics(
  admin: Admin,
  topics: readonly KafkaTopicSettings[],
  options: { readonly replicationFactor?: number } = {},
): Promise<readonly string[]> {
  const { topics: existing } = await admin.fetchTopicMetadata();
  const partitionsOf = new Map(existing.map((topic) => [topic.name, topic.partitions.length]));
  const missing = topics.filter((topic) => !partitionsOf.has(topic.name));
  const tooFew = topics.filter((topic) => (partitionsOf.get(topic.name) ?? topic.partitions) < topic.partitions);
  if (tooFew.length > 0)
    throw new Error(
      'topics have too few partitions: ' +
        `${tooFew.map(({ name, partitions }) => `${name} has ${partitionsOf.get(name)}, not ${partitions}`).join(', ')}. ` +
        'Stop the services, let them finish what is on the topics, raise the number (kafka-topics.sh --alter --partitions), and start again',
    );
  await stampByBroker(
    admin,
    topics.filter((topic) => partitionsOf.has(topic.name)).map(({ name }) => name),
  );
  if (missing.length === 0) return [];
  await admin.createTopics({
    // kafkajs gives up when a broker has not heard of the topic yet; we wait for that, too.
    waitForLeaders: false,
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
        STAMPED_BY_BROKER,
      ],
    })),
  });
  await untilLed(
    admin,
    missing.map(({ name }) => name),
  );
  return missing.map((topic) => topic.name);
}

async function untilLed(admin: Admin, names: readonly string[]): Promise<void> {
  for (const deadlineMs = Date.now() + LEADERS_WAIT_MS; ; await sleep(LEADERS_LOOK_MS)) {
    const { topics } = await admin.fetchTopicMetadata();
    const led = new Set(
      topics
        .filter(({ partitions }) => partitions.length > 0 && partitions.every(({ leader }) => leader >= 0))
        .map(({ name }) => name),
    );
    const unled = names.filter((name) => !led.has(name));
    if (unled.length === 0) return;
    if (Date.now() > deadlineMs)
      throw new Error(`topics have no leader after ${LEADERS_WAIT_MS} ms: ${unled.join(', ')}`);
  }
}

/**
 * For topics of earlier versions. What else was set on them is said again, since Kafka's request replaces all of it.
 */
async function stampByBroker(admin: Admin, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: names.map((name) => ({ type: ConfigResourceTypes.TOPIC, name })),
  });
  const changes = resources
    .filter(({ configEntries }) =>
      configEntries.every(({ configName, configValue }) =>
        configName === STAMPED_BY_BROKER.name ? configValue !== STAMPED_BY_BROKER.value : true,
      ),
    )
    .map(({ resourceName, configEntries }) => ({
      type: ConfigResourceTypes.TOPIC,
      name: resourceName,
      configEntries: [
        ...configEntries
          .filter(({ configSource }) => configSource === ConfigSource.TOPIC_CONFIG)
          .filter(({ configName }) => configName !== STAMPED_BY_BROKER.name)
          .map(({ configName, configValue }) => ({ name: configName, value: configValue })),
        STAMPED_BY_BROKER,
      ],
    }));
  if (changes.length > 0) await admin.alterConfigs({ validateOnly: false, resources: changes });
}
