import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUuid, type PaymentRefusalCode } from '@paymatch/contracts';
import {
  AdmissionRefused,
  bodyLimitText,
  gatewayFault,
  IdempotencyRefused,
  InvalidFields,
  TooManyFailures,
  SubscriptionRefused,
  type AdmissionProblem,
  type FaceAnswer,
  type GatewayFace,
  type GatewayFaultKind,
} from '@paymatch/gateway-edge';
import { Refusal } from '@paymatch/platform-messaging';
import { ExchangeUnavailable } from '@paymatch/gateway-receiving';
import {
  invalidFields,
  notFound,
  SmartFastPayError,
  TokenRefused,
  type SmartFastPayErrorCode,
} from './smartfastpay.error.js';

const TOKEN_PREFIX = '/oauth2/';
/** Contract B has no common prefix; these are its paths' beginnings. */
const PREFIXES = [
  TOKEN_PREFIX,
  '/payment',
  '/transaction',
  '/webhook/',
  '/balance',
  '/pix/',
  // Of the contract and not served: 404 in its own words.
  '/boleto',
  '/picpay',
  '/payout',
] as const;

const ADMISSION: Readonly<
  Record<
    AdmissionProblem,
    { readonly status: number; readonly code: SmartFastPayErrorCode; readonly message: string | null }
  >
> = {
  unauthenticated: {
    status: 401,
    code: 'unauthorized',
    message: 'Send a valid access token as "Authorization: Bearer <token>"; POST /oauth2/token gives one.',
  },
  suspended: { status: 401, code: 'merchant_suspended', message: null },
  rate_limited: { status: 429, code: 'rate_limited', message: null },
  origin_not_allowed: { status: 401, code: 'forbidden', message: null },
  ability_missing: { status: 401, code: 'forbidden', message: null },
};

/** What payments may refuse of the one command this contract sends, and of any other should it ever be sent. */
const REFUSALS: Readonly<Record<PaymentRefusalCode, () => SmartFastPayError>> = {
  PAYMENT_NOT_FOUND: notFound,
  INVALID_COMMAND: () =>
    invalidFields([{ field: 'body', message: 'This payment could not be handled as it was asked for.' }]),
  PAYMENT_CLOSED: closed,
  PAYMENT_EXPIRED: closed,
  PAYMENT_NOT_REFUNDABLE: closed,
  REFUND_EXCEEDS_REMAINING: closed,
  TRX_ATTEMPTS_EXHAUSTED: closed,
  LIVE_PAYMENT_CANNOT_BE_SIMULATED: closed,
  CREDIT_ALREADY_USED: closed,
};

const FAULTS: Readonly<
  Record<
    GatewayFaultKind,
    {
      readonly status: number;
      readonly code: SmartFastPayErrorCode;
      readonly message: string;
      readonly oauthError: string;
    }
  >
> = {
  not_found: { status: 404, code: 'not_found', message: 'Not found.', oauthError: 'invalid_request' },
  // The contract knows no 405.
  method_not_allowed: { status: 404, code: 'not_found', message: 'Not found.', oauthError: 'invalid_request' },
  malformed_request: {
    status: 400,
    code: 'invalid_request',
    message: 'The request could not be read; send one JSON object in UTF-8.',
    oauthError: 'invalid_request',
  },
  body_too_large: {
    status: 413,
    code: 'body_too_large',
    message: 'The body is too long; send less.',
    oauthError: 'invalid_request',
  },
  unsupported_media_type: {
    status: 415,
    code: 'unsupported_media_type',
    message: 'Send the body as JSON with "Content-Type: application/json".',
    oauthError: 'invalid_request',
  },
  unavailable: {
    status: 503,
    code: 'service_unavailable',
    message: 'Not available at this moment; repeating the request is safe.',
    oauthError: 'temporarily_unavailable',
  },
  // The contract has no word for a fault of ours. Every call is safe to repeat, and the log has the error.
  fault: {
    status: 503,
    code: 'service_unavailable',
    message: 'Not available at this moment; repeating the request is safe.',
    oauthError: 'temporarily_unavailable',
  },
};

/** Contract B's errors for anything thrown below its paths, one face for each beginning. */
export const smartFastPayFaces: readonly GatewayFace[] = PREFIXES.map((prefix) => ({
  prefix,
  answer: (error, request) =>
    prefix === TOKEN_PREFIX ? tokenAnswer(error, request) : answer(toSmartFastPayError(error, request), request),
}));

/**
 * The request's id as contract B wants it: a UUID. A caller's own id of another shape becomes a UUID made from it, so
 * that the same id still leads to the same log lines.
 */
