import { contractVersion, topics, type PaymentEventData } from '@paymatch/contracts';
import { EventStore, type StoredEvent } from '@paymatch/platform-event-store';
import { LogRelay } from '@paymatch/platform-log';
import type { Message, MessageBus } from '@paymatch/platform-messaging';
import type { Logger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { ExpirySchedule } from './expiry.schedule.js';
import { publishedFacts } from './payment.snapshot.js';
import { paymentsSchema } from './payments.migrations.js';

interface RelayOptions {
  readonly database: Database;
  readonly bus: MessageBus;
  readonly logger: Logger;
}

/** Reads the event table in commit order and publishes each fact with the payment as it stood after it; at least once, in order. */
export function createPaymentEventsRelay({ database, bus, logger }: RelayOptions): LogRelay<StoredEvent> {
  const store = new EventStore({ schema: paymentsSchema });
  const schedule = new ExpirySchedule(database.relaxed);
  return new LogRelay<StoredEvent>({
    database,
    name: 'payments.events',
    reader: store.reader(),
    logger,
    batchSize: 500,
    publish: async (rows) => {
      const facts = await factsOf(rows, store, database);
      await schedule.apply(facts.map((message) => message.data));
      await bus.publish(topics.paymentsEvents.name, facts, { isRepeatedAfterCrash: true });
    },
  });
}

/** The batch's rows as messages. A stream whose first event is not in the batch is loaded whole, since its payment must be folded from the start. */
async function factsOf(
  rows: readonly StoredEvent[],
  store: EventStore,
  database: Database,
): Promise<readonly Message<PaymentEventData>[]> {
  const inBatch = new Map<string, StoredEvent[]>();
  for (const row of rows) {
    const events = inBatch.get(row.streamId);
    if (events) events.push(row);
    else inBatch.set(row.streamId, [row]);
  }
  const unfinished = [...inBatch].filter(([, events]) => events[0]!.streamVersion > 1).map(([streamId]) => streamId);
  const loaded =
    unfinished.length === 0 ? new Map<string, readonly StoredEvent[]>() : await store.load(database, unfinished);
  const factById = new Map<string, PaymentEventData>();
  for (const [streamId, events] of inBatch) {
    for (const fact of publishedFacts(loaded.get(streamId) ?? events)) factById.set(fact.eventId, fact);
  }
  return rows.map((row) => {
    const data = factById.get(row.messageId);
    if (!data) throw new Error(`event ${row.messageId} of stream ${row.streamId} was read but is not in its stream`);
    return {
      id: row.messageId,
      type: data.type,
      source: 'payments',
      key: row.streamId,
      time: row.occurredAt,
      dataVersion: contractVersion,
      correlationId: row.correlationId,
      causationId: row.causationId,
      data,
    };
  });
}
