import { paymentStatuses } from '@paymatch/contracts';
import { bodySchema, common, json, type ApiOperation } from '@paymatch/gateway-edge';
import { paymentIdRule } from '../panel.rules.js';
import { PretendedMessageDto, TestPaymentDto } from '../test-mode/test-mode.controller.js';
import { madePaymentSchema } from './account-operations.js';
import { dataOf, does } from './panel-answers.js';

const tag = 'Test mode';
const description = 'In test mode; live mode has no such route.';

/** What a person may pretend. */
export const testModeOperations: readonly ApiOperation[] = [
  does({
    path: '/api/panel/v1/test/payments',
    id: 'makeTestPayment',
    tag,
    summary: 'Make a test payment',
    description: 'As a shop would make one. Live mode has no such route.',
    body: { schema: bodySchema(TestPaymentDto, 'refused'), isRequired: true, example: { amount: '500.00' } },
    status: 201,
    answer: dataOf(madePaymentSchema),
    refusals: { missing: ['not-found'] },
  }),
  does({
    path: '/api/panel/v1/test/payments/:id/:outcome',
    id: 'pretendOutcome',
    tag,
    summary: 'Pretend what becomes of a test payment',
    description,
    params: { outcome: { schema: json.words(['complete', 'fail', 'expire', 'review']) } },
    status: 200,
    answer: dataOf(json.object({ id: paymentIdRule.schema!, status: json.words(paymentStatuses) })),
    refusals: { conflicts: ['payment-closed'] },
  }),
  does({
    path: '/api/panel/v1/test/messages',
    id: 'pretendMessage',
    tag,
    summary: 'Pretend that a phone got a message',
    description: 'As if it had come for any of the test wallets. Live mode has no such route.',
    body: {
      schema: bodySchema(PretendedMessageDto, 'refused'),
      isRequired: true,
      example: {
        sender: 'bKash',
        body: 'You have received Tk 500.00 from 01712345678. TrxID BL6K2M4N8P at 12/06/2026 14:31',
      },
    },
    status: 202,
    answer: dataOf(json.object({ id: common.uuid, status: json.text({ const: 'accepted' }) })),
    refusals: { missing: ['not-found'] },
  }),
];
