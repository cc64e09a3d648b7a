import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Money that banks tell of: Pix notices with what went back of them, and the lines of statements. */
export class BankEvidence1763710000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sms_matching.credits ADD COLUMN claim_key text;
      COMMENT ON COLUMN sms_matching.credits.claim_key IS 'What makes money from a bank countable once; null = its provider and TrxID, or the credit itself.';
      -- Several transfers may carry one Pix txid, or come from one payer with one sum: for these the claim key alone says what is one transfer.
      DROP INDEX sms_matching.credits_once;
      CREATE UNIQUE INDEX credits_once ON sms_matching.credits (merchant_id, livemode, provider, slot_key, wallet_number) WHERE claim_key IS NULL;
      CREATE UNIQUE INDEX credits_claim_key ON sms_matching.credits (merchant_id, livemode, claim_key) WHERE claim_key IS NOT NULL;
      ALTER TABLE sms_matching.credits DROP CONSTRAINT credits_check;
      ALTER TABLE sms_matching.credits ADD CONSTRAINT credits_slot
        CHECK (claim_key IS NOT NULL OR slot_key = trx_id OR (trx_id IS NULL AND slot_key LIKE '~%'));
      CREATE TABLE sms_matching.pix_returns (
        credit_id uuid NOT NULL REFERENCES sms_matching.credits,
        return_id text NOT NULL,
        rtr_id text,
        amount_minor bigint NOT NULL,
        status text NOT NULL,
        reason text,
        requested_at timestamptz,
        settled_at timestamptz,
        told_at timestamptz,
        PRIMARY KEY (credit_id, return_id)
      );
      COMMENT ON TABLE sms_matching.pix_returns IS 'What banks said went back of a Pix; told_at: when payments was told, which is once the credit has completed a payment.';
      CREATE TABLE sms_matching.bank_evidence (
        raw_id uuid PRIMARY KEY REFERENCES sms_matching.raw_messages,
        merchant_id text NOT NULL,
        livemode boolean NOT NULL,
        -- The same for every telling by the same source: two phones forward one SMS.
        claim_key text NOT NULL,
        source text NOT NULL CHECK (source IN ('csv', 'ofx', 'sms')),
        account text,
        posted_on date NOT NULL,
        amount_minor bigint NOT NULL,
        payer_document text,
        payer_name text,
        credit_id uuid NOT NULL REFERENCES sms_matching.credits
      );
      CREATE INDEX bank_evidence_money ON sms_matching.bank_evidence (merchant_id, livemode, amount_minor, posted_on);
      CREATE INDEX bank_evidence_credit ON sms_matching.bank_evidence (credit_id);
      COMMENT ON TABLE sms_matching.bank_evidence IS 'Every word of a bank about a transfer, and the credit it is about: a statement and an SMS may tell of the same money.';
    `);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
