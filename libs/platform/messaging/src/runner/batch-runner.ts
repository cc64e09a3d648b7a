import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@paymatch/platform-observability';
import { isDatabaseUnreachable } from '@paymatch/platform-postgres';
import { CarrierUnavailable, ContractError, HandlerFault, RequestUnavailable } from '../errors.js';
import { describeFault } from '../fault.js';
import { decodeMessage } from '../message.codec.js';
import type { Message, WireMessage } from '../message.js';
import type { ParkingLot } from '../parking/parking-lot.js';
import { BlockedKeys } from './blocked-keys.js';

export interface RunnerSettings {
  /** How often one message is tried before it is parked. */
  readonly attemptsMax: number;
  /** Wait before the second attempt; each further one is three times as long. */
  readonly backoffFirstMs: number;
  readonly backoffMaxMs: number;
  /** Longest wait between two looks at a database or broker that is away. */
  readonly unreachableWaitMaxMs: number;
  readonly blockedRefreshMs: number;
  readonly blockedKeysMax: number;
}

export const defaultRunnerSettings: RunnerSettings = {
  attemptsMax: 5,
  backoffFirstMs: 100,
  backoffMaxMs: 3_000,
  unreachableWaitMaxMs: 1_000,
  blockedRefreshMs: 5_000,
  blockedKeysMax: 10_000,
};

export interface BatchRunnerOptions {
  readonly group: string;
  readonly topic: string;
  /** Takes a batch in order, or one message; must be idempotent. */
  readonly handle: (batch: readonly Message[]) => Promise<unknown>;
  readonly parkingLot: ParkingLot;
  readonly logger: Logger;
  readonly settings: RunnerSettings;
  /** The newest data version the handler knows. */
  readonly dataVersionMax: number;
}

interface Delivery {
  readonly wire: WireMessage;
  readonly message: Message;
}

/** What is left of one key in a batch that failed as a whole. */
interface Lane {
  readonly deliveries: readonly Delivery[];
  next: number;
  attempts: number;
}

/**
 * Stands between a carrier and a handler: `run` resolves once every message of the batch is either handled or parked, whatever
 * the handler does. It rejects only when stopped or when parking itself fails; then the carrier delivers again later.
 */
export class BatchRunner {
  private readonly blocked: BlockedKeys;
  private readonly stopping = new AbortController();
  private readonly logger: Logger;

  constructor(private readonly options: BatchRunnerOptions) {
    const { group, topic, parkingLot, settings } = options;
    this.blocked = new BlockedKeys({
      group,
      topic,
      parkingLot,
      refreshMs: settings.blockedRefreshMs,
      keysMax: settings.blockedKeysMax,
    });
    this.logger = options.logger.with({ group, topic });
  }

  async run(batch: readonly WireMessage[]): Promise<void> {
    const blocked = await this.whenReachable(() =>
      this.blocked.among(() => [...new Set(batch.map((wire) => wire.key))]),
    );
    const open: Delivery[] = [];
    const heldBack = new Map<string, { readonly wires: WireMessage[]; readonly refusal: ContractError | undefined }>();
    for (const wire of batch) {
      const behind = heldBack.get(wire.key);
      if (behind !== undefined) {
        behind.wires.push(wire);
        continue;
      }
      if (blocked.has(wire.key)) {
        heldBack.set(wire.key, { wires: [wire], refusal: undefined });
        continue;
      }
      const message = this.decode(wire);
      if (message instanceof ContractError) heldBack.set(wire.key, { wires: [wire], refusal: message });
      else open.push({ wire, message });
    }
    if (open.length > 0) await this.deliver(open);
    for (const { wires, refusal } of heldBack.values()) {
      if (refusal !== undefined) await this.park(wires.shift() as WireMessage, refusal, 1);
      await this.holdBack(wires);
    }
  }

  /** Call when keys may have come over from another instance, before their first batch. */
  ownershipChanged(): void {
    this.blocked.forget();
  }

  /** Ends every wait; a batch in hand is then left to be delivered again. */
  stop(): void {
    this.stopping.abort();
  }

