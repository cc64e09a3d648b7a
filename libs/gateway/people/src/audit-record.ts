import type { FastifyRequest } from 'fastify';
import { fieldsOf } from '@paymatch/gateway-edge';

const TEXT_LENGTH_MAX = 500;
const ITEMS_MAX = 50;
const DEPTH_MAX = 4;
const SECRET_NAMES = /secret|password|token|^code$|^key$|logo/i;

/** What of a request's body may stand in the audit log: bounded, and without what is secret. */
export function recordable(request: FastifyRequest): unknown {
  const { body, headers } = request;
  if (body === undefined || body === null) return undefined;
  if (!/^application\/json\b/i.test(headers['content-type'] ?? ''))
    return { content_type: headers['content-type'] ?? null, bytes: Number(headers['content-length'] ?? 0) };
  return bounded(body, 0);
}

function bounded(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return shortened(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEPTH_MAX) return '…';
  if (Array.isArray(value)) return value.slice(0, ITEMS_MAX).map((item) => bounded(item, depth + 1));
  return Object.fromEntries(
    Object.entries(fieldsOf(value))
      .slice(0, ITEMS_MAX)
      .map(([name, item]) => [shortened(name), SECRET_NAMES.test(name) ? '•••' : bounded(item, depth + 1)]),
  );
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
