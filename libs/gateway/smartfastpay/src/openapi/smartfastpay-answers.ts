import { rateHeaders, type ApiAnswer, type ApiAnswers, type JsonSchema } from '@paymatch/gateway-edge';
import type { SmartFastPayErrorCode } from '../smartfastpay.error.js';
import { errorOf, tokenErrorOf } from './smartfastpay-schemas.js';

const refused = (
  description: string,
  codes: readonly SmartFastPayErrorCode[],
  headers: readonly string[] = [],
): ApiAnswer => ({ description, schema: errorOf(codes), headers: [...rateHeaders, ...headers] });

export const answered = (description: string, schema: JsonSchema): ApiAnswer => ({
  description,
  schema,
  headers: rateHeaders,
});

/** What any call with an access token may be answered with. */
export const always: ApiAnswers = {
  401: refused(
    'The access token is missing, unknown or expired, or may not do this.',
    ['unauthorized', 'merchant_suspended', 'forbidden'],
    ['WWW-Authenticate'],
  ),
  429: refused(
    'Too many requests a minute, or too many bad tokens from one address.',
    ['rate_limited'],
    ['Retry-After'],
  ),
  503: refused(
    'Not available at this moment; repeating the request is safe.',
    ['service_unavailable'],
    ['Retry-After'],
  ),
};

export const invalid: ApiAnswers = {
  422: refused('What was sent is not as described; `details` says what to mend.', ['validation_error']),
};

export const unknownId: ApiAnswers = {
  400: refused('The address cannot be decoded.', ['invalid_request']),
  404: refused("Unknown, another merchant's, of the other mode or contract: one answer.", ['not_found']),
};

/** Of calls that take a body. */
export const unreadable: ApiAnswers = {
  400: refused('The body is not JSON in UTF-8.', ['invalid_request']),
  413: refused('The body is too long.', ['body_too_large']),
  415: refused('The body is of a kind that is not read here.', ['unsupported_media_type']),
};

export const creating: ApiAnswers = {
  402: refused('Nothing new may be created: no subscription, or its payments of the month are used up.', [
    'subscription_required',
    'transaction_limit_reached',
  ]),
  409: refused(
    'This `transaction.id` has a payment with other content, or the same request is still being worked on.',
    ['conflict'],
    ['Retry-After'],
  ),
};

const tokenRefused = (description: string, codes: readonly string[], headers: readonly string[] = []): ApiAnswer => ({
  description,
  schema: tokenErrorOf(codes),
  headers,
});

/** The token endpoint's own (RFC 6749, section 5.2). */
export const tokenRefusals: ApiAnswers = {
  400: tokenRefused('The body cannot be read, or asks for another grant.', [
    'invalid_request',
    'unsupported_grant_type',
  ]),
  401: tokenRefused('Unknown credentials.', ['invalid_client'], ['WWW-Authenticate']),
  413: tokenRefused('The body is too long.', ['invalid_request']),
  415: tokenRefused('The body is of a kind that is not read here.', ['invalid_request']),
  429: tokenRefused('Too many bad credentials from one address.', ['temporarily_unavailable'], ['Retry-After']),
  503: tokenRefused('Not available at this moment.', ['temporarily_unavailable'], ['Retry-After']),
};
