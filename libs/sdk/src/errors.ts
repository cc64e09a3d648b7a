/** What the gateway said no to, or that it could not be asked. Every error of this package is one. */
export class PaymatchError extends Error {
  override readonly name: string = 'PaymatchError';
}

export interface ApiRefusal {
  readonly status: number;
  /** Kind of the error, e.g. `validation_error`, `duplicate_invoice_number`. */
  readonly code: string;
  readonly message: string;
  /** What is wrong, by field. */
  readonly errors: Readonly<Record<string, readonly string[]>>;
  /** Of `duplicate_invoice_number`: the payment there is. */
  readonly paymentId: string | null;
  /** Leads to the gateway's log. */
  readonly requestId: string | null;
  readonly retryAfterSeconds: number | null;
}

/** The gateway answered, and not with what was asked for. */
export class ApiError extends PaymatchError implements Omit<ApiRefusal, 'message'> {
  override readonly name: string = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly errors: ApiRefusal['errors'];
  readonly paymentId: string | null;
  readonly requestId: string | null;
  readonly retryAfterSeconds: number | null;

  constructor(refusal: ApiRefusal) {
    super(refusal.message);
    this.status = refusal.status;
    this.code = refusal.code;
    this.errors = refusal.errors;
    this.paymentId = refusal.paymentId;
    this.requestId = refusal.requestId;
    this.retryAfterSeconds = refusal.retryAfterSeconds;
  }
}

/** 401: the key is missing, unknown, revoked or expired. */
export class AuthenticationError extends ApiError {
  override readonly name = 'AuthenticationError';
}
/** 402: no subscription, or its payments of the month are used up. */
export class SubscriptionError extends ApiError {
  override readonly name = 'SubscriptionError';
}
/** 403: suspended, or the key may not do this. */
export class PermissionError extends ApiError {
  override readonly name = 'PermissionError';
}
/** 404 */
export class NotFoundError extends ApiError {
  override readonly name = 'NotFoundError';
}
/** 409 */
export class ConflictError extends ApiError {
  override readonly name = 'ConflictError';
}
/** 413, 415, 422: `errors` says what to mend. */
export class ValidationError extends ApiError {
  override readonly name = 'ValidationError';
}
/** 429, after the last try. */
export class RateLimitError extends ApiError {
  override readonly name = 'RateLimitError';
}
/** 5xx, after the last try. What was asked for may have been done: ask again under the same idempotency key. */
export class UnavailableError extends ApiError {
  override readonly name = 'UnavailableError';
}

/** No answer came, after the last try; `cause` says why. What was asked for may have been done. */
export class ConnectionError extends PaymatchError {
  override readonly name: string = 'ConnectionError';
}
/** No answer came in time, after the last try. */
export class TimeoutError extends ConnectionError {
  override readonly name = 'TimeoutError';
}

/** A webhook that is not from the gateway, is too old, or was changed on the way. */
export class SignatureError extends PaymatchError {
  override readonly name = 'SignatureError';
}

const KINDS: Readonly<Record<number, new (refusal: ApiRefusal) => ApiError>> = {
  401: AuthenticationError,
  402: SubscriptionError,
  403: PermissionError,
  404: NotFoundError,
  409: ConflictError,
  413: ValidationError,
  415: ValidationError,
  422: ValidationError,
  429: RateLimitError,
};

export function apiError(refusal: ApiRefusal): ApiError {
  const kind = KINDS[refusal.status] ?? (refusal.status >= 500 ? UnavailableError : ApiError);
  return new kind(refusal);
}
