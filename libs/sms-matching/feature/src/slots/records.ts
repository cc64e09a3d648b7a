import type { CreditDetails, CreditProposal } from '@paymatch/contracts';
import type { CaseEvent, CaseState } from '../cases/case-history.js';

/**
 * Where a credit and the claims on it meet: the TrxID, or for money without one `~` and a hash of what tells it from
 * other money.
 */
export interface SlotKey {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly provider: string;
  readonly slotKey: string;
}

export type CreditStatus = 'open' | 'matched' | 'consumed' | 'in_review' | 'ignored';

/** Money that arrived. Times are ISO 8601 UTC, amounts minor units. */
export interface CreditRecord extends SlotKey {
  readonly creditId: string;
  /** What makes the money countable once; unset = its provider and TrxID, or its id. */
  readonly claimKey?: string | null;
  readonly walletId: string;
  readonly walletNumber: string;
  readonly slotKey: string;
  readonly trxId: string | null;
  readonly amountMinor: number;
  readonly currency: string;
  readonly senderNumber: string | null;
  readonly balanceMinor: number | null;
  readonly toleranceMinor: number;
  readonly printedAt: string | null;
  readonly receivedAt: string;
  readonly status: CreditStatus;
  /** The payment it is matched to or was consumed by. */
  readonly paymentId: string | null;
  /** Who decided the match; `null` = the matcher. */
  readonly decidedBy: string | null;
  readonly matchAttempts: number;
  /** When somebody must look if nothing has happened until then. */
  readonly attentionAt: string | null;
  readonly createdAt: string;
}

/** A payment waits for this TrxID. */
export interface ClaimRecord extends SlotKey {
  readonly paymentId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly senderNumber: string | null;
  readonly walletNumber: string | null;
  readonly paymentCreatedAt: string;
  readonly submittedAt: string;
  /**
   * `refused`: payments would not take the credit for it; it gets none by itself, but is told when the credit is spent.
   */
  readonly status: 'open' | 'refused' | 'released' | 'won';
  /** What payments has been told against it; told once. */
  readonly objection: string | null;
  /** Until when a message is waited for before a person must ask why none comes; none = nobody asks. */
  readonly waitsUntil?: string | null;
  /** Of what made it wait, where that is traced. */
  readonly traceparent?: string | null;
}

export interface CaseRecord extends CaseState {
  readonly caseId: string;
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly creditId: string | null;
  /** Of a case that has no credit: the hash of its message, as hex. */
  readonly messageHash: string | null;
  /** The payment that seems to be meant. */
  readonly paymentId: string | null;
  readonly provider: string | null;
  /** Of a credit that somebody wants to enter by hand. */
  readonly proposal: CreditProposal | null;
  /** Of a case without money: the TrxID its payment waits for, of which no message has told. */
  readonly awaitedTrxId?: string | null;
  readonly openedAt: string;
  readonly eventsCount: number;
}

/** One stored event of a case, with its place in the history. */
export interface CaseEventRecord extends CaseEvent {
  readonly caseId: string;
  readonly eventNo: number;
}

export interface RawRecord {
  readonly rawId: string;
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly deviceId: string;
  readonly seq: number | null;
  readonly sender: string;
  /** UTF-8 as hex. */
  readonly body: string;
  readonly simSlot: number | null;
  readonly wallets: unknown;
  readonly sentAt: string | null;
  readonly receivedAt: string | null;
  readonly arrivedAt: string;
  readonly messageHash: string;
  readonly outcome: string;
  readonly template: string | null;
  readonly reading: unknown;
  /** Which template registry has read it; none for what no registry reads. */
  readonly registry?: string | null;
  readonly isUnknown?: boolean | null;
  readonly partGroup?: string | null;
  readonly partIndex?: number | null;
  readonly partTotal?: number | null;
}

/** A credit as other services see it. */
export function creditDetails(credit: CreditRecord): CreditDetails {
  const { creditId, provider, trxId, amountMinor, currency, walletNumber, senderNumber, receivedAt } = credit;
  return { creditId, provider, trxId, amountMinor, currency, walletNumber, senderNumber, receivedAt };
}

/** One text for one slot; sorts all instances' locks alike. */
export function slotId(key: SlotKey): string {
  return JSON.stringify([key.merchantId, key.livemode, key.provider, key.slotKey]);
}

type Row = Readonly<Record<string, unknown>>;

/**
 * Records as the JSON that `jsonb_populate_recordset` turns into rows. jsonb has no NUL; only texts of other hands
 * could hold one.
 */
export function toRows(records: readonly object[]): string {
  const rows = records.map((record) =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [columnOf(name), value as unknown])),
  );
  return JSON.stringify(rows, (_key, value: unknown) =>
    typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\ufffd') : value,
  );
}

/** A row, or its jsonb, as a record: camelCase names, times as ISO texts in UTC, bytes as `\x…` hex. */
export function fromRow<T>(row: Row): T {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [camelCase(name), fromValue(name, value)])) as T;
}

/** Bytes as PostgreSQL spells them in text. */
export function hexText(bytes: Uint8Array): string {
  return `\\x${Buffer.from(bytes).toString('hex')}`;
}

function fromValue(name: string, value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  // jsonb spells a timestamptz in the session's zone.
  if (typeof value === 'string' && (name.endsWith('_at') || name === 'waits_until'))
    return new Date(value).toISOString();
  return Buffer.isBuffer(value) ? hexText(value) : value;
}

export const columnOf = spelledOnce((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
const camelCase = spelledOnce((name) => name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()));

/** Names are those of columns, so there are few. */
function spelledOnce(spell: (name: string) => string): (name: string) => string {
  const spelled = new Map<string, string>();
  return (name) => {
    const known = spelled.get(name);
    if (known !== undefined) return known;
    const fresh = spell(name);
    spelled.set(name, fresh);
    return fresh;
  };
}

/** Which raw message is evidence of which credit. */
export interface Evidence {
  readonly rawId: string;
  readonly creditId: string;
}
