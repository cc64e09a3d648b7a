/** Longest text any template reads; ten SMS parts in GSM letters are longer than any payment message seen. */
export const textLengthMax = 1_000;
/** Longest raw body looked at: what is longer is no payment message, whatever it says. */
export const bodyLengthMax = 4_000;

const UNUSUAL = /[^\x20-\x7e\n]/;
const BANGLA_DIGIT = /[\u09e6-\u09ef]/g;
const SPACE_LIKE = /[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
const INVISIBLE = /\p{Cf}/gu;
const LINE_END = /\r\n?/g;
const TAKA_SIGN = /৳ ?/g;

/**
 * The copy of a message that templates read: Bangla digits in ASCII, odd spaces plain, invisible letters gone, LF line
 * ends, no spaces at line ends, `৳` spelt `Tk`. Letters are never folded or replaced: a homoglyph must stay one.
 */
export function normaliseText(body: string): string {
  let text = body;
  if (UNUSUAL.test(text)) {
    text = text
      .replace(LINE_END, '\n')
      .replace(SPACE_LIKE, ' ')
      .replace(INVISIBLE, '')
      .replace(BANGLA_DIGIT, (digit) => String(digit.charCodeAt(0) - 0x09e6))
      .replace(TAKA_SIGN, 'Tk ');
  }
  if (text.includes(' \n'))
    text = text
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n');
  return text.trim();
}

const NON_ASCII = /[^\x20-\x7e]/;

/** The sender as it is compared. Folding is for ASCII only: `toLowerCase` would turn the Kelvin sign into a plain k. */
export function foldSender(sender: string): string | null {
  const trimmed = sender.replace(/^[ \t\r\n]{1,20}|[ \t\r\n]{1,20}$/g, '');
  return NON_ASCII.test(trimmed) ? null : trimmed.toLowerCase();
}
