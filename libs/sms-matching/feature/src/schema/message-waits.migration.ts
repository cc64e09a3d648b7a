import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How long a shop waits for the message of a TrxID; without a row, as long as the installation does. */
export class MessageWaits1763750000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sms_matching.message_waits (
        merchant_id text NOT NULL,
        livemode boolean NOT NULL,
        wait_minutes integer NOT NULL CHECK (wait_minutes BETWEEN 1 AND 10080),
        PRIMARY KEY (merchant_id, livemode)
      )`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
