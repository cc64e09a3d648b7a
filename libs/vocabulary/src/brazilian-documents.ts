/**
 * Whether the text is a CPF: 11 digits with right check digits, and not one digit repeated (those pass the sum but are
 * never issued).
 */
export function isCpf(text: string): boolean {
  if (!/^\d{11}$/.test(text) || isOneCharacterRepeated(text)) return false;
  return checkDigit(text.slice(0, 9), 11) === text[9] && checkDigit(text.slice(0, 10), 11) === text[10];
}

/**
 * Whether the text is a CNPJ: 12 digits or capital letters and two check digits (Receita Federal, IN RFB 2.229/2024: a
 * letter counts as its ASCII code less 48, so that digits count as themselves).
 */
export function isCnpj(text: string): boolean {
  if (!/^[0-9A-Z]{12}\d{2}$/.test(text) || isOneCharacterRepeated(text)) return false;
  return checkDigit(text.slice(0, 12), 9) === text[12] && checkDigit(text.slice(0, 13), 9) === text[13];
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
