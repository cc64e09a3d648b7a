import { isDatabaseUnreachable } from '@paymatch/platform-postgres';
import { CarrierUnavailable, ContractError, HandlerFault, RequestUnavailable } from '../errors.js';
import { describeFault } from '../fault.js';

/**
 * What a failed attempt says:
 * - `bytes`: the message itself is wrong, and stays wrong;
 * - `away`: a database, a broker or a service is not there; every other message would meet the same;
 * - `surroundings`: PostgreSQL refused for a reason that hardly lies in one message (a lock, a deadlock, a timeout, a
 * right, a column);
 * - `unknown`: anything else, a fault of ours as a rule.
 */
export type FaultKind = 'bytes' | 'away' | 'surroundings' | 'unknown';

/**
 * SQLSTATEs, whole or by class (https://www.postgresql.org/docs/current/errcodes-appendix.html): connection, out of
 * resources, shut down or starting, input and output; and a server that only reads, which is what a standby does.
 */
const AWAY = /^(08|53|57P0|58)|^25006$/;
/**
 * Deadlocks and serialization, objects in use and locks, timeouts, missing rights, databases, schemas, tables, columns.
 */
const SURROUNDINGS = /^(40|55|28|3D|3F|42)|^57014$|^25P0[234]$|^57P05$/;

export function faultKindOf(error: unknown): FaultKind {
  if (error instanceof ContractError) return 'bytes';
  const state = sqlStateOf(error);
  if (state !== undefined && SURROUNDINGS.test(state)) return 'surroundings';
  if (state !== undefined && AWAY.test(state)) return 'away';
  if (error instanceof CarrierUnavailable) return 'away';
  if (error instanceof RequestUnavailable) return error.cause instanceof HandlerFault ? 'unknown' : 'away';
  return isDatabaseUnreachable(error) ? 'away' : 'unknown';
}

const SQLSTATE = /^[0-9A-Z]{5}$/;
const CAUSES_MAX = 8;

/** PostgreSQL's own code, also where the error is only the cause of another. */
function sqlStateOf(error: unknown): string | undefined {
  let current = error as { code?: unknown; severity?: unknown; cause?: unknown; driverError?: unknown } | null;
  for (let depth = 0; depth < CAUSES_MAX && typeof current === 'object' && current !== null; depth += 1) {
    const { code, severity } = current;
    // Node's own codes (`EPIPE`) look alike; only an answer of PostgreSQL has a severity.
    if (typeof code === 'string' && severity !== undefined && SQLSTATE.test(code)) return code;
    current = (current.driverError ?? current.cause ?? null) as typeof current;
  }
  return undefined;
}

/** What two faults have in common that have the same cause: the text without what names one message. */
export function fingerprintOf(error: unknown): string {
  return describeFault(error)
    .replaceAll(/"[^"]*"|'[^']*'|[0-9a-f-]{8,}|\d+/gi, '#')
    .slice(0, 500);
}
