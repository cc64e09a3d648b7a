import {
  daysApartMax,
  normaliseName,
  type BankEvidence,
  type BankSource,
  type KnownMoney,
} from '@paymatch/sms-matching-domain';
import type { SqlRunner, Tx } from '@paymatch/platform-postgres';
import { fromRow, toRows, type SlotKey } from '../slots/records.js';

type Owner = Pick<SlotKey, 'merchantId' | 'livemode'>;

/** A word that money came in. */
export interface Telling extends Owner {
  /** The same for every telling by the same source. */
  readonly claimKey: string;
  readonly evidence: BankEvidence;
}

/** Money somebody has told of, near enough in day and sum to be what is told now; with where it stands. */
export interface NearMoney extends KnownMoney, Owner {
  readonly slot: SlotKey;
  /** Of all its evidence. */
  readonly claimKeys: readonly string[];
}

interface EvidenceRow extends Owner, Omit<BankEvidence, 'payer' | 'reportedAt'> {
  readonly toldAt: string | null;
  readonly rawId: string;
  readonly claimKey: string;
  readonly payerDocument: string | null;
  readonly payerName: string | null;
  readonly payerNameKey: string | null;
  readonly creditId: string;
}

/** More than this may be the same money only where nobody is named; the likeliest are looked at. */
const NEAR_MAX = 50;
const SOURCES: readonly BankSource[] = ['csv', 'ofx', 'sms', 'pix', 'hand'];

/** Each word meets what other sources have told; a statement meets its own as well, since it may word a line anew. */
const NEAR = `
  WITH wanted AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS wanted (merchant_id text, livemode boolean, claim_key text, sources
      text[], source text, amount_minor bigint, posted_on date,
      payer_document text, payer_name_key text, transfer_id text, made_at timestamptz)),
  listed AS MATERIALIZED (SELECT DISTINCT credit_id FROM sms_matching.bank_evidence WHERE claim_key = ANY($2::text[])),
  near AS (
    SELECT found.credit_id FROM wanted CROSS JOIN LATERAL (
      SELECT known.credit_id FROM sms_matching.bank_evidence known
       WHERE known.merchant_id = wanted.merchant_id AND known.livemode = wanted.livemode
         AND known.amount_minor = wanted.amount_minor
         AND known.source = ANY(wanted.sources) AND known.posted_on BETWEEN wanted.posted_on - ${daysApartMax}
           AND wanted.posted_on + ${daysApartMax}
         AND (known.payer_document = wanted.payer_document OR known.transfer_id = wanted.transfer_id
           OR known.payer_name_key = wanted.payer_name_key
           OR known.payer_name_key IS NULL OR wanted.payer_name_key IS NULL)
         AND (known.source <> wanted.source OR known.posted_on = wanted.posted_on)
         AND (wanted.made_at IS NULL OR known.told_at IS NULL OR known.told_at > wanted.made_at - interval '10 minutes')
         AND known.credit_id NOT IN (SELECT credit_id FROM listed)
         AND (wanted.source = ANY(wanted.sources) OR NOT EXISTS (
           SELECT FROM sms_matching.bank_evidence twin WHERE twin.credit_id = known.credit_id
             AND twin.source = wanted.source))
       ORDER BY known.transfer_id = wanted.transfer_id DESC NULLS LAST, known.payer_document = wanted.payer_document
         DESC NULLS LAST,
         known.payer_name_key = wanted.payer_name_key DESC NULLS LAST, abs(known.posted_on - wanted.posted_on)
       LIMIT ${NEAR_MAX}) found
    UNION SELECT known.credit_id FROM sms_matching.bank_evidence known JOIN wanted
      ON known.merchant_id = wanted.merchant_id AND known.livemode = wanted.livemode
        AND known.claim_key IN (wanted.claim_key, 'pix:' || wanted.transfer_id))
  SELECT known.*, known.posted_on::text AS posted_on, credits.provider, credits.slot_key
    FROM near JOIN sms_matching.bank_evidence known USING (credit_id) JOIN sms_matching.credits USING (credit_id)
      ORDER BY known.credit_id, known.raw_id`;

/** Under the merchant's lock nobody adds evidence meanwhile. `listed`: claim keys of the file's other lines. */
export async function loadNearMoney(
  runner: SqlRunner,
  tellings: readonly Telling[],
  listed: readonly string[],
): Promise<readonly NearMoney[]> {
  if (tellings.length === 0) return [];
  const { rows } = await runner.query(NEAR, [toRows(tellings.map(toWanted)), listed]);
  const byCredit = new Map<string, NearMoney & { evidence: BankEvidence[]; claimKeys: string[] }>();
  for (const row of rows) {
    const { merchantId, livemode, provider, slotKey, creditId, ...said } = fromRow<EvidenceRow & SlotKey>(row);
    const slot = { merchantId, livemode, provider, slotKey };
    const money = byCredit.get(creditId) ?? { creditId, merchantId, livemode, slot, evidence: [], claimKeys: [] };
    money.claimKeys.push(said.claimKey);
    money.evidence.push({
      source: said.source,
      account: said.account,
      postedOn: said.postedOn,
      amountMinor: said.amountMinor,
      payer: { document: said.payerDocument, name: said.payerName },
      transferId: said.transferId,
      bankId: said.bankId,
      isPix: said.isPix,
      madeAt: said.madeAt,
      reportedAt: said.toldAt,
    });
    byCredit.set(creditId, money);
  }
  return [...byCredit.values()];
}

/** A telling with the message that says it and the money it is about. */
export interface NotedTelling {
  readonly telling: Telling;
  readonly rawId: string;
  readonly creditId: string;
}

export async function insertBankEvidence(tx: Tx, noted: readonly NotedTelling[]): Promise<void> {
  if (noted.length === 0) return;
  await tx.query(
    'INSERT INTO sms_matching.bank_evidence SELECT * FROM jsonb_populate_recordset(NULL::sms_matching.bank_evidence, $1::jsonb)',
    [toRows(noted.map(toRow))],
  );
}

function toRow({ telling, rawId, creditId }: NotedTelling): EvidenceRow {
  const { merchantId, livemode, claimKey, evidence } = telling;
  const { payer, reportedAt: toldAt, ...said } = evidence;
  return {
    ...said,
    toldAt,
    merchantId,
    livemode,
    claimKey,
    rawId,
    creditId,
    payerDocument: payer.document,
    payerName: payer.name,
    payerNameKey: nameKeyOf(evidence),
  };
}

function toWanted({ merchantId, livemode, claimKey, evidence }: Telling): object {
  const { source, amountMinor, postedOn, payer, transferId, madeAt } = evidence;
  const isStatement = source === 'csv' || source === 'ofx';
  return {
    merchantId,
    livemode,
    claimKey,
    source,
    amountMinor,
    postedOn,
    transferId,
    madeAt,
    sources: isStatement ? SOURCES : SOURCES.filter((other) => other !== source),
    payerDocument: payer.document,
    payerNameKey: nameKeyOf(evidence),
  };
}

/** Two different names are two people, unless a document says that they are one. */
function nameKeyOf({ payer }: BankEvidence): string | null {
  return payer.name === null ? null : normaliseName(payer.name);
}
