const KNOWN_MAX = 20_000;
const KNOWN_FOR_MS = 24 * 3_600_000;

/** Who was let in within a day, in this process. Only who was let in gets in here: nobody fills it by inventing. */
export class KnownCallers {
  /** In the order of the last time: the first key is the oldest. */
  private readonly lastAtMs = new Map<string, number>();

  has(key: string, nowMs: number): boolean {
    const lastAtMs = this.lastAtMs.get(key);
    return lastAtMs !== undefined && nowMs - lastAtMs < KNOWN_FOR_MS;
  }

  add(key: string, nowMs: number): void {
    this.lastAtMs.delete(key);
    this.lastAtMs.set(key, nowMs);
    if (this.lastAtMs.size > KNOWN_MAX) this.lastAtMs.delete(this.lastAtMs.keys().next().value!);
  }

  remove(key: string): void {
    this.lastAtMs.delete(key);
  }
}
