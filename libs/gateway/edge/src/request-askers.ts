import type { FastifyRequest } from 'fastify';
import { fieldsOf } from './field-values.js';

/** Whose key a request came with. */
export interface Asker {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly keyId: string;
  readonly keyName: string | null;
}

const askers = new WeakMap<FastifyRequest, Asker>();
const errorCodes = new WeakMap<FastifyRequest, string>();

/** Said by the door that knew the key, whatever becomes of the request then. */
export function noteAsker(request: FastifyRequest, asker: Asker): void {
  askers.set(request, asker);
}

export function askerOf(request: FastifyRequest): Asker | undefined {
  return askers.get(request);
}

const PROBLEM = 'urn:paymatch:problem:';

/** What an error's answer is called in the words of its face. */
export function noteErrorCode(request: FastifyRequest, body: unknown): void {
  const { type, code, error } = fieldsOf(body);
  const nested = fieldsOf(error)['code'];
  const found = [code, nested, error, type].find((value): value is string => typeof value === 'string');
  if (found !== undefined) errorCodes.set(request, found.startsWith(PROBLEM) ? found.slice(PROBLEM.length) : found);
}

export function errorCodeOf(request: FastifyRequest): string | null {
  return errorCodes.get(request)?.slice(0, 100) ?? null;
}
