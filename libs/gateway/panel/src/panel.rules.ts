import { isUuid, parseMinor, ulidToUuid } from '@paymatch/contracts';
import { isAcceptableSecret, normaliseWalletNumber } from '@paymatch/vocabulary';
import {
  abilities,
  isChargeSetting,
  isReturnAddress,
  repeatedInvoiceNumbers,
  type RepeatedInvoiceNumber,
} from '@paymatch/gateway-access';
import { common, described, fieldsOf, hasLength, isPrintable, json, type FieldRule } from '@paymatch/gateway-edge';

const ORIGINS_MAX = 50;
const WALLETS_MAX = 50;
const TOLERANCE_MAX_MINOR = 10_000;

/** A line of text that must be there. */
export function lineRule(name: string, lengthMax: number): FieldRule {
  return described(json.text({ minLength: 1, maxLength: lengthMax }), (value) =>
    typeof value === 'string' && value.trim() !== '' && hasLength(value, 1, lengthMax) && isPrintable(value)
      ? null
      : `Send a ${name} of 1 to ${lengthMax} printable characters.`,
  );
}

/** Names under which the system itself or a person who signs in speaks in histories; no key may be called so. */
const RESERVED_NAMES = /^(system|payments|api-key\b.*|.*@.*|.* by key .*)$/i;

/** Whose key it is: the name its decisions are kept under. */
export const personRule: FieldRule = described(
  json.text({ minLength: 1, maxLength: 100, examples: ['Rita'] }),
  (value) =>
    lineRule('name', 100)(value) ??
    ((value as string) !== (value as string).trim() || RESERVED_NAMES.test(value as string)
      ? "Send a person's name, without spaces around it, that is not a name of the system."
      : null),
);

export function optional(rule: FieldRule): FieldRule {
  return described(rule.schema ?? {}, (value) => (value === undefined ? null : rule(value)));
}

/** As `optional`; `null` takes back what was set. */
export function orNull(rule: FieldRule): FieldRule {
  return described(rule.schema ?? {}, (value) => (value === undefined || value === null ? null : rule(value)));
}

