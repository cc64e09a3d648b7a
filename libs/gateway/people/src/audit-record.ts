import type { FastifyRequest } from 'fastify';
import { fieldsOf } from '@paymatch/gateway-edge';

const TEXT_LENGTH_MAX = 500;
const ITEMS_MAX = 50;
const DEPTH_MAX = 4;
const SECRET_NAMES = /secret|password|token|^code$|^key$|logo/i;
/** Headers of one's own choice are there to carry what lets a caller in: only their names are told. */
const SECRET_INSIDE = /^headers$/i;

/** What of a request's body may stand in the audit log. */
export function recordable(request: FastifyRequest): unknown {
  const { body, headers } = request;
  if (body === undefined || body === null) return undefined;
  if (!/^application\/json\b/i.test(headers['content-type'] ?? ''))
    return { content_type: headers['content-type'] ?? null, bytes: Number(headers['content-length'] ?? 0) };
  return bounded(body);
}

/** What may stand in the audit log: bounded, and without what is secret. */
export function bounded(value: unknown, { depth = 0, isSecret = false } = {}): unknown {
  // That there is nothing is no secret.
  if (value === null) return null;
  if (isSecret && (typeof value !== 'object' || Array.isArray(value))) return '•••';
  if (typeof value === 'string') return shortened(value);
  if (typeof value !== 'object') return value;
  if (depth >= DEPTH_MAX) return '…';
  if (Array.isArray(value)) return value.slice(0, ITEMS_MAX).map((item) => bounded(item, { depth: depth + 1 }));
  return Object.fromEntries(
    Object.entries(fieldsOf(value))
      .slice(0, ITEMS_MAX)
      .map(([name, item]) => [shortened(name), boundedField(name, item, { depth: depth + 1, isSecret })]),
  );
}

function boundedField(
  name: string,
  item: unknown,
  at: { readonly depth: number; readonly isSecret: boolean },
): unknown {
  if (SECRET_NAMES.test(name) && item !== null) return '•••';
  return bounded(item, { ...at, isSecret: at.isSecret || SECRET_INSIDE.test(name) });
}

/** What PostgreSQL cannot keep is shown as a sign of its own: what is refused for it must still be written down. */
function shortened(text: string): string {
  return [
    ...text
      .slice(0, 2 * TEXT_LENGTH_MAX)
      .toWellFormed()
      .replaceAll('\0', '␀'),
  ]
    .slice(0, TEXT_LENGTH_MAX)
    .join('');
}
