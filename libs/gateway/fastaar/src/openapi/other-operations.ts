import { webhookEventNames } from '@paymatch/contracts';
import { bodySchema, common, idempotencyKey, json, rateHeaders, type ApiOperation } from '@paymatch/gateway-edge';
import { CreateCustomerDto, UpdateCustomerDto } from '../customers.dto.js';
import { emailRule, phoneRule } from '../field-rules.js';
import { TestMessageDto } from '../payments.dto.js';
import { always, answered, invalid, onceOnly, unknownId, unreadable } from './fastaar-answers.js';
import { AdvanceClockDto } from '../test-clock/test-clock.controller.js';
import { customerSchema, dataOf, eventSchema, pageOf, paymentSchema, testClockSchema } from './fastaar-schemas.js';
import { pageQuery } from './payment-operations.js';

const customerId = { id: { schema: json.integer({ minimum: 1, maximum: 2_147_483_647 }) } };

const customerOperations: readonly ApiOperation[] = [
  {
    method: 'post',
    path: '/api/v1/customers',
    id: 'createCustomer',
    tag: 'Customers',
    summary: 'Create a customer',
    headers: idempotencyKey,
    body: {
      schema: json.named('CreateCustomer', bodySchema(CreateCustomerDto, 'left out')),
      isRequired: true,
      example: { name: 'Rahim', phone: '01712345678' },
    },
    answers: {
      201: {
        ...answered('The new customer.', dataOf(customerSchema)),
        headers: [...rateHeaders, 'Idempotent-Replayed', 'Paymatch-Ignored-Fields'],
      },
      ...always,
      ...invalid,
      ...unreadable,
      ...onceOnly,
    },
  },
  {
    method: 'get',
    path: '/api/v1/customers',
    id: 'listCustomers',
    tag: 'Customers',
    summary: 'List customers, newest first',
    query: { ...pageQuery, email: { schema: emailRule.schema! }, phone: { schema: phoneRule.schema! } },
    answers: { 200: answered('A page of customers.', pageOf(customerSchema)), ...always, ...invalid },
  },
  {
    method: 'get',
    path: '/api/v1/customers/:id',
    id: 'getCustomer',
    tag: 'Customers',
    summary: 'Get a customer',
    params: customerId,
    answers: { 200: answered('The customer.', dataOf(customerSchema)), ...always, ...unknownId },
  },
  {
    method: 'patch',
    path: '/api/v1/customers/:id',
    id: 'updateCustomer',
    tag: 'Customers',
    summary: 'Change a customer',
    description:
      'What is absent stays. `null` clears `email`, `address` and `notes`, and leaves `name` and `phone` as they are.',
    params: customerId,
    body: {
      schema: json.named('UpdateCustomer', bodySchema(UpdateCustomerDto, 'left out')),
      isRequired: false,
      example: { email: 'rahim@example.com' },
    },
    answers: {
      200: {
        ...answered('The customer as it stands now.', dataOf(customerSchema)),
        headers: [...rateHeaders, 'Paymatch-Ignored-Fields'],
      },
      ...always,
      ...unknownId,
      ...invalid,
      ...unreadable,
    },
  },
];

const eventOperations: readonly ApiOperation[] = [
  {
    method: 'get',
    path: '/api/v1/events',
    id: 'listEvents',
    tag: 'Events',
    summary: 'List events, oldest first',
    description: 'What webhooks carry, for a shop that was away: `after` is the id of the last event one has.',
    query: {
      after: { schema: json.text({ maxLength: 100 }) },
      type: { schema: json.words(webhookEventNames) },
      limit: { schema: json.integer({ minimum: 1, maximum: 100, default: 50 }) },
    },
    answers: {
      200: answered(
        'Events, and whether there are more.',
        json.object({
          data: json.list(eventSchema),
          meta: json.object({
            has_more: json.flag(),
            next_after: json.orNull(json.text()),
            limit: json.integer(),
          }),
        }),
      ),
      ...always,
      ...invalid,
    },
  },
  {
    method: 'get',
    path: '/api/v1/events/:id',
    id: 'getEvent',
    tag: 'Events',
    summary: 'Get an event',
    answers: { 200: answered('The event.', dataOf(eventSchema)), ...always, ...unknownId },
  },
];

const testOperations: readonly ApiOperation[] = [
  {
    method: 'post',
    path: '/api/v1/test/payments/:id/:outcome',
    id: 'simulateOutcome',
    tag: 'Test mode',
    summary: 'Pretend what becomes of a test payment',
    description: 'With a test key only.',
    params: { outcome: { schema: json.words(['complete', 'fail', 'expire', 'review']) } },
    answers: {
      200: answered('The payment as it stands now.', dataOf(paymentSchema)),
      ...always,
      ...unknownId,
      ...invalid,
      ...unreadable,
    },
  },
  {
    method: 'post',
    path: '/api/v1/test/messages',
    id: 'simulateMessage',
    tag: 'Test mode',
    summary: 'Pretend that a phone got a message',
    description: 'As if it had come for any of the test wallets. With a test key only.',
    body: {
      schema: json.named('TestMessage', bodySchema(TestMessageDto, 'left out')),
      isRequired: true,
      example: {
        sender: 'bKash',
        body: 'You have received Tk 500.00 from 01712345678. TrxID BL6K2M4N8P at 12/06/2026 14:31',
      },
    },
    answers: {
      202: {
        ...answered('Taken.', dataOf(json.object({ id: common.uuid, status: json.text({ const: 'accepted' }) }))),
        headers: [...rateHeaders, 'Paymatch-Ignored-Fields'],
      },
      ...always,
      ...invalid,
      ...unreadable,
    },
  },
];

const clockOperations: readonly ApiOperation[] = [
  {
    method: 'get',
    path: '/api/v1/test/clock',
    id: 'getTestClock',
    tag: 'Test mode',
    summary: 'Get the time of test mode',
    description: 'With a test key only. Finishes a move that was cut off.',
    answers: { 200: answered('The clock.', dataOf(testClockSchema)), ...always },
  },
  {
    method: 'post',
    path: '/api/v1/test/clock',
    id: 'advanceTestClock',
    tag: 'Test mode',
    summary: 'Move the time of test mode forward',
    description:
      'With a test key only. What waits in test mode now has waited that much longer: payments expire, webhooks are tried again, TrxIDs without a message become cases. Send one of the two fields; the same `advance_to` again is the same move.',
    headers: idempotencyKey,
    body: {
      schema: json.named('AdvanceTestClock', bodySchema(AdvanceClockDto, 'left out')),
      isRequired: true,
      example: { advance_seconds: 1800 },
    },
    answers: {
      200: {
        ...answered('The clock as it shows now.', dataOf(testClockSchema)),
        headers: [...rateHeaders, 'Idempotent-Replayed', 'Paymatch-Ignored-Fields'],
      },
      ...always,
      ...invalid,
      ...unreadable,
      ...onceOnly,
    },
  },
];

export const otherOperations: readonly ApiOperation[] = [
  ...customerOperations,
  ...eventOperations,
  ...testOperations,
  ...clockOperations,
];
