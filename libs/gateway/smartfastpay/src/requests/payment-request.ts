import type { PayerDetails } from '@paymatch/contracts';
import { fieldsOf, textOf, textProblem, type RequestWithBytes, type TextLimits } from '@paymatch/gateway-edge';
import { invalidFields, type ErrorDetail } from '../smartfastpay.error.js';
import { amountText, readAmount } from './amount.js';
import { isCnpj, isCpf } from '@paymatch/vocabulary';

/** `POST /payment`, checked. */
export interface PaymentRequest {
  readonly customerId: string;
  readonly payer: PayerDetails;
  /** In `currency`. */
  readonly amountMinor: number;
  readonly currency: 'USD' | 'BRL';
  readonly method: 'pix' | 'bank_transfer';
  readonly callbackUrl: string;
  readonly transactionId: string;
}

const EMAIL_SHAPE = /^[^\s@"(),:;<>[\\\]]+@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}]{2,}$/u;
const EMAIL_LENGTH_MAX = 255;
const URL_LENGTH_MAX = 2_000;

/**
 * Throws a 422 that names everything that is wrong. Fields nobody knows are passed over: clients of contract B send
 * some of their own.
 */
export function readPaymentRequest(request: RequestWithBytes): PaymentRequest {
  const given = request.body ?? {};
  if (typeof given !== 'object' || Array.isArray(given))
    throw invalidFields([{ field: 'body', message: 'Send one JSON object.' }]);
  const body = fieldsOf(given);
  const details: ErrorDetail[] = [];
  const problem = (field: string, message: string | null): void => {
    if (message !== null) details.push({ field, message });
  };
  const text = (field: string, value: unknown, limits: TextLimits): string => {
    problem(field, textProblem(value, limits));
    return textOf(value) ?? '';
  };
  const customerId = text('customer_id', body.customer_id, { lengthMin: 1, lengthMax: 255 });
  const name = text('name', body.name, { lengthMin: 3, lengthMax: 150 });
  problem('email', emailProblem(body.email));
  const documentType = readDocumentType(body.document_type);
  problem('document_type', documentType === null ? 'Send CPF or CNPJ, or nothing for CPF.' : null);
  problem('document', documentProblem(body.document, documentType ?? 'cpf'));
  const amountMinor = readAmount(amountText(body.amount, request.rawBody));
  problem('amount', typeof amountMinor === 'string' ? amountMinor : null);
  const currency = body.currency ?? 'USD';
  problem('currency', currency === 'USD' || currency === 'BRL' ? null : 'Send USD or BRL, or nothing for USD.');
  problem(
    'payment_method',
    body.payment_method === 'pix' || body.payment_method === 'bank_transfer' ? null : 'Send pix or bank_transfer.',
  );
  problem('callback', callbackProblem(body.callback));
  const transactionId = text('transaction.id', fieldsOf(body.transaction).id, { lengthMin: 1, lengthMax: 255 });
  const branch =
    body.branch === undefined || body.branch === null
      ? null
      : text('branch', body.branch, { lengthMin: 1, lengthMax: 255 });
  if (details.length > 0) throw invalidFields(details);
  return {
    customerId,
    transactionId,
    amountMinor: amountMinor as number,
    currency: currency as 'USD' | 'BRL',
    method: body.payment_method as 'pix' | 'bank_transfer',
    callbackUrl: body.callback as string,
    payer: {
      name,
      email: body.email as string,
      document: body.document as string,
      documentType: documentType ?? 'cpf',
      branch,
    },
  };
}

function emailProblem(value: unknown): string | null {
  const isEmail =
    typeof value === 'string' &&
    value.length <= EMAIL_LENGTH_MAX &&
    EMAIL_SHAPE.test(value) &&
    textProblem(value, { lengthMin: 1, lengthMax: EMAIL_LENGTH_MAX }) === null;
  return isEmail ? null : `Send an e-mail address of at most ${EMAIL_LENGTH_MAX} characters.`;
}

function readDocumentType(value: unknown): PayerDetails['documentType'] | null {
  if (value === undefined || value === null) return 'cpf';
  const word = typeof value === 'string' ? value.toLowerCase() : '';
  return word === 'cpf' || word === 'cnpj' ? word : null;
}

function documentProblem(value: unknown, type: PayerDetails['documentType']): string | null {
  if (type === 'cpf')
    return typeof value === 'string' && isCpf(value)
      ? null
      : 'Send a valid CPF as a string of 11 digits; for a CNPJ, say so in document_type.';
  return typeof value === 'string' && isCnpj(value)
    ? null
    : 'Send a valid CNPJ as a string of 14 digits or capital letters.';
}

/** Whether the address may really be called is decided when it is: it may point elsewhere by then. */
function callbackProblem(value: unknown): string | null {
  const isUrl =
    typeof value === 'string' &&
    value.length <= URL_LENGTH_MAX &&
    /^https?:\/\/[^\s\\]+$/i.test(value) &&
    textProblem(value, { lengthMin: 1, lengthMax: URL_LENGTH_MAX }) === null &&
    URL.canParse(value);
  return isUrl
    ? null
    : `Send a full address that begins with http:// or https://, of at most ${URL_LENGTH_MAX} characters.`;
}
