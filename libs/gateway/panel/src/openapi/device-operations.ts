import { bodySchema, common, json, type ApiOperation } from '@paymatch/gateway-edge';
import { NewDeviceDto, RotateSecretDto } from '../devices.dto.js';
import { ParseMessagesDto } from '../parse-messages.controller.js';
import { dataOf, does, listOf, noFields, sets, shows, why } from './panel-answers.js';
import { beforeQuery, limitQuery } from './panel-queries.js';

const tag = 'Phones';
const orNullMoment = json.orNull(common.moment);
const line = json.orNull(json.text());
const ranges = json.list(json.object({ from: json.integer(), to: json.integer() }));

const wallets = json.list(json.object({ wallet_id: common.uuid, sim_slot: json.orNull(json.integer()) }));
const deviceFields = {
  id: common.uuid,
  livemode: json.flag(),
  name: json.text(),
  status: json.words(['active', 'revoked']),
  wallets,
};
const secretFields = {
  ...deviceFields,
  secret: json.text({ description: 'Shown this once.' }),
  upload_url: json.text(),
  forward_url: json.text(),
  forward_heartbeat_url: json.text(),
  smsgate_url: json.text(),
};
const alertKind = json.words(['silent', 'gap']);

const alert = json.named(
  'DeviceAlert',
  json.object({
    id: common.uuid,
    device_id: common.uuid,
    livemode: json.flag(),
    kind: alertKind,
    opened_at: common.moment,
    closed_at: orNullMoment,
    closed_by: line,
    last_heard_at: orNullMoment,
    gap: ranges,
    missing: ranges,
  }),
);

const device = json.named(
  'Device',
  json.object({
    ...deviceFields,
    health: json.words(['ok', 'alert', 'not_heard_yet', 'revoked']),
    open_alerts: json.list(alertKind),
    last_heard_at: orNullMoment,
    last_heartbeat_at: orNullMoment,
    battery_percent: json.orNull(json.integer()),
    app_version: line,
  }),
);

const reading = json.object({
  outcome: json.words(['credit', 'debit', 'neutral', 'review', 'fraud_suspect']),
  direction: json.words(['in', 'out', 'none']),
  creditable: json.flag(),
  amount: line,
  trx_id: line,
  counterparty: line,
  fee: line,
  balance: line,
  at: line,
  template: line,
  reasons: json.list(json.text()),
});

const example = { name: 'Counter', wallets: [{ wallet_id: '0197a6f0-0000-7000-8000-000000000001', sim_slot: 1 }] };

const devices: readonly ApiOperation[] = [
  shows({
    path: '/api/panel/v1/devices',
    id: 'listDevices',
    tag,
    summary: 'Phones, and how they are doing',
    answer: listOf(device),
  }),
  does({
    path: '/api/panel/v1/devices',
    id: 'enrolDevice',
    tag,
    summary: 'Enrol a phone by hand',
    body: { schema: bodySchema(NewDeviceDto, 'refused'), isRequired: true, example },
    status: 201,
    answer: dataOf(json.object(secretFields)),
    refusals: { isPlanned: true },
  }),
  does({
    path: '/api/panel/v1/device-enrolments',
    id: 'issueEnrolmentCode',
    tag,
    summary: 'A code for a phone to enrol itself with, once and within ten minutes',
    body: { schema: bodySchema(NewDeviceDto, 'refused'), isRequired: true, example },
    status: 201,
    answer: dataOf(
      json.object({
        id: common.uuid,
        livemode: json.flag(),
        name: json.text(),
        wallets,
        code: json.text({ description: 'Shown this once.' }),
        expires_at: common.moment,
        enrolment_url: json.text({ description: 'The text of the QR code.' }),
        qr_svg: json.text(),
      }),
    ),
    refusals: { isPlanned: true },
  }),
  sets({
    method: 'post',
    path: '/api/panel/v1/devices/:id/revoke',
    id: 'revokeDevice',
    tag,
    summary: 'Revoke a phone at once',
    body: why,
    answer: dataOf(json.object(deviceFields)),
  }),
  does({
    path: '/api/panel/v1/devices/:id/rotate-secret',
    id: 'rotateDeviceSecret',
    tag,
    summary: 'Replace a phone’s secret',
    description: 'The old one ends at once, unless an overlap is asked for.',
    body: { schema: bodySchema(RotateSecretDto, 'refused'), isRequired: false, example: { overlap_minutes: 30 } },
    status: 200,
    answer: dataOf(json.object({ ...secretFields, previous_secret_until: orNullMoment })),
    refusals: { conflicts: ['device-revoked'] },
  }),
];

const alerts: readonly ApiOperation[] = [
  shows({
    path: '/api/panel/v1/device-alerts',
    id: 'listDeviceAlerts',
    tag,
    summary: 'Silences and gaps, newest first',
    query: { status: { schema: json.words(['open', 'closed']) }, ...limitQuery, ...beforeQuery },
    answer: listOf(alert),
  }),
  sets({
    method: 'post',
    path: '/api/panel/v1/device-alerts/:id/dismiss',
    id: 'dismissDeviceAlert',
    tag,
    summary: 'Close a gap whose messages will never come',
    body: noFields,
    answer: dataOf(alert),
    refusals: { conflicts: ['device-silent'] },
  }),
];

const trying: readonly ApiOperation[] = [
  sets({
    method: 'post',
    path: '/api/panel/v1/parse-messages',
    id: 'parseMessages',
    tag,
    summary: 'Try texts against the templates; nothing is stored',
    body: {
      schema: bodySchema(ParseMessagesDto, 'refused'),
      isRequired: true,
      example: { messages: [{ account: 'personal', sender: 'bKash', body: 'You have received Tk 500.00 …' }] },
    },
    answer: listOf(reading),
  }),
];

export const deviceOperations: readonly ApiOperation[] = [...devices, ...alerts, ...trying];
