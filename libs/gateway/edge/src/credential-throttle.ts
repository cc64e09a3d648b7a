import { hash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { KnownCallers } from './known-callers.js';
import { RateLimiter } from './rate-limiter.js';

const FAILURES_PER_MINUTE = 60;
/**
 * Once an address has failed too often: how many of its unknown credentials wait at a time, and how long each takes.
 */
const WAITING_MAX = 16;
const PAUSE_MS = 100;

/** Too many unknown credentials from one address; says nothing of whether this one is good. */
export class TooManyFailures extends Error {
  override readonly name = 'TooManyFailures';
  constructor(readonly retryAfterSeconds: number) {
    super(`Too many requests from this address carried no valid credential; try again in ${retryAfterSeconds} s.`);
  }
}

export interface CredentialAttempt {
  /** As `clientAddress` gives it. */
  readonly address: string;
  readonly credential: string;
  readonly nowMs: number;
}

/**
 * Slows down whoever tries credentials, in this process. An address that has failed too often gets its unknown ones
 * looked at one after the other; a credential that was good within a day passes whatever its neighbours at the same
 * address do, and a new good one waits its turn.
 */
export class CredentialThrottle {
  private readonly failures = new RateLimiter();
  private readonly known = new KnownCallers();
  private readonly lanes = new Map<string, { waiting: number; last: Promise<unknown> }>();

  constructor(private readonly failuresPerMinute = FAILURES_PER_MINUTE) {}

  /** What `verify` finds; `null` is a failure. Throws `TooManyFailures`. */
  async check<T>(attempt: CredentialAttempt, verify: () => Promise<T | null>): Promise<T | null> {
    const { address, credential, nowMs } = attempt;
    const digest = hash('sha256', credential, 'base64');
    const seconds = this.known.has(digest, nowMs)
      ? 0
      : this.failures.waitSeconds(address, this.failuresPerMinute, nowMs);
    const found = await (seconds === 0 ? verify() : this.inTurn(address, seconds, verify));
    if (found === null) {
      this.known.remove(digest);
      this.failures.take(address, this.failuresPerMinute, nowMs);
    } else this.known.add(digest, nowMs);
    return found;
  }

  private async inTurn<T>(address: string, seconds: number, verify: () => Promise<T>): Promise<T> {
    const lane = this.lanes.get(address) ?? { waiting: 0, last: Promise.resolve() };
    if (lane.waiting >= WAITING_MAX) throw new TooManyFailures(seconds);
    lane.waiting += 1;
    this.lanes.set(address, lane);
    const turn = lane.last.then(() => sleep(PAUSE_MS));
    lane.last = turn;
    try {
      await turn;
      return await verify();
    } finally {
      lane.waiting -= 1;
      if (lane.waiting === 0) this.lanes.delete(address);
    }
  }
}
