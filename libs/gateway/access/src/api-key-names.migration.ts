import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is done with a key is done in somebody's name. */
export class ApiKeyNames1763690000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE gateway.api_keys ADD COLUMN name text');
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
