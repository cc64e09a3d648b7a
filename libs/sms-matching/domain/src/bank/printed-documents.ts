import { isCnpj, isCpf } from '@paymatch/vocabulary';

/** Banks print a masked CPF with its middle (`***.456.789-**`), Central Bank apps with dots for stars. */
const MASK_SIGNS = /[•●·xX]/g;
const MASKED_CPF = /^[*\d]{3}[*\d]{3}[*\d]{3}[*\d]{2}$/;

/** A CPF or CNPJ as it is compared: capitals and digits; masked places are `*`. `null` when the text is none. */
export function readDocument(text: string): string | null {
  const bare = text.replace(/[\s./-]/g, '').toUpperCase();
  if (isCpf(bare) || isCnpj(bare)) return bare;
  const masked = bare.replace(MASK_SIGNS, '*');
  return MASKED_CPF.test(masked) && masked.includes('*') && /\d{3}/.test(masked) ? masked : null;
}

export function isMasked(document: string): boolean {
  return document.includes('*');
}

/** Whether a masked document can be that whole one: every digit it shows is in its place. */
export function mayBe(masked: string, whole: string): boolean {
  return masked.length === whole.length && [...masked].every((sign, index) => sign === '*' || sign === whole[index]);
}

const IN_TEXT =
  /\d{3}\.\d{3}\.\d{3}-\d{2}|[0-9A-Z]{2}\.[0-9A-Z]{3}\.[0-9A-Z]{3}\/[0-9A-Z]{4}-\d{2}|[*•●·xX\d]{3}\.\d{3}\.\d{3}-[*•●·xX\d]{2}|(?<![0-9A-Za-z])(?:\d{14}|\d{11})(?![0-9A-Za-z])/;

/**
 * The first CPF or CNPJ in running text, and the text without it. Eleven bare digits are one only when their check
 * digits are right.
 */
export function findDocument(text: string): { readonly document: string | null; readonly rest: string } {
  const found = IN_TEXT.exec(text);
  const document = found === null ? null : readDocument(found[0]);
  if (found === null || document === null) return { document: null, rest: text };
  return { document, rest: `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}` };
}
