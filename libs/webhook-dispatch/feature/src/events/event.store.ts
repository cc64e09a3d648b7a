import type { PaymentSnapshot, WebhookEventName } from '@paymatch/contracts';
import type { Tx } from '@paymatch/platform-postgres';
import type { Owner } from '../endpoints/endpoint.store.js';

/** A fact that merchants may be told of, with the body that tells it: made once, the same for all who hear it. */
export interface NewEvent extends Owner {
  readonly id: string;
  readonly dialect: PaymentSnapshot['dialect'];
  readonly event: WebhookEventName;
  readonly paymentId: string;
  readonly sequence: number;
  /** The payment's own address (contract B). */
  readonly callbackUrl: string | null;
  readonly correlationId: string;
  readonly body: string;
  readonly occurredAt: string;
}

/**
 * Keeps events that are new, and gives the ids of those: the id is the inbox, so a fact that comes again tells nobody
 * anything, whoever has subscribed since. Whoever inserts holds the owner's lock until the commit, so that positions
 * appear in their order and a reader that goes on from the last one it saw misses none.
 */
export async function insertEvents(tx: Tx, events: readonly NewEvent[], nowMs: number): Promise<ReadonlySet<string>> {
  const owners = [...new Set(events.map(({ merchantId, livemode }) => `${merchantId}:${livemode ? 'live' : 'test'}`))];
  for (const owner of owners.sort())
    await tx.query({
      name: 'webhook-events-lock',
      text: `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`,
      values: [`webhook-events:${owner}`],
    });
  const column = <K extends keyof NewEvent>(key: K): readonly NewEvent[K][] => events.map((event) => event[key]);
  const { rows } = await tx.query<{ id: string }>({
    name: 'webhook-events-insert',
    text: `INSERT INTO webhook_dispatch.events (id, merchant_id, livemode, dialect, event, payment_id, sequence,
      callback_url,
        correlation_id, body, occurred_at, recorded_at)
      SELECT id, merchant_id, livemode, dialect, event, payment_id, sequence, callback_url, correlation_id, body,
        occurred_at, $12
      FROM unnest($1::uuid[], $2::text[], $3::boolean[], $4::text[], $5::text[], $6::uuid[], $7::int[], $8::text[],
        $9::text[], $10::bytea[],
        $11::timestamptz[]) WITH ORDINALITY AS fresh
        (id, merchant_id, livemode, dialect, event, payment_id, sequence, callback_url, correlation_id, body,
          occurred_at, n)
      ORDER BY n ON CONFLICT (id) DO NOTHING RETURNING id`,
    values: [
      column('id'),
      column('merchantId'),
      column('livemode'),
      column('dialect'),
      column('event'),
      column('paymentId'),
      column('sequence'),
      column('callbackUrl'),
      column('correlationId'),
      events.map(({ body }) => Buffer.from(body, 'utf8')),
      column('occurredAt'),
      new Date(nowMs),
    ],
  });
  return new Set(rows.map(({ id }) => id));
}

/**
 * Whether there is still something to send; the pruning of old bodies waits until the transaction's end, and finds what
 * it has put on its way.
 */
export async function keepsBody(tx: Tx, eventId: string): Promise<boolean> {
  const { rows } = await tx.query<{ kept: boolean }>(
    'SELECT body IS NOT NULL AS kept FROM webhook_dispatch.events WHERE id = $1 FOR SHARE',
    [eventId],
  );
  return rows[0]?.kept === true;
}
