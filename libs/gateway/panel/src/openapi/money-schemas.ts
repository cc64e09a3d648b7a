import { paymentStatuses } from '@paymatch/contracts';
import { common, json } from '@paymatch/gateway-edge';
import { candidateFields } from '../case-candidates.js';
import { paymentIdRule } from '../panel.rules.js';
import { listedPaymentSchema } from './payment-schemas.js';

const line = json.orNull(json.text());
const orNullMoment = json.orNull(common.moment);
/** A ULID of contract A's payments, a UUID of contract B's. */
const paymentId = paymentIdRule.schema!;
const orNullPaymentId = json.orNull(paymentId);

const creditFields = {
  provider: json.text(),
  /** A bank's statement may tell of money without an id. */
  trx_id: line,
  amount: common.amount,
  currency: json.text(),
  wallet_number: line,
  sender_number: line,
  received_at: common.moment,
};

const caseFields = {
  id: common.uuid,
  status: json.words(['open', 'closed']),
  reason: json.text({ examples: ['amount_mismatch'] }),
  resolution: line,
  livemode: json.flag(),
  provider: line,
  payment_id: orNullPaymentId,
  credit: json.orNull(json.object({ id: json.text(), ...creditFields, status: line })),
  awaited_trx_id: line,
  proposal: json.orNull(
    json.object({
      ...creditFields,
      note: json.text(),
      payment_id: orNullPaymentId,
      case_id: json.orNull(common.uuid),
      proposed_by: json.text(),
    }),
  ),
  claims: json.list(
    json.object({ payment_id: paymentId, submitted_at: common.moment, status: json.text(), objection: line }),
  ),
  evidence: json.list(
    json.object({ id: json.text(), sender: json.text(), body: json.text(), arrived_at: common.moment }),
  ),
  history: json.list(
    json.object({
      at: common.moment,
      actor: json.text(),
      action: json.text(),
      note: line,
      payment_id: orNullPaymentId,
    }),
  ),
  holder: json.orNull(
    json.object(
      {
        user_id: common.uuid,
        name: json.text(),
        email: json.text(),
        given_by: json.text(),
        note: line,
        given_at: common.moment,
      },
      { description: 'Whose it is.' },
    ),
  ),
  opened_at: common.moment,
  closed_at: orNullMoment,
};

export const caseSchema = json.named('ReviewCase', json.object(caseFields));

export const caseDetailSchema = json.named(
  'ReviewCaseWithPayment',
  json.object(
    {
      ...caseFields,
      payment: json.orNull(
        json.object({
          id: paymentId,
          status: json.words(paymentStatuses),
          amount: common.amount,
          currency: json.text(),
          invoice_id: line,
          provider: line,
          trx_id: line,
          sender_number: line,
          wallet_number: line,
          failure_reason: line,
          review_reason: line,
          created_at: common.moment,
          completed_at: orNullMoment,
        }),
      ),
      candidates: json.list(
        json.object({
          payment: listedPaymentSchema,
          is_named: json.flag({ description: 'The case names it, or it claims the money.' }),
          agrees: json.list(json.words(candidateFields)),
          differs: json.list(
            json.object({ field: json.words(candidateFields), credit: json.text(), payment: json.text() }),
          ),
        }),
        { description: 'Of an open case with money: the payments it may be for, the likeliest first.' },
      ),
      phones: json.list(json.object({ id: common.uuid, name: json.text(), last_heard_at: orNullMoment }), {
        description: 'Of a missing message: the phones that should have brought it.',
      }),
    },
    { optional: ['phones'] },
  ),
);

export const parkedSchema = json.named(
  'ParkedMessage',
  json.object({
    id: json.text(),
    kind: json.words(['message', 'pix', 'unreadable']),
    status: json.words(['parked', 'discarded']),
    raw_id: line,
    device_id: line,
    sender: line,
    body: json.text(),
    arrived_at: orNullMoment,
    error: json.text(),
    attempts: json.integer(),
    parked_at: common.moment,
    replay_requested: json.flag(),
  }),
);

const paymentFields = { id: paymentId, livemode: json.flag(), status: json.words(paymentStatuses) };

export const refundedSchema = json.object({
  ...paymentFields,
  amount: common.amount,
  refunded_amount: common.amount,
  currency: json.text(),
  updated_at: common.moment,
});

export const deniedSchema = json.object({ ...paymentFields, failure_reason: line, updated_at: common.moment });
