import { common, json, type ApiOperation } from '@paymatch/gateway-edge';
import { requestStatuses } from '../api-requests.controller.js';
import { shows } from './panel-answers.js';
import { limitQuery } from './panel-queries.js';

const apiRequest = json.named(
  'ApiRequest',
  json.object({
    id: common.uuid,
    request_id: json.text({ description: 'As the answer’s `X-Request-Id`; it leads to the log.' }),
    at: common.moment,
    key: {
      ...json.object({ id: common.uuid, name: json.orNull(json.text()) }),
      description: 'The API key, or the OAuth client.',
    },
    method: json.text(),
    path: json.text({ description: 'Without its query; what is no id of ours stays as the route names it.' }),
    status: json.integer(),
    error_code: json.orNull(json.text()),
    duration_ms: json.integer(),
  }),
);

export const requestOperations: readonly ApiOperation[] = [
  shows({
    path: '/api/panel/v1/requests',
    id: 'listApiRequests',
    tag: 'Account',
    summary: 'What keys were answered in the last 7 days: errors, and a sample of what went well; newest first',
    query: {
      status: { schema: json.words(requestStatuses), description: '`error`: 400 and above.' },
      ...limitQuery,
      after: { schema: common.uuid, description: 'An earlier page’s `next`.' },
    },
    answer: json.object({ data: json.list(apiRequest), next: json.orNull(common.uuid) }),
  }),
];
