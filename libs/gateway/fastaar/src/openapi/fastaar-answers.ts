import { rateHeaders, type ApiAnswer, type ApiAnswers, type JsonSchema } from '@paymatch/gateway-edge';
import type { FastaarErrorType } from '../fastaar.errors.js';
import { errorOf } from './fastaar-schemas.js';

const refused = (
  description: string,
  types: readonly FastaarErrorType[],
  headers: readonly string[] = [],
): ApiAnswer => ({
  description,
  schema: errorOf(types),
  headers: [...rateHeaders, 'Paymatch-Ignored-Fields', ...headers],
});

export const answered = (description: string, schema: JsonSchema, example?: unknown): ApiAnswer => ({
  description,
  schema,
  headers: rateHeaders,
  ...(example !== undefined && { example }),
});

/** What any call may be answered with. */
export const always: ApiAnswers = {
  401: refused('The key is missing, unknown, revoked or expired.', ['authentication_error'], ['WWW-Authenticate']),
  403: refused('The merchant is suspended, the page may not call, or the key lacks an ability.', [
    'merchant_suspended',
    'domain_not_allowed',
    'ability_denied',
  ]),
  429: refused('Too many requests a minute, or too many bad keys from one address.', ['rate_limited'], ['Retry-After']),
  503: refused(
    'Not available at this moment; repeating the request is safe.',
    ['service_unavailable'],
    ['Retry-After'],
  ),
};

export const invalid: ApiAnswers = {
  422: refused('What was sent is not as described; `errors` says what to mend in each field.', ['validation_error']),
};

export const unknownId: ApiAnswers = {
  ...invalid,
  404: refused("Unknown, another merchant's, or of the other mode: one answer.", ['not_found']),
};

/** Of calls that take a body. */
export const unreadable: ApiAnswers = {
  413: refused('The body is too long.', ['validation_error']),
  415: refused('The body is not JSON by its own account.', ['validation_error']),
};

export const onceOnly: ApiAnswers = {
  409: refused('The same request is still being worked on.', ['idempotency_conflict'], ['Retry-After']),
};

export const invoiceTaken: ApiAnswers = {
  402: refused('Nothing new may be created: no subscription, or its payments of the month are used up.', [
    'subscription_required',
    'transaction_limit_reached',
  ]),
  409: refused(
    'There is a payment with this `invoice_number` already (`error.payment_id`), or the same request is still being worked on (`Retry-After`).',
    ['duplicate_invoice_number', 'idempotency_conflict'],
    ['Retry-After'],
  ),
};
