import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is unfinished, apart from what is kept: a delivery is written once and once more when it ends; everything between, claims, leases,
 * retries, happens in a small row beside it that is deleted at the end.
 */
export class Schedule1763720000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook_dispatch.schedule (
        delivery_id uuid PRIMARY KEY,
        receiver text NOT NULL,
        endpoint_id uuid,
        payment_id uuid NOT NULL,
        sequence integer NOT NULL,
        event text NOT NULL,
        -- Attempts since it was made or last asked for again; the attempts table has them all.
        attempts_made integer NOT NULL DEFAULT 0,
        -- When it is due; while leased, when the lease ends. NULL: held, or behind an earlier one of its payment.
        due_at timestamptz,
        -- Its time has come, and nobody has taken it: only receivers that have such rows are visited.
        is_ready boolean NOT NULL DEFAULT false,
        -- When it was due before its endpoint closed.
        held_due_at timestamptz,
        lease_id uuid,
        CHECK (due_at IS NOT NULL OR NOT (is_ready OR lease_id IS NOT NULL))
      ) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);

      INSERT INTO webhook_dispatch.schedule
        (delivery_id, receiver, endpoint_id, payment_id, sequence, event, attempts_made, due_at, held_due_at, lease_id)
      SELECT id, receiver, endpoint_id, payment_id, sequence, event, attempts_made, next_attempt_at, held_due_at, lease_id
      FROM webhook_dispatch.deliveries WHERE status = 'pending';

      CREATE INDEX schedule_line ON webhook_dispatch.schedule (receiver, payment_id, sequence);
      CREATE INDEX schedule_ready ON webhook_dispatch.schedule (receiver, due_at) WHERE is_ready;
      CREATE INDEX schedule_coming ON webhook_dispatch.schedule (due_at) WHERE due_at IS NOT NULL AND NOT is_ready;
      CREATE INDEX schedule_leased ON webhook_dispatch.schedule (receiver) WHERE lease_id IS NOT NULL;

      -- Their indexes go with them.
      ALTER TABLE webhook_dispatch.deliveries
        DROP COLUMN attempts_made, DROP COLUMN next_attempt_at, DROP COLUMN held_due_at, DROP COLUMN lease_id,
        -- Room for the new state beside the row: no index has to learn of it then.
        SET (fillfactor = 85);
    `);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

/** Index builds alone. None holds what changes when a delivery ends. */
export class LeanDeliveryIndexes1763720000101 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX deliveries_at_endpoint ON webhook_dispatch.deliveries (endpoint_id, id);
      DROP INDEX webhook_dispatch.deliveries_of_endpoint;
      CREATE UNIQUE INDEX attempts_key ON webhook_dispatch.attempts (delivery_id, id);
      ALTER TABLE webhook_dispatch.attempts DROP CONSTRAINT attempts_pkey, ADD CONSTRAINT attempts_pkey PRIMARY KEY USING INDEX attempts_key;
      DROP INDEX webhook_dispatch.attempts_of_delivery;
    `);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
