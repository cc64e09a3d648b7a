import { SupervisedLoop } from '@paymatch/platform-loops';
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

/**
 * Removes old upload records and closed alerts once an hour, a few thousand rows at a time, so that no long lock or
 * vacuum debt comes of it.
 */
export class DeviceClearing {
  private readonly loop: SupervisedLoop;

  constructor(
    private readonly ports: {
      readonly uploads: DeviceUploadsStore;
      readonly alerts: DeviceAlertsStore;
      readonly clock: Clock;
      readonly logger: Logger;
    },
    private readonly options: DeviceClearingOptions,
  ) {
    this.loop = new SupervisedLoop({
      name: 'the clearing of old upload records',
      logger: ports.logger,
      everyMs: EVERY_MS,
      turn: (isStopping) => this.run(isStopping),
    });
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  async run(isStopping: () => boolean = () => false): Promise<void> {
    const nowMs = this.ports.clock.nowMs();
    const before = {
      requests: new Date(nowMs - this.options.requestsKeptDays * DAY_MS),
      messages: new Date(nowMs - this.options.contentsKeptDays * DAY_MS),
      rowsMax: ROWS_MAX,
    };
    for (let round = 0; round < ROUNDS_MAX && !isStopping(); round += 1) {
      if ((await this.ports.uploads.clear(before)) + (await this.ports.alerts.clear(before.messages, ROWS_MAX)) === 0)
        return;
    }
  }
}
