import { webhookEventNames } from '@paymatch/contracts';
import { bodySchema, common, json, type ApiOperation } from '@paymatch/gateway-edge';
import { paymentIdRule } from '../panel.rules.js';
import { TestEventDto } from '../webhook.rules.js';
import { dataOf, does, shows } from './panel-answers.js';
import { limitQuery } from './panel-queries.js';

const tag = 'Webhooks';
const line = json.orNull(json.text());

const testEvent = json.named(
  'WebhookTestEvent',
  json.object({
    id: common.uuid,
    endpoint_id: common.uuid,
    type: json.words(webhookEventNames),
    body: json.text({ description: 'What was sent, as it was signed.' }),
    created_at: common.moment,
    attempt: json.orNull(
      json.object({
        at: common.moment,
        url: json.text(),
        http_status: json.orNull(json.integer()),
        error: line,
        duration_ms: json.number(),
        request_headers: json.map(json.text()),
        answer: { ...line, description: 'The first 4 kB of what the receiver answered.' },
      }),
    ),
  }),
);

const webhookEvent = json.named(
  'WebhookEvent',
  json.object({
    id: common.uuid,
    event: json.words(webhookEventNames),
    payment_id: paymentIdRule.schema!,
    sequence: json.integer(),
    occurred_at: common.moment,
    body: { ...line, description: 'As webhooks carry it; `null` once it is too old to be kept.' },
  }),
);

const send = does({
  path: '/api/panel/v1/webhook-endpoints/:id/test',
  id: 'sendWebhookTestEvent',
  tag,
  summary: 'Send a made-up event to an endpoint, once',
  body: {
    schema: bodySchema(TestEventDto, 'refused'),
    isRequired: false,
    example: { type: 'payment.completed' },
  },
  status: 200,
  answer: dataOf(testEvent),
  refusals: { conflicts: ['endpoint-has-no-url', 'too-many-test-events'] },
});

export const testEventOperations: readonly ApiOperation[] = [
  {
    ...send,
    answers: {
      ...send.answers,
      202: { ...send.answers[200]!, description: 'Not sent yet; ask for it again.' },
    },
  },
  shows({
    path: '/api/panel/v1/webhook-test-events/:id',
    id: 'getWebhookTestEvent',
    tag,
    summary: 'A test event, and what came of it',
    answer: dataOf(testEvent),
  }),
  shows({
    path: '/api/panel/v1/webhook-events',
    id: 'listWebhookEvents',
    tag,
    summary: 'What webhooks told, whether anybody listened or not; newest first',
    query: {
      type: { schema: json.words(webhookEventNames) },
      ...limitQuery,
      after: { schema: common.uuid, description: 'An earlier page’s `next`.' },
    },
    answer: json.object({ data: json.list(webhookEvent), next: json.orNull(common.uuid) }),
  }),
];
