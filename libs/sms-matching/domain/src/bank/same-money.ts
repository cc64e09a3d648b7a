import { comparePayers, type Payer } from './payer.js';
import type { StatementLine } from './statement.js';

/** Which kind of evidence: each tells of one transfer once, so the same money may come once from each. */
export type BankSource = 'csv' | 'ofx' | 'sms' | 'pix' | 'hand';

export interface BankEvidence {
  readonly source: BankSource;
  /** `null` = not said, here and below. */
  readonly account: string | null;
  readonly postedOn: string;
  readonly amountMinor: number;
  readonly payer: Payer;
  /** The Pix's `endToEndId` in capitals: no other transfer in the country has it. */
  readonly transferId: string | null;
  /** The id the account's bank gives the movement; it means nothing to another source. */
  readonly bankId: string | null;
  /** Whether the transfer was a Pix. */
  readonly isPix: boolean | null;
  /** ISO: the moment it was made. */
  readonly madeAt: string | null;
  /** ISO: when we were told. */
  readonly reportedAt: string | null;
}

/** Money that is known already, with all the evidence of it. */
export interface KnownMoney {
  readonly creditId: string;
  readonly evidence: readonly BankEvidence[];
  /** The very file that is read now lists it in another line. */
  readonly isListed?: boolean;
}

export type MoneyIdentity =
  | { readonly type: 'new' }
  /** Another word about money that is known. */
  | { readonly type: 'known'; readonly creditId: string; readonly byId: boolean }
  /** It may be any of these: counting it by itself could count one transfer twice. */
  | { readonly type: 'doubtful'; readonly creditIds: readonly string[] };

/** Transfers of a weekend are booked on Monday. */
export const daysApartMax = 3;
const DAY_MS = 86_400_000;
/** Clocks differ by minutes, not by more. */
const REPORTED_TOO_EARLY_MS = 10 * 60_000;

type Likeness = 'id' | 'same' | 'maybe' | 'far' | 'different';

/** Whether a piece of evidence is one more word about money that is known, from whichever source, in whatever order. */
export function identifyMoney(evidence: BankEvidence, known: readonly KnownMoney[]): MoneyIdentity {
  const likenesses = known.map((money) => ({ creditId: money.creditId, likeness: likenessOf(evidence, money) }));
  for (const wanted of ['id', 'same'] as const) {
    const same = likenesses.find(({ likeness }) => likeness === wanted);
    if (same !== undefined) return { type: 'known', creditId: same.creditId, byId: wanted === 'id' };
  }
  const creditIds = likenesses.filter(({ likeness }) => likeness === 'maybe').map(({ creditId }) => creditId);
  return creditIds.length === 0 ? { type: 'new' } : { type: 'doubtful', creditIds };
}

/** What speaks against one piece of evidence speaks against the money. */
function likenessOf(evidence: BankEvidence, { evidence: others, isListed = false }: KnownMoney): Likeness {
  if (isListed) return 'different';
  const all = others.map((other) => compare(evidence, other));
  if (all.includes('id')) return 'id';
  if (all.includes('different')) return 'different';
  return all.includes('same') ? 'same' : all.includes('maybe') ? 'maybe' : 'different';
}

function compare(one: BankEvidence, other: BankEvidence): Likeness {
  if (one.transferId !== null && other.transferId !== null)
    return one.transferId === other.transferId ? 'id' : 'different';
  const apart = Math.abs(Date.parse(one.postedOn) - Date.parse(other.postedOn)) / DAY_MS;
  if (
    one.amountMinor !== other.amountMinor ||
    (one.account !== null && other.account !== null && one.account !== other.account) ||
    (one.isPix !== null && other.isPix !== null && one.isPix !== other.isPix) ||
    wasReportedBeforeMade(one, other) ||
    wasReportedBeforeMade(other, one)
  )
    return 'different';
  const payers = comparePayers(one.payer, other.payer);
  if (payers === 'different') return 'different';
  if (one.source === other.source && one.account === other.account) {
    if (apart > 0 || !mayBeRewritten(one, other)) return 'different';
    if (one.bankId !== null && one.bankId === other.bankId) return 'same';
  }
  if (apart > daysApartMax) return 'far';
  return apart === 0 && payers === 'same' ? 'same' : 'maybe';
}

/**
 * A source lists each transfer once. Only a statement may word a line anew that it listed before: the bank has added a
 * payer or a balance, or changed the text. Two ids of the bank's own are two transfers.
 */
function mayBeRewritten(one: BankEvidence, other: BankEvidence): boolean {
  if (one.source !== 'csv' && one.source !== 'ofx') return false;
  return one.bankId === null || other.bankId === null || one.bankId === other.bankId;
}

/** Whoever told of money before it was sent told of other money. */
function wasReportedBeforeMade({ reportedAt }: BankEvidence, { madeAt }: BankEvidence): boolean {
  return reportedAt !== null && madeAt !== null && Date.parse(madeAt) - Date.parse(reportedAt) > REPORTED_TOO_EARLY_MS;
}

/** Some banks write zeros where they have no id. */
const NO_ID = /^[0\s-]*$/;

/** The bank's own id of a line; `null` for none. */
export function bankIdOf({ bankId }: Pick<StatementLine, 'bankId'>): string | null {
  return bankId === null || NO_ID.test(bankId) ? null : bankId;
}

const TRANSFER_ID = /(?<![0-9A-Za-z])E[0-9A-Z]{8}\d{12}[0-9A-Z]{11}(?![0-9A-Za-z])/i;

/** The Pix's `endToEndId` (`E`, the bank's ISPB, a moment, eleven characters) where a line prints it. */
export function transferIdOf({ bankId, description }: Pick<StatementLine, 'bankId' | 'description'>): string | null {
  const found = TRANSFER_ID.exec(bankId ?? '') ?? TRANSFER_ID.exec(description);
  return found === null ? null : found[0].toUpperCase();
}

/** `false` for a line that says it came by another way; the word Pix alone proves nothing. */
export function isPixLine({ description }: Pick<StatementLine, 'description'>): boolean | null {
  return /\b(?:ted|doc|tef|boleto|cheque)\b/i.test(description) && !/\bpix\b/i.test(description) ? false : null;
}

/**
 * What makes a line the same line in another file of the same account: the letters and digits of what it says, and the
 * bank's id, or without one the how-manieth such line of its file it is. Balances and spaces depend on the export, and
 * say nothing; where the words themselves have changed, `identifyMoney` recognises the money.
 */
export function lineIdentities(lines: readonly StatementLine[]): readonly string[] {
  const counts = new Map<string, number>();
  return lines.map((line) => {
    const { account, postedOn, amountMinor, payer, description } = line;
    const text = lettersOf(description);
    const [name, document] = [payer.name, payer.document].map((said) => {
      const letters = lettersOf(said ?? '');
      return text.includes(letters) ? '' : letters;
    });
    const said = [account, postedOn, amountMinor, text, name, document];
    const bankId = bankIdOf(line);
    if (bankId !== null) return JSON.stringify([...said, 'id', bankId]);
    const key = JSON.stringify(said);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return JSON.stringify([key, count]);
  });
}

function lettersOf(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase();
}
