/** Whether the text is a CPF: 11 digits with right check digits, and not one digit repeated (those pass the sum but are never issued). */
export function isCpf(text: string): boolean {
  return (
    /^\d{11}$/.test(text) &&
    !isOneCharacterRepeated(text) &&
    checkDigit(text.slice(0, 9), 11) === text[9] &&
    checkDigit(text.slice(0, 10), 11) === text[10]
  );
}

/** Whether the text is a CNPJ, also one with letters (Receita Federal, IN RFB 2.229/2024: a letter counts as its ASCII code less 48). */
export function isCnpj(text: string): boolean {
  return (
    /^[0-9A-Z]{12}\d{2}$/.test(text) &&
    !isOneCharacterRepeated(text) &&
    checkDigit(text.slice(0, 12), 9) === text[12] &&
    checkDigit(text.slice(0, 13), 9) === text[13]
  );
}

/** Weights run 2, 3, … from the right; a CNPJ's begin again at 2 after 9. */
function checkDigit(text: string, weightMax: number): string {
  let sum = 0;
  let weight = 2;
  for (let index = text.length - 1; index >= 0; index -= 1) {
    sum += (text.charCodeAt(index) - 48) * weight;
    weight = weight === weightMax ? 2 : weight + 1;
  }
  const rest = sum % 11;
  return rest < 2 ? '0' : String(11 - rest);
}

function isOneCharacterRepeated(text: string): boolean {
  return text === text.charAt(0).repeat(text.length);
}

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

/** The first CPF or CNPJ in running text, and the text without it. Eleven bare digits are one only when their check digits are right. */
export function findDocument(text: string): { readonly document: string | null; readonly rest: string } {
  const found = IN_TEXT.exec(text);
  const document = found === null ? null : readDocument(found[0]);
  if (found === null || document === null) return { document: null, rest: text };
  return { document, rest: `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}` };
}
