const DECIMAL = /^(\d{1,13})(?:\.(\d{1,2}))?$/;

/**
 * Minor units (poisha, centavos) of a plain decimal with at most two decimals; `undefined` for anything else:
 * signs, exponents, separators, a third decimal, an empty string. Never goes through a float.
 */
export function parseMinor(decimal: string): number | undefined {
  const match = DECIMAL.exec(decimal);
  if (!match) return undefined;
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}

/** The decimal string with exactly two decimals of an integer amount in minor units. Throws on a non-integer. */
export function formatMinor(minor: number): string {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`not an integer amount of minor units: ${minor}`);
  const digits = Math.abs(minor).toString().padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
