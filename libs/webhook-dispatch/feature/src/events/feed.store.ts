import type { WebhookEventName, WebhookFeedEvent } from '@paymatch/contracts';
import type { SqlRunner } from '@paymatch/platform-postgres';
import type { Owner } from '../endpoints/endpoint.store.js';

type FeedRow = {
  readonly id: string;
  readonly event: WebhookEventName;
  readonly payment_id: string;
  readonly sequence: number;
  readonly body: Buffer | null;
  readonly at: Date;
};

const OF_OWNER = `ev.merchant_id = $1 AND ev.livemode = $2 AND ev.dialect = 'fastaar'`;
const COLUMNS = 'ev.id, ev.event, ev.payment_id, ev.sequence, ev.body, ev.occurred_at AS at';

export interface FeedQuery extends Owner {
  /** The last event one has; `null`: from the beginning. */
  readonly after: string | null;
  readonly event: WebhookEventName | null;
  readonly limit: number;
  readonly isNewestFirst?: boolean;
}

/** In the order in which they were kept, or backwards; `null` when `after` names no event of this owner. */
export async function readFeed(runner: SqlRunner, query: FeedQuery): Promise<readonly WebhookFeedEvent[] | null> {
  const { merchantId, livemode, after, event, limit } = query;
  const isBackward = query.isNewestFirst === true;
  const end = isBackward ? Number.MAX_SAFE_INTEGER : 0;
  const from = after === null ? end : await positionOf(runner, { merchantId, livemode, eventId: after });
  if (from === null) return null;
  const [beyond, order] = isBackward ? ['<', 'DESC'] : ['>', 'ASC'];
  const { rows } = await runner.query<FeedRow>(
    `SELECT ${COLUMNS} FROM webhook_dispatch.events ev
     WHERE ${OF_OWNER} AND ev.pos ${beyond} $3 AND ($4::text IS NULL OR ev.event = $4) ORDER BY ev.pos ${order}
       LIMIT $5`,
    [merchantId, livemode, from, event, limit],
  );
  return rows.map(feedEvent);
}

export async function findFeedEvent(
  runner: SqlRunner,
  key: Owner & { readonly eventId: string },
): Promise<WebhookFeedEvent | null> {
  const { rows } = await runner.query<FeedRow>(
    `SELECT ${COLUMNS} FROM webhook_dispatch.events ev WHERE ${OF_OWNER} AND ev.id = $3`,
    [key.merchantId, key.livemode, key.eventId],
  );
  return rows[0] === undefined ? null : feedEvent(rows[0]);
}

async function positionOf(runner: SqlRunner, key: Owner & { readonly eventId: string }): Promise<number | null> {
  const { rows } = await runner.query<{ pos: number }>(
    'SELECT pos FROM webhook_dispatch.events WHERE id = $3 AND merchant_id = $1 AND livemode = $2',
    [key.merchantId, key.livemode, key.eventId],
  );
  return rows[0]?.pos ?? null;
}

function feedEvent(row: FeedRow): WebhookFeedEvent {
  return {
    id: row.id,
    event: row.event,
    paymentId: row.payment_id,
    sequence: row.sequence,
    occurredAt: row.at.toISOString(),
    body: row.body?.toString('utf8') ?? null,
  };
}
