import type { WebhookEventName, WebhookTestEventView } from '@paymatch/contracts';
import type { SqlRunner, Tx } from '@paymatch/platform-postgres';
import type { AttemptResult } from '@paymatch/webhook-dispatch-domain';
import type { Owner } from '../endpoints/endpoint.store.js';

export interface NewTestEvent extends Owner {
  readonly id: string;
  readonly endpointId: string;
  readonly event: WebhookEventName;
  readonly body: string;
  readonly nowMs: number;
}

/** Under one id once. */
export async function insertTestEvent(tx: Tx, made: NewTestEvent): Promise<void> {
  await tx.query(
    `INSERT INTO webhook_dispatch.test_events (id, merchant_id, livemode, endpoint_id, event, body, created_at, due_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $7) ON CONFLICT (id) DO NOTHING`,
    [
      made.id,
      made.merchantId,
      made.livemode,
      made.endpointId,
      made.event,
      Buffer.from(made.body, 'utf8'),
      new Date(made.nowMs),
    ],
  );
}

/** How many of an owner's are still to be sent. */
export async function countWaiting(runner: SqlRunner, owner: Owner): Promise<number> {
  const { rows } = await runner.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM webhook_dispatch.test_events WHERE merchant_id = $1 AND livemode = $2
      AND due_at IS NOT NULL`,
    [owner.merchantId, owner.livemode],
  );
  return rows[0]!.n;
}

type TestEventRow = {
  readonly id: string;
  readonly endpoint_id: string;
  readonly event: WebhookEventName;
  readonly body: Buffer;
  readonly created_at: Date;
  readonly sent_at: Date | null;
  readonly url: string | null;
  readonly http_status: number | null;
  readonly error: string | null;
  readonly duration_ms: number | null;
  readonly request_headers: Record<string, string> | null;
  readonly answer: Buffer | null;
};

export async function findTestEvent(
  runner: SqlRunner,
  key: Owner & { readonly testEventId: string },
): Promise<WebhookTestEventView | null> {
  const { rows } = await runner.query<TestEventRow>(
    'SELECT * FROM webhook_dispatch.test_events WHERE id = $1 AND merchant_id = $2 AND livemode = $3',
    [key.testEventId, key.merchantId, key.livemode],
  );
  const [row] = rows;
  if (row === undefined) return null;
  return {
    id: row.id,
    endpointId: row.endpoint_id,
    event: row.event,
    body: row.body.toString('utf8'),
    createdAt: row.created_at.toISOString(),
    attempt:
      row.sent_at === null
        ? null
        : {
            at: row.sent_at.toISOString(),
            url: row.url ?? '',
            httpStatus: row.http_status,
            error: row.error,
            durationMs: row.duration_ms ?? 0,
            requestHeaders: row.request_headers ?? {},
            answer: row.answer?.toString('utf8') ?? null,
          },
  };
}

export interface DueTestEvent {
  readonly id: string;
  readonly endpoint_id: string;
  readonly event: WebhookEventName;
  readonly body: Buffer;
  readonly url: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** Some that are due; nobody else takes them before `untilMs`. */
export async function takeTestEvents(
  runner: SqlRunner,
  asked: { readonly limit: number; readonly nowMs: number; readonly untilMs: number },
): Promise<readonly DueTestEvent[]> {
  const { rows } = await runner.query<DueTestEvent>({
    name: 'webhook-test-events-take',
    text: `UPDATE webhook_dispatch.test_events t SET due_at = $3
      FROM (SELECT id FROM webhook_dispatch.test_events WHERE due_at <= $2 ORDER BY due_at LIMIT $1
        FOR UPDATE SKIP LOCKED) due,
        webhook_dispatch.endpoints e
      WHERE t.id = due.id AND e.id = t.endpoint_id RETURNING t.id, t.endpoint_id, t.event, t.body, e.url, e.headers`,
    values: [asked.limit, new Date(asked.nowMs), new Date(asked.untilMs)],
  });
  return rows;
}

export async function saveTestAttempt(
  runner: SqlRunner,
  attempt: {
    readonly id: string;
    readonly atMs: number;
    readonly url: string;
    readonly result: AttemptResult;
    readonly durationMs: number;
    readonly requestHeaders: Readonly<Record<string, string>>;
    readonly answer?: string;
  },
): Promise<void> {
  const { result, answer } = attempt;
  await runner.query(
    `UPDATE webhook_dispatch.test_events
      SET due_at = NULL, sent_at = $2, url = $3, http_status = $4, error = $5, duration_ms = $6,
       request_headers = $7, answer = $8 WHERE id = $1`,
    [
      attempt.id,
      new Date(attempt.atMs),
      attempt.url,
      result.kind === 'answered' ? result.httpStatus : null,
      result.kind === 'failed' ? result.error : null,
      Math.round(attempt.durationMs),
      JSON.stringify(attempt.requestHeaders),
      answer === undefined ? null : Buffer.from(answer, 'utf8'),
    ],
  );
}
