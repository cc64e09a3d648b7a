import { isUuid, newId } from '@paymatch/contracts';
import type { Database, Tx } from '@paymatch/platform-postgres';
import type { ClosedAlert, DeviceContact } from './device-contact.js';
import type { AlertsPage, DeviceAlert, NumberRange } from '@paymatch/gateway-receiving';
import { multirange } from './message-numbers.js';

/** Beyond that the newest gap grows: a phone that counts by twos must not fill the table. */
const OPEN_GAPS_MAX = 100;
const RANGES_MAX = 5_000;

interface AlertRow {
  id: string;
  device_id: string;
  merchant_id: string;
  livemode: boolean;
  kind: DeviceAlert['kind'];
  opened_at: Date;
  closed_at: Date | null;
  closed_by: string | null;
  last_heard_at: Date | null;
  gap: readonly NumberRange[] | null;
  missing: readonly NumberRange[] | null;
}

const rangesAsJson = (column: string): string =>
  `(SELECT json_agg(json_build_object('from', lower(r), 'to', upper(r) - 1) ORDER BY lower(r))
    FROM unnest(a.${column}) AS r) AS ${column}`;
const COLUMNS =
  'a.id, a.device_id, a.merchant_id, a.livemode, a.kind, a.opened_at, a.closed_at, a.closed_by, a.last_heard_at, ' +
  `${rangesAsJson('gap')}, ${rangesAsJson('missing')}`;

/** SQL of `device_alerts`. */
export class DeviceAlertsStore {
  constructor(private readonly database: Database) {}

  /** Runs under the lock that the noting of the contact has taken. */
  async openGap(tx: Tx, contact: DeviceContact, missing: readonly NumberRange[]): Promise<void> {
    const { device, now } = contact;
    const { rowCount } = await tx.query(
      `INSERT INTO gateway.device_alerts (id, device_id, merchant_id, livemode, kind, opened_at, gap, missing)
       SELECT $1, $2, $3, $4, 'gap', $5, $6::int8multirange, $6::int8multirange
        WHERE (SELECT count(*) FROM gateway.device_alerts WHERE device_id = $2 AND kind = 'gap'
          AND closed_at IS NULL) < $7`,
      [newId(now.getTime()), device.id, device.merchantId, device.livemode, now, multirange(missing), OPEN_GAPS_MAX],
    );
    if (rowCount === 1) return;
    await tx.query(
      `UPDATE gateway.device_alerts SET gap = gap + $2::int8multirange, missing = missing + $2::int8multirange
        WHERE id = (SELECT id FROM gateway.device_alerts WHERE device_id = $1 AND kind = 'gap' AND closed_at IS NULL
          ORDER BY id DESC LIMIT 1)
          AND (SELECT count(*) FROM unnest(gap)) < $3`,
      [device.id, multirange(missing), RANGES_MAX],
    );
  }

  /**
   * Opens an alert for each active device that was last heard before its limit; returns how many. The devices' rows are
   * locked, so a contact at this moment is either seen here or finds the alert and closes it; rows another gateway
   * looks at are left to it.
   */
  async openSilences(limits: {
    readonly now: Date;
    readonly heardBefore: Date;
    readonly uploadedBefore: Date;
    readonly rowsMax: number;
  }): Promise<number> {
    return this.database.transaction(async (tx) => {
      const { rows } = await tx.query<{
        device_id: string;
        merchant_id: string;
        livemode: boolean;
        last_heard_at: Date | null;
      }>(
        `SELECT p.device_id, d.merchant_id, d.livemode, p.last_heard_at
           FROM gateway.device_presence p JOIN gateway.devices d ON d.id = p.device_id
          WHERE d.status = 'active' AND coalesce(p.last_heard_at, p.watched_since) <= CASE
            WHEN p.last_heartbeat_at IS NULL THEN $1::timestamptz ELSE $2 END
            AND NOT EXISTS (SELECT FROM gateway.device_alerts a WHERE a.device_id = p.device_id AND a.kind = 'silent'
              AND a.closed_at IS NULL)
          ORDER BY p.device_id LIMIT $3 FOR UPDATE OF p SKIP LOCKED`,
        [limits.uploadedBefore, limits.heardBefore, limits.rowsMax],
      );
      if (rows.length === 0) return 0;
      const { rowCount } = await tx.query(
        `INSERT INTO gateway.device_alerts (id, device_id, merchant_id, livemode, kind, opened_at, last_heard_at)
         SELECT id, device_id, merchant_id, livemode, 'silent', $1, last_heard_at
           FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::boolean[], $6::timestamptz[]) AS silent (id, device_id,
             merchant_id, livemode, last_heard_at)
         ON CONFLICT DO NOTHING`,
        [
          limits.now,
          rows.map(() => newId(limits.now.getTime())),
          rows.map((row) => row.device_id),
          rows.map((row) => row.merchant_id),
          rows.map((row) => row.livemode),
          rows.map((row) => row.last_heard_at),
        ],
      );
      return rowCount ?? 0;
    });
  }

