import { isInstallationAlarm, type InstallationAlarmType, type WebhookAlarmType } from '@paymatch/contracts';
import type { AlarmRow } from './alarm.store.js';

const LINES_MAX = 20;

/** One mail of all that waits: a receiver that is ill for a night must not fill anybody's letter box. */
export function alarmMail(
  alarms: readonly Pick<AlarmRow, 'type' | 'details' | 'at' | 'endpoint_id' | 'delivery_id'>[],
  context: { readonly livemode: boolean; readonly publicUrl: string },
): { readonly subject: string; readonly text: string } {
  const mode = context.livemode ? '' : '[test mode] ';
  const last = alarms.at(-1)!;
  const about = subjectOf(alarms);
  const subject =
    alarms.length === 1 ? headline(last) : `${alarms.length} things about your ${about}, last: ${headline(last)}`;
  const lines = alarms
    .slice(0, LINES_MAX)
    .map((alarm) => `${alarm.at.toISOString()}  ${headline(alarm)}${rest(alarm)}`);
  const more = alarms.length > LINES_MAX ? [`… and ${alarms.length - LINES_MAX} more.`] : [];
  return {
    subject: `${mode}${subject}`,
    text: [...beginning(about, context), '', ...lines, ...more, '', ending(about, context), ''].join('\n'),
  };
}

type About = 'installation' | 'webhooks' | 'shop';

function subjectOf(alarms: readonly Pick<AlarmRow, 'type'>[]): About {
  if (alarms.some(({ type }) => isInstallationAlarm(type))) return 'installation';
  return alarms.every(({ type }) => type.startsWith('endpoint.') || type.startsWith('delivery.')) ? 'webhooks' : 'shop';
}

function beginning(
  about: About,
  { publicUrl, livemode }: { readonly publicUrl: string; readonly livemode: boolean },
): readonly string[] {
  if (about === 'installation') return [`Paymatch at ${publicUrl} tells you about your installation:`];
  const what = about === 'webhooks' ? 'the webhooks of your' : 'your shop and its';
  return [`Paymatch at ${publicUrl} tells you about ${what} ${livemode ? 'live' : 'test'} payments:`];
}

function ending(about: About, { publicUrl }: { readonly publicUrl: string }): string {
  return about === 'installation'
    ? `Whom this is sent to: ${publicUrl}/console/operator/notifications.`
    : 'The whole list: GET /api/panel/v1/webhook-alarms. Whom this is sent to: /api/panel/v1/webhook-alarm-contacts.';
}

function headline({ type, details }: Pick<AlarmRow, 'type' | 'details'>): string {
  return isInstallationAlarm(type) ? ofInstallation(type, details) : ofShop(type, details);
}

function ofInstallation(type: InstallationAlarmType, details: AlarmRow['details']): string {
  const { subject = 'something', reason = 'unknown', count = 0, since = null } = details;
  switch (type) {
    case 'merchant.suspended':
      return `${subject} was suspended: ${reason}`;
    case 'merchant.resumed':
      return `${subject} is no longer suspended`;
    case 'service.silent':
      return `${subject} has said nothing since ${since ?? 'it was started'}`;
    case 'service.not-ready':
      return `${subject} is not ready: ${reason}`;
    case 'service.lagging':
      return `${subject} is behind: ${count} ${count === 1 ? 'message waits' : 'messages wait'}`;
    case 'messages.parked':
      return `${count} ${count === 1 ? 'message is' : 'messages are'} parked at ${subject}: what belongs to them waits`;
    case 'backup.missing':
      return since === null ? 'no backup has been made yet' : `the newest backup is of ${since}`;
    case 'texts.unknown':
      return `${count} messages in a day were of no known form: a provider may have changed its texts`;
    case 'notification.test':
      return 'this is a test: notices about the installation arrive here';
  }
}

function ofShop(type: WebhookAlarmType, details: AlarmRow['details']): string {
  const where = details.url ?? 'a webhook endpoint';
  switch (type) {
    case 'endpoint.failing':
      return `${where} is failing: ${details.budgetUsedPercent} % of its failure budget is used`;
    case 'endpoint.disabled':
      return details.reason === 'gone'
        ? `${where} was disabled: it answered 410 Gone`
        : `${where} was disabled: it has failed for too long. What is meant for it waits, and it is tried from time ` +
            'to time';
    case 'endpoint.recovered':
      return `${where} takes webhooks again; what waited is on its way`;
    case 'delivery.given-up':
      return `a ${details.event} could not be delivered to ${where} and is given up; it can be sent again`;
    case 'case.opened':
      return `money waits for a person (${details.reason ?? 'review'})`;
    case 'phone.silent':
      return (
        `${phone(details)} has not been heard since ${details.lastHeardAt ?? 'it was enrolled'}: what it receives ` +
        'does not arrive here'
      );
    case 'phone.gap':
      return `messages of ${phone(details)} are missing`;
    case 'rate.stale':
      return (details.rate ?? null) === null
        ? `there is no exchange rate for ${details.baseCurrency}: payments in it are refused`
        : `the exchange rate for ${details.baseCurrency} is of ${details.quotedAt}; once it is too old, payments in ` +
            'it are refused';
  }
}

function phone({ deviceName }: AlarmRow['details']): string {
  return (deviceName ?? '') === '' ? 'a phone' : deviceName!;
}

function rest({
  details,
  endpoint_id: endpointId,
  delivery_id: deliveryId,
}: Parameters<typeof alarmMail>[0][number]): string {
  const facts = [
    endpointId === null ? null : `endpoint ${endpointId}`,
    deliveryId === null ? null : `delivery ${deliveryId}`,
    details.caseId === undefined ? null : `case ${details.caseId}`,
    details.failingSince === undefined ? null : `failing since ${details.failingSince}`,
    details.failedAttempts === undefined ? null : `${details.failedAttempts} failed attempts`,
    details.lastResult === undefined ? null : `last result ${details.lastResult}`,
  ].filter((fact) => fact !== null);
  return facts.length === 0 ? '' : `\n    (${facts.join(', ')})`;
}
