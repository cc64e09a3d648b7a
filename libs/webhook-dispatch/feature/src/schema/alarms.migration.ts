import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Endpoints that fail, what their merchants must hear of it, whom it is told, and what became of the telling. */
export class Alarms1763720000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- No row = it takes what it is sent.
      CREATE TABLE webhook_dispatch.endpoint_failures (
        endpoint_id uuid PRIMARY KEY,
        since timestamptz NOT NULL,
        failed_attempts integer NOT NULL,
        last_failed_at timestamptz NOT NULL,
        last_result text NOT NULL,
        told_percent integer NOT NULL DEFAULT 0,
        -- When a disabled one is tried next.
        probe_at timestamptz,
        -- A disabled one has taken the delivery it was tried with.
        recovered_at timestamptz
      );

      CREATE TABLE webhook_dispatch.alarms (
        id uuid PRIMARY KEY,
        merchant_id text NOT NULL,
        livemode boolean NOT NULL,
        type text NOT NULL CHECK (type IN ('endpoint.failing', 'endpoint.disabled', 'endpoint.recovered', 'delivery.given-up')),
        endpoint_id uuid,
        delivery_id uuid,
        payment_id uuid,
        details jsonb NOT NULL,
        at timestamptz NOT NULL,
        -- What happened, in one word: it is told once, whoever finds it.
        occasion text NOT NULL UNIQUE,
        -- Whether it was put down for everyone who is to be told.
        is_shared_out boolean NOT NULL DEFAULT false
      );
      CREATE INDEX alarms_of_owner ON webhook_dispatch.alarms (merchant_id, livemode, id);
      CREATE INDEX alarms_new ON webhook_dispatch.alarms (id) WHERE NOT is_shared_out;

      CREATE TABLE webhook_dispatch.alarm_channels (
        merchant_id text NOT NULL,
        livemode boolean NOT NULL,
        channel text NOT NULL CHECK (channel IN ('mail', 'endpoint')),
        targets text[] NOT NULL CHECK (cardinality(targets) > 0),
        -- Nothing is sent there before this moment: somebody is at it, it has just been told, or it has failed.
        free_at timestamptz NOT NULL,
        PRIMARY KEY (merchant_id, livemode, channel)
      );

      CREATE TABLE webhook_dispatch.alarm_notices (
        alarm_id uuid NOT NULL REFERENCES webhook_dispatch.alarms (id) ON DELETE CASCADE,
        channel text NOT NULL CHECK (channel IN ('mail', 'endpoint')),
        merchant_id text NOT NULL,
        livemode boolean NOT NULL,
        status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'sent', 'failed')),
        attempts integer NOT NULL DEFAULT 0,
        last_error text,
        sent_at timestamptz,
        PRIMARY KEY (alarm_id, channel)
      );
      CREATE INDEX alarm_notices_pending ON webhook_dispatch.alarm_notices (merchant_id, livemode, channel, alarm_id) WHERE status = 'pending';
    `);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
