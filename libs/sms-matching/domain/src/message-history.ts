import type { ParsedMessage } from './message.js';

/** What is known of one account's earlier and later messages, of one provider. */
export interface HistoryEntry {
  readonly trxId: string | null;
  readonly direction: 'in' | 'out';
  readonly amountMinor: number;
  readonly feeMinor: number | null;
  readonly balanceMinor: number | null;
  /** ISO UTC. */
  readonly atUtc: string;
}

export type ChainVerdict = 'verified' | 'unverified' | 'contradicted';

/** The balance after a movement, or `null` when the balance before it is not known. */
function balanceAfter(before: HistoryEntry | null, movement: HistoryEntry): number | null {
  if (before === null || before.balanceMinor === null) return null;
  const fee = movement.feeMinor ?? 0;
  return before.balanceMinor + (movement.direction === 'in' ? movement.amountMinor : -movement.amountMinor) - fee;
}

/**
 * Holds one message's balance against its neighbours in time. A gap proves nothing (interest, a second phone), so it is
 * `unverified`; but a later message that continues the balance from before this one, as if it had never happened, is
 * `contradicted`: the only trace a forged official sender leaves in the text.
 */
export function judgeBalance(
  before: HistoryEntry | null,
  suspect: HistoryEntry,
  after: HistoryEntry | null,
): ChainVerdict {
  const fits = suspect.balanceMinor !== null && balanceAfter(before, suspect) === suspect.balanceMinor;
  const continues =
    after !== null && after.balanceMinor !== null && balanceAfter(suspect, after) === after.balanceMinor;
  if (!continues && after !== null && after.balanceMinor !== null && balanceAfter(before, after) === after.balanceMinor)
    return 'contradicted';
  return fits ? 'verified' : 'unverified';
}

const COUNTERS: Readonly<Record<string, number>> = { nagad: 36, rocket: 10 };

/** Whether a provider's ids say anything about the order of its messages. */
export function countsUpwards(provider: string): boolean {
  return COUNTERS[provider] !== undefined;
}

/**
 * Nagad's and Rocket's ids count upwards. `out_of_order` when an entry with an earlier time has a higher id, or one
 * with a later time a lower id; ids of different length belong to different series and say nothing.
 */
export function judgeCounter(
  provider: string,
  suspect: HistoryEntry,
  history: readonly HistoryEntry[],
): 'in_order' | 'out_of_order' | 'unknown' {
  const radix = COUNTERS[provider];
  const own = suspect.trxId;
  if (radix === undefined || own === null) return 'unknown';
  const comparable = history.filter(
    (entry) =>
      entry.trxId !== null && entry.trxId.length === own.length && entry.trxId !== own && entry.atUtc !== suspect.atUtc,
  );
  if (comparable.length === 0) return 'unknown';
  const position = Number.parseInt(own, radix);
  const wrong = comparable.some(
    (entry) => Number.parseInt(entry.trxId ?? '', radix) < position !== entry.atUtc < suspect.atUtc,
  );
  return wrong ? 'out_of_order' : 'in_order';
}

/**
 * What makes two messages the same event, however often and through however many listeners they came. With a TrxID that
 * and the direction and kind (a hold, its capture and its release share one TrxID). Without one: sender, account, sum,
 * balance and a printed time of day, all of them; anything less is `null`, because two real transfers could share it.
 */
export function sameEventKey(parsed: ParsedMessage): string | null {
  const { template, amountMinor, balanceMinor, account, at } = parsed;
  if (template === null || amountMinor === null) return null;
  if (parsed.trxId !== null) return [parsed.provider, parsed.trxId, template.direction, template.kind].join('|');
  if (balanceMinor === null || account === null || at === null || !at.includes('T')) return null;
  return [parsed.provider, template.direction, account, amountMinor, balanceMinor, at].join('|');
}
