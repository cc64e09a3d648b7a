import { paymentStatuses } from '@paymatch/contracts';
import { bodySchema, common, json, type ApiOperation } from '@paymatch/gateway-edge';
import { ChangeDeviceDto } from '../devices.dto.js';
import { paymentIdRule } from '../panel.rules.js';
import { NoteDto } from '../payment-notes.controller.js';
import { dataOf, does, listOf, sets, shows } from './panel-answers.js';
import { limitQuery, periodQuery } from './panel-queries.js';

const noteSchema = json.named(
  'PaymentNote',
  json.object({ id: common.uuid, author: json.text(), text: json.text(), created_at: common.moment }),
);

const refundSchema = json.named(
  'ListedRefund',
  json.object({
    id: json.integer(),
    amount: common.amount,
    currency: json.text(),
    source: json.words(['api', 'panel']),
    created_at: common.moment,
    payment: json.object({
      id: paymentIdRule.schema!,
      status: json.words(paymentStatuses),
      amount: common.amount,
      refunded_amount: common.amount,
      invoice_id: json.orNull(json.text()),
    }),
  }),
);

/** What people do at a desk beside deciding about money. */
export const deskOperations: readonly ApiOperation[] = [
  shows({
    path: '/api/panel/v1/payments/:id/notes',
    id: 'listPaymentNotes',
    tag: 'Payments',
    summary: 'What people have written on a payment, oldest first',
    answer: listOf(noteSchema),
  }),
  does({
    path: '/api/panel/v1/payments/:id/notes',
    id: 'addPaymentNote',
    tag: 'Payments',
    summary: 'Write a note on a payment; it stays',
    body: { schema: bodySchema(NoteDto, 'refused'), isRequired: true, example: { text: 'called, will send the rest' } },
    status: 201,
    answer: dataOf(noteSchema),
  }),
  shows({
    path: '/api/panel/v1/refunds',
    id: 'listRefunds',
    tag: 'Payments',
    summary: 'Money that was sent back, newest first',
    query: {
      ...periodQuery,
      ...limitQuery,
      after: { schema: json.text({ maxLength: 100 }), description: 'An earlier page’s `next`.' },
    },
    answer: json.object({ data: json.list(refundSchema), next: json.orNull(json.text()) }),
  }),
  sets({
    method: 'patch',
    path: '/api/panel/v1/devices/:id',
    id: 'changeDevice',
    tag: 'Phones',
    summary: 'Rename a phone, or say which wallets it serves',
    body: { schema: bodySchema(ChangeDeviceDto, 'refused'), isRequired: true, example: { name: 'Counter 2' } },
    answer: dataOf(
      json.object({
        id: common.uuid,
        livemode: json.flag(),
        name: json.text(),
        status: json.words(['active', 'revoked']),
        wallets: json.list(json.object({ wallet_id: common.uuid, sim_slot: json.orNull(json.integer()) })),
      }),
    ),
    refusals: { conflicts: ['device-revoked'] },
  }),
];
