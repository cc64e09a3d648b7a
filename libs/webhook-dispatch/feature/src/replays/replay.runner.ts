import { endpointSigner, newId, type WebhookEventName } from '@paymatch/contracts';
import type { Clock } from '@paymatch/platform-observability';
import type { Database, Tx } from '@paymatch/platform-postgres';
import { isSubscribed } from '@paymatch/webhook-dispatch-domain';
import { beginAgain, insertDeliveries, lockLines, releaseHeads } from '../deliveries/delivery.store.js';
import { lockEndpoints, type EndpointRow } from '../endpoints/endpoint.store.js';
import { advanceReplay, takeReplay, type ReplayRow } from './replay.store.js';

/** Small enough that no transaction is long, and that new events find their way between two steps. */
const STEP_EVENTS = 100;

interface EventRow {
  readonly id: string;
  readonly pos: number;
  readonly event: WebhookEventName;
  readonly payment_id: string;
  readonly sequence: number;
  readonly delivery_id: string | null;
  readonly delivery_status: string | null;
}

export interface ReplayRunnerOptions {
  readonly database: Database;
  readonly clock: Clock;
  /** Called after a step: deliveries may have become due. */
  readonly onStep: () => void;
}

/**
 * Sends past events again, step by step. Each step and how far it came commit together, so that a crash repeats and
 * loses nothing.
 */
export class ReplayRunner {
  constructor(private readonly options: ReplayRunnerOptions) {}

  /** One step of one replay; `false` when there is none to do. */
  async step(): Promise<boolean> {
    const hasWork = await this.options.database.transaction(async (tx) => {
      const replay = await takeReplay(tx);
      if (replay === null) return false;
      await this.advance(tx, replay);
      return true;
    });
    if (hasWork) this.options.onStep();
    return hasWork;
  }

  private async advance(tx: Tx, replay: ReplayRow): Promise<void> {
    const endpoint = (await lockEndpoints(tx, [replay.endpoint_id], 'SHARE')).get(replay.endpoint_id);
    const events = await nextEvents(tx, replay);
    const wanted =
      endpoint === undefined || endpoint.status === 'removed'
        ? []
        : events.filter((event) => isWanted(event, replay.scope, endpoint));
    const nowMs = this.options.clock.nowMs();
    if (endpoint !== undefined && wanted.length > 0) await sendAgain(tx, wanted, { endpoint, replay, nowMs });
    await advanceReplay(tx, {
      id: replay.id,
      reachedPos: events.at(-1)?.pos ?? replay.end_pos,
      sentCount: wanted.length,
      isDone: events.length < STEP_EVENTS || endpoint?.status === 'removed',
    });
  }
}

/** Locked against being pruned before their deliveries are there. */
async function nextEvents(tx: Tx, replay: ReplayRow): Promise<readonly EventRow[]> {
  const { rows } = await tx.query<EventRow>(
    `SELECT ev.id, ev.pos, ev.event, ev.payment_id, ev.sequence, d.id AS delivery_id, d.status AS delivery_status
     FROM webhook_dispatch.events ev
     LEFT JOIN webhook_dispatch.deliveries d ON d.event_id = ev.id AND d.endpoint_id = $5
     WHERE ev.merchant_id = $1 AND ev.livemode = $2 AND ev.pos > $3 AND ev.pos <= $4 AND ev.dialect = 'fastaar'
       AND ev.body IS NOT NULL AND ev.recorded_at >= $6
     ORDER BY ev.pos LIMIT ${STEP_EVENTS} FOR SHARE OF ev`,
    [replay.merchant_id, replay.livemode, replay.reached_pos, replay.end_pos, replay.endpoint_id, replay.since],
  );
  return rows;
}

/** What waits is on its way already; what was superseded is never sent after the newer one that took its place. */
function isWanted(event: EventRow, scope: ReplayRow['scope'], endpoint: EndpointRow): boolean {
  if (scope === 'failed') return event.delivery_status === 'given_up';
  if (event.delivery_status === null) return isSubscribed({ url: 'any', events: endpoint.events }, event.event);
  return event.delivery_status === 'delivered' || event.delivery_status === 'given_up';
}

async function sendAgain(
  tx: Tx,
  events: readonly EventRow[],
  context: { readonly endpoint: EndpointRow; readonly replay: ReplayRow; readonly nowMs: number },
): Promise<void> {
  const { endpoint, replay, nowMs } = context;
  const receiver = endpointSigner(endpoint.id);
  const lines = events.map((event) => ({ receiver, paymentId: event.payment_id }));
  await lockLines(tx, lines);
  const sentBefore = events.map((event) => event.delivery_id).filter((id) => id !== null);
  if (sentBefore.length > 0) await beginAgain(tx, sentBefore, nowMs);
  const missing = events.filter((event) => event.delivery_id === null);
  if (missing.length > 0)
    await insertDeliveries(
      tx,
      missing.map((event) => ({
        id: newId(nowMs),
        merchantId: replay.merchant_id,
        livemode: replay.livemode,
        endpointId: endpoint.id,
        receiver,
        paymentId: event.payment_id,
        event: event.event,
        eventId: event.id,
        sequence: event.sequence,
      })),
      nowMs,
    );
  await releaseHeads(tx, lines, nowMs);
}
