import type { Tx } from '@paymatch/platform-postgres';
import type { Evidence } from '../messages/raw-messages.store.js';
import type { MovementRecord } from '../messages/wallet-movements.store.js';
import { toRows, type CaseEventRecord, type CaseRecord, type ClaimRecord, type CreditRecord } from './records.js';

/** What one transaction leaves behind, new or changed. */
export interface ChangedRecords {
  readonly credits: readonly CreditRecord[];
  readonly claims: readonly ClaimRecord[];
  readonly cases: readonly CaseRecord[];
  readonly caseEvents: readonly CaseEventRecord[];
  readonly evidence: readonly Evidence[];
  readonly movements: readonly MovementRecord[];
}

/** Writes all of it in one statement. */
export async function writeRecords(tx: Tx, changed: ChangedRecords): Promise<void> {
  const writes = [
    upsert({ table: 'credits', key: 'credit_id', set: CREDIT_CHANGES, records: changed.credits }),
    upsert({ table: 'claims', key: 'payment_id, provider, slot_key', set: CLAIM_CHANGES, records: changed.claims }),
    upsert({ table: 'review_cases', key: 'case_id', set: CASE_CHANGES, records: changed.cases }),
    upsert({ table: 'review_case_events', key: null, set: [], records: changed.caseEvents }),
    // A message that a person took for evidence of a credit is evidence of that one.
    upsert({ table: 'credit_messages', key: 'raw_id', set: [], records: changed.evidence }),
    // Sorted, so that two phones' copies of the same messages wait for each other and never in a ring.
    upsert({
      table: 'wallet_movements',
      key: 'wallet_id, event_key',
      set: [],
      records: [...changed.movements].sort((a, b) => (movementId(a) < movementId(b) ? -1 : 1)),
    }),
  ].filter((write) => write.records.length > 0);
  if (writes.length === 0) return;
  // Foreign keys are checked when the whole statement is done, so that its parts may rest on each other.
  await tx.query(
    `WITH ${writes.map((write, index) => `w${index} AS (${write.sql(index + 1)})`).join(', ')} SELECT 1`,
    writes.map((write) => toRows(write.records)),
  );
}

/** One part of the write: new rows, and changed columns of rows that are there. */
function upsert(write: {
  readonly table: string;
  readonly key: string | null;
  readonly set: readonly string[];
  readonly records: readonly object[];
}) {
  const { table, key, set, records } = write;
  const change =
    set.length === 0 ? 'NOTHING' : `UPDATE SET ${set.map((column) => `${column} = EXCLUDED.${column}`).join(', ')}`;
  const onConflict = key === null ? '' : ` ON CONFLICT (${key}) DO ${change}`;
  const sql = (parameter: number): string =>
    `INSERT INTO sms_matching.${table} SELECT * FROM jsonb_populate_recordset(NULL::sms_matching.${table}, $${parameter}::jsonb)${onConflict}`;
  return { records, sql };
}

const CREDIT_CHANGES = ['status', 'payment_id', 'decided_by', 'match_attempts', 'attention_at'];
const CLAIM_CHANGES = [
  'status',
  'amount_minor',
  'sender_number',
  'wallet_number',
  'submitted_at',
  'objection',
  'waits_until',
];
const CASE_CHANGES = ['status', 'reason', 'resolution', 'payment_id', 'events_count', 'closed_at', 'credit_id'];

function movementId({ walletId, eventKey }: MovementRecord): string {
  return `${walletId} ${eventKey}`;
}
