import { prepared, type Tx } from '@paymatch/platform-postgres';
import type { OutboxInsert } from '@paymatch/platform-messaging';
import {
  type CaseEventRecord,
  type CaseRecord,
  type ClaimRecord,
  columnOf,
  type CreditRecord,
  type Evidence,
  toRows,
} from './records.js';
import type { MovementRecord } from '../messages/wallet-movements.store.js';
import type { Changes } from './changes.js';

/** What one transaction leaves behind. */
export interface ChangedRecords {
  readonly credits: Changes<CreditRecord>;
  readonly claims: Changes<ClaimRecord>;
  readonly cases: Changes<CaseRecord>;
  readonly caseEvents: readonly CaseEventRecord[];
  readonly evidence: readonly Evidence[];
  readonly movements: readonly MovementRecord[];
  readonly versions: readonly { readonly paymentId: string; readonly version: number }[];
  readonly facts: OutboxInsert;
}

/** One part of the statement, whose parameters begin at that number. */
interface Write {
  readonly isEmpty: boolean;
  readonly sql: (parameter: number) => string;
  readonly values: readonly unknown[];
}

/** Writes all of it in one statement. */
export async function writeRecords(tx: Tx, changed: ChangedRecords): Promise<void> {
  const { credits, claims, cases, facts } = changed;
  const writes = [
    insert('credits', credits.added),
    insert('claims', claims.added),
    insert('review_cases', cases.added),
    update('credits', credits.changed, CREDIT),
    update('claims', claims.changed, CLAIM),
    update('review_cases', lastOfEach(cases.changed), CASE),
    insert('review_case_events', changed.caseEvents),
    // A message that a person took for evidence of a credit is evidence of that one.
    insert('credit_messages', changed.evidence, '(raw_id) DO NOTHING'),
    insert('wallet_movements', changed.movements, '(wallet_id, event_key) DO NOTHING'),
    insert('payment_versions', changed.versions, '(payment_id) DO UPDATE SET version = EXCLUDED.version'),
    facts,
  ].filter(({ isEmpty }) => !isEmpty);
  if (writes.length === 0) return;
  const values: unknown[] = [];
  const parts = writes.map((write, index) => {
    const part = `w${index} AS (${write.sql(values.length + 1)})`;
    values.push(...write.values);
    return part;
  });
  // Foreign keys are checked when the whole statement is done, so that its parts may rest on each other.
  await tx.query({ ...prepared(`WITH ${parts.join(', ')} SELECT 1`), values });
}

function insert(table: string, records: readonly object[], onConflict?: string): Write {
  return {
    isEmpty: records.length === 0,
    values: [toRows(records)],
    sql: (parameter) =>
      `INSERT INTO sms_matching.${table} SELECT * FROM jsonb_populate_recordset(NULL::sms_matching.${table},
        $${parameter}::jsonb)` + (onConflict === undefined ? '' : ` ON CONFLICT ${onConflict}`),
  };
}

/** What of a record may change, and by what it is known. */
interface Changing<T> {
  readonly key: readonly (keyof T & string)[];
  readonly set: readonly (keyof T & string)[];
}

function update<T extends object>(table: string, records: readonly T[], { key, set }: Changing<T>): Write {
  const columns = (names: readonly string[]): readonly string[] => names.map(columnOf);
  const some = records.map((record) => Object.fromEntries([...key, ...set].map((name) => [name, record[name]])));
  const assigned = columns(set).map((column) => `${column} = told.${column}`);
  const same = columns(key).map((column) => `held.${column} = told.${column}`);
  return {
    isEmpty: records.length === 0,
    values: [toRows(some)],
    sql: (parameter) =>
      `UPDATE sms_matching.${table} held SET ${assigned.join(', ')}
        FROM jsonb_populate_recordset(NULL::sms_matching.${table}, $${parameter}::jsonb) told
       WHERE ${same.join(' AND ')}`,
  };
}

const CREDIT: Changing<CreditRecord> = {
  key: ['creditId'],
  set: ['status', 'paymentId', 'decidedBy', 'matchAttempts', 'attentionAt'],
};
const CLAIM: Changing<ClaimRecord> = {
  key: ['paymentId', 'provider', 'slotKey'],
  set: ['status', 'amountMinor', 'senderNumber', 'walletNumber', 'submittedAt', 'objection', 'waitsUntil'],
};
const CASE: Changing<CaseRecord> = {
  key: ['caseId'],
  set: ['status', 'reason', 'resolution', 'paymentId', 'eventsCount', 'closedAt', 'creditId'],
};

/** A case that has got its credit is known by another key than before: the later state counts. */
function lastOfEach(cases: readonly CaseRecord[]): readonly CaseRecord[] {
  return [...new Map(cases.map((one) => [one.caseId, one])).values()];
}
