/** What may be used of a value nobody has checked yet. None of these throws, whatever it is given. */

export type Fields = Readonly<Record<string, unknown>>;

const UNSTORABLE = /[\0\p{Cs}]/u;
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

/** An object's own fields; none for anything that is no object. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

/** A text or a number as a text; anything else has none: `String` would throw for `{"toString": 1}`. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : null;
}

/** Whether UTF-8 has it: no half of a surrogate pair. */
export function isWellFormed(text: string): boolean {
  return !/\p{Cs}/u.test(text);
}

/** Whether PostgreSQL and UTF-8 can keep it: no NUL, no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text);
}

/**
 * Whether it holds a control character or half of a surrogate pair: the least that is asked of what others send as a
 * line.
 */
export function hasControls(text: string): boolean {
  return /[\p{Cc}\p{Cs}]/u.test(text);
}

/** Storable, and a line: no control character, no line or paragraph separator. */
export function isPrintable(text: string): boolean {
  return !UNPRINTABLE.test(text);
}

/** Whether the text has that many characters as people count them, not UTF-16 units. */
export function hasLength(text: string, lengthMin: number, lengthMax: number): boolean {
  // Nothing longer in units than twice the limit can fit, and need not be counted.
  if (text.length > 2 * lengthMax) return false;
  const length = [...text].length;
  return length >= lengthMin && length <= lengthMax;
}
