import { STATUS_CODES } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** An error answer of the device API (RFC 9457); `code` is the last part of `type`, `members` are added to the body as they are. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: string;
  readonly members: Readonly<Record<string, unknown>>;
  constructor(readonly status: number, detail: string, about: { readonly code: string; readonly members?: Readonly<Record<string, unknown>> }) {
    super(detail);
    this.code = about.code;
    this.members = about.members ?? {};
  }
}

/** One answer for every way of not being let in: it tells nobody which devices exist. */
export function notAuthorised(): Problem {
  return new Problem(401, 'The request is not signed by a device of ours.', { code: 'not-authorised' });
}

/** Sends a problem in the shape all our problem details have. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.status === 503) reply.header('Retry-After', '1');
  const body = JSON.stringify({
    type: `urn:paymatch:problem:${problem.code}`, title: STATUS_CODES[problem.status] ?? 'Error', status: problem.status, detail: problem.message,
    instance: `urn:request:${request.id}`, ...problem.members,
  });
  // As bytes: to a text Fastify would add a charset, which this media type does not have.
  return reply.code(problem.status).type('application/problem+json').send(Buffer.from(body));
}
