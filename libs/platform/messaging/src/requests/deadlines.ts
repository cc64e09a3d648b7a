const TICK_MS = 50;

/**
 * Many deadlines on one coarse timer: each fires up to 50 ms late, never early. A timer of its own for every request
 * would cost more than the request.
 */
export class Deadlines<Item> {
  private readonly buckets = new Map<number, Set<Item>>();
  private timer: NodeJS.Timeout | undefined;
  private lastTick = 0;

  constructor(private readonly onPassed: (item: Item) => void) {}

  /** Returns what `delete` needs. */
  add(item: Item, timeoutMs: number): number {
    const tick = Math.floor((performance.now() + timeoutMs) / TICK_MS) + 1;
    const bucket = this.buckets.get(tick);
    if (bucket === undefined) this.buckets.set(tick, new Set([item]));
    else bucket.add(item);
    this.arm();
    return tick;
  }

  delete(item: Item, tick: number): void {
    const bucket = this.buckets.get(tick);
    if (bucket === undefined) return;
    bucket.delete(item);
    if (bucket.size === 0) this.buckets.delete(tick);
  }

  private arm(): void {
    if (this.timer !== undefined) return;
    this.lastTick = Math.floor(performance.now() / TICK_MS);
    this.timer = setInterval(() => this.turn(), TICK_MS);
  }

  private turn(): void {
    const now = Math.floor(performance.now() / TICK_MS);
    for (let tick = this.lastTick; tick <= now; tick += 1) {
      const bucket = this.buckets.get(tick);
      if (bucket === undefined) continue;
      this.buckets.delete(tick);
      for (const item of bucket) this.onPassed(item);
    }
    this.lastTick = now;
    if (this.buckets.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
