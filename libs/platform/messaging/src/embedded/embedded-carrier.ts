import { LeaseSession, type LeaseConnection } from '@paymatch/platform-log';
import { SupervisedLoop } from '@paymatch/platform-loops';
import type { Logger } from '@paymatch/platform-observability';
import { isDatabaseUnreachable, type Database } from '@paymatch/platform-postgres';
import { CarrierUnavailable } from '../errors.js';
import { encodeMessage } from '../message.codec.js';
import type { Message } from '../message.js';
import type { Carrier, ConsumerLag, PublishOptions, SubscribeOptions, Subscription } from '../message-bus.js';
import { CommandLanes } from '../requests/command-lanes.js';
import { RecentLog } from './recent-log.js';
import { GroupPlaces } from './group-places.js';
import { TopicTail } from './topic-tail.js';
import { LogConsumer, type LogConsumerSettings } from './log-consumer.js';
import { appendToLog, consumerLags, removeExpired, topicsWrittenBehind } from './log-store.js';
import { forgetMessages } from './forget-messages.js';
import { AppendQueue } from '../sending/append-queue.js';

export interface EmbeddedCarrierOptions {
  /** Connected to schema `bus` and migrated with `busMigrations`. */
  readonly database: Database;
  readonly logger: Logger;
  /** How long each topic keeps its messages; a topic that is not named, or has `null`, keeps them for ever. */
  readonly topics?: readonly { readonly name: string; readonly retentionMs: number | null }[];
  readonly settings?: Partial<EmbeddedCarrierSettings>;
}

export interface EmbeddedCarrierSettings extends LogConsumerSettings {
  /** Requests without an answer; further ones are turned away. */
  readonly requestsInFlightMax: number;
  /** Commands of one topic handled at the same time. */
  readonly commandsConcurrencyMax: number;
  /** Messages waiting to be written; further ones are turned away. */
  readonly publishQueueMax: number;
  readonly publishTimeoutMs: number;
  readonly cleanupEveryMs: number;
}

export const defaultEmbeddedCarrierSettings: EmbeddedCarrierSettings = {
  pollMinMs: 5,
  pollMaxMs: 1_000,
  lingerMs: 10,
  bytesMax: 8_000_000,
  standstillMs: 15_000,
  requestsInFlightMax: 10_000,
  commandsConcurrencyMax: 512,
  publishQueueMax: 50_000,
  publishTimeoutMs: 10_000,
  cleanupEveryMs: 60_000,
};

/** Per topic; a few busy batches, so that groups that read side by side ask the database once. */
const RECENT_MESSAGES_MAX = 2_000;
/** A page is one short statement; the pages of a minute outrun what thousands of messages a second bring. */
const CLEANUP_PAGE_SIZE = 1_000;
const CLEANUP_PAGES_MAX = 1_000;
const UNREACHABLE_TOLERATED_MS = 5_000;

/**
 * The carrier that needs nothing but PostgreSQL: a durable log with an offset per group, and commands handed over in
 * memory to the handler in the same process. Processes that share a database share its topics and groups, but not its
 * commands.
 */
export class EmbeddedCarrier implements Carrier {
  private readonly settings: EmbeddedCarrierSettings;
  private readonly writer: AppendQueue;
  /**
   * For messages whose publisher brings them again after a crash; a topic has publishers of one kind, so its order is
   * kept.
   */
  private readonly repeatedWriter: AppendQueue;
  private readonly lanes: CommandLanes;
  private readonly session: LeaseSession;
  /**
   * Kept per session: a crash of the database may lose transactions that did not wait for the disk and give their
   * numbers out again, and what was read before it is then no longer what stands at those places.
   */
  private readonly tails = new WeakMap<LeaseConnection, Map<string, TopicTail>>();
  private readonly places = new WeakMap<LeaseConnection, GroupPlaces>();
  private readonly writes = new Map<string, number>();
  private readonly consumers = new Map<string, LogConsumer>();
  private readonly subscriptions = new Set<Subscription>();
  private readonly cleanup: SupervisedLoop;
  private readonly looks: SupervisedLoop;
  private lookedThrough: LeaseConnection | undefined;
  private isStopped = false;

