import type { SqlRunner } from '@paymatch/platform-postgres';
import { chainNeighboursMax } from '@paymatch/sms-matching-domain';
import type { MovementRecord, Place } from '../messages/wallet-movements.store.js';
import {
  fromRow,
  slotId,
  toRows,
  type CaseRecord,
  type ClaimRecord,
  type CreditRecord,
  type RawRecord,
  type SlotKey,
} from './records.js';

/** What a transaction may change while it holds its merchants. */
export interface LockedRecords {
  readonly credits: readonly CreditRecord[];
  readonly claims: readonly ClaimRecord[];
  readonly cases: readonly CaseRecord[];
}

/** What a transaction is about, as far as is known before it has looked. */
export interface TakeIn {
  /** Stored on the way; a message known by its id is left as it is. */
  readonly messages?: readonly RawRecord[];
  readonly slots?: readonly SlotKey[];
  /** Their versions, and the slots of their open claims and of credits that are matched to them. */
  readonly paymentIds?: readonly string[];
  /** The slots of these; a credit never changes its slot. */
  readonly creditIds?: readonly string[];
  /** The movements around these. */
  readonly places?: readonly Place[];
}

/** What was found there. */
export interface TakenIn extends LockedRecords {
  /** The messages that were not there before. */
  readonly newRawIds: ReadonlySet<string>;
  /** How far payments' facts are applied; none for a payment nothing was heard of. */
  readonly versions: ReadonlyMap<string, number>;
  /** Contradicted ones are no part of the chain. */
  readonly neighbours: readonly MovementRecord[];
}

interface TakenRow {
  readonly kind: 'message' | 'version' | 'movement' | 'credit' | 'claim' | 'case';
  readonly record: unknown;
}

type Row = Readonly<Record<string, unknown>>;

/**
 * One call, whatever the batch: locks, stores and looks, in this order. Without locks it is a picture that may be old.
 */
export async function takeIn(runner: SqlRunner, wanted: TakeIn, lockKeys: readonly string[] = []): Promise<TakenIn> {
  const { messages, slots, paymentIds, creditIds, places } = wanted;
  const { rows } = await runner.query<TakenRow>({
    name: 'take-in',
    text: 'SELECT kind, record FROM sms_matching.take_in($1::bigint[], $2::jsonb, $3::text[], $4::uuid[], $5::jsonb, $6::jsonb, $7)',
    values: [
      lockKeys,
      rowsOrNone(messages),
      someOrNone(paymentIds),
      someOrNone(creditIds),
      rowsOrNone(slots && distinct(slots)),
      rowsOrNone(places),
      chainNeighboursMax,
    ],
  });
  const ofKind = (kind: TakenRow['kind']): readonly unknown[] =>
    rows.filter((row) => row.kind === kind).map((row) => row.record);
  const versions = ofKind('version') as readonly { readonly payment_id: string; readonly version: number }[];
  return {
    newRawIds: new Set(ofKind('message') as readonly string[]),
    versions: new Map(versions.map(({ payment_id: id, version }) => [id, version])),
    neighbours: ofKind('movement').map((row) => {
      const movement = fromRow<MovementRecord>(row as Row);
      return { ...movement, at: new Date(movement.at).toISOString() };
    }),
    ...inOrder({
      credits: ofKind('credit').map((row) => fromRow<CreditRecord>(row as Row)),
      claims: ofKind('claim').map((row) => fromRow<ClaimRecord>(row as Row)),
      cases: ofKind('case').map((row) => fromRow<CaseRecord>(row as Row)),
    }),
  };
}

/** What several who share a transaction want to know. */
export function joinWanted(parts: readonly TakeIn[]): TakeIn {
  return {
    messages: parts.flatMap(({ messages = [] }) => messages),
    slots: parts.flatMap(({ slots = [] }) => slots),
    paymentIds: parts.flatMap(({ paymentIds = [] }) => paymentIds),
    creditIds: parts.flatMap(({ creditIds = [] }) => creditIds),
    places: parts.flatMap(({ places = [] }) => places),
  };
}

/** What several looks of one transaction have found. */
export function joinRecords(parts: readonly LockedRecords[]): LockedRecords {
  return inOrder({
    credits: parts.flatMap(({ credits }) => credits),
    claims: parts.flatMap(({ claims }) => claims),
    cases: parts.flatMap(({ cases }) => cases),
  });
}

/** The oldest first. */
function inOrder({ credits, claims, cases }: LockedRecords): LockedRecords {
  return {
    credits: [...credits].sort((a, b) => compare([a.createdAt, a.creditId], [b.createdAt, b.creditId])),
    claims: [...claims].sort((a, b) => compare([a.submittedAt, a.paymentId], [b.submittedAt, b.paymentId])),
    cases,
  };
}

function distinct(slots: readonly SlotKey[]): readonly SlotKey[] {
  const found = slots.map(({ merchantId, livemode, provider, slotKey }) => {
    const slot = { merchantId, livemode, provider, slotKey };
    return [slotId(slot), slot] as const;
  });
  return [...new Map(found).values()];
}

function rowsOrNone(records: readonly object[] | undefined): string | null {
  return records === undefined || records.length === 0 ? null : toRows(records);
}

function someOrNone(ids: readonly string[] | undefined): readonly string[] | null {
  return ids === undefined || ids.length === 0 ? null : ids;
}

function compare(a: readonly [string, string], b: readonly [string, string]): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
  return a[1] < b[1] ? -1 : 1;
}
