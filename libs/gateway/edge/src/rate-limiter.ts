const WINDOW_MS = 60_000;
const WINDOWS_MAX = 50_000;

export interface RateDecision {
  readonly isAllowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  readonly resetSeconds: number;
}

/**
 * Counts each key's requests in windows of one minute, in this process. The window begins with the key's first request, so that
 * not every client's quota comes back in the same second.
 */
export class RateLimiter {
  private readonly windows = new Map<string, { count: number; endsAtMs: number }>();

  take(key: string, limit: number, nowMs: number): RateDecision {
    let window = this.windows.get(key);
    if (window === undefined || nowMs >= window.endsAtMs) {
      this.windows.delete(key);
      if (this.windows.size >= WINDOWS_MAX) this.windows.delete(this.windows.keys().next().value!);
      window = { count: 0, endsAtMs: nowMs + WINDOW_MS };
      this.windows.set(key, window);
    }
    const isAllowed = window.count < limit;
    if (isAllowed) window.count += 1;
    return {
      isAllowed,
      limit,
      remaining: limit - window.count,
      resetSeconds: Math.ceil((window.endsAtMs - nowMs) / 1000),
    };
  }

  /** Seconds until the key may come again, 0 when it may now; counts nothing. */
  waitSeconds(key: string, limit: number, nowMs: number): number {
    const window = this.windows.get(key);
    return window === undefined || nowMs >= window.endsAtMs || window.count < limit
      ? 0
      : Math.ceil((window.endsAtMs - nowMs) / 1000);
  }
}