  constructor(private readonly options: EmbeddedCarrierOptions) {
    this.settings = { ...defaultEmbeddedCarrierSettings, ...options.settings };
    const { database, logger } = options;
    this.session = new LeaseSession({ database, logger, holder: 'the bus' });
    const queue = {
      isUnreachable: isDatabaseUnreachable,
      queueMax: this.settings.publishQueueMax,
      timeoutMs: this.settings.publishTimeoutMs,
      onWritten: (topics: ReadonlySet<string>) => this.nudge(topics),
    };
    this.writer = new AppendQueue({ ...queue, write: (messages) => appendToLog(database, messages) });
    this.repeatedWriter = new AppendQueue({ ...queue, write: (messages) => appendToLog(database.relaxed, messages) });
    this.lanes = new CommandLanes({
      logger,
      inFlightMax: this.settings.requestsInFlightMax,
      concurrencyMax: this.settings.commandsConcurrencyMax,
    });
    this.cleanup = new SupervisedLoop({
      name: 'the removal of expired messages',
      logger,
      everyMs: this.settings.cleanupEveryMs,
      turn: (isStopping) => this.cleanUp(isStopping),
    });
    this.looks = new SupervisedLoop({
      name: 'the look for what other processes publish',
      logger,
      everyMs: this.settings.pollMaxMs,
      turn: () => this.lookAround(),
    });
  }

  async start(): Promise<void> {
    await this.session.open();
    this.cleanup.start();
    this.looks.start();
  }

  async publish(topic: string, messages: readonly Message[], options?: PublishOptions): Promise<void> {
    if (this.isStopped) throw new CarrierUnavailable('the process is stopping');
    await (options?.isRepeatedAfterCrash ? this.repeatedWriter : this.writer).append(
      messages.map((message) => encodeMessage(topic, message)),
    );
  }

  request<Reply>(topic: string, command: Message, options: { readonly timeoutMs: number }): Promise<Reply> {
    return this.lanes.request(topic, command, options.timeoutMs) as Promise<Reply>;
  }

  forget(texts: readonly string[], kept: { readonly type: string }): Promise<boolean> {
    return forgetMessages(this.options.database, texts, kept);
  }

  async serve(topic: string, _group: string, handle: (command: Message) => Promise<unknown>): Promise<void> {
    this.lanes.serve(topic, handle);
  }

  async subscribe(options: SubscribeOptions): Promise<Subscription> {
    if (this.isStopped) throw new CarrierUnavailable('the process is stopping');
    const consumers = options.topics.map((topic) => this.consumerOf(options, topic));
    const member = {
      batchSizeMax: options.batchSizeMax,
      onBatch: options.onBatch,
      ...(options.onOwnershipChange && { onOwnershipChange: options.onOwnershipChange }),
    };
    await Promise.all(consumers.map((consumer) => consumer.join(member)));
    const subscription: Subscription = {
      stop: async () => {
        this.subscriptions.delete(subscription);
        await Promise.all(consumers.map((consumer) => consumer.leave(member)));
      },
      progress: () => combined(consumers.map((consumer) => consumer.progress())),
    };
    this.subscriptions.add(subscription);
    return subscription;
  }

