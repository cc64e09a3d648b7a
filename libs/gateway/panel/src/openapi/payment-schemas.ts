import { paymentStatuses } from '@paymatch/contracts';
import { common, json } from '@paymatch/gateway-edge';
import { paymentIdRule } from '../panel.rules.js';
import { missingCodes } from '../payment.view.js';
import { paymentMethods, paymentSources } from '../payment-query.js';

const line = json.orNull(json.text());
const orNullMoment = json.orNull(common.moment);

const listedFields = {
  id: paymentIdRule.schema!,
  livemode: json.flag(),
  version: json.integer({ description: 'How many events it has; what `as-of` takes.' }),
  contract: json.words(['fastaar', 'smartfastpay']),
  source: json.words(paymentSources),
  method: json.words(paymentMethods),
  status: json.words(paymentStatuses),
  amount: common.amount,
  refunded_amount: common.amount,
  received_amount: json.orNull(common.amount),
  currency: json.text(),
  invoice_id: line,
  customer_id: line,
  provider: line,
  trx_id: line,
  sender_number: line,
  wallet_number: line,
  failure_reason: line,
  review_reason: line,
  created_at: common.moment,
  expires_at: common.moment,
  completed_at: orNullMoment,
  updated_at: common.moment,
};

export const listedPaymentSchema = json.named('ListedPayment', json.object(listedFields));

const wholeFields = {
  ...listedFields,
  metadata: json.map(json.text()),
  success_url: line,
  cancel_url: line,
  callback_url: line,
  checkout_url: json.text(),
  payer: json.orNull(
    json.object({ name: json.text(), email: json.text(), document: json.text(), document_type: json.text() }),
  ),
  exchange: json.orNull(
    json.object({
      rate: json.text(),
      base_currency: json.text(),
      base_amount: common.amount,
      source: json.text(),
      quoted_at: common.moment,
    }),
  ),
  charge: json.orNull(json.object({ type: json.text(), value: json.text(), amount: common.amount })),
  credit_id: line,
  trx_attempts: json.integer(),
};

/** As it is, or as it was. */
export const wholePaymentSchema = json.named('Payment', json.object(wholeFields));

export const phoneSchema = json.object({ id: common.uuid, name: json.text(), last_heard_at: orNullMoment });

export const paymentDetailSchema = json.named(
  'PaymentDetail',
  json.object({
    ...wholeFields,
    missing: json.orNull(
      json.object(
        {
          code: json.words(missingCodes),
          since: common.moment,
          until: orNullMoment,
          reason: line,
          case_id: json.orNull(common.uuid),
          phones: json.list(phoneSchema, { description: 'Those that serve the wallet the money was to be sent to.' }),
        },
        {
          description:
            'What it waits for: a person’s `decision` (of `case_id`), the customer’s `transaction_id`, a `transfer`, the `message` that tells of the money, or a `phone` that could bring one.',
        },
      ),
    ),
  }),
);

export const paymentTotalsSchema = json.orNull(
  json.object({
    count: json.integer(),
    is_exact: json.flag({ description: 'False: there are more than were looked through.' }),
    by_currency: json.list(json.object({ currency: json.text(), count: json.integer(), amount: common.amount })),
  }),
);
