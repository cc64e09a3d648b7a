import type { PaymentEventData, PaymentSnapshot, WebhookEventName } from '@paymatch/contracts';
import type { RetrySchedule } from '@paymatch/webhook-dispatch-domain';

export type DialectId = PaymentSnapshot['dialect'];

/** Who is told of an event of a payment. */
export type Audience =
  /** The merchant's endpoints of the payment's mode, each by its own filter. */
  | { readonly kind: 'endpoints' }
  /** The payment's own address. `receiver` names it for order, concurrency and health. */
  | { readonly kind: 'callback'; readonly receiver: string; readonly url: string };

export interface RenderInput {
  readonly event: WebhookEventName;
  readonly fact: PaymentEventData;
  /** When the fact happened, ISO 8601 UTC. */
  readonly occurredAt: string;
  readonly publicUrl: string;
}

export interface SignInput {
  /** A payment's event, or what merchants are told of their webhooks. */
  readonly event: string;
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
  audienceOf(payment: PaymentSnapshot, event: WebhookEventName): Audience | null;
  /** The body's text; rendered once, when the event is kept, so that everybody gets the same bytes at every attempt. */
  render(input: RenderInput): string;
  /** The headers of one attempt, signature included. */
  sign(input: SignInput): Record<string, string>;
}
