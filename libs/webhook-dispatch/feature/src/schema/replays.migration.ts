import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Replays of past events, as jobs that outlive a restart. */
export class Replays1763720000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook_dispatch.replays (
        id uuid PRIMARY KEY,
        merchant_id text NOT NULL,
        livemode boolean NOT NULL,
        endpoint_id uuid NOT NULL,
        scope text NOT NULL CHECK (scope IN ('failed', 'all')),
        since timestamptz NOT NULL,
        status text NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'done', 'cancelled')),
        -- How far it has come, in positions of the owner's events.
        reached_pos bigint NOT NULL,
        end_pos bigint NOT NULL,
        sent_count integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      );
      CREATE INDEX replays_running ON webhook_dispatch.replays (id) WHERE status = 'running';
      CREATE INDEX replays_of_owner ON webhook_dispatch.replays (merchant_id, livemode, id);
    `);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
