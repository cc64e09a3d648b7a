import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What keys were answered lately, for whoever connects a shop's server. */
export class ApiRequests1763790000060 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE gateway.api_requests (
        id uuid PRIMARY KEY,
        merchant_id uuid NOT NULL,
        livemode boolean NOT NULL,
        at timestamptz NOT NULL,
        -- As X-Request-Id; a caller may have chosen it.
        request_id text NOT NULL,
        key_id uuid NOT NULL,
        key_name text,
        method text NOT NULL,
        path text NOT NULL,
        status integer NOT NULL,
        error_code text,
        duration_ms integer NOT NULL
      )`);
    await runner.query('CREATE INDEX api_requests_merchant ON gateway.api_requests (merchant_id, livemode, id)');
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
