import { paymentStatuses } from '@paymatch/contracts';
import {
  bodySchema,
  idempotencyKey,
  json,
  rateHeaders,
  type ApiOperation,
  type ApiParameter,
} from '@paymatch/gateway-edge';
import { CreatePaymentDto, RefundPaymentDto } from '../payments.dto.js';
import { always, answered, invalid, invoiceTaken, onceOnly, unknownId, unreadable } from './fastaar-answers.js';
import { dataOf, pageOf, paymentSchema, refundSchema } from './fastaar-schemas.js';

const invoice: ApiParameter = { schema: json.text({ minLength: 1, maxLength: 100 }) };

/** `page` and `per_page` of every list. */
export const pageQuery: Readonly<Record<string, ApiParameter>> = {
  per_page: { schema: json.integer({ minimum: 1, maximum: 100, default: 15 }) },
  page: { schema: json.integer({ minimum: 1, maximum: 100_000_000, default: 1 }) },
};

const example = {
  id: '01k000000000000000000000a1',
  object: 'payment',
  amount: '500.00',
  amount_due: '500.00',
  refunded_amount: '0.00',
  gateway_charge: '0.00',
  gateway_charge_type: null,
  gateway_charge_value: null,
  currency: 'BDT',
  livemode: true,
  source: 'api',
  status: 'pending',
  invoice_id: 'ORDER-42',
  invoice_number: 'ORDER-42',
  customer_id: null,
  provider: null,
  payment_method: null,
  customer_trx_id: null,
  trx_id: null,
  customer_sender_number: null,
  wallet_number: null,
  receiving_wallet_number: null,
  received_amount: null,
  review_reason: null,
  metadata: { channel: 'web' },
  failure_reason: null,
  success_url: 'https://shop.example.com/thanks',
  cancel_url: null,
  checkout_url: 'https://pay.example.com/pay/01k000000000000000000000a1',
  expires_at: '2026-06-12T15:00:00+06:00',
  verified_at: null,
  completed_at: null,
  created_at: '2026-06-12T14:30:00+06:00',
};

export const paymentOperations: readonly ApiOperation[] = [
  {
    method: 'post',
    path: '/api/v1/payments',
    id: 'createPayment',
    tag: 'Payments',
    summary: 'Create a payment',
    description:
      'Send the customer to `checkout_url`. A repeated `invoice_id` is answered with the payment there is; a repeated `invoice_number` with 409, unless the merchant has set `repeated_invoice_number` to `existing`. Where the merchant has return addresses, `success_url` and `cancel_url` must lie below one of them. Fields that are not known are passed over and named in `Paymatch-Ignored-Fields`; an empty text in an optional field was not sent.',
    headers: idempotencyKey,
    body: {
      schema: json.named('CreatePayment', bodySchema(CreatePaymentDto, 'left out')),
      isRequired: true,
      example: { amount: '500.00', invoice_id: 'ORDER-42', success_url: 'https://shop.example.com/thanks' },
    },
    answers: {
      200: {
        ...answered('The payment that this invoice has already.', dataOf(paymentSchema)),
        headers: [...rateHeaders, 'Idempotent-Replayed', 'Paymatch-Ignored-Fields'],
      },
      201: {
        ...answered('The new payment.', dataOf(paymentSchema), { data: example }),
        headers: [...rateHeaders, 'Idempotent-Replayed', 'Paymatch-Ignored-Fields'],
      },
      ...always,
      ...invalid,
      ...unreadable,
      ...invoiceTaken,
    },
  },
  {
    method: 'get',
    path: '/api/v1/payments',
    id: 'listPayments',
    tag: 'Payments',
    summary: 'List payments, newest first',
    query: {
      ...pageQuery,
      status: { schema: json.words(paymentStatuses) },
      invoice_id: invoice,
      invoice_number: { ...invoice, description: 'Another name of `invoice_id`.' },
    },
    answers: { 200: answered('A page of payments.', pageOf(paymentSchema)), ...always, ...invalid },
  },
  {
    method: 'get',
    path: '/api/v1/payments/:id',
    id: 'getPayment',
    tag: 'Payments',
    summary: 'Get a payment',
    answers: { 200: answered('The payment.', dataOf(paymentSchema), { data: example }), ...always, ...unknownId },
  },
  {
    method: 'post',
    path: '/api/v1/payments/:id/refund',
    id: 'refundPayment',
    tag: 'Payments',
    summary: 'Record that money was sent back',
    description:
      'A personal wallet has no refund API: this records what the merchant did. Without `amount`: all that remains.',
    headers: idempotencyKey,
    body: {
      schema: json.named('RefundPayment', bodySchema(RefundPaymentDto, 'left out')),
      isRequired: false,
      example: { amount: '200.00' },
    },
    answers: {
      200: {
        ...answered('The payment as it stands now.', dataOf(paymentSchema)),
        headers: [...rateHeaders, 'Idempotent-Replayed', 'Paymatch-Ignored-Fields'],
      },
      ...always,
      ...unknownId,
      ...invalid,
      ...unreadable,
      ...onceOnly,
    },
  },
  {
    method: 'get',
    path: '/api/v1/payments/:id/refunds',
    id: 'listRefunds',
    tag: 'Payments',
    summary: 'List the refunds of a payment, newest first',
    answers: { 200: answered('Its refunds.', dataOf(json.list(refundSchema))), ...always, ...unknownId },
  },
];
