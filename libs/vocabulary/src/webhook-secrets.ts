/**
 * Whether a merchant's own signing secret may be used: visible ASCII, long enough not to be guessed, short enough for a
 * column.
 */
export function isAcceptableSecret(secret: string): boolean {
  return /^[\x21-\x7e]{16,200}$/.test(secret);
}
