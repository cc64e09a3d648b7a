import { identifyMoney, type BankSource, type MoneyIdentity } from '@paymatch/sms-matching-domain';
import type { SqlRunner, Tx } from '@paymatch/platform-postgres';
import type { MatchingWork } from '../slots/matching-work.js';
import type { CreditRecord, SlotKey } from '../slots/records.js';
import { reversibleReasons } from '../slots/slot-matching.js';
import {
  insertBankEvidence,
  loadNearMoney,
  type NearMoney,
  type NotedTelling,
  type Telling,
} from './bank-evidence.store.js';
import { bankProvider } from './bank-slots.js';

/** Why money that may have been counted already waits for a person. */
export const possibleDuplicate = 'possible_duplicate';

/** What is known of money that is told of now, and where it stands. */
export interface NearBy {
  readonly near: readonly NearMoney[];
  readonly slots: readonly SlotKey[];
  /** Claim keys of all lines of the file that is read. */
  readonly listed: readonly string[];
}

/**
 * Whoever brings Brazilian money, from whichever source, looks around here and then locks the slots that it is told.
 * The merchant's lock keeps two sources' words about one transfer from becoming two credits at the same moment; without
 * it this is a picture that may be old.
 */
export async function lookAround(
  runner: SqlRunner,
  tellings: readonly Telling[],
  listed: readonly string[] = [],
): Promise<NearBy> {
  const near = await loadNearMoney(runner, tellings, listed);
  return { near, slots: near.map(({ slot }) => slot), listed };
}

/**
 * All that has been told of some sums, and what is told now: money from every source is recognised here, and only here.
 */
export class ReportedMoney {
  private readonly noted: NotedTelling[] = [];
  private readonly listed: ReadonlySet<string>;
  /** By whose it is and its sum, then by credit: what a new word may be about. */
  private readonly near = new Map<string, Map<string, NearMoney>>();
  /** By whose it is and the claim key: what the same source has told before. */
  private readonly reported = new Map<string, string>();

  constructor(
    private readonly work: MatchingWork,
    { near, listed }: NearBy,
  ) {
    this.listed = new Set(listed);
    for (const money of near) this.keep(money);
  }

  /** To be called when the work is flushed: the evidence rests on the credits. */
  flush(tx: Tx): Promise<void> {
    return insertBankEvidence(tx, this.noted);
  }

  /** The credit this very source has told of before, whoever told of the money first. */
  reportedBefore({ merchantId, livemode, claimKey }: Omit<Telling, 'evidence'>): CreditRecord | undefined {
    const creditId = this.reported.get(JSON.stringify([merchantId, livemode, claimKey]));
    return creditId === undefined ? undefined : this.work.credit(creditId);
  }

  /** Money somebody put aside is no reason to doubt. */
  identify(telling: Telling): MoneyIdentity {
    const near = [...this.nearOf(telling, telling.evidence.amountMinor).values()];
    return identifyMoney(
      telling.evidence,
      near.filter(({ creditId }) => this.work.credit(creditId)?.status !== 'ignored'),
    );
  }

  isReportedBy(source: BankSource, credit: CreditRecord): boolean {
    const money = this.nearOf(credit, credit.amountMinor).get(credit.creditId);
    return money?.evidence.some((evidence) => evidence.source === source) ?? false;
  }

  isReportedOnlyBy(source: BankSource, credit: CreditRecord): boolean {
    const money = this.nearOf(credit, credit.amountMinor).get(credit.creditId);
    return money?.evidence.every((evidence) => evidence.source === source) ?? false;
  }

  note(telling: Telling, credit: CreditRecord, rawId: string): void {
    const { creditId, provider, slotKey } = credit;
    const { merchantId, livemode, claimKey, evidence } = telling;
    this.noted.push({ telling, rawId, creditId });
    const known = this.nearOf(telling, evidence.amountMinor).get(creditId);
    this.keep({
      creditId,
      merchantId,
      livemode,
      slot: { merchantId, livemode, provider, slotKey },
      evidence: [...(known?.evidence ?? []), evidence],
      claimKeys: [...(known?.claimKeys ?? []), claimKey],
    });
  }

  /** Whether one of these has been given away: then what may be the same money is given by a person only. */
  isAnyGiven(creditIds: readonly string[]): boolean {
    return creditIds.some((creditId) => isGiven(this.work.credit(creditId)));
  }

  /**
   * Of money that may be one, at most one is given away by itself: what is told now if it has found its payment, else
   * what was there before.
   */
  keepOneFree(credit: CreditRecord, twinIds: readonly string[], isNamed: boolean): void {
    const current = this.work.credit(credit.creditId);
    const free = twinIds.flatMap((creditId) => this.work.credit(creditId) ?? []).filter((twin) => this.isFree(twin));
    if (free.length === 0) return;
    if (isGiven(current) || isNamed) for (const twin of free) this.hold(twin, null);
    else if (current !== undefined && this.isFree(current)) this.hold(current, null);
  }

  hold(credit: CreditRecord, paymentId: string | null): void {
    this.work.review(credit, { reason: possibleDuplicate, paymentId });
  }

  /** Whether it may still be given away without a person. */
  private isFree(credit: CreditRecord): boolean {
    if (credit.status === 'open') return true;
    const reason = this.work.caseOf(credit.creditId)?.reason ?? '';
    return (
      credit.status === 'in_review' &&
      (credit.provider === bankProvider ? reason === 'unmatched_credit' : reversibleReasons.has(reason))
    );
  }

  private keep(money: NearMoney): void {
    const { merchantId, livemode, creditId, claimKeys } = money;
    for (const claimKey of claimKeys) this.reported.set(JSON.stringify([merchantId, livemode, claimKey]), creditId);
    const near = this.nearOf(money, money.evidence[0]!.amountMinor);
    // What the file lists in a line of its own is no other line's money.
    if (claimKeys.some((claimKey) => this.listed.has(claimKey))) near.delete(creditId);
    else near.set(creditId, money);
  }

  private nearOf(
    { merchantId, livemode }: Pick<SlotKey, 'merchantId' | 'livemode'>,
    amountMinor: number,
  ): Map<string, NearMoney> {
    const key = JSON.stringify([merchantId, livemode, amountMinor]);
    const known = this.near.get(key) ?? new Map<string, NearMoney>();
    this.near.set(key, known);
    return known;
  }
}

export function isGiven(credit: CreditRecord | undefined): boolean {
  return credit?.status === 'matched' || credit?.status === 'consumed';
}
