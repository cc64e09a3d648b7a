import { webhookDeliveryStatuses, webhookEventNames, webhookEventPatterns, webhookOrders } from '@paymatch/contracts';
import { bodySchema, common, json, type ApiOperation } from '@paymatch/gateway-edge';
import { ChangeEndpointDto, CreateEndpointDto, RotateSecretDto } from '../webhook.rules.js';
import { StartReplayDto } from '../webhook-replays.controller.js';
import { dataOf, does, listOf, noFields, sets, shows } from './panel-answers.js';
import { beforeQuery, limitQuery, paymentQuery, periodQuery } from './panel-queries.js';

const tag = 'Webhooks';
const line = json.orNull(json.text());

const endpointFields = {
  id: common.uuid,
  livemode: json.flag(),
  url: line,
  description: json.text(),
  events: json.list(json.words(webhookEventPatterns)),
  headers: json.map(json.text()),
  order: json.words(webhookOrders),
  concurrency_max: json.orNull(json.integer()),
  rate_per_second: json.orNull(json.integer()),
  status: json.words(['active', 'disabled']),
  disabled_reason: line,
  failing: json.orNull(
    json.object({
      since: common.moment,
      failed_attempts: json.integer(),
      budget_used_percent: json.number(),
      probe_at: json.orNull(common.moment),
    }),
  ),
  created_at: common.moment,
};
const endpoint = json.named('WebhookEndpoint', json.object(endpointFields));
const secretAnswer = dataOf(json.object({ secret: json.text() }));

const attemptFields = {
  at: common.moment,
  http_status: json.orNull(json.integer()),
  error: line,
  duration_ms: json.number(),
};
const deliveryFields = {
  id: common.uuid,
  endpoint_id: json.orNull(common.uuid),
  payment_id: json.text(),
  event_id: json.text(),
  event: json.words(webhookEventNames),
  sequence: json.integer(),
  status: json.words(webhookDeliveryStatuses),
  created_at: common.moment,
  next_attempt_at: json.orNull(common.moment),
};
const delivery = json.named(
  'WebhookDelivery',
  json.object({ ...deliveryFields, attempts: json.list(json.object(attemptFields)) }),
);
const deliveryDetail = json.named(
  'WebhookDeliveryDetail',
  json.object({
    ...deliveryFields,
    body: { ...line, description: 'Null once it is too old to be kept.' },
    attempts: json.list(
      json.object({
        ...attemptFields,
        url: line,
        request_headers: json.orNull(json.map(json.text())),
        answer: { ...line, description: 'The first 4 kB of what the receiver answered.' },
      }),
    ),
  }),
);
const replay = json.named(
  'WebhookReplay',
  json.object({
    id: common.uuid,
    endpoint_id: common.uuid,
    scope: json.words(['failed', 'all']),
    since: common.moment,
    status: json.words(['running', 'done', 'cancelled']),
    sent: json.integer(),
    left: json.integer(),
    created_at: common.moment,
  }),
);

const endpoints: readonly ApiOperation[] = [
  shows({
    path: '/api/panel/v1/webhook-endpoints',
    id: 'listWebhookEndpoints',
    tag,
    summary: 'Where the merchant is told',
    answer: listOf(endpoint),
  }),
  does({
    path: '/api/panel/v1/webhook-endpoints',
    id: 'createWebhookEndpoint',
    tag,
    summary: 'Add an endpoint',
    body: {
      schema: bodySchema(CreateEndpointDto, 'refused'),
      isRequired: false,
      example: { url: 'https://shop.example.com/webhooks', events: ['payment.*'] },
    },
    status: 201,
    answer: dataOf(json.object({ ...endpointFields, secret: json.text() })),
    refusals: { conflicts: ['too-many-endpoints'] },
  }),
  shows({
    path: '/api/panel/v1/webhook-endpoints/:id',
    id: 'getWebhookEndpoint',
    tag,
    summary: 'An endpoint',
    answer: dataOf(endpoint),
  }),
  sets({
    method: 'patch',
    path: '/api/panel/v1/webhook-endpoints/:id',
    id: 'changeWebhookEndpoint',
    tag,
    summary: 'Change an endpoint; what is absent stays',
    body: { schema: bodySchema(ChangeEndpointDto, 'refused'), isRequired: false, example: { enabled: false } },
    answer: dataOf(endpoint),
  }),
  sets({
    method: 'delete',
    path: '/api/panel/v1/webhook-endpoints/:id',
    id: 'removeWebhookEndpoint',
    tag,
    summary: 'Remove an endpoint',
    answer: dataOf(endpoint),
  }),
];

