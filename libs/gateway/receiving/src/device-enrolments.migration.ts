import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A phone enrols itself by a one-time code, and a device's secret can be replaced while the old one still works for a
 * while.
 */
export class DeviceEnrolments1763690000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE gateway.devices
        ADD COLUMN previous_secret_sealed bytea,
        ADD COLUMN previous_secret_until timestamptz`);
    await runner.query(`
      CREATE TABLE gateway.device_enrolments (
        id uuid PRIMARY KEY,
        merchant_id uuid NOT NULL REFERENCES gateway.merchants (id),
        livemode boolean NOT NULL,
        name text NOT NULL,
        wallets jsonb NOT NULL,
        code_hash bytea NOT NULL UNIQUE,
        expires_at timestamptz NOT NULL,
        device_id uuid REFERENCES gateway.devices (id),
        created_at timestamptz NOT NULL
      )`);
    await runner.query(
      'CREATE INDEX device_enrolments_merchant ON gateway.device_enrolments (merchant_id, livemode, expires_at)',
    );
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
