import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@paymatch/platform-observability';
import { describeFault } from '../fault.js';

export interface ReplayLoopOptions {
  readonly look: () => Promise<void>;
  readonly logger: Logger;
  readonly everyMs: number;
}

/** Carries out what is asked for again and again, one look at a time, until it is stopped. */
export class ReplayLoop {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(private readonly options: ReplayLoopOptions) {}

  start(): void {
    this.running ??= this.run();
  }

  /** Resolves when the look in hand is over. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { look, logger, everyMs } = this.options;
    const { signal } = this.stopping;
    for (let lastFault = ''; !signal.aborted;) {
      try {
        await look();
        lastFault = '';
      } catch (error) {
        // What is asked for stays asked for; said once, for the consumers say the same of an absent database.
        const fault = describeFault(error);
        if (fault !== lastFault) logger.warn('parked messages could not be looked at', { fault });
        lastFault = fault;
      }
      await sleep(everyMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
