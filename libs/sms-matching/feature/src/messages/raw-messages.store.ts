import type { MessageReceived, WalletRef } from '@paymatch/contracts';
import type { SqlRunner, Tx } from '@paymatch/platform-postgres';
import { partGroupOf } from './message-parts.store.js';
import { isUnknown, messageHash } from './message-reading.js';
import type { ReadMessage } from './read-message.js';
import { fromRow, hexText, toRows, type RawRecord } from '../slots/records.js';

/** A message as it is stored; without a registry's version it is never read anew. */
type StoredReading = Pick<ReadMessage, 'message' | 'reading'> & { readonly registry?: string | null };

const COLUMNS =
  'raw_id, merchant_id, livemode, device_id, seq, sender, body, sim_slot, wallets, sent_at, received_at, arrived_at, message_hash, outcome, template, reading, registry, is_unknown, part_group, part_index, part_total';

/**
 * Stores what came otherwise than as a message of a device; returns the ids that were not there before. In one order,
 * so that two consumers of the same messages wait and do not deadlock.
 */
export async function insertRawRecords(tx: Tx, records: readonly RawRecord[]): Promise<ReadonlySet<string>> {
  const { rows } = await tx.query<{ raw_id: string }>(
    `INSERT INTO sms_matching.raw_messages (${COLUMNS})
     SELECT ${COLUMNS} FROM jsonb_populate_recordset(NULL::sms_matching.raw_messages, $1::jsonb) ORDER BY raw_id
     ON CONFLICT (raw_id) DO NOTHING RETURNING raw_id`,
    [toRows(records)],
  );
  return new Set(rows.map((row) => row.raw_id));
}

/** Which of these are stored. */
export async function knownRawIds(runner: SqlRunner, rawIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await runner.query<{ raw_id: string }>(
    'SELECT raw_id FROM sms_matching.raw_messages WHERE raw_id = ANY($1::uuid[])',
    [rawIds],
  );
  return new Set(rows.map((row) => row.raw_id));
}

/**
 * Keeps another reading of messages that are stored already. The messages themselves stay as they came, and so does
 * what was made of them before.
 */
export async function changeReadings(tx: Tx, entries: readonly ReadMessage[]): Promise<void> {
  if (entries.length === 0) return;
  await tx.query(
    `UPDATE sms_matching.raw_messages raw SET outcome = wanted.outcome, template = wanted.template, reading =
      wanted.reading, registry = wanted.registry, is_unknown = wanted.is_unknown,
       earlier_readings = raw.earlier_readings || jsonb_build_object('registry', raw.registry, 'outcome', raw.outcome,
         'template', raw.template, 'reading', raw.reading)
     FROM jsonb_populate_recordset(NULL::sms_matching.raw_messages, $1::jsonb) wanted
       WHERE raw.raw_id = wanted.raw_id`,
    [toRows(entries.flatMap((entry) => entry.rawIds.map((rawId) => ({ rawId, ...readingColumns(entry) }))))],
  );
}

/** The messages with these registries' unknown readings. Of a message in parts the first. */
export async function unknownMessages(
  runner: SqlRunner,
  limits: { readonly registries: readonly string[]; readonly max: number },
): Promise<readonly Pick<MessageReceived, 'rawId' | 'merchantId' | 'livemode'>[]> {
  const { rows } = await runner.query(
    `SELECT raw_id, merchant_id, livemode FROM sms_matching.raw_messages WHERE is_unknown
      AND registry = ANY($1::text[]) AND coalesce(part_index, 1) = 1
     ORDER BY registry, raw_id LIMIT $2`,
    [limits.registries, limits.max],
  );
  return rows.map((row) => fromRow(row));
}

/** Those of them that are unknown still, locked; another instance passes over them. */
export async function lockUnknown(
  tx: Tx,
  limits: { readonly registries: readonly string[]; readonly rawIds: readonly string[] },
): Promise<readonly MessageReceived[]> {
  const { rows } = await tx.query(
    `SELECT * FROM sms_matching.raw_messages WHERE is_unknown AND registry = ANY($1::text[])
      AND raw_id = ANY($2::uuid[])
     ORDER BY registry, raw_id FOR NO KEY UPDATE SKIP LOCKED`,
    [limits.registries, limits.rawIds],
  );
  return rows.map(toMessage);
}

