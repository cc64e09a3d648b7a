import { parseMinor } from '@paymatch/contracts';
import { described, fieldsOf, hasLength, isPrintable, isStorable, json, type FieldRule } from '@paymatch/gateway-edge';

const AMOUNT_MAX_MINOR = 999_999_999;
const METADATA_KEYS_MAX = 20;
const METADATA_KEY_LENGTH_MAX = 40;
const METADATA_VALUE_LENGTH_MAX = 500;
const URL_LENGTH_MAX = 2_000;
const INVOICE_LENGTH_MAX = 100;
const DECIMAL = /^(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** An amount in BDT, as text (a JSON number comes as the text it was sent as). */
export const amountRule: FieldRule = described(
  json.either(
    json.text({ pattern: '^(?:0|[1-9][0-9]{0,6})(?:\\.[0-9]{1,2})?$', examples: ['500.00'] }),
    json.number({ exclusiveMinimum: 0, maximum: AMOUNT_MAX_MINOR / 100, examples: [500] }),
  ),
  (value) => {
    if (value === undefined || value === null)
      return 'The amount is required: a number or decimal string in BDT, e.g. 500 or "500.00".';
    if (typeof value !== 'string' || !DECIMAL.test(value))
      return 'The amount must be a plain decimal in BDT, without sign, exponent or separators, e.g. 500 or "500.00".';
    const minor = parseMinor(value);
    if (minor === undefined && /\.\d{3,}$/.test(value)) return 'The amount may have at most 2 decimals.';
    if (minor === undefined || minor > AMOUNT_MAX_MINOR) return 'The amount may be at most 9999999.99.';
    return minor > 0 ? null : 'The amount must be more than 0.';
  },
);

export function optionalRule(rule: FieldRule): FieldRule {
  return described(rule.schema ?? {}, (value) => (isAbsent(value) ? null : rule(value)));
}

/** The contract knows one currency; who asks for another must not be charged in this one. */
export const currencyRule: FieldRule = optionalRule(
  described(json.text({ const: 'BDT' }), (value) =>
    value === 'BDT' ? null : 'Payments are in BDT; send BDT, or leave the currency out.',
  ),
);

export const invoiceRule: FieldRule = described(
  json.text({ minLength: 1, maxLength: INVOICE_LENGTH_MAX, examples: ['ORDER-42'] }),
  (value) => {
    if (isAbsent(value)) return null;
    if (typeof value !== 'string') return 'The invoice id must be a string; put it in quotes.';
    if (!hasLength(value, 1, INVOICE_LENGTH_MAX))
      return `The invoice id must have 1 to ${INVOICE_LENGTH_MAX} characters; leave it out if you have none.`;
    return !isPrintable(value) || value.trim() === '' ? 'The invoice id must consist of printable characters.' : null;
  },
);

/**
 * An address the customer's browser is sent to: what is not plain http(s) could run in the checkout page or carry a
 * password.
 */
export const returnUrlRule: FieldRule = described(
  json.text({
    format: 'uri',
    pattern: '^[Hh][Tt][Tt][Pp][Ss]?://',
    maxLength: URL_LENGTH_MAX,
    examples: ['https://shop.example.com/thanks'],
  }),
  (value) => {
    if (isAbsent(value)) return null;
    if (
      typeof value !== 'string' ||
      !/^https?:\/\/[^\s\\]+$/i.test(value) ||
      !isPrintable(value) ||
      !URL.canParse(value)
    ) {
      return 'Send a full address that begins with http:// or https://.';
    }
    if (value.length > URL_LENGTH_MAX) return `The address may have at most ${URL_LENGTH_MAX} characters.`;
    const url = new URL(value);
    return url.username === '' && url.password === '' ? null : 'Remove the user name and password from the address.';
  },
);

export const metadataRule: FieldRule = described(
  json.either(
    json.map(json.text({ maxLength: METADATA_VALUE_LENGTH_MAX }), {
      maxProperties: METADATA_KEYS_MAX,
      propertyNames: { minLength: 1, maxLength: METADATA_KEY_LENGTH_MAX },
      examples: [{ channel: 'web' }],
    }),
    // PHP writes an empty array for an empty map.
    json.list({}, { maxItems: 0 }),
  ),
  (value) => {
    // PHP writes an empty array for an empty map.
    if (isAbsent(value) || (Array.isArray(value) && value.length === 0)) return null;
    if (typeof value !== 'object' || Array.isArray(value))
      return 'The metadata must be an object of strings, e.g. {"channel": "web"}.';
    const entries = Object.entries(fieldsOf(value));
    if (entries.length > METADATA_KEYS_MAX) return `The metadata may have at most ${METADATA_KEYS_MAX} keys.`;
    for (const [key, text] of entries) {
      if (!hasLength(key, 1, METADATA_KEY_LENGTH_MAX))
        return `A metadata key must have 1 to ${METADATA_KEY_LENGTH_MAX} characters.`;
      if (typeof text !== 'string') return 'Every metadata value must be a string; put numbers in quotes.';
      if (!hasLength(text, 0, METADATA_VALUE_LENGTH_MAX))
        return `A metadata value may have at most ${METADATA_VALUE_LENGTH_MAX} characters.`;
      if (!isStorable(key) || !isStorable(text))
        return 'The metadata must not contain NUL characters or halves of a surrogate pair.';
    }
    return null;
  },
);

export const customerIdRule: FieldRule = described(json.integer({ minimum: 1, maximum: 2_147_483_647 }), (value) =>
  isAbsent(value) || (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 2_147_483_647)
    ? null
    : 'The customer id must be the whole number that /customers shows.',
);

/** A line of text: what is required must not be blank. */
export function textRule(name: string, lengthMax: number, presence: 'required' | 'optional'): FieldRule {
  const schema = json.text({ maxLength: lengthMax, ...(presence === 'required' && { minLength: 1 }) });
  return described(schema, (value) => {
    if (isAbsent(value)) return presence === 'required' ? `The ${name} is required.` : null;
    if (typeof value !== 'string') return `The ${name} must be a string.`;
    if (presence === 'required' && value.trim() === '') return `The ${name} is required.`;
    if (!hasLength(value, 0, lengthMax)) return `The ${name} may have at most ${lengthMax} characters.`;
    return isStorable(value) ? null : `The ${name} must not contain NUL characters or halves of a surrogate pair.`;
  });
}

export const phoneRule: FieldRule = described(
  json.text({ pattern: '^\\+?[0-9][0-9 ()-]{2,30}$', examples: ['01712345678'] }),
  (value) =>
    typeof value === 'string' && /^\+?[0-9][0-9 ()-]{2,30}$/.test(value)
      ? null
      : 'The phone is required: 3 to 32 digits, spaces, brackets or hyphens, with an optional leading +.',
);

export const emailRule: FieldRule = described(
  json.text({ maxLength: 254, pattern: '^[^\\s@]+@[^\\s@]+$', examples: ['rahim@example.com'] }),
  (value) =>
    isAbsent(value) ||
    (typeof value === 'string' && value.length <= 254 && /^[^\s@]+@[^\s@]+$/.test(value) && isPrintable(value))
      ? null
      : 'Send a full e-mail address of at most 254 characters.',
);

function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}
