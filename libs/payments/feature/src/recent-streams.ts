import type { PaymentEventData } from '@paymatch/contracts';
import type { Database } from '@paymatch/platform-postgres';
import type { LiveStream } from './payment-unit-of-work.js';

const STREAMS_MAX = 5_000;
const FACTS_MAX = 10_000;
/** What has ended is mostly asked for once more, if ever. */
const OPEN: ReadonlySet<string> = new Set(['pending', 'awaiting_verification']);

/**
 * Open payments as this process left them, so that the next command on one of them needs no query. Another instance may
 * have gone on with a payment meanwhile: what is decided here is right only if its events can be appended, which
 * compares versions.
 */
export class RecentStreams {
  private readonly streams = new Map<string, LiveStream>();
  private seenLosses: number;

  constructor(private readonly database: Pick<Database, 'lostConnections'>) {
    this.seenLosses = database.lostConnections;
  }

  /** Copies, for decisions change them. */
  among(streamIds: Iterable<string>): Map<string, LiveStream> {
    this.forgetWhatACrashMayHaveTaken();
    const found = new Map<string, LiveStream>();
    for (const id of streamIds) {
      const stream = this.streams.get(id);
      if (stream !== undefined) found.set(id, { ...stream, factsOf: new Map(stream.factsOf) });
    }
    return found;
  }

  /** After their events were committed. */
  keep(streams: Iterable<LiveStream>): void {
    for (const stream of streams) {
      // One that was only looked at may have been gone on with by another batch.
      if (stream.version < (this.streams.get(stream.id)?.version ?? 0)) continue;
      this.streams.delete(stream.id);
      if (stream.payment === null || !OPEN.has(stream.payment.status)) continue;
      if (this.streams.size >= STREAMS_MAX) this.streams.delete(this.streams.keys().next().value!);
      this.streams.set(stream.id, stream);
    }
  }

  forget(streamIds: Iterable<string>): void {
    for (const id of streamIds) this.streams.delete(id);
  }

  /** A server that came back from a backup or a copy may know less than it told us. */
  private forgetWhatACrashMayHaveTaken(): void {
    if (this.seenLosses === this.database.lostConnections) return;
    this.seenLosses = this.database.lostConnections;
    this.streams.clear();
  }
}

/**
 * Facts of events this process is about to append, by the event's id, so that the relay need not fold them anew. One
 * whose append fails has an id that never stands in the store.
 */
export class RecentFacts {
  private readonly facts = new Map<string, PaymentEventData>();

  keep(facts: readonly PaymentEventData[]): void {
    for (const fact of facts) this.facts.set(fact.eventId, fact);
    for (const id of this.facts.keys()) {
      if (this.facts.size <= FACTS_MAX) return;
      this.facts.delete(id);
    }
  }

  /** Hands it over and keeps it no longer: it is published once. */
  take(eventId: string): PaymentEventData | undefined {
    const fact = this.facts.get(eventId);
    this.facts.delete(eventId);
    return fact;
  }
}