export function integerRule(name: string, min: number, max: number): FieldRule {
  return described(json.integer({ minimum: min, maximum: max }), (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
      ? null
      : `The ${name} must be a whole number from ${min} to ${max}.`,
  );
}

export function booleanRule(name: string): FieldRule {
  return described(json.flag(), (value) => (typeof value === 'boolean' ? null : `The ${name} must be true or false.`));
}

/** The one currency that contract B converts (contract B, Calls). */
export const currencyRule: FieldRule = described(json.text({ const: 'USD' }), (value) =>
  value === 'USD' ? null : 'Send USD: BRL is not converted.',
);

export function listRule(name: string, known: readonly string[]): FieldRule {
  return described(json.list(json.words(known), { minItems: 1 }), (value) =>
    Array.isArray(value) && value.length > 0 && value.every((item) => known.includes(item as string))
      ? null
      : `The ${name} must be a list of: ${known.join(', ')}.`,
  );
}

export const abilitiesRule = listRule('abilities', abilities);

/** Whether the address is a safe target is webhook-dispatch's to say. */
export const webhookUrlRule: FieldRule = described(
  json.text({
    format: 'uri',
    pattern: '^[Hh][Tt][Tt][Pp][Ss]?://',
    maxLength: 2_000,
    examples: ['https://shop.example.com/webhooks'],
  }),
  (value) =>
    typeof value === 'string' &&
    value.length <= 2_000 &&
    /^https?:\/\/[^\s\\]+$/i.test(value) &&
    isPrintable(value) &&
    URL.canParse(value)
      ? null
      : 'Send a full address that begins with https://.',
);

export const secretRule: FieldRule = described(
  json.text({ pattern: '^[!-~]{16,200}$', examples: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'] }),
  (value) =>
    value === null || (typeof value === 'string' && isAcceptableSecret(value))
      ? null
      : 'Send a secret of 16 to 200 visible ASCII characters, or leave it out to keep or get one.',
);

export const providerRule: FieldRule = described(
  json.text({ pattern: '^[a-z][a-z0-9_]{1,29}$', examples: ['bkash', 'nagad'] }),
  (value) =>
    typeof value === 'string' && /^[a-z][a-z0-9_]{1,29}$/.test(value)
      ? null
      : 'Send the provider in lower-case letters, e.g. bkash, nagad, rocket, upay.',
);

export const accountTypeRule: FieldRule = described(json.words(['personal', 'merchant', 'agent', 'bank']), (value) =>
  ['personal', 'merchant', 'agent', 'bank'].includes(value as string)
    ? null
    : 'The account_type must be one of personal, merchant, agent, bank.',
);

/** Of any provider; what this one's accounts look like is `walletFaults`' to say. */
export const walletNumberRule: FieldRule = described(
  json.text({ pattern: '^[+0-9A-Za-z\\s-]{5,}$', examples: ['01712345678'] }),
  (value) =>
    typeof value === 'string' && /^[0-9A-Z]{5,34}$/.test(normaliseWalletNumber(value))
      ? null
      : 'Send the account number, e.g. 01712345678.',
);

export const deviceWalletsRule: FieldRule = described(
  json.list(
    json.object(
      { wallet_id: common.uuid, sim_slot: json.orNull(json.integer({ minimum: 0, maximum: 9 })) },
      { optional: ['sim_slot'], additionalProperties: false },
    ),
    { minItems: 1, maxItems: WALLETS_MAX },
  ),
  (value) => {
    const isWallet = (item: unknown): boolean => {
      const { wallet_id: walletId, sim_slot: simSlot = null, ...rest } = fieldsOf(item);
      return (
        typeof walletId === 'string' &&
        isUuid(walletId) &&
        (simSlot === null || (Number.isInteger(simSlot) && (simSlot as number) >= 0 && (simSlot as number) <= 9)) &&
        Object.keys(rest).length === 0
      );
    };
    return Array.isArray(value) && value.length > 0 && value.length <= WALLETS_MAX && value.every(isWallet)
      ? null
      : 'Send a list of {"wallet_id": …, "sim_slot": 0 to 9, or null for any}.';
  },
);

/** An origin as browsers send it: scheme and host, nothing behind. */
export const originsRule: FieldRule = described(
  json.list(json.text({ pattern: '^https?://[^/]+$', examples: ['https://shop.example.com'] }), {
    maxItems: ORIGINS_MAX,
  }),
  (value) =>
    Array.isArray(value) &&
    value.length <= ORIGINS_MAX &&
    value.every(
      (item) =>
        typeof item === 'string' && URL.canParse(item) && /^https?:/.test(item) && new URL(item).origin === item,
    )
      ? null
      : `Send a list of at most ${ORIGINS_MAX} origins such as https://shop.example.com, without a path or a slash ` +
        'at the end.',
);

/** Where customers may be sent back to. */
export const returnAddressesRule: FieldRule = described(
  json.list(json.text({ pattern: '^https?://[^\\s?#@]+$', maxLength: 500, examples: ['https://shop.example.com'] }), {
    maxItems: ORIGINS_MAX,
  }),
  (value) =>
    Array.isArray(value) && value.length <= ORIGINS_MAX && value.every(isReturnAddress)
      ? null
      : `Send a list of at most ${ORIGINS_MAX} origins or folders such as https://shop.example.com or ` +
        'https://shop.example.com/orders, without a query.',
);

export const chargeRule: FieldRule = described(
  json.object(
    {
      type: json.words(['fixed', 'percent']),
      value: json.text({ pattern: '^[0-9]{1,13}(?:\\.[0-9]{1,2})?$', examples: ['1.85'] }),
    },
    { additionalProperties: false },
  ),
  (value) =>
    value === null || isChargeSetting(value)
      ? null
      : 'Send {"type": "fixed", "value": "10.00"} or {"type": "percent", "value": "1.85"} (at most "100.00"), or null for none.',
);

export const repeatedInvoiceRule: FieldRule = described(json.words(repeatedInvoiceNumbers), (value) =>
  repeatedInvoiceNumbers.includes(value as RepeatedInvoiceNumber)
    ? null
    : `Send ${repeatedInvoiceNumbers.join(' or ')}.`,
);

export const toleranceRule: FieldRule = described(
  json.text({ pattern: '^[0-9]{1,13}(?:\\.[0-9]{1,2})?$', examples: ['5.00'] }),
  (value) => {
    const minor = typeof value === 'string' ? parseMinor(value) : undefined;
    return minor !== undefined && minor <= TOLERANCE_MAX_MINOR
      ? null
      : 'Send the tolerance as a decimal string from "0.00" to "100.00".';
  },
);

export const amountRule: FieldRule = described(
  json.text({ pattern: '^[0-9]{1,13}(?:\\.[0-9]{1,2})?$', examples: ['500.00'] }),
  (value) => {
    const minor = typeof value === 'string' ? parseMinor(value) : undefined;
    return minor !== undefined && minor > 0 ? null : 'Send the amount as a decimal string, e.g. "500.00".';
  },
);

export const walletIdRule: FieldRule = described(common.uuid, (value) =>
  typeof value === 'string' && isUuid(value) ? null : 'Send the id of one of your wallets.',
);

export const trxIdRule: FieldRule = described(
  json.text({ pattern: '^[0-9A-Za-z\\s]{6,}$', examples: ['BL6K2M4N8P'] }),
  (value) =>
    typeof value === 'string' && /^[0-9A-Za-z]{6,20}$/.test(value.replace(/\s/g, ''))
      ? null
      : 'Send the transaction id as the provider prints it.',
);

export const transferMethodRule: FieldRule = described(json.words(['pix', 'bank_transfer']), (value) =>
  value === 'pix' || value === 'bank_transfer' ? null : 'The method must be pix or bank_transfer.',
);

/** Letters and digits; which of them make an id is the matcher's to say. */
export const transferIdRule: FieldRule = described(
  json.text({ pattern: '^[0-9A-Za-z\\s]{6,}$', examples: ['E12345678202606121130ABCdef12345'] }),
  (value) =>
    typeof value === 'string' && /^[0-9A-Za-z]{6,32}$/.test(value.replace(/\s/g, ''))
      ? null
      : "Send the endToEndId of the Pix, or the bank's number of the transfer.",
);

export const momentRule: FieldRule = described(
  json.text({ format: 'date-time', examples: ['2026-06-12T14:30:00+06:00'] }),
  (value) =>
    value === null ||
    (typeof value === 'string' &&
      /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/.test(value) &&
      !Number.isNaN(Date.parse(value)))
      ? null
      : 'Send a moment with its offset, e.g. 2026-06-12T14:30:00+06:00.',
);

/** Contract A spells a payment's id as a ULID, contract B as a UUID; either names the same payment. */
export function readPaymentId(text: string): string | undefined {
  return isUuid(text) ? text : ulidToUuid(text);
}

export const paymentIdRule: FieldRule = described(
  json.either(
    json.text({ pattern: '^[0-7][0-9a-hjkmnp-tv-z]{25}$', examples: ['01k000000000000000000000a1'] }),
    common.uuid,
  ),
  (value) => (typeof value === 'string' && readPaymentId(value) !== undefined ? null : 'Send the id of a payment.'),
);
