import { hash } from 'node:crypto';

const WINDOW_MS = 60_000;
const WINDOWS_MAX = 50_000;
const SHARED_WINDOWS = 1_024;

export interface RateDecision {
  readonly isAllowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  readonly resetSeconds: number;
}

type Window = { count: number; endsAtMs: number };

/**
 * Counts each key's requests in windows of one minute, in this process. The window begins with the key's first request,
 * so that not every client's quota comes back in the same second. No window ends before its time: when there is no more
 * room, new keys share windows, so that nobody gets rid of a count by inventing keys.
 */
export class RateLimiter {
  private readonly windows = new Map<string, Window>();

  constructor(private readonly windowsMax = WINDOWS_MAX) {}

  take(key: string, limit: number, nowMs: number): RateDecision {
    const window = this.current(key, nowMs) ?? this.begin(key, nowMs);
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
    const window = this.current(key, nowMs);
    return window === undefined || window.count < limit ? 0 : Math.ceil((window.endsAtMs - nowMs) / 1000);
  }

  get size(): number {
    return this.windows.size;
  }

  private current(key: string, nowMs: number): Window | undefined {
    const window = this.windows.get(key) ?? (this.isFull ? this.windows.get(sharedKey(key)) : undefined);
    return window !== undefined && nowMs < window.endsAtMs ? window : undefined;
  }

  private begin(key: string, nowMs: number): Window {
    this.windows.delete(key);
    // The map is in the order in which windows begin, which is that in which they end.
    for (const [oldest, { endsAtMs }] of this.windows) {
      if (nowMs < endsAtMs) break;
      this.windows.delete(oldest);
    }
    const kept = this.isFull ? sharedKey(key) : key;
    const window = { count: 0, endsAtMs: nowMs + WINDOW_MS };
    this.windows.delete(kept);
    this.windows.set(kept, window);
    return window;
  }

  private get isFull(): boolean {
    return this.windows.size >= this.windowsMax;
  }
}

/** The space keeps it apart from every key of a caller. */
function sharedKey(key: string): string {
  return `shared ${hash('sha256', key, 'buffer').readUInt32BE(0) % SHARED_WINDOWS}`;
}
