/** Languages of the console, and the locales in which they write numbers and times. */
export const locales = { en: 'en-GB', bn: 'bn-BD', 'pt-BR': 'pt-BR' } as const;
export type Language = keyof typeof locales;

/** Taka are grouped by lakh in English, too; an Indian locale is how Intl is told so. */
function moneyLocale(language: Language, currency: string): string {
  return currency === 'BDT' && language === 'en' ? 'en-IN' : locales[language];
}

/** An amount as the API spells it (`"1500.00"`), never through a binary number. */
export function formatMoney(amount: string, currency: string, language: Language): string {
  return new Intl.NumberFormat(moneyLocale(language, currency), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  }).format(amount as Intl.StringNumericLiteral);
}

export function formatCount(count: number, language: Language): string {
  return new Intl.NumberFormat(language === 'en' ? 'en-IN' : locales[language]).format(count);
}

/** The moment in the reader's zone, to the second and with the zone named. */
export function formatMoment(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], {
    dateStyle: 'medium',
    timeStyle: 'long',
  }).format(new Date(iso));
}

export function formatTime(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(
    new Date(iso),
  );
}

export function formatDay(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'medium' }).format(new Date(iso));
}

const steps = [
  { unit: 'second', seconds: 1, below: 60 },
  { unit: 'minute', seconds: 60, below: 3_600 },
  { unit: 'hour', seconds: 3_600, below: 86_400 },
  { unit: 'day', seconds: 86_400, below: 604_800 },
] as const;

/** "3 minutes ago" within a week, the day after that. */
export function formatAge(iso: string, language: Language, nowMs: number): string {
  const seconds = (Date.parse(iso) - nowMs) / 1_000;
  const step = steps.find(({ below }) => Math.abs(seconds) < below);
  if (step === undefined) return formatDay(iso, language);
  return new Intl.RelativeTimeFormat(locales[language], { numeric: 'auto', style: 'short' }).format(
    Math.round(seconds / step.seconds),
    step.unit,
  );
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

export function formatBytes(bytes: number, language: Language): string {
  const step = bytes < 1 ? 0 : Math.min(Math.floor(Math.log(bytes) / Math.log(1_024)), byteUnits.length - 1);
  return new Intl.NumberFormat(locales[language], {
    style: 'unit',
    unit: byteUnits[step]!,
    maximumFractionDigits: 1,
  }).format(bytes / 1_024 ** step);
}
