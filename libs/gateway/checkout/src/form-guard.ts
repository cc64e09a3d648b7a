import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

export const FORM_TOKEN_COOKIE = 'pm_form';
export const FORM_TOKEN_FIELD = 'form_token';

const TOKEN_SHAPE = /^[A-Za-z0-9_-]{22}$/;

export function newFormToken(): string {
  return randomBytes(16).toString('base64url');
}

export function isFormToken(text: string | undefined): text is string {
  return text !== undefined && TOKEN_SHAPE.test(text);
}

/**
 * Whether a form was sent from our own page. `Sec-Fetch-Site` decides where the browser sends it (a page cannot forge
 * it); `Origin` cannot, since our `no-referrer` policy makes browsers send `null`. Without it, on plain http and in old
 * browsers, the token in the form must be the one in the cookie (double submit).
 */
export function isOwnForm(request: FastifyRequest, cookieToken: string | undefined, fieldToken: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  if (!isFormToken(cookieToken) || !isFormToken(fieldToken)) return false;
  return timingSafeEqual(Buffer.from(cookieToken), Buffer.from(fieldToken));
}
