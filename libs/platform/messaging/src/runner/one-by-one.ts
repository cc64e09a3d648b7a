import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@paymatch/platform-observability';
import { describeFault } from '../fault.js';
import type { Message, WireMessage } from '../message.js';
import type { FailureWatch } from './failure-watch.js';
import { faultKindOf, fingerprintOf } from './fault-kind.js';
import type { RunnerSettings } from './runner-settings.js';

export interface Delivery {
  readonly wire: WireMessage;
  readonly message: Message;
}

export interface OneByOneOptions {
  readonly settings: RunnerSettings;
  readonly logger: Logger;
  readonly watch: FailureWatch;
  readonly stopping: AbortSignal;
  /** Hands one message to the handler; waits by itself for what is away. */
  readonly handle: (message: Message) => Promise<void>;
  /** Parks the first, and the rest behind it. */
  readonly park: (
    deliveries: readonly Delivery[],
    failure: { readonly fault: unknown; readonly attempts: number; readonly isInDoubt: boolean },
  ) => Promise<void>;
  readonly onSuccess: (key: string) => Promise<void>;
  /** Called when many keys fail alike, and nothing is parked until one succeeds. */
  readonly onHold: (fault: unknown) => void;
}

/** What is left of one key in a batch that failed as a whole. */
interface Lane {
  readonly deliveries: readonly Delivery[];
  next: number;
  attempts: number;
  failingSinceMs: number;
  isHeld: boolean;
}

type Outcome = 'done' | 'failed' | 'held';

/** So many keys with one fault, and no success, are taken for bad surroundings. */
const KEYS_ALIKE_MIN = 3;
/** PostgreSQL's own refusals say much more about it than about a message. */
const KEYS_REFUSED_ALIKE_MIN = 2;

/**
 * Rounds over the lanes, so that one bad message costs the others no more than its own attempts. Resolves when every
 * message is handled or parked. A message is parked for what it does alone: while many fail alike and none succeeds,
 * all of them wait.
 */
export async function deliverOneByOne(
  groups: readonly (readonly Delivery[])[],
  options: OneByOneOptions,
): Promise<void> {
  let lanes: Lane[] = groups.map((deliveries) => ({
    deliveries,
    next: 0,
    attempts: 0,
    failingSinceMs: 0,
    isHeld: false,
  }));
  while (lanes.length > 0) {
    const failed: Lane[] = [];
    let untried: Lane[] = [];
    for (const [index, lane] of lanes.entries()) {
      const outcome = await advance(lane, options);
      if (outcome !== 'done') failed.push(lane);
      if (outcome !== 'held') continue;
      // Each of the others might wait for a timeout of its own; they begin the next round, for one of them may succeed.
      untried = lanes.slice(index + 1);
      break;
    }
    lanes = [...untried, ...failed];
    if (failed.length > 0) await sleep(backoffMs(failed, options.settings), undefined, { signal: options.stopping });
  }
}

async function advance(lane: Lane, options: OneByOneOptions): Promise<Outcome> {
  const { onSuccess, handle, stopping } = options;
  for (; lane.next < lane.deliveries.length; lane.next += 1, lane.attempts = 0) {
    const { wire, message } = lane.deliveries[lane.next] as Delivery;
    try {
      await handle(message);
    } catch (error) {
      if (stopping.aborted) throw error;
      return judge(lane, error, options);
    }
    await onSuccess(wire.key);
  }
  return 'done';
}

async function judge(lane: Lane, fault: unknown, options: OneByOneOptions): Promise<Outcome> {
  const { settings, watch, park } = options;
  const { wire } = lane.deliveries[lane.next] as Delivery;
  const kind = faultKindOf(fault);
  const fingerprint = fingerprintOf(fault);
  const isRefused = kind === 'surroundings';
  lane.attempts += 1;
  if (lane.attempts === 1) lane.failingSinceMs = performance.now();
  if (kind !== 'bytes') watch.failed(wire.key, fingerprint);
  const failingMs = performance.now() - lane.failingSinceMs;
  const verdict = watch.verdict(
    { fingerprint, sinceMs: lane.failingSinceMs },
    isRefused ? KEYS_REFUSED_ALIKE_MIN : KEYS_ALIKE_MIN,
  );
  if (kind !== 'bytes') {
    if (verdict === 'alike' && (isRefused || failingMs < settings.alikeHoldMs)) return hold(lane, fault, options);
    if (lane.isHeld && verdict !== 'alike') {
      // What was tried while nothing could succeed says nothing about the message.
      lane.isHeld = false;
      lane.attempts = 1;
      lane.failingSinceMs = performance.now();
      return 'failed';
    }
    const isWorthAnother = isRefused
      ? failingMs < (verdict === 'alone' ? settings.refusedAloneMs : settings.refusedUnclearMs)
      : lane.attempts < settings.attemptsMax;
    if (isWorthAnother) return 'failed';
  }
  await park(lane.deliveries.slice(lane.next), {
    fault,
    attempts: lane.attempts,
    isInDoubt: kind !== 'bytes' && verdict !== 'alone',
  });
  watch.parked(wire.key);
  return 'done';
}

function hold(lane: Lane, fault: unknown, { logger, onHold }: OneByOneOptions): Outcome {
  if (!lane.isHeld) logger.debug('a message waits, since many fail alike', { fault: describeFault(fault) });
  lane.isHeld = true;
  onHold(fault);
  return 'held';
}

function backoffMs(lanes: readonly Lane[], { backoffFirstMs, backoffMaxMs }: RunnerSettings): number {
  const attempts = Math.min(...lanes.map((lane) => lane.attempts));
  return Math.min(backoffFirstMs * 3 ** Math.min(attempts - 1, 20), backoffMaxMs);
}
