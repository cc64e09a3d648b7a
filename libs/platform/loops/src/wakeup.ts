/** Lets one loop sleep until somebody wakes it or its time is over; a wake that comes while it works is not lost. */
export class Wakeup {
  private isWoken = false;
  private isWakeable = false;
  private end: (() => void) | undefined;

  /** `keepsProcessAlive`: whether a process ends only after the sleep; `true` when absent. */
  constructor(private readonly options: { readonly keepsProcessAlive: boolean } = { keepsProcessAlive: true }) {}

  wake(): void {
    this.isWoken = true;
    if (this.isWakeable) this.end?.();
  }

  /** Ends a pause, too. */
  interrupt(): void {
    this.isWoken = true;
    this.end?.();
  }

  /** Whether it was woken since the last `clear`. */
  clear(): boolean {
    const was = this.isWoken;
    this.isWoken = false;
    return was;
  }

  /** Until woken, at most `ms`; returns at once when woken since the last `clear`. */
  wait(ms: number): Promise<void> {
    return this.isWoken ? Promise.resolve() : this.sleep(ms, true);
  }

  /** For `ms`, woken or not, unless interrupted. */
  pause(ms: number): Promise<void> {
    return ms <= 0 ? Promise.resolve() : this.sleep(ms, false);
  }

  private sleep(ms: number, isWakeable: boolean): Promise<void> {
    this.isWakeable = isWakeable;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.end?.(), ms);
      if (!this.options.keepsProcessAlive) timer.unref();
      this.end = () => {
        clearTimeout(timer);
        this.end = undefined;
        resolve();
      };
    });
  }
}
