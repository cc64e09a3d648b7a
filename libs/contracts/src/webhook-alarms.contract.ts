import type { PaymentSnapshot } from './payment.contract.js';
import type { OfOwner, WebhookEventName } from './webhook-events.contract.js';

/** What a merchant's people must hear of their webhooks. */
export const webhookAlarmTypes = [
  'endpoint.failing',
  'endpoint.disabled',
  'endpoint.recovered',
  'delivery.given-up',
] as const;
export type WebhookAlarmType = (typeof webhookAlarmTypes)[number];

interface ListAlarms extends OfOwner {
  readonly type: 'ListAlarms';
  readonly alarm: WebhookAlarmType | null;
  readonly endpointId: string | null;
  /** Only those older than this one. */
  readonly before: string | null;
  readonly limit: number;
}

interface GetAlarmContacts extends OfOwner {
  readonly type: 'GetAlarmContacts';
}

/** What is absent stays as it is; no addresses, or no URL, means that nobody is told there. */
interface SetAlarmContacts extends OfOwner {
  readonly type: 'SetAlarmContacts';
  readonly emails?: readonly string[];
  readonly url?: string | null;
}

/** The secret that signs what the notification endpoint gets. */
interface GetAlarmSecret extends OfOwner {
  readonly type: 'GetAlarmSecret';
}

interface RotateAlarmSecret extends OfOwner {
  readonly type: 'RotateAlarmSecret';
}

/** Of what is wrong with a merchant's webhooks, and who is told. */
export type WebhookAlarmCommand = ListAlarms | GetAlarmContacts | SetAlarmContacts | GetAlarmSecret | RotateAlarmSecret;

export interface WebhookAlarmDetails {
  /** Of `endpoint.failing`: the share of the failure budget that is used, 50, 70, 90 or 100. */
  readonly budgetUsedPercent?: number;
  /** When the first attempt failed since the last success. */
  readonly failingSince?: string;
  readonly failedAttempts?: number;
  /** Why the endpoint was disabled: `failing`, or `gone` (it answered 410). */
  readonly reason?: string;
  /** What the last attempt came to: a status, or one word for what went wrong. */
  readonly lastResult?: string;
  readonly url?: string;
  readonly event?: WebhookEventName;
}

export interface WebhookAlarmView {
  readonly id: string;
  readonly type: WebhookAlarmType;
  readonly endpointId: string | null;
  readonly deliveryId: string | null;
  readonly paymentId: string | null;
  /** Of the payment; `null` without one. */
  readonly dialect: PaymentSnapshot['dialect'] | null;
  readonly details: WebhookAlarmDetails;
  readonly at: string;
  /** What became of telling it. */
  readonly notices: readonly {
    readonly channel: 'mail' | 'endpoint';
    readonly status: 'pending' | 'sent' | 'failed';
    readonly attempts: number;
    readonly lastError: string | null;
    readonly sentAt: string | null;
  }[];
}

export interface WebhookAlarmContactsView {
  readonly emails: readonly string[];
  readonly url: string | null;
  /** Whether this installation can send mail. */
  readonly isMailSet: boolean;
}

/** The signer of what a merchant's notification endpoint gets. */
export function alarmSigner(owner: { readonly merchantId: string; readonly livemode: boolean }): string {
  return `alarms:${owner.merchantId}:${owner.livemode ? 'live' : 'test'}`;
}