  /** A revoked device is nobody's worry any more. */
  async closeRevoked(now: Date, rowsMax: number): Promise<readonly ClosedAlert[]> {
    const { rows } = await this.database.query<{
      id: string;
      device_id: string;
      kind: DeviceAlert['kind'];
      was_announced: boolean;
    }>(
      `UPDATE gateway.device_alerts SET closed_at = $1, closed_by = 'revoked'
        WHERE id IN (SELECT a.id FROM gateway.device_alerts a JOIN gateway.devices d ON d.id = a.device_id
                      WHERE a.closed_at IS NULL AND d.status = 'revoked' LIMIT $2 FOR UPDATE OF a SKIP LOCKED)
        RETURNING id, device_id, kind, told_at IS NOT NULL AS was_announced`,
      [now, rowsMax],
    );
    return rows.map((row) => ({
      id: row.id,
      deviceId: row.device_id,
      kind: row.kind,
      wasAnnounced: row.was_announced,
    }));
  }

  /**
   * Marks open alerts as told and returns them, each to one gateway only. A gap younger than `gapsBefore` may yet be
   * filled by an upload under way.
   */
  async takeUnannounced(times: {
    readonly now: Date;
    readonly gapsBefore: Date;
    readonly rowsMax: number;
  }): Promise<readonly DeviceAlert[]> {
    const { rows } = await this.database.query<AlertRow>(
      `UPDATE gateway.device_alerts a SET told_at = $1
        WHERE a.id IN (SELECT id FROM gateway.device_alerts
                        WHERE closed_at IS NULL AND told_at IS NULL AND (kind = 'silent' OR opened_at <= $2)
                          ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED)
        RETURNING ${COLUMNS}`,
      [times.now, times.gapsBefore, times.rowsMax],
    );
    return rows.map(toAlert);
  }

  /** Newest first. */
  async list(page: AlertsPage): Promise<readonly DeviceAlert[]> {
    const { rows } = await this.database.query<AlertRow>(
      `SELECT ${COLUMNS} FROM gateway.device_alerts a
        WHERE a.merchant_id = $1 AND a.livemode = $2 AND ($3::text IS NULL OR (a.closed_at IS NULL) = ($3 = 'open'))
          AND ($4::uuid IS NULL OR a.id < $4)
        ORDER BY a.id DESC LIMIT $5`,
      [page.merchantId, page.livemode, page.status, page.before, page.limit],
    );
    return rows.map(toAlert);
  }

  async find(key: {
    readonly merchantId: string;
    readonly livemode: boolean;
    readonly alertId: string;
  }): Promise<DeviceAlert | null> {
    if (!isUuid(key.alertId)) return null;
    const {
      rows: [row],
    } = await this.database.query<AlertRow>(
      `SELECT ${COLUMNS} FROM gateway.device_alerts a WHERE a.id = $1 AND a.merchant_id = $2 AND a.livemode = $3`,
      [key.alertId, key.merchantId, key.livemode],
    );
    return row === undefined ? null : toAlert(row);
  }

  async closeGap(alertId: string, by: { readonly now: Date; readonly closedBy: string }): Promise<void> {
    await this.database.query(
      `UPDATE gateway.device_alerts SET closed_at = $2, closed_by = $3 WHERE id = $1 AND kind = 'gap'
        AND closed_at IS NULL`,
      [alertId, by.now, by.closedBy],
    );
  }

  /** Which kinds of alert are open, by device. */
  async openKinds(deviceIds: readonly string[]): Promise<ReadonlyMap<string, readonly DeviceAlert['kind'][]>> {
    const { rows } = await this.database.query<{ device_id: string; kinds: readonly DeviceAlert['kind'][] }>(
      'SELECT device_id, array_agg(DISTINCT kind ORDER BY kind) AS kinds FROM gateway.device_alerts WHERE closed_at IS NULL AND device_id = ANY($1) GROUP BY device_id',
      [deviceIds],
    );
    return new Map(rows.map((row) => [row.device_id, row.kinds]));
  }
}

function toAlert(row: AlertRow): DeviceAlert {
  return {
    id: row.id,
    deviceId: row.device_id,
    merchantId: row.merchant_id,
    livemode: row.livemode,
    kind: row.kind,
    openedAt: row.opened_at.toISOString(),
    closedAt: row.closed_at?.toISOString() ?? null,
    closedBy: row.closed_by,
    lastHeardAt: row.last_heard_at?.toISOString() ?? null,
    gap: row.gap ?? [],
    missing: row.missing ?? [],
  };
}
