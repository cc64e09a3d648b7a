import type { OfEndpoint, OfOwner, WebhookEventName, WebhookEventPattern } from './webhook-events.contract.js';
import type { PaymentSnapshot } from './payment.contract.js';
import type { WebhookAlarmCommand } from './webhook-alarms.contract.js';
import type { WebhookFeedCommand } from './webhook-feed.contract.js';
import type { AdvanceTestClock } from './test-clock.contract.js';
import type { WebhookTestEventCommand } from './webhook-test-events.contract.js';

/**
 * `strict`: a payment's event waits until the one before it is delivered or given up. `latest_wins`: an event that has
 * failed once is given up for the next one of its payment.
 */
export const webhookOrders = ['strict', 'latest_wins'] as const;
export type WebhookOrder = (typeof webhookOrders)[number];

/** What a merchant decides about an endpoint. */
export interface WebhookEndpointSettings {
  /** `null`: none for now; what happens meanwhile is not sent, and can be replayed. */
  readonly url: string | null;
  readonly description: string;
  readonly events: readonly WebhookEventPattern[];
  /** Sent with every webhook, beside our own. */
  readonly headers: Readonly<Record<string, string>>;
  readonly order: WebhookOrder;
  /** At most this many at the same time, whatever the receiver can take; `null`: as many as it can. */
  readonly concurrencyMax: number | null;
  /** At most this many a second, over all that send; `null`: as many as it can take. */
  readonly ratePerSecond: number | null;
}

/** The command's message id becomes the endpoint's id, so that a repeated command makes one endpoint. */
interface CreateEndpoint extends OfOwner, WebhookEndpointSettings {
  readonly type: 'CreateEndpoint';
  /** The merchant's own secret, sealed for `endpoint:{id}` (base64); `null`: one is made. */
  readonly secretSealed: string | null;
}

