import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@paymatch/platform-observability';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { describeFault } from '../fault.js';
import type { WireMessage } from '../message.js';
import type { Subscription } from '../message-bus.js';
import { MESSAGE_BYTES_MAX } from './kafka-topics.js';
import { toWire } from './kafka-wire.js';
import { MergedBatches } from './merged-batches.js';

export interface KafkaConsumerSettings {
  /** A consumer that was killed keeps its partitions this long. */
  readonly sessionTimeoutMs: number;
  /** How long the group waits for a member with a batch in hand. */
  readonly rebalanceTimeoutMs: number;
  readonly partitionsConcurrencyMax: number;
  /** Waits after a batch that was rejected: the first, and the longest. */
  readonly retryFirstMs: number;
  readonly retryMaxMs: number;
}

export interface KafkaConsumerOptions {
  readonly kafka: Kafka;
  readonly logger: Logger;
  readonly groupId: string;
  readonly topic: string;
  readonly from: 'beginning' | 'end';
  readonly batchSizeMax: number;
  readonly onBatch: (batch: readonly WireMessage[]) => Promise<void>;
  /** Hands over what several partitions have at the time as one batch, one batch at a time. */
  readonly mergesPartitions?: boolean;
  readonly onOwnershipChange?: () => void;
  /** How often the place is stored; after every batch when absent. A crash repeats what was taken since. */
  readonly commitEveryMs?: number;
  readonly settings: KafkaConsumerSettings;
}

const RESTART_AFTER_MS = 1_000;
const COMMIT_REST_MS = 1_000;
/** A consumer must end its long poll before it can rejoin a group: a long one makes every rebalance slow. */
const LONG_POLL_MS = 250;

/** One member of a group on one topic. Whatever happens to kafkajs or to a batch, it goes on until it is stopped. */
export class KafkaConsumer implements Subscription {
  private consumer: Consumer | undefined;
  private readonly stopping = new AbortController();
  private restarting: Promise<void> | undefined;
  private readonly committedAtMs = new Map<number, number>();
  /** Places that are not stored yet, since another of the partition was a moment ago. */
  private readonly uncommitted = new Map<number, string>();
  private committing: NodeJS.Timeout | undefined;
  private batchesInHand = 0;
  private handledCount = 0;
  private lastProgressAtMs = Date.now();

  private readonly handle: KafkaConsumerOptions['onBatch'];

  private constructor(private readonly options: KafkaConsumerOptions) {
    const merged = new MergedBatches(options.onBatch, options.batchSizeMax);
    this.handle = options.mergesPartitions === true ? (messages) => merged.take(messages) : options.onBatch;
  }

  /** Resolves when the group has its place in every partition, so that what is published from then on is seen. */
  static async start(options: KafkaConsumerOptions): Promise<KafkaConsumer> {
    const consumer = new KafkaConsumer(options);
    try {
      await consumer.connect(options.from === 'end' ? await endsWithoutPlace(options) : []);
    } catch (error) {
      await consumer.stop();
      throw error;
    }
    return consumer;
  }

  /** An empty look at the topic is progress, too. */
  progress(): ReturnType<Subscription['progress']> {
    return {
      handledCount: this.handledCount,
      isIdle: this.batchesInHand === 0,
      lastProgressAtMs: this.lastProgressAtMs,
    };
  }

  get name(): string {
    return this.options.groupId;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    clearTimeout(this.committing);
    await this.restarting;
    // kafkajs tries for as long as it can; nobody who stops waits for that.
    await Promise.race([this.commitRest(), sleep(COMMIT_REST_MS, undefined, { ref: false })]);
    await this.consumer?.disconnect();
  }

  private async connect(places: readonly Place[]): Promise<void> {
    const { kafka, groupId, topic, settings } = this.options;
    const consumer = kafka.consumer({
      groupId,
      sessionTimeout: settings.sessionTimeoutMs,
      heartbeatInterval: Math.floor(settings.sessionTimeoutMs / 4),
      rebalanceTimeout: settings.rebalanceTimeoutMs,
      maxWaitTimeInMs: LONG_POLL_MS,
      maxBytesPerPartition: MESSAGE_BYTES_MAX,
      maxBytes: 2 * MESSAGE_BYTES_MAX,
      allowAutoTopicCreation: false,
      retry: {
        initialRetryTime: 100,
        multiplier: 2,
        maxRetryTime: 1_000,
        retries: 5,
        restartOnFailure: async () => !this.isStopping,
      },
    });
    this.consumer = consumer;
    const { GROUP_JOIN, FETCH, CRASH } = consumer.events;
    let isPlaced = places.length === 0;
    const joined = new Promise<void>((resolve) => {
      consumer.on(GROUP_JOIN, () => {
        this.options.onOwnershipChange?.();
        // They may be another member's now, which may be further.
        this.uncommitted.clear();
        // In the very turn of joining, before the first fetch looks for a place by itself.
        if (!isPlaced) for (const { partition, offset } of places) consumer.seek({ topic, partition, offset });
        resolve();
      });
      this.stopping.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    consumer.on(FETCH, () => {
      this.lastProgressAtMs = Date.now();
    });
    // kafkajs restarts after what it takes for passing; after anything else (an error it does not know) it would stay
    // away for good.
    consumer.on(CRASH, ({ payload }) => {
      if (!payload.restart && !this.isStopping) this.restarting ??= this.restart(consumer);
    });
    await consumer.connect();
    // A group without a place (or whose place has expired) begins with what is there: nothing is skipped silently.
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: settings.partitionsConcurrencyMax,
      eachBatch: (payload) => this.takeBatch(payload),
    });
    if (isPlaced) return;
    // `run` also returns when joining has failed for now; a place can only be stored by a member.
    await joined;
    // Stored at once: a member that starts before the first message must not begin at a later end.
    await consumer.commitOffsets(places.map((place) => ({ topic, ...place })));
    isPlaced = true;
  }

