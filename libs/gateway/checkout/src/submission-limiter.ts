import { isIPv6 } from 'node:net';

export interface SubmissionLimits {
  readonly perPaymentMax: number;
  readonly perAddressMax: number;
  readonly windowMs: number;
  /** Counters kept at once; beyond that the oldest are forgotten. */
  readonly keysMax: number;
}

export const defaultSubmissionLimits: SubmissionLimits = {
  perPaymentMax: 10,
  perAddressMax: 30,
  windowMs: 60_000,
  keysMax: 20_000,
};

interface Window {
  readonly startedAtMs: number;
  count: number;
}

/** Slows down whoever tries TrxIDs: counts submissions of one minute per payment and per address, in this process. */
export class SubmissionLimiter {
  private readonly windows = new Map<string, Window>();

  constructor(private readonly limits: SubmissionLimits = defaultSubmissionLimits) {}

  /** Counts one submission; 0 when it may go on, otherwise the seconds after which the next one may. */
  take(paymentId: string, address: string, nowMs: number): number {
    const waits = [
      this.count(`payment:${paymentId}`, this.limits.perPaymentMax, nowMs),
      this.count(`address:${addressBlock(address)}`, this.limits.perAddressMax, nowMs),
    ];
    return Math.ceil(Math.max(...waits) / 1_000);
  }

  private count(key: string, countMax: number, nowMs: number): number {
    const current = this.windows.get(key);
    if (current !== undefined && nowMs - current.startedAtMs < this.limits.windowMs) {
      current.count += 1;
      return current.count <= countMax ? 0 : current.startedAtMs + this.limits.windowMs - nowMs;
    }
    // Deleted first so that the map stays in the order the windows began, and the first key is always the oldest.
    this.windows.delete(key);
    this.windows.set(key, { startedAtMs: nowMs, count: 1 });
    if (this.windows.size > this.limits.keysMax) this.windows.delete(this.windows.keys().next().value!);
    return 0;
  }
}

/** An IPv6 customer owns a whole /64 and could use a new address for every try. */
function addressBlock(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const tailGroups = tail === undefined ? [] : tail.split(':').filter((group) => group !== '');
  const zeros = tail === undefined ? 0 : 8 - groups.length - tailGroups.length;
  return [...groups, ...Array<string>(Math.max(0, zeros)).fill('0'), ...tailGroups]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
