import type { PaymentSnapshot } from '@paymatch/contracts';
import type { Brand } from '@paymatch/gateway-access';
import { fieldsOf } from '@paymatch/gateway-edge';
import type { FastifyRequest } from 'fastify';
import { assets } from './assets/checkout-assets.js';
import { brandAsset } from './assets/brand-asset.js';
import { linkPath, payPath, type CheckoutOptions } from './checkout.options.js';
import { FORM_TOKEN_COOKIE, isFormToken, newFormToken } from './form-guard.js';
import { isLanguage, LANGUAGE_COOKIE, offeredFor, pickOffered, type LanguageWishes } from './language.js';
import { textsIn } from './texts/texts.js';
import type { PageFrame } from './views/page-context.js';

/** Who looks at the page, as far as the browser tells. */
export interface Visitor {
  /** Which language a page speaks also depends on the payment and its shop. */
  readonly wishes: LanguageWishes;
  /** The token the browser sent back, if any; forms are checked against it. */
  readonly cookieToken: string | undefined;
  /** The token to put into forms. */
  readonly formToken: string;
  /** `Set-Cookie` headers to send. */
  readonly newCookies: readonly string[];
}

const YEAR_SECONDS = 31_536_000;

export function readVisitor(request: FastifyRequest, options: CheckoutOptions): Visitor {
  const cookies = readCookies(request.headers.cookie);
  const asked = (request.query as Readonly<Record<string, unknown>> | undefined)?.['lang'];
  const wishes: LanguageWishes = {
    asked,
    remembered: cookies.get(LANGUAGE_COOKIE),
    accepted: request.headers['accept-language'],
  };
  const cookieToken = cookies.get(FORM_TOKEN_COOKIE);
  const formToken = isFormToken(cookieToken) ? cookieToken : newFormToken();
  // Lax, not Strict: the customer arrives from the shop, and a fresh token then would break a form open in another tab.
  const attributes =
    `Path=${homeOf(request, options)}; SameSite=Lax; ` +
    `HttpOnly${options.publicUrl.startsWith('https:') ? '; Secure' : ''}`;
  const newCookies: string[] = [];
  if (formToken !== cookieToken) newCookies.push(`${FORM_TOKEN_COOKIE}=${formToken}; ${attributes}`);
  if (isLanguage(asked)) newCookies.push(`${LANGUAGE_COOKIE}=${asked}; Max-Age=${YEAR_SECONDS}; ${attributes}`);
  return { wishes, cookieToken, formToken, newCookies };
}

/** Pages of payments and those of links are apart: `/` would send the cookies to the APIs as well. */
function homeOf(request: FastifyRequest, options: CheckoutOptions): string {
  return request.routeOptions.url?.startsWith('/l/') === true ? linkPath(options) : payPath(options);
}

function readCookies(header: string | undefined): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0) cookies.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim());
  }
  return cookies;
}

/** Whose page it is, as far as that is known. */
export interface PageOwner {
  readonly dialect: PaymentSnapshot['dialect'];
  readonly brand: Brand;
}

export function pageFrame(visitor: Visitor, options: CheckoutOptions, owner: PageOwner | null = null): PageFrame {
  const dialect = owner?.dialect ?? null;
  const offered = offeredFor(dialect);
  const language = pickOffered(visitor.wishes, offered, owner?.brand.defaultLanguage ?? null);
  const base = `${payPath(options)}/assets`;
  const colour = owner?.brand.colour ?? null;
  return {
    texts: textsIn(language, dialect),
    language,
    languages: offered,
    assets: {
      css: `${base}/${assets.css.name}`,
      brand: colour === null ? null : `${base}/${brandAsset(colour).name}`,
      script: `${base}/${assets.script.name}`,
      icon: `${base}/${assets.icon.name}`,
    },
  };
}

export function logoPathOf({ logo }: Brand, options: CheckoutOptions): string | null {
  return logo === null ? null : `${payPath(options)}/brand/${logo.name}`;
}

/** One text field of a posted form; a field that is missing or came twice reads as empty. */
export function formField(body: unknown, name: string): string {
  const value = fieldsOf(body)[name];
  return typeof value === 'string' ? value : '';
}
