export type Language = 'bn' | 'en';

export const LANGUAGE_COOKIE = 'pm_lang';

export function isLanguage(text: unknown): text is Language {
  return text === 'bn' || text === 'en';
}

/** The language asked for in the address, else the one remembered, else what the browser prefers; English when it prefers neither. */
export function pickLanguage(asked: unknown, remembered: string | undefined, acceptLanguage: string | undefined): Language {
  if (isLanguage(asked)) return asked;
  if (isLanguage(remembered)) return remembered;
  return preferredLanguage(acceptLanguage ?? '');
}

/** RFC 9110 §12.5.4: the supported language with the highest weight; the earlier one of equals. */
function preferredLanguage(header: string): Language {
  let best: Language = 'en';
  let bestWeight = 0;
  for (const range of header.slice(0, 500).split(',')) {
    const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
    const language = tag.split('-')[0];
    const quality = parameters.find((parameter) => parameter.trim().startsWith('q='));
    const weight = quality === undefined ? 1 : Number(quality.trim().slice(2));
    if (isLanguage(language) && weight > bestWeight) {
      best = language;
      bestWeight = weight;
    }
  }
  return best;
}
