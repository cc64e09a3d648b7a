import { STATUS_CODES } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** An error answer of the device API (RFC 9457); `code` is the last part of `type`, `members` are added to the body as they are. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: string;
  readonly members: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds: number | null;
  /** Somebody was not let in: counted, so that trying costs time. */
  readonly isRefusal: boolean;
  constructor(
    readonly status: number,
    detail: string,
    about: {
      readonly code: string;
      readonly members?: Readonly<Record<string, unknown>>;
      readonly retryAfterSeconds?: number;
      readonly isRefusal?: boolean;
    },
  ) {
    super(detail);
    this.code = about.code;
    this.members = about.members ?? {};
    this.retryAfterSeconds = about.retryAfterSeconds ?? null;
    this.isRefusal = about.isRefusal ?? false;
  }
}

/** One answer for every way of not being let in: it tells nobody which devices exist. */
export function notAuthorised(): Problem {
  return new Problem(401, 'The request is not signed by a device of ours.', {
    code: 'not-authorised',
    isRefusal: true,
  });
}

/** Unknown, used and expired codes look alike. */
export function enrolmentRefused(): Problem {
  return new Problem(401, 'This code cannot be used; ask for a new one.', { code: 'code-not-valid', isRefusal: true });
}

export function tooManyRefusals(seconds: number): Problem {
  return new Problem(429, `Too many requests from this address were refused; try again in ${seconds} s.`, {
    code: 'rate-limited',
    retryAfterSeconds: seconds,
  });
}

/** Sends a problem in the shape all our problem details have. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.retryAfterSeconds !== null) reply.header('Retry-After', String(problem.retryAfterSeconds));
  const body = JSON.stringify({
    type: `urn:paymatch:problem:${problem.code}`,
    title: STATUS_CODES[problem.status] ?? 'Error',
    status: problem.status,
    detail: problem.message,
    instance: `urn:request:${request.id}`,
    ...problem.members,
  });
  // As bytes: to a text Fastify would add a charset, which this media type does not have.
  return reply.code(problem.status).type('application/problem+json').send(Buffer.from(body));
}
