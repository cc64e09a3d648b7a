import { inEnvelope, newId, type PaymentCommand, type PaymentReply } from '@paymatch/contracts';
import { EventStore, type StoredEvent } from '@paymatch/platform-event-store';
import { SupervisedLoop } from '@paymatch/platform-loops';
import { RequestUnavailable } from '@paymatch/platform-messaging';
import type { Clock, Logger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { ExpirySchedule } from './expiry.schedule.js';
import { NewerEventError, UnreadableEventError } from './payment-event.codec.js';
import type { CommandMessage } from './payment-unit-of-work.js';
import { paymentsSchema } from './payments.migrations.js';

const batchSizeMax = 200;
const UNREADABLE_PAUSE_MS = 60_000;

export interface ExpirySweepOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly intervalMs: number;
  readonly send: (message: CommandMessage) => Promise<PaymentReply>;
}

/**
 * Ends payments whose time is up. Several may run: an expired payment is expired once, the second command finds it so.
 */
export class ExpirySweep {
  private readonly schedule: ExpirySchedule;
  private readonly store = new EventStore({ schema: paymentsSchema });
  private readonly loop: SupervisedLoop;

  constructor(private readonly options: ExpirySweepOptions) {
    this.schedule = new ExpirySchedule(options.database);
    this.loop = new SupervisedLoop({
      name: 'the expiry of payments',
      logger: options.logger,
      everyMs: options.intervalMs,
      turn: async () => void (await this.sweep()),
    });
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** Expires what is due, one bounded batch at a time; returns how many payments it looked at. */
  async sweep(): Promise<number> {
    let seen = 0;
    for (;;) {
      const due = await this.schedule.due(this.options.clock.nowMs(), batchSizeMax);
      if (due.length === 0) return seen;
      await this.expireAll(due);
      seen += due.length;
      if (due.length < batchSizeMax) return seen;
    }
  }

  private async expireAll(due: readonly string[]): Promise<void> {
    const streams = await this.store.load(this.options.database, due);
    const outcomes = await Promise.allSettled(
      due.map(async (paymentId) => this.expire(paymentId, streams.get(paymentId)?.[0])),
    );
    const unreadable: string[] = [];
    const faults: unknown[] = [];
    const ended: string[] = [];
    for (const [index, paymentId] of due.entries()) {
      const outcome = outcomes[index]!;
      if (outcome.status === 'fulfilled') ended.push(paymentId);
      else if (isUnreadable(outcome.reason)) {
        unreadable.push(paymentId);
        this.options.logger.error('a payment cannot be read from its events, so it does not end', {
          paymentId,
          error: outcome.reason,
        });
      } else faults.push(outcome.reason);
    }
    // Expired ones would leave with their event; ones that wait for verification have no time any more.
    await this.schedule.remove(ended);
    await this.schedule.postpone(unreadable, this.options.clock.nowMs() + UNREADABLE_PAUSE_MS);
    if (faults.length > 0) throw faults[0];
  }

  private async expire(paymentId: string, first: StoredEvent | undefined): Promise<void> {
    if (!first) throw new UnreadableEventError(`payment ${paymentId} is scheduled to expire but has no events`);
    const nowMs = this.options.clock.nowMs();
    const [commandId, now] = [newId(nowMs), new Date(nowMs).toISOString()];
    const { merchantId, livemode, correlationId } = first;
    const command: PaymentCommand = { type: 'ExpirePayment', commandId, paymentId, merchantId, livemode, now };
    await this.options.send(
      inEnvelope(command, { id: commandId, source: 'payments', key: paymentId, time: now, correlationId }),
    );
  }
}

/**
 * Whether the payment's own events are the trouble; anything else (the database is away, the queue is full) concerns
 * all.
 */
function isUnreadable(error: unknown): boolean {
  return (
    error instanceof UnreadableEventError ||
    (error instanceof RequestUnavailable && error.cause instanceof NewerEventError)
  );
}
