import type { BankEvidence, BankSource, KnownMoney } from '@paymatch/sms-matching-domain';
import type { SqlRunner, Tx } from '@paymatch/platform-postgres';
import { fromRow, toRows, type SlotKey } from '../slots/records.js';

type Owner = Pick<SlotKey, 'merchantId' | 'livemode'>;

export interface EvidenceRecord extends Owner {
  readonly rawId: string;
  /** The same for every telling by the same source. */
  readonly claimKey: string;
  readonly source: BankSource;
  readonly account: string | null;
  readonly postedOn: string;
  readonly amountMinor: number;
  readonly payerDocument: string | null;
  readonly payerName: string | null;
  readonly creditId: string;
}

/** Money some bank has told of, near enough in day and sum to be what is told now; with where it stands. */
export interface NearMoney extends KnownMoney, Owner {
  readonly slot: SlotKey;
  /** Of all its evidence. */
  readonly claimKeys: readonly string[];
}

/** Widest window in which two sources name different days for one transfer, and more; the exact rule is the domain's. */
const DAYS_APART = 5;

/** Read under the locks of the sums: nobody adds evidence of these sums meanwhile. */
export async function loadNearMoney(
  runner: SqlRunner,
  wanted: readonly (Owner & { readonly evidence: BankEvidence })[],
): Promise<readonly NearMoney[]> {
  if (wanted.length === 0) return [];
  const { rows } = await runner.query(
    `WITH near AS (
       SELECT DISTINCT known.credit_id FROM sms_matching.bank_evidence known
         JOIN jsonb_to_recordset($1::jsonb) AS wanted (merchant_id text, livemode boolean, amount_minor bigint, posted_on date) USING (merchant_id, livemode, amount_minor)
        WHERE known.posted_on BETWEEN wanted.posted_on - ${DAYS_APART} AND wanted.posted_on + ${DAYS_APART})
     SELECT known.raw_id, known.merchant_id, known.livemode, known.claim_key, known.source, known.account, known.posted_on::text AS posted_on, known.amount_minor, known.payer_document, known.payer_name, known.credit_id,
            credits.provider, credits.slot_key
       FROM near JOIN sms_matching.bank_evidence known USING (credit_id) JOIN sms_matching.credits USING (credit_id) ORDER BY known.credit_id, known.raw_id`,
    [
      toRows(
        wanted.map(({ merchantId, livemode, evidence }) => ({
          merchantId,
          livemode,
          amountMinor: evidence.amountMinor,
          postedOn: evidence.postedOn,
        })),
      ),
    ],
  );
  const byCredit = new Map<string, NearMoney & { evidence: BankEvidence[]; claimKeys: string[] }>();
  for (const row of rows) {
    const { merchantId, livemode, provider, slotKey, creditId, ...said } = fromRow<EvidenceRecord & SlotKey>({
      ...row,
      posted_on: undefined,
      postedOn: row['posted_on'],
    });
    const money = byCredit.get(creditId) ?? {
      creditId,
      merchantId,
      livemode,
      slot: { merchantId, livemode, provider, slotKey },
      evidence: [],
      claimKeys: [],
    };
    money.claimKeys.push(said.claimKey);
    money.evidence.push({
      source: said.source,
      account: said.account,
      postedOn: said.postedOn,
      amountMinor: said.amountMinor,
      payer: { document: said.payerDocument, name: said.payerName },
    });
    byCredit.set(creditId, money);
  }
  return [...byCredit.values()];
}

export async function insertBankEvidence(tx: Tx, records: readonly EvidenceRecord[]): Promise<void> {
  if (records.length === 0) return;
  await tx.query(
    'INSERT INTO sms_matching.bank_evidence SELECT * FROM jsonb_populate_recordset(NULL::sms_matching.bank_evidence, $1::jsonb)',
    [toRows(records)],
  );
}
