import { addressBlock, RateLimiter } from '@paymatch/gateway-edge';

const KNOWN_MAX = 20_000;
const KNOWN_FOR_MS = 24 * 3_600_000;

/**
 * Slows down whoever is refused again and again: counts refusals of one minute per address, in this process. A device that has
 * been let in from the same address goes on being heard, since one wrongly set up phone must not silence the others of its shop.
 */
export class RefusalLimiter {
  private readonly refusals = new RateLimiter();
  private readonly known = new Map<string, number>();

  constructor(private readonly perMinuteMax: number) {}

  /** Seconds to wait before anything is looked up for this address; 0 when it may go on. */
  waitSeconds(address: string, deviceId: string, nowMs: number): number {
    const seconds = this.refusals.waitSeconds(addressBlock(address), this.perMinuteMax, nowMs);
    if (seconds === 0) return 0;
    const knownAtMs = this.known.get(`${address} ${deviceId}`);
    return knownAtMs !== undefined && nowMs - knownAtMs < KNOWN_FOR_MS ? 0 : seconds;
  }

  /** Counts a refusal; the seconds to wait when there have been too many, otherwise 0. */
  refused(address: string, nowMs: number): number {
    const decision = this.refusals.take(addressBlock(address), this.perMinuteMax, nowMs);
    return decision.isAllowed ? 0 : decision.resetSeconds;
  }

  letIn(address: string, deviceId: string, nowMs: number): void {
    const key = `${address} ${deviceId}`;
    // Deleted first: the map stays in the order of the last time, and its first key is the oldest.
    this.known.delete(key);
    this.known.set(key, nowMs);
    if (this.known.size > KNOWN_MAX) this.known.delete(this.known.keys().next().value!);
  }
}
