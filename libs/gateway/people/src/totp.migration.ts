import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Codes for the day an authenticator is lost, each good once. */
export class RecoveryCodes1763750000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE gateway.recovery_codes (
        user_id uuid NOT NULL REFERENCES gateway.users (id),
        code_hash bytea NOT NULL,
        used_at timestamptz,
        PRIMARY KEY (user_id, code_hash)
      )`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
