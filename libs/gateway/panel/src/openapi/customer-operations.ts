import { common, json, type ApiOperation } from '@paymatch/gateway-edge';
import { dataOf, shows } from './panel-answers.js';
import { limitQuery } from './panel-queries.js';

const line = json.orNull(json.text());

const customerSchema = json.named(
  'Customer',
  json.object({
    id: json.text({ description: 'What `/payments?customer=` takes. Contract A: the number; contract B: a UUID.' }),
    contract: json.words(['fastaar', 'smartfastpay']),
    reference: json.text({ description: 'What payments call the customer: their `customer_id`.' }),
    name: line,
    phone: line,
    email: line,
    payments: json.object({
      count: json.integer(),
      is_exact: json.flag({ description: 'False: there are more than were counted.' }),
    }),
    last_payment_at: json.orNull(common.moment),
    created_at: common.moment,
  }),
);

export const customerOperations: readonly ApiOperation[] = [
  shows({
    path: '/api/panel/v1/customers',
    id: 'listCustomers',
    tag: 'Payments',
    summary: 'Customers of both contracts, newest first',
    description:
      'Contract A’s are those that the merchant has written down; contract B’s are those that payments name, with the name and the address of the newest.',
    query: {
      q: {
        schema: json.text({ maxLength: 100, examples: ['rahim'] }),
        description: 'The beginning of a name, or a whole phone number, e-mail address, or `reference`.',
      },
      ...limitQuery,
      after: { schema: json.text({ maxLength: 100 }), description: 'An earlier page’s `next`.' },
    },
    answer: json.object({ data: json.list(customerSchema), next: json.orNull(json.text()) }),
  }),
  shows({
    path: '/api/panel/v1/customers/:id',
    id: 'getCustomer',
    tag: 'Payments',
    summary: 'A customer',
    answer: dataOf(customerSchema),
  }),
];