/** What is absent stays as it is. */
interface ChangeEndpoint extends OfEndpoint {
  readonly type: 'ChangeEndpoint';
  readonly url?: string | null;
  readonly description?: string;
  readonly events?: readonly WebhookEventPattern[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly order?: WebhookOrder;
  readonly concurrencyMax?: number | null;
  readonly ratePerSecond?: number | null;
  /** Enables it again, or disables it by hand: what happens meanwhile is held. */
  readonly isEnabled?: boolean;
}

interface RemoveEndpoint extends OfEndpoint {
  readonly type: 'RemoveEndpoint';
}

interface GetEndpoint extends OfEndpoint {
  readonly type: 'GetEndpoint';
}

interface ListEndpoints extends OfOwner {
  readonly type: 'ListEndpoints';
}

interface GetSecret extends OfEndpoint {
  readonly type: 'GetSecret';
}

interface RotateSecret extends OfEndpoint {
  readonly type: 'RotateSecret';
  /** As in `CreateEndpoint`. */
  readonly secretSealed: string | null;
}

/** The secret under which contract B's callbacks are signed. */
interface GetCallbackSecret extends OfOwner {
  readonly type: 'GetCallbackSecret';
}

/** Contract B's header has room for one signature: the new secret signs at once. */
interface RotateCallbackSecret extends OfOwner {
  readonly type: 'RotateCallbackSecret';
}

interface ListDeliveries extends OfOwner {
  readonly type: 'ListDeliveries';
  readonly paymentId: string | null;
  readonly endpointId: string | null;
  readonly status: WebhookDeliveryStatus | null;
  readonly event: WebhookEventName | null;
  /** Made within these moments, ISO 8601; `null` = no end. */
  readonly from: string | null;
  readonly to: string | null;
  /** Only those older than this one. */
  readonly before: string | null;
  readonly limit: number;
}

interface GetDelivery extends OfOwner {
  readonly type: 'GetDelivery';
  readonly deliveryId: string;
}

interface RetryDelivery extends OfOwner {
  readonly type: 'RetryDelivery';
  readonly deliveryId: string;
}

/** Commands on `webhooks.commands` (request/reply), keyed by merchant id. */
export type WebhookCommand =
  | CreateEndpoint
  | ChangeEndpoint
  | RemoveEndpoint
  | GetEndpoint
  | ListEndpoints
  | GetSecret
  | RotateSecret
  | GetCallbackSecret
  | RotateCallbackSecret
  | ListDeliveries
  | GetDelivery
  | RetryDelivery
  | WebhookFeedCommand
  | WebhookAlarmCommand
  | WebhookTestEventCommand
  | AdvanceTestClock;

export interface WebhookEndpointView extends WebhookEndpointSettings {
  readonly id: string;
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly status: 'active' | 'disabled';
  /**
   * `by_hand`, or what the receiver did: `gone` (it answered 410), `failing` (nothing reached it for too long; it is
   * tried from time to time).
   */
  readonly disabledReason: string | null;
  /** Absent while it takes what it is sent. */
  readonly failing?: WebhookEndpointFailing;
  readonly createdAt: string;
}

/** An endpoint that has taken nothing since its last success. */
export interface WebhookEndpointFailing {
  readonly since: string;
  readonly failedAttempts: number;
  readonly budgetUsedPercent: number;
  /** When a disabled one is tried next. */
  readonly probeAt: string | null;
}

/** A signing secret on its way: sealed under the operator's secret for its signer, never in clear on a topic. */
export interface WebhookSecretView {
  /**
   * What the secret signs for, and what it is sealed for: `endpoint:{id}` or `callback:{merchant id}:{live or test}`.
   */
  readonly signer: string;
  /** Base64 of nonce, tag and ciphertext (AES-256-GCM). */
  readonly sealed: string;
}

/** Purpose of the key that seals signing secrets. */
export const webhookSecretPurpose = 'paymatch/webhook-secrets/v1';

/** The signer of an endpoint's webhooks. */
export function endpointSigner(endpointId: string): string {
  return `endpoint:${endpointId}`;
}

/** The signer of contract B's callbacks. */
export function callbackSigner(owner: { readonly merchantId: string; readonly livemode: boolean }): string {
  return `callback:${owner.merchantId}:${owner.livemode ? 'live' : 'test'}`;
}

/**
 * `pending`: waiting, or under way. `superseded`: it had failed, and a newer event of its payment was sent instead.
 * `cancelled`: its endpoint was removed.
 */
export const webhookDeliveryStatuses = ['pending', 'delivered', 'given_up', 'superseded', 'cancelled'] as const;
export type WebhookDeliveryStatus = (typeof webhookDeliveryStatuses)[number];

export interface WebhookDeliveryView {
  readonly id: string;
  /** `null`: a payment's own callback (contract B). */
  readonly endpointId: string | null;
  readonly paymentId: string;
  /** Whose contract the payment is of, and with it how its merchant spells its id. */
  readonly dialect: PaymentSnapshot['dialect'];
  readonly eventId: string;
  readonly event: WebhookEventName;
  readonly sequence: number;
  readonly status: WebhookDeliveryStatus;
  readonly attempts: readonly {
    readonly at: string;
    readonly httpStatus: number | null;
    readonly error: string | null;
    readonly durationMs: number;
  }[];
  readonly nextAttemptAt: string | null;
  readonly createdAt: string;
}

/** One delivery with all that was sent and answered; secrets are masked. */
export interface WebhookDeliveryDetail {
  readonly delivery: WebhookDeliveryView;
  /** `null` once it is too old to be kept. */
  readonly body: string | null;
  /** Of the same attempts as the delivery's, in the same order. */
  readonly exchanges: readonly {
    readonly url: string;
    readonly requestHeaders: Readonly<Record<string, string>> | null;
    /** The first 4 KB of the answer's body. */
    readonly answer: string | null;
  }[];
}

/**
 * Facts on `webhooks.events`, keyed by payment id, or by merchant id: what went wrong. What was delivered is on record,
 * and told to nobody.
 */
export type WebhookEvent =
  | {
      readonly type: 'webhooks.given-up';
      readonly eventId: string;
      readonly merchantId: string;
      readonly livemode: boolean;
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
      readonly livemode: boolean;
      readonly endpointId: string;
      readonly reason: string;
      readonly occurredAt: string;
    }
  | {
      /** It takes webhooks again, and gets what waited. */
      readonly type: 'webhooks.endpoint-recovered';
      readonly eventId: string;
      readonly merchantId: string;
      readonly livemode: boolean;
      readonly endpointId: string;
      readonly occurredAt: string;
    };

export type WebhookRefusalCode =
  | 'ENDPOINT_NOT_FOUND'
  | 'TOO_MANY_ENDPOINTS'
  | 'ENDPOINT_NOT_OPEN'
  | 'DELIVERY_NOT_FOUND'
  | 'DELIVERY_CLOSED'
  | 'DELIVERY_PRUNED'
  | 'EVENT_NOT_FOUND'
  | 'REPLAY_NOT_FOUND'
  | 'ENDPOINT_HAS_NO_URL'
  | 'TEST_EVENT_NOT_FOUND'
  | 'TOO_MANY_TEST_EVENTS'
  | 'URL_NOT_ALLOWED'
  | 'INVALID_COMMAND';
