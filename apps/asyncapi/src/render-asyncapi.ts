import path from 'node:path';
import { contractVersion, topics, type TopicSettings } from '@paymatch/contracts';
import { stringify } from 'yaml';
import { TypeSchemas, type JsonSchema } from './type-schemas.js';

interface Channel {
  readonly topic: TopicSettings;
  readonly says: string;
  /** What the key of its messages is. */
  readonly key: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** Exported types (or unions of them) whose `type` is the message's. */
  readonly data: readonly string[];
  /** Exported types a command is answered with. */
  readonly replies?: readonly string[];
}

const channels: Readonly<Record<Exclude<keyof typeof topics, 'replies'>, Channel>> = {
  paymentsCommands: {
    topic: topics.paymentsCommands,
    says: 'What payments is asked to do.',
    key: 'payment id',
    from: ['api-gateway'],
    to: ['payments'],
    data: ['PaymentCommand', 'GetPaymentHistory', 'ParkingCommand'],
    replies: ['PaymentReply', 'PaymentHistoryReply', 'AnyParkedMessage'],
  },
  paymentsEvents: {
    topic: topics.paymentsEvents,
    says: 'What became of each payment, and the payment as it stood after it.',
    key: 'payment id',
    from: ['payments'],
    to: ['api-gateway', 'sms-matching', 'webhook-dispatch'],
    data: ['PaymentEventData'],
  },
  paymentsRefusals: {
    topic: topics.paymentsRefusals,
    says: 'Matches that became no fact of their payment.',
    key: 'credit id',
    from: ['payments'],
    to: ['sms-matching'],
    data: ['MatchRefused'],
  },
  creditsReceived: {
    topic: topics.creditsReceived,
    says: 'What phones and banks told, untouched.',
    key: '{merchant id}:{wallet number or Pix key}',
    from: ['api-gateway'],
    to: ['sms-matching', 'api-gateway'],
    data: ['MessageReceived', 'PixReceived'],
  },
  creditsCommands: {
    topic: topics.creditsCommands,
    says: 'What people decide about credits and review cases.',
    key: 'merchant id',
    from: ['api-gateway'],
    to: ['sms-matching'],
    data: ['CreditCommand', 'ParkingCommand'],
    replies: ['CreditReply', 'AnyParkedMessage'],
  },
  creditsEvents: {
    topic: topics.creditsEvents,
    says: 'Which money arrived and whose it is.',
    key: '{payment id}, or {merchant id}:{wallet number} for money of no payment yet',
    from: ['sms-matching'],
    to: ['payments', 'webhook-dispatch', 'api-gateway'],
    data: ['CreditEvent'],
  },
  webhooksCommands: {
    topic: topics.webhooksCommands,
    says: 'Endpoints and deliveries.',
    key: 'merchant id',
    from: ['api-gateway'],
    to: ['webhook-dispatch'],
    data: ['WebhookCommand', 'ParkingCommand'],
    replies: [
      'AnyParkedMessage',
      'WebhookEndpointView',
      'WebhookSecretView',
      'WebhookDeliveryView',
      'WebhookDeliveryDetail',
      'WebhookFeedEvent',
      'WebhookReplayView',
      'WebhookTestEventView',
      'WebhookAlarmView',
      'WebhookAlarmContactsView',
    ],
  },
  webhooksEvents: {
    topic: topics.webhooksEvents,
    says: 'What went wrong with webhooks.',
    key: 'payment id',
    from: ['webhook-dispatch'],
    to: ['api-gateway'],
    data: ['WebhookEvent'],
  },
  processesStanding: {
    topic: topics.processesStanding,
    says: 'How each process stands, every ten seconds.',
    key: 'process, host and process id',
    from: ['api-gateway', 'payments', 'sms-matching', 'webhook-dispatch'],
    to: ['api-gateway'],
    data: ['ProcessStanding'],
  },
};
const text = (description: string): JsonSchema => ({ type: 'string', maxLength: 255, description });

/** CloudEvents 1.0 (Kafka protocol binding §3.2, binary mode): what every message carries beside its data. */
const cloudEvent: JsonSchema = {
  type: 'object',
  required: [
    'ce_specversion',
    'ce_id',
    'ce_type',
    'ce_source',
    'ce_subject',
    'ce_time',
    'ce_dataschemaversion',
    'ce_correlationid',
  ],
  properties: {
    ce_specversion: { const: '1.0' },
    ce_id: text('Unique per message; a republished message keeps it.'),
    ce_type: text("The message's name here."),
    ce_source: text('The service that made it.'),
    ce_subject: text('The partition key.'),
    ce_time: { type: 'string', format: 'date-time' },
    ce_dataschemaversion: {
      type: 'string',
      pattern: '^[1-9]\\d{0,5}$',
      description: "Version of the data's shape. A reader parks what is newer than it knows.",
    },
    ce_correlationid: text('The same for everything that came of one request.'),
    ce_causationid: text('Id of the message or command this one came of; absent where there is none.'),
    traceparent: text('W3C Trace Context.'),
  },
};
const asked: JsonSchema = {
  type: 'object',
  required: ['pm_reply_to', 'pm_request_id', 'pm_timeout_ms'],
  properties: {
    pm_reply_to: text('The instance that waits for the answer.'),
    pm_request_id: text('Comes back with the answer.'),
    pm_timeout_ms: text('Milliseconds from the moment the broker took the command until nobody waits for the answer.'),
  },
};
const answered: JsonSchema = {
  type: 'object',
  required: ['pm_reply_to', 'pm_request_id'],
  properties: {
    pm_reply_to: text('The instance this is for; the others pass over it.'),
    pm_request_id: text("The request's."),
  },
};

