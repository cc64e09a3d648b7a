import type { PaymentEventData, PaymentSnapshot, WebhookEventName } from '@paymatch/contracts';
import type { RetrySchedule } from '@paymatch/webhook-dispatch-domain';

export type DialectId = PaymentSnapshot['dialect'];

/** Who receives an event of a payment. `id` names the receiver for order, concurrency and health. */
export type Receiver =
  /** The merchant's one endpoint; its URL and filter are looked up. */
  | { readonly kind: 'endpoint'; readonly id: string }
  /** The payment's own address. */
  | { readonly kind: 'callback'; readonly id: string; readonly url: string };

export interface RenderInput {
  readonly deliveryId: string;
  readonly event: WebhookEventName;
  readonly fact: PaymentEventData;
  /** When the fact happened, ISO 8601 UTC. */
  readonly occurredAt: string;
  readonly publicUrl: string;
}

export interface SignInput {
  readonly event: WebhookEventName;
  readonly eventId: string;
  readonly body: string;
  /** The secret in force first, then one that is being replaced. */
  readonly secrets: readonly [string, ...string[]];
  readonly nowMs: number;
}

/** What differs between the contracts of the merchants' side. Everything else of a delivery is the same machinery. */
export interface WebhookDialect {
  readonly schedule: RetrySchedule;
  /** `null`: this dialect tells nobody of that event. */
  receiverOf(payment: PaymentSnapshot, event: WebhookEventName): Receiver | null;
  /** The body's text; rendered once, when the delivery is made, so that all attempts send the same bytes. */
  render(input: RenderInput): string;
  /** The headers of one attempt, signature included. */
  sign(input: SignInput): Record<string, string>;
}
