import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Cases of TrxIDs that no message tells of. Claims that are open already are looked at a quarter of an hour after the
 * upgrade.
 */
export class MissingMessages1763730000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sms_matching.claims ADD COLUMN waits_until timestamptz;
      UPDATE sms_matching.claims SET waits_until = now() + interval '15 minutes'
       WHERE status = 'open' AND provider NOT IN ('pix', 'bank_transfer');
      COMMENT ON COLUMN sms_matching.claims.waits_until IS 'When a person must ask why no message has told of this TrxID; null = nobody asks (any more).';
      ALTER TABLE sms_matching.review_cases ADD COLUMN awaited_trx_id text;
      COMMENT ON COLUMN sms_matching.review_cases.awaited_trx_id IS 'Of a case without money: the TrxID its payment waits for, of which no message has told.';
      ALTER TABLE sms_matching.review_cases DROP CONSTRAINT review_cases_subject;
      ALTER TABLE sms_matching.review_cases ADD CONSTRAINT review_cases_subject CHECK (num_nonnulls(credit_id, message_hash, awaited_trx_id) <= 1
        AND num_nonnulls(credit_id, message_hash, proposal, awaited_trx_id) >= 1);
    `);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

export class ClaimsWaiting1763730000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX claims_waiting ON sms_matching.claims (waits_until) WHERE waits_until IS NOT NULL',
    );
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

/** One open case for one payment's TrxID. */
export class AwaitedCases1763730000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE UNIQUE INDEX review_cases_awaited ON sms_matching.review_cases (merchant_id, livemode, provider, awaited_trx_id, payment_id)
      WHERE awaited_trx_id IS NOT NULL AND status = 'open'`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
