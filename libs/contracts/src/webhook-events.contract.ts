/** Names a merchant may subscribe to (contract A, Webhooks). */
export const webhookEventNames = [
  'payment.created',
  'payment.awaiting_verification',
  'payment.completed',
  'payment.failed',
  'payment.expired',
  'payment.refunded',
  'payment.review_required',
  'payment.review_resolved',
] as const;
export type WebhookEventName = (typeof webhookEventNames)[number];

/** What an endpoint may ask for: single events, or all of a kind. */
export const webhookEventPatterns = ['payment.*', ...webhookEventNames] as const;
export type WebhookEventPattern = (typeof webhookEventPatterns)[number];

/** What an endpoint gets when the merchant names nothing. */
export const defaultWebhookEvents: readonly WebhookEventPattern[] = [
  'payment.completed',
  'payment.failed',
  'payment.expired',
  'payment.refunded',
];

/** Everything about webhooks belongs to one merchant in one mode. */
export interface OfOwner {
  readonly merchantId: string;
  readonly livemode: boolean;
}

export interface OfEndpoint extends OfOwner {
  readonly endpointId: string;
}