/** The parts that have come of these groups. */
export async function partsOfGroups(runner: SqlRunner, groups: readonly string[]): Promise<readonly MessageReceived[]> {
  if (groups.length === 0) return [];
  const { rows } = await runner.query(
    'SELECT * FROM sms_matching.raw_messages WHERE part_group = ANY($1::text[]) ORDER BY arrived_at, raw_id',
    [groups],
  );
  return rows.map(toMessage);
}

export interface EvidenceView {
  readonly rawId: string;
  readonly sender: string;
  readonly body: string;
  readonly arrivedAt: string;
}

/** The messages cases rest on, by case id, oldest first. */
export async function evidenceOfCases(
  runner: SqlRunner,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, readonly EvidenceView[]>> {
  const { rows } = await runner.query<{
    case_id: string;
    raw_id: string;
    sender: string;
    body: Buffer;
    arrived_at: Date;
  }>(
    `SELECT review_cases.case_id, raw.raw_id, raw.sender, raw.body, raw.arrived_at FROM sms_matching.review_cases
       JOIN sms_matching.credit_messages link USING (credit_id)
         JOIN sms_matching.raw_messages raw ON raw.raw_id = link.raw_id WHERE case_id = ANY($1::uuid[])
     UNION ALL
     SELECT link.case_id, raw.raw_id, raw.sender, raw.body, raw.arrived_at FROM sms_matching.case_messages link
       JOIN sms_matching.raw_messages raw USING (raw_id) WHERE case_id = ANY($1::uuid[])
     ORDER BY arrived_at, raw_id`,
    [caseIds],
  );
  const byCase = new Map<string, EvidenceView[]>();
  for (const row of rows) {
    const view = {
      rawId: row.raw_id,
      sender: row.sender,
      body: row.body.toString('utf8'),
      arrivedAt: row.arrived_at.toISOString(),
    };
    byCase.set(row.case_id, [...(byCase.get(row.case_id) ?? []), view]);
  }
  return byCase;
}

/** The messages a case without a credit was opened for. */
export async function rawIdsOfCase(runner: SqlRunner, caseId: string): Promise<readonly string[]> {
  const { rows } = await runner.query<{ raw_id: string }>(
    'SELECT raw_id FROM sms_matching.case_messages WHERE case_id = $1',
    [caseId],
  );
  return rows.map((row) => row.raw_id);
}

/** A message as it is stored: as it came, with what was read. */
export function toRawRecord(entry: StoredReading): RawRecord {
  const {
    rawId,
    merchantId,
    livemode,
    deviceId,
    seq,
    sender,
    body,
    simSlot,
    wallets,
    sentAt,
    receivedAt,
    arrivedAt,
    part = null,
  } = entry.message;
  return {
    rawId,
    merchantId,
    livemode,
    deviceId,
    seq,
    sender,
    body: hexText(Buffer.from(body, 'utf8')),
    simSlot,
    wallets,
    sentAt,
    receivedAt,
    arrivedAt,
    messageHash: messageHash(entry.message),
    partGroup: partGroupOf(entry.message),
    partIndex: part?.index ?? null,
    partTotal: part?.total ?? null,
    ...readingColumns(entry),
  };
}

function readingColumns({
  reading,
  registry = null,
}: Pick<StoredReading, 'reading' | 'registry'>): Pick<
  RawRecord,
  'outcome' | 'template' | 'reading' | 'registry' | 'isUnknown'
> {
  const { template, ...parsed } = reading.parsed;
  return {
    outcome: reading.outcome,
    template: template?.id ?? null,
    reading: { ...parsed, reasons: reading.reasons, walletId: reading.wallet?.id ?? null },
    registry,
    isUnknown: isUnknown(reading),
  };
}

/** A stored message as it came. */
function toMessage(row: Readonly<Record<string, unknown>>): MessageReceived {
  const {
    rawId,
    merchantId,
    livemode,
    deviceId,
    seq,
    sender,
    simSlot,
    wallets,
    sentAt,
    receivedAt,
    arrivedAt,
    partGroup,
    partIndex,
    partTotal,
  } = fromRow<RawRecord>(row);
  return {
    type: 'credits.message-received',
    rawId,
    merchantId,
    livemode,
    deviceId,
    seq,
    sender,
    body: (row['body'] as Buffer).toString('utf8'),
    simSlot,
    wallets: wallets as readonly WalletRef[],
    sentAt,
    receivedAt,
    arrivedAt,
    part: (partGroup ?? null) === null ? null : { key: partGroup!, index: partIndex!, total: partTotal! },
  };
}
