import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far each merchant's test mode has been moved forward, and how far its last jump has been carried out. */
export class TestClocks1763750000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE gateway.test_clocks (
        merchant_id uuid PRIMARY KEY,
        -- By all jumps together.
        advanced_ms bigint NOT NULL,
        jump bigint NOT NULL,
        by_ms bigint NOT NULL,
        -- What the last jump was asked to show; the same again is the same jump.
        target_at timestamptz NOT NULL,
        jumped_at timestamptz NOT NULL,
        -- Payments up to this one have followed the last jump.
        after_payment uuid,
        is_finished boolean NOT NULL
      )`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
