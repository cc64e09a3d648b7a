import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Made-up events that merchants send to an endpoint of theirs to see how it takes them; none of them is an event or a delivery. */
export class TestEvents1763720000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook_dispatch.test_events (
        id uuid PRIMARY KEY,
        merchant_id text NOT NULL,
        livemode boolean NOT NULL,
        endpoint_id uuid NOT NULL,
        event text NOT NULL,
        body bytea NOT NULL,
        created_at timestamptz NOT NULL,
        -- While it is due; a dispatcher that takes it sets when another may, should it die. NULL: it was sent.
        due_at timestamptz,
        sent_at timestamptz,
        url text,
        http_status integer,
        error text,
        duration_ms integer,
        request_headers jsonb,
        answer bytea
      );
      CREATE INDEX test_events_due ON webhook_dispatch.test_events (due_at) WHERE due_at IS NOT NULL;
      CREATE INDEX test_events_of_owner ON webhook_dispatch.test_events (merchant_id, livemode, created_at);
    `);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
