import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What people decide beyond assigning and ignoring: rejected payments, and credits entered by hand with a second
 * person's word.
 */
export class ReviewDecisions1763700000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sms_matching.review_cases ADD COLUMN provider text, ADD COLUMN proposal jsonb;
      ALTER TABLE sms_matching.review_case_events ADD COLUMN payment_id text;
      UPDATE sms_matching.review_cases SET provider = credits.provider FROM sms_matching.credits WHERE credits.credit_id = review_cases.credit_id;
      -- A proposed credit is a case before there is a credit; once confirmed it is the credit's case.
      ALTER TABLE sms_matching.review_cases DROP CONSTRAINT review_cases_check;
      ALTER TABLE sms_matching.review_cases ADD CONSTRAINT review_cases_subject
        CHECK (num_nonnulls(credit_id, message_hash) <= 1 AND num_nonnulls(credit_id, message_hash, proposal) >= 1);
      CREATE UNIQUE INDEX review_cases_one_proposal ON sms_matching.review_cases (merchant_id, livemode, (proposal->>'provider'), (proposal->>'trxId'))
        WHERE proposal IS NOT NULL AND credit_id IS NULL AND status = 'open';
      CREATE INDEX review_cases_payment ON sms_matching.review_cases (merchant_id, livemode, payment_id, case_id) WHERE payment_id IS NOT NULL;
      COMMENT ON COLUMN sms_matching.review_cases.proposal IS 'A credit somebody wants to enter by hand and a second person must confirm.';
    `);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
