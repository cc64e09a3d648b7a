import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Money on one account is one merchant's, unless the operator has said that they share it. The database itself asks for
 * that word: of two merchants who name one number at the same moment, the account's lock lets one through, and the
 * other sees it. What two merchants shared before stays as it is.
 */
export class SharedAccounts1795303678439 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE gateway.shared_accounts (
        merchant_id uuid NOT NULL REFERENCES gateway.merchants (id),
        provider text NOT NULL,
        account text NOT NULL,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (merchant_id, provider, account)
      )`);
    // Rocket and mCash numbers may be written with their check digit (walletClaimKey of contracts does the same).
    await runner.query(`
      CREATE FUNCTION gateway.account_of(provider text, number text) RETURNS text LANGUAGE sql IMMUTABLE AS
      $$ SELECT CASE WHEN provider IN ('rocket', 'mcash') AND number ~ '^01[0-9]{10}$' THEN left(number, 11)
                ELSE number END $$`);
    await runner.query(`
      CREATE INDEX wallets_account ON gateway.wallets (provider, gateway.account_of(provider, number))
        WHERE status = 'active' AND livemode`);
    await runner.query(`
      CREATE FUNCTION gateway.refuse_unshared_wallet() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE wanted text := gateway.account_of(NEW.provider, NEW.number);
      BEGIN
        PERFORM pg_advisory_xact_lock(hashtextextended('account ' || NEW.provider || ' ' || wanted, 0));
        IF EXISTS (SELECT 1 FROM gateway.wallets w
                    WHERE w.provider = NEW.provider AND gateway.account_of(w.provider, w.number) = wanted
                      AND w.status = 'active' AND w.livemode AND w.merchant_id <> NEW.merchant_id)
           AND NOT EXISTS (SELECT 1 FROM gateway.shared_accounts s
                            WHERE s.merchant_id = NEW.merchant_id AND s.provider = NEW.provider AND s.account = wanted)
        THEN RAISE EXCEPTION USING ERRCODE = 'unique_violation', CONSTRAINT = 'account_of_one_merchant',
          MESSAGE = 'this account is another merchant''s, and the operator has not said that they share it';
        END IF;
        RETURN NEW;
      END $$`);
    await runner.query(`
      CREATE TRIGGER wallets_of_one_merchant BEFORE INSERT OR UPDATE OF status, provider, number, livemode, merchant_id
        ON gateway.wallets FOR EACH ROW WHEN (NEW.livemode AND NEW.status = 'active')
        EXECUTE FUNCTION gateway.refuse_unshared_wallet()`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
