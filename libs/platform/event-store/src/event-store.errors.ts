import { UnstorableValue } from '@paymatch/platform-postgres';

/**
 * Another transaction was faster: load again and decide anew. `streamId` is `null` when PostgreSQL ended this
 * transaction to resolve a deadlock and does not say over which stream.
 */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';
  constructor(
    readonly streamId: string | null,
    readonly streamVersion: number | null,
    options?: ErrorOptions,
  ) {
    super(
      streamId === null
        ? 'another transaction writes the same rows'
        : `stream ${streamId} has a version ${streamVersion} already`,
      options,
    );
  }
}

/**
 * The claim is not held by whom the request said (nobody, or the one it replaces): load the claims again and decide
 * anew.
 */
export class ClaimConflict extends Error {
  override readonly name = 'ClaimConflict';
  constructor(
    readonly scope: string,
    readonly key: string,
    options?: ErrorOptions,
  ) {
    // The key may hold a TrxID, so it stays out of the message, which gets logged.
    super(`a claim of scope ${scope} is held by somebody else`, options);
  }
}

/** This command's events are stored already: load what it did instead of doing it again. */
export class DuplicateCommand extends Error {
  override readonly name = 'DuplicateCommand';
  constructor(options?: ErrorOptions) {
    super('the events of this command are stored already', options);
  }
}

/** PostgreSQL cannot hold what was given (a NUL character, an id that is no UUID): a repeat fails as well. */
export class UnstorableEvent extends Error {
  override readonly name = 'UnstorableEvent';
}

/** SQLSTATEs that the append function raises itself; class `PM` is nobody else's. */
export const APPEND_NOT_FIRST = 'PM001';
export const CLAIM_CONFLICT = 'PM002';

export const EVENTS_VERSION_KEY = 'events_version';
export const EVENTS_COMMAND_KEY = 'events_command';

const DEADLOCK_DETECTED = '40P01';

interface PgError {
  readonly code?: string;
  readonly constraint?: string;
  readonly detail?: string;
}

/** Says in our words what PostgreSQL refused; anything else comes back as it was. */
export function appendError(cause: unknown): unknown {
  if (cause instanceof UnstorableValue) return new UnstorableEvent(cause.message, { cause });
  const { code, constraint, detail } = (cause ?? {}) as PgError;
  if (code === CLAIM_CONFLICT) {
    const { scope, key } = JSON.parse(detail ?? '{}') as { readonly scope: string; readonly key: string };
    return new ClaimConflict(scope, key, { cause });
  }
  if (code === '23505' && constraint === EVENTS_COMMAND_KEY) return new DuplicateCommand({ cause });
  if (code === '23505' && constraint === EVENTS_VERSION_KEY) {
    const [, streamId = null, version] = /=\(([0-9a-f-]+), (\d+)\)/.exec(detail ?? '') ?? [];
    return new VersionConflict(streamId, version === undefined ? null : Number(version), { cause });
  }
  if (code === DEADLOCK_DETECTED) return new VersionConflict(null, null, { cause });
  if (code?.startsWith('22') || code === '23502' || code === '23514')
    return new UnstorableEvent((cause as Error).message, { cause });
  return cause;
}
