import type { Logger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { describeFault } from '../fault.js';
import type { WireMessage } from '../message.js';
import type { SubscribeOptions, Subscription } from '../message-bus.js';
import type { BusSession, SessionConnection } from './bus-session.js';
import { loadOffset, readLog, releaseLease, storeOffset, takeLease, type LogPage, type LogPlace } from './log-store.js';
import type { RecentLog } from './recent-log.js';
import { Wakeup } from './wakeup.js';

export interface LogConsumerOptions {
  readonly database: Database;
  readonly session: BusSession;
  readonly logger: Logger;
  readonly group: string;
  readonly topic: string;
  readonly from: 'beginning' | 'end';
  readonly settings: LogConsumerSettings;
  /** What any group of this process has read of the topic lately, through this session. */
  readonly recentOf: (session: SessionConnection) => RecentLog;
}

export interface LogConsumerSettings {
  /** Shortest and longest wait between two looks at a log that gave nothing. */
  readonly pollMinMs: number;
  readonly pollMaxMs: number;
  /** Shortest time from one look to the next: under load it gathers messages into batches. */
  readonly lingerMs: number;
  readonly bytesMax: number;
}

const READ_MESSAGES_MAX = 5_000;
const BUSY_MESSAGES = 40;
const BUSY_LINGERS = 3;

type Member = Pick<SubscribeOptions, 'batchSizeMax' | 'onBatch' | 'onOwnershipChange'>;

/** `more`: the page was full, so the next one is taken at once. `many`: the topic is busy, so that waiting a little longer saves much. */
type TurnOutcome = 'more' | 'many' | 'some' | 'none' | 'not mine' | 'failed';

interface Lease {
  readonly session: SessionConnection;
  readonly recent: RecentLog;
  place: LogPlace;
}

/**
 * One group's consumer of one topic in this process; one process at a time holds the group's lease. Several subscriptions of
 * the group share the work by key. The offset is stored after all of them have taken their part of a batch.
 */
export class LogConsumer {
  private readonly members = new Set<Member>();
  private readonly wakeup = new Wakeup();
  private readonly logger: Logger;
  private lease: Lease | undefined;
  private running: Promise<void> | undefined;
  private turn: Promise<void> = Promise.resolve();
  private state = { handledCount: 0, isIdle: true, lastProgressAtMs: Date.now() };

  constructor(private readonly options: LogConsumerOptions) {
    this.logger = options.logger.with({ group: options.group, topic: options.topic });
  }

  /** Resolves when the group has its place in the log, so that what is published from then on is seen. */
  async join(member: Member): Promise<void> {
    if (this.members.size === 0) await loadOffset(await this.options.session.open(), this.options, this.options.from);
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

  private async run(): Promise<void> {
    const { lingerMs, pollMinMs, pollMaxMs } = this.options.settings;
    let fruitlessTurns = 0;
    while (this.members.size > 0) {
      const startedAtMs = performance.now();
      const isNudged = this.wakeup.clear();
      const turn = this.takeTurn();
      this.turn = turn.then(() => undefined);
      const found = await turn;
      // Nudged and nothing there: a transaction that began earlier is still open. It ends soon, so look again soon.
      fruitlessTurns =
        found === 'some' || found === 'many' || found === 'more' || (isNudged && found === 'none')
          ? 0
          : fruitlessTurns + 1;
      const waitMs = Math.min(pollMinMs * 2 ** Math.min(fruitlessTurns, 20), pollMaxMs);
      if (found === 'some' || found === 'many')
        await this.wakeup.pause(
          (found === 'many' ? BUSY_LINGERS * lingerMs : lingerMs) - (performance.now() - startedAtMs),
        );
      else if (found === 'failed') await this.wakeup.pause(waitMs);
      else if (found !== 'more') await this.wakeup.wait(waitMs);
    }
    await this.giveUpLease();
    this.running = undefined;
    // Somebody joined while the lease was being given up.
    if (this.members.size > 0) this.running = this.run();
  }

  private async takeTurn(): Promise<TurnOutcome> {
    try {
      const lease = await this.holdLease();
      if (lease === undefined) return 'not mine';
      const messagesMax = Math.min(...[...this.members].map((member) => member.batchSizeMax), READ_MESSAGES_MAX);
      const page = await this.nextPage(lease, messagesMax);
      if (page === undefined) {
        this.state.isIdle = true;
        this.state.lastProgressAtMs = Date.now();
        return 'none';
      }
      this.state.isIdle = false;
      await this.deliver(page.messages);
      lease.place = page.end;
      this.state.handledCount += page.messages.length;
      this.state.lastProgressAtMs = Date.now();
      await storeOffset(lease.session, this.options, page.end);
      if (page.messages.length >= messagesMax) return 'more';
      return page.messages.length >= BUSY_MESSAGES ? 'many' : 'some';
    } catch (error) {
      this.state.isIdle = false;
      this.logger.warn('a batch will be delivered again', { fault: describeFault(error) });
      return 'failed';
    }
  }

  private async nextPage({ place: after, recent }: Lease, messagesMax: number): Promise<LogPage | undefined> {
    const {
      database,
      topic,
      settings: { bytesMax },
    } = this.options;
    const held = recent.after(after, { messagesMax, bytesMax });
    if (held !== undefined) return held;
    const page = await readLog(database, topic, { after, messagesMax, bytesMax });
    if (page !== undefined) recent.add(after, page);
    return page;
  }

  private async holdLease(): Promise<Lease | undefined> {
    if (this.lease !== undefined && !this.lease.session.isLost) return this.lease;
    this.lease = undefined;
    const session = await this.options.session.open();
    if (!(await takeLease(session, this.options))) {
      this.state.isIdle = true;
      return undefined;
    }
    this.reportOwnershipChange();
    this.lease = {
      session,
      recent: this.options.recentOf(session),
      place: await loadOffset(session, this.options, this.options.from),
    };
    return this.lease;
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
    const lease = this.lease;
    this.lease = undefined;
    if (lease === undefined || lease.session.isLost) return;
    // A lost connection has given the lease up already.
    await releaseLease(lease.session, this.options).catch((error: unknown) =>
      this.logger.warn('a lease ended with its connection', { fault: describeFault(error) }),
    );
  }
}

/** FNV-1a: the same key always goes to the same member as long as the members stay the same. */
function laneOf(key: string, lanes: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i += 1) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % lanes;
}
