import type { FastifyReply } from 'fastify';
import type { Visitor } from './visitor.js';
import type { SafeHtml } from './views/html.js';

/** The return to the shop is a link or a refresh, never a form, so `form-action` needs nothing beyond ourselves. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** On every answer of the checkout. `no-store`: a shared phone must not show the last customer's page. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex, nofollow',
};

export interface PageAnswer {
  readonly status: number;
  readonly page: SafeHtml;
  readonly retryAfterSeconds?: number | null;
}

export function sendPage(reply: FastifyReply, visitor: Visitor, answer: PageAnswer): void {
  if (answer.retryAfterSeconds) reply.header('retry-after', String(answer.retryAfterSeconds));
  if (visitor.newCookies.length > 0) reply.header('set-cookie', [...visitor.newCookies]);
  reply.headers(securityHeaders).status(answer.status).type('text/html; charset=utf-8').send(answer.page.text);
}

/** After a form: the browser asks for the page anew, so that reloading it sends nothing twice. */
export function sendSeeOther(reply: FastifyReply, path: string): void {
  reply.headers(securityHeaders).status(303).header('location', path).send();
}
