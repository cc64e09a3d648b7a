import type { ReviewCase } from '@paymatch/contracts';
import type { SqlRunner, Tx } from '@paymatch/platform-postgres';
import type { CaseEvent } from './case-history.js';
import { creditDetails } from './matching-work.js';
import { evidenceOfCases } from './raw-messages.store.js';
import { fromRow, type CaseEventRecord, type CaseRecord, type CreditRecord } from './records.js';

export interface CaseQuery {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly status: 'open' | 'closed' | null;
  readonly reason: string | null;
  readonly limit: number;
  /** Only cases older than this one. */
  readonly before: string | null;
}

export interface CaseId { readonly merchantId: string; readonly livemode: boolean; readonly caseId: string }

/** Newest first. */
export async function listCases(runner: SqlRunner, query: CaseQuery): Promise<readonly CaseRecord[]> {
  const { rows } = await runner.query(
    `SELECT * FROM sms_matching.review_cases WHERE merchant_id = $1 AND livemode = $2
       AND ($3::text IS NULL OR status = $3) AND ($4::text IS NULL OR reason = $4) AND ($5::uuid IS NULL OR case_id < $5)
     ORDER BY case_id DESC LIMIT $6`, [query.merchantId, query.livemode, query.status, query.reason, query.before, query.limit]);
  return rows.map((row) => fromRow<CaseRecord>(row));
}

/** Another merchant's case, or the other mode's, is no case at all. */
export async function findCase(runner: SqlRunner, id: CaseId): Promise<CaseRecord | null> {
  const { rows: [row] } = await runner.query('SELECT * FROM sms_matching.review_cases WHERE case_id = $1 AND merchant_id = $2 AND livemode = $3', [id.caseId, id.merchantId, id.livemode]);
  return row === undefined ? null : fromRow<CaseRecord>(row);
}

/** Locks a case that has no credit; one that has is locked by its credit's slot. */
export async function lockMessageCase(tx: Tx, caseId: string): Promise<CaseRecord> {
  const { rows: [row] } = await tx.query('SELECT * FROM sms_matching.review_cases WHERE case_id = $1 FOR UPDATE', [caseId]);
  if (row === undefined) throw new Error(`case ${caseId} has gone`);
  return fromRow<CaseRecord>(row);
}

/** Whether a command was carried out on this case before. */
export async function hasCommand(tx: Tx, caseId: string, commandId: string): Promise<boolean> {
  const { rowCount } = await tx.query('SELECT 1 FROM sms_matching.review_case_events WHERE case_id = $1 AND command_id = $2', [caseId, commandId]);
  return rowCount === 1;
}

/** Cases as a person sees them: with their credit, the messages they rest on and their history. */
export async function viewCases(runner: SqlRunner, cases: readonly CaseRecord[]): Promise<readonly ReviewCase[]> {
  if (cases.length === 0) return [];
  const caseIds = cases.map((one) => one.caseId);
  const credits = await runner.query('SELECT * FROM sms_matching.credits WHERE credit_id = ANY($1::uuid[])', [cases.flatMap((one) => one.creditId ?? [])]);
  const creditById = new Map(credits.rows.map((row) => { const credit = fromRow<CreditRecord>(row); return [credit.creditId, credit]; }));
  const events = await runner.query('SELECT * FROM sms_matching.review_case_events WHERE case_id = ANY($1::uuid[]) ORDER BY case_id, event_no', [caseIds]);
  const historyOf = new Map<string, CaseEvent[]>();
  for (const row of events.rows) {
    const event = fromRow<CaseEventRecord>(row);
    historyOf.set(event.caseId, [...(historyOf.get(event.caseId) ?? []), event]);
  }
  const evidence = await evidenceOfCases(runner, caseIds);
  return cases.map((one): ReviewCase => {
    const credit = one.creditId === null ? undefined : creditById.get(one.creditId);
    return {
      id: one.caseId, merchantId: one.merchantId, livemode: one.livemode, status: one.status, reason: one.reason, paymentId: one.paymentId,
      credit: credit === undefined ? null : creditDetails(credit), evidence: evidence.get(one.caseId) ?? [],
      history: (historyOf.get(one.caseId) ?? []).map(({ at, actor, action, note }) => ({ at, actor, action, note })),
      openedAt: one.openedAt, closedAt: one.closedAt,
    };
  });
}
