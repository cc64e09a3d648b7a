import { types as pgTypes, type Client } from 'pg';

export const STATEMENT_TIMEOUT_MS = 15_000;
export const CONNECT_TIMEOUT_MS = 5_000;
const INT8_OID = 20;

export interface SessionOptions {
  readonly statementTimeoutMs?: number;
  /** Made instead of the driver's own connections: for a simulation that decides when each statement is carried out. */
  readonly client?: new () => Client;
}

/** bigint as a number, refusing to lose digits. Amounts and positions stay far below 2^53. */
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} is beyond 2^53`);
  return value;
}

const poolTypes = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === INT8_OID && format !== 'binary' ? parseInt8 : pgTypes.getTypeParser(oid, format as 'text'),
};

/** What every connection of a pool is opened with. */
export function connectionSettings(options: SessionOptions) {
  return {
    types: poolTypes,
    statement_timeout: options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS,
    keepAlive: true,
    // A write transaction left open anywhere stalls every log reader: PostgreSQL ends it for us.
    idle_in_transaction_session_timeout: 10_000,
    idleTimeoutMillis: 30_000,
    ...(options.client && { Client: options.client }),
  };
}
