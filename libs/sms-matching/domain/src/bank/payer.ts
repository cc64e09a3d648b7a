import { findDocument, isMasked, mayBe, readDocument } from './printed-documents.js';

/** Who paid, as far as the bank says: a CPF or CNPJ (masked places are `*`) and a name as printed. */
export interface Payer {
  readonly document: string | null;
  readonly name: string | null;
}

const MARKS = /\p{M}/gu;
const NAME_WORDS_MIN = 2;

/**
 * A name as it is compared: no accents, no case, no punctuation, and no order of words (`SILVA, JOÃO DA` is `João da
 * Silva`). Nothing is left out: a name that was cut or shortened is another one. `null` for a single word, which is
 * nobody's full name.
 */
export function normaliseName(name: string): string | null {
  const words = name
    .normalize('NFD')
    .replace(MARKS, '')
    .toUpperCase()
    .split(/[^0-9A-Z]+/)
    .filter((word) => word !== '');
  return words.length < NAME_WORDS_MIN ? null : words.sort().join(' ');
}

/** By what a payer is known: the whole document, or else the full name. Claims and money with the same key may meet. */
export function payerKey(payer: Payer): string | null {
  if (payer.document !== null && !isMasked(payer.document)) return `document ${payer.document}`;
  const name = payer.name === null ? null : normaliseName(payer.name);
  return name === null ? null : `name ${name}`;
}

/** All keys under which money of a payer with a whole document may come in. */
export function claimKeys(payer: { readonly document: string; readonly name: string }): readonly string[] {
  return [
    payerKey({ document: readDocument(payer.document), name: null }),
    payerKey({ document: null, name: payer.name }),
  ].filter((key) => key !== null);
}

/**
 * Whether what two sources say of a payer is about one person. Two whole documents decide; a mask that does not fit
 * contradicts any name.
 */
export function comparePayers(one: Payer, other: Payer): 'same' | 'different' | 'unknown' {
  const documents = compareDocuments(one.document, other.document);
  if (documents !== 'unknown') return documents;
  const [name, otherName] = [one.name, other.name].map((text) => (text === null ? null : normaliseName(text)));
  if (!name || !otherName) return 'unknown';
  return name === otherName ? 'same' : 'different';
}

function compareDocuments(one: string | null, other: string | null): 'same' | 'different' | 'unknown' {
  if (one === null || other === null) return 'unknown';
  if (!isMasked(one) && !isMasked(other)) return one === other ? 'same' : 'different';
  // Six digits of eleven are too few to tell two people alike.
  const fits = isMasked(one) ? (isMasked(other) ? one === other : mayBe(one, other)) : mayBe(other, one);
  return fits ? 'unknown' : 'different';
}

const LEAD =
  /^(?:(?:transf(?:er[eê]ncia|\.)?|transfer|ted|doc|tef|pix|dep[oó]sito|cr[eé]dito|valor)\b[\s.:-]*)+(?:(?:recebid[oa]s?|receb\.?|rec\.?|cr[eé]d\.?|em conta)\b[\s.:-]*)*(?:(?:pelo|via|por|de|do|da)\s+)?(?:pix\b[\s.:-]*)?(?:(?:qr ?code|qrs|din[aâ]mico|est[aá]tico)\b[\s.:-]*)*(?:de\s+)?/iu;
const SEPARATORS = /\s+[-–|/•]\s+|\s{2,}|;|:\s|,?\s*\b(?:cpf|cnpj)\b/i;
const NUMBERS = /(?<!\p{L})[\d./-]*\d[\d./-]*(?!\p{L})/gu;
const NAME = /^\p{L}[\p{L}\d .'’&-]{2,100}$/u;

/**
 * The payer that a statement's running text names. Reads generously: a wrong reading is a text that is nobody's full
 * name, so it matches nothing.
 */
export function findPayer(description: string): Payer {
  const { document, rest } = findDocument(description);
  for (const segment of rest.split(SEPARATORS)) {
    const name = segment
      .trim()
      .replace(LEAD, '')
      .replace(NUMBERS, ' ')
      .replace(/\s+/g, ' ')
      .replace(/^[\s.,-]+|[\s.,-]+$/g, '');
    if (NAME.test(name) && normaliseName(name) !== null) return { document, name };
  }
  return { document, name: null };
}
