import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The last jump of each merchant's test clock that was taken here: one that comes again moves nothing. */
export class TestClocks1763750000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook_dispatch.test_clocks (
        merchant_id text PRIMARY KEY,
        last_jump bigint NOT NULL
      )`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