  async stop(deadlineMs: number): Promise<void> {
    // Handlers that are still at work may publish: the writer closes last.
    const stopping = Promise.all([
      this.lanes.close(),
      this.cleanup.stop(),
      this.looks.stop(),
      ...[...this.subscriptions].map((subscription) => subscription.stop()),
    ]).then(() => {
      this.isStopped = true;
      return Promise.all([this.writer.idle(), this.repeatedWriter.idle()]);
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
    await this.session.close();
  }

  /** In the same database as the effects, and after them. */
  readonly keepsPlacesElsewhere = false;

  lag(): Promise<readonly ConsumerLag[]> {
    return consumerLags(
      this.options.database,
      [...this.consumers.keys()].map((name) => JSON.parse(name) as [string, string]),
    );
  }

  queueDepths(): Readonly<Record<string, number>> {
    return { 'bus.publish': this.writer.depth + this.repeatedWriter.depth, 'bus.requests': this.lanes.depth };
  }

  /** The log's consumers look again by themselves whatever happens. */
  stalls(): readonly string[] {
    return [];
  }

  problems(): readonly string[] {
    const problem = this.session.problem;
    if (problem === undefined || Date.now() - problem.sinceMs < UNREACHABLE_TOLERATED_MS)
      return [...this.consumers.values()].flatMap((consumer) => consumer.problems());
    return [`the database of the bus has been unreachable for ${Date.now() - problem.sinceMs} ms: ${problem.fault}`];
  }

  private consumerOf(options: SubscribeOptions, topic: string): LogConsumer {
    const name = JSON.stringify([options.group, topic]);
    const existing = this.consumers.get(name);
    if (existing !== undefined) return existing;
    const { database, logger } = this.options;
    const consumer = new LogConsumer({
      database,
      logger,
      session: this.session,
      group: options.group,
      topic,
      from: options.from,
      settings: this.settings,
      tailOf: (lease) => this.tailOf(lease, topic),
      placesOf: (lease) => this.placesOf(lease),
    });
    this.consumers.set(name, consumer);
    return consumer;
  }

  private tailOf(lease: LeaseConnection, topic: string): TopicTail {
    const tails = this.tails.get(lease) ?? new Map<string, TopicTail>();
    this.tails.set(lease, tails);
    const tail =
      tails.get(topic) ??
      new TopicTail({
        database: this.options.database,
        recent: new RecentLog({ messagesMax: RECENT_MESSAGES_MAX, bytesMax: this.settings.bytesMax }),
        writes: () => this.writes.get(topic) ?? 0,
      });
    tails.set(topic, tail);
    return tail;
  }

  private placesOf(lease: LeaseConnection): GroupPlaces {
    const places = this.places.get(lease) ?? new GroupPlaces(lease, this.options.logger);
    this.places.set(lease, places);
    return places;
  }

  private nudge(topics: ReadonlySet<string>): void {
    for (const topic of topics) this.writes.set(topic, (this.writes.get(topic) ?? 0) + 1);
    this.wake((topic) => topics.has(topic));
  }

  private wake(isMeant: (topic: string) => boolean): void {
    for (const consumer of this.consumers.values()) if (isMeant(consumer.topic)) consumer.nudge();
  }

  /**
   * Groups that have taken all this process knows of rest; one statement looks for all of them whether another process
   * has written. When the session was lost, each looks for itself.
   */
  private async lookAround(): Promise<void> {
    if (this.session.problem !== undefined) return this.wake(() => true);
    const lease = await this.session.open();
    if (lease !== this.lookedThrough) this.wake(() => true);
    this.lookedThrough = lease;
    const ends = [...(this.tails.get(lease) ?? [])].flatMap(([topic, { settledEnd }]) =>
      settledEnd === undefined ? [] : [[topic, settledEnd] as const],
    );
    // What another process wrote may have been found for one group of a topic while the others rested.
    for (const consumer of this.consumers.values()) if (consumer.isBehind) consumer.nudge();
    if (ends.length === 0) return;
    const written = await topicsWrittenBehind(lease, ends);
    this.wake((topic) => written.has(topic));
  }

  private async cleanUp(isStopping: () => boolean): Promise<void> {
    for (const { name, retentionMs } of this.options.topics ?? []) {
      if (retentionMs === null) continue;
      for (let page = 0; page < CLEANUP_PAGES_MAX && !isStopping(); page += 1)
        if ((await removeExpired(this.options.database, name, { retentionMs, pageSize: CLEANUP_PAGE_SIZE })) === 0)
          break;
    }
  }
}

function combined(parts: readonly ReturnType<Subscription['progress']>[]): ReturnType<Subscription['progress']> {
  return {
    handledCount: parts.reduce((sum, part) => sum + part.handledCount, 0),
    isIdle: parts.every((part) => part.isIdle),
    // The slowest of those that have work.
    lastProgressAtMs: Math.min(
      ...parts.filter((part) => !part.isIdle).map((part) => part.lastProgressAtMs),
      Date.now(),
    ),
  };
}
