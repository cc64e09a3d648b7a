import type { ListReviewCases, ReviewCase } from '@paymatch/contracts';
import type { SqlRunner, Tx } from '@paymatch/platform-postgres';
import type { CaseEvent } from './case-history.js';
import { evidenceOfCases } from '../messages/raw-messages.store.js';
import {
  creditDetails,
  fromRow,
  slotId,
  type CaseEventRecord,
  type CaseRecord,
  type ClaimRecord,
  type CreditRecord,
  type SlotKey,
} from '../slots/records.js';

export interface CaseId {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly caseId: string;
}

/** Newest first. */
export async function listCases(runner: SqlRunner, query: ListReviewCases): Promise<readonly CaseRecord[]> {
  const { rows } = await runner.query(
    `SELECT * FROM sms_matching.review_cases WHERE merchant_id = $1 AND livemode = $2
       AND ($3::text IS NULL OR status = $3) AND ($4::text IS NULL OR reason = $4) AND ($5::uuid IS NULL
         OR case_id < $5)
       AND ($7::text IS NULL OR provider = $7) AND ($8::timestamptz IS NULL OR opened_at >= $8)
         AND ($9::timestamptz IS NULL OR opened_at < $9)
       AND ($10::text IS NULL OR payment_id = $10
         OR credit_id IN (SELECT credit_id FROM sms_matching.claims JOIN sms_matching.credits
           USING (merchant_id, livemode, provider, slot_key) WHERE claims.payment_id = $10)
         OR credit_id IN (SELECT credit_id FROM sms_matching.credits WHERE credits.payment_id = $10))
       AND ($11::uuid[] IS NULL OR case_id = ANY($11))
     ORDER BY case_id DESC LIMIT $6`,
    [
      query.merchantId,
      query.livemode,
      query.status,
      query.reason,
      query.before,
      query.limit,
      query.provider ?? null,
      query.from ?? null,
      query.to ?? null,
      query.paymentId ?? null,
      query.caseIds ?? null,
    ],
  );
  return rows.map((row) => fromRow<CaseRecord>(row));
}

/** Another merchant's case, or the other mode's, is no case at all. */
export async function findCase(runner: SqlRunner, id: CaseId): Promise<CaseRecord | null> {
  const {
    rows: [row],
  } = await runner.query(
    'SELECT * FROM sms_matching.review_cases WHERE case_id = $1 AND merchant_id = $2 AND livemode = $3',
    [id.caseId, id.merchantId, id.livemode],
  );
  return row === undefined ? null : fromRow<CaseRecord>(row);
}

/**
 * Locks a case that has no credit; one that has is locked by its credit's slot. Taken before slots, by everybody; other
 * messages may be put to it meanwhile.
 */
export async function lockMessageCase(tx: Tx, caseId: string): Promise<CaseRecord> {
  const {
    rows: [row],
  } = await tx.query('SELECT * FROM sms_matching.review_cases WHERE case_id = $1 FOR NO KEY UPDATE', [caseId]);
  if (row === undefined) throw new Error(`case ${caseId} has gone`);
  return fromRow<CaseRecord>(row);
}

/**
 * The newest case in which this TrxID was proposed as a credit, an open one before all others. Whoever asks holds the
 * lock on its slot.
 */
export async function findProposal(tx: Tx, slot: SlotKey): Promise<CaseRecord | null> {
  const {
    rows: [row],
  } = await tx.query(
    `SELECT * FROM sms_matching.review_cases WHERE merchant_id = $1 AND livemode = $2 AND proposal->>'provider' = $3
      AND proposal->>'trxId' = $4 AND proposal IS NOT NULL
     ORDER BY status = 'open' DESC, case_id DESC LIMIT 1`,
    [slot.merchantId, slot.livemode, slot.provider, slot.slotKey],
  );
  return row === undefined ? null : fromRow<CaseRecord>(row);
}

/** Whether a command was carried out on this case before. */
export async function hasCommand(tx: Tx, caseId: string, commandId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    'SELECT 1 FROM sms_matching.review_case_events WHERE case_id = $1 AND command_id = $2',
    [caseId, commandId],
  );
  return rowCount === 1;
}

/** Cases as a person sees them: with their credit, the messages they rest on and their history. */
export async function viewCases(runner: SqlRunner, cases: readonly CaseRecord[]): Promise<readonly ReviewCase[]> {
  if (cases.length === 0) return [];
  const caseIds = cases.map((one) => one.caseId);
  const credits = await runner.query('SELECT * FROM sms_matching.credits WHERE credit_id = ANY($1::uuid[])', [
    cases.flatMap((one) => one.creditId ?? []),
  ]);
  const creditById = new Map(
    credits.rows.map((row) => {
      const credit = fromRow<CreditRecord>(row);
      return [credit.creditId, credit];
    }),
  );
  const events = await runner.query(
    'SELECT * FROM sms_matching.review_case_events WHERE case_id = ANY($1::uuid[]) ORDER BY case_id, event_no',
    [caseIds],
  );
  const historyOf = new Map<string, CaseEvent[]>();
  for (const row of events.rows) {
    const event = fromRow<CaseEventRecord>(row);
    historyOf.set(event.caseId, [...(historyOf.get(event.caseId) ?? []), event]);
  }
  const evidence = await evidenceOfCases(runner, caseIds);
  const claims = await claimsOn(runner, [...creditById.values()]);
  return cases.map((one): ReviewCase => {
    const credit = one.creditId === null ? undefined : creditById.get(one.creditId);
    return {
      id: one.caseId,
      merchantId: one.merchantId,
      livemode: one.livemode,
      status: one.status,
      reason: one.reason,
      paymentId: one.paymentId,
      credit: credit === undefined ? null : creditDetails(credit),
      evidence: evidence.get(one.caseId) ?? [],
      history: (historyOf.get(one.caseId) ?? []).map(({ at, actor, action, note, paymentId = null }) => ({
        at,
        actor,
        action,
        note,
        paymentId,
      })),
      provider: one.provider,
      resolution: one.resolution,
      proposal: one.proposal,
      awaitedTrxId: one.awaitedTrxId ?? null,
      creditStatus: credit?.status ?? null,
      claims:
        credit === undefined
          ? []
          : (claims.get(slotId(credit)) ?? []).map(({ paymentId, submittedAt, status, objection }) => ({
              paymentId,
              submittedAt,
              status,
              objection,
            })),
      openedAt: one.openedAt,
      closedAt: one.closedAt,
    };
  });
}

async function claimsOn(
  runner: SqlRunner,
  credits: readonly CreditRecord[],
): Promise<ReadonlyMap<string, readonly ClaimRecord[]>> {
  const bySlot = new Map<string, ClaimRecord[]>();
  if (credits.length === 0) return bySlot;
  const { rows } = await runner.query(
    `SELECT DISTINCT claims.* FROM sms_matching.claims JOIN sms_matching.credits
      USING (merchant_id, livemode, provider, slot_key) WHERE credit_id = ANY($1::uuid[])
     ORDER BY submitted_at, payment_id`,
    [credits.map((credit) => credit.creditId)],
  );
  for (const row of rows) {
    const claim = fromRow<ClaimRecord>(row);
    bySlot.set(slotId(claim), [...(bySlot.get(slotId(claim)) ?? []), claim]);
  }
  return bySlot;
}
