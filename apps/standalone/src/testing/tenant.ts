import { newId } from '@paymatch/contracts';
import { abilities, API_KEYS, MERCHANTS, type ApiKeys, type Merchants } from '@paymatch/gateway-access';
import { PANEL_PREFIX } from '@paymatch/gateway-panel';
import { PEOPLE, type PeopleStores } from '@paymatch/gateway-people';
import type { WholeGateway } from './whole-gateway.js';

export interface Answer {
  readonly status: number;
  readonly text: string;
}
/** One way to be somebody at a merchant in a mode. */
export type Caller = (method: string, path: string, body?: object) => Promise<Answer>;
export interface Tenant {
  readonly merchantId: string;
  readonly userId: string;
  readonly live: { readonly session: Caller; readonly key: Caller; readonly bearer: string };
  readonly test: { readonly session: Caller; readonly key: Caller; readonly bearer: string };
}

const PASSWORD = 'four horses graze by the river';
/** Argon2id of it with next to no cost. */
const PASSWORD_HASH = '$argon2id$v=19$m=64,t=1,p=1$0LpogW8D8hx0t8Qgw+11Bg$JvFGuyx6r5+L9qR8Pjy2dLkRH01mu2JtvBG+5EWtwMY';
/** An answer of the gateway, whatever it is. */
export async function send(
  url: string,
  method: string,
  { headers, body }: { readonly headers: object; readonly body?: object | undefined },
) {
  const response = await fetch(url, {
    method,
    signal: AbortSignal.timeout(15_000),
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) } as Record<
      string,
      string
    >,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

/** A merchant with an owner who is signed in, and a key of each mode. */
export async function openTenant(gateway: WholeGateway): Promise<Tenant> {
  const { id: merchantId } = await gateway.service.get<Merchants>(MERCHANTS).create({ name: 'Shop' });
  const people = gateway.service.get<PeopleStores>(PEOPLE);
  const person = { email: `owner.${newId()}@shop.example`, name: 'Owner', language: 'en', isOperator: false } as const;
  const userId = await people.database.transaction(async (tx) => {
    const id = (await people.users.add({ ...person, passwordHash: PASSWORD_HASH }, tx))!;
    await people.users.join({ merchantId, userId: id, role: 'owner' }, tx);
    return id;
  });
  const origin = gateway.url;
  const signedIn = await send(`${gateway.url}${PANEL_PREFIX}session`, 'POST', {
    headers: { origin },
    body: { email: person.email, password: PASSWORD },
  });
  const csrf = JSON.parse(signedIn.text).data.csrf_token as string;
  const cookie = signedIn.headers.getSetCookie()[0]!.split(';')[0]!;
  const inMode = async (mode: 'live' | 'test') => {
    const whose = { merchantId, livemode: mode === 'live' };
    const issued = { ...whose, abilities, rateLimitPerMinute: 1_000_000, name: 'Rita' };
    const { key: bearer } = await gateway.service.get<ApiKeys>(API_KEYS).issue(issued);
    const place = { cookie, origin, 'x-csrf-token': csrf, 'paymatch-merchant': merchantId, 'paymatch-mode': mode };
    const as =
      (headers: object): Caller =>
      (method, path, body) =>
        send(`${gateway.url}${PANEL_PREFIX}${path}`, method, { headers, body });
    return { session: as(place), key: as({ authorization: `Bearer ${bearer}` }), bearer };
  };
  return { merchantId, userId, live: await inMode('live'), test: await inMode('test') };
}
