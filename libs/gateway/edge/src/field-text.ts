/** Control characters (NUL among them), line and paragraph separators, halves of a surrogate pair: never part of a name or an id. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

export interface TextLimits {
  readonly lengthMin: number;
  readonly lengthMax: number;
}

/** What is wrong with a text, in characters as people count them; `null` when nothing is. */
export function textProblem(value: unknown, limits: TextLimits): string | null {
  const { lengthMin, lengthMax } = limits;
  if (typeof value !== 'string') return `Send a string of ${lengthMin} to ${lengthMax} characters.`;
  // Nothing longer in UTF-16 units than twice the limit can fit, and need not be counted.
  const length = value.length > 2 * lengthMax ? Number.POSITIVE_INFINITY : [...value].length;
  if (length < lengthMin || length > lengthMax || value.trim() === '')
    return `Send a string of ${lengthMin} to ${lengthMax} characters.`;
  return UNPRINTABLE.test(value) ? 'Use printable characters only.' : null;
}
