import { common, json, type JsonSchema } from '@paymatch/gateway-edge';
import { PAYMENT_WORDS, TRANSACTION_WORDS } from '../requests/list-request.js';
import type { SmartFastPayErrorCode } from '../smartfastpay.error.js';

const microMoment = json.text({
  pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z$',
  examples: ['2021-11-11T19:08:20.000000Z'],
});
export const paymentStatus = json.words([...new Set(Object.values(PAYMENT_WORDS))]);
export const transactionStatus = json.words([...new Set(Object.values(TRANSACTION_WORDS))]);
export const method = json.words(['pix', 'bank_transfer']);
export const currency = json.words(['USD', 'BRL']);

/** Every body, errors too, has the request's id. */
export const withRequestId = (fields: Readonly<Record<string, JsonSchema>>): JsonSchema =>
  json.object({ requestId: common.uuid, ...fields });

const head = {
  id: common.uuid,
  customer_id: json.text(),
  transaction_id: json.text(),
  amount: { ...common.amount, description: 'In the currency that was asked for.' },
  currency,
};
const times = { created_at: microMoment, updated_at: microMoment };
const asTransaction = { type: json.text({ const: 'payment' }), payment_status: paymentStatus };

export const paymentSchema = json.named('Payment', json.object({ ...head, status: paymentStatus, method, ...times }));
export const paymentRowSchema = json.named(
  'PaymentRow',
  json.object({ ...head, status: paymentStatus, method, payment_method: method, ...times }),
);
export const transactionSchema = json.named(
  'Transaction',
  json.object({ ...head, status: transactionStatus, ...asTransaction, method, ...times }),
);
export const transactionRowSchema = json.named(
  'TransactionRow',
  json.object({ ...head, status: transactionStatus, ...asTransaction, method, payment_method: method, ...times }),
);

export const createdPaymentSchema = json.named(
  'CreatedPayment',
  json.object(
    {
      id: common.uuid,
      status: paymentStatus,
      payment: json.object({ method }),
      values: json.object({
        total: { ...common.amount, description: 'BRL that the payer sends, the fee included.' },
        subtotal: common.amount,
        exchange: json.text({ examples: ['5.19'] }),
        fee: json.number(),
      }),
      pix: json.object({
        qrcode: json.text({ description: 'The copy-and-paste BR Code.' }),
        reference: json.text({ description: 'The same.' }),
        beneficiary: json.text(),
      }),
      bank: json.object({
        name: json.text(),
        code: json.text(),
        agency: json.text(),
        account: json.text(),
        account_operation: json.text(),
        document: json.text(),
        beneficiary: json.text(),
      }),
      checkout_url: json.text({ format: 'uri', description: 'A page that shows the payer what to do.' }),
    },
    { optional: ['pix', 'bank'], description: '`pix` or `bank`, by the method.' },
  ),
);

export const listOf = (row: JsonSchema): JsonSchema =>
  withRequestId({
    data: json.list(row),
    current_page: json.integer(),
    last_page: json.integer(),
    per_page: json.integer(),
    to: json.orNull(json.integer()),
    total: json.integer(),
  });

const errorSchema = json.named(
  'Error',
  withRequestId({
    error: json.object({
      code: json.text(),
      message: json.text(),
      details: json.list(json.object({ field: json.text(), message: json.text() })),
    }),
    moreInformation: json.list(json.text(), { description: 'The messages once more.' }),
  }),
);

export const errorOf = (codes: readonly SmartFastPayErrorCode[]): JsonSchema => ({
  allOf: [errorSchema, { properties: { error: { properties: { code: { enum: codes } } } } }],
});

/** RFC 6749 takes the name `error` for a text; the contract's members stand beside it. */
export const tokenErrorOf = (codes: readonly string[]): JsonSchema =>
  withRequestId({
    error: json.words(codes),
    error_description: json.text(),
    code: json.text(),
    message: json.text(),
    details: json.list({}),
    moreInformation: json.list(json.text()),
  });

/** `POST /payment`, as `readPaymentRequest` reads it; fields nobody knows are passed over. */
export const paymentRequestSchema = json.named(
  'PaymentRequest',
  json.object(
    {
      customer_id: json.text({ minLength: 1, maxLength: 255, examples: ['c-1'] }),
      name: json.text({ minLength: 3, maxLength: 150, examples: ['Richard Roe'] }),
      email: json.text({ maxLength: 255, examples: ['richard@roe.com'] }),
      document: json.text({
        description: 'A CPF of 11 digits, or the CNPJ that `document_type` says.',
        examples: ['16972691419'],
      }),
      document_type: json.orNull(json.text({ pattern: '^(?:[Cc][Pp][Ff]|[Cc][Nn][Pp][Jj])$', examples: ['cpf'] })),
      amount: json.either(
        json.text({ pattern: '^[0-9]{1,8}(?:\\.[0-9]{1,2})?$', examples: ['300.00'] }),
        json.number({ minimum: 2, maximum: 99_999_999.99, examples: [300] }),
      ),
      currency: json.orNull(currency),
      payment_method: method,
      callback: json.text({
        format: 'uri',
        pattern: '^[Hh][Tt][Tt][Pp][Ss]?://',
        maxLength: 2_000,
        examples: ['https://shop.example.com/callback'],
      }),
      transaction: json.object({ id: json.text({ minLength: 1, maxLength: 255, examples: ['order-1'] }) }),
      branch: json.orNull(json.text({ minLength: 1, maxLength: 255 })),
    },
    { optional: ['document_type', 'currency', 'branch'] },
  ),
);
