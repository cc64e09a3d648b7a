import { inEnvelope, type PaymentEventData, topics } from '@paymatch/contracts';
import { EventStore, type StoredEvent } from '@paymatch/platform-event-store';
import { LogRelay } from '@paymatch/platform-log';
import type { Message, MessageBus } from '@paymatch/platform-messaging';
import type { Logger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { ExpirySchedule } from './expiry.schedule.js';
import { publishedFacts } from './payment.snapshot.js';
import { RecentFacts } from './recent-streams.js';
import { paymentsSchema } from './payments.migrations.js';

interface RelayOptions {
  readonly database: Database;
  readonly bus: MessageBus;
  readonly logger: Logger;
  /** What this process has appended lately; the rest is folded from the store. */
  readonly recentFacts?: RecentFacts;
}

/**
 * Reads the event table in commit order and publishes each fact with the payment as it stood after it; at least once,
 * in order.
 */
export function createPaymentEventsRelay({
  database,
  bus,
  logger,
  recentFacts = new RecentFacts(),
}: RelayOptions): LogRelay<StoredEvent> {
  const store = new EventStore({ schema: paymentsSchema });
  const schedule = new ExpirySchedule(database.relaxed);
  return new LogRelay<StoredEvent>({
    database,
    name: 'payments.events',
    reader: store.reader(),
    logger,
    batchSize: 500,
    publish: async (rows) => {
      const facts = await factsOf(rows, { store, database, recentFacts });
      // Neither needs the other, and both are done again until both are done.
      await Promise.all([
        schedule.apply(facts.map((message) => message.data)),
        bus.publish(topics.paymentsEvents.name, facts, { isRepeatedAfterCrash: true }),
      ]);
    },
  });
}

/**
 * The batch's rows as messages. A fact that is not remembered is folded; a stream whose first events are not in the
 * batch is loaded whole for it.
 */
async function factsOf(
  rows: readonly StoredEvent[],
  {
    store,
    database,
    recentFacts,
  }: { readonly store: EventStore; readonly database: Database; readonly recentFacts: RecentFacts },
): Promise<readonly Message<PaymentEventData>[]> {
  const factById = new Map<string, PaymentEventData>();
  for (const { messageId } of rows) {
    const fact = recentFacts.take(messageId);
    if (fact !== undefined) factById.set(messageId, fact);
  }
  const inBatch = new Map<string, StoredEvent[]>();
  for (const row of rows.filter(({ messageId }) => !factById.has(messageId))) {
    const events = inBatch.get(row.streamId);
    if (events) events.push(row);
    else inBatch.set(row.streamId, [row]);
  }
  // Folded from the start and without holes: what came from memory is not among these rows.
  const unfinished = [...inBatch]
    .filter(([, events]) => events.some(({ streamVersion }, index) => streamVersion !== index + 1))
    .map(([streamId]) => streamId);
  const loaded =
    unfinished.length === 0 ? new Map<string, readonly StoredEvent[]>() : await store.load(database, unfinished);
  for (const [streamId, events] of inBatch) {
    for (const fact of publishedFacts(loaded.get(streamId) ?? events)) factById.set(fact.eventId, fact);
  }
  return rows.map((row) => {
    const data = factById.get(row.messageId);
    if (!data) throw new Error(`event ${row.messageId} of stream ${row.streamId} was read but is not in its stream`);
    return inEnvelope(data, {
      id: row.messageId,
      source: 'payments',
      key: row.streamId,
      time: row.occurredAt,
      correlationId: row.correlationId,
      causationId: row.causationId,
      traceparent: row.traceparent,
    });
  });
}
