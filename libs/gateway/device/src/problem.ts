import { problemAnswer, Problem, sendFaceAnswer } from '@paymatch/gateway-edge';
import type { FastifyReply, FastifyRequest } from 'fastify';

const REFUSALS: readonly string[] = ['not-authorised', 'code-not-valid'];

/** One answer for every way of not being let in: it tells nobody which devices exist. */
export function notAuthorised(): Problem {
  return new Problem(401, 'not-authorised', { detail: 'The request is not signed by a device of ours.' });
}

/** Unknown, used and expired codes look alike. */
export function enrolmentRefused(): Problem {
  return new Problem(401, 'code-not-valid', { detail: 'This code cannot be used; ask for a new one.' });
}

/** Somebody was not let in: counted, so that trying costs time. */
export function isRefusal({ code }: Problem): boolean {
  return REFUSALS.includes(code);
}

export function tooManyRefusals(seconds: number): Problem {
  return new Problem(429, 'rate-limited', {
    detail: `Too many requests from this address were refused; try again in ${seconds} s.`,
    retryAfterSeconds: seconds,
  });
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  return sendFaceAnswer(reply, problemAnswer(problem, request));
}
