import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which person a key comes from: what is decided with it is that person's decision. */
export class ApiKeyIssuers1763770000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE gateway.api_keys ADD COLUMN issued_by text');
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
