const PUNCTUATION = /[\s().\u00a0\u200b-\u200d\ufeff-]/g;
const BANGLA_DIGIT = /[\u09e6-\u09ef]/g;
const NUMBER = /^(?:\+?880|00880)?0?(1[3-9][0-9]{8})$/;

/**
 * `01XXXXXXXXX` of a Bangladeshi mobile number in any usual spelling (+880…, 880…, 1…, spaces, Bangla digits), else
 * `null`.
 */
export function normalisePhone(typed: string): string | null {
  const digits = typed.replace(PUNCTUATION, '').replace(BANGLA_DIGIT, (digit) => String(digit.charCodeAt(0) - 0x09e6));
  const national = NUMBER.exec(digits)?.[1];
  return national === undefined ? null : `0${national}`;
}

export type PhoneAgreement = 'agrees' | 'contradicts' | 'unknown';

const PRINTED = /(?:^|[^0-9A-Za-z])(\+?[0-9Xx*]{6,14})$/;
const MASKED = /^([0-9]{0,8})[Xx*]{1,12}([0-9]{0,8})$/;

/**
 * Holds the number a customer says they paid from against the payer a message prints, which may be masked
 * (`***712`, `0172XXX4410`), may carry Rocket's check digit, or may be no number at all (a bank's name says nothing).
 */
export function comparePhones(claimed: string, printed: string): PhoneAgreement {
  const phone = normalisePhone(claimed);
  const shown = PRINTED.exec(printed)?.[1];
  if (phone === null || shown === undefined) return 'unknown';
  const masked = MASKED.exec(shown);
  if (masked) return compareMasked(phone, masked[1] ?? '', masked[2] ?? '');
  const payer = normalisePhone(shown);
  if (payer !== null) return payer === phone ? 'agrees' : 'contradicts';
  // Rocket's account number is the mobile number and one check digit.
  if (/^01[0-9]{10}$/.test(shown)) return shown.startsWith(phone) ? 'agrees' : 'contradicts';
  return 'unknown';
}

function compareMasked(phone: string, head: string, tail: string): PhoneAgreement {
  const shownHead = head.startsWith('880') ? head.slice(2) : head;
  if (shownHead === '' && tail === '') return 'unknown';
  if (!phone.startsWith(shownHead)) return 'contradicts';
  if (phone.endsWith(tail)) return 'agrees';
  // Three visible digits alone may be Rocket's: then the last of them is the check digit, and one fact too few to
  // accuse anybody.
  return shownHead === '' && tail.length === 3 && phone.endsWith(tail.slice(0, 2)) ? 'unknown' : 'contradicts';
}
