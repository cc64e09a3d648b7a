import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was asked with, and how the answer began, at each attempt. */
export class AttemptDetails1763720000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE webhook_dispatch.attempts ADD COLUMN request_headers jsonb, ADD COLUMN answer bytea',
    );
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
