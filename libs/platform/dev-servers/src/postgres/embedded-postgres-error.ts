/** The embedded PostgreSQL cannot be started or used; the message is one line a person can act on. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}
