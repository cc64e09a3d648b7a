import type { MessageReceived } from '@paymatch/contracts';
import type { SqlRunner, Tx } from '@paymatch/platform-postgres';
import { messageHash, type Reading } from './message-reading.js';
import { hexText, toRows, type RawRecord } from './records.js';

/** Which raw message is evidence of which credit. */
export interface Evidence { readonly rawId: string; readonly creditId: string }

const COLUMNS = 'raw_id, merchant_id, livemode, device_id, seq, sender, body, sim_slot, wallets, sent_at, received_at, arrived_at, message_hash, outcome, template, reading';

/** Stores messages as they came, with what was read; returns the ids that were not there before. In one order, so that two consumers of the same messages wait and do not deadlock. */
export async function insertRawMessages(tx: Tx, entries: readonly { readonly message: MessageReceived; readonly reading: Reading }[]): Promise<ReadonlySet<string>> {
  return insertRawRecords(tx, entries.map(toRaw));
}

/** The same for what came otherwise than as a message of a device. */
export async function insertRawRecords(tx: Tx, records: readonly RawRecord[]): Promise<ReadonlySet<string>> {
  const { rows } = await tx.query<{ raw_id: string }>(
    `INSERT INTO sms_matching.raw_messages (${COLUMNS})
     SELECT ${COLUMNS} FROM jsonb_populate_recordset(NULL::sms_matching.raw_messages, $1::jsonb) ORDER BY raw_id
     ON CONFLICT (raw_id) DO NOTHING RETURNING raw_id`, [toRows(records)]);
  return new Set(rows.map((row) => row.raw_id));
}

/** Keeps another reading of messages that are stored already. The messages themselves stay as they came, and so does what was made of them before. */
export async function changeReadings(tx: Tx, entries: readonly { readonly message: MessageReceived; readonly reading: Reading }[]): Promise<void> {
  if (entries.length === 0) return;
  await tx.query(
    `UPDATE sms_matching.raw_messages raw SET outcome = wanted.outcome, template = wanted.template, reading = wanted.reading,
       earlier_readings = raw.earlier_readings || jsonb_build_object('outcome', raw.outcome, 'template', raw.template, 'reading', raw.reading)
     FROM jsonb_populate_recordset(NULL::sms_matching.raw_messages, $1::jsonb) wanted WHERE raw.raw_id = wanted.raw_id`, [toRows(entries.map(toRaw))]);
}

export interface EvidenceView { readonly rawId: string; readonly sender: string; readonly body: string; readonly arrivedAt: string }

/** The messages cases rest on, by case id, oldest first. */
export async function evidenceOfCases(runner: SqlRunner, caseIds: readonly string[]): Promise<ReadonlyMap<string, readonly EvidenceView[]>> {
  const { rows } = await runner.query<{ case_id: string; raw_id: string; sender: string; body: Buffer; arrived_at: Date }>(
    `SELECT review_cases.case_id, raw.raw_id, raw.sender, raw.body, raw.arrived_at FROM sms_matching.review_cases
       JOIN sms_matching.credit_messages link USING (credit_id) JOIN sms_matching.raw_messages raw ON raw.raw_id = link.raw_id WHERE case_id = ANY($1::uuid[])
     UNION ALL
     SELECT link.case_id, raw.raw_id, raw.sender, raw.body, raw.arrived_at FROM sms_matching.case_messages link JOIN sms_matching.raw_messages raw USING (raw_id) WHERE case_id = ANY($1::uuid[])
     ORDER BY arrived_at, raw_id`, [caseIds]);
  const byCase = new Map<string, EvidenceView[]>();
  for (const row of rows) {
    const view = { rawId: row.raw_id, sender: row.sender, body: row.body.toString('utf8'), arrivedAt: row.arrived_at.toISOString() };
    byCase.set(row.case_id, [...(byCase.get(row.case_id) ?? []), view]);
  }
  return byCase;
}

/** The messages a case without a credit was opened for. */
export async function rawIdsOfCase(runner: SqlRunner, caseId: string): Promise<readonly string[]> {
  const { rows } = await runner.query<{ raw_id: string }>('SELECT raw_id FROM sms_matching.case_messages WHERE case_id = $1', [caseId]);
  return rows.map((row) => row.raw_id);
}

function toRaw({ message, reading }: { readonly message: MessageReceived; readonly reading: Reading }): RawRecord {
  const { template, ...parsed } = reading.parsed;
  const { rawId, merchantId, livemode, deviceId, seq, sender, body, simSlot, wallets, sentAt, receivedAt, arrivedAt } = message;
  return {
    rawId, merchantId, livemode, deviceId, seq, sender, body: hexText(Buffer.from(body, 'utf8')), simSlot, wallets, sentAt, receivedAt, arrivedAt,
    messageHash: messageHash(message), outcome: reading.outcome, template: template?.id ?? null, reading: { ...parsed, reasons: reading.reasons, walletId: reading.wallet?.id ?? null },
  };
}
