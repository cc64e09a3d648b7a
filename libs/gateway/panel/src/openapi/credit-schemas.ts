import { creditStatuses, messageOutcomes } from '@paymatch/contracts';
import { common, json } from '@paymatch/gateway-edge';
import { paymentIdRule } from '../panel.rules.js';

const line = json.orNull(json.text());
const orNullMoment = json.orNull(common.moment);
const orNullUuid = json.orNull(common.uuid);

export const messageFields = {
  id: common.uuid,
  device_id: json.text(),
  sender: json.text(),
  body: json.text(),
  sim_slot: json.orNull(json.integer()),
  sent_at: orNullMoment,
  received_at: orNullMoment,
  arrived_at: common.moment,
  outcome: json.words(messageOutcomes),
  reasons: json.list(json.text()),
  fields: json.list(
    json.object({
      field: json.words(['amount', 'trx_id', 'sender', 'balance', 'fee']),
      from: json.integer(),
      to: json.integer(),
    }),
    { description: 'Where in `body` what was read stands, in UTF-16 units; `to` is not included.' },
  ),
  credit_id: orNullUuid,
  case_id: orNullUuid,
};

export const messageSchema = json.named('StoredMessage', json.object(messageFields));

const creditFields = {
  id: common.uuid,
  provider: json.text(),
  wallet_id: json.text(),
  wallet_number: json.text(),
  trx_id: line,
  amount: common.amount,
  returned_amount: common.amount,
  currency: json.text(),
  sender_number: line,
  balance: json.orNull(common.amount),
  printed_at: orNullMoment,
  received_at: common.moment,
  status: json.words(creditStatuses),
  payment_id: json.orNull(paymentIdRule.schema!),
  decided_by: line,
  case_id: orNullUuid,
  case_reason: line,
};

export const creditSchema = json.named('Credit', json.object(creditFields));

export const creditWithMessagesSchema = json.named(
  'CreditWithMessages',
  json.object({ ...creditFields, messages: json.list(messageSchema) }),
);
