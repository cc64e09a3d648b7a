import { bodySchema, common, json, type ApiOperation } from '@paymatch/gateway-edge';
import { SaveViewDto } from '../saved-views/saved-views.controller.js';
import { bySession } from './access-operations.js';
import { dataOf, does, listOf, noFields, sets, shows } from './panel-answers.js';

const tag = 'People';

const viewSchema = json.named(
  'SavedView',
  json.object({ id: common.uuid, screen: json.text(), name: json.text(), query: json.text() }),
);

/** Filters and columns that somebody keeps under a name. */
export const savedViewOperations: readonly ApiOperation[] = [
  shows({
    path: '/api/panel/v1/saved-views',
    id: 'listSavedViews',
    tag,
    summary: 'One’s own views of the console’s screens in this shop',
    answer: listOf(viewSchema),
  }),
  does({
    path: '/api/panel/v1/saved-views',
    id: 'saveView',
    tag,
    summary: 'Keep a view under a name; another of that name on that screen is replaced',
    description: 'At most 30 of one person in one shop; they hold in both modes.',
    body: {
      schema: bodySchema(SaveViewDto, 'refused'),
      isRequired: true,
      example: { screen: 'payments', name: 'Paid by link', query: 'status=completed&source=payment_link' },
    },
    status: 201,
    answer: dataOf(viewSchema),
    refusals: { conflicts: ['too-many-views'] },
  }),
  sets({
    method: 'delete',
    path: '/api/panel/v1/saved-views/:id',
    id: 'forgetView',
    tag,
    summary: 'Forget a view of one’s own',
    body: noFields,
    answer: dataOf({ type: 'null' }),
  }),
].map(bySession);
