import type { Logger } from '@paymatch/platform-observability';
import { Wakeup } from './wakeup.js';

export interface SupervisedLoopOptions {
  /** What a turn does, for the log: "the look for waiting credits". */
  readonly name: string;
  readonly logger: Logger;
  /** From the end of one turn to the next. */
  readonly everyMs: number;
  /** Before the first turn; `everyMs` when absent. */
  readonly firstAfterMs?: number;
  /**
   * One bounded piece of work. `true`: there is more, so the next turn follows at once. Long ones look at `isStopping`.
   */
  readonly turn: (isStopping: () => boolean) => Promise<boolean | void>;
}

/** Then the loop takes its pause all the same: the database has other work, too. */
const TURNS_AT_ONCE_MAX = 1_000;
/** A turn that keeps failing is tried less and less often, but not less than this, or than the loop's own pace. */
const PAUSE_MAX_MS = 10_000;
/** So many failures in a row are somebody's concern. */
const FAILURES_ALARM = 5;

/**
 * Does one thing again and again, one turn at a time, until it is stopped. A turn that fails is logged and tried again
 * after a pause that grows; nothing ends the loop but `stop`. It keeps no process alive.
 */
export class SupervisedLoop {
  private readonly wakeup = new Wakeup({ keepsProcessAlive: false });
  private running: Promise<void> | undefined;
  private isStopping = false;
  private failures = 0;

  constructor(private readonly options: SupervisedLoopOptions) {}

  start(): void {
    this.isStopping = false;
    this.running ??= this.run();
  }

  /** There is work now: the next turn does not wait for its time. */
  wake(): void {
    this.wakeup.wake();
  }

  /** Resolves when the turn in hand is over. */
  async stop(): Promise<void> {
    this.isStopping = true;
    this.wakeup.interrupt();
    await this.running;
    this.running = undefined;
  }

  private async run(): Promise<void> {
    const { everyMs, firstAfterMs = everyMs } = this.options;
    this.wakeup.clear();
    await this.wakeup.wait(firstAfterMs);
    for (let turnsAtOnce = 1; !this.isStopping; turnsAtOnce += 1) {
      this.wakeup.clear();
      if ((await this.takeTurn()) && turnsAtOnce < TURNS_AT_ONCE_MAX) continue;
      turnsAtOnce = 0;
      if (this.isStopping) return;
      if (this.failures === 0) await this.wakeup.wait(everyMs);
      else await this.wakeup.pause(Math.min(everyMs * 2 ** (this.failures - 1), Math.max(everyMs, PAUSE_MAX_MS)));
    }
  }

  private async takeTurn(): Promise<boolean> {
    const { name, logger, turn } = this.options;
    try {
      const hasMore = await turn(() => this.isStopping);
      this.failures = 0;
      return hasMore === true;
    } catch (error) {
      this.failures += 1;
      const level = this.failures === FAILURES_ALARM ? 'error' : 'warn';
      logger[level](`${name} failed and is tried again`, { failures: this.failures, error });
      return false;
    }
  }
}
