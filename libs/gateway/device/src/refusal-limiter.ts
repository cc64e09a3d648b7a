import { addressBlock, KnownCallers, RateLimiter } from '@paymatch/gateway-edge';

/**
 * Slows down whoever is refused again and again: counts refusals of one minute per address, in this process. A device
 * that has been let in from the same address goes on being heard, since one wrongly set up phone must not silence the
 * others of its shop.
 */
export class RefusalLimiter {
  private readonly refusals = new RateLimiter();
  private readonly known = new KnownCallers();

  constructor(private readonly perMinuteMax: number) {}

  /** Seconds to wait before anything is looked up for this address; 0 when it may go on. */
  waitSeconds(address: string, deviceId: string, nowMs: number): number {
    const seconds = this.refusals.waitSeconds(addressBlock(address), this.perMinuteMax, nowMs);
    return seconds === 0 || this.known.has(`${address} ${deviceId}`, nowMs) ? 0 : seconds;
  }

  /** Counts a refusal; the seconds to wait when there have been too many, otherwise 0. */
  refused(address: string, nowMs: number): number {
    const decision = this.refusals.take(addressBlock(address), this.perMinuteMax, nowMs);
    return decision.isAllowed ? 0 : decision.resetSeconds;
  }

  letIn(address: string, deviceId: string, nowMs: number): void {
    this.known.add(`${address} ${deviceId}`, nowMs);
  }
}
