import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When each device was last heard and which of its messages are missing, and the alerts that come of it. */
export class DeviceWatch1763690000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE gateway.device_presence (
        device_id uuid PRIMARY KEY,
        watched_since timestamptz NOT NULL,
        last_heard_at timestamptz,
        last_heartbeat_at timestamptz,
        battery_percent integer,
        app_version text,
        last_seq bigint
      ) WITH (fillfactor = 70)`);
    await runner.query(`
      CREATE TABLE gateway.device_alerts (
        id uuid PRIMARY KEY,
        device_id uuid NOT NULL,
        merchant_id uuid NOT NULL,
        livemode boolean NOT NULL,
        kind text NOT NULL CHECK (kind IN ('silent', 'gap')),
        opened_at timestamptz NOT NULL,
        told_at timestamptz,
        closed_at timestamptz,
        closed_by text,
        last_heard_at timestamptz,
        gap int8multirange,
        missing int8multirange,
        CHECK ((kind = 'gap') = (missing IS NOT NULL)),
        CHECK ((closed_at IS NULL) = (closed_by IS NULL))
      )`);
    // One silence is one alert, however many gateways look.
    await runner.query(
      `CREATE UNIQUE INDEX device_alerts_one_silence ON gateway.device_alerts (device_id) WHERE kind = 'silent' AND closed_at IS NULL`,
    );
    await runner.query(
      'CREATE INDEX device_alerts_open ON gateway.device_alerts (device_id, id) WHERE closed_at IS NULL',
    );
    await runner.query(
      'CREATE INDEX device_alerts_untold ON gateway.device_alerts (id) WHERE closed_at IS NULL AND told_at IS NULL',
    );
    await runner.query('CREATE INDEX device_alerts_merchant ON gateway.device_alerts (merchant_id, livemode, id)');
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
