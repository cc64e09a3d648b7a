import type { SqlRunner } from '@paymatch/platform-postgres';
import type { MerchantTx } from './merchant-transaction.js';
import {
  fromRow,
  slotId,
  toRows,
  type CaseRecord,
  type ClaimRecord,
  type CreditRecord,
  type SlotKey,
} from './records.js';

/** What a transaction may change once it holds the locks. */
export interface LockedRecords {
  readonly credits: readonly CreditRecord[];
  readonly claims: readonly ClaimRecord[];
  readonly cases: readonly CaseRecord[];
}

const WANTED =
  'jsonb_to_recordset($1::jsonb) AS wanted (merchant_id text, livemode boolean, provider text, slot_key text)';
const SAME_SLOT = 'USING (merchant_id, livemode, provider, slot_key)';

/**
 * Locks slots in one order for everybody, so that transactions wait for each other and never in a ring; then loads all that
 * stands on them. Nobody changes a credit, a claim or a credit's case without having come through here.
 */
export async function lockAndLoad(tx: MerchantTx, wanted: readonly SlotKey[]): Promise<LockedRecords> {
  if (wanted.length === 0) return { credits: [], claims: [], cases: [] };
  // Named, so that each connection plans them once: planning them costs more than running them.
  const values = [slotRows(wanted)];
  await tx.query({
    name: 'slots-make',
    values,
    text: `INSERT INTO sms_matching.trx_slots (merchant_id, livemode, provider, slot_key)
     SELECT merchant_id, livemode, provider, slot_key FROM ${WANTED} ORDER BY 1, 2, 3, 4 ON CONFLICT DO NOTHING`,
  });
  // Statements of their own: what another transaction wrote meanwhile is not visible to the one that waited for it.
  await tx.query({
    name: 'slots-lock',
    values,
    text: `SELECT 1 FROM sms_matching.trx_slots slot JOIN ${WANTED} ${SAME_SLOT} ORDER BY slot.merchant_id, slot.livemode, slot.provider, slot.slot_key FOR UPDATE OF slot`,
  });
  return loadSlots(tx, wanted);
}

/** All that stands on slots; without their locks it is a picture that may be old. */
export async function loadSlots(runner: SqlRunner, wanted: readonly SlotKey[]): Promise<LockedRecords> {
  if (wanted.length === 0) return { credits: [], claims: [], cases: [] };
  const loaded = await runner.query<LoadedRow>({
    name: 'slots-load',
    values: [slotRows(wanted)],
    text: `SELECT 'credit' AS kind, to_jsonb(credits) AS record FROM sms_matching.credits JOIN ${WANTED} ${SAME_SLOT}
     UNION ALL SELECT 'claim', to_jsonb(claims) FROM sms_matching.claims JOIN ${WANTED} ${SAME_SLOT}
     UNION ALL SELECT 'case', to_jsonb(review_cases) FROM sms_matching.credits JOIN ${WANTED} ${SAME_SLOT} JOIN sms_matching.review_cases USING (credit_id)
     UNION ALL SELECT 'case', to_jsonb(review_cases) FROM sms_matching.review_cases JOIN ${WANTED} USING (merchant_id, livemode, provider) WHERE awaited_trx_id = slot_key AND status = 'open'`,
  });
  const recordsOf = <T>(kind: LoadedRow['kind']): T[] =>
    loaded.rows.filter((row) => row.kind === kind).map((row) => fromRow<T>(row.record));
  return {
    credits: recordsOf<CreditRecord>('credit').sort((a, b) =>
      compare([a.createdAt, a.creditId], [b.createdAt, b.creditId]),
    ),
    claims: recordsOf<ClaimRecord>('claim').sort((a, b) =>
      compare([a.submittedAt, a.paymentId], [b.submittedAt, b.paymentId]),
    ),
    cases: recordsOf<CaseRecord>('case'),
  };
}

function slotRows(wanted: readonly SlotKey[]): string {
  const slots = wanted.map(({ merchantId, livemode, provider, slotKey }) => {
    const slot = { merchantId, livemode, provider, slotKey };
    return [slotId(slot), slot] as const;
  });
  return toRows([...new Map(slots).values()]);
}

interface LoadedRow {
  readonly kind: 'credit' | 'claim' | 'case';
  readonly record: Readonly<Record<string, unknown>>;
}

function compare(a: readonly [string, string], b: readonly [string, string]): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
  return a[1] < b[1] ? -1 : 1;
}

/** The slots of credits, found without locks: a credit never changes its slot. */
export async function slotsOfCredits(runner: SqlRunner, creditIds: readonly string[]): Promise<readonly SlotKey[]> {
  if (creditIds.length === 0) return [];
  const { rows } = await runner.query(
    'SELECT DISTINCT merchant_id, livemode, provider, slot_key FROM sms_matching.credits WHERE credit_id = ANY($1::uuid[])',
    [creditIds],
  );
  return rows.map((row) => fromRow<SlotKey>(row));
}

/** The slots on which payments have open claims, or credits that are matched to them. */
export async function slotsOfPayments(runner: SqlRunner, paymentIds: readonly string[]): Promise<readonly SlotKey[]> {
  const { rows } = await runner.query(
    `SELECT merchant_id, livemode, provider, slot_key FROM sms_matching.claims WHERE payment_id = ANY($1::text[]) AND status IN ('open', 'refused')
     UNION SELECT merchant_id, livemode, provider, slot_key FROM sms_matching.credits WHERE payment_id = ANY($1::text[]) AND status = 'matched'`,
    [paymentIds],
  );
  return rows.map((row) => fromRow<SlotKey>(row));
}
