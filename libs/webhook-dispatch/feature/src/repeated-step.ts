import type { Logger } from '@paymatch/platform-observability';

export interface RepeatedStepOptions {
  /** For the log. */
  readonly name: string;
  /** How long to wait when there was nothing to do, or when a step failed. */
  readonly idleMs: number;
  /** One small piece of work; `true` when there may be more. */
  readonly step: () => Promise<boolean>;
  readonly logger: Logger;
}

/** Work that is done in small steps for as long as the service runs, one after the other; a step that fails is tried again. */
export class RepeatedStep {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(private readonly options: RepeatedStepOptions) {}

  start(): void {
    this.plan(this.options.idleMs);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private plan(delayMs: number): void {
    if (this.isStopped) return;
    const { name, idleMs, step, logger } = this.options;
    this.timer = setTimeout(() => {
      this.running = step().then(
        (hasMore) => this.plan(hasMore ? 0 : idleMs),
        (error: unknown) => {
          logger.warn('a step could not be made; trying again', { step: name, error });
          this.plan(idleMs);
        },
      );
    }, delayMs).unref();
  }
}
