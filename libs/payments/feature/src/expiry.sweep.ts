import { contractVersion, newId, type PaymentReply } from '@paymatch/contracts';
import { EventStore } from '@paymatch/platform-event-store';
import type { Clock, Logger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { ExpirySchedule } from './expiry.schedule.js';
import type { CommandMessage } from './payment-unit-of-work.js';
import { paymentsSchema } from './payments.migrations.js';

const batchSizeMax = 200;

export interface ExpirySweepOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly intervalMs: number;
  readonly send: (message: CommandMessage) => Promise<PaymentReply>;
}

/** Ends payments whose time is up. Several may run: an expired payment is expired once, the second command finds it so. */
export class ExpirySweep {
  private readonly schedule: ExpirySchedule;
  private readonly store = new EventStore({ schema: paymentsSchema });
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(private readonly options: ExpirySweepOptions) {
    this.schedule = new ExpirySchedule(options.database);
  }

  start(): void {
    this.timer = setTimeout(() => {
      this.running = this.sweep()
        .then(
          () => undefined,
          (error: unknown) => this.options.logger.warn('expiry sweep failed, trying again', { error }),
        )
        .then(() => {
          if (!this.isStopped) this.start();
        });
    }, this.options.intervalMs);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Expires what is due, one bounded batch at a time; returns how many payments it looked at. */
  async sweep(): Promise<number> {
    let seen = 0;
    for (;;) {
      const due = await this.schedule.due(this.options.clock.nowMs(), batchSizeMax);
      if (due.length === 0) return seen;
      const streams = await this.store.load(this.options.database, due);
      const now = new Date(this.options.clock.nowMs()).toISOString();
      await Promise.all(
        due.map(async (paymentId) => {
          const first = streams.get(paymentId)?.[0];
          if (!first) throw new Error(`payment ${paymentId} is scheduled to expire but has no events`);
          const commandId = newId(this.options.clock.nowMs());
          await this.options.send({
            id: commandId,
            type: 'ExpirePayment',
            source: 'payments',
            key: paymentId,
            time: now,
            dataVersion: contractVersion,
            correlationId: first.correlationId,
            causationId: null,
            data: {
              type: 'ExpirePayment',
              commandId,
              paymentId,
              merchantId: first.merchantId,
              livemode: first.livemode,
              now,
            },
          });
        }),
      );
      // Expired ones would leave with their event; ones that wait for verification have no time any more.
      await this.schedule.remove(due);
      seen += due.length;
      if (due.length < batchSizeMax) return seen;
    }
  }
}
