import type { Clock, Logger } from '@paymatch/platform-observability';
import type { DeviceAlertsStore } from './device-alerts.store.js';
import type { DeviceUploadsStore } from './device-uploads.store.js';

export interface DeviceClearingOptions {
  readonly requestsKeptDays: number;
  readonly contentsKeptDays: number;
}

const DAY_MS = 86_400_000;
const EVERY_MS = 3_600_000;
const ROWS_MAX = 5_000;
const ROUNDS_MAX = 100;

/** Removes old upload records and closed alerts once an hour, a few thousand rows at a time, so that no long lock or vacuum debt comes of it. */
export class DeviceClearing {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(
    private readonly ports: {
      readonly uploads: DeviceUploadsStore;
      readonly alerts: DeviceAlertsStore;
      readonly clock: Clock;
      readonly logger: Logger;
    },
    private readonly options: DeviceClearingOptions,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.running = this.running
        .then(() => this.run())
        .catch((error: unknown) =>
          this.ports.logger.warn('old upload records could not be cleared; tried again in an hour', { error }),
        );
    }, EVERY_MS);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    if (this.timer !== null) clearInterval(this.timer);
    await this.running;
  }

  async run(): Promise<void> {
    const nowMs = this.ports.clock.nowMs();
    const before = {
      requests: new Date(nowMs - this.options.requestsKeptDays * DAY_MS),
      messages: new Date(nowMs - this.options.contentsKeptDays * DAY_MS),
      rowsMax: ROWS_MAX,
    };
    for (let round = 0; round < ROUNDS_MAX && !this.isStopping; round += 1) {
      if ((await this.ports.uploads.clear(before)) + (await this.ports.alerts.clear(before.messages, ROWS_MAX)) === 0)
        return;
    }
  }
}
