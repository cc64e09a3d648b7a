import type { MigrationInterface, QueryRunner } from 'typeorm';
import { NoteContact1763790000001 } from './note-contact.migration.js';
import { RaisedAlerts1763750000031, UnraisedAlerts1763750000032 } from './raised-alerts.migration.js';
import { DeviceWatch1763690000011 } from './device-watch.migration.js';

/** What devices have uploaded: content hashes for recognising a repeat, and request numbers with their answers. */
export class DeviceUploads1763683200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE gateway.device_messages (
        device_id text NOT NULL,
        content_hash bytea NOT NULL,
        arrived_at timestamptz NOT NULL,
        PRIMARY KEY (device_id, content_hash)
      )`);
    await runner.query(`
      CREATE TABLE gateway.device_requests (
        device_id text NOT NULL,
        seq bigint NOT NULL,
        body_hash bytea NOT NULL,
        answer jsonb,
        arrived_at timestamptz NOT NULL,
        PRIMARY KEY (device_id, seq)
      )`);
    // BRIN: rows come in the order of their time, and only the clearing of old ones asks for it.
    await runner.query('CREATE INDEX device_messages_arrived_at ON gateway.device_messages USING brin (arrived_at)');
    await runner.query('CREATE INDEX device_requests_arrived_at ON gateway.device_requests USING brin (arrived_at)');
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

export const deviceMigrations = [
  DeviceUploads1763683200000,
  DeviceWatch1763690000011,
  RaisedAlerts1763750000031,
  UnraisedAlerts1763750000032,
  NoteContact1763790000001,
];
