import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@paymatch/platform-observability';
import { ContractError, NewerVersion } from '../errors.js';
import { describeFault } from '../fault.js';
import { decodeMessage } from '../message.codec.js';
import type { Message, WireMessage } from '../message.js';
import type { ParkingLot } from '../parking/parking-lot.js';
import { BlockedKeys } from './blocked-keys.js';
import { FailureWatch } from './failure-watch.js';
import { faultKindOf } from './fault-kind.js';
import { deliverOneByOne, type Delivery } from './one-by-one.js';
import type { RunnerSettings } from './runner-settings.js';

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
  /** Whether later messages of a key wait behind a parked one. */
  readonly isOrdered: boolean;
}

const IN_DOUBT_MAX = 100;

/**
 * Stands between a carrier and a handler: `run` resolves once every message of the batch is either handled or parked,
 * whatever the handler does. It rejects only when stopped or when parking itself fails; then the carrier delivers again
 * later.
 */
export class BatchRunner {
  private readonly blocked: BlockedKeys;
  private readonly stopping = new AbortController();
  private readonly logger: Logger;
  private readonly watch = new FailureWatch();
  private readonly waits = new Set<{ readonly reason: string }>();
  private hold: { readonly reason: string } | undefined;
  /** A message that only a newer program can take is there. */
  private newer: { readonly reason: string } | undefined;
  /**
   * Keys with a message that was parked while nothing succeeded: whether it was bad itself shows when something does.
   */
  private readonly inDoubt = new Set<string>();

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
    const blocked = this.options.isOrdered
      ? await this.whenReachable(() => this.blocked.among(() => [...new Set(batch.map((wire) => wire.key))]))
      : new Set<string>();
    const open: Delivery[] = [];
    const heldBack = new Map<string, { readonly wires: WireMessage[]; readonly refusal: ContractError | undefined }>();
    const newer = new Map<string, NewerVersion>();
    for (const wire of batch) {
      const lane = this.laneOf(wire);
      if (newer.has(lane)) continue;
      const behind = heldBack.get(lane);
      if (behind !== undefined) {
        behind.wires.push(wire);
        continue;
      }
      if (blocked.has(wire.key)) {
        heldBack.set(lane, { wires: [wire], refusal: undefined });
        continue;
      }
      const message = this.decode(wire);
      if (message instanceof NewerVersion) newer.set(lane, message);
      else if (message instanceof ContractError) heldBack.set(lane, { wires: [wire], refusal: message });
      else open.push({ wire, message });
    }
    if (open.length > 0) await this.deliver(open);
    for (const { wires, refusal } of heldBack.values()) {
      if (refusal !== undefined) await this.park(wires.shift() as WireMessage, refusal, 1);
      await this.holdBack(wires);
    }
    await this.leaveToSuccessor([...newer.values()][0]);
  }

  /** Call when keys may have come over from another instance, before their first batch. */
  ownershipChanged(): void {
    this.blocked.forget();
  }

  /** Ends every wait; a batch in hand is then left to be delivered again. */
  stop(): void {
    this.stopping.abort();
  }

  /** Why no message is being handled just now; empty when they are. */
  waitingFor(): readonly string[] {
    return [...this.waits, ...(this.hold ? [this.hold] : []), ...(this.newer ? [this.newer] : [])].map(
      ({ reason }) => reason,
    );
  }

  /**
   * What only a newer program can take is left where it is, with what follows it: the whole batch comes again, here or
   * to an instance of the new version. Rejects after a moment and does not wait for ever, so that the group may move.
   */
  private async leaveToSuccessor(newer: NewerVersion | undefined): Promise<void> {
    if (newer !== undefined && this.newer === undefined)
      this.logger.warn('a newer program wrote a message; it is left to one of its version', { fault: newer.message });
    this.newer = newer && { reason: `waiting to be replaced by a newer program: ${newer.message}` };
    if (newer === undefined) return;
    await this.pause(this.options.settings.unreachableWaitMaxMs);
    throw newer;
  }

  /** What must stay in order: a key, or each message by itself. */
  private laneOf(wire: WireMessage): string {
    return this.options.isOrdered ? wire.key : wire.position;
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
      return await this.succeeded(open.map(({ wire }) => wire.key));
    } catch (error) {
      if (this.stopping.signal.aborted) throw error;
      fault = error;
    }
    this.logger.warn('a batch failed; its messages are tried one by one', {
      messages: open.length,
      fault: describeFault(fault),
    });
    const lanes = new Map<string, Delivery[]>();
    for (const delivery of open) {
      const lane = this.laneOf(delivery.wire);
      const same = lanes.get(lane);
      if (same === undefined) lanes.set(lane, [delivery]);
      else same.push(delivery);
    }
    await deliverOneByOne([...lanes.values()], {
      settings: this.options.settings,
      logger: this.logger,
      watch: this.watch,
      stopping: this.stopping.signal,
      handle: async (message) => {
        await this.whenReachable(() => this.options.handle([message]));
      },
      onSuccess: (key) => this.succeeded([key]),
      onHold: (cause) => this.holdAll(cause),
      park: async ([first, ...behind], failure) => {
        const { wire } = first as Delivery;
        await this.park(wire, failure.fault, failure.attempts);
        if (failure.isInDoubt && this.inDoubt.size < IN_DOUBT_MAX) this.inDoubt.add(wire.key);
        await this.holdBack(behind.map((delivery) => delivery.wire));
      },
    });
  }

  private async succeeded(keys: readonly string[]): Promise<void> {
    this.watch.succeeded(keys);
    if (this.hold !== undefined) {
      this.logger.warn('messages are handled again', { after: this.hold.reason });
      this.hold = undefined;
      // They failed as everything did, so they are tried again without anybody having to ask for it.
      for (const key of this.inDoubt) {
        const { group, topic, parkingLot } = this.options;
        await this.whenReachable(() => parkingLot.requestReplay({ group, topic, key }));
      }
    }
    this.inDoubt.clear();
  }

  private holdAll(fault: unknown): void {
    if (this.hold !== undefined) return;
    this.hold = { reason: `many messages fail alike, and none succeeds: ${describeFault(fault)}` };
    this.logger.error('many messages fail alike: none is parked, and this consumer waits until one succeeds', {
      fault: describeFault(fault),
    });
  }

  private async park(wire: WireMessage, fault: unknown, attempts: number): Promise<void> {
    const error = describeFault(fault);
    await this.whenReachable(() => this.options.parkingLot.park(this.options.group, wire, { error, attempts }));
    if (this.options.isOrdered) this.blocked.add(wire.key);
    this.logger.error('a message is parked', {
      key: wire.key,
      messageId: wire.headers['ce_id'],
      correlationId: wire.headers['ce_correlationid'],
      traceparent: wire.headers['traceparent'],
      position: wire.position,
      attempts,
      laterOnesWait: this.options.isOrdered,
      fault: error,
    });
  }

  /**
   * Parks messages of one key behind what is parked already; if that was replayed meanwhile, they are handled instead.
   */
  private async holdBack(wires: readonly WireMessage[]): Promise<void> {
    for (const [index, wire] of wires.entries()) {
      if (await this.whenReachable(() => this.options.parkingLot.parkBehind(this.options.group, wire))) continue;
      this.blocked.delete(wire.key);
      return this.run(wires.slice(index));
    }
  }

  /** An absent database or broker is waited for and is no attempt. */
  private async whenReachable<T>(work: () => Promise<T>): Promise<T> {
    let wait: { readonly reason: string } | undefined;
    for (let tries = 1; ; tries += 1) {
      try {
        const result = await work();
        if (wait !== undefined) this.waits.delete(wait);
        return result;
      } catch (error) {
        const isWorthWaiting = faultKindOf(error) === 'away' && !this.stopping.signal.aborted;
        if (!isWorthWaiting && wait !== undefined) this.waits.delete(wait);
        if (!isWorthWaiting) throw error;
        wait ??= this.beginWait(error);
      }
      await this.pause(Math.min(50 * 2 ** Math.min(tries, 10), this.options.settings.unreachableWaitMaxMs));
    }
  }

  private beginWait(error: unknown): { readonly reason: string } {
    const wait = { reason: `waiting for the database or the broker: ${describeFault(error)}` };
    this.waits.add(wait);
    this.logger.warn('waiting for the database or the broker', { fault: describeFault(error) });
    return wait;
  }

  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopping.signal });
  }
}
