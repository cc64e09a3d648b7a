import { SupervisedLoop } from '@paymatch/platform-loops';
import type { Outbox } from '@paymatch/platform-messaging';
import type { Clock, Logger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { systemActor } from './case-history.js';
import type { MessageWaits } from './message-waits.js';
import { MatchingWork } from '../slots/matching-work.js';
import { type CreditRecord, fromRow, type SlotKey } from '../slots/records.js';
import { giveBack, match, type SettleOptions } from '../slots/slot-matching.js';
import { missMessage } from '../slots/missing-message.js';
import { inMerchantTransaction } from '../slots/merchant-transaction.js';

export interface AttentionSweepOptions {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings: SettleOptions & { readonly matchAttemptsMax: number };
  readonly intervalMs: number;
  readonly rowsMax: number;
  readonly onCommitted: () => void;
  readonly waits: MessageWaits;
}

/**
 * Looks after what has waited too long: money nobody claimed and TrxIDs no message tells of become cases, a match
 * without an answer is announced again.
 */
export class AttentionSweep {
  private readonly loop: SupervisedLoop;

  constructor(private readonly options: AttentionSweepOptions) {
    this.loop = new SupervisedLoop({
      name: 'the look for waiting credits',
      logger: options.logger,
      everyMs: options.intervalMs,
      turn: async () => (await this.run()) === options.rowsMax,
    });
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /**
   * One look; several instances may look at once, the slots' locks keep them apart. Returns how many credits were
   * attended to.
   */
  async run(): Promise<number> {
    const { database, outbox, clock, rowsMax, onCommitted } = this.options;
    await this.options.waits.refresh(database);
    const nowMs = clock.nowMs();
    const { rows } = await database.query(
      `(SELECT merchant_id, livemode, provider, slot_key FROM sms_matching.credits WHERE attention_at <= $1
        ORDER BY attention_at LIMIT $2)
       UNION ALL (SELECT merchant_id, livemode, provider, slot_key FROM sms_matching.claims WHERE waits_until <= $1
         ORDER BY waits_until LIMIT $2)
       LIMIT $2`,
      [new Date(nowMs), rowsMax],
    );
    if (rows.length === 0) return 0;
    const slots = rows.map((row) => fromRow<SlotKey>(row));
    const work = await inMerchantTransaction(database, { merchants: slots, wanted: { slots } }, async (tx, locked) => {
      const work = new MatchingWork(locked, nowMs);
      // Read again under the locks: what was waiting a moment ago may have been answered.
      for (const claim of locked.claims)
        if ((claim.waitsUntil ?? null) !== null && Date.parse(claim.waitsUntil!) <= nowMs) {
          work.cause = { correlationId: claim.paymentId, messageId: null };
          missMessage(work, claim);
        }
      for (const credit of locked.credits)
        if (credit.attentionAt !== null && Date.parse(credit.attentionAt) <= nowMs) this.attend(work, credit);
      await work.flush(tx, outbox);
      return work;
    });
    if (work.hasFacts) onCommitted();
    return rows.length;
  }

  private attend(work: MatchingWork, credit: CreditRecord): void {
    const { settings, logger } = this.options;
    work.cause = { correlationId: credit.creditId, messageId: null };
    if (credit.status === 'open') return work.review(credit, { reason: 'unmatched_credit', paymentId: null });
    if (credit.status !== 'matched' || credit.paymentId === null) {
      work.putCredit({ ...credit, attentionAt: null });
      return;
    }
    if (credit.matchAttempts < settings.matchAttemptsMax)
      return match(work, credit, { paymentId: credit.paymentId, decidedBy: credit.decidedBy, settings });
    logger.error('payments has not answered a match; it is now a review case', {
      creditId: credit.creditId,
      paymentId: credit.paymentId,
      attempts: credit.matchAttempts,
    });
    giveBack(work, credit, { reason: 'match_unconfirmed', paymentId: credit.paymentId, actor: systemActor });
  }
}
