import {
  newId,
  type PaymentCommand,
  type PaymentEventData,
  type PaymentReply,
  type PaymentSnapshot,
} from '@paymatch/contracts';
import {
  decide,
  evolve,
  initialState,
  type PaymentCommand as DomainCommand,
  type PaymentEvent,
  type PaymentState,
} from '@paymatch/payments-domain';
import {
  claimId,
  type ClaimName,
  type ClaimRequest,
  type NewEvent,
  type StoredEvent,
} from '@paymatch/platform-event-store';
import type { Message } from '@paymatch/platform-messaging';
import { endAll, goingOn, passingOn, type TraceSpan, type Tracing } from '@paymatch/platform-observability';
import { decodeEvent, encodeEvent, NewerEventError, UnreadableEventError } from './payment-event.codec.js';
import { evolveSnapshot, publishedFact } from './payment.snapshot.js';

export type CommandMessage = Message<PaymentCommand>;

/** One stream while a batch is being decided: what is stored, and what this batch adds. */
export interface LiveStream {
  readonly id: string;
  version: number;
  state: PaymentState;
  payment: PaymentSnapshot | null;
  /** Facts by the command that caused them, so that a repeated command is answered and not carried out again. */
  readonly factsOf: Map<string, readonly PaymentEventData[]>;
  /** Of the last append that was traced: the payment goes on with its trace, whoever asks. */
  traceparent: string | undefined;
}

/** What a batch is decided on. */
export interface Known {
  readonly stored: ReadonlyMap<string, readonly StoredEvent[]>;
  /** Streams that need not be folded. */
  readonly recent: ReadonlyMap<string, LiveStream>;
  readonly claimOwners: ReadonlyMap<string, string>;
  /** Numbers drawn for this batch, one for each refund it may record. */
  readonly refundIds: number[];
  readonly tracing?: Tracing;
}

/**
 * The decisions of one batch, made in memory: streams loaded before, events and claims to append after. Later commands
 * of a batch see what earlier ones decided. Holds no connection.
 */
export class PaymentUnitOfWork {
  readonly newEvents: NewEvent[] = [];
  readonly newFacts: PaymentEventData[] = [];
  readonly newClaims: ClaimRequest[] = [];
  readonly streams: Map<string, LiveStream>;
  private readonly owners: Map<string, string>;
  private readonly appends: TraceSpan[] = [];

  constructor(private readonly known: Known) {
    this.streams = new Map(known.recent);
    this.owners = new Map(known.claimOwners);
  }

  /** Folded only here, so that a stream which cannot be read fails the commands that ask for it and no other one. */
  stream(streamId: string): LiveStream {
    const known = this.streams.get(streamId);
    if (known) return known;
    const stream = loadStream(streamId, this.known.stored.get(streamId) ?? []);
    this.streams.set(streamId, stream);
    return stream;
  }

  /** Who holds a claim, as loaded or as taken earlier in this batch. */
  ownerOf(claim: ClaimName): string | undefined {
    return this.owners.get(claimId(claim));
  }

  take(claim: ClaimName, owner: string): void {
    this.newClaims.push({ ...claim, owner, replaces: this.ownerOf(claim) ?? null });
    this.owners.set(claimId(claim), owner);
  }

  takeRefundId(): number {
    const refundId = this.known.refundIds.shift();
    if (refundId === undefined) throw new Error('more refunds are recorded than numbers were drawn');
    return refundId;
  }

  /** The facts a command has added to a stream before, if it was carried out already. */
  repeatOf(stream: LiveStream, commandId: string): readonly PaymentEventData[] | undefined {
    return stream.factsOf.get(commandId);
  }

  /**
   * Decides one command on one stream and keeps the events for the append. Throws `DomainError` and then changes
   * nothing.
   */
  decide(stream: LiveStream, command: DomainCommand, message: CommandMessage): readonly PaymentEvent[] {
    const events = decide(command, stream.state);
    if (events.length > 0) this.trace(stream, events, message);
    events.forEach((event, index) => this.keep(stream, event, { message, index }));
    return events;
  }

  /** The append is over, or has failed and is made anew. */
  appended(error?: unknown): void {
    endAll(this.appends, error);
  }

  private trace(stream: LiveStream, events: readonly PaymentEvent[], { traceparent, data }: CommandMessage): void {
    if (stream.traceparent === undefined && traceparent === undefined) return;
    const span = (this.known.tracing ?? passingOn).begin('append', {
      kind: 'internal',
      ...goingOn(stream.traceparent, traceparent),
      attributes: {
        'paymatch.payment.id': stream.id,
        'paymatch.command.type': data.type,
        'paymatch.events': events.map(({ type }) => type).join(' '),
      },
    });
    if (span === undefined) return;
    this.appends.push(span);
    stream.traceparent = span.traceparent;
  }

  private keep(
    stream: LiveStream,
    event: PaymentEvent,
    cause: { readonly message: CommandMessage; readonly index: number },
  ): void {
    const { data: command } = cause.message;
    // A command may end another payment on its way (an expired holder of its invoice): that event needs a command id of
    // its own.
    const commandId = stream.id === command.paymentId ? command.commandId : newId();
    const messageId = newId(Date.parse(event.at));
    stream.version += 1;
    stream.state = evolve(stream.state, event);
    stream.payment = evolveSnapshot(stream.payment, event, { id: stream.id, version: stream.version });
    const fact = publishedFact(event, stream.payment, messageId);
    this.newFacts.push(fact);
    stream.factsOf.set(commandId, [...(stream.factsOf.get(commandId) ?? []), fact]);
    this.newEvents.push({
      messageId,
      merchantId: command.merchantId,
      livemode: command.livemode,
      streamId: stream.id,
      streamVersion: stream.version,
      ...encodeEvent(event),
      occurredAt: event.at,
      commandId,
      commandIndex: cause.index,
      correlationId: cause.message.correlationId,
      causationId: cause.message.id,
      traceparent: stream.traceparent,
    });
  }

  /** Answers with the payment as this batch leaves it, and the facts `command` added (also when it is a repeat). */
  reply(stream: LiveStream, commandId: string, outcome: PaymentReply['outcome']): PaymentReply {
    if (stream.payment === null) throw new Error(`payment ${stream.id} has no events to answer with`);
    return { outcome, payment: stream.payment, events: stream.factsOf.get(commandId) ?? [] };
  }
}

function loadStream(id: string, events: readonly StoredEvent[]): LiveStream {
  try {
    return foldStream(id, events);
  } catch (error) {
    if (error instanceof NewerEventError) throw error;
    throw new UnreadableEventError(`payment ${id} cannot be read from its events`, { cause: error });
  }
}

function foldStream(id: string, events: readonly StoredEvent[]): LiveStream {
  const stream: LiveStream = {
    id,
    version: 0,
    state: initialState,
    payment: null,
    factsOf: new Map(),
    traceparent: undefined,
  };
  for (const stored of events) {
    const event = decodeEvent(stored);
    stream.version = stored.streamVersion;
    stream.traceparent = stored.traceparent ?? stream.traceparent;
    stream.state = evolve(stream.state, event);
    stream.payment = evolveSnapshot(stream.payment, event, { id, version: stored.streamVersion });
    const fact = publishedFact(event, stream.payment, stored.messageId);
    stream.factsOf.set(stored.commandId, [...(stream.factsOf.get(stored.commandId) ?? []), fact]);
  }
  return stream;
}
