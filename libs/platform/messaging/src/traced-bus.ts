import { endAll, type Tracing } from '@paymatch/platform-observability';
import type { Message } from './message.js';
import type { MessageBus } from './message-bus.js';

/** Traced calls from outside that are under way, by their correlation id: what they send belongs to them. */
export class TracedCalls {
  private readonly contexts = new Map<string, string>();

  /** More at once are not followed. */
  constructor(private readonly callsMax = 10_000) {}

  begin(correlationId: string, traceparent: string): void {
    if (this.contexts.size < this.callsMax) this.contexts.set(correlationId, traceparent);
  }

  end(correlationId: string): void {
    this.contexts.delete(correlationId);
  }

  /** What a message is a part of. */
  contextOf({ traceparent, correlationId }: Message): string | undefined {
    return traceparent ?? (this.contexts.size === 0 ? undefined : this.contexts.get(correlationId));
  }
}

/** The same bus: messages about something traced carry its context, and each sending is a step of the trace. */
export function tracedBus(
  bus: MessageBus,
  { tracing, calls }: { readonly tracing: Tracing; readonly calls: TracedCalls },
): MessageBus {
  const begin = (kind: 'producer' | 'client', topic: string, message: Message) =>
    tracing.begin(`${kind === 'client' ? 'request' : 'publish'} ${topic}`, {
      kind,
      parent: calls.contextOf(message),
      attributes: attributesOf(topic, message),
    });
  const forget = bus.forget?.bind(bus);
  return {
    ...(forget !== undefined && { forget }),
    async publish(topic, messages, options) {
      if (!messages.some((message) => calls.contextOf(message) !== undefined))
        return bus.publish(topic, messages, options);
      const spans = messages.map((message) => begin('producer', topic, message));
      const traced = messages.map((message, index) => inTrace(message, spans[index]?.traceparent));
      await bus.publish(topic, traced, options).then(
        () => endAll(spans),
        (error: unknown) => {
          endAll(spans, error);
          throw error;
        },
      );
    },
    async request<Reply>(topic: string, command: Message, options: { readonly timeoutMs: number }): Promise<Reply> {
      const span = calls.contextOf(command) === undefined ? undefined : begin('client', topic, command);
      if (span === undefined) return bus.request<Reply>(topic, command, options);
      try {
        const reply = await bus.request<Reply>(topic, inTrace(command, span.traceparent), options);
        span.end();
        return reply;
      } catch (error) {
        span.end({ error });
        throw error;
      }
    },
  };
}

/** The same messages for their handler, with the step that handles each as the context of what comes of it. */
export function tracedHandler<Result>(
  { tracing, group, topic }: { readonly tracing: Tracing; readonly group: string; readonly topic: string },
  handle: (batch: readonly Message[]) => Promise<Result>,
): (batch: readonly Message[]) => Promise<Result> {
  return async (batch) => {
    if (!batch.some(({ traceparent }) => traceparent !== undefined)) return handle(batch);
    const spans = batch.map((message) =>
      tracing.begin(`handle ${topic}`, {
        kind: 'consumer',
        parent: message.traceparent,
        attributes: {
          ...attributesOf(topic, message),
          'messaging.consumer.group.name': group,
          'messaging.batch.message_count': batch.length,
        },
      }),
    );
    try {
      const result = await handle(batch.map((message, index) => inTrace(message, spans[index]?.traceparent)));
      endAll(spans);
      return result;
    } catch (error) {
      endAll(spans, error);
      throw error;
    }
  };
}

function inTrace(message: Message, traceparent: string | undefined): Message {
  return traceparent === undefined ? message : { ...message, traceparent };
}

/**
 * By https://opentelemetry.io/docs/specs/semconv/messaging/. Not the key, which may hold a wallet's number, and no text
 * a caller chose.
 */
function attributesOf(topic: string, { type, id }: Message) {
  return {
    'messaging.system': 'paymatch',
    'messaging.destination.name': topic,
    'messaging.message.id': id,
    'paymatch.message.type': type,
  };
}
