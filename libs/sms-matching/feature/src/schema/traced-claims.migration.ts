import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The trace that a waiting payment belongs to, so that the message which comes much later goes on with it. */
export class TracedClaims1763760000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sms_matching.claims ADD COLUMN traceparent text');
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
