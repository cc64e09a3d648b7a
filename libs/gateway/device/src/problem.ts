import type { FastifyReply } from 'fastify';

/** An error answer of the device API (RFC 9457); `members` are added to the body as they are. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly type: string;
  readonly members: Readonly<Record<string, unknown>>;
  constructor(readonly status: number, title: string, about: { readonly type: string; readonly members?: Readonly<Record<string, unknown>> }) {
    super(title);
    this.type = about.type;
    this.members = about.members ?? {};
  }
}

/** One answer for every way of not being let in: it tells nobody which devices exist. */
export function notAuthorised(): Problem {
  return new Problem(401, 'The request is not signed by a device of ours.', { type: 'not-authorised' });
}

/** Sends a problem; the type is a reference relative to the gateway's own documents. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.status === 503) reply.header('Retry-After', '1');
  const body = JSON.stringify({ type: `/problems/${problem.type}`, title: problem.message, status: problem.status, ...problem.members });
  // As bytes: to a text Fastify would add a charset, which this media type does not have.
  return reply.code(problem.status).type('application/problem+json').send(Buffer.from(body));
}
