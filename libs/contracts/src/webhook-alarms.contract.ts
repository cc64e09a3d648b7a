import type { PaymentSnapshot } from './payment.contract.js';
import type { OfOwner, WebhookEventName } from './webhook-events.contract.js';

/** What other services notice, and have told. */
export const raisedAlarmTypes = ['phone.silent', 'phone.gap', 'rate.stale'] as const;
export type RaisedAlarmType = (typeof raisedAlarmTypes)[number];

/** What a merchant's people must hear: of their webhooks, and of all else that waits for them. */
export const webhookAlarmTypes = [
  'endpoint.failing',
  'endpoint.disabled',
  'endpoint.recovered',
  'delivery.given-up',
  'case.opened',
  ...raisedAlarmTypes,
] as const;
export type WebhookAlarmType = (typeof webhookAlarmTypes)[number];

/** What whoever runs the installation must hear. */
export const installationAlarmTypes = [
  'merchant.suspended',
  'merchant.resumed',
  'service.silent',
  'service.not-ready',
  'service.lagging',
  'messages.parked',
  'backup.missing',
  'texts.unknown',
  'notification.test',
] as const;
export type InstallationAlarmType = (typeof installationAlarmTypes)[number];

export type AlarmType = WebhookAlarmType | InstallationAlarmType;

/** Under whose name the installation's own alarms and contacts are kept: no merchant has this id. */
export const installationOwner: OfOwner = { merchantId: '00000000-0000-0000-0000-000000000000', livemode: true };

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
  readonly quietHours?: AlarmQuietHours | null;
}

/** When no mail is sent: from a time of the day to another (`22:00`), by the clock of a zone. */
export interface AlarmQuietHours {
  readonly from: string;
  readonly to: string;
  readonly zone: string;
}

/** Alarms that another service has noticed. */
export interface RaiseAlarms extends OfOwner {
  readonly type: 'RaiseAlarms';
  readonly alarms: readonly {
    /** Of a merchant, or of the installation when that is the owner. */
    readonly alarm: RaisedAlarmType | InstallationAlarmType;
    /** Names what happened: the same is told once, however often it is raised. */
    readonly occasion: string;
    readonly details: WebhookAlarmDetails;
  }[];
}

/** The secret that signs what the notification endpoint gets. */
interface GetAlarmSecret extends OfOwner {
  readonly type: 'GetAlarmSecret';
}

interface RotateAlarmSecret extends OfOwner {
  readonly type: 'RotateAlarmSecret';
}

/** Of what is wrong with a merchant's webhooks, and who is told. */
export type WebhookAlarmCommand =
  ListAlarms | GetAlarmContacts | SetAlarmContacts | GetAlarmSecret | RotateAlarmSecret | RaiseAlarms;

export interface WebhookAlarmDetails {
  /** Of `endpoint.failing`: the share of the failure budget that is used, 50, 70, 90 or 100. */
  readonly budgetUsedPercent?: number;
  /** When the first attempt failed since the last success. */
  readonly failingSince?: string;
  readonly failedAttempts?: number;
  /** Why the endpoint was disabled: `failing`, or `gone` (it answered 410); or why a case was opened. */
  readonly reason?: string;
  /** What the last attempt came to: a status, or one word for what went wrong. */
  readonly lastResult?: string;
  readonly url?: string;
  readonly event?: WebhookEventName;
  /** Of a phone. */
  readonly deviceId?: string;
  readonly deviceName?: string;
  readonly lastHeardAt?: string | null;
  /** Of a case; `reason` says why it was opened. */
  readonly caseId?: string;
  /** Of a rate: decimal text, and when it was set. */
  readonly rate?: string | null;
  readonly baseCurrency?: string;
  readonly quotedAt?: string | null;
  /** Of the installation: what it is about, by its name and its id, with `reason` where there is one. */
  readonly subject?: string;
  readonly subjectId?: string;
  readonly count?: number;
  readonly since?: string | null;
}

export interface WebhookAlarmView {
  readonly id: string;
  readonly type: AlarmType;
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
  /** Earlier programs did not say. */
  readonly quietHours?: AlarmQuietHours | null;
}

/** The signer of what a merchant's notification endpoint gets. */
export function alarmSigner(owner: { readonly merchantId: string; readonly livemode: boolean }): string {
  return `alarms:${owner.merchantId}:${owner.livemode ? 'live' : 'test'}`;
}

/** What an alarm is about, as the panel and the notification endpoint spell it; `null` where it does not apply. */
export function alarmDetailFields(details: WebhookAlarmDetails) {
  return {
    url: details.url ?? null,
    budget_used_percent: details.budgetUsedPercent ?? null,
    failing_since: details.failingSince ?? null,
    failed_attempts: details.failedAttempts ?? null,
    reason: details.reason ?? null,
    last_result: details.lastResult ?? null,
    event: details.event ?? null,
    device_id: details.deviceId ?? null,
    device_name: details.deviceName ?? null,
    last_heard_at: details.lastHeardAt ?? null,
    case_id: details.caseId ?? null,
    rate: details.rate ?? null,
    base_currency: details.baseCurrency ?? null,
    quoted_at: details.quotedAt ?? null,
  };
}

/** The same of an alarm of the installation. */
export function installationAlarmFields(details: WebhookAlarmDetails) {
  return {
    subject: details.subject ?? null,
    subject_id: details.subjectId ?? null,
    reason: details.reason ?? null,
    count: details.count ?? null,
    since: details.since ?? null,
  };
}

export function isInstallationAlarm(type: AlarmType): type is InstallationAlarmType {
  return (installationAlarmTypes as readonly string[]).includes(type);
}
