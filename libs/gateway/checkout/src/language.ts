import type { PaymentSnapshot } from '@paymatch/contracts';

export type Language = 'bn' | 'en' | 'pt';

export const LANGUAGE_COOKIE = 'pm_lang';

export function isLanguage(text: unknown): text is Language {
  return text === 'bn' || text === 'en' || text === 'pt';
}

/** What a visitor's address, cookie and browser say of languages. */
export interface LanguageWishes {
  readonly asked: unknown;
  readonly remembered: string | undefined;
  readonly accepted: string | undefined;
}

/** The languages a page is offered in; the first is for who wishes none of them. */
export type OfferedLanguages = readonly [Language, Language];
const inBangladesh: OfferedLanguages = ['en', 'bn'];
const inBrazil: OfferedLanguages = ['pt', 'en'];

/** Contract B's customers are Brazilians; everybody else's page is for Bangladesh. */
export function offeredFor(dialect: PaymentSnapshot['dialect'] | null): OfferedLanguages {
  return dialect === 'smartfastpay' ? inBrazil : inBangladesh;
}

/** The language asked for in the address, else the one remembered, else what the browser prefers. */
export function pickOffered(wishes: LanguageWishes, offered: OfferedLanguages): Language {
  const isOffered = (language: unknown): language is Language => offered.includes(language as Language);
  if (isOffered(wishes.asked)) return wishes.asked;
  if (isOffered(wishes.remembered)) return wishes.remembered;
  return preferredLanguage(wishes.accepted ?? '', offered);
}

/** RFC 9110 §12.5.4: the supported language with the highest weight; the earlier one of equals. */
function preferredLanguage(header: string, offered: OfferedLanguages): Language {
  let best: Language = offered[0];
  let bestWeight = 0;
  for (const range of header.slice(0, 500).split(',')) {
    const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
    const language = tag.split('-')[0] as Language;
    const quality = parameters.find((parameter) => parameter.trim().startsWith('q='));
    const weight = quality === undefined ? 1 : Number(quality.trim().slice(2));
    if (offered.includes(language) && weight > bestWeight) {
      best = language;
      bestWeight = weight;
    }
  }
  return best;
}