/** How a command ended (libs/platform/messaging, reply.codec). */
const outcome = (replies: readonly JsonSchema[]): JsonSchema => ({
  oneOf: [
    {
      type: 'object',
      required: ['outcome', 'reply'],
      properties: { outcome: { const: 'done' }, reply: { anyOf: replies } },
    },
    {
      type: 'object',
      required: ['outcome', 'code', 'details', 'message'],
      properties: {
        outcome: { const: 'refused' },
        code: { type: 'string' },
        details: { type: 'object' },
        message: { type: 'string' },
      },
    },
    {
      type: 'object',
      required: ['outcome', 'message', 'retryAfterSeconds', 'isFault'],
      properties: {
        outcome: { const: 'unavailable' },
        message: { type: 'string' },
        retryAfterSeconds: { type: 'number' },
        isFault: { type: 'boolean' },
      },
    },
  ],
});

const ref = (kind: string, name: string): JsonSchema => ({ $ref: `#/${kind}/${name}` });

/** docs/reference/asyncapi.yaml: every topic and message, made of the contract's own types (AsyncAPI 3.0). */
export function renderAsyncApi(): string {
  const types = new TypeSchemas(path.resolve(__dirname, '../../../libs/contracts/src/index.ts'));
  const messages: Record<string, JsonSchema> = {};
  const described: Record<string, JsonSchema> = {};
  for (const [id, channel] of Object.entries(channels)) {
    const members = channel.data.flatMap((name) => types.members(name));
    for (const { name, schema, doc } of members) {
      const headers = channel.replies
        ? { allOf: [ref('components/schemas', 'CloudEvent'), ref('components/schemas', 'Request')] }
        : ref('components/schemas', 'CloudEvent');
      messages[name] = { name, ...(doc && { summary: doc }), headers, payload: schema };
    }
    described[id] = channelOf(
      channel,
      members.map(({ name }) => name),
    );
  }
  const replies = Object.values(channels)
    .flatMap((channel) => channel.replies ?? [])
    .map((name) => types.reference(name));
  messages['reply'] = {
    name: 'reply',
    summary: 'The answer to a command: its reply, a refusal with code and details, or that there is none.',
    headers: ref('components/schemas', 'Reply'),
    payload: outcome(replies),
  };
  described['replies'] = channelOf(
    {
      topic: topics.replies,
      says: 'Answers. Every instance that asks reads all of them, in a group of its own, and keeps what is addressed to it.',
      key: 'the asking instance',
    },
    ['reply'],
  );
  return stringify(
    {
      asyncapi: '3.0.0',
      info: {
        title: 'Paymatch topics',
        version: `${contractVersion}.0.0`,
        description:
          'What the services say to each other over Kafka. Order holds within one key of one topic and nowhere else; delivery is at least once. Made from the code by `node scripts/asyncapi.mjs`; a test fails when it is out of date.',
      },
      defaultContentType: 'application/json',
      channels: described,
      operations: operations(),
      components: { messages, schemas: { CloudEvent: cloudEvent, Request: asked, Reply: answered, ...types.named } },
    },
    { lineWidth: 160, aliasDuplicateObjects: false },
  );
}

function channelOf(
  { topic, says, key }: Pick<Channel, 'topic' | 'says' | 'key'>,
  messageNames: readonly string[],
): JsonSchema {
  return {
    address: topic.name,
    description: `${says} Key: ${key}.`,
    'x-partitions': topic.partitions,
    'x-retention-ms': topic.retentionMs ?? 'for ever',
    messages: Object.fromEntries(messageNames.map((name) => [name, ref('components/messages', name)])),
  };
}

/** Who sends and who takes what; a command's operation names where its reply comes. */
function operations(): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    Object.entries(channels).flatMap(([id, { from, to, replies }]) => {
      const reply = replies && { reply: { channel: ref('channels', 'replies') } };
      return [
        ...from.map(
          (service) => [`${service}.sends.${id}`, { action: 'send', channel: ref('channels', id), ...reply }] as const,
        ),
        ...to.map(
          (service) =>
            [`${service}.takes.${id}`, { action: 'receive', channel: ref('channels', id), ...reply }] as const,
        ),
      ];
    }),
  );
}
