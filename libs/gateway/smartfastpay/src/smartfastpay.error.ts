/** Machine-readable kinds of contract B's errors (`error.code`). */
export type SmartFastPayErrorCode =
  | 'invalid_request'
  | 'unauthorized'
  | 'subscription_required'
  | 'transaction_limit_reached'
  | 'merchant_suspended'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'validation_error'
  | 'body_too_large'
  | 'unsupported_media_type'
  | 'rate_limited'
  | 'service_unavailable';

export interface ErrorDetail {
  readonly field: string;
  readonly message: string;
}

/** An answer from contract B's error table. */
export class SmartFastPayError extends Error {
  override readonly name = 'SmartFastPayError';
  constructor(
    readonly status: number,
    readonly code: SmartFastPayErrorCode,
    readonly details: {
      readonly message: string;
      readonly details?: readonly ErrorDetail[];
      readonly headers?: Readonly<Record<string, string>>;
    },
  ) {
    super(details.message);
  }
}

/** A refusal of the token endpoint (RFC 6749, section 5.2). */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
  constructor(
    readonly status: 400 | 401,
    readonly error: 'invalid_client' | 'invalid_request' | 'unsupported_grant_type',
    description: string,
  ) {
    super(description);
  }
}

/** 422 with what is wrong in each field. */
export function invalidFields(details: readonly ErrorDetail[]): SmartFastPayError {
  return new SmartFastPayError(422, 'validation_error', {
    message: details[0]?.message ?? 'The request is not valid.',
    details,
  });
}

/**
 * Unknown, another merchant's, of the other mode or of the other contract: one answer, so that nobody learns which ids
 * exist.
 */
export function notFound(): SmartFastPayError {
  return new SmartFastPayError(404, 'not_found', { message: 'Not found.' });
}
