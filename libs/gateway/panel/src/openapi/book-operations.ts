import { creditStatuses, messageOutcomes } from '@paymatch/contracts';
import { bodySchema, common, json, type ApiOperation, type JsonSchema } from '@paymatch/gateway-edge';
import { momentRule, providerRule, trxIdRule } from '../panel.rules.js';
import { creditSchema, creditWithMessagesSchema, messageSchema } from './credit-schemas.js';
import { ReviewSettingsDto } from '../review-settings.controller.js';
import { dataOf, sets, shows, showsCsv } from './panel-answers.js';
import { limitQuery, periodQuery } from './panel-queries.js';
import { afterQuery, paymentFilterQuery } from './payment-operations.js';

const tag = 'Money';
const pageOf = (item: JsonSchema): JsonSchema => json.object({ data: json.list(item), next: json.orNull(common.uuid) });
const pageQuery = { ...periodQuery, ...limitQuery, ...afterQuery };
export const zoneQuery = {
  zone: {
    schema: json.text({ default: 'UTC', examples: ['Asia/Dhaka'] }),
    description: 'Whose clock and days are meant.',
  },
};
const periodOf = {
  from: { schema: momentRule.schema!, description: '31 days before `to` unless said.' },
  to: { schema: momentRule.schema!, description: 'Not included; now unless said. At most 366 days after `from`.' },
};

const reconciledSchema = json.object({
  currency: json.text(),
  provider: json.text(),
  credits: json.integer(),
  arrived: common.amount,
  completed: common.amount,
  waiting: common.amount,
  in_review: common.amount,
  ignored: common.amount,
  returned: common.amount,
});

const walletDaysSchema = json.object({
  wallet_id: common.uuid,
  zone: json.text(),
  from: common.moment,
  to: common.moment,
  days: json.list(
    json.object({
      day: json.text({ format: 'date' }),
      credits: json.integer(),
      credited: common.amount,
      money_in: common.amount,
      money_out: common.amount,
      closing_balance: json.orNull(common.amount),
    }),
  ),
  breaks: json.list(
    json.object({
      at: common.moment,
      trx_id: json.orNull(json.text()),
      expected_balance: common.amount,
      printed_balance: common.amount,
      difference: common.amount,
    }),
    { description: 'Where a printed balance is not the one before it with what moved.' },
  ),
  breaks_are_complete: json.flag(),
});

const reviewSettingsSchema = json.object({
  message_wait_minutes: json.orNull(
    json.integer({ description: 'Of TrxIDs sent from then on; null: as the installation waits.' }),
  ),
  installation_message_wait_minutes: json.integer(),
  messages_kept_days: json.orNull(
    json.integer({ description: 'Then the text of what waits for nobody goes; null: no rule of the shop’s own.' }),
  ),
});

export const bookOperations: readonly ApiOperation[] = [
  shows({
    path: '/api/panel/v1/credits',
    id: 'listCredits',
    tag,
    summary: 'Money that arrived and what became of it, newest first',
    query: {
      status: { schema: json.words(creditStatuses) },
      provider: { schema: providerRule.schema! },
      wallet_id: { schema: common.uuid },
      trx_id: { schema: trxIdRule.schema! },
      ...pageQuery,
    },
    answer: pageOf(creditSchema),
  }),
  shows({
    path: '/api/panel/v1/credits/:id',
    id: 'getCredit',
    tag,
    summary: 'A credit with the messages that told of it',
    answer: dataOf(creditWithMessagesSchema),
  }),
  shows({
    path: '/api/panel/v1/messages',
    id: 'listMessages',
    tag,
    summary: 'What phones handed over and what it was read as, newest first',
    query: {
      outcome: { schema: json.words(messageOutcomes) },
      device_id: { schema: common.uuid },
      ...pageQuery,
    },
    answer: pageOf(messageSchema),
  }),
  shows({
    path: '/api/panel/v1/wallets/:id/days',
    id: 'listWalletDays',
    tag,
    summary: 'What came to a wallet day by day, and where its balance does not go on',
    query: { ...periodOf, ...zoneQuery },
    answer: dataOf(walletDaysSchema),
  }),
  shows({
    path: '/api/panel/v1/reconciliation',
    id: 'reconcile',
    tag,
    summary: 'What became of all the money of a period',
    description:
      'Of each provider `arrived` is `completed` + `waiting` + `in_review` + `ignored` + `returned`. `waiting`: a few minutes old, or being given to a payment.',
    query: periodOf,
    answer: dataOf(json.object({ from: common.moment, to: common.moment, providers: json.list(reconciledSchema) })),
  }),
  shows({
    path: '/api/panel/v1/review-settings',
    id: 'getReviewSettings',
    tag,
    summary: 'When what waits becomes a person’s concern, and for how long messages are kept',
    answer: dataOf(reviewSettingsSchema),
  }),
  sets({
    path: '/api/panel/v1/review-settings',
    method: 'patch',
    id: 'changeReviewSettings',
    tag,
    summary: 'Say for how long the message of a TrxID is waited for, and messages are kept',
    body: { schema: bodySchema(ReviewSettingsDto, 'refused'), isRequired: true, example: { message_wait_minutes: 10 } },
    answer: dataOf(reviewSettingsSchema),
  }),
  showsCsv({
    path: '/api/panel/v1/reconciliation.csv',
    id: 'exportReconciliation',
    tag,
    summary: 'Each credit of a period with what became of it, as CSV',
    query: { ...periodOf, ...zoneQuery },
  }),
  showsCsv({
    path: '/api/panel/v1/payments.csv',
    id: 'exportPayments',
    tag: 'Payments',
    summary: 'All payments under the filters of their list, as CSV',
    query: { ...paymentFilterQuery, ...zoneQuery },
  }),
];
