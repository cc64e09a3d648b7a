import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a merchant has set holds in one mode: a test key must not come from it to the money. Both modes begin with what
 * held for both.
 */
export class MerchantSettings1763720000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE gateway.merchant_settings (
        merchant_id uuid NOT NULL REFERENCES gateway.merchants (id),
        livemode boolean NOT NULL,
        name text NOT NULL,
        expiry_minutes integer NOT NULL CHECK (expiry_minutes BETWEEN 1 AND 10080),
        amount_tolerance_minor bigint NOT NULL CHECK (amount_tolerance_minor >= 0),
        allowed_origins text[] NOT NULL DEFAULT '{}',
        PRIMARY KEY (merchant_id, livemode)
      )`);
    await runner.query(`
      INSERT INTO gateway.merchant_settings (merchant_id, livemode, name, expiry_minutes, amount_tolerance_minor, allowed_origins)
      SELECT id, livemode, name, expiry_minutes, amount_tolerance_minor, allowed_origins
      FROM gateway.merchants CROSS JOIN (VALUES (true), (false)) AS modes (livemode)`);
    await runner.query(`
      ALTER TABLE gateway.merchants
        DROP COLUMN name, DROP COLUMN expiry_minutes, DROP COLUMN amount_tolerance_minor, DROP COLUMN allowed_origins`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

/**
 * Shops of the contract's middle generation get the existing payment for a repeated `invoice_number`; the others a
 * conflict.
 */
export class RepeatedInvoiceNumbers1763720000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE gateway.merchant_settings ADD COLUMN repeated_invoice_number text NOT NULL DEFAULT 'conflict'
        CHECK (repeated_invoice_number IN ('conflict', 'existing'))`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

/**
 * What is added to each order, and how long contract B's payments wait: none set means none, and the installation's
 * time.
 */
export class ChargesAndExpiry1763720000022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE gateway.merchant_settings
        ADD COLUMN gateway_charge jsonb CHECK (gateway_charge ->> 'type' IN ('fixed', 'percent')),
        ADD COLUMN pix_expiry_minutes integer CHECK (pix_expiry_minutes BETWEEN 1 AND 10080),
        ADD COLUMN bank_transfer_expiry_minutes integer CHECK (bank_transfer_expiry_minutes BETWEEN 1 AND 43200)`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

/** Where customers may be sent back to: none set means anywhere. */
export class ReturnAddresses1795315200004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE gateway.merchant_settings ADD COLUMN return_addresses text[] NOT NULL DEFAULT '{}'`,
    );
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
