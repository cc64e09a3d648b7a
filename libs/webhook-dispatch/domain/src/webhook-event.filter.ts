/** Names of the events a merchant can be told about (contract A, Webhooks). */
export type WebhookEventName =
  | 'payment.created'
  | 'payment.awaiting_verification'
  | 'payment.completed'
  | 'payment.failed'
  | 'payment.expired'
  | 'payment.refunded'
  | 'payment.review_required'
  | 'payment.review_resolved';

/**
 * The webhook that a fact of the payments service gives; facts that are missing here are the house's own business
 * (`money-returned` concerns an operator).
 * A partial refund is `payment.refunded` too: the payment in the body says `partially_refunded`.
 */
const EVENT_BY_FACT: Readonly<Record<string, WebhookEventName>> = {
  'payments.payment-created': 'payment.created',
  'payments.trx-submitted': 'payment.awaiting_verification',
  'payments.payment-completed': 'payment.completed',
  'payments.payment-failed': 'payment.failed',
  'payments.payment-expired': 'payment.expired',
  'payments.refund-recorded': 'payment.refunded',
  'payments.review-required': 'payment.review_required',
  'payments.review-resolved': 'payment.review_resolved',
};

export function webhookEventOf(factType: string): WebhookEventName | null {
  return Object.hasOwn(EVENT_BY_FACT, factType) ? EVENT_BY_FACT[factType]! : null;
}

/** Contract B calls back when a payment is over, and never before. */
const CALLBACK_EVENTS: ReadonlySet<WebhookEventName> = new Set<WebhookEventName>([
  'payment.completed',
  'payment.failed',
  'payment.expired',
]);

export function isCallbackEvent(event: WebhookEventName): boolean {
  return CALLBACK_EVENTS.has(event);
}

export interface EndpointSubscription {
  /** `null`: the merchant has set none (or removed it), and nothing is made for it. */
  readonly url: string | null;
  readonly events: readonly string[];
}

/** What an endpoint may have asked for to hear of this event: the event itself, or all of its family (`payment.*`). */
export function patternsOf(event: WebhookEventName): readonly [event: string, family: string] {
  return [event, `${event.split('.')[0]}.*`];
}

/** A disabled endpoint still gets its deliveries made (held), so that nothing is missing when it comes back. */
export function isSubscribed(endpoint: EndpointSubscription | undefined, event: WebhookEventName): boolean {
  return (
    endpoint !== undefined &&
    endpoint.url !== null &&
    patternsOf(event).some((pattern) => endpoint.events.includes(pattern))
  );
}

/**
 * How a payment ended, or what became of its money. A merchant who hears a newer event of a payment has missed nothing
 * by not hearing an older one, whose sending has failed: the body is the whole payment as it stood. But an outcome is
 * known by its name to whoever listens for it, so only another outcome may take its place.
 */
export const outcomeEvents: readonly WebhookEventName[] = [
  'payment.completed',
  'payment.failed',
  'payment.expired',
  'payment.refunded',
];
