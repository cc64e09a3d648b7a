import { setTimeout as sleep } from 'node:timers/promises';
import { isDatabaseUnreachable, type Database } from '@paymatch/platform-postgres';
import type { Clock, Logger } from '@paymatch/platform-observability';
import { recordAttempts, type FactOutbox } from './attempt.store.js';
import type { FinishedAttempt, RecordedAttempt } from './recorded-attempt.js';

export interface RecorderOptions {
  readonly database: Database;
  readonly outbox: FactOutbox;
  readonly clock: Clock;
  readonly logger: Logger;
  /** After this time another dispatcher may have the delivery, so waiting longer for the database is of no use. */
  readonly leaseMs: number;
  /** Called after a commit: deliveries may have become due, and facts wait in the outbox. */
  readonly onRecorded: () => void;
}

interface Entry {
  readonly attempt: FinishedAttempt;
  readonly done: () => void;
}

const BATCH_SIZE_MAX = 200;
const DATABASE_WAIT_MS = 500;

/**
 * Writes attempts down in batches: whatever finishes while one transaction runs goes into the next one.
 * An attempt that cannot be written is not lost: its lease ends and the delivery is sent again, under the same id.
 */
export class AttemptRecorder {
  private readonly queue: Entry[] = [];
  private flushing: Promise<void> | null = null;

  constructor(private readonly options: RecorderOptions) {}

  /** Resolves when the attempt is committed, or given over to the end of its lease. */
  record(attempt: FinishedAttempt): Promise<void> {
    return new Promise((resolve) => {
      this.queue.push({ attempt, done: resolve });
      this.flushing ??= this.flush().finally(() => {
        this.flushing = null;
      });
    });
  }

  private async flush(): Promise<void> {
    // A turn of the event loop: answers that came in together are written together.
    await new Promise(setImmediate);
    while (this.queue.length > 0) {
      const batch = this.queue.splice(0, BATCH_SIZE_MAX);
      await this.write(batch.map(({ attempt }) => attempt));
      for (const { done } of batch) done();
      this.options.onRecorded();
    }
  }

  private async write(attempts: readonly FinishedAttempt[]): Promise<void> {
    for (const startedAt = performance.now(); ;) {
      try {
        const { database, outbox, clock } = this.options;
        const recorded = await database.transaction((tx) =>
          recordAttempts(tx, attempts, { outbox, nowMs: clock.nowMs() }),
        );
        for (const entry of recorded) this.log(entry);
        return;
      } catch (error) {
        if (!isDatabaseUnreachable(error) && attempts.length > 1) return await this.writeOneByOne(attempts);
        if (!isDatabaseUnreachable(error) || performance.now() - startedAt > this.options.leaseMs)
          return this.abandon(attempts, error);
        await sleep(DATABASE_WAIT_MS);
      }
    }
  }

  /** One attempt that cannot be written must not take the others of its batch with it. */
  private async writeOneByOne(attempts: readonly FinishedAttempt[]): Promise<void> {
    for (const attempt of attempts) await this.write([attempt]);
  }

  private abandon(attempts: readonly FinishedAttempt[], error: unknown): void {
    for (const { delivery } of attempts) {
      this.options.logger.error('webhook attempt not recorded; it will be sent again when its lease ends', {
        deliveryId: delivery.id,
        paymentId: delivery.paymentId,
        correlationId: delivery.correlationId,
        error,
      });
    }
  }

  private log({ attempt, decision, disabledEndpoint }: RecordedAttempt): void {
    const { delivery, result } = attempt;
    const fields = {
      deliveryId: delivery.id,
      paymentId: delivery.paymentId,
      merchantId: delivery.merchantId,
      endpointId: delivery.endpointId,
      event: delivery.event,
      correlationId: delivery.correlationId,
      attempt: delivery.attemptsMade + 1,
      httpStatus: result.kind === 'answered' ? result.httpStatus : null,
      error: result.kind === 'failed' ? result.error : null,
      durationMs: Math.round(attempt.durationMs),
      outcome: decision?.status ?? 'lease_lost',
    };
    if (disabledEndpoint) this.options.logger.warn('webhook endpoint disabled: it answered 410', fields);
    if (decision?.status === 'given_up') this.options.logger.error('webhook given up', fields);
    else this.options.logger.info('webhook attempt', fields);
  }
}
