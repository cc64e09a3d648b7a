import { hasLength, isPrintable } from './field-values.js';

export interface TextLimits {
  readonly lengthMin: number;
  readonly lengthMax: number;
}

/** What is wrong with a text, in characters as people count them; `null` when nothing is. */
export function textProblem(value: unknown, limits: TextLimits): string | null {
  const { lengthMin, lengthMax } = limits;
  if (typeof value !== 'string' || !hasLength(value, lengthMin, lengthMax) || value.trim() === '')
    return `Send a string of ${lengthMin} to ${lengthMax} characters.`;
  return isPrintable(value) ? null : 'Use printable characters only.';
}
