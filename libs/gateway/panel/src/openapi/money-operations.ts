import { bodySchema, common, json, type ApiOperation } from '@paymatch/gateway-edge';
import {
  AssignCaseDto,
  CompleteCaseDto,
  EnterCreditDto,
  EnterTransferDto,
  RefundDto,
  RejectCaseDto,
} from '../panel.dto.js';
import { HandOverCaseDto } from '../case-handover.controller.js';
import { providerRule } from '../panel.rules.js';
import { caseDetailSchema, caseSchema, deniedSchema, parkedSchema, refundedSchema } from './money-schemas.js';
import { dataOf, does, listOf, noFields, shows, why, type PanelRefusals } from './panel-answers.js';
import { beforeQuery, limitQuery, paymentQuery, periodQuery } from './panel-queries.js';

const tag = 'Money';

/** What a decision about a case may meet; which of them depends on the case. */
const decided: PanelRefusals = {
  missing: ['not-found', 'payment-not-found'],
  conflicts: [
    'case-closed',
    'case-has-no-credit',
    'case-has-credit',
    'case-not-proposed',
    'case-in-progress',
    'credit-exists',
    'credit-already-used',
    'entry-already-proposed',
    'same-person',
    'payment-already-paid',
    'payment-closed',
  ],
};
const entered: PanelRefusals = {
  missing: ['payment-not-found', 'not-found'],
  conflicts: [
    'credit-exists',
    'entry-already-proposed',
    'credit-already-used',
    'payment-already-paid',
    'case-in-progress',
  ],
};

const cases: readonly ApiOperation[] = [
  shows({
    path: '/api/panel/v1/review-cases',
    id: 'listReviewCases',
    tag,
    summary: 'Money and messages that wait for a person, newest first',
    query: {
      status: { schema: json.words(['open', 'closed']) },
      reason: { schema: json.text({ pattern: '^[a-z_]{1,50}$', examples: ['amount_mismatch'] }) },
      provider: { schema: providerRule.schema! },
      holder: {
        schema: json.either(json.text({ const: 'me' }), common.uuid),
        description: 'Of one of the people: the 500 handed over last.',
      },
      ...paymentQuery,
      ...periodQuery,
      ...limitQuery,
      ...beforeQuery,
    },
    answer: listOf(caseSchema),
  }),
  shows({
    path: '/api/panel/v1/review-cases/:id',
    id: 'getReviewCase',
    tag,
    summary: 'A case with its payment',
    answer: dataOf(caseDetailSchema),
  }),
  decision('assign', 'Give the money to a payment', {
    schema: bodySchema(AssignCaseDto, 'refused'),
    isRequired: true,
    example: { payment_id: '01k000000000000000000000a1', reason: 'the customer sent one taka less' },
  }),
  does({
    path: '/api/panel/v1/review-cases/:id/hand-over',
    id: 'handOverCase',
    tag,
    summary: 'Hand an open case to somebody of the shop who may decide it',
    description: 'It says whose work it is; who may decide it stays as it was. `user_id` null: nobody’s again.',
    body: {
      schema: bodySchema(HandOverCaseDto, 'refused'),
      isRequired: true,
      example: { user_id: '0197a6f0-0000-7000-8000-000000000001', note: 'You know this customer' },
    },
    status: 200,
    answer: dataOf(caseSchema),
    refusals: { conflicts: ['case-closed'] },
  }),
  decision('ignore', 'Put the money aside', { ...why, example: { reason: 'a test of our own' } }),
  decision('reject', 'Fail the payment; money stays in the case', {
    schema: bodySchema(RejectCaseDto, 'refused'),
    isRequired: true,
    example: { reason: 'the message is a forgery' },
  }),
  decision('complete', 'Complete a payment by hand', {
    schema: bodySchema(CompleteCaseDto, 'refused'),
    isRequired: true,
    example: { payment_id: '01k000000000000000000000a1', reason: 'seen in the app, and no message came' },
  }),
  decision('confirm', 'The second person’s word on a credit somebody proposed', noFields),
];

function decision(word: string, summary: string, body: NonNullable<ApiOperation['body']>): ApiOperation {
  return does({
    path: `/api/panel/v1/review-cases/:id/${word}`,
    id: `${word}Case`,
    tag,
    summary,
    body,
    status: 200,
    answer: dataOf(caseSchema),
    refusals: decided,
  });
}

const entries: readonly ApiOperation[] = [
  does({
    path: '/api/panel/v1/credits',
    id: 'enterCredit',
    tag,
    summary: 'Enter money that a person saw in a wallet',
    description: 'Above the limit it is a proposal, which a second person confirms.',
    body: {
      schema: bodySchema(EnterCreditDto, 'refused'),
      isRequired: true,
      example: {
        wallet_id: '0197a6f0-0000-7000-8000-000000000001',
        trx_id: 'BL6K2M4N8P',
        amount: '500.00',
        note: 'seen in the app',
      },
    },
    status: 201,
    answer: dataOf(caseSchema),
    refusals: entered,
  }),
  does({
    path: '/api/panel/v1/transfers',
    id: 'enterTransfer',
    tag,
    summary: 'Enter a Pix or bank transfer that a person saw on the account',
    body: {
      schema: bodySchema(EnterTransferDto, 'refused'),
      isRequired: true,
      example: {
        method: 'pix',
        transfer_id: 'E12345678202606121130ABCdef12345',
        amount: '519.00',
        note: 'on the statement',
      },
    },
    status: 201,
    answer: dataOf(caseSchema),
    refusals: entered,
  }),
  shows({
    path: '/api/panel/v1/parked-messages',
    id: 'listParkedMessages',
    tag,
    summary: 'Messages about money that could not be taken yet',
    query: {
      status: { schema: json.words(['parked', 'discarded'], { default: 'parked' }) },
      ...limitQuery,
      before: { schema: json.text({ pattern: '^[1-9][0-9]{0,14}$', examples: ['17'] }) },
    },
    answer: json.object({
      data: json.list(parkedSchema),
      meta: json.object({ count: json.integer(), count_is_exact: json.flag() }),
    }),
  }),
];

const parked: readonly ApiOperation[] = (['replay', 'discard'] as const).map((word) =>
  does({
    path: `/api/panel/v1/parked-messages/:id/${word}`,
    id: `${word}ParkedMessage`,
    tag,
    summary: word === 'replay' ? 'Try a parked message again' : 'Give a parked message up; it stays to be seen',
    body: word === 'replay' ? noFields : why,
    status: 200,
    answer: dataOf(parkedSchema),
  }),
);

const payments: readonly ApiOperation[] = [
  does({
    path: '/api/panel/v1/payments/:id/refund',
    id: 'refundPayment',
    tag,
    summary: 'Record money that was sent back; without an amount all that remains',
    body: {
      schema: bodySchema(RefundDto, 'refused'),
      isRequired: true,
      example: { amount: '200.00', reason: 'one of two came back' },
    },
    status: 200,
    answer: dataOf(refundedSchema),
    refusals: { conflicts: ['payment-not-refundable'] },
  }),
  does({
    path: '/api/panel/v1/payments/:id/deny',
    id: 'denyPayment',
    tag,
    summary: 'Refuse an open payment for good',
    body: { ...why, example: { reason: 'asked to cancel by phone' } },
    status: 200,
    answer: dataOf(deniedSchema),
    refusals: { conflicts: ['payment-closed'] },
  }),
];

export const moneyOperations: readonly ApiOperation[] = [...cases, ...entries, ...parked, ...payments];
