import { brandLanguages } from '@paymatch/gateway-access';
import { bodySchema, common, json, type ApiOperation } from '@paymatch/gateway-edge';
import { linkQuestions } from '@paymatch/gateway-receiving';
import { ChangePaymentLinkDto, CreatePaymentLinkDto } from '../payment-links/payment-links.dto.js';
import { dataOf, does, sets, shows } from './panel-answers.js';
import { limitQuery } from './panel-queries.js';
import { afterQuery } from './payment-operations.js';

const tag = 'Payment links';
const line = json.orNull(json.text());
const description =
  'A key needs `payments:read` to look and `payments:write` to change; `account:write` is not asked for.';

const texts = json.object({ title: json.text(), description: line, button: line, thank_you: line });

const link = json.named(
  'PaymentLink',
  json.object({
    id: common.uuid,
    livemode: json.flag(),
    slug: json.text(),
    url: json.text({ format: 'uri', description: 'What customers are given.' }),
    status: json.words(['active', 'disabled']),
    state: {
      ...json.words(['open', 'disabled', 'expired', 'sold_out']),
      description: 'What a customer finds there now.',
    },
    amount: json.orNull({ ...common.amount, description: 'The price in BDT; null when the customer says how much.' }),
    amount_min: json.orNull(common.amount),
    amount_max: json.orNull(common.amount),
    payments_max: json.orNull(json.integer({ description: 'How many payments may be open or paid.' })),
    payments_taken: json.orNull(json.integer({ description: 'How many of them are; null without a limit.' })),
    expires_at: json.orNull(common.moment),
    texts: json.object(Object.fromEntries(brandLanguages.map((language) => [language, texts])), {
      optional: [...brandLanguages],
    }),
    default_language: json.words(brandLanguages),
    asks_name: json.words(linkQuestions),
    asks_phone: json.words(linkQuestions),
    success_url: line,
    created_at: common.moment,
    updated_at: common.moment,
  }),
);

export const paymentLinkOperations: readonly ApiOperation[] = [
  shows({
    path: '/api/panel/v1/payment-links',
    id: 'listPaymentLinks',
    tag,
    summary: 'Payment links, newest first',
    description,
    query: { status: { schema: json.words(['active', 'disabled']) }, ...limitQuery, ...afterQuery },
    answer: json.object({ data: json.list(link), next: json.orNull(common.uuid) }),
  }),
  does({
    path: '/api/panel/v1/payment-links',
    id: 'createPaymentLink',
    tag,
    summary: 'Make a payment link',
    description:
      'An `amount` is the price; without one the customer says how much, from `amount_min` (1.00 unless said) to `amount_max`. Without a `slug` the link gets one that nobody guesses. `default_language` is the first of `texts` unless said.',
    body: {
      schema: bodySchema(CreatePaymentLinkDto, 'refused'),
      isRequired: true,
      example: { amount: '500.00', texts: { en: { title: 'Winter course', button: 'Join' } }, payments_max: 30 },
    },
    status: 201,
    answer: dataOf(link),
  }),
  shows({
    path: '/api/panel/v1/payment-links/:id',
    id: 'getPaymentLink',
    tag,
    summary: 'Get a payment link',
    description,
    answer: dataOf(link),
  }),
  sets({
    method: 'patch',
    path: '/api/panel/v1/payment-links/:id',
    id: 'changePaymentLink',
    tag,
    summary: 'Change a payment link; what is absent stays',
    description:
      'Payments that are open keep what they were made with. `texts` is replaced as a whole. `amount: null` lets the customer say how much.',
    body: {
      schema: bodySchema(ChangePaymentLinkDto, 'refused'),
      isRequired: false,
      example: { status: 'disabled' },
    },
    answer: dataOf(link),
  }),
  sets({
    method: 'delete',
    path: '/api/panel/v1/payment-links/:id',
    id: 'removePaymentLink',
    tag,
    summary: 'Remove a payment link',
    description: 'Its address leads nowhere afterwards, and is given to no other link. Payments stay.',
    answer: dataOf(link),
  }),
];
