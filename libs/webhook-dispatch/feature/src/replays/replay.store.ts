import type { WebhookReplayView } from '@paymatch/contracts';
import type { SqlRunner, Tx } from '@paymatch/platform-postgres';
import type { Owner } from '../endpoints/endpoint.store.js';

export type ReplayRow = {
  readonly id: string;
  readonly merchant_id: string;
  readonly livemode: boolean;
  readonly endpoint_id: string;
  readonly scope: 'failed' | 'all';
  readonly since: Date;
  readonly status: WebhookReplayView['status'];
  readonly reached_pos: number;
  readonly end_pos: number;
  readonly sent_count: number;
  readonly left_count?: number;
  readonly created_at: Date;
};

export interface NewReplay extends Owner {
  readonly id: string;
  readonly endpointId: string;
  readonly scope: 'failed' | 'all';
  readonly since: string;
  readonly nowMs: number;
}

/** Of what had been kept when it was asked for. Under one id once. */
export async function insertReplay(tx: Tx, replay: NewReplay): Promise<void> {
  await tx.query(
    `INSERT INTO webhook_dispatch.replays
       (id, merchant_id, livemode, endpoint_id, scope, since, reached_pos, end_pos, created_at, updated_at)
     SELECT $1, $2, $3, $4, $5, $6::timestamptz,
       coalesce((SELECT min(pos) - 1 FROM webhook_dispatch.events WHERE merchant_id = $2 AND livemode = $3
         AND recorded_at >= $6::timestamptz), 0),
       coalesce((SELECT max(pos) FROM webhook_dispatch.events WHERE merchant_id = $2
         AND livemode = $3), 0), $7::timestamptz, $7::timestamptz
     ON CONFLICT (id) DO NOTHING`,
    [
      replay.id,
      replay.merchantId,
      replay.livemode,
      replay.endpointId,
      replay.scope,
      replay.since,
      new Date(replay.nowMs),
    ],
  );
}

const LEFT = `(SELECT count(*)::int FROM (SELECT 1 FROM webhook_dispatch.events ev
  WHERE ev.merchant_id = r.merchant_id AND ev.livemode = r.livemode AND ev.pos > r.reached_pos AND ev.pos <= r.end_pos
    LIMIT 100000) l)`;

export async function findReplays(
  runner: SqlRunner,
  filter: Owner & { readonly replayId: string | null; readonly limit: number },
): Promise<readonly WebhookReplayView[]> {
  const { rows } = await runner.query<ReplayRow>(
    `SELECT r.*, CASE WHEN r.status = 'running' THEN ${LEFT} ELSE 0 END AS left_count FROM webhook_dispatch.replays r
     WHERE r.merchant_id = $1 AND r.livemode = $2 AND ($3::uuid IS NULL OR r.id = $3) ORDER BY r.id DESC LIMIT $4`,
    [filter.merchantId, filter.livemode, filter.replayId, filter.limit],
  );
  return rows.map((row) => ({
    id: row.id,
    endpointId: row.endpoint_id,
    scope: row.scope,
    since: row.since.toISOString(),
    status: row.status,
    sentCount: row.sent_count,
    leftCount: row.left_count ?? 0,
    createdAt: row.created_at.toISOString(),
  }));
}

export async function cancelReplay(runner: SqlRunner, key: Owner & { readonly replayId: string }): Promise<void> {
  await runner.query(
    `UPDATE webhook_dispatch.replays SET status = 'cancelled'
     WHERE id = $1 AND merchant_id = $2 AND livemode = $3 AND status = 'running'`,
    [key.replayId, key.merchantId, key.livemode],
  );
}

/** One that runs and that nobody else is at; its lock is held until the step is committed. */
export async function takeReplay(tx: Tx): Promise<ReplayRow | null> {
  const { rows } = await tx.query<ReplayRow>(
    `SELECT * FROM webhook_dispatch.replays WHERE status = 'running' ORDER BY updated_at LIMIT 1
      FOR UPDATE SKIP LOCKED`,
  );
  return rows[0] ?? null;
}

export async function advanceReplay(
  tx: Tx,
  replay: { readonly id: string; readonly reachedPos: number; readonly sentCount: number; readonly isDone: boolean },
): Promise<void> {
  await tx.query(
    `UPDATE webhook_dispatch.replays SET reached_pos = $2, sent_count = sent_count + $3, status = CASE
      WHEN $4 THEN 'done' ELSE status END,
       updated_at = clock_timestamp() WHERE id = $1`,
    [replay.id, replay.reachedPos, replay.sentCount, replay.isDone],
  );
}
