import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './panel-api';
import { problemOf, unreachable } from './problem';

export type PanelClient = Client<paths>;
export interface Scope {
  readonly merchant: string;
  readonly mode: 'live' | 'test';
}

/** Of the session that is open in this window; every change carries it. */
let csrfToken = '';
export function keepCsrfToken(token: string): void {
  csrfToken = token;
}

const clients = new Map<string, PanelClient>();

/** A client that asks for one merchant in one mode; without a scope, for the person alone. */
export function panelClient(scope: Scope | null): PanelClient {
  const name = scope === null ? '' : `${scope.merchant} ${scope.mode}`;
  const known = clients.get(name);
  if (known !== undefined) return known;
  const client = createClient<paths>({ baseUrl: window.location.origin, credentials: 'same-origin' });
  client.use({
    onRequest({ request }) {
      for (const [header, value] of Object.entries(headersOf(scope, request.method)))
        request.headers.set(header, value);
      return request;
    },
  });
  clients.set(name, client);
  return client;
}

export function headersOf(scope: Scope | null, method: string): Record<string, string> {
  return {
    ...(scope !== null && { 'paymatch-merchant': scope.merchant, 'paymatch-mode': scope.mode }),
    ...(method !== 'GET' && { 'x-csrf-token': csrfToken }),
  };
}

interface Answer<Body> {
  readonly data?: Body;
  readonly error?: unknown;
  readonly response: Response;
}

/** The body of an answer; throws an ApiProblem for every other outcome. */
export async function ask<Body>(asking: Promise<Answer<Body>>): Promise<Body> {
  const answer = await asking.catch((error: unknown) => {
    throw unreachable(error);
  });
  if (!answer.response.ok) throw problemOf(answer.response, answer.error);
  return answer.data as Body;
}
