import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far the pruning of old bodies and attempts has come, and what it had to leave. */
export class Retention1763720000210 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One row.
      CREATE TABLE webhook_dispatch.retention (
        id integer PRIMARY KEY DEFAULT 1 CHECK (id = 1),
        -- Events up to this one were looked at; their ids grow with time.
        reached_event_id uuid NOT NULL,
        -- When the last of those was kept.
        reached_at timestamptz,
        events_pruned bigint NOT NULL DEFAULT 0,
        attempts_pruned bigint NOT NULL DEFAULT 0,
        updated_at timestamptz
      );
      INSERT INTO webhook_dispatch.retention (reached_event_id) VALUES ('00000000-0000-0000-0000-000000000000');

      -- Old, and kept all the same: not delivered yet, or sent again lately.
      CREATE TABLE webhook_dispatch.retention_left (
        event_id uuid PRIMARY KEY,
        look_at timestamptz NOT NULL
      );
      CREATE INDEX retention_left_due ON webhook_dispatch.retention_left (look_at);
    `);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
