import type { Logger } from '@paymatch/platform-observability';
import { KafkaJSError, type Kafka } from 'kafkajs';
import { CarrierUnavailable } from '../errors.js';
import { encodeMessage } from '../message.codec.js';
import type { Message } from '../message.js';
import type { Carrier, ConsumerLag, SubscribeOptions, Subscription } from '../message-bus.js';
import { createKafkaClient, type KafkaConnection } from './kafka-client.js';
import { KafkaCommands } from './kafka-commands.js';
import { KafkaConsumer, type KafkaConsumerOptions, type KafkaConsumerSettings } from './kafka-consumer.js';
import { KafkaLag } from './kafka-lag.js';
import { KafkaRequests } from './kafka-requests.js';
import { KafkaSender } from './kafka-sender.js';

export interface KafkaCarrierOptions extends KafkaConnection {
  /** Shown by the broker's tools, e.g. the service's name. */
  readonly clientId: string;
  readonly logger: Logger;
  /** Whether this process asks others: it then hears their answers before `start` resolves. */
  readonly sendsCommands?: boolean;
  /** `replies` when absent; made with the other topics before anything starts. */
  readonly repliesTopic?: string;
  /** The newest data version of commands; 1 when absent. */
  readonly dataVersionMax?: number;
  readonly settings?: Partial<KafkaCarrierSettings>;
}

export interface KafkaCarrierSettings extends KafkaConsumerSettings {
  readonly requestsInFlightMax: number;
  readonly commandsConcurrencyMax: number;
  readonly publishQueueMax: number;
  readonly publishTimeoutMs: number;
  /** A consumer that does not even look at its topic for so long is a problem. */
  readonly silenceMaxMs: number;
}

export const defaultKafkaCarrierSettings: KafkaCarrierSettings = {
  sessionTimeoutMs: 6_000,
  rebalanceTimeoutMs: 30_000,
  partitionsConcurrencyMax: 12,
  retryFirstMs: 100,
  retryMaxMs: 5_000,
  requestsInFlightMax: 10_000,
  commandsConcurrencyMax: 512,
  publishQueueMax: 50_000,
  publishTimeoutMs: 10_000,
  silenceMaxMs: 30_000,
};

/**
 * Commands and replies: what a crash leaves unanswered is asked again by its caller, so their place need not be exact.
 */
const REQUESTS_COMMIT_EVERY_MS = 1_000;
/**
 * Facts: each place stored costs the broker a write. What a crash leaves unstored is delivered again, and its effects
 * are guarded.
 */
const FACTS_COMMIT_EVERY_MS = 250;

/** Groups of one instance, which reads the answers to what it asked. */
const REPLIES = 'replies:';

/** A consumer that has looked at its topic so lately has a broker. */
const LOOKS_LATELY_MS = 5_000;

/** The carrier over Apache Kafka. */
export class KafkaCarrier implements Carrier {
  private readonly settings: KafkaCarrierSettings;
  private readonly kafka: Kafka;
  private readonly sender: KafkaSender;
  private readonly requests: KafkaRequests;
  private readonly lags: KafkaLag;
  private readonly consumers = new Set<KafkaConsumer>();
  private readonly commands = new Set<KafkaCommands>();
  private listening: Promise<unknown> | undefined;
  private isStopped = false;

  constructor(private readonly options: KafkaCarrierOptions) {
    this.settings = { ...defaultKafkaCarrierSettings, ...options.settings };
    this.kafka = createKafkaClient(options);
    this.lags = new KafkaLag(this.kafka);
    this.sender = new KafkaSender(this.kafka, {
      queueMax: this.settings.publishQueueMax,
      timeoutMs: this.settings.publishTimeoutMs,
    });
    this.requests = new KafkaRequests({
      sender: this.sender,
      logger: options.logger,
      inFlightMax: this.settings.requestsInFlightMax,
      whenListening: () => this.listen(),
    });
  }

  /** Rejects when no broker can be reached. */
  async start(): Promise<void> {
    await unlessAway(this.sender.connect());
    if (this.options.sendsCommands) await this.listen();
  }

  /** The place is kept by the broker, the effects by a database that may crash. */
  readonly keepsPlacesElsewhere = true;

  async publish(topic: string, messages: readonly Message[]): Promise<void> {
    if (this.isStopped) throw new CarrierUnavailable('the process is stopping');
    await this.sender.send(messages.map((message) => encodeMessage(topic, message)));
  }

  request<Reply>(topic: string, command: Message, options: { readonly timeoutMs: number }): Promise<Reply> {
    return this.requests.request(topic, command, options.timeoutMs) as Promise<Reply>;
  }

  async serve(topic: string, group: string, handle: (command: Message) => Promise<unknown>): Promise<void> {
    const { logger, dataVersionMax = 1 } = this.options;
    const commands = new KafkaCommands({
      topic,
      repliesTopic: this.repliesTopic,
      handle,
      sender: this.sender,
      logger,
      concurrencyMax: this.settings.commandsConcurrencyMax,
      dataVersionMax,
    });
    await this.consume({
      groupId: groupIdOf(group, topic),
      topic,
      from: 'beginning',
      batchSizeMax: this.settings.commandsConcurrencyMax,
      commitEveryMs: REQUESTS_COMMIT_EVERY_MS,
      onBatch: (batch) => commands.take(batch),
    });
    this.commands.add(commands);
  }

