import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What of each key's quota is given out, one row a key. Not logged: after a crash of the server every quota is whole,
 * and nothing is lost.
 */
export class RateWindows1763740000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE UNLOGGED TABLE gateway.rate_windows (
        key_id uuid PRIMARY KEY,
        ends_at timestamptz NOT NULL,
        taken integer NOT NULL,
        granted integer NOT NULL
      ) WITH (fillfactor = 50)`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
