import type { PaymentRefusalCode } from '@paymatch/contracts';
import type { FastifyRequest } from 'fastify';
import {
  AdmissionRefused,
  bodyLimitText,
  gatewayFault,
  IdempotencyRefused,
  InvalidFields,
  MalformedBody,
  SubscriptionRefused,
  type AdmissionProblem,
  type FaceAnswer,
  type FieldErrors,
  type GatewayFace,
  type GatewayFaultKind,
} from '@paymatch/gateway-edge';
import { Refusal } from '@paymatch/platform-messaging';

export type FastaarErrorType =
  | 'authentication_error'
  | 'subscription_required'
  | 'transaction_limit_reached'
  | 'merchant_suspended'
  | 'domain_not_allowed'
  | 'ability_denied'
  | 'not_found'
  | 'method_not_allowed'
  | 'duplicate_invoice_number'
  | 'idempotency_conflict'
  | 'validation_error'
  | 'rate_limited'
  | 'service_unavailable';

/** An answer from contract A's error table. */
export class FastaarError extends Error {
  override readonly name = 'FastaarError';
  constructor(
    readonly status: number,
    readonly type: FastaarErrorType,
    readonly details: {
      readonly message: string;
      readonly errors?: FieldErrors;
      readonly paymentId?: string;
      readonly headers?: Readonly<Record<string, string>>;
    },
  ) {
    super(details.message);
  }
}

/** 422 with what is wrong in each field. */
export function validationError(errors: FieldErrors): FastaarError {
  const [first = 'The request is not valid.'] = Object.values(errors).flat();
  return new FastaarError(422, 'validation_error', { message: first, errors });
}

/** Unknown, another merchant's, or of the other mode: one answer, so that nobody learns which ids exist. */
export function notFound(): FastaarError {
  return new FastaarError(404, 'not_found', { message: 'Not found.' });
}

const ADMISSION: Readonly<Record<AdmissionProblem, readonly [status: number, type: FastaarErrorType]>> = {
  unauthenticated: [401, 'authentication_error'],
  suspended: [403, 'merchant_suspended'],
  rate_limited: [429, 'rate_limited'],
  origin_not_allowed: [403, 'domain_not_allowed'],
  ability_missing: [403, 'ability_denied'],
};

const REFUSALS: Readonly<Record<PaymentRefusalCode, (refusal: Refusal) => FastaarError>> = {
  PAYMENT_NOT_FOUND: notFound,
  PAYMENT_NOT_REFUNDABLE: () =>
    validationError({ payment: ['Only a completed payment with something left to refund can be refunded.'] }),
  REFUND_EXCEEDS_REMAINING: () =>
    validationError({
      amount: ['The refund is more than what remains of this payment; send less, or no amount for all that remains.'],
    }),
  PAYMENT_CLOSED: () => validationError({ payment: ['This payment has ended and takes no more changes.'] }),
  PAYMENT_EXPIRED: () => validationError({ payment: ['This payment has expired; create a new one.'] }),
  TRX_ATTEMPTS_EXHAUSTED: () => validationError({ payment: ['No more TrxIDs can be submitted for this payment.'] }),
  LIVE_PAYMENT_CANNOT_BE_SIMULATED: () => validationError({ payment: ['Only test payments can be simulated.'] }),
  CREDIT_ALREADY_USED: () => validationError({ payment: ['This money has completed another payment already.'] }),
  INVALID_COMMAND: () => validationError({ payment: ['This payment could not be handled as it was asked for.'] }),
};

const FAULTS: Readonly<Record<GatewayFaultKind, readonly [status: number, type: FastaarErrorType, message: string]>> = {
  not_found: [404, 'not_found', 'Not found.'],
  method_not_allowed: [405, 'method_not_allowed', 'This address takes other methods; see the header Allow.'],
  malformed_request: [422, 'validation_error', 'The request could not be read; send one JSON object in UTF-8.'],
  body_too_large: [413, 'validation_error', 'The body is too long; send less.'],
  unsupported_media_type: [415, 'validation_error', 'Send the body as JSON with "Content-Type: application/json".'],
  unavailable: [503, 'service_unavailable', 'Not available at this moment; repeating the request is safe.'],
  // The contract has no word for a fault of ours. Every call is safe to repeat, and the log has the error.
  fault: [503, 'service_unavailable', 'Not available at this moment; repeating the request is safe.'],
};

/** Contract A's errors for anything thrown below `/api/v1`. */
export const fastaarFace: GatewayFace = {
  prefix: '/api/v1',
  answer: (error, request) => render(toFastaarError(error, request)),
};

function toFastaarError(error: unknown, request: FastifyRequest): FastaarError {
  if (error instanceof FastaarError) return error;
  if (error instanceof InvalidFields) return validationError(error.errors);
  if (error instanceof MalformedBody) return validationError({ body: [error.message] });
  if (error instanceof AdmissionRefused) {
    const [status, type] = ADMISSION[error.problem];
    const headers =
      error.problem === 'unauthenticated' ? { 'www-authenticate': 'Bearer' } : retryAfter(error.retryAfterSeconds);
    return new FastaarError(status, type, { message: error.message, headers });
  }
  if (error instanceof IdempotencyRefused) {
    return error.problem === 'still_running'
      ? new FastaarError(409, 'idempotency_conflict', { message: error.message, headers: retryAfter(1) })
      : validationError({ 'Idempotency-Key': [error.message] });
  }
  if (error instanceof SubscriptionRefused) {
    const isLimit = error.problem !== 'subscription_required';
    return new FastaarError(402, isLimit ? 'transaction_limit_reached' : 'subscription_required', {
      message: error.message,
    });
  }
  const refused = error instanceof Refusal ? REFUSALS[error.code as PaymentRefusalCode]?.(error) : undefined;
  if (refused !== undefined) return refused;
  const fault = gatewayFault(error);
  const [status, type, text] = FAULTS[fault.kind];
  const message =
    fault.kind === 'body_too_large' ? `The body is longer than ${bodyLimitText(request)}; send less.` : text;
  return new FastaarError(status, type, {
    message,
    headers: retryAfter(status === 503 ? (fault.retryAfterSeconds ?? 1) : null),
  });
}

function retryAfter(seconds: number | null): Readonly<Record<string, string>> {
  return seconds === null ? {} : { 'retry-after': String(seconds) };
}

/** One body for every generation of clients: nested for the seed's, flat `message` and `code` for the later SDKs. */
function render(error: FastaarError): FaceAnswer {
  const { type } = error;
  const { message, errors, paymentId, headers } = error.details;
  const fields = errors === undefined ? {} : { errors };
  return {
    status: error.status,
    contentType: 'application/json; charset=utf-8',
    ...(headers !== undefined && { headers }),
    body: {
      error: { type, message, ...fields, ...(paymentId !== undefined && { payment_id: paymentId }) },
      message,
      code: type,
      ...fields,
    },
  };
}
