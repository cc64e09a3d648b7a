import { installationAlarmTypes, webhookAlarmTypes } from '@paymatch/contracts';
import { bodySchema, common, json, type ApiOperation } from '@paymatch/gateway-edge';
import { AlarmContactsDto } from '../webhook-alarms.controller.js';
import { dataOf, does, listOf, noFields, sets, shows } from './panel-answers.js';
import { beforeQuery, limitQuery } from './panel-queries.js';

const tag = 'Webhooks';
const line = json.orNull(json.text());
const orNullMoment = json.orNull(common.moment);
const secretAnswer = dataOf(json.object({ secret: json.text() }));

const alarm = json.named(
  'WebhookAlarm',
  json.object({
    id: common.uuid,
    type: json.words(webhookAlarmTypes),
    at: common.moment,
    endpoint_id: json.orNull(common.uuid),
    delivery_id: json.orNull(common.uuid),
    payment_id: line,
    url: line,
    budget_used_percent: json.orNull(json.number()),
    failing_since: orNullMoment,
    failed_attempts: json.orNull(json.integer()),
    reason: line,
    last_result: line,
    event: line,
    device_id: json.orNull(common.uuid),
    device_name: line,
    last_heard_at: orNullMoment,
    case_id: json.orNull(common.uuid),
    rate: line,
    base_currency: line,
    quoted_at: orNullMoment,
    notices: json.list(
      json.object({
        channel: json.words(['mail', 'endpoint']),
        status: json.words(['pending', 'sent', 'failed']),
        attempts: json.integer(),
        last_error: line,
        sent_at: orNullMoment,
      }),
      { description: 'What became of telling it.' },
    ),
  }),
);
const contacts = json.named(
  'WebhookAlarmContacts',
  json.object({
    emails: json.list(json.text()),
    url: line,
    quiet_hours: json.orNull(json.object({ from: json.text(), to: json.text(), zone: json.text() })),
    mail_is_sent: json.flag({ description: 'Whether this installation can send mail.' }),
  }),
);

const contactsBody = {
  schema: bodySchema(AlarmContactsDto, 'refused'),
  isRequired: false,
  example: { emails: ['ops@shop.example.com'] },
};

export const alarmOperations: readonly ApiOperation[] = [
  shows({
    path: '/api/panel/v1/webhook-alarms',
    id: 'listWebhookAlarms',
    tag,
    summary: 'What a shop’s people are told of: webhooks, phones, cases, rates; newest first',
    query: {
      type: { schema: json.words(webhookAlarmTypes) },
      endpoint_id: { schema: common.uuid },
      ...limitQuery,
      ...beforeQuery,
    },
    answer: listOf(alarm),
  }),
  shows({
    path: '/api/panel/v1/webhook-alarm-contacts',
    id: 'getWebhookAlarmContacts',
    tag,
    summary: 'Who is told of it',
    answer: dataOf(contacts),
  }),
  sets({
    method: 'patch',
    path: '/api/panel/v1/webhook-alarm-contacts',
    id: 'changeWebhookAlarmContacts',
    tag,
    summary: 'Change who is told; what is absent stays',
    body: contactsBody,
    answer: dataOf(contacts),
  }),
  shows({
    path: '/api/panel/v1/webhook-alarm-contacts/secret',
    id: 'getWebhookAlarmSecret',
    tag,
    summary: 'The secret that signs what the notification endpoint gets',
    answer: secretAnswer,
  }),
  does({
    path: '/api/panel/v1/webhook-alarm-contacts/rotate-secret',
    id: 'rotateWebhookAlarmSecret',
    tag,
    summary: 'Replace it',
    body: noFields,
    status: 200,
    answer: secretAnswer,
  }),
];

const place = '/api/panel/v1/operator/notifications';
const ofOperators = 'Installation';

/** The same for those who run the installation. */
export const operatorNotificationOperations: readonly ApiOperation[] = [
  shows({
    path: place,
    id: 'getOperatorNotifications',
    tag: ofOperators,
    summary: 'Who of those that run the installation is told of it',
    description:
      `Of what: ${installationAlarmTypes.map((type) => `\`${type}\``).join(', ')}. Each is told once; mail waits ` +
      'for the end of quiet hours.',
    answer: dataOf(contacts),
  }),
  sets({
    method: 'patch',
    path: place,
    id: 'changeOperatorNotifications',
    tag: ofOperators,
    summary: 'Change who is told of it; what is absent stays',
    body: contactsBody,
    answer: dataOf(contacts),
  }),
  does({
    path: `${place}/test`,
    id: 'testOperatorNotifications',
    tag: ofOperators,
    summary: 'Tell them of a test',
    body: noFields,
    status: 200,
    answer: dataOf(contacts),
  }),
  shows({
    path: `${place}/secret`,
    id: 'getOperatorNotificationSecret',
    tag: ofOperators,
    summary: 'The secret that signs what the operator’s address gets',
    answer: secretAnswer,
  }),
  does({
    path: `${place}/rotate-secret`,
    id: 'rotateOperatorNotificationSecret',
    tag: ofOperators,
    summary: 'Replace the secret of the operator’s address',
    body: noFields,
    status: 200,
    answer: secretAnswer,
  }),
];
