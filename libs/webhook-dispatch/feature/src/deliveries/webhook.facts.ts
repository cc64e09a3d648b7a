import { inEnvelope, newId, topics, type WebhookEvent } from '@paymatch/contracts';
import type { Message } from '@paymatch/platform-messaging';

export const webhookEventsTopic = topics.webhooksEvents.name;

type WithoutId<Fact> = Fact extends WebhookEvent ? Omit<Fact, 'eventId' | 'occurredAt'> : never;

/** A fact of this service as a message; written through the outbox, in the transaction that makes it true. */
export function webhookFact(
  fact: WithoutId<WebhookEvent>,
  context: { readonly nowMs: number; readonly correlationId: string; readonly traceparent?: string | undefined },
): Message<WebhookEvent> {
  const eventId = newId(context.nowMs);
  const occurredAt = new Date(context.nowMs).toISOString();
  const data = { ...fact, eventId, occurredAt };
  return inEnvelope(data, {
    id: eventId,
    source: 'webhook-dispatch',
    key: 'paymentId' in fact ? fact.paymentId : fact.merchantId,
    time: occurredAt,
    correlationId: context.correlationId,
    traceparent: context.traceparent,
  });
}
