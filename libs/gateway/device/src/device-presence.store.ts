import type { DevicePresence } from '@paymatch/gateway-receiving';
import { byteaArray, type Database, int8Array, jsonArray, type SqlRunner, type Tx } from '@paymatch/platform-postgres';
import type { ClosedAlert, DeviceContact, Noted } from './device-contact.js';

interface NotedRow {
  is_noted: boolean;
  known_seq: number | null;
  closed: readonly Omit<ClosedAlert, 'deviceId'>[] | null;
}

interface PresenceRow {
  device_id: string;
  last_heard_at: Date | null;
  last_heartbeat_at: Date | null;
  battery_percent: number | null;
  app_version: string | null;
}

/** SQL of `device_presence`: one row per device. */
export class DevicePresenceStore {
  constructor(private readonly database: Database) {}

  /**
   * Notes the contact with all that was handed over: the contents, so that they are known again, and the answers, for
   * repeats of the same requests; and ends the alerts that are over by it. Holds the device's lock until the
   * transaction ends, so that what else comes of it is done by one gateway after the other.
   */
  async note(tx: Tx, contact: DeviceContact): Promise<Noted> {
    return (await this.ask(tx, contact, true))!;
  }

  /** The same where that is all there is to do, in one statement. `null`: it passes over numbers, and is not noted. */
  noteWhole(contact: DeviceContact): Promise<Noted | null> {
    return this.ask(this.database.relaxed, contact, false);
  }

  private async ask(sql: SqlRunner, contact: DeviceContact, mayPassOver: boolean): Promise<Noted | null> {
    const { device, now, heartbeat, seqs, uploads } = contact;
    const numbered = uploads.filter(({ seq }) => seq !== null);
    const { rows } = await sql.query<NotedRow>({
      name: 'device-contact-note',
      text: 'SELECT * FROM gateway.note_contact($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
      values: [
        device.id,
        now,
        heartbeat === null ? null : now,
        heartbeat?.batteryPercent ?? null,
        heartbeat?.appVersion ?? null,
        int8Array(seqs),
        byteaArray(uploads.flatMap(({ hashes }) => hashes)),
        int8Array(numbered.map(({ seq }) => seq)),
        jsonArray(numbered.map(({ results }) => results)),
        mayPassOver,
      ],
    });
    const { is_noted: isNoted, known_seq: lastSeq, closed } = rows[0]!;
    return isNoted ? { lastSeq, closed: (closed ?? []).map((alert) => ({ ...alert, deviceId: device.id })) } : null;
  }

  /** Devices enrolled since the last look count from now on; returns how many. */
  async beginWatching(now: Date, rowsMax: number): Promise<number> {
    const { rowCount } = await this.database.query(
      `INSERT INTO gateway.device_presence (device_id, watched_since)
       SELECT d.id, $1 FROM gateway.devices d
        WHERE d.status = 'active' AND NOT EXISTS (SELECT FROM gateway.device_presence p WHERE p.device_id = d.id)
          LIMIT $2
       ON CONFLICT DO NOTHING`,
      [now, rowsMax],
    );
    return rowCount ?? 0;
  }

  async of(deviceIds: readonly string[]): Promise<ReadonlyMap<string, DevicePresence>> {
    const { rows } = await this.database.query<PresenceRow>(
      'SELECT device_id, last_heard_at, last_heartbeat_at, battery_percent, app_version FROM gateway.device_presence WHERE device_id = ANY($1)',
      [deviceIds],
    );
    return new Map(
      rows.map((row) => [
        row.device_id,
        {
          lastHeardAt: row.last_heard_at?.toISOString() ?? null,
          lastHeartbeatAt: row.last_heartbeat_at?.toISOString() ?? null,
          batteryPercent: row.battery_percent,
          appVersion: row.app_version,
        },
      ]),
    );
  }
}
