import type { SqlRunner } from '@paymatch/platform-postgres';

/** An open alert that its merchant's people have not been told of. */
export interface UnraisedAlert {
  readonly id: string;
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly kind: 'silent' | 'gap';
  readonly deviceId: string;
  readonly deviceName: string;
  readonly lastHeardAt: string | null;
}

/** Those the log was told of, oldest first; what is a day old is old news. */
export async function unraisedAlerts(
  runner: SqlRunner,
  asked: { readonly openedAfter: Date; readonly rowsMax: number },
): Promise<readonly UnraisedAlert[]> {
  const { rows } = await runner.query<{
    id: string;
    merchant_id: string;
    livemode: boolean;
    kind: 'silent' | 'gap';
    device_id: string;
    name: string;
    last_heard_at: Date | null;
  }>(
    `SELECT a.id, a.merchant_id, a.livemode, a.kind, a.device_id, d.name, a.last_heard_at
       FROM gateway.device_alerts a JOIN gateway.devices d ON d.id = a.device_id
      WHERE a.closed_at IS NULL AND a.told_at IS NOT NULL AND a.raised_at IS NULL AND a.opened_at > $1
      ORDER BY a.id LIMIT $2`,
    [asked.openedAfter, asked.rowsMax],
  );
  return rows.map((row) => ({
    id: row.id,
    merchantId: row.merchant_id,
    livemode: row.livemode,
    kind: row.kind,
    deviceId: row.device_id,
    deviceName: row.name,
    lastHeardAt: row.last_heard_at?.toISOString() ?? null,
  }));
}

/** After they were told: told again by another gateway at the same moment, they are one occasion. */
export async function noteRaised(runner: SqlRunner, ids: readonly string[], now: Date): Promise<void> {
  await runner.query('UPDATE gateway.device_alerts SET raised_at = $2 WHERE id = ANY($1::uuid[])', [ids, now]);
}
