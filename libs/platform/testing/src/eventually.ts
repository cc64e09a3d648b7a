import { setTimeout as sleep } from 'node:timers/promises';

export interface EventuallyOptions {
  readonly timeoutMs?: number;
  readonly everyMs?: number;
}

/**
 * Repeats `check` until it stops throwing (and is not `false`); then its value. After the time it fails as the last
 * attempt failed.
 */
export async function eventually<T>(check: () => T | Promise<T>, options: EventuallyOptions = {}): Promise<T> {
  const deadline = Date.now() + (options.timeoutMs ?? 5_000);
  for (;;) {
    try {
      const value = await check();
      if (value !== false) return value;
      if (Date.now() >= deadline)
        throw new Error(`still false after ${options.timeoutMs ?? 5_000} ms: ${check.toString()}`);
    } catch (error) {
      if (Date.now() >= deadline) throw error;
    }
    await sleep(options.everyMs ?? 10);
  }
}