  private decode(wire: WireMessage): Message | ContractError {
    try {
      return decodeMessage(wire, this.options.dataVersionMax);
    } catch (error) {
      if (error instanceof ContractError) return error;
      throw error;
    }
  }

  private async deliver(open: readonly Delivery[]): Promise<void> {
    let fault: unknown;
    try {
      await this.whenReachable(() => this.options.handle(open.map((delivery) => delivery.message)));
      return;
    } catch (error) {
      if (this.stopping.signal.aborted) throw error;
      fault = error;
    }
    this.logger.warn('a batch failed; its messages are tried one by one', {
      messages: open.length,
      fault: describeFault(fault),
    });
    await this.deliverOneByOne(open);
  }

  /** Rounds over the keys, so that one bad message costs the other keys no more than its own attempts. */
  private async deliverOneByOne(open: readonly Delivery[]): Promise<void> {
    const byKey = new Map<string, Delivery[]>();
    for (const delivery of open) {
      const same = byKey.get(delivery.wire.key);
      if (same === undefined) byKey.set(delivery.wire.key, [delivery]);
      else same.push(delivery);
    }
    let lanes: Lane[] = [...byKey.values()].map((deliveries) => ({ deliveries, next: 0, attempts: 0 }));
    while (lanes.length > 0) {
      const unfinished: Lane[] = [];
      for (const lane of lanes) if (!(await this.advance(lane))) unfinished.push(lane);
      lanes = unfinished;
      if (lanes.length > 0) await this.pause(this.backoffMs(Math.min(...lanes.map((lane) => lane.attempts))));
    }
  }

  /** Whether every message of the lane is handled or parked. */
  private async advance(lane: Lane): Promise<boolean> {
    for (; lane.next < lane.deliveries.length; lane.next += 1, lane.attempts = 0) {
      const { wire, message } = lane.deliveries[lane.next] as Delivery;
      try {
        await this.whenReachable(() => this.options.handle([message]));
      } catch (error) {
        if (this.stopping.signal.aborted) throw error;
        lane.attempts += 1;
        if (!(error instanceof ContractError) && lane.attempts < this.options.settings.attemptsMax) return false;
        await this.park(wire, error, lane.attempts);
        await this.holdBack(lane.deliveries.slice(lane.next + 1).map((delivery) => delivery.wire));
        return true;
      }
    }
    return true;
  }

  private async park(wire: WireMessage, fault: unknown, attempts: number): Promise<void> {
    const error = describeFault(fault);
    await this.whenReachable(() => this.options.parkingLot.park(this.options.group, wire, { error, attempts }));
    this.blocked.add(wire.key);
    this.logger.error('a message is parked; later messages of its key wait behind it', {
      key: wire.key,
      messageId: wire.headers['ce_id'],
      correlationId: wire.headers['ce_correlationid'],
      position: wire.position,
      attempts,
      fault: error,
    });
  }

  /** Parks messages of one key behind what is parked already; if that was replayed meanwhile, they are handled instead. */
  private async holdBack(wires: readonly WireMessage[]): Promise<void> {
    for (const [index, wire] of wires.entries()) {
      if (await this.whenReachable(() => this.options.parkingLot.parkBehind(this.options.group, wire))) continue;
      this.blocked.delete(wire.key);
      return this.run(wires.slice(index));
    }
  }

  /** An absent database or broker is waited for and is no attempt. */
  private async whenReachable<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        if (!isWorthWaitingFor(error) || this.stopping.signal.aborted) throw error;
        if (tries === 1) this.logger.warn('waiting for the database or the broker', { fault: describeFault(error) });
        await this.pause(Math.min(50 * 2 ** Math.min(tries, 10), this.options.settings.unreachableWaitMaxMs));
      }
    }
  }

  private backoffMs(attempts: number): number {
    const { backoffFirstMs, backoffMaxMs } = this.options.settings;
    return Math.min(backoffFirstMs * 3 ** Math.min(attempts - 1, 20), backoffMaxMs);
  }

  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopping.signal });
  }
}

function isWorthWaitingFor(error: unknown): boolean {
  if (error instanceof CarrierUnavailable) return true;
  if (error instanceof RequestUnavailable) return !(error.cause instanceof HandlerFault);
  return isDatabaseUnreachable(error);
}
