import { isOfAlphabet, trxIdPattern, type TrxIdShape } from '@paymatch/vocabulary';
import type { Provider } from './providers.js';

/** Why a TrxID cannot be one, told to the customer. It never says whether a TrxID exists. */
export type TrxIdProblem = 'empty' | 'phone_number' | 'length' | 'characters';

export type TrxIdReading =
  { readonly trxId: string; readonly problem: null } | { readonly trxId: string; readonly problem: TrxIdProblem };
export type SenderReading = { readonly senderNumber: string | null; readonly isWrong: boolean };

/** More than a pasted SMS; longer input is cut before any pattern runs over it. */
const INPUT_MAX = 600;
const LABELLED = new RegExp(String.raw`T(?:RX|XN|RN|X)\s*ID\s*[:.#-]?\s*(${trxIdPattern()})`);
const PHONE_NUMBER = /^(?:88)?01[3-9][0-9]{8}$/;

/**
 * Folds what phones put between the characters: full-width forms, Bangla digits, spaces, zero-width marks, small
 * letters.
 */
function fold(text: string): string {
  return text
    .slice(0, INPUT_MAX)
    .normalize('NFKC')
    .replace(/[০-৯]/g, (digit) => String(digit.charCodeAt(0) - 0x09e6))
    .replace(/\p{Cf}/gu, '')
    .toUpperCase();
}

/**
 * Reads what the customer typed or pasted (the whole confirmation message is fine too) and checks it against the
 * provider's shape only.
 */
export function readTrxId(provider: Provider, typed: string): TrxIdReading {
  const folded = fold(typed);
  const trxId = (LABELLED.exec(folded)?.[1] ?? folded).replace(/[\s-]/g, '').slice(0, 60);
  return { trxId, problem: problemOf(provider.trxId, trxId) };
}

function problemOf(shape: TrxIdShape, trxId: string): TrxIdProblem | null {
  if (trxId === '') return 'empty';
  const fitsLength = trxId.length >= shape.lengthMin && trxId.length <= shape.lengthMax;
  // The number sent to is what people paste by mistake; "wrong length" alone would not tell them.
  if (PHONE_NUMBER.test(trxId.replace(/^\+/, '')) && (!fitsLength || shape.alphabet === 'digits'))
    return 'phone_number';
  if (!isOfAlphabet(trxId, shape)) return 'characters';
  return fitsLength ? null : 'length';
}

/** The number the customer sent from, without country code; an empty field is fine and gives `null`. */
export function readSenderNumber(provider: Provider, typed: string): SenderReading {
  const digits = fold(typed)
    .replace(/[\s().-]/g, '')
    .replace(/^\+?88(?=01)/, '');
  if (digits === '') return { senderNumber: null, isWrong: false };
  const isNumber = /^01[3-9][0-9]+$/.test(digits) && provider.accountDigits.includes(digits.length);
  return isNumber ? { senderNumber: digits, isWrong: false } : { senderNumber: digits.slice(0, 30), isWrong: true };
}
