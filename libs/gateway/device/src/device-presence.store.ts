import type { Device, DevicePresence, HeartbeatReport } from '@paymatch/gateway-receiving';
import type { Database, Tx } from '@paymatch/platform-postgres';

/** One time a device was heard. */
export interface DeviceContact {
  readonly device: Pick<Device, 'id' | 'merchantId' | 'livemode'>;
  readonly now: Date;
  /** Numbers of the messages it handed over. */
  readonly seqs: readonly number[];
  /** `null` when this was no heartbeat. */
  readonly heartbeat: HeartbeatReport | null;
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
   * Notes the contact and locks the device's row, so that what else comes of it is done by one gateway after the other. Returns the
   * highest message number known before.
   */
  async note(tx: Tx, contact: DeviceContact): Promise<number | null> {
    const { device, now, heartbeat } = contact;
    const {
      rows: [row],
    } = await tx.query<{ last_seq: number | null }>(
      `INSERT INTO gateway.device_presence AS p (device_id, watched_since, last_heard_at, last_heartbeat_at, battery_percent, app_version)
       VALUES ($1, $2, $2, $3, $4, $5)
       ON CONFLICT (device_id) DO UPDATE SET
         last_heard_at = greatest(p.last_heard_at, excluded.last_heard_at), last_heartbeat_at = greatest(p.last_heartbeat_at, excluded.last_heartbeat_at),
         battery_percent = coalesce(excluded.battery_percent, p.battery_percent), app_version = coalesce(excluded.app_version, p.app_version)
       RETURNING last_seq`,
      [
        device.id,
        now,
        heartbeat === null ? null : now,
        heartbeat?.batteryPercent ?? null,
        heartbeat?.appVersion ?? null,
      ],
    );
    return row!.last_seq;
  }

  async setLastSeq(tx: Tx, deviceId: string, lastSeq: number): Promise<void> {
    await tx.query('UPDATE gateway.device_presence SET last_seq = $2 WHERE device_id = $1', [deviceId, lastSeq]);
  }

  /** Devices enrolled since the last look count from now on; returns how many. */
  async beginWatching(now: Date, rowsMax: number): Promise<number> {
    const { rowCount } = await this.database.query(
      `INSERT INTO gateway.device_presence (device_id, watched_since)
       SELECT d.id, $1 FROM gateway.devices d
        WHERE d.status = 'active' AND NOT EXISTS (SELECT FROM gateway.device_presence p WHERE p.device_id = d.id) LIMIT $2
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
