import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The same word of the operator for a Pix key as for a wallet's number. */
export class SharedPixKeys1795303678440 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX pix_accounts_key ON gateway.pix_accounts (pix_key) WHERE livemode');
    await runner.query(`
      CREATE FUNCTION gateway.refuse_unshared_pix_key() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_advisory_xact_lock(hashtextextended('account pix ' || NEW.pix_key, 0));
        IF EXISTS (SELECT 1 FROM gateway.pix_accounts p
                    WHERE p.pix_key = NEW.pix_key AND p.livemode AND p.merchant_id <> NEW.merchant_id)
           AND NOT EXISTS (SELECT 1 FROM gateway.pix_accounts p
                            WHERE p.pix_key = NEW.pix_key AND p.livemode AND p.merchant_id = NEW.merchant_id)
           AND NOT EXISTS (SELECT 1 FROM gateway.shared_accounts s
                            WHERE s.merchant_id = NEW.merchant_id AND s.provider = 'pix' AND s.account = NEW.pix_key)
        THEN RAISE EXCEPTION USING ERRCODE = 'unique_violation', CONSTRAINT = 'account_of_one_merchant',
          MESSAGE = 'this account is another merchant''s, and the operator has not said that they share it';
        END IF;
        RETURN NEW;
      END $$`);
    await runner.query(`
      CREATE TRIGGER pix_keys_of_one_merchant BEFORE INSERT OR UPDATE OF pix_key ON gateway.pix_accounts
        FOR EACH ROW WHEN (NEW.livemode) EXECUTE FUNCTION gateway.refuse_unshared_pix_key()`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