export function requestUuid(request: FastifyRequest): string {
  const id = request.id.toLowerCase();
  if (isUuid(id)) return id;
  const hex = createHash('sha256').update(`request/${request.id}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Sends `{"requestId", …}` with the same id in `X-Request-Id`. */
export function sendBody(
  http: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  status: number,
  body: Readonly<Record<string, unknown>>,
): void {
  const requestId = requestUuid(http.request);
  void http.reply
    .status(status)
    .header('x-request-id', requestId)
    .header('content-type', 'application/json; charset=utf-8')
    .send(JSON.stringify({ requestId, ...body }));
}

function toSmartFastPayError(error: unknown, request: FastifyRequest): SmartFastPayError {
  if (error instanceof SmartFastPayError) return error;
  if (error instanceof AdmissionRefused) {
    const { status, code, message } = ADMISSION[error.problem];
    const headers =
      error.problem === 'unauthenticated' ? { 'www-authenticate': 'Bearer' } : retryAfter(error.retryAfterSeconds);
    return new SmartFastPayError(status, code, { message: message ?? error.message, headers });
  }
  if (error instanceof IdempotencyRefused) {
    return error.problem === 'still_running'
      ? new SmartFastPayError(409, 'conflict', { message: error.message, headers: retryAfter(1) })
      : invalidFields([{ field: 'Idempotency-Key', message: error.message }]);
  }
  if (error instanceof InvalidFields)
    return invalidFields(
      Object.entries(error.errors).flatMap(([field, texts]) => texts.map((message) => ({ field, message }))),
    );
  if (error instanceof SubscriptionRefused) {
    const isLimit = error.problem !== 'subscription_required';
    const code = isLimit ? 'transaction_limit_reached' : 'subscription_required';
    return new SmartFastPayError(402, code, { message: error.message });
  }
  if (error instanceof ExchangeUnavailable)
    return new SmartFastPayError(503, 'service_unavailable', { message: error.message, headers: retryAfter(30) });
  const refused = error instanceof Refusal ? REFUSALS[error.code as PaymentRefusalCode]?.() : undefined;
  if (refused !== undefined) return refused;
  const fault = gatewayFault(error);
  const { status, code, message } = FAULTS[fault.kind];
  return new SmartFastPayError(status, code, {
    message:
      fault.kind === 'body_too_large' ? `The body is longer than ${bodyLimitText(request)}; send less.` : message,
    headers: retryAfter(status === 503 ? (fault.retryAfterSeconds ?? 1) : null),
  });
}

function closed(): SmartFastPayError {
  return new SmartFastPayError(409, 'conflict', { message: 'This payment takes no such change any more.' });
}

function retryAfter(seconds: number | null): Readonly<Record<string, string>> {
  return seconds === null ? {} : { 'retry-after': String(seconds) };
}

function answer(error: SmartFastPayError, request: FastifyRequest): FaceAnswer {
  const requestId = requestUuid(request);
  const { message, details = [], headers = {} } = error.details;
  return {
    status: error.status,
    contentType: 'application/json; charset=utf-8',
    headers: { ...headers, 'x-request-id': requestId },
    body: {
      requestId,
      error: { code: error.code, message, details },
      // A public client of the contract reads nothing else.
      moreInformation: details.length > 0 ? details.map((detail) => detail.message) : [message],
    },
  };
}

/**
 * The token endpoint speaks RFC 6749: its `error` is a text, which leaves no room for the contract's object of that
 * name, so the members of that object stand beside it.
 */
function tokenAnswer(error: unknown, request: FastifyRequest): FaceAnswer {
  const requestId = requestUuid(request);
  const fault = FAULTS[gatewayFault(error).kind];
  const refusal =
    error instanceof TokenRefused
      ? { status: error.status, error: error.error, description: error.message }
      : error instanceof TooManyFailures
        ? { status: 429, error: 'temporarily_unavailable', description: error.message }
        : { status: fault.status, error: fault.oauthError, description: fault.message };
  return {
    status: refusal.status,
    contentType: 'application/json; charset=utf-8',
    headers: {
      'x-request-id': requestId,
      pragma: 'no-cache',
      ...(refusal.status === 401 && { 'www-authenticate': 'Basic realm="oauth2", charset="UTF-8"' }),
      ...retryAfter(error instanceof TooManyFailures ? error.retryAfterSeconds : refusal.status === 503 ? 1 : null),
    },
    body: {
      requestId,
      error: refusal.error,
      error_description: refusal.description,
      code: refusal.error,
      message: refusal.description,
      details: [],
      moreInformation: [refusal.description],
    },
  };
}
