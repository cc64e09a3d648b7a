import { isUuid, parseMinor, ulidToUuid } from '@paymatch/contracts';
import { normaliseWalletNumber } from '@paymatch/vocabulary';
import {
  abilities,
  isChargeSetting,
  repeatedInvoiceNumbers,
  type RepeatedInvoiceNumber,
} from '@paymatch/gateway-access';
import { fieldsOf, hasLength, isPrintable, type FieldRule } from '@paymatch/gateway-edge';

const ORIGINS_MAX = 50;
const WALLETS_MAX = 50;
const TOLERANCE_MAX_MINOR = 10_000;

/** A line of text that must be there. */
export function lineRule(name: string, lengthMax: number): FieldRule {
  return (value) =>
    typeof value === 'string' && value.trim() !== '' && hasLength(value, 1, lengthMax) && isPrintable(value)
      ? null
      : `Send a ${name} of 1 to ${lengthMax} printable characters.`;
}

/** Names under which the system itself speaks in histories; nobody may be called so. */
const RESERVED_NAMES = /^(system|payments|api-key\b.*)$/i;

/** Whose key it is: the name its decisions are kept under. */
export const personRule: FieldRule = (value) =>
  lineRule('name', 100)(value) ??
  ((value as string) !== (value as string).trim() || RESERVED_NAMES.test(value as string)
    ? "Send a person's name, without spaces around it, that is not a name of the system."
    : null);

export function optional(rule: FieldRule): FieldRule {
  return (value) => (value === undefined ? null : rule(value));
}

/** As `optional`; `null` takes back what was set. */
export function orNull(rule: FieldRule): FieldRule {
  return (value) => (value === undefined || value === null ? null : rule(value));
}

export function integerRule(name: string, min: number, max: number): FieldRule {
  return (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
      ? null
      : `The ${name} must be a whole number from ${min} to ${max}.`;
}

export function booleanRule(name: string): FieldRule {
  return (value) => (typeof value === 'boolean' ? null : `The ${name} must be true or false.`);
}

/** The one currency that contract B converts (contract B, Calls). */
export const currencyRule: FieldRule = (value) => (value === 'USD' ? null : 'Send USD: BRL is not converted.');

export function listRule(name: string, known: readonly string[]): FieldRule {
  return (value) =>
    Array.isArray(value) && value.length > 0 && value.every((item) => known.includes(item as string))
      ? null
      : `The ${name} must be a list of: ${known.join(', ')}.`;
}

export const abilitiesRule = listRule('abilities', abilities);

/** Whether the address is a safe target is webhook-dispatch's to say. */
export const webhookUrlRule: FieldRule = (value) =>
  typeof value === 'string' &&
  value.length <= 2_000 &&
  /^https?:\/\/[^\s\\]+$/i.test(value) &&
  isPrintable(value) &&
  URL.canParse(value)
    ? null
    : 'Send a full address that begins with https://.';

export const secretRule: FieldRule = (value) =>
  value === null || (typeof value === 'string' && /^[\x21-\x7e]{16,200}$/.test(value))
    ? null
    : 'Send a secret of 16 to 200 visible ASCII characters, or leave it out to keep or get one.';

export const providerRule: FieldRule = (value) =>
  typeof value === 'string' && /^[a-z][a-z0-9_]{1,29}$/.test(value)
    ? null
    : 'Send the provider in lower-case letters, e.g. bkash, nagad, rocket, upay.';

export const accountTypeRule: FieldRule = (value) =>
  ['personal', 'merchant', 'agent', 'bank'].includes(value as string)
    ? null
    : 'The account_type must be one of personal, merchant, agent, bank.';

/** Of any provider; what this one's accounts look like is `walletFaults`' to say. */
export const walletNumberRule: FieldRule = (value) =>
  typeof value === 'string' && /^[0-9A-Z]{5,34}$/.test(normaliseWalletNumber(value))
    ? null
    : 'Send the account number, e.g. 01712345678.';

export const deviceWalletsRule: FieldRule = (value) => {
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
};

/** An origin as browsers send it: scheme and host, nothing behind. */
export const originsRule: FieldRule = (value) =>
  Array.isArray(value) &&
  value.length <= ORIGINS_MAX &&
  value.every(
    (item) => typeof item === 'string' && URL.canParse(item) && /^https?:/.test(item) && new URL(item).origin === item,
  )
    ? null
    : `Send a list of at most ${ORIGINS_MAX} origins such as https://shop.example.com, without a path or a slash at the end.`;

export const chargeRule: FieldRule = (value) =>
  value === null || isChargeSetting(value)
    ? null
    : 'Send {"type": "fixed", "value": "10.00"} or {"type": "percent", "value": "1.85"} (at most "100.00"), or null for none.';

export const repeatedInvoiceRule: FieldRule = (value) =>
  repeatedInvoiceNumbers.includes(value as RepeatedInvoiceNumber)
    ? null
    : `Send ${repeatedInvoiceNumbers.join(' or ')}.`;

export const toleranceRule: FieldRule = (value) => {
  const minor = typeof value === 'string' ? parseMinor(value) : undefined;
  return minor !== undefined && minor <= TOLERANCE_MAX_MINOR
    ? null
    : 'Send the tolerance as a decimal string from "0.00" to "100.00".';
};

export const amountRule: FieldRule = (value) => {
  const minor = typeof value === 'string' ? parseMinor(value) : undefined;
  return minor !== undefined && minor > 0 ? null : 'Send the amount as a decimal string, e.g. "500.00".';
};

export const walletIdRule: FieldRule = (value) =>
  typeof value === 'string' && isUuid(value) ? null : 'Send the id of one of your wallets.';

export const trxIdRule: FieldRule = (value) =>
  typeof value === 'string' && /^[0-9A-Za-z]{6,20}$/.test(value.replace(/\s/g, ''))
    ? null
    : 'Send the transaction id as the provider prints it.';

export const transferMethodRule: FieldRule = (value) =>
  value === 'pix' || value === 'bank_transfer' ? null : 'The method must be pix or bank_transfer.';

/** Letters and digits; which of them make an id is the matcher's to say. */
export const transferIdRule: FieldRule = (value) =>
  typeof value === 'string' && /^[0-9A-Za-z]{6,32}$/.test(value.replace(/\s/g, ''))
    ? null
    : "Send the endToEndId of the Pix, or the bank's number of the transfer.";

export const momentRule: FieldRule = (value) =>
  value === null ||
  (typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/.test(value) &&
    !Number.isNaN(Date.parse(value)))
    ? null
    : 'Send a moment with its offset, e.g. 2026-06-12T14:30:00+06:00.';

/** Contract A spells a payment's id as a ULID, contract B as a UUID; either names the same payment. */
export function readPaymentId(text: string): string | undefined {
  return isUuid(text) ? text : ulidToUuid(text);
}

export const paymentIdRule: FieldRule = (value) =>
  typeof value === 'string' && readPaymentId(value) !== undefined ? null : 'Send the id of a payment.';
