import type { MigrationInterface, QueryRunner } from 'typeorm';
import { SharedPixKeys1795303678440 } from './shared-pix-keys.migration.js';

/**
 * Contract B's own tables: credentials, where merchants receive money, exchange rates, and Pix notices that could not
 * be read.
 */
export class SmartFastPay1763683000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE gateway.oauth_clients (
        id uuid PRIMARY KEY,
        merchant_id uuid NOT NULL REFERENCES gateway.merchants (id),
        livemode boolean NOT NULL,
        client_id text NOT NULL UNIQUE,
        secret_hash bytea NOT NULL,
        rate_limit_per_minute integer NOT NULL CHECK (rate_limit_per_minute > 0),
        created_at timestamptz NOT NULL,
        revoked_at timestamptz
      )`);
    await runner.query('CREATE INDEX oauth_clients_merchant ON gateway.oauth_clients (merchant_id, livemode, id)');
    await runner.query(`
      CREATE TABLE gateway.pix_accounts (
        merchant_id uuid NOT NULL REFERENCES gateway.merchants (id),
        livemode boolean NOT NULL,
        pix_key text NOT NULL,
        beneficiary text NOT NULL,
        city text NOT NULL,
        callback_path_hash bytea UNIQUE,
        callback_header_hash bytea,
        PRIMARY KEY (merchant_id, livemode)
      )`);
    await runner.query(`
      CREATE TABLE gateway.bank_accounts (
        merchant_id uuid NOT NULL REFERENCES gateway.merchants (id),
        livemode boolean NOT NULL,
        name text NOT NULL,
        code text NOT NULL,
        agency text NOT NULL,
        account text NOT NULL,
        account_operation text NOT NULL,
        document text NOT NULL,
        beneficiary text NOT NULL,
        PRIMARY KEY (merchant_id, livemode)
      )`);
    await runner.query(`
      CREATE TABLE gateway.exchange_rates (
        id uuid PRIMARY KEY,
        base_currency text NOT NULL CHECK (base_currency ~ '^[A-Z]{3}$'),
        rate numeric NOT NULL CHECK (rate > 0),
        set_by text NOT NULL,
        quoted_at timestamptz NOT NULL
      )`);
    await runner.query(
      'CREATE INDEX exchange_rates_newest ON gateway.exchange_rates (base_currency, quoted_at DESC, id DESC)',
    );
    // One row per content, however often a bank sends it.
    await runner.query(`
      CREATE TABLE gateway.pix_refused_entries (
        content_hash bytea NOT NULL,
        merchant_id uuid NOT NULL,
        livemode boolean NOT NULL,
        reason text NOT NULL,
        entry text NOT NULL,
        arrived_at timestamptz NOT NULL,
        PRIMARY KEY (merchant_id, livemode, content_hash)
      )`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

/**
 * One merchant's rate must not become another's: a merchant sets its own, the operator's shell the installation's
 * (`merchant_id` null).
 */
export class ExchangeRatesOfMerchants1763683000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE gateway.exchange_rates ADD COLUMN merchant_id uuid REFERENCES gateway.merchants (id)',
    );
    await runner.query(
      'CREATE INDEX exchange_rates_merchant ON gateway.exchange_rates (merchant_id, base_currency, quoted_at DESC, id DESC)',
    );
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

export const smartFastPayMigrations = [
  SmartFastPay1763683000020,
  ExchangeRatesOfMerchants1763683000021,
  SharedPixKeys1795303678440,
];
