import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ApiKeyIssuers1763770000050 } from './api-key-issuers.migration.js';
import { ApiKeyNames1763690000001 } from './api-key-names.migration.js';
import { Brands1763760000040 } from './brand/brand.migration.js';
import {
  ChargesAndExpiry1763720000022,
  MerchantSettings1763720000001,
  RepeatedInvoiceNumbers1763720000021,
  ReturnAddresses1795315200004,
} from './merchant-settings.migration.js';
import { RateWindows1763740000030 } from './rate-windows.migration.js';
import { ApiRequests1763790000060 } from './requests/api-requests.migration.js';
import { Plans1763720000023 } from './plans/plans.migration.js';

/** Who may come in: merchants, their keys, wallets and devices, and the answers kept for `Idempotency-Key`. */
export class Access1763683000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE gateway.merchants (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended')),
        expiry_minutes integer NOT NULL CHECK (expiry_minutes BETWEEN 1 AND 10080),
        amount_tolerance_minor bigint NOT NULL CHECK (amount_tolerance_minor >= 0),
        allowed_origins text[] NOT NULL DEFAULT '{}',
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`
      CREATE TABLE gateway.api_keys (
        id uuid PRIMARY KEY,
        merchant_id uuid NOT NULL REFERENCES gateway.merchants (id),
        livemode boolean NOT NULL,
        prefix text NOT NULL,
        key_hash bytea NOT NULL UNIQUE,
        abilities text[] NOT NULL,
        rate_limit_per_minute integer NOT NULL CHECK (rate_limit_per_minute > 0),
        expires_at timestamptz,
        revoked_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query('CREATE INDEX api_keys_merchant ON gateway.api_keys (merchant_id, id)');
    await runner.query(`
      CREATE TABLE gateway.wallets (
        id uuid PRIMARY KEY,
        merchant_id uuid NOT NULL REFERENCES gateway.merchants (id),
        livemode boolean NOT NULL,
        provider text NOT NULL,
        number text NOT NULL,
        account_type text NOT NULL CHECK (account_type IN ('personal', 'merchant', 'agent', 'bank')),
        status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'closed')),
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    // Two rows for one account would make every credit of it ambiguous.
    await runner.query(`
      CREATE UNIQUE INDEX wallets_one_active ON gateway.wallets (merchant_id, livemode, provider, number) WHERE status = 'active'`);
    await runner.query(`
      CREATE TABLE gateway.devices (
        id uuid PRIMARY KEY,
        merchant_id uuid NOT NULL REFERENCES gateway.merchants (id),
        livemode boolean NOT NULL,
        name text NOT NULL,
        secret_sealed bytea NOT NULL,
        status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'revoked')),
        wallets jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query('CREATE INDEX devices_merchant ON gateway.devices (merchant_id, livemode, id)');
    await runner.query(`
      CREATE TABLE gateway.idempotency_keys (
        merchant_id uuid NOT NULL,
        livemode boolean NOT NULL,
        key text NOT NULL,
        fingerprint bytea NOT NULL,
        operation_id uuid NOT NULL,
        locked_until timestamptz NOT NULL,
        answer_status integer,
        answer_sealed bytea,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (merchant_id, livemode, key)
      )`);
    await runner.query('CREATE INDEX idempotency_keys_created_at ON gateway.idempotency_keys (created_at)');
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

export const accessMigrations = [
  Access1763683000001,
  ApiKeyNames1763690000001,
  MerchantSettings1763720000001,
  RepeatedInvoiceNumbers1763720000021,
  ChargesAndExpiry1763720000022,
  Plans1763720000023,
  RateWindows1763740000030,
  Brands1763760000040,
  ApiKeyIssuers1763770000050,
  ApiRequests1763790000060,
  ReturnAddresses1795315200004,
];
