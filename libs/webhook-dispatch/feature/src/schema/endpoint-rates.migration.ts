import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many webhooks a second an endpoint takes at most. */
export class EndpointRates1763720000220 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE webhook_dispatch.endpoints ADD COLUMN rate_per_second integer CHECK (rate_per_second BETWEEN 1 AND 1000);
      -- When the next webhook may go to an endpoint that has a rate; apart from the endpoint, which many lock to read.
      CREATE TABLE webhook_dispatch.endpoint_rates (
        endpoint_id uuid PRIMARY KEY,
        free_at timestamptz NOT NULL
      ) WITH (fillfactor = 50);
    `);
    await runner.query(ROOMS);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

/** As before, and of an endpoint with a rate no more than two seconds of it: what waits for its turn holds a slot of its dispatcher. */
const ROOMS = `
CREATE OR REPLACE FUNCTION webhook_dispatch.rooms(wanted text[], per_receiver int, probing_from int, learnt text[], limits int[],
    at_time timestamptz, alive_until timestamptz)
  RETURNS TABLE (receiver text, room int) LANGUAGE sql STABLE AS $$
  SELECT w.receiver, CASE WHEN h.paused_until > at_time THEN 0 ELSE greatest(0,
      CASE WHEN h.consecutive_failures >= probing_from THEN 1
        ELSE least(coalesce(limits[array_position(learnt, w.receiver)], per_receiver), own.concurrency_max, own.rate_per_second * 2) END
      - (SELECT count(*)::int FROM webhook_dispatch.schedule b
         WHERE b.receiver = w.receiver AND b.lease_id IS NOT NULL AND b.due_at > alive_until)) END
  FROM unnest(wanted) AS w (receiver)
  LEFT JOIN webhook_dispatch.receivers h ON h.id = w.receiver
  LEFT JOIN webhook_dispatch.endpoints own ON own.id = substring(w.receiver FROM '^endpoint:(.*)$')::uuid
$$`;