const secrets: readonly ApiOperation[] = [
  shows({
    path: '/api/panel/v1/webhook-endpoints/:id/secret',
    id: 'getWebhookSecret',
    tag,
    summary: 'The secret that signs an endpoint’s webhooks',
    answer: secretAnswer,
  }),
  does({
    path: '/api/panel/v1/webhook-endpoints/:id/rotate-secret',
    id: 'rotateWebhookSecret',
    tag,
    summary: 'Replace it',
    body: { schema: bodySchema(RotateSecretDto, 'refused'), isRequired: false },
    status: 200,
    answer: secretAnswer,
  }),
  shows({
    path: '/api/panel/v1/webhook-callback-secret',
    id: 'getCallbackSecret',
    tag,
    summary: 'The secret that signs contract B’s callbacks',
    answer: secretAnswer,
  }),
  does({
    path: '/api/panel/v1/webhook-callback-secret/rotate',
    id: 'rotateCallbackSecret',
    tag,
    summary: 'Replace it; the new one signs at once',
    body: noFields,
    status: 200,
    answer: secretAnswer,
  }),
];

const deliveries: readonly ApiOperation[] = [
  shows({
    path: '/api/panel/v1/webhook-deliveries',
    id: 'listWebhookDeliveries',
    tag,
    summary: 'What became of each telling, newest first',
    query: {
      endpoint_id: { schema: common.uuid },
      status: { schema: json.words(webhookDeliveryStatuses) },
      event: { schema: json.words(webhookEventNames) },
      ...paymentQuery,
      ...periodQuery,
      ...limitQuery,
      ...beforeQuery,
    },
    answer: listOf(delivery),
  }),
  shows({
    path: '/api/panel/v1/webhook-deliveries/:id',
    id: 'getWebhookDelivery',
    tag,
    summary: 'A delivery with what was sent and answered; secrets are masked',
    answer: dataOf(deliveryDetail),
  }),
  does({
    path: '/api/panel/v1/webhook-deliveries/:id/retry',
    id: 'retryWebhookDelivery',
    tag,
    summary: 'Send it again now',
    body: noFields,
    status: 200,
    answer: dataOf(delivery),
    refusals: { conflicts: ['endpoint-not-open', 'delivery-closed', 'delivery-pruned'] },
  }),
];

const replays: readonly ApiOperation[] = [
  does({
    path: '/api/panel/v1/webhook-endpoints/:id/replays',
    id: 'startWebhookReplay',
    tag,
    summary: 'Send past events to an endpoint again',
    body: { schema: bodySchema(StartReplayDto, 'refused'), isRequired: true, example: { scope: 'failed' } },
    status: 202,
    answer: dataOf(replay),
    refusals: { conflicts: ['endpoint-not-open'] },
  }),
  shows({
    path: '/api/panel/v1/webhook-replays',
    id: 'listWebhookReplays',
    tag,
    summary: 'Replays, newest first',
    answer: listOf(replay),
  }),
  shows({
    path: '/api/panel/v1/webhook-replays/:id',
    id: 'getWebhookReplay',
    tag,
    summary: 'How far a replay has come',
    answer: dataOf(replay),
  }),
  does({
    path: '/api/panel/v1/webhook-replays/:id/cancel',
    id: 'cancelWebhookReplay',
    tag,
    summary: 'End a replay; what is on its way stays there',
    body: noFields,
    status: 200,
    answer: dataOf(replay),
  }),
];

export const webhookOperations: readonly ApiOperation[] = [...endpoints, ...secrets, ...deliveries, ...replays];
