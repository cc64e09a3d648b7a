import { bodySchema, json, type ApiOperation } from '@paymatch/gateway-edge';
import { EraseCustomerDto } from '../erasure/customer-erasure.controller.js';
import { dataOf, does } from './panel-answers.js';

export const erasureOperations: readonly ApiOperation[] = [
  does({
    path: '/api/panel/v1/customers/:id/erase',
    id: 'eraseCustomer',
    tag: 'Payments',
    summary: 'Take whoever a customer is out of everything that is kept',
    description:
      'For owners, after a step-up; cannot be undone. Amounts, TrxIDs, times and the merchant’s own references stay. What goes and what stays: docs/how-to/keep-and-erase.md.',
    body: {
      schema: bodySchema(EraseCustomerDto, 'refused'),
      isRequired: true,
      example: { reason: 'asked for by mail on 3 March' },
    },
    status: 200,
    answer: dataOf(
      json.object({
        payments: json.integer({ description: 'How many name nobody any more.' }),
        customer_id: json.text({ description: 'What stands for this customer from now on.' }),
        has_more: json.flag({ description: 'There are more than are done at once: ask again.' }),
        published: json.words(['erased', 'later', 'kept']),
      }),
    ),
    refusals: { conflicts: ['customer-has-open-payments'] },
  }),
];
