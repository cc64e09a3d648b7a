import type { Message, WireMessage } from './message.js';

export interface PublishOptions {
  /**
   * The publisher reads these messages from a log of its own and publishes again, after a crash, all of which it has
   * not noted down: a carrier that shares that log's database need not wait for the disk.
   */
  readonly isRepeatedAfterCrash?: boolean;
}

/** What feature code may do with the messaging system. Everything else is the transport strategy's business. */
export interface MessageBus {
  /** Resolves when every message is durable, in order. Rejects when that is not known; publishing again is safe. */
  publish(topic: string, messages: readonly Message[], options?: PublishOptions): Promise<void>;
  /**
   * Sends a command and waits for the reply of its one handler. Rejects with `Refusal` (the handler refused),
   * or `RequestUnavailable` (no answer within `timeoutMs`).
   */
  request<Reply>(topic: string, command: Message, options: { readonly timeoutMs: number }): Promise<Reply>;
  /**
   * Removes messages that name one of these texts, once every group has taken them; those of the type `kept` stay.
   * `false`: some are still to be taken. Absent where the messaging system cannot remove single messages.
   */
  forget?(texts: readonly string[], kept: { readonly type: string }): Promise<boolean>;
}

/** Injection token of the process's `MessageBus`. */
export const MESSAGE_BUS = Symbol('MessageBus');

export interface Subscription {
  /** Finishes the batch in hand, stores the position, leaves the group. */
  stop(): Promise<void>;
  /** Moves while the consumer makes progress or has nothing to do; liveness compares two readings. */
  progress(): { readonly handledCount: number; readonly isIdle: boolean; readonly lastProgressAtMs: number };
}

export interface SubscribeOptions {
  /** Consumers of one group share the work; each group sees every message. */
  readonly group: string;
  readonly topics: readonly string[];
  /** Where a group that has never consumed begins. */
  readonly from: 'beginning' | 'end';
  readonly batchSizeMax: number;
  /**
   * Called with one batch at a time per partition; the position is stored only after it resolves. A rejection means:
   * again later.
   */
  readonly onBatch: (batch: readonly WireMessage[]) => Promise<void>;
  /** Called before the first batch after keys may have come over from another consumer of the group. */
  readonly onOwnershipChange?: () => void;
}

/** How many messages of a topic a group has yet to take. */
export interface ConsumerLag {
  readonly group: string;
  readonly topic: string;
  readonly messages: number;
}

/**
 * What a messaging system must do for us. Two exist: embedded (a log in PostgreSQL) and Kafka. One contract suite holds
 * both.
 */
export interface Carrier extends MessageBus {
  start(): Promise<void>;
  /** At least once, in order per key. */
  subscribe(options: SubscribeOptions): Promise<Subscription>;
  /**
   * Registers the one handler of a command topic; `handle` returns the reply or throws `Refusal`. Commands of one key
   * run in order, different keys concurrently.
   */
  serve(topic: string, group: string, handle: (command: Message) => Promise<unknown>): Promise<void>;
  /** Resolves when no batch is in hand. Bounded by `deadlineMs`. */
  stop(deadlineMs: number): Promise<void>;
  /** Empty when healthy; otherwise one line per problem (a stalled consumer, an unreachable broker). */
  problems(): readonly string[];
  /** How far the groups of this process are behind; asks the messaging system. */
  lag(): Promise<readonly ConsumerLag[]>;
  /** What waits in this process, by queue. */
  queueDepths(): Readonly<Record<string, number>>;
  /** Those of the problems that waiting does not mend: a consumer that stands still though the broker is there. */
  stalls(): readonly string[];
  /**
   * Whether a group's place survives a crash that takes the handlers' latest effects: it is then stored only after they
   * are flushed.
   */
  readonly keepsPlacesElsewhere: boolean;
}
