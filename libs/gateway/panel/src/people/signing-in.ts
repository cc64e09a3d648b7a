import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientAddress, dataAnswer, Problem, sendAnswer } from '@paymatch/gateway-edge';
import {
  giveSession,
  SESSION_LIFE_MS,
  sessionTokenOf,
  type Client,
  type OpenSession,
  type SignInRefusal,
  type SignInResult,
  type Visitor,
} from '@paymatch/gateway-people';
import type { Http, PanelDesk } from '../panel-desk.js';

export function clientOf(request: FastifyRequest): Client {
  return { address: clientAddress(request), agent: String(request.headers['user-agent'] ?? ''), requestId: request.id };
}

export function visitorOf(request: FastifyRequest): Visitor {
  return { client: clientOf(request), token: sessionTokenOf(request) };
}

/** Who is signed in, and what they may be for. */
export async function sessionView(desk: PanelDesk, session: OpenSession): Promise<object> {
  const { person } = session;
  const { users, visits } = desk.people;
  const merchants = await users.membershipsOf(person.id);
  const visited = person.isOperator ? await visits.openIn(session.id) : [];
  return {
    user: {
      id: person.id,
      name: person.name,
      email: person.email,
      language: person.language,
      totp_enabled: person.hasTotp,
      has_passkey: person.hasPasskey,
    },
    csrf_token: session.csrfToken,
    is_operator: person.isOperator,
    merchants: [
      ...merchants.map(({ merchantId: id, name, status, role }) => ({ id, name, status, role, until: null })),
      ...visited
        .filter((visit) => merchants.every(({ merchantId }) => merchantId !== visit.merchantId))
        .map(({ merchantId: id, name, status, endsAt }) => ({
          ...{ id, name, status },
          role: 'operator',
          until: endsAt.toISOString(),
        })),
    ],
    step_up_until: session.stepUpUntil?.toISOString() ?? null,
    expires_at: session.expiresAt.toISOString(),
  };
}

/** Gives the browser its new session, or says why not. */
export async function answerSignIn(desk: PanelDesk, { reply }: Http, result: SignInResult): Promise<void> {
  if (result.kind !== 'signed-in') throw refusal(result);
  const session = await desk.people.sessions.find(result.token);
  if (session === null) throw new Error('a session that was just opened is not there');
  giveSession(reply, result.token, SESSION_LIFE_MS);
  await answerSession(desk, reply, session);
}

export async function answerSession(desk: PanelDesk, reply: FastifyReply, session: OpenSession): Promise<void> {
  sendAnswer(reply, dataAnswer(200, await sessionView(desk, session)));
}

/** Until when they may do what needs it. */
export function answerStepUp(reply: FastifyReply, until: Date | null): void {
  if (until === null) throw refusal({ kind: 'refused' });
  sendAnswer(reply, dataAnswer(200, { step_up_until: until.toISOString() }));
}

export function refusal(result: SignInRefusal): Problem {
  switch (result.kind) {
    case 'refused':
      return new Problem(401, 'sign-in-refused', { detail: 'The address, the password or the passkey is not right.' });
    case 'code-required':
      return new Problem(401, 'code-required', { detail: 'Send the code of the authenticator; each is good once.' });
    case 'link-used':
      return new Problem(410, 'link-used-or-expired', {
        detail: 'This link has been used, or its time is over; ask for another one.',
      });
    case 'person-exists':
      return new Problem(409, 'person-exists', { detail: 'Somebody has this address already; sign in with it.' });
    case 'throttled':
      return new Problem(429, 'rate-limited', {
        detail: 'This was tried too often; wait a little.',
        retryAfterSeconds: result.retryAfterSeconds,
      });
  }
}
