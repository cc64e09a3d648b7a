import { randomBytes } from 'node:crypto';
import { formatMinor, parseMinor } from '@paymatch/contracts';
import type { BrandLanguage } from '@paymatch/gateway-access';
import { validationProblem } from '@paymatch/gateway-edge';
import {
  linkState,
  type LinkAmount,
  type LinkTexts,
  type PaymentLink,
  type PaymentLinkSettings,
} from '@paymatch/gateway-receiving';
import {
  AMOUNT_MAX_MINOR,
  type ChangePaymentLinkDto,
  type CreatePaymentLinkDto,
  type LinkTextsFields,
} from './payment-links.dto.js';

const ANY_AMOUNT: LinkAmount = { fixedMinor: null, minMinor: 100, maxMinor: AMOUNT_MAX_MINOR };
/** Letters and digits that nobody takes for one another. */
const SLUG_ALPHABET = '23456789abcdefghjkmnpqrstvwxyz';
const SLUG_LENGTH = 12;

/** A new link, with what was not said. */
export function readNewLink(dto: CreatePaymentLinkDto, livemode: boolean): PaymentLinkSettings {
  const changes = readLinkChanges(dto, { livemode, amount: ANY_AMOUNT });
  const texts = textsOf(dto.texts);
  return {
    slug: newSlug(),
    status: 'active',
    amount: ANY_AMOUNT,
    paymentsMax: null,
    expiresAt: null,
    defaultLanguage: Object.keys(texts)[0] as BrandLanguage,
    asksName: 'no',
    asksPhone: 'no',
    successUrl: null,
    ...changes,
    texts,
  };
}

/** Only what was sent. Throws for what does not go together. */
export function readLinkChanges(
  dto: ChangePaymentLinkDto,
  known: { readonly livemode: boolean; readonly amount: LinkAmount },
): Partial<PaymentLinkSettings> {
  const { success_url: successUrl, expires_at: expiresAt } = dto;
  if (known.livemode && typeof successUrl === 'string' && !/^https:/i.test(successUrl))
    throw validationProblem({ success_url: ['Live payments return customers to https:// addresses only.'] });
  const changes = {
    slug: dto.slug,
    status: dto.status,
    amount: readAmount(dto, known.amount),
    paymentsMax: dto.payments_max,
    expiresAt: typeof expiresAt === 'string' ? new Date(expiresAt).toISOString() : expiresAt,
    defaultLanguage: dto.default_language,
    texts: dto.texts === undefined ? undefined : textsOf(dto.texts),
    asksName: dto.asks_name,
    asksPhone: dto.asks_phone,
    successUrl,
  };
  return Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined),
  ) as Partial<PaymentLinkSettings>;
}

/** A price, or bounds: a bound that is not said stays, or is as wide as can be. */
function readAmount(dto: ChangePaymentLinkDto, known: LinkAmount): LinkAmount | undefined {
  const { amount, amount_min: min, amount_max: max } = dto;
  const hasBounds = typeof min === 'string' || typeof max === 'string';
  if (typeof amount === 'string') {
    if (hasBounds)
      throw validationProblem({ amount: ['Send either an amount, or amount_min and amount_max for a free one.'] });
    return { fixedMinor: parseMinor(amount)! };
  }
  if (amount === undefined && min === undefined && max === undefined) return undefined;
  const bounds = known.fixedMinor === null ? known : (ANY_AMOUNT as typeof known & { readonly fixedMinor: null });
  return {
    fixedMinor: null,
    minMinor: min === undefined ? bounds.minMinor : min === null ? 100 : parseMinor(min)!,
    maxMinor: max === undefined ? bounds.maxMinor : max === null ? AMOUNT_MAX_MINOR : parseMinor(max)!,
  };
}

function textsOf(
  fields: Readonly<Partial<Record<BrandLanguage, LinkTextsFields>>>,
): Readonly<Partial<Record<BrandLanguage, LinkTexts>>> {
  return Object.fromEntries(
    Object.entries(fields).map(([language, { title, description, button, thank_you: thankYou }]) => [
      language,
      { title, description: description ?? null, button: button ?? null, thankYou: thankYou ?? null },
    ]),
  );
}

function newSlug(): string {
  return Array.from(randomBytes(SLUG_LENGTH), (byte) => SLUG_ALPHABET[byte % SLUG_ALPHABET.length]!).join('');
}

export function renderLink(link: PaymentLink, context: { readonly publicUrl: string; readonly nowMs: number }): object {
  const { amount } = link;
  const bound = (minor: number): string => formatMinor(minor);
  return {
    id: link.id,
    livemode: link.livemode,
    slug: link.slug,
    url: `${context.publicUrl}/l/${link.slug}`,
    status: link.status,
    state: linkState(link, context.nowMs),
    amount: amount.fixedMinor === null ? null : bound(amount.fixedMinor),
    amount_min: amount.fixedMinor === null ? bound(amount.minMinor) : null,
    amount_max: amount.fixedMinor === null ? bound(amount.maxMinor) : null,
    payments_max: link.paymentsMax,
    payments_taken: link.paymentsTaken,
    expires_at: link.expiresAt,
    texts: Object.fromEntries(
      Object.entries(link.texts).map(([language, { title, description, button, thankYou }]) => [
        language,
        { title, description, button, thank_you: thankYou },
      ]),
    ),
    default_language: link.defaultLanguage,
    asks_name: link.asksName,
    asks_phone: link.asksPhone,
    success_url: link.successUrl,
    created_at: link.createdAt,
    updated_at: link.updatedAt,
  };
}
