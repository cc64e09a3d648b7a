import type { WebhookEndpointFailing } from '@paymatch/contracts';
import type { SqlRunner, Tx } from '@paymatch/platform-postgres';
import { budgetUsedPercent, type FailingSpell } from '@paymatch/webhook-dispatch-domain';

export interface EndpointFailures extends FailingSpell {
  readonly endpointId: string;
  readonly lastResult: string;
  readonly announcedPercent: number;
  readonly probeAtMs: number | null;
  readonly hasRecovered: boolean;
}

type FailuresRow = {
  readonly endpoint_id: string;
  readonly since: Date;
  readonly failed_attempts: number;
  readonly last_failed_at: Date;
  readonly last_result: string;
  readonly told_percent: number;
  readonly probe_at: Date | null;
  readonly recovered_at: Date | null;
};

/** After the endpoints' own locks, and after everything else that attempts lock. */
export async function lockFailures(
  tx: Tx,
  endpointIds: readonly string[],
): Promise<ReadonlyMap<string, EndpointFailures>> {
  const { rows } = await tx.query<FailuresRow>({
    name: 'webhook-failures-lock',
    text: 'SELECT * FROM webhook_dispatch.endpoint_failures WHERE endpoint_id = ANY($1::uuid[]) ORDER BY endpoint_id FOR UPDATE',
    values: [endpointIds],
  });
  return new Map(rows.map((row) => [row.endpoint_id, failuresOf(row)]));
}

/** Those that the watch may have something to do about, from `after` on. */
export async function findFailures(
  runner: SqlRunner,
  asked: { readonly after: string | null; readonly limit: number },
): Promise<readonly EndpointFailures[]> {
  const { rows } = await runner.query<FailuresRow>({
    name: 'webhook-failures-all',
    text: `SELECT * FROM webhook_dispatch.endpoint_failures WHERE $1::uuid IS NULL OR endpoint_id > $1
      ORDER BY endpoint_id LIMIT $2`,
    values: [asked.after, asked.limit],
  });
  return rows.map(failuresOf);
}

export async function saveSpell(
  tx: Tx,
  spell: FailingSpell & { readonly endpointId: string; readonly lastResult: string },
): Promise<void> {
  await tx.query(
    `INSERT INTO webhook_dispatch.endpoint_failures (endpoint_id, since, failed_attempts, last_failed_at, last_result)
     VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (endpoint_id) DO UPDATE
       SET failed_attempts = excluded.failed_attempts, last_failed_at = excluded.last_failed_at,
       last_result = excluded.last_result`,
    [spell.endpointId, new Date(spell.sinceMs), spell.failedAttempts, new Date(spell.lastFailedAtMs), spell.lastResult],
  );
}

export async function markAnnounced(tx: Tx, endpointId: string, announcedPercent: number): Promise<void> {
  await tx.query('UPDATE webhook_dispatch.endpoint_failures SET told_percent = $2 WHERE endpoint_id = $1', [
    endpointId,
    announcedPercent,
  ]);
}

export async function planProbe(tx: Tx, endpointId: string, atMs: number): Promise<void> {
  await tx.query('UPDATE webhook_dispatch.endpoint_failures SET probe_at = $2 WHERE endpoint_id = $1', [
    endpointId,
    new Date(atMs),
  ]);
}

export async function markRecovered(tx: Tx, endpointId: string, nowMs: number): Promise<void> {
  await tx.query(
    'UPDATE webhook_dispatch.endpoint_failures SET recovered_at = coalesce(recovered_at, $2) WHERE endpoint_id = $1',
    [endpointId, new Date(nowMs)],
  );
}

/** What was learnt about an address says nothing about the next one, nor about one that is opened again by hand. */
export async function forgetFailures(tx: Tx, endpointIds: readonly string[]): Promise<void> {
  await tx.query('DELETE FROM webhook_dispatch.endpoint_failures WHERE endpoint_id = ANY($1::uuid[])', [endpointIds]);
}

/** As the endpoints' own views show it. */
export async function failingOf(
  runner: SqlRunner,
  endpointIds: readonly string[],
  budget: { readonly budgetMs: number; readonly nowMs: number },
): Promise<ReadonlyMap<string, WebhookEndpointFailing>> {
  const { rows } = await runner.query<FailuresRow>(
    'SELECT * FROM webhook_dispatch.endpoint_failures WHERE endpoint_id = ANY($1::uuid[])',
    [endpointIds],
  );
  return new Map(
    rows.map((row) => [
      row.endpoint_id,
      {
        since: row.since.toISOString(),
        failedAttempts: row.failed_attempts,
        budgetUsedPercent:
          row.probe_at === null ? budgetUsedPercent(failuresOf(row), budget.budgetMs, budget.nowMs) : 100,
        probeAt: row.probe_at?.toISOString() ?? null,
      },
    ]),
  );
}

function failuresOf(row: FailuresRow): EndpointFailures {
  return {
    endpointId: row.endpoint_id,
    sinceMs: row.since.getTime(),
    failedAttempts: row.failed_attempts,
    lastFailedAtMs: row.last_failed_at.getTime(),
    lastResult: row.last_result,
    announcedPercent: row.told_percent,
    probeAtMs: row.probe_at?.getTime() ?? null,
    hasRecovered: row.recovered_at !== null,
  };
}
