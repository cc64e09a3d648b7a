import { parseMinor } from '@paymatch/contracts';

const AMOUNT_SHAPE = /^\d{1,8}(?:\.\d{1,2})?$/;
const AMOUNT_MIN_MINOR = 200;
/** A string, skipped as a whole, or a number; in valid JSON digits stand nowhere else. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/**
 * The amount as it was written. A JSON number has forgotten that by the time it is parsed (`300.100000000000000001` is
 * `300.1` then), so the body's bytes are asked again, with its numbers turned into strings.
 */
export function amountText(amount: unknown, rawBody: Buffer | undefined): unknown {
  if (typeof amount !== 'number' || rawBody === undefined) return amount;
  const asStrings = rawBody
    .toString('utf8')
    .replace(STRING_OR_NUMBER, (token) => (token.startsWith('"') ? token : `"${token}"`));
  return (JSON.parse(asStrings) as { readonly amount: unknown }).amount;
}

/** Minor units of a decimal(10,2) of at least 2, or what is wrong with it (contract B, `POST /payment`). */
export function readAmount(text: unknown): number | string {
  if (typeof text !== 'string' || !AMOUNT_SHAPE.test(text))
    return 'Send a decimal of at most 8 digits and 2 decimals, with a dot, e.g. 300.10.';
  const minor = parseMinor(text);
  if (minor === undefined) throw new Error(`the amount ${text} has the shape of one and is none`);
  return minor < AMOUNT_MIN_MINOR ? 'The amount must be at least 2.' : minor;
}
