import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Alarms of more than webhooks, and the hours in which a shop's people get no mail. */
export class ShopAlarms1763750000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The types stand in the contract; a list here would have to follow it.
      ALTER TABLE webhook_dispatch.alarms DROP CONSTRAINT alarms_type_check;
      CREATE TABLE webhook_dispatch.alarm_quiet_hours (
        merchant_id text NOT NULL,
        livemode boolean NOT NULL,
        from_minute integer NOT NULL CHECK (from_minute BETWEEN 0 AND 1439),
        to_minute integer NOT NULL CHECK (to_minute BETWEEN 0 AND 1439 AND to_minute <> from_minute),
        zone text NOT NULL,
        PRIMARY KEY (merchant_id, livemode)
      );
    `);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
