/** A mistake in the compose file or its `.env`, named with its place. */
export class ComposeError extends Error {
  override readonly name = 'ComposeError';
}
