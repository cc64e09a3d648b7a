/** Whether PostgreSQL refused because a key exists already (SQLSTATE 23505); `constraint` narrows it to one key. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const candidate = error as { code?: string; constraint?: string } | null;
  return candidate?.code === '23505' && (constraint === undefined || candidate.constraint === constraint);
}

const UNREACHABLE_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08003',
  '08006',
  '53300',
]);

/**
 * Whether the database could not be reached (or is shutting down or starting up): worth waiting for, never counted as
 * an attempt.
 */
export function isDatabaseUnreachable(error: unknown): boolean {
  const candidate = error as { code?: string; message?: string; cause?: unknown; driverError?: unknown } | null;
  if (!candidate || typeof candidate !== 'object') return false;
  if (candidate.code !== undefined && UNREACHABLE_CODES.has(candidate.code)) return true;
  if (
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout/.test(
      candidate.message ?? '',
    )
  )
    return true;
  return (
    isDatabaseUnreachable(candidate.driverError) ||
    (candidate.cause !== undefined && isDatabaseUnreachable(candidate.cause))
  );
}
