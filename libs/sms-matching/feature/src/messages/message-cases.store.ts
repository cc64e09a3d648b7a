import type { Tx } from '@paymatch/platform-postgres';
import { fromRow, toRows, type CaseRecord } from '../slots/records.js';
import type { CaseEvent } from '../cases/case-history.js';
import type { Cause } from '../slots/match-traces.js';

/** A message that is put before a person without being a credit. */
export interface MessageCase {
  readonly caseId: string;
  readonly rawIds: readonly string[];
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly messageHash: string;
  readonly reason: string;
  readonly provider: string | null;
  /** For the key of the facts about it. */
  readonly walletNumber: string;
  readonly event: CaseEvent;
  readonly cause: Cause;
}

/**
 * Opens the cases that are new; a message with the same text and time goes to the case that is there. Returns the
 * opened ones.
 */
export async function openMessageCases(tx: Tx, cases: readonly MessageCase[]): Promise<readonly MessageCase[]> {
  if (cases.length === 0) return [];
  const rows = cases.map(({ caseId, merchantId, livemode, messageHash, reason, provider, event }) => ({
    caseId,
    merchantId,
    livemode,
    messageHash,
    reason,
    provider,
    status: 'open',
    eventsCount: 1,
    openedAt: event.at,
  }));
  // In one order for everybody: an insert waits for another transaction's insert of the same key.
  const { rows: inserted } = await tx.query<{ case_id: string }>(
    `INSERT INTO sms_matching.review_cases SELECT * FROM jsonb_populate_recordset(NULL::sms_matching.review_cases,
      $1::jsonb) ORDER BY merchant_id, livemode, message_hash, case_id
     ON CONFLICT (merchant_id, livemode, message_hash) WHERE message_hash IS NOT NULL DO NOTHING RETURNING case_id`,
    [toRows(rows)],
  );
  const opened = cases.filter(({ caseId }) => inserted.some((row) => row.case_id === caseId));
  if (opened.length > 0) {
    await tx.query(
      'INSERT INTO sms_matching.review_case_events SELECT * FROM jsonb_populate_recordset(NULL::sms_matching.review_case_events, $1::jsonb)',
      [toRows(opened.map(({ caseId, event }) => ({ ...event, caseId, eventNo: 1 })))],
    );
  }
  await tx.query(
    `INSERT INTO sms_matching.case_messages (raw_id, case_id)
     SELECT link.raw_id, review_cases.case_id FROM jsonb_to_recordset($1::jsonb) AS link (raw_id uuid, merchant_id
       text, livemode boolean, message_hash bytea)
       JOIN sms_matching.review_cases USING (merchant_id, livemode, message_hash) ON CONFLICT (raw_id) DO NOTHING`,
    [
      toRows(
        cases.flatMap(({ rawIds, merchantId, livemode, messageHash }) =>
          rawIds.map((rawId) => ({ rawId, merchantId, livemode, messageHash })),
        ),
      ),
    ],
  );
  return opened;
}

/** The cases that were opened for these messages, by message, locked in one order for everybody. Taken before slots. */
export async function lockCasesOfMessages(tx: Tx, rawIds: readonly string[]): Promise<ReadonlyMap<string, CaseRecord>> {
  if (rawIds.length === 0) return new Map();
  const { rows: links } = await tx.query<{ raw_id: string; case_id: string }>(
    'SELECT raw_id, case_id FROM sms_matching.case_messages WHERE raw_id = ANY($1::uuid[])',
    [rawIds],
  );
  const { rows } = await tx.query(
    'SELECT * FROM sms_matching.review_cases WHERE case_id = ANY($1::uuid[]) ORDER BY case_id FOR NO KEY UPDATE',
    [links.map((link) => link.case_id)],
  );
  const cases = new Map(
    rows.map((row) => {
      const found = fromRow<CaseRecord>(row);
      return [found.caseId, found];
    }),
  );
  return new Map(links.map((link) => [link.raw_id, cases.get(link.case_id)!]));
}
