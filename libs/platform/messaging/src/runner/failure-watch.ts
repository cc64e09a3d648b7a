export type FailureVerdict = 'alone' | 'alike' | 'unclear';

interface Failure {
  readonly fingerprint: string;
  readonly sinceMs: number;
  isOver: boolean;
}

const KEYS_MAX = 10_000;

/**
 * Tells a bad message from bad surroundings, over all the partitions a runner serves: what fails while others succeed
 * is bad itself; what fails with the very fault of other keys while nothing succeeds is not.
 */
export class FailureWatch {
  private readonly failing = new Map<string, Failure>();
  private succeededAtMs = Number.NEGATIVE_INFINITY;

  succeeded(keys: Iterable<string>): void {
    this.succeededAtMs = performance.now();
    if (this.failing.size === 0) return;
    for (const key of keys) this.failing.delete(key);
    for (const [key, { isOver }] of this.failing) if (isOver) this.failing.delete(key);
  }

  failed(key: string, fingerprint: string): void {
    const sinceMs = this.failing.get(key)?.sinceMs ?? performance.now();
    if (this.failing.size < KEYS_MAX || this.failing.has(key))
      this.failing.set(key, { fingerprint, sinceMs, isOver: false });
  }

  /** The key's message is parked: evidence about the others' surroundings until something succeeds. */
  parked(key: string): void {
    const failure = this.failing.get(key);
    if (failure !== undefined) failure.isOver = true;
  }

  verdict(failure: { readonly fingerprint: string; readonly sinceMs: number }, keysAlikeMin: number): FailureVerdict {
    if (this.succeededAtMs >= failure.sinceMs) return 'alone';
    let alike = 0;
    for (const { fingerprint, sinceMs } of this.failing.values())
      if (fingerprint === failure.fingerprint && sinceMs > this.succeededAtMs) alike += 1;
    return alike >= keysAlikeMin ? 'alike' : 'unclear';
  }
}
