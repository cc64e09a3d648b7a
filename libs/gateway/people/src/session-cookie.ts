import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * `__Host-`: browsers take it over a secure connection or from this very machine only, for this host alone and with
 * `Path=/`, so that no neighbouring host can put one in its place.
 */
export const SESSION_COOKIE = '__Host-paymatch';

const TOKEN_SHAPE = /^[A-Za-z0-9]{43}$/;

/** The one the browser sent, if it can be one at all. */
export function sessionTokenOf(request: FastifyRequest): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at <= 0 || pair.slice(0, at).trim() !== SESSION_COOKIE) continue;
    const value = pair.slice(at + 1).trim();
    return TOKEN_SHAPE.test(value) ? value : null;
  }
  return null;
}

/** Lax, not Strict: a link in a mail leads to the console, signed in. */
export function giveSession(reply: FastifyReply, token: string, lifeMs: number): void {
  reply.header(
    'set-cookie',
    `${SESSION_COOKIE}=${token}; Path=/; Max-Age=${Math.floor(lifeMs / 1_000)}; HttpOnly; Secure; SameSite=Lax`,
  );
}

export function takeSession(reply: FastifyReply): void {
  reply.header('set-cookie', `${SESSION_COOKIE}=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax`);
}
