import {
  common,
  idempotencyKey,
  json,
  type ApiOperation,
  type ApiParameter,
  type JsonSchema,
} from '@paymatch/gateway-edge';
import { always, answered, creating, invalid, tokenRefusals, unknownId, unreadable } from './smartfastpay-answers.js';
import {
  createdPaymentSchema,
  currency,
  listOf,
  paymentRequestSchema,
  paymentRowSchema,
  paymentSchema,
  paymentStatus,
  transactionRowSchema,
  transactionSchema,
  transactionStatus,
  withRequestId,
} from './smartfastpay-schemas.js';

const order: ApiParameter = {
  schema: json.text({
    pattern: '^(?:id|amount|status|created_at|updated_at),(?:asc|desc)$',
    examples: ['created_at,desc'],
  }),
};
const listQuery = (status: JsonSchema): Readonly<Record<string, ApiParameter>> => ({
  limit: { schema: json.integer({ minimum: 1, maximum: 40, default: 10 }) },
  page: { schema: json.integer({ minimum: 1, maximum: 9_999_999, default: 1 }) },
  sort: order,
  order: { ...order, description: 'Another name of `sort`.' },
  start_time: { schema: common.moment, description: 'Created at or after.' },
  end_time: { schema: common.moment, description: 'Created at or before.' },
  customer_id: { schema: json.text({ minLength: 1, maxLength: 255 }) },
  transaction_id: { schema: json.text(), description: 'Up to 100 ids, separated by commas.' },
  status: { schema: status },
});
const paymentId = { id: { schema: common.uuid } };

const paymentOperations: readonly ApiOperation[] = [
  {
    method: 'post',
    path: '/payment',
    id: 'createPayment',
    tag: 'Payments',
    summary: 'Create a payment',
    description: 'A repeated `transaction.id` with the same content is answered with the payment there is.',
    headers: idempotencyKey,
    body: {
      schema: paymentRequestSchema,
      isRequired: true,
      example: {
        customer_id: 'c-1',
        name: 'Richard Roe',
        email: 'richard@roe.com',
        document: '16972691419',
        amount: '300.00',
        currency: 'USD',
        payment_method: 'pix',
        callback: 'https://shop.example.com/callback',
        transaction: { id: 'order-1' },
      },
    },
    answers: {
      200: answered('The payment that was asked for alike before.', withRequestId({ data: createdPaymentSchema })),
      201: answered('The new payment.', withRequestId({ data: createdPaymentSchema })),
      ...always,
      ...invalid,
      ...unreadable,
      ...creating,
    },
  },
  {
    method: 'get',
    path: '/payment/:id',
    id: 'getPayment',
    tag: 'Payments',
    summary: 'Get a payment',
    params: paymentId,
    answers: { 200: answered('The payment.', withRequestId({ data: paymentSchema })), ...always, ...unknownId },
  },
  {
    method: 'get',
    path: '/payments',
    id: 'listPayments',
    tag: 'Payments',
    summary: 'List payments',
    query: listQuery(paymentStatus),
    answers: { 200: answered('A page of payments.', listOf(paymentRowSchema)), ...always, ...invalid },
  },
  {
    method: 'get',
    path: '/transaction/:id',
    id: 'getTransaction',
    tag: 'Transactions',
    summary: 'Get a payment as a transaction',
    params: paymentId,
    answers: { 200: answered('The transaction.', withRequestId({ data: transactionSchema })), ...always, ...unknownId },
  },
  {
    method: 'get',
    path: '/transactions',
    id: 'listTransactions',
    tag: 'Transactions',
    summary: 'List payments as transactions',
    query: {
      ...listQuery(transactionStatus),
      type: { schema: json.words(['payment', 'payout']), description: '`payout` finds none.' },
    },
    answers: { 200: answered('A page of transactions.', listOf(transactionRowSchema)), ...always, ...invalid },
  },
];

const accountOperations: readonly ApiOperation[] = [
  {
    method: 'post',
    path: '/oauth2/token',
    id: 'issueToken',
    tag: 'Account',
    summary: 'Get an access token',
    description: 'Client credentials (RFC 6749, section 4.4). The body may be empty.',
    security: ['client'],
    body: {
      schema: json.object({ grant_type: json.text({ const: 'client_credentials' }) }, { optional: ['grant_type'] }),
      contentTypes: ['application/x-www-form-urlencoded', 'application/json'],
      isRequired: false,
    },
    answers: {
      200: {
        description: 'The token and how long it holds, in seconds.',
        schema: withRequestId({
          data: json.object({
            access_token: json.text(),
            token_type: json.text({ const: 'Bearer' }),
            expires_in: json.integer(),
          }),
        }),
      },
      ...tokenRefusals,
    },
  },
  {
    method: 'get',
    path: '/balance',
    id: 'getBalance',
    tag: 'Account',
    summary: 'Settled totals by currency',
    query: { currency: { schema: currency } },
    answers: {
      200: answered(
        'One row for each currency.',
        withRequestId({ data: json.list(json.object({ currency: json.text(), balance: json.number() })) }),
      ),
      ...always,
      ...invalid,
    },
  },
  {
    method: 'get',
    path: '/webhook/secret',
    id: 'getCallbackSecret',
    tag: 'Account',
    summary: 'The secret that signs callbacks',
    description: "Of the credential's mode: the sandbox never learns what signs live.",
    answers: {
      200: answered('The secret.', withRequestId({ data: json.object({ secret: json.text() }) })),
      ...always,
    },
  },
];

const entry = json.object(
  {
    endToEndId: json.text({ examples: ['E12345678202606121130ABCdef12345'] }),
    valor: json.text({ examples: ['519.00'] }),
    horario: json.text({ format: 'date-time', examples: ['2026-06-12T11:30:05Z'] }),
    txid: json.text({ pattern: '^[A-Za-z0-9]{1,35}$', examples: ['1JXYZ00000000000000000001'] }),
    chave: json.text(),
    infoPagador: json.text(),
  },
  { optional: ['txid', 'chave', 'infoPagador'] },
);

/** Some banks add `/pix` to the address they were given, some add nothing. */
const pixNotice = (path: string, id: string): ApiOperation => ({
  method: 'post',
  path,
  id,
  tag: 'Banks',
  summary: 'Notice of received Pix',
  description:
    'Banco Central "API Pix": what a bank posts to the address that the panel gave out, a secret. Each entry stands for itself; one that cannot be read is kept for a person.',
  params: { token: { schema: json.text() } },
  headers: { 'X-Pix-Secret': { schema: json.text(), description: 'Where the address was given out with a header.' } },
  security: [],
  body: { schema: json.object({ pix: json.list(entry) }), isRequired: true },
  answers: {
    200: {
      description: 'How many entries were taken, and how many could not be read.',
      schema: withRequestId({ data: json.object({ accepted: json.integer(), refused: json.integer() }) }),
    },
    ...invalid,
    ...unknownId,
    ...unreadable,
    503: always[503]!,
  },
});

export const smartFastPayOperations: readonly ApiOperation[] = [
  ...accountOperations,
  ...paymentOperations,
  pixNotice('/pix/:token', 'receivePix'),
  pixNotice('/pix/:token/pix', 'receivePixBelow'),
];
