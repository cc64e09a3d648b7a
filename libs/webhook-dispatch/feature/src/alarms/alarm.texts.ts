import type { AlarmRow } from './alarm.store.js';

const LINES_MAX = 20;

/** One mail of all that waits: a receiver that is ill for a night must not fill anybody's letter box. */
export function alarmMail(
  alarms: readonly Pick<AlarmRow, 'type' | 'details' | 'at' | 'endpoint_id' | 'delivery_id'>[],
  context: { readonly livemode: boolean; readonly publicUrl: string },
): { readonly subject: string; readonly text: string } {
  const mode = context.livemode ? '' : '[test mode] ';
  const last = alarms.at(-1)!;
  const isOfWebhooks = alarms.every(({ type }) => type.startsWith('endpoint.') || type.startsWith('delivery.'));
  const about = isOfWebhooks ? 'webhooks' : 'shop';
  const subject =
    alarms.length === 1 ? headline(last) : `${alarms.length} things about your ${about}, last: ${headline(last)}`;
  const lines = alarms
    .slice(0, LINES_MAX)
    .map((alarm) => `${alarm.at.toISOString()}  ${headline(alarm)}${rest(alarm)}`);
  const more = alarms.length > LINES_MAX ? [`… and ${alarms.length - LINES_MAX} more.`] : [];
  return {
    subject: `${mode}${subject}`,
    text: [
      `Paymatch at ${context.publicUrl} tells you about ${isOfWebhooks ? 'the webhooks of your' : 'your shop and its'} ${context.livemode ? 'live' : 'test'} payments:`,
      '',
      ...lines,
      ...more,
      '',
      'The whole list: GET /api/panel/v1/webhook-alarms. Whom this is sent to: /api/panel/v1/webhook-alarm-contacts.',
      '',
    ].join('\n'),
  };
}

function headline({ type, details }: Pick<AlarmRow, 'type' | 'details'>): string {
  const where = details.url ?? 'a webhook endpoint';
  switch (type) {
    case 'endpoint.failing':
      return `${where} is failing: ${details.budgetUsedPercent} % of its failure budget is used`;
    case 'endpoint.disabled':
      return details.reason === 'gone'
        ? `${where} was disabled: it answered 410 Gone`
        : `${where} was disabled: it has failed for too long. What is meant for it waits, and it is tried from time to time`;
    case 'endpoint.recovered':
      return `${where} takes webhooks again; what waited is on its way`;
    case 'delivery.given-up':
      return `a ${details.event} could not be delivered to ${where} and is given up; it can be sent again`;
    case 'case.opened':
      return `money waits for a person (${details.reason ?? 'review'})`;
    case 'phone.silent':
      return `${phone(details)} has not been heard since ${details.lastHeardAt ?? 'it was enrolled'}: what it receives does not arrive here`;
    case 'phone.gap':
      return `messages of ${phone(details)} are missing`;
    case 'rate.stale':
      return (details.rate ?? null) === null
        ? `there is no exchange rate for ${details.baseCurrency}: payments in it are refused`
        : `the exchange rate for ${details.baseCurrency} is of ${details.quotedAt}; once it is too old, payments in it are refused`;
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
