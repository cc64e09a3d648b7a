import { SupervisedLoop } from '@paymatch/platform-loops';
import type { Outbox } from '@paymatch/platform-messaging';
import type { Clock, Logger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import type { TemplateRegistry } from '@paymatch/sms-matching-domain';
import { openMessageCases } from './message-cases.store.js';
import { MessageEffects, toMessageCase } from './message-effects.js';
import { joinAround, lockOverdueGroups, overdueGroups, setWaiting } from './message-parts.store.js';
import { readMessage } from './message-reading.js';
import { lockUnknown, partsOfGroups, unknownMessages } from './raw-messages.store.js';
import type { ReadMessage } from './read-message.js';
import { earlierVersions, registerVersion, registryVersion } from './registry-version.js';
import { decideHeld } from '../slots/matching-stage.js';
import type { SettleOptions } from '../slots/slot-matching.js';

export interface MessageSweepOptions {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly registry: TemplateRegistry;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings: SettleOptions;
  readonly intervalMs: number;
  readonly rowsMax: number;
  readonly onCommitted: () => void;
}

/**
 * Looks after messages that could not be read when they came: of an earlier registry, or because a part was missing.
 */
export class MessageSweep {
  private readonly effects: MessageEffects;
  private readonly version: string;
  private readonly loop: SupervisedLoop;
  private isRegistered = false;

  constructor(private readonly options: MessageSweepOptions) {
    this.effects = new MessageEffects(options);
    this.version = registryVersion(options.registry);
    this.loop = new SupervisedLoop({
      name: 'the look for unread messages',
      logger: options.logger,
      everyMs: options.intervalMs,
      firstAfterMs: 0,
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
   * One look of each kind; several instances may look at once, each takes messages of its own. Returns the larger
   * count.
   */
  async run(): Promise<number> {
    return Math.max(await this.readAnew(), await this.giveUpWaiting());
  }

  /** Reads anew what an earlier registry did not know; the effects and the new reading commit together. */
  private async readAnew(): Promise<number> {
    const { database, rowsMax, clock, logger } = this.options;
    const nowMs = clock.nowMs();
    if (!this.isRegistered) await registerVersion(database, this.version);
    this.isRegistered = true;
    const registries = await earlierVersions(database, this.version);
    const unknown = await unknownMessages(database, { registries, max: rowsMax });
    if (unknown.length === 0) return 0;
    const entries = await decideHeld(this.options, { merchants: unknown, nowMs }, async (held) => {
      const { tx } = held;
      const messages = await lockUnknown(tx, { registries, rawIds: unknown.map(({ rawId }) => rawId) });
      const parts = await partsOfGroups(
        tx,
        messages.flatMap(({ part }) => part?.key ?? []),
      );
      const read = messages.map((stored): ReadMessage => {
        const group = parts.filter((other) => (stored.part ?? null) !== null && other.part!.key === stored.part!.key);
        const { message, rawIds, isComplete } =
          group.length === 0
            ? { message: stored, rawIds: [stored.rawId], isComplete: true }
            : joinAround(stored, group);
        return {
          message,
          rawIds,
          registry: this.version,
          reading: readMessage(message, this.options.registry, !isComplete),
          cause: { correlationId: stored.rawId, messageId: null },
        };
      });
      return this.effects.apply(held, { fresh: [], again: read });
    });
    for (const { message, reading } of entries)
      logger.info('message read anew', {
        rawId: message.rawId,
        merchantId: message.merchantId,
        outcome: reading.outcome,
        template: reading.parsed.template?.id ?? null,
        reasons: reading.reasons,
      });
    return entries.length;
  }

  /** Puts before a person what came of a message whose other parts did not come in time. */
  private async giveUpWaiting(): Promise<number> {
    const { database, rowsMax, clock } = this.options;
    const nowMs = clock.nowMs();
    const now = new Date(nowMs).toISOString();
    const seen = await overdueGroups(database, { now, max: rowsMax });
    if (seen.length === 0) return 0;
    const merchants = await partsOfGroups(database, seen);
    const groups = await decideHeld(this.options, { merchants, nowMs }, async ({ tx, work }) => {
      const overdue = await lockOverdueGroups(tx, seen, now);
      const parts = await partsOfGroups(tx, overdue);
      await setWaiting(tx, overdue, null);
      const cases = overdue.map((group) => {
        const own = parts.filter(({ part }) => part!.key === group);
        const { message, rawIds } = joinAround(own.at(-1)!, own);
        return toMessageCase(
          { message, rawIds, reading: null, cause: { correlationId: message.rawId, messageId: null } },
          { nowMs, reason: 'incomplete' },
        );
      });
      for (const { cause, caseId, reason, ...about } of await openMessageCases(tx, cases)) {
        work.cause = cause;
        work.emit(about, { type: 'credits.review-case-opened', caseId, reason });
      }
      return overdue;
    });
    return groups.length;
  }
}
