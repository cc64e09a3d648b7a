import { setTimeout as sleep } from 'node:timers/promises';
import { isDatabaseUnreachable, type Database } from '@paymatch/platform-postgres';
import type { Clock, Logger } from '@paymatch/platform-observability';
import { judgeAttempt } from '@paymatch/webhook-dispatch-domain';
import { recordAttempts, type FactOutbox, type Recorded } from './attempt.store.js';
import { finishDelivered } from './delivered.store.js';
import type { FinishedAttempt, RecordedAttempt } from './recorded-attempt.js';
import type { WebhookMeasures } from './webhook.measures.js';

export interface RecorderOptions {
  readonly database: Database;
  readonly outbox: FactOutbox;
  readonly clock: Clock;
  readonly logger: Logger;
  /** After this time another dispatcher may have the delivery, so waiting longer for the database is of no use. */
  readonly leaseMs: number;
  /** Called after a commit that left facts in the outbox. */
  readonly onFacts: () => void;
  readonly measures?: WebhookMeasures | undefined;
}

interface Entry {
  readonly attempt: FinishedAttempt;
  readonly done: (mayBeDue: boolean) => void;
}

type LoggedOutcome = NonNullable<RecordedAttempt['decision']>['status'] | typeof LEASE_LOST;

const LEASE_LOST = 'lease_lost';
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

  /**
   * Resolves when the attempt is committed, or given over to the end of its lease: `true` when others may have become
   * due by it.
   */
  record(attempt: FinishedAttempt): Promise<boolean> {
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
      const mayBeDue = await this.write(batch.map(({ attempt }) => attempt));
      for (const { done } of batch) done(mayBeDue);
    }
  }

  private async write(attempts: readonly FinishedAttempt[]): Promise<boolean> {
    for (const startedAt = performance.now(); ;) {
      try {
        return await this.writeOnce(attempts);
      } catch (error) {
        if (!isDatabaseUnreachable(error) && attempts.length > 1) return await this.writeOneByOne(attempts);
        if (!isDatabaseUnreachable(error) || performance.now() - startedAt > this.options.leaseMs) {
          this.abandon(attempts, error);
          return true;
        }
        await sleep(DATABASE_WAIT_MS);
      }
    }
  }

  /** What was delivered to receivers in good health is one statement; everything else has more to it. */
  private async writeOnce(attempts: readonly FinishedAttempt[]): Promise<boolean> {
    const { database, outbox, clock, onFacts } = this.options;
    const nowMs = clock.nowMs();
    if (attempts.every(({ result }) => judgeAttempt(result, nowMs).kind === 'delivered')) {
      const finished = await finishDelivered(database, attempts, { nowMs, isJudged: false });
      if (finished !== null) {
        for (const attempt of attempts)
          this.log(attempt, finished.finishedIds.has(attempt.delivery.id) ? 'delivered' : LEASE_LOST);
        return finished.releasedCount > 0;
      }
    }
    const recorded = await database.transaction((tx) => recordAttempts(tx, attempts, { outbox, nowMs }));
    if (recorded.factCount > 0) onFacts();
    this.logAll(recorded);
    return true;
  }

  /** One attempt that cannot be written must not take the others of its batch with it. */
  private async writeOneByOne(attempts: readonly FinishedAttempt[]): Promise<boolean> {
    for (const attempt of attempts) await this.write([attempt]);
    return true;
  }

  private abandon(attempts: readonly FinishedAttempt[], error: unknown): void {
    for (const { delivery } of attempts) {
      this.options.logger.error('webhook attempt not recorded; it will be sent again when its lease ends', {
        deliveryId: delivery.id,
        paymentId: delivery.paymentId,
        correlationId: delivery.correlationId,
        traceparent: delivery.traceparent,
        error,
      });
    }
  }

  private logAll({ attempts }: Recorded): void {
    for (const { attempt, decision, disabledEndpoint } of attempts) {
      if (disabledEndpoint)
        this.options.logger.warn('webhook endpoint disabled: it answered 410', fieldsOf(attempt, decision?.status));
      this.log(attempt, decision?.status ?? LEASE_LOST);
    }
  }

  private log(attempt: FinishedAttempt, outcome: LoggedOutcome): void {
    this.options.measures?.attempt(attempt, outcome);
    if (outcome === 'given_up') this.options.logger.error('webhook given up', fieldsOf(attempt, outcome));
    else
      this.options.logger[isUsual(attempt, outcome) ? 'debug' : 'info']('webhook attempt', fieldsOf(attempt, outcome));
  }
}

/** Delivered at once: its attempt stands in the table, and nobody looks for it in the log. */
function isUsual({ delivery }: FinishedAttempt, outcome: LoggedOutcome): boolean {
  return outcome === 'delivered' && delivery.attemptsMade === 0;
}

function fieldsOf(attempt: FinishedAttempt, outcome: LoggedOutcome = LEASE_LOST) {
  const { delivery, result } = attempt;
  return {
    deliveryId: delivery.id,
    paymentId: delivery.paymentId,
    merchantId: delivery.merchantId,
    endpointId: delivery.endpointId,
    event: delivery.event,
    correlationId: delivery.correlationId,
    traceparent: delivery.traceparent,
    attempt: delivery.attemptsMade + 1,
    httpStatus: result.kind === 'answered' ? result.httpStatus : null,
    error: result.kind === 'failed' ? result.error : null,
    durationMs: Math.round(attempt.durationMs),
    outcome,
  };
}
