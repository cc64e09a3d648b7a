import { hash } from 'node:crypto';
import type { RateDecision } from '@paymatch/gateway-edge';
import type { Database } from '@paymatch/platform-postgres';
import { SharedRateLimiter } from './shared-rate-limiter.js';

const PRUNE_EVERY_MS = 60_000;
const PRUNED_MAX = 50_000;

export const VISITOR_LIMITER = Symbol('VisitorLimiter');

/** Counts what people without a key do, in windows of one minute. */
export interface VisitorLimiter {
  /** `name` says what is counted of whom: `trx/address/203.0.113.7`. */
  take(name: string, limit: number, nowMs: number): Promise<RateDecision>;
}

/**
 * Counts for all instances of the gateway together, as keys' quotas are counted; names are kept as hashes only. Anybody
 * can invent names, so windows that are over are removed, a bounded number a minute.
 */
export class SharedVisitorLimiter implements VisitorLimiter {
  private readonly limiter: SharedRateLimiter;
  private pruneAtMs = 0;

  constructor(private readonly database: Database) {
    this.limiter = new SharedRateLimiter(database);
  }

  async take(name: string, limit: number, nowMs: number): Promise<RateDecision> {
    if (nowMs >= this.pruneAtMs) {
      this.pruneAtMs = nowMs + PRUNE_EVERY_MS;
      await this.prune(nowMs);
    }
    return this.limiter.take(hash('sha256', name).slice(0, 32), limit, nowMs);
  }

  /** A minute late, for instances whose clocks are behind; rows that somebody holds are left for the next time. */
  private async prune(nowMs: number): Promise<void> {
    await this.database.query({
      name: 'access-rate-prune',
      text: `DELETE FROM gateway.rate_windows WHERE key_id IN (
               SELECT key_id FROM gateway.rate_windows WHERE ends_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)`,
      values: [new Date(nowMs - PRUNE_EVERY_MS), PRUNED_MAX],
    });
  }
}
