import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When the page of a payment was opened, and how often. Nothing of whoever opened it. */
export class PageOpenings1795308400001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE gateway.page_openings (
        payment_id uuid PRIMARY KEY,
        merchant_id uuid NOT NULL,
        livemode boolean NOT NULL,
        first_opened_at timestamptz NOT NULL,
        opened_count integer NOT NULL
      ) WITH (fillfactor = 80)`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
