import { EventStore } from '@paymatch/platform-event-store';
import type { Database } from '@paymatch/platform-postgres';
import { ExpirySchedule } from './expiry.schedule.js';
import { publishedFacts } from './payment.snapshot.js';
import { paymentsSchema } from './payments.migrations.js';

const LOOKED_AT_MAX = 500;

/**
 * The payments that this program cannot read from their events, with the reason, among those that something waits for:
 * their time is up or was put off, or their newest events are still to be published.
 */
export async function unreadablePayments(database: Database, nowMs: number): Promise<ReadonlyMap<string, string>> {
  const store = new EventStore({ schema: paymentsSchema });
  const due = await new ExpirySchedule(database).due(nowMs + 60_000, LOOKED_AT_MAX);
  const { rows } = await database.query<{ stream_id: string }>(
    `SELECT e.stream_id FROM payments.events e, payments.reader_checkpoints c
      WHERE c.reader = 'payments.events' AND (e.xid, e.pos) > (c.xid, c.pos) ORDER BY e.xid, e.pos LIMIT $1`,
    [LOOKED_AT_MAX],
  );
  const streams = await store.load(database, [...new Set([...due, ...rows.map((row) => row.stream_id)])]);
  const unreadable = new Map<string, string>();
  for (const [streamId, events] of streams) {
    try {
      publishedFacts(events);
    } catch (error) {
      unreadable.set(streamId, (error as Error).message);
    }
  }
  return unreadable;
}
