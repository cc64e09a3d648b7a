import type { PaymentLink } from '../api/shapes';

export const linkLanguages = ['en', 'bn', 'pt'] as const;
export type LinkLanguage = (typeof linkLanguages)[number];
const textNames = ['title', 'description', 'button', 'thank_you'] as const;
export type LinkText = Record<(typeof textNames)[number], string>;

/** A payment link as a form holds it: every field is what stands in it. */
export interface GivenLink {
  readonly kind: 'fixed' | 'free';
  readonly amount: string;
  readonly amount_min: string;
  readonly amount_max: string;
  readonly payments_max: string;
  /** In the reader's own zone, to the minute. */
  readonly expires: string;
  readonly slug: string;
  readonly success_url: string;
  readonly asks_name: PaymentLink['asks_name'];
  readonly asks_phone: PaymentLink['asks_phone'];
  readonly default_language: LinkLanguage;
  readonly texts: Readonly<Record<LinkLanguage, LinkText>>;
}

export function givenOf(link: PaymentLink | null, language: LinkLanguage): GivenLink {
  return {
    kind: link?.amount === null ? 'free' : 'fixed',
    amount: link?.amount ?? '',
    amount_min: link?.amount_min ?? '',
    amount_max: link?.amount_max ?? '',
    payments_max: link?.payments_max?.toString() ?? '',
    expires: localMinute(link?.expires_at ?? null),
    slug: link?.slug ?? '',
    success_url: link?.success_url ?? '',
    asks_name: link?.asks_name ?? 'no',
    asks_phone: link?.asks_phone ?? 'no',
    default_language: link?.default_language ?? language,
    texts: { en: textOf(link, 'en'), bn: textOf(link, 'bn'), pt: textOf(link, 'pt') },
  };
}

function textOf(link: PaymentLink | null, language: LinkLanguage): LinkText {
  const text = link?.texts[language];
  return {
    title: text?.title ?? '',
    description: text?.description ?? '',
    button: text?.button ?? '',
    thank_you: text?.thank_you ?? '',
  };
}

export function isFilled(text: LinkText): boolean {
  return textNames.some((name) => text[name].trim() !== '');
}

/** What the gateway is sent: an empty field takes back what was there, and a language without texts is none. */
export function linkBody(given: GivenLink) {
  const filled = linkLanguages.filter((language) => isFilled(given.texts[language]));
  const spoken = filled.includes(given.default_language) ? given.default_language : filled[0];
  return {
    ...(given.kind === 'fixed'
      ? { amount: given.amount }
      : { amount: null, amount_min: given.amount_min || null, amount_max: given.amount_max || null }),
    ...(given.slug !== '' && { slug: given.slug }),
    ...(spoken !== undefined && { default_language: spoken }),
    payments_max: given.payments_max === '' ? null : Number(given.payments_max),
    expires_at: given.expires === '' ? null : new Date(given.expires).toISOString(),
    success_url: given.success_url || null,
    asks_name: given.asks_name,
    asks_phone: given.asks_phone,
    texts: Object.fromEntries(filled.map((language) => [language, textBody(given.texts[language])])),
  };
}

function textBody({ title, description, button, thank_you }: LinkText) {
  return { title, description: description || null, button: button || null, thank_you: thank_you || null };
}

/** As a field for a day and a time wants it. */
export function localMinute(iso: string | null): string {
  if (iso === null) return '';
  const at = new Date(iso);
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
