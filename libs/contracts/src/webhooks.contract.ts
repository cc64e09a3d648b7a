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

/** What an endpoint gets when the merchant names nothing. */
export const defaultWebhookEvents: readonly WebhookEventName[] = [
  'payment.completed',
  'payment.failed',
  'payment.expired',
  'payment.refunded',
];

/** Commands on `webhooks.commands` (request/reply), keyed by merchant id. */
export type WebhookCommand =
  | {
      readonly type: 'SetEndpoint';
      readonly merchantId: string;
      readonly url: string;
      readonly events: readonly WebhookEventName[];
      /** Given only when the secret is to be this one. */
      readonly secret: string | null;
      readonly now: string;
    }
  | { readonly type: 'RemoveEndpoint'; readonly merchantId: string }
  | { readonly type: 'GetEndpoint'; readonly merchantId: string }
  | { readonly type: 'RotateSecret'; readonly merchantId: string; readonly now: string }
  | {
      readonly type: 'ListDeliveries';
      readonly merchantId: string;
      readonly paymentId: string | null;
      readonly limit: number;
    }
  | { readonly type: 'RetryDelivery'; readonly merchantId: string; readonly deliveryId: string; readonly now: string };

export interface WebhookEndpointView {
  readonly merchantId: string;
  /** `null` until the merchant sets one; the secret exists all the same. */
  readonly url: string | null;
  readonly events: readonly WebhookEventName[];
  readonly secret: string;
  readonly status: 'active' | 'disabled';
  readonly disabledReason: string | null;
}

export interface WebhookDeliveryView {
  readonly id: string;
  readonly paymentId: string;
  readonly event: WebhookEventName;
  readonly sequence: number;
  readonly status: 'pending' | 'delivered' | 'given_up';
  readonly attempts: readonly {
    readonly at: string;
    readonly httpStatus: number | null;
    readonly error: string | null;
    readonly durationMs: number;
  }[];
  readonly nextAttemptAt: string | null;
}

/** Facts on `webhooks.events`, keyed by payment id. */
export type WebhookEvent =
  | {
      readonly type: 'webhooks.delivered';
      readonly eventId: string;
      readonly merchantId: string;
      readonly deliveryId: string;
      readonly paymentId: string;
      readonly event: WebhookEventName;
      readonly attempts: number;
      readonly occurredAt: string;
    }
  | {
      readonly type: 'webhooks.given-up';
      readonly eventId: string;
      readonly merchantId: string;
      readonly deliveryId: string;
      readonly paymentId: string;
      readonly event: WebhookEventName;
      readonly attempts: number;
      readonly occurredAt: string;
    }
  | {
      readonly type: 'webhooks.endpoint-disabled';
      readonly eventId: string;
      readonly merchantId: string;
      readonly reason: string;
      readonly occurredAt: string;
    };

export type WebhookRefusalCode = 'ENDPOINT_NOT_SET' | 'DELIVERY_NOT_FOUND' | 'URL_NOT_ALLOWED' | 'INVALID_COMMAND';
