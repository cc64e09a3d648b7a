import type { MigrationInterface, QueryRunner } from 'typeorm';

function down(): Promise<void> {
  throw new Error('migrations go forward only');
}

/**
 * Pix notices and what people enter become evidence like statements and messages, so that money is one money whoever
 * tells of it.
 */
export class OneMoney1763720000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sms_matching.bank_evidence DROP CONSTRAINT bank_evidence_source_check;
      ALTER TABLE sms_matching.bank_evidence ADD CONSTRAINT bank_evidence_source CHECK (source IN ('csv', 'ofx', 'sms', 'pix', 'hand')),
        ADD COLUMN payer_name_key text, ADD COLUMN transfer_id text, ADD COLUMN bank_id text, ADD COLUMN is_pix boolean,
        ADD COLUMN made_at timestamptz, ADD COLUMN told_at timestamptz;
      COMMENT ON COLUMN sms_matching.bank_evidence.payer_name_key IS 'The payer''s name as names are compared; null = nobody''s full name, or written before there was this column.';
      COMMENT ON TABLE sms_matching.bank_evidence IS 'Every word about a transfer, and the credit it is about: a notice, a statement, an SMS and a person may tell of the same money.';
      INSERT INTO sms_matching.bank_evidence (raw_id, merchant_id, livemode, claim_key, source, posted_on, amount_minor, payer_document, payer_name, credit_id,
          transfer_id, is_pix, made_at, told_at)
        SELECT DISTINCT ON (credits.credit_id) raw.raw_id, credits.merchant_id, credits.livemode, credits.claim_key, 'pix',
            (coalesce(credits.printed_at, credits.received_at) AT TIME ZONE 'America/Sao_Paulo')::date, credits.amount_minor,
            CASE WHEN sender_number ~ '^([0-9*]{11}|[0-9A-Z*]{14})$' THEN sender_number END,
            CASE WHEN sender_number !~ '^([0-9*]{11}|[0-9A-Z*]{14})$' THEN sender_number END,
            credits.credit_id, substr(credits.claim_key, 5), true, credits.printed_at, credits.created_at
          FROM sms_matching.credits JOIN sms_matching.credit_messages link USING (credit_id) JOIN sms_matching.raw_messages raw ON raw.raw_id = link.raw_id
         WHERE credits.provider = 'pix' AND credits.claim_key LIKE 'pix:%' AND raw.template = 'credits.pix-received'
         ORDER BY credits.credit_id, raw.arrived_at, raw.raw_id;
    `);
  }

  down = down;
}

export class OneMoneyNear1763720000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX bank_evidence_near ON sms_matching.bank_evidence (merchant_id, livemode, amount_minor, source, posted_on)',
    );
  }

  down = down;
}

export class OneMoneyClaims1763720000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX bank_evidence_claim_key ON sms_matching.bank_evidence (claim_key)');
  }

  down = down;
}
