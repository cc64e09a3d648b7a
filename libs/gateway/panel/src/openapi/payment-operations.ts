import { paymentStatuses } from '@paymatch/contracts';
import { common, json, type ApiOperation } from '@paymatch/gateway-edge';
import { amountRule, momentRule, providerRule, walletNumberRule } from '../panel.rules.js';
import { paymentMethods, paymentSources } from '../payment-query.js';
import { dataOf, shows } from './panel-answers.js';
import { limitQuery } from './panel-queries.js';
import { listedPaymentSchema, paymentDetailSchema, paymentTotalsSchema } from './payment-schemas.js';

const tag = 'Payments';

/** Of lists that give a cursor. */
export const afterQuery = { after: { schema: common.uuid, description: 'An earlier page’s `next`.' } };

export const paymentFilterQuery = {
  q: {
    schema: json.text({ maxLength: 100, examples: ['BL6K2M4N8P'] }),
    description: 'An id in either spelling, an invoice, a TrxID, a phone number, an amount, or a customer’s id.',
  },
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
];
