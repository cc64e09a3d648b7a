import type { OutgoingMessage } from '../message.codec.js';
import type { WireMessage } from '../message.js';

/** The order that a parked message holds up: one key of one topic, as one group sees it. */
export interface ParkedOrder {
  readonly group: string;
  readonly topic: string;
  readonly key: string;
}

export type ParkedStatus = 'parked' | 'replayed' | 'discarded';

export interface ParkedMessage extends ParkedOrder {
  /** Grows in the order of parking; messages of one order are replayed in it. */
  readonly id: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: Uint8Array;
  /** Where it stood in the carrier. */
  readonly position: string;
  /** Why it was parked, or `waits behind …` for a message held back. */
  readonly error: string;
  readonly attempts: number;
  readonly parkedAt: Date;
  /** When somebody asked for its replay; it is carried out soon after. */
  readonly replayRequestedAt: Date | null;
  readonly status: ParkedStatus;
}

export interface ParkedFilter {
  readonly group?: string;
  readonly topic?: string;
  readonly key?: string;
  /** `parked` when absent. */
  readonly status?: ParkedStatus;
  /** Only ids above this one, to page. */
  readonly afterId?: number;
  /** At most 1,000; 100 when absent. */
  readonly limit?: number;
}

export interface ReplayReport {
  readonly replayedCount: number;
  /** Why the order is still held up; `null` when nothing of it is parked any more. */
  readonly error: string | null;
}

export interface ReplayOptions {
  /**
   * When false, each message stands for itself: only those are tried that a replay is asked for, and one that fails
   * stops no other.
   */
  readonly isOrdered?: boolean;
  /** Whether an error says that something is away, so that the replay is left for later as it was. */
  readonly isAway?: (error: unknown) => boolean;
}

/** Where messages wait that a handler could not take, each service's in its own schema. */
export interface ParkingLot {
  /** Up to `limit` keys of a topic that hold parked messages. */
  blockedKeys(order: Omit<ParkedOrder, 'key'>, limit: number): Promise<readonly string[]>;
  /** Those of `keys` that hold parked messages. */
  blockedAmong(order: Omit<ParkedOrder, 'key'>, keys: readonly string[]): Promise<readonly string[]>;
  /** Parks a message that failed. Parking one that waits already changes nothing. */
  park(
    group: string,
    message: WireMessage,
    failure: { readonly error: string; readonly attempts: number },
  ): Promise<void>;
  /** Parks a message behind earlier ones of its key; `false`, and nothing done, when none waits (any more). */
  parkBehind(group: string, message: WireMessage): Promise<boolean>;
  list(filter: ParkedFilter): Promise<readonly ParkedMessage[]>;
  /** Orders that hold parked messages, oldest first. */
  orders(
    filter: Pick<ParkedFilter, 'group' | 'topic' | 'key' | 'limit'>,
  ): Promise<readonly (ParkedOrder & { readonly count: number })[]>;
  /**
   * Asks for a replay, which the consumer that handles the messages carries out soon, wherever it runs. Returns how
   * many messages wait for it. The wish is kept until they are handled or fail again.
   */
  requestReplay(filter: Pick<ParkedFilter, 'group' | 'topic' | 'key'> & { readonly id?: number }): Promise<number>;
  /** The groups and topics for which a replay is asked: one look for all that a service consumes. */
  requestedReplays(): Promise<readonly Omit<ParkedOrder, 'key'>[]>;
  /** Orders of a group for which a replay is asked, oldest first. */
  requestedOrders(order: Omit<ParkedOrder, 'key'>, limit: number): Promise<readonly ParkedOrder[]>;
  /**
   * Hands the parked messages of one order to `handle`, oldest first, until none is left or one fails. New messages of
   * the key keep waiting until the last one is through. One replay of an order at a time: a second one reports so.
   */
  replay(
    order: ParkedOrder,
    handle: (message: OutgoingMessage) => Promise<void>,
    options?: ReplayOptions,
  ): Promise<ReplayReport>;
  /**
   * Gives one parked message up for good; it stays listed as discarded, and a replay is asked for what waited behind
   * it. `false` when it was not parked.
   */
  discard(id: number): Promise<boolean>;
}
