import Big from 'big.js';

/** A Big of our own, so that nobody else's settings change how money is rounded. */
const Decimal = Big();
Decimal.strict = true;

const RATE_SHAPE = /^(?:0|[1-9]\d{0,5})(?:\.\d{1,18})?$/;

/** Whether the text can be a rate: a plain positive decimal. */
export function isRate(text: string): boolean {
  return RATE_SHAPE.test(text) && /[1-9]/.test(text);
}

/** amount × rate in centavos, multiplied exactly and rounded half up once (contract B, Money). */
export function convertMinor(amountMinor: number, rate: string): number {
  if (!isRate(rate)) throw new RangeError(`not a rate: ${rate}`);
  const product = new Decimal(String(amountMinor)).times(rate).round(0, Decimal.roundHalfUp);
  const minor = Number(product.toFixed(0));
  if (!Number.isSafeInteger(minor)) throw new RangeError(`${amountMinor} × ${rate} is no amount of minor units`);
  return minor;
}
