import type { Device, DevicePresence, HeartbeatReport } from '@paymatch/gateway-receiving';
import { byteaArray, type Database, int8Array, jsonArray, type Tx } from '@paymatch/platform-postgres';
import type { MessageResult } from './device-uploads.store.js';
import { readNumbers } from './message-numbers.js';

/** One time a device was heard. */
export interface DeviceContact {
  readonly device: Pick<Device, 'id' | 'merchantId' | 'livemode'>;
  readonly now: Date;
  /** Numbers of the messages it handed over. */
  readonly seqs: readonly number[];
  /** `null` when this was no heartbeat. */
  readonly heartbeat: HeartbeatReport | null;
  /** What it handed over at that, to be remembered. */
  readonly uploads: readonly KeptUpload[];
}

/** An upload that was carried out. */
export interface KeptUpload {
  /** The request's number; `null`: a forwarder without numbers. */
  readonly seq: number | null;
  /** Of the contents that were published. */
  readonly hashes: readonly Buffer[];
  readonly results: readonly MessageResult[];
}

const NOTE = `
  WITH before AS (SELECT last_seq FROM gateway.device_presence WHERE device_id = $1::uuid),
  contents AS (
    INSERT INTO gateway.device_messages (device_id, content_hash, arrived_at)
    SELECT $1::uuid::text, hash, $2::timestamptz FROM unnest($7::bytea[]) AS hash ORDER BY hash ON CONFLICT DO NOTHING),
  answers AS (
    UPDATE gateway.device_requests r SET answer = given.answer
      FROM unnest($8::bigint[], $9::json[]) AS given (seq, answer)
     WHERE r.device_id = $1::uuid::text AND r.seq = given.seq AND r.answer IS NULL),
  presence AS (
    INSERT INTO gateway.device_presence AS p (device_id, watched_since, last_heard_at, last_heartbeat_at,
      battery_percent, app_version, last_seq)
    VALUES ($1::uuid, $2::timestamptz, $2::timestamptz, $3::timestamptz, $4::integer, $5::text, $6::bigint)
    ON CONFLICT (device_id) DO UPDATE SET
      last_heard_at = greatest(p.last_heard_at, excluded.last_heard_at), last_heartbeat_at =
        greatest(p.last_heartbeat_at, excluded.last_heartbeat_at),
      battery_percent = coalesce(excluded.battery_percent, p.battery_percent), app_version =
        coalesce(excluded.app_version, p.app_version),
      last_seq = greatest(p.last_seq, excluded.last_seq))
  SELECT last_seq FROM (VALUES (1)) AS one LEFT JOIN before ON true`;

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
   * Notes the contact with all that was handed over, in one statement: the contents, so that they are known again, and
   * the answers, for repeats of the same requests. Runs under the device's lock and takes its row's, so that what else
   * comes of it is done by one gateway after the other, in a statement that sees what was done before. Returns the
   * highest message number known before.
   */
  async note(tx: Tx, contact: DeviceContact): Promise<number | null> {
    const { device, now, heartbeat, seqs, uploads } = contact;
    const numbered = uploads.filter(({ seq }) => seq !== null);
    const { rows } = await tx.query<{ last_seq: number | null }>({
      name: 'device-presence-note',
      text: NOTE,
      values: [
        device.id,
        now,
        heartbeat === null ? null : now,
        heartbeat?.batteryPercent ?? null,
        heartbeat?.appVersion ?? null,
        readNumbers(null, seqs).lastSeq,
        byteaArray(uploads.flatMap(({ hashes }) => hashes)),
        int8Array(numbered.map(({ seq }) => seq)),
        jsonArray(numbered.map(({ results }) => results)),
      ],
    });
    return rows[0]?.last_seq ?? null;
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
