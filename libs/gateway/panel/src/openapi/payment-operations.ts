import { paymentStatuses } from '@paymatch/contracts';
import { common, json, type ApiOperation } from '@paymatch/gateway-edge';
import { amountRule, momentRule, providerRule, walletNumberRule } from '../panel.rules.js';
import { timelineKinds } from '../payment-timeline.js';
import { paymentMethods, paymentSources } from '../payment-query.js';
import { messageSchema } from './credit-schemas.js';
import { dataOf, listOf, shows } from './panel-answers.js';
import { limitQuery } from './panel-queries.js';
import {
  listedPaymentSchema,
  paymentDetailSchema,
  paymentTotalsSchema,
  wholePaymentSchema,
} from './payment-schemas.js';

const tag = 'Payments';

/** Of lists that give a cursor. */
export const afterQuery = { after: { schema: common.uuid, description: 'An earlier page’s `next`.' } };

export const paymentFilterQuery = {
  q: {
    schema: json.text({ maxLength: 100, examples: ['BL6K2M4N8P'] }),
    description:
      'An id in either spelling, an invoice, a TrxID, a phone number, an amount, or a customer’s id; or a customer: the beginning of a name, a phone number, an e-mail address (the newest ten that it finds).',
  },
  customer: { schema: json.text(), description: 'The `id` of one of `/customers`.' },
  status: { schema: json.words(paymentStatuses) },
  method: { schema: json.words(paymentMethods) },
  provider: { schema: providerRule.schema! },
  wallet: { schema: walletNumberRule.schema!, description: 'The number it was to be sent to.' },
  source: { schema: json.words(paymentSources) },
  amount_min: { schema: amountRule.schema! },
  amount_max: { schema: amountRule.schema! },
  created_from: { schema: momentRule.schema!, description: 'To the minute.' },
  created_to: { schema: momentRule.schema!, description: 'To the minute; not included.' },
};

const timelineEntrySchema = json.named(
  'TimelineEntry',
  json.object({
    id: json.text(),
    at: common.moment,
    kind: json.words(timelineKinds),
    code: json.text({ examples: ['payment_completed'] }),
    params: json.map(json.orNull(json.text())),
    version: json.orNull(json.integer({ description: 'What `as-of` takes; null: no fact of the payment.' })),
    message: json.orNull(messageSchema),
  }),
);

export const paymentOperations: readonly ApiOperation[] = [
  shows({
    path: '/api/panel/v1/payments',
    id: 'listPayments',
    tag,
    summary: 'Payments of both contracts, newest first',
    description:
      'A page may be short, even empty, and have a `next`: a rare combination is looked for some thousand payments at a time. `totals` come with the first page.',
    query: { ...paymentFilterQuery, ...limitQuery, ...afterQuery },
    answer: json.object({
      data: json.list(listedPaymentSchema),
      next: json.orNull(common.uuid),
      totals: paymentTotalsSchema,
    }),
  }),
  shows({
    path: '/api/panel/v1/payments/:id',
    id: 'getPayment',
    tag,
    summary: 'A payment, and what it waits for',
    answer: dataOf(paymentDetailSchema),
  }),
  shows({
    path: '/api/panel/v1/payments/:id/timeline',
    id: 'getPaymentTimeline',
    tag,
    summary: 'All that is known of a payment, in the order of time',
    description:
      'Codes and what belongs to them. `payment`: payment_created, page_opened (at the first time; `count`: how often, up to 1000), trx_submitted, payment_completed, payment_failed, payment_expired, review_required, review_resolved, refund_recorded, money_returned, personal_data_erased. `message`: message_arrived. `case`: case_ and what was done. `webhook`: webhook_delivered, webhook_failed, webhook_given_up, webhook_pending, webhook_superseded, webhook_cancelled.',
    answer: listOf(timelineEntrySchema),
  }),
  shows({
    path: '/api/panel/v1/payments/:id/as-of',
    id: 'getPaymentAsOf',
    tag,
    summary: 'A payment as it stood after one of its events',
    query: { version: { schema: json.integer({ minimum: 1 }), isRequired: true } },
    answer: dataOf(wholePaymentSchema),
  }),
];
