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

/** The languages a page is offered in; the first is for who wishes none of them, the second is the nearest other. */
export type OfferedLanguages = readonly [Language, Language, Language];
const inBangladesh: OfferedLanguages = ['en', 'bn', 'pt'];
const inBrazil: OfferedLanguages = ['pt', 'en', 'bn'];

/** As each calls itself. */
export const languageNames: Readonly<Record<Language, string>> = { bn: 'বাংলা', en: 'English', pt: 'Português' };

/** Contract B's customers are Brazilians; everybody else's page is for Bangladesh. */
export function offeredFor(dialect: PaymentSnapshot['dialect'] | null): OfferedLanguages {
  return dialect === 'smartfastpay' ? inBrazil : inBangladesh;
}

/**
 * The language asked for in the address, else the one remembered, else the one the shop speaks to its customers (many
 * phones in Bangladesh are set to English whose owners read Bangla), else what the browser prefers.
 */
export function pickOffered(
  wishes: LanguageWishes,
  offered: OfferedLanguages,
  shopLanguage: Language | null = null,
): Language {
  if (isLanguage(wishes.asked)) return wishes.asked;
  if (isLanguage(wishes.remembered)) return wishes.remembered;
  return shopLanguage ?? preferredLanguage(wishes.accepted ?? '', offered);
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
