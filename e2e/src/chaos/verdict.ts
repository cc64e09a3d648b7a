import type { FinalState, StoredEvent } from './final-state.js';
import type { Entry } from './history.js';

export const promises = {
  G1: 'an acknowledged command is never lost',
  G2: 'one credit completes at most one payment; a payment completes at most once',
  G3: 'no event is skipped by any reader',
  G4: "consumers' effects happen once",
  G5: 'per payment, webhooks come in order, also through retries',
  G6: 'every webhook is delivered at least once, under one id, or visibly given up',
  G7: 'money that arrived completes what waits for it, or is where a person can see it',
  G8: 'a bad message hurts only itself',
  G9: "one merchant never sees another's data; test never mixes with live",
  G10: 'no wrong credit from any SMS',
  G11: 'read models equal the fold of the events',
  G12: 'after any fault a fresh payment goes all the way again in time',
} as const;
export type PromiseName = keyof typeof promises;

export interface Violation {
  readonly text: string;
  readonly paymentIds: readonly string[];
}

export interface Verdict {
  readonly promise: PromiseName;
  /** How often it could have been broken. */
  readonly tries: number;
  readonly violations: readonly Violation[];
}

export interface Evidence {
  /** In which a fresh payment has to go all the way again. */
  readonly recoveryMaxMs: number;
  readonly history: readonly Entry[];
  readonly state: FinalState;
}

/** Collects what one promise is judged by. */
export class Judge {
  private tries = 0;
  private readonly violations: Violation[] = [];

  constructor(private readonly promise: PromiseName) {}

  /** One try; broken with these words unless `holds`. */
  expect(holds: boolean, text: () => string, ...paymentIds: readonly string[]): void {
    this.tries += 1;
    if (!holds) this.violations.push({ text: text(), paymentIds });
  }

  verdict(): Verdict {
    return { promise: this.promise, tries: this.tries, violations: this.violations };
  }
}

export function groupBy<T>(list: readonly T[], keyOf: (item: T) => string | null): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const key = keyOf(item);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** The status that a payment's events lead to. */
export function statusOf(events: readonly StoredEvent[]): string {
  const ordered = [...events].sort((a, b) => a.version - b.version);
  const amountMinor = ordered.find(({ type }) => type === 'PaymentCreated')?.amountMinor ?? 0;
  let refundedMinor = 0;
  let status = 'none';
  for (const event of ordered) {
    if (event.type === 'RefundRecorded') refundedMinor += event.amountMinor ?? 0;
    const next = statusAfter[event.type];
    if (next !== undefined) status = next;
    if (refundedMinor > 0) status = refundedMinor === amountMinor ? 'refunded' : 'partially_refunded';
  }
  return status;
}

const statusAfter: Readonly<Record<string, string>> = {
  PaymentCreated: 'pending',
  TrxSubmitted: 'awaiting_verification',
  PaymentCompleted: 'completed',
  PaymentFailed: 'failed',
  PaymentExpired: 'expired',
};
