import { common, json, type ApiOperation, type ApiParameter } from '@paymatch/gateway-edge';
import { deviceLimits } from '../device-message.js';
import { answered, beating, enrolling, forwarding, signing } from './device-answers.js';

const nullableMoment = json.orNull(common.moment);
const deviceId = { deviceId: { schema: common.uuid } };
const urlToken = {
  ...deviceId,
  token: { schema: json.text(), description: 'Part of the URL that the panel shows; a secret.' },
};

const results = json.object({
  results: json.list(
    json.named(
      'MessageResult',
      json.object(
        {
          seq: json.orNull(json.integer()),
          status: json.words(['accepted', 'duplicate', 'rejected']),
          reason: json.text({ description: 'Why it was rejected.' }),
        },
        { optional: ['reason'] },
      ),
    ),
  ),
});
const accepted = answered('One result per message, in order.', results, { results: [{ seq: 1, status: 'accepted' }] });
const heard = answered("The gateway's time in unix seconds.", json.object({ now: json.integer() }), {
  now: 1_781_250_000,
});

/** Every field may be wrong in one entry without hurting the others: what is described is what is accepted. */
const message = json.named(
  'Message',
  json.object(
    {
      seq: json.orNull(json.integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
      sender: json.text({ minLength: 1, maxLength: deviceLimits.senderMax, examples: ['bKash'] }),
      body: json.text({ minLength: 1, maxLength: deviceLimits.bodyMax }),
      sim_slot: json.orNull(json.integer({ minimum: 0, maximum: deviceLimits.simSlotMax })),
      sent_at: nullableMoment,
      received_at: nullableMoment,
      part: json.orNull(
        json.object({
          key: json.text({ minLength: 1, maxLength: deviceLimits.partKeyMax }),
          index: json.integer({ minimum: 1, maximum: deviceLimits.partsMax }),
          total: json.integer({ minimum: 1, maximum: deviceLimits.partsMax }),
        }),
      ),
    },
    { optional: ['seq', 'sim_slot', 'sent_at', 'received_at', 'part'] },
  ),
);

const signature: Readonly<Record<string, ApiParameter>> = {
  'X-Device-Id': { schema: common.uuid, isRequired: true },
  'X-Device-Seq': {
    schema: json.text({ pattern: '^[0-9]{1,15}$' }),
    description: 'The number of this request; every new one takes a higher one.',
    isRequired: true,
  },
  'X-Device-Timestamp': {
    schema: json.text({ pattern: '^[0-9]{1,15}$' }),
    description: 'Unix seconds.',
    isRequired: true,
  },
  'X-Device-Signature': {
    schema: json.text({ pattern: '^[0-9a-f]{64}$' }),
    description: "Hex HMAC-SHA256 with the device's secret over `{id}.{seq}.{timestamp}.{sha256hex(body)}`.",
    isRequired: true,
  },
};

const example = {
  messages: [
    {
      seq: 1,
      sender: 'bKash',
      body: 'You have received Tk 350.00 from 01712345678. TrxID BL6K2M4N8P at 14/08/2026 11:07',
      sim_slot: 1,
      sent_at: '2026-08-14T11:07:00+06:00',
      received_at: '2026-08-14T11:07:02+06:00',
    },
  ],
};

const ownApp: readonly ApiOperation[] = [
  {
    method: 'post',
    path: '/api/device/v1/enrolments',
    id: 'enrolDevice',
    tag: 'Phones',
    summary: 'Hand in a one-time code',
    description: 'The code is behind `#code=` in the QR code that the panel shows; it works once, within ten minutes.',
    security: [],
    body: {
      schema: json.object(
        {
          code: json.text({ maxLength: 200, examples: ['de_…'] }),
          name: json.orNull(json.text({ minLength: 1, maxLength: 100, examples: ['Pixel 8'] })),
        },
        { optional: ['name'] },
      ),
      isRequired: true,
    },
    answers: {
      201: answered(
        'The device, and its secret this once.',
        json.object({ device_id: common.uuid, secret: json.text(), name: json.text(), livemode: json.flag() }),
        { device_id: '0197a6f0-0000-7000-8000-000000000001', secret: 'ds_…', name: 'Pixel 8', livemode: true },
      ),
      ...enrolling,
    },
  },
  {
    method: 'post',
    path: '/api/device/v1/messages',
    id: 'uploadMessages',
    tag: 'Phones',
    summary: 'Hand over messages',
    description:
      'Uploading everything twice is safe. A message that is not as described is `rejected` and hurts no other.',
    headers: signature,
    body: {
      schema: json.object({ messages: json.list(message, { maxItems: deviceLimits.messagesMax }) }),
      isRequired: true,
      example,
    },
    answers: { 200: accepted, ...signing },
  },
  {
    method: 'post',
    path: '/api/device/v1/heartbeat',
    id: 'sendHeartbeat',
    tag: 'Phones',
    summary: 'Say that the phone is there',
    headers: signature,
    body: {
      schema: json.object(
        {
          battery_percent: json.orNull(json.integer({ minimum: 0, maximum: 100 })),
          app_version: json.orNull(json.text({ minLength: 1, maxLength: 100, examples: ['1.4.0'] })),
        },
        { optional: ['battery_percent', 'app_version'] },
      ),
      isRequired: true,
      example: { battery_percent: 83, app_version: '1.4.0' },
    },
    answers: { 200: heard, ...signing },
  },
];

const otherApps: readonly ApiOperation[] = [
  {
    method: 'post',
    path: '/api/device/v1/forward/:deviceId/:token',
    id: 'forwardIncomeSms',
    tag: 'Forwarder apps',
    summary: 'Android Income SMS Gateway Webhook',
    params: urlToken,
    security: [],
    body: {
      schema: json.object(
        {
          from: json.text({ examples: ['bKash'] }),
          text: json.text(),
          sentStamp: json.either(json.integer(), json.text()),
          receivedStamp: json.either(json.integer(), json.text()),
          sim: json.either(json.text({ examples: ['sim1'] }), json.integer()),
        },
        { optional: ['sentStamp', 'receivedStamp', 'sim'] },
      ),
      isRequired: true,
    },
    answers: { 200: accepted, ...forwarding },
  },
  {
    method: 'post',
    path: '/api/device/v1/forward/:deviceId/:token/heartbeat',
    id: 'forwardHeartbeat',
    tag: 'Forwarder apps',
    summary: 'The same app is there',
    params: urlToken,
    security: [],
    body: { schema: {}, isRequired: false },
    answers: { 200: heard, ...beating },
  },
  {
    method: 'post',
    path: '/api/device/v1/smsgate/:deviceId',
    id: 'forwardSmsGate',
    tag: 'Forwarder apps',
    summary: 'SMSGate',
    description:
      'Register it for `sms:received`, and for `system:ping` as a heartbeat; other events are acknowledged and ignored.',
    params: deviceId,
    headers: {
      'X-Timestamp': { schema: json.text({ pattern: '^[0-9]{1,15}$' }), isRequired: true },
      'X-Signature': {
        schema: json.text({ pattern: '^[0-9a-f]{64}$' }),
        description: "Hex HMAC-SHA256 with the device's secret over the body followed by the timestamp.",
        isRequired: true,
      },
    },
    security: ['smsGate'],
    body: {
      schema: json.object(
        {
          event: json.text({ examples: ['sms:received'] }),
          payload: json.object(
            {
              sender: json.text(),
              message: json.text(),
              simNumber: json.orNull(json.integer()),
              receivedAt: json.text(),
            },
            { optional: ['sender', 'simNumber', 'receivedAt'] },
          ),
        },
        { optional: ['payload'] },
      ),
      isRequired: true,
    },
    answers: { 200: accepted, ...forwarding },
  },
];

export const deviceOperations: readonly ApiOperation[] = [...ownApp, ...otherApps];