  private async restart(crashed: Consumer): Promise<void> {
    const { logger, groupId, topic } = this.options;
    for (let isRunning = false; !isRunning && !this.isStopping;) {
      await sleep(RESTART_AFTER_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      if (this.isStopping) break;
      try {
        await crashed.disconnect();
        await this.connect([]);
        isRunning = true;
      } catch (error) {
        logger.warn('a consumer could not be started again yet', { groupId, topic, fault: describeFault(error) });
      }
    }
    this.restarting = undefined;
  }

  private async takeBatch(payload: EachBatchPayload): Promise<void> {
    const { batch, isRunning, isStale } = payload;
    const { batchSizeMax, topic } = this.options;
    this.batchesInHand += 1;
    try {
      for (let start = 0; start < batch.messages.length; start += batchSizeMax) {
        if (!isRunning() || isStale()) return;
        const records = batch.messages.slice(start, start + batchSizeMax);
        const isDone = await this.deliver(
          records.map((record) => toWire(topic, batch.partition, record)),
          payload,
        );
        const last = records.at(-1);
        if (!isDone || last === undefined) return;
        payload.resolveOffset(last.offset);
        await this.commit(payload, String(BigInt(last.offset) + 1n));
        this.handledCount += records.length;
        this.lastProgressAtMs = Date.now();
        // kafkajs itself beats only when a fetch gave nothing: under steady load the group would lose this member, or
        // never be joined by another. Sent at most once an interval; throws when the group has changed, and kafkajs
        // then rejoins.
        await payload.heartbeat();
      }
    } finally {
      this.batchesInHand -= 1;
    }
  }

  private async commit({ batch, commitOffsetsIfNecessary }: EachBatchPayload, offset: string): Promise<void> {
    const { topic, commitEveryMs = 0 } = this.options;
    const lastMs = this.committedAtMs.get(batch.partition) ?? Number.NEGATIVE_INFINITY;
    if (performance.now() - lastMs < commitEveryMs && !this.isStopping) {
      this.uncommitted.set(batch.partition, offset);
      this.committing ??= setTimeout(() => void this.commitRest(), commitEveryMs).unref();
      return;
    }
    this.uncommitted.delete(batch.partition);
    await commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition: batch.partition, offset }] }] });
    this.committedAtMs.set(batch.partition, performance.now());
  }

  /** The last places of a topic that has become quiet, or it would seem to lag for ever. */
  private async commitRest(): Promise<void> {
    this.committing = undefined;
    const places = [...this.uncommitted].map(([partition, offset]) => ({
      topic: this.options.topic,
      partition,
      offset,
    }));
    this.uncommitted.clear();
    if (places.length === 0) return;
    const { logger, groupId, topic } = this.options;
    // Who takes the partition over starts from the place before, and what is between is delivered twice, as promised.
    await this.consumer
      ?.commitOffsets(places)
      .catch((error: unknown) =>
        logger.debug('the last places could not be stored', { groupId, topic, fault: describeFault(error) }),
      );
  }

  /**
   * Whether the messages were taken; `false` when the consumer stops first. Heartbeats go on as long as it takes; when
   * one says that the group has changed, the batch in hand is finished, and then kafkajs is told.
   */
  private async deliver(messages: readonly WireMessage[], payload: EachBatchPayload): Promise<boolean> {
    const { settings, logger, groupId, topic } = this.options;
    let groupFault: unknown;
    const beats = setInterval(
      () => {
        payload.heartbeat().catch((error: unknown) => {
          groupFault ??= error;
        });
      },
      Math.floor(settings.sessionTimeoutMs / 4),
    );
    try {
      for (let attempt = 0; ; attempt += 1) {
        try {
          await this.handle(messages);
          return true;
        } catch (error) {
          logger.warn('a batch will be delivered again', {
            groupId,
            topic,
            partition: payload.batch.partition,
            fault: describeFault(error),
          });
        }
        await sleep(Math.min(settings.retryFirstMs * 2 ** Math.min(attempt, 10), settings.retryMaxMs), undefined, {
          signal: this.stopping.signal,
        }).catch(() => undefined);
        if (this.isStopping || !payload.isRunning() || payload.isStale()) return false;
        // Thrown from here, it makes the consumer rejoin, and whoever owns the partition then starts from the last
        // commit.
        if (groupFault !== undefined) throw groupFault;
      }
    } finally {
      clearInterval(beats);
    }
  }

  private get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }
}

/** Where a group begins in a partition. */
interface Place {
  readonly partition: number;
  readonly offset: string;
}

/** The present end of every partition in which the group has no place yet. */
async function endsWithoutPlace({ kafka, groupId, topic }: KafkaConsumerOptions): Promise<readonly Place[]> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const [stored] = await admin.fetchOffsets({ groupId, topics: [topic] });
    const withoutPlace = new Set(
      stored?.partitions.filter(({ offset }) => offset === '-1').map(({ partition }) => partition),
    );
    if (withoutPlace.size === 0) return [];
    const ends = await admin.fetchTopicOffsets(topic);
    return ends
      .filter(({ partition }) => withoutPlace.has(partition))
      .map(({ partition, high }) => ({ partition, offset: high }));
  } finally {
    await admin.disconnect();
  }
}
