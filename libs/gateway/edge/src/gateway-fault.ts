import { HttpException } from '@nestjs/common';
import { isUnavailable } from '@paymatch/platform-messaging';
import { isDatabaseUnreachable } from '@paymatch/platform-postgres';

/**
 * The body of a request is not what its content type says: not JSON, not UTF-8, or with a key that would poison an
 * object.
 */
export class MalformedBody extends Error {
  override readonly name = 'MalformedBody';
}

/** What can go wrong with any request, whatever face it asked for. `fault` is ours: someone must look. */
export type GatewayFaultKind =
  | 'not_found'
  | 'method_not_allowed'
  | 'malformed_request'
  | 'body_too_large'
  | 'unsupported_media_type'
  | 'unavailable'
  | 'fault';

export interface GatewayFault {
  readonly kind: GatewayFaultKind;
  readonly retryAfterSeconds: number | null;
}

const KIND_BY_STATUS: Readonly<Record<number, GatewayFaultKind>> = {
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'body_too_large',
  415: 'unsupported_media_type',
  503: 'unavailable',
};

/** Reads what the framework, the bus or the database threw. */
export function gatewayFault(error: unknown): GatewayFault {
  if (error instanceof MalformedBody) return { kind: 'malformed_request', retryAfterSeconds: null };
  if (isUnavailable(error)) return { kind: 'unavailable', retryAfterSeconds: error.retryAfterSeconds };
  if (isDatabaseUnreachable(error)) return { kind: 'unavailable', retryAfterSeconds: 1 };
  const status = statusOf(error);
  const kind = KIND_BY_STATUS[status] ?? (status >= 400 && status < 500 ? 'malformed_request' : 'fault');
  return { kind, retryAfterSeconds: kind === 'unavailable' ? 1 : null };
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : 500;
}
