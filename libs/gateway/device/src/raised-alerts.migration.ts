import type { MigrationInterface, QueryRunner } from 'typeorm';

function down(): Promise<void> {
  throw new Error('migrations go forward only');
}

/** When an alert was handed to what tells people. */
export class RaisedAlerts1763750000031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE gateway.device_alerts ADD COLUMN raised_at timestamptz');
  }

  down = down;
}

export class UnraisedAlerts1763750000032 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX device_alerts_unraised ON gateway.device_alerts (id) WHERE closed_at IS NULL AND raised_at IS NULL',
    );
  }

  down = down;
}
