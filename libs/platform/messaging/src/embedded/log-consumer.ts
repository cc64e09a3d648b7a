import {
  ReaderCheckpoint,
  Standstill,
  type LeaseConnection,
  type LeaseSession,
  type LogPosition,
  type LogReader,
} from '@paymatch/platform-log';
import { Wakeup } from '@paymatch/platform-loops';
import type { Logger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { describeFault } from '../fault.js';
import type { WireMessage } from '../message.js';
import type { SubscribeOptions, Subscription } from '../message-bus.js';
import type { GroupPlaces } from './group-places.js';
import { BUS_SCHEMA } from './bus.migrations.js';
import { BUS_LOG, readerName, topicReader, type LoggedMessage } from './log-store.js';
import type { TopicTail } from './topic-tail.js';

export interface LogConsumerOptions {
  readonly database: Database;
  readonly session: LeaseSession;
  readonly logger: Logger;
  readonly group: string;
  readonly topic: string;
  readonly from: 'beginning' | 'end';
  readonly settings: LogConsumerSettings;
  /** What the groups of this process know of the topic, through this session. */
  readonly tailOf: (lease: LeaseConnection) => TopicTail;
  readonly placesOf: (lease: LeaseConnection) => GroupPlaces;
}

export interface LogConsumerSettings {
  /**
   * Shortest and longest wait between two looks at a log that gave nothing, though something is known to be there. The
   * longest is also the net.
   */
  readonly pollMinMs: number;
  readonly pollMaxMs: number;
  /** Shortest time from one look to the next: under load it gathers messages into batches. */
  readonly lingerMs: number;
  readonly bytesMax: number;
  /** How long messages may lie there unread behind an open transaction before that is a problem. */
  readonly standstillMs: number;
}

const READ_MESSAGES_MAX = 5_000;
const BUSY_MESSAGES = 40;
const BUSY_LINGERS = 3;
/** So many batches close behind each other are a busy topic's; those of a payment alone are fewer, and nobody waits. */
const BATCHES_IN_A_ROW = 4;
/** Who has taken all there is rests so long: the carrier looks for all of them (`lookAround`). */
const RESTING_LOOKS = 30;

type Member = Pick<SubscribeOptions, 'batchSizeMax' | 'onBatch' | 'onOwnershipChange'>;

/**
 * `more`: the page was full, so the next one is taken at once. `many`: the topic is busy, so that waiting a little
 * longer saves much.
 */
type TurnOutcome = 'more' | 'many' | 'some' | 'none' | 'not mine' | 'failed';

interface Reading {
  readonly lease: LeaseConnection;
  readonly tail: TopicTail;
  place: LogPosition;
}

/**
 * One group's consumer of one topic in this process; one process at a time holds the group's lease. Several
 * subscriptions of the group share the work by key. The group's place is noted after all of them have taken their part
 * of a batch.
 */
export class LogConsumer {
  private readonly members = new Set<Member>();
  private readonly wakeup = new Wakeup();
  private readonly logger: Logger;
  private readonly reader: LogReader<LoggedMessage>;
  private readonly checkpoint: ReaderCheckpoint;
  private readonly leaseName: string;
  private readonly standstill = new Standstill();
  private reading: Reading | undefined;
  private running: Promise<void> | undefined;
  private turn: Promise<void> = Promise.resolve();
  private state = { handledCount: 0, isIdle: true, lastProgressAtMs: Date.now() };

  constructor(private readonly options: LogConsumerOptions) {
    const reader = readerName(options.group, options.topic);
    this.logger = options.logger.with({ group: options.group, topic: options.topic });
    this.reader = topicReader(options.topic, options.settings.bytesMax);
    this.checkpoint = new ReaderCheckpoint({ schema: BUS_SCHEMA, reader, log: BUS_LOG });
    this.leaseName = `bus/${reader}`;
  }

  /** Resolves when the group has its place in the log, so that what is published from then on is seen. */
  async join(member: Member): Promise<void> {
    if (this.members.size === 0) await this.checkpoint.begin(await this.options.session.open(), this.options.from);
    this.members.add(member);
    this.reportOwnershipChange();
    this.running ??= this.run();
  }

  /** Resolves when the batch in hand is finished; the last one to leave gives the lease up. */
  async leave(member: Member): Promise<void> {
    this.members.delete(member);
    // Keys go to other members from the next batch on.
    this.reportOwnershipChange();
    this.wakeup.interrupt();
    await (this.members.size === 0 ? this.running : this.turn);
  }

  get topic(): string {
    return this.options.topic;
  }

  nudge(): void {
    this.wakeup.wake();
  }

  progress(): ReturnType<Subscription['progress']> {
    return this.state;
  }

  /** Why nothing is handed over though something is there; empty where another process has the group. */
  problems(): readonly string[] {
    const { group, topic, settings } = this.options;
    return this.standstill.problems(`consumer ${group} of ${topic}`, settings.standstillMs);
  }

  private async run(): Promise<void> {
    const { lingerMs, pollMinMs, pollMaxMs } = this.options.settings;
    let fruitlessTurns = 0;
    let batchesInARow = 0;
    let endedAtMs = Number.NEGATIVE_INFINITY;
    while (this.members.size > 0) {
      const startedAtMs = performance.now();
      this.wakeup.clear();
      const turn = this.takeTurn();
      this.turn = turn.then(() => undefined);
      const found = await turn;
      fruitlessTurns = found === 'some' || found === 'many' || found === 'more' ? 0 : fruitlessTurns + 1;
      // Something was written and is not there: a transaction that began earlier is still open. It ends soon, so look
      // again soon.
      const waitMs = Math.min(pollMinMs * 2 ** Math.min(Math.max(fruitlessTurns - 1, 0), 20), pollMaxMs);
      if (found === 'some' || found === 'many' || found === 'more') {
        batchesInARow = startedAtMs - endedAtMs < lingerMs ? batchesInARow + 1 : 1;
        endedAtMs = performance.now();
      }
      if (found === 'many' || (found === 'some' && batchesInARow > BATCHES_IN_A_ROW))
        await this.wakeup.pause(
          (found === 'many' ? BUSY_LINGERS * lingerMs : lingerMs) - (performance.now() - startedAtMs),
        );
      if (found === 'failed') await this.wakeup.pause(waitMs);
      else if (this.isSettled()) await this.wakeup.wait(pollMaxMs * RESTING_LOOKS);
      else if (found === 'none' || found === 'not mine') await this.wakeup.wait(waitMs);
    }
    await this.giveUpLease();
    this.running = undefined;
    // Somebody joined while the lease was being given up.
    if (this.members.size > 0) this.running = this.run();
  }

  private async takeTurn(): Promise<TurnOutcome> {
    try {
      const reading = await this.holdLease();
      if (reading === undefined) {
        this.standstill.end();
        return 'not mine';
      }
      const messagesMax = Math.min(...[...this.members].map((member) => member.batchSizeMax), READ_MESSAGES_MAX);
      const limits = { messagesMax, bytesMax: this.options.settings.bytesMax };
      const page = await reading.tail.after(reading.place, { reader: this.reader, limits });
      if (page.length === 0) {
        if (reading.tail.isHiddenBehind(reading.place))
          this.standstill.begin('a transaction that may write is still open');
        else this.standstill.end();
        this.state.isIdle = true;
        this.state.lastProgressAtMs = Date.now();
        return 'none';
      }
      this.standstill.end();
      this.state.isIdle = false;
      await this.deliver(page);
      reading.place = page.at(-1)!.place;
      this.state.handledCount += page.length;
      this.state.lastProgressAtMs = Date.now();
      this.options.placesOf(reading.lease).note(this.checkpoint.reader, reading.place);
      if (page.length >= messagesMax) return 'more';
      return page.length >= BUSY_MESSAGES ? 'many' : 'some';
    } catch (error) {
      this.state.isIdle = false;
      this.logger.warn('a batch will be delivered again', { fault: describeFault(error) });
      return 'failed';
    }
  }

  /** Whether it reads a log that goes on behind its place. */
  get isBehind(): boolean {
    return this.reading !== undefined && !this.isSettled();
  }

  /** Whether there is nothing more to be found before somebody writes. */
  private isSettled(): boolean {
    const { reading } = this;
    return reading !== undefined && !reading.lease.isLost && reading.tail.isSettledAt(reading.place);
  }

  private async holdLease(): Promise<Reading | undefined> {
    if (this.reading !== undefined && !this.reading.lease.isLost) return this.reading;
    this.reading = undefined;
    const lease = await this.options.session.open();
    if (!(await lease.take(this.leaseName))) {
      this.state.isIdle = true;
      return undefined;
    }
    this.reportOwnershipChange();
    const place = await this.checkpoint.begin(lease, this.options.from);
    this.reading = { lease, tail: this.options.tailOf(lease), place };
    return this.reading;
  }

  private async deliver(messages: readonly WireMessage[]): Promise<void> {
    const members = [...this.members];
    if (members.length <= 1) {
      if (members[0] === undefined) throw new Error('nobody is left to take the batch');
      return members[0].onBatch(messages);
    }
    const parts = members.map((member) => ({ member, messages: [] as WireMessage[] }));
    for (const message of messages) parts[laneOf(message.key, parts.length)]?.messages.push(message);
    const outcomes = await Promise.allSettled(
      parts.filter((part) => part.messages.length > 0).map((part) => part.member.onBatch(part.messages)),
    );
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  private reportOwnershipChange(): void {
    for (const member of this.members) member.onOwnershipChange?.();
  }

  private async giveUpLease(): Promise<void> {
    const lease = this.reading?.lease;
    this.reading = undefined;
    if (lease === undefined) return;
    try {
      // Before the lease: the next one begins where this one ended.
      await this.options.placesOf(lease).flush();
      await lease.giveBack(this.leaseName);
    } catch (error) {
      this.logger.warn('a lease ended with its connection', { fault: describeFault(error) });
    }
  }
}

/** FNV-1a: the same key always goes to the same member as long as the members stay the same. */
function laneOf(key: string, lanes: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i += 1) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % lanes;
}