  async subscribe(options: SubscribeOptions): Promise<Subscription> {
    const { group, topics, from, batchSizeMax, onBatch, onOwnershipChange } = options;
    const members = await Promise.all(
      topics.map((topic) =>
        this.consume({
          groupId: groupIdOf(group, topic),
          topic,
          from,
          batchSizeMax,
          mergesPartitions: true,
          commitEveryMs: FACTS_COMMIT_EVERY_MS,
          onBatch,
          ...(onOwnershipChange && { onOwnershipChange }),
        }),
      ),
    );
    return {
      stop: async () => {
        await Promise.all(members.map((member) => this.end(member)));
      },
      progress: () => {
        const parts = members.map((member) => member.progress());
        return {
          handledCount: parts.reduce((sum, part) => sum + part.handledCount, 0),
          isIdle: parts.every((part) => part.isIdle),
          lastProgressAtMs: Math.min(...parts.map((part) => part.lastProgressAtMs)),
        };
      },
    };
  }

  async stop(deadlineMs: number): Promise<void> {
    this.requests.close();
    // Handlers that are still at work may publish and reply: the sender closes last.
    const stopping = Promise.allSettled([...this.consumers].map((consumer) => this.end(consumer)))
      .then(() => Promise.all([...this.commands].map((commands) => commands.idle())))
      .then(() => {
        this.isStopped = true;
        return Promise.all([this.sender.stop(), this.lags.stop()]);
      });
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      stopping,
      new Promise((resolve) => {
        timer = setTimeout(resolve, deadlineMs);
      }),
    ]);
    clearTimeout(timer);
    this.isStopped = true;
    this.requests.abandon();
  }

  problems(): readonly string[] {
    return this.silent().map(({ name, silentMs }) => `consumer ${name} has not looked at its topic for ${silentMs} ms`);
  }

  lag(): Promise<readonly ConsumerLag[]> {
    // Replies are this instance's own, and their places nobody's.
    return this.lags.of([...this.consumers].map(({ name }) => name).filter((name) => !name.startsWith(REPLIES)));
  }

  queueDepths(): Readonly<Record<string, number>> {
    return { 'bus.publish': this.sender.depth, 'bus.requests': this.requests.depth };
  }

  /** A broker that is away silences every consumer; one that is silent while another looks at its topic is stuck. */
  stalls(): readonly string[] {
    const isBrokerThere = [...this.consumers].some(
      (consumer) => Date.now() - consumer.progress().lastProgressAtMs < LOOKS_LATELY_MS,
    );
    return isBrokerThere ? this.problems() : [];
  }

  private silent(): readonly { readonly name: string; readonly silentMs: number }[] {
    return [...this.consumers]
      .map((consumer) => ({ name: consumer.name, ...consumer.progress() }))
      .filter(({ isIdle, lastProgressAtMs }) => isIdle && Date.now() - lastProgressAtMs > this.settings.silenceMaxMs)
      .map(({ name, lastProgressAtMs }) => ({ name, silentMs: Date.now() - lastProgressAtMs }));
  }

  private get repliesTopic(): string {
    return this.options.repliesTopic ?? 'replies';
  }

  /** Every instance reads all replies, in a group of its own, from now on: a rebalance elsewhere never loses one. */
  private listen(): Promise<unknown> {
    this.listening ??= this.consume({
      groupId: `${REPLIES}${this.requests.instanceId}`,
      topic: this.repliesTopic,
      from: 'end',
      batchSizeMax: 1_000,
      commitEveryMs: REQUESTS_COMMIT_EVERY_MS,
      onBatch: async (batch) => this.requests.takeReplies(batch),
    }).catch((error: unknown) => {
      this.listening = undefined;
      throw error;
    });
    return this.listening;
  }

  private async consume(options: Omit<KafkaConsumerOptions, 'kafka' | 'logger' | 'settings'>): Promise<KafkaConsumer> {
    const consumer = await unlessAway(
      KafkaConsumer.start({
        ...options,
        kafka: this.kafka,
        logger: this.options.logger,
        settings: this.settings,
      }),
    );
    this.consumers.add(consumer);
    return consumer;
  }

  private async end(consumer: KafkaConsumer): Promise<void> {
    this.consumers.delete(consumer);
    await consumer.stop();
  }
}

/** Whatever kafkajs cannot do, it may be able to do later. */
async function unlessAway<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof KafkaJSError) throw new CarrierUnavailable('Kafka cannot be reached', { cause: error });
    throw error;
  }
}

/**
 * kafkajs deals out all topics of a group to all its members, whatever each has subscribed to: so one topic, one group.
 */
function groupIdOf(group: string, topic: string): string {
  return `${group}:${topic}`;
}
