import type { Clock } from '@paymatch/platform-observability';
import type { Database, Tx } from '@paymatch/platform-postgres';
import {
  forgetLeft,
  leaveForLater,
  lockLeftEvents,
  lockOldEvents,
  lockProgress,
  prune,
  pruneSideTables,
  saveProgress,
  unfinishedOf,
  type OldEvent,
} from './retention.store.js';

export interface WebhookPrunerOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly keepMs: number;
}

/** Small enough that no transaction is long. */
const STEP_EVENTS = 200;
const LOOK_AGAIN_MS = 24 * 3_600_000;

/**
 * Lets go of bodies and attempts that are old enough, a few at a time, oldest first. What is not delivered keeps what
 * it needs to be, however old; it is looked at again each day.
 */
export class WebhookPruner {
  constructor(private readonly options: WebhookPrunerOptions) {}

  /** `true` when there may be more. */
  async step(): Promise<boolean> {
    const { database, clock, keepMs } = this.options;
    const nowMs = clock.nowMs();
    const before = new Date(nowMs - keepMs);
    const lookedAtCount = await database.transaction((tx) => this.stepEvents(tx, { now: new Date(nowMs), before }));
    const sideCount = await pruneSideTables(database, { before, limit: STEP_EVENTS });
    return lookedAtCount === STEP_EVENTS || sideCount === STEP_EVENTS;
  }

  private async stepEvents(tx: Tx, at: { readonly now: Date; readonly before: Date }): Promise<number> {
    const after = await lockProgress(tx);
    if (after === null) return 0;
    const fresh = await lockOldEvents(tx, { after, before: at.before, limit: STEP_EVENTS });
    const left = fresh.length > 0 ? [] : await lockLeftEvents(tx, { now: at.now, limit: STEP_EVENTS });
    const ids = [...fresh.map(({ id }) => id), ...left];
    if (ids.length > 0) await this.pruneSome(tx, ids, { ...at, reached: fresh.at(-1) ?? null });
    return ids.length;
  }

  private async pruneSome(
    tx: Tx,
    ids: readonly string[],
    { now, before, reached }: { readonly now: Date; readonly before: Date; readonly reached: OldEvent | null },
  ): Promise<void> {
    // After the lock, in a statement of its own: it sees what whoever held the lock before has committed.
    const kept = new Set(await unfinishedOf(tx, ids, before));
    const gone = ids.filter((id) => !kept.has(id));
    const attemptCount = await prune(tx, gone);
    await forgetLeft(tx, gone);
    await leaveForLater(tx, [...kept], new Date(now.getTime() + LOOK_AGAIN_MS));
    await saveProgress(tx, { reached, eventCount: gone.length, attemptCount, now });
  }
}
