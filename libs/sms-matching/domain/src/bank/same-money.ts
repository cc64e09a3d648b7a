import { comparePayers, type Payer } from './payer.js';
import type { StatementLine } from './statement.js';

/** Which kind of evidence: each tells of one transfer once, so the same money may come once from each. */
export type BankSource = 'csv' | 'ofx' | 'sms';

export interface BankEvidence {
  readonly source: BankSource;
  /** `null` = not said. */
  readonly account: string | null;
  readonly postedOn: string;
  readonly amountMinor: number;
  readonly payer: Payer;
}

/** Money that is known already, with all the evidence of it. */
export interface KnownMoney {
  readonly creditId: string;
  readonly evidence: readonly BankEvidence[];
}

export type MoneyIdentity =
  | { readonly type: 'new' }
  /** Another source's word about money that is known. */
  | { readonly type: 'known'; readonly creditId: string }
  /** It may be: counting it by itself could count one transfer twice. */
  | { readonly type: 'doubtful'; readonly creditId: string };

/** Transfers of a weekend are booked on Monday. */
const DAYS_APART_MAX = 3;
const DAY_MS = 86_400_000;

/** Whether a piece of evidence is a second source's word about money that is known. The same source of the same account: never; it lists each transfer once. */
export function identifyMoney(evidence: BankEvidence, known: readonly KnownMoney[]): MoneyIdentity {
  const near = known.filter((money) => mayTellOf(evidence, money));
  const same = near.find((money) =>
    money.evidence.some(
      (other) => other.postedOn === evidence.postedOn && comparePayers(evidence.payer, other.payer) === 'same',
    ),
  );
  if (same !== undefined) return { type: 'known', creditId: same.creditId };
  const [first] = near;
  return first === undefined ? { type: 'new' } : { type: 'doubtful', creditId: first.creditId };
}

function mayTellOf(evidence: BankEvidence, { evidence: others }: KnownMoney): boolean {
  if (others.some((other) => other.source === evidence.source && other.account === evidence.account)) return false;
  return (
    others.every(
      (other) =>
        other.amountMinor === evidence.amountMinor &&
        mayBeOneAccount(evidence, other) &&
        comparePayers(evidence.payer, other.payer) !== 'different',
    ) &&
    others.some(
      (other) => Math.abs(Date.parse(other.postedOn) - Date.parse(evidence.postedOn)) <= DAYS_APART_MAX * DAY_MS,
    )
  );
}

function mayBeOneAccount(one: BankEvidence, other: BankEvidence): boolean {
  return one.account === null || other.account === null || one.account === other.account;
}

/** Some banks write zeros where they have no id. */
const NO_ID = /^[0\s-]*$/;

/**
 * What makes a line the same line in another file of the same account. The bank's id, held against what the line says, since some banks use ids
 * again; without one, what the line says and the how-manieth such line of its file it is: a later or overlapping file counts the same.
 */
export function lineIdentities(lines: readonly StatementLine[]): readonly string[] {
  const counts = new Map<string, number>();
  return lines.map(({ account, postedOn, amountMinor, payer, description, bankId, balanceMinor }) => {
    const who = payer.document ?? payer.name ?? description;
    const said = [
      account,
      postedOn,
      amountMinor,
      who.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase().replace(/\s+/g, ' '),
    ];
    if (bankId !== null && !NO_ID.test(bankId)) return JSON.stringify([...said, 'id', bankId]);
    const key = JSON.stringify([...said, description, balanceMinor]);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return JSON.stringify([key, count]);
  });
}
