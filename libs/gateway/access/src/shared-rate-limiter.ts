import type { RateDecision } from '@paymatch/gateway-edge';
import type { Database } from '@paymatch/platform-postgres';

const WINDOW_MS = 60_000;
/**
 * One asking gets this part of what is left: a client that goes from one instance to another finds nearly all of its
 * quota there.
 */
const SHARES = 16;
const LEASES_MAX = 50_000;

interface Lease {
  /** Requests that this instance may still let in. */
  left: number;
  /** Given out of the key's window so far, to all instances. */
  readonly taken: number;
  readonly endsAtMs: number;
}

/**
 * Counts each key's requests in windows of one minute, for all instances of the gateway together. An instance takes a
 * share of the quota from the database and lets requests in from that, so that a key that is used much costs a
 * statement for many requests; and never more is given out than there is. What an instance took and does not use is
 * lost for the window: at most a sixteenth of it.
 */
export class SharedRateLimiter {
  private readonly leases = new Map<string, Lease>();
  private readonly asking = new Map<string, Promise<void>>();

  constructor(
    private readonly database: Database,
    private readonly leasesMax = LEASES_MAX,
  ) {}

  async take(keyId: string, limit: number, nowMs: number): Promise<RateDecision> {
    for (;;) {
      const lease = this.leases.get(keyId);
      if (lease !== undefined && nowMs < lease.endsAtMs) {
        if (lease.left > 0) {
          lease.left -= 1;
          return decide(lease, { limit, isAllowed: true, nowMs });
        }
        if (lease.taken >= limit) return decide(lease, { limit, isAllowed: false, nowMs });
      }
      await this.askOnce(keyId, limit, nowMs);
    }
  }

  /** Those who come while it is being asked wait for the same answer. */
  private async askOnce(keyId: string, limit: number, nowMs: number): Promise<void> {
    const asked = this.asking.get(keyId);
    if (asked !== undefined) return asked;
    const asking = this.ask(keyId, limit, nowMs).finally(() => this.asking.delete(keyId));
    this.asking.set(keyId, asking);
    return asking;
  }

  /** The row's lock makes instances that ask at once take one after the other. */
  private async ask(keyId: string, limit: number, nowMs: number): Promise<void> {
    const taken = 'CASE WHEN w.ends_at <= $2 THEN 0 ELSE w.taken END';
    const share = (of: string): string => `GREATEST(($4 - ${of} + ${SHARES - 1}) / ${SHARES}, 0)`;
    const {
      rows: [row],
    } = await this.database.query<{ ends_at: Date; taken: number; granted: number }>({
      name: 'access-rate-lease',
      text: `INSERT INTO gateway.rate_windows AS w (key_id, ends_at, taken, granted)
             VALUES ($1, $3, ${share('0')}, ${share('0')})
             ON CONFLICT (key_id) DO UPDATE SET
               ends_at = CASE WHEN w.ends_at <= $2 THEN $3 ELSE w.ends_at END,
               taken = ${taken} + ${share(`(${taken})`)},
               granted = ${share(`(${taken})`)}
             RETURNING ends_at, taken, granted`,
      values: [keyId, new Date(nowMs), new Date(nowMs + WINDOW_MS), limit],
    });
    this.leases.delete(keyId);
    // The oldest goes: what it had left is lost, and nobody gets more for it.
    if (this.leases.size >= this.leasesMax) this.leases.delete(this.leases.keys().next().value!);
    this.leases.set(keyId, { left: row!.granted, taken: row!.taken, endsAtMs: row!.ends_at.getTime() });
  }
}

function decide(
  lease: Lease,
  about: { readonly limit: number; readonly isAllowed: boolean; readonly nowMs: number },
): RateDecision {
  const { limit, isAllowed, nowMs } = about;
  return {
    isAllowed,
    limit,
    remaining: Math.max(0, limit - lease.taken) + lease.left,
    resetSeconds: Math.ceil((lease.endsAtMs - nowMs) / 1_000),
  };
}
