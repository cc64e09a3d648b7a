import { GroupCommit, oneByOne } from '@paymatch/platform-batching';
import type { Outbox } from '@paymatch/platform-messaging';
import type { Tracing } from '@paymatch/platform-observability';
import { isDatabaseUnreachable, type Database } from '@paymatch/platform-postgres';
import { MatchTraces } from './match-traces.js';
import { MatchingWork } from './matching-work.js';
import { inMerchantTransaction, lockKey, type Merchant, type MerchantTx } from './merchant-transaction.js';
import { joinWanted, type TakeIn, type TakenIn } from './take-in.js';

/** A transaction that holds its merchants, with all that was looked up and what becomes of it. */
export interface Held {
  readonly tx: MerchantTx;
  readonly found: TakenIn;
  readonly work: MatchingWork;
  /** To be written after the work, on which it rests. */
  readonly later: (write: () => Promise<void>) => void;
}

/** What came together about one merchant in one mode, over one way. */
export interface Share<Result> {
  readonly merchant: Merchant;
  /**
   * Two shares of one kind are never in one transaction, and banks' notices with no other: each looks for what the
   * other has yet to write.
   */
  readonly kind: 'messages' | 'notices' | 'payments' | 'refusals';
  readonly nowMs: number;
  readonly wanted: TakeIn;
  /** May be called again, when another share has failed and each is tried by itself. */
  readonly decide: (held: Held) => Result | Promise<Result>;
}

export interface MatchingStageOptions {
  readonly database: Database;
  readonly outbox: Outbox;
  /** Called after a commit that left facts in the outbox. */
  readonly onCommitted: () => void;
  readonly tracing?: Tracing;
}

const SHARES_MAX = 500;
/** Merchants that nobody works on need not wait for those somebody does. */
const TRANSACTIONS_MAX = 4;

/**
 * Everything that matching hears goes through here: what comes about a merchant while its last transaction is under way
 * goes into the next one together, over whichever topic it came, and waits for it here, where no connection is held.
 * Merchants do not wait for each other.
 */
export class MatchingStage {
  private readonly shares: GroupCommit<Share<unknown>, unknown>;

  constructor(private readonly options: MatchingStageOptions) {
    this.shares = new GroupCommit({
      batchSizeMax: SHARES_MAX,
      concurrencyMax: TRANSACTIONS_MAX,
      streamOf: ({ merchant }) => String(lockKey(merchant)),
      commitBatch: (batch) => this.commitAll(batch),
    });
  }

  /** Resolves when all of them are committed; what one of them fails with is thrown when the others are done. */
  async commit<Result>(shares: readonly Share<Result>[]): Promise<readonly Result[]> {
    const outcomes = await Promise.allSettled(shares.map((share) => this.shares.submit(share)));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return outcomes.map((outcome) => (outcome as PromiseFulfilledResult<Result>).value);
  }

  /** What waits for its merchant's last transaction. */
  get depth(): number {
    return this.shares.depth;
  }

  /** Refuses what comes from now on; resolves when everything else is done. */
  stop(): Promise<void> {
    return this.shares.close();
  }

  private async commitAll(batch: readonly Share<unknown>[]): Promise<readonly PromiseSettledResult<unknown>[]> {
    const outcomes = new Map<Share<unknown>, PromiseSettledResult<unknown>>();
    for (const round of rounds(batch)) {
      const settled = await this.commitRound(round);
      round.forEach((share, index) => outcomes.set(share, settled[index]!));
    }
    return batch.map((share) => outcomes.get(share)!);
  }

  private async commitRound(round: readonly Share<unknown>[]): Promise<readonly PromiseSettledResult<unknown>[]> {
    try {
      return (await this.together(round)).map((value) => ({ status: 'fulfilled', value }));
    } catch (reason) {
      if (round.length === 1 || isDatabaseUnreachable(reason)) return round.map(() => ({ status: 'rejected', reason }));
      // One share's fault is its own.
      return oneByOne(round, async (share) => (await this.together([share]))[0]);
    }
  }

  private async together(shares: readonly Share<unknown>[]): Promise<readonly unknown[]> {
    const about = {
      merchants: shares.map(({ merchant }) => merchant),
      wanted: joinWanted(shares.map(({ wanted }) => wanted)),
      nowMs: Math.max(...shares.map(({ nowMs }) => nowMs)),
    };
    return decideHeld(this.options, about, async (held) => {
      const results: unknown[] = [];
      for (const share of shares) results.push(await share.decide(held));
      return results;
    });
  }
}

/** One transaction: what is decided in it is written at its end, with its facts. */
export async function decideHeld<Result>(
  { database, outbox, onCommitted, tracing }: MatchingStageOptions,
  about: { readonly merchants: readonly Merchant[]; readonly wanted?: TakeIn; readonly nowMs: number },
  decide: (held: Held) => Promise<Result>,
): Promise<Result> {
  const { result, hasFacts } = await inMerchantTransaction(database, about, async (tx, found) => {
    const work = new MatchingWork(found, about.nowMs, new MatchTraces(tracing));
    const writes: (() => Promise<void>)[] = [];
    const later = (write: () => Promise<void>): void => void writes.push(write);
    const result = await decide({ tx, found, work, later });
    await work.flush(tx, outbox);
    for (const write of writes) await write();
    return { result, hasFacts: work.hasFacts };
  });
  if (hasFacts) onCommitted();
  return result;
}

/** What came, by whom it is about. */
export function byMerchant<T>(items: readonly T[], merchantOf: (item: T) => Merchant): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const { merchantId, livemode } = merchantOf(item);
    const key = `${livemode} ${merchantId}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

/** As few transactions as may be, in the order in which the shares of each merchant came. */
function rounds(shares: readonly Share<unknown>[]): readonly (readonly Share<unknown>[])[] {
  const found: Share<unknown>[][] = [];
  const last = new Map<string, { readonly round: number; readonly kinds: Set<Share<unknown>['kind']> }>();
  for (const share of shares) {
    const key = String(lockKey(share.merchant));
    const before = last.get(key) ?? { round: 0, kinds: new Set() };
    const place = maySettleWith(share.kind, before.kinds)
      ? before
      : { round: before.round + 1, kinds: new Set<Share<unknown>['kind']>() };
    place.kinds.add(share.kind);
    last.set(key, place);
    (found[place.round] ??= []).push(share);
  }
  return found;
}

function maySettleWith(kind: Share<unknown>['kind'], others: ReadonlySet<Share<unknown>['kind']>): boolean {
  return others.size === 0 || (kind !== 'notices' && !others.has('notices') && !others.has(kind));
}
