import { paymentStatuses, webhookEventNames } from '@paymatch/contracts';
import { common, json, type JsonSchema } from '@paymatch/gateway-edge';
import type { FastaarErrorType } from '../fastaar.errors.js';

const paymentId = json.text({ pattern: '^[0-7][0-9a-hjkmnp-tv-z]{25}$', examples: ['01k000000000000000000000a1'] });
const dhakaMoment = json.text({
  pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\+06:00$',
  examples: ['2026-06-12T14:30:00+06:00'],
});
const line = json.orNull(json.text());
const failureReasons = ['duplicate_trx_id', 'rejected_by_admin', 'cancelled_by_customer'];

export const paymentSchema = json.named(
  'Payment',
  json.object({
    id: { ...paymentId, description: 'A lower-case ULID.' },
    object: json.text({ const: 'payment' }),
    amount: { ...common.amount, description: 'What the shop asked for.' },
    amount_due: { ...common.amount, description: 'What the customer has still to send, the charge included.' },
    refunded_amount: common.amount,
    gateway_charge: common.amount,
    gateway_charge_type: json.orNull(json.words(['fixed', 'percent'])),
    gateway_charge_value: line,
    currency: json.text({ const: 'BDT' }),
    livemode: json.flag(),
    source: json.words(['api', 'payment_link', 'panel']),
    status: json.words(paymentStatuses),
    invoice_id: line,
    invoice_number: { ...line, description: 'The same value as `invoice_id`.' },
    customer_id: json.orNull(json.integer()),
    provider: line,
    payment_method: { ...line, description: 'The same value as `provider`.' },
    customer_trx_id: line,
    trx_id: { ...line, description: 'The same value as `customer_trx_id`.' },
    customer_sender_number: { ...line, description: "The customer's number." },
    wallet_number: { ...line, description: "The same value: the customer's number, never the merchant's wallet." },
    receiving_wallet_number: { ...line, description: "The merchant's wallet that was picked at checkout." },
    received_amount: json.orNull(common.amount),
    review_reason: { ...line, description: 'Why a person looks at it.' },
    metadata: json.map(json.text()),
    failure_reason: json.orNull(json.words(failureReasons)),
    success_url: line,
    cancel_url: line,
    checkout_url: json.text({ format: 'uri', description: 'Where the customer pays.' }),
    expires_at: dhakaMoment,
    verified_at: json.orNull(dhakaMoment),
    completed_at: json.orNull(dhakaMoment),
    created_at: dhakaMoment,
  }),
);

export const refundSchema = json.named(
  'Refund',
  json.object({
    id: json.integer({ description: 'Unique in the installation, for ever.' }),
    amount: common.amount,
    source: json.words(['api', 'panel']),
    created_at: dhakaMoment,
  }),
);

export const customerSchema = json.named(
  'Customer',
  json.object({
    id: json.integer(),
    object: json.text({ const: 'customer' }),
    name: json.text(),
    phone: json.text(),
    email: line,
    address: line,
    notes: line,
    created_at: dhakaMoment,
    updated_at: dhakaMoment,
  }),
);

export const testClockSchema = json.named(
  'TestClock',
  json.object({
    object: json.text({ const: 'test_clock' }),
    now: { ...dhakaMoment, description: 'What the clock shows.' },
    advanced_seconds: json.integer({ minimum: 0, description: 'How far it is ahead of real time.' }),
    advanced_at: { ...json.orNull(dhakaMoment), description: 'When it was moved last, in real time.' },
  }),
);

/** What webhooks carry, and the feed of events shows. */
export const eventSchema = json.named(
  'Event',
  json.object(
    {
      id: json.text(),
      event: json.words(webhookEventNames),
      livemode: json.flag(),
      sequence: json.integer(),
      created_at: json.text(),
      data: json.orNull(paymentSchema),
      test: json.flag({ description: 'True in what was sent to try an endpoint; absent from the feed.' }),
      pruned: json.flag({ const: true }),
      payment_id: json.text(),
    },
    {
      optional: ['test', 'pruned', 'payment_id'],
      description:
        'The bytes that the webhook carried. Of an event that is too old to be kept only this line: `data` is null, `pruned` true, and `payment_id` says whose it was.',
    },
  ),
);

export const dataOf = (schema: JsonSchema): JsonSchema => json.object({ data: schema });

/** Laravel's page. */
export const pageOf = (schema: JsonSchema): JsonSchema =>
  json.object({ data: json.list(schema), links: pageLinks, meta: pageMeta });

const pageLinks = json.named(
  'PageLinks',
  json.object({ first: json.text(), last: json.text(), prev: line, next: line }),
);
const pageMeta = json.named(
  'PageMeta',
  json.object({
    current_page: json.integer(),
    from: json.orNull(json.integer()),
    last_page: json.integer(),
    path: json.text(),
    per_page: json.integer(),
    to: json.orNull(json.integer()),
    total: json.integer(),
  }),
);

const fieldErrors = json.map(json.list(json.text()));
const errorSchema = json.named(
  'Error',
  json.object(
    {
      error: json.object(
        { type: json.text(), message: json.text(), errors: fieldErrors, payment_id: paymentId },
        { optional: ['errors', 'payment_id'] },
      ),
      message: { type: 'string', description: 'The same as `error.message`, for later clients.' },
      code: { type: 'string', description: 'The same as `error.type`, for later clients.' },
      errors: fieldErrors,
    },
    { optional: ['errors'] },
  ),
);

/** The one body of errors, with the kinds that this answer may have. */
export const errorOf = (types: readonly FastaarErrorType[]): JsonSchema => ({
  allOf: [errorSchema, { properties: { code: { enum: types } } }],
});
