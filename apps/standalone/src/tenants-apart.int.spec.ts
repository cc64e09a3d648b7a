import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId, topics, uuidToUlid } from '@paymatch/contracts';
import { abilities, API_KEYS, MERCHANTS, type ApiKeys, type Merchants } from '@paymatch/gateway-access';
import { ownRoutes, PANEL_PREFIX, panelRoutes, readersOfBefore as readers } from '@paymatch/gateway-panel';
import { PEOPLE, type PeopleStores } from '@paymatch/gateway-people';
import { eventually } from '@paymatch/platform-testing';
import { startWholeGateway, type WholeGateway } from './testing/whole-gateway.js';

type Json = any; // eslint-disable-line @typescript-eslint/no-explicit-any
interface Answer {
  readonly status: number;
  readonly text: string;
}
/** One way to be somebody at a merchant in a mode. */
type Caller = (method: string, path: string, body?: object) => Promise<Answer>;
interface Shop {
  readonly merchantId: string;
  readonly userId: string;
  readonly live: { readonly session: Caller; readonly key: Caller };
  readonly test: { readonly session: Caller; readonly key: Caller; readonly bearer: string };
}

const PASSWORD = 'four horses graze by the river';
/** Argon2id of it with next to no cost. */
const PASSWORD_HASH = '$argon2id$v=19$m=64,t=1,p=1$0LpogW8D8hx0t8Qgw+11Bg$JvFGuyx6r5+L9qR8Pjy2dLkRH01mu2JtvBG+5EWtwMY';
let gateway: WholeGateway;
let receiver: Server;
/** Theirs is what is asked for; whoever asks has a shop as good. */
let theirs: Shop;
let mine: Shop;
const made = new Map<string, string>();

beforeAll(async () => {
  receiver = createServer((request, response) => request.resume().on('end', () => response.end('ok')));
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  gateway = await startWholeGateway();
  [theirs, mine] = [await openShop(), await openShop()];
  for (const [resource, { make }] of Object.entries(resources)) made.set(resource, String(await make(theirs)));
}, 60_000);
afterAll(async () => {
  await gateway.stop();
  receiver.close();
});

async function send(method: string, path: string, { headers, body }: { headers: object; body?: object | undefined }) {
  const response = await fetch(`${gateway.url}${path}`, {
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
async function openShop(): Promise<Shop> {
  const { id: merchantId } = await gateway.service.get<Merchants>(MERCHANTS).create({ name: 'Shop' });
  const people = gateway.service.get<PeopleStores>(PEOPLE);
  const person = { email: `owner.${newId()}@shop.example`, name: 'Owner', language: 'en', isOperator: false } as const;
  const userId = await people.database.transaction(async (tx) => {
    const id = (await people.users.add({ ...person, passwordHash: PASSWORD_HASH }, tx))!;
    await people.users.join({ merchantId, userId: id, role: 'owner' }, tx);
    return id;
  });
  const origin = gateway.url;
  const signedIn = await send('POST', `${PANEL_PREFIX}session`, {
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
        send(method, `${PANEL_PREFIX}${path}`, { headers, body });
    return { session: as(place), key: as({ authorization: `Bearer ${bearer}` }), bearer };
  };
  return { merchantId, userId, live: await inMode('live'), test: await inMode('test') };
}

async function dataOf(answer: Promise<Answer>): Promise<Json> {
  const { status, text } = await answer;
  if (status >= 300) throw new Error(`answered ${status}: ${text}`);
  return JSON.parse(text).data;
}
const created = (shop: Shop, path: string, body: object): Promise<Json> =>
  dataOf(shop.test.session('POST', path, body));

/** The first of a list, once it is there. */
async function first(shop: Shop, path: string): Promise<string> {
  let id: string | undefined;
  await eventually(
    async () => {
      const [thing] = await dataOf(shop.test.session('GET', path));
      id = thing?.id ?? thing?.client_id;
      return id !== undefined || Promise.reject(new Error(`nothing is in ${path}`));
    },
    { timeoutMs: 30_000 },
  );
  return id!;
}

async function inserted(sql: string, values: readonly unknown[]): Promise<string> {
  const { rows } = await gateway.test.database.query<{ id: string }>(`${sql} RETURNING id`, [...values]);
  return rows[0]!.id;
}

const madeBefore = (resource: string): string => {
  const id = made.get(resource);
  if (id === undefined) throw new Error(`there is no ${resource} yet`);
  return id;
};
const hook = (): string => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
const publicApi = (shop: Shop, path: string, body: object): Promise<Json> =>
  dataOf(send('POST', path, { headers: { authorization: `Bearer ${shop.test.bearer}` }, body }));

/**
 * What stands before an id in an address → how one is made, in test mode; in this order. `of`: whose it is, where it is
 * not a merchant's in one mode.
 */
const resources: Readonly<
  Record<
    string,
    { readonly of?: 'merchant' | 'person' | 'installation'; readonly make: (shop: Shop) => string | Promise<string> }
  >
> = {
  wallets: {
    make: async (shop) =>
      (await created(shop, 'wallets', { provider: 'bkash', number: '01712345678', account_type: 'personal' })).id,
  },
  devices: {
    make: async (shop) =>
      (await created(shop, 'devices', { name: 'Phone', wallets: [{ wallet_id: madeBefore('wallets') }] })).id,
  },
  'device-alerts': {
    make: ({ merchantId }) =>
      inserted(
        `INSERT INTO gateway.device_alerts (id, device_id, merchant_id, livemode, kind, opened_at, told_at, missing,
          gap)
         VALUES ($1, $2, $3, false, 'gap', now(), now(), '{[1,2)}', '{[1,2)}')`,
        [newId(), madeBefore('devices'), merchantId],
      ),
  },
  'api-keys': { make: async (shop) => (await created(shop, 'api-keys', { name: 'Rahima' })).id },
  'oauth-clients': {
    make: async (shop) => {
      await created(shop, 'oauth-clients', {});
      return first(shop, 'oauth-clients');
    },
  },
  'payment-links': {
    make: async (shop) =>
      (await created(shop, 'payment-links', { amount: '500.00', texts: { en: { title: 'Course' } } })).id,
  },
  'webhook-endpoints': {
    make: async (shop) => (await created(shop, 'webhook-endpoints', { url: hook(), events: ['payment.*'] })).id,
  },
  'webhook-test-events': {
    make: async (shop) => (await created(shop, `webhook-endpoints/${madeBefore('webhook-endpoints')}/test`, {})).id,
  },
  customers: {
    make: async (shop) => {
      await publicApi(shop, '/api/v1/customers', { name: 'Karim', phone: '01812345678' });
      return first(shop, 'customers');
    },
  },
  payments: {
    make: async (shop) => {
      await publicApi(shop, '/api/v1/payments', { amount: 150 });
      return first(shop, 'payments');
    },
  },
  'test/payments': { make: () => madeBefore('payments') },
  'review-cases': {
    make: async (shop) => {
      await created(shop, 'test/messages', { sender: 'bKash', body: 'You have received Tk 500.00' });
      return first(shop, 'review-cases');
    },
  },
  credits: {
    make: async (shop) => {
      const read = { wallet_id: madeBefore('wallets'), trx_id: 'BL6K2M4N8P', amount: '500.00', note: 'x' };
      await created(shop, 'credits', read);
      return first(shop, 'credits');
    },
  },
  'webhook-deliveries': { make: (shop) => first(shop, 'webhook-deliveries?status=delivered') },
  'webhook-replays': {
    make: async (shop) => {
      await created(shop, `webhook-endpoints/${madeBefore('webhook-endpoints')}/replays`, { scope: 'failed' });
      return first(shop, 'webhook-replays');
    },
  },
  'parked-messages': {
    make: ({ merchantId }) =>
      inserted(
        `INSERT INTO sms_matching.parked_messages
          (group_name, topic, key, message_id, headers, value, position, error, attempts)
         VALUES ('nobody', $1, $2, 'm1', '{}', convert_to('{"livemode":false,"rawId":"r1"}', 'UTF8'), '0', 'x', 5)`,
        [topics.creditsReceived.name, `${merchantId}:x`],
      ),
  },
  people: { of: 'merchant', make: ({ userId }) => userId },
  'people/invitations': {
    of: 'merchant',
    make: async (shop) => {
      await created(shop, 'people/invitations', { email: `new.${newId()}@shop.example`, role: 'read-only' });
      const { text } = await shop.test.session('GET', 'people');
      return JSON.parse(text).invitations[0].id;
    },
  },
  'saved-views': {
    of: 'person',
    make: async (shop) =>
      (await created(shop, 'saved-views', { screen: 'payments', name: 'Mine', query: 'status=failed' })).id,
  },
  sessions: { of: 'person', make: (shop) => first(shop, 'sessions') },
  'me/passkeys': {
    of: 'person',
    make: ({ userId }) =>
      inserted(
        `INSERT INTO gateway.passkeys (id, user_id, credential_id, public_key, counter, transports, name, created_at)
         VALUES ($1, $2, '\\x01', '\\x02', 0, '{}', 'Phone', now())`,
        [newId(), userId],
      ),
  },
  'operator/merchants': { of: 'installation', make: ({ merchantId }) => merchantId },
  'operator/parked-messages': { of: 'installation', make: () => `sms-matching.${madeBefore('parked-messages')}` },
  'operator/people': { of: 'installation', make: ({ userId }) => userId },
};

/** What passes the check of fields, so that the route gets to the thing it is asked about. */
const bodies: Readonly<Record<string, () => object>> = {
  'POST api-keys/:id/roll': () => ({ overlap_minutes: 60 }),
  'PATCH wallets/:id': () => ({ account_name: 'Changed' }),
  'PATCH devices/:id': () => ({ name: 'Changed' }),
  'POST api-keys/:id/revoke': () => ({ reason: 'x' }),
  'POST oauth-clients/:id/revoke': () => ({ reason: 'x' }),
  'POST devices/:id/revoke': () => ({ reason: 'x' }),
  'POST parked-messages/:id/discard': () => ({ reason: 'x' }),
  'POST operator/parked-messages/:id/discard': () => ({ reason: 'x' }),
  'POST payments/:id/refund': () => ({ reason: 'x' }),
  'POST review-cases/:id/assign': () => ({ payment_id: madeBefore('payments'), reason: 'x' }),
  'POST review-cases/:id/hand-over': () => ({ user_id: theirs.userId }),
  'POST review-cases/:id/ignore': () => ({ reason: 'x' }),
  'POST review-cases/:id/reject': () => ({ reason: 'x' }),
  'POST review-cases/:id/complete': () => ({ payment_id: madeBefore('payments'), reason: 'x' }),
  'POST payments/:id/notes': () => ({ text: 'x' }),
  'POST payments/:id/deny': () => ({ reason: 'x' }),
  'POST customers/:id/erase': () => ({ reason: 'x' }),
  'PATCH webhook-endpoints/:id': () => ({ enabled: false }),
  'POST webhook-endpoints/:id/replays': () => ({ scope: 'failed' }),
  'PATCH payment-links/:id': () => ({ status: 'disabled' }),
  'PATCH people/:id': () => ({ role: 'read-only', reason: 'x' }),
  'DELETE people/:id': () => ({ reason: 'x' }),
};
const QUERIES: Readonly<Record<string, string>> = {
  'GET payments/:id/as-of': '?version=1',
  'GET wallets/:id/days': '?from=2026-06-12T00:00:00Z&to=2026-06-13T00:00:00Z',
};

const routesWithIds = [...panelRoutes.keys(), ...ownRoutes].filter((route) => route.includes('/:'));
const resourceOf = (route: string): string => route.slice(route.indexOf(' ') + 1, route.indexOf('/:'));
const ask = (caller: Caller, route: string, id: string): Promise<Answer> => {
  const [method = '', path = ''] = route.split(' ');
  const body = method === 'GET' ? undefined : (bodies[route]?.() ?? {});
  const address = path.replace('/:id', `/${id}`).replace(':outcome', 'complete');
  return caller(method, `${address}${QUERIES[route] ?? ''}`, body);
};
const UUID = /[\da-f-]{36}$/;
/** One of the same shape: a uuid, a ULID, or a number, with or without letters before it. */
const unknownLike = (id: string): string =>
  id.length === 26 ? uuidToUlid(newId()) : UUID.test(id) ? id.replace(UUID, newId()) : id.replace(/\d+$/, '999999999');
/** An answer without what differs from one request to the next. */
const essence = ({ status, text }: Answer, id: string): string =>
  `${status} ${text.replaceAll(id, '#').replace(/"(instance|request_id)":"[^"]*"/g, '"$1":"#"')}`;

/** Who must not be told of theirs: another merchant in both modes, and they themselves in the other one. */
function strangersTo(resource: string): readonly { readonly who: string; readonly place: Shop['live'] }[] {
  const strangers = [
    { who: 'another merchant, same mode', place: mine.test },
    { who: 'another merchant, other mode', place: mine.live },
  ];
  const isOfMode = resources[resource]!.of === undefined;
  return isOfMode ? [...strangers, { who: 'the same merchant, other mode', place: theirs.live }] : strangers;
}

/** Keys are told that people's things are for people, and people that the installation's are the operator's. */
const isClosedTo = (by: 'session' | 'key', { of }: { readonly of?: string }): boolean =>
  of === 'installation' || (by === 'key' && of !== undefined);

async function isUnknownTo({ who, place }: ReturnType<typeof strangersTo>[number], route: string): Promise<void> {
  const id = madeBefore(resourceOf(route));
  const unknown = unknownLike(id);
  // One after the other: the same refund, asked for twice at once, is refused as such.
  for (const by of ['session', 'key'] as const) {
    const [real, none] = [await ask(place[by], route, id), await ask(place[by], route, unknown)];
    expect([route, who, by, essence(real, id)]).toEqual([route, who, by, essence(none, unknown)]);
    const allowed = isClosedTo(by, resources[resourceOf(route)]!) ? [401, 403] : [404];
    expect([route, who, by, real.status, allowed.includes(real.status)]).toEqual([route, who, by, real.status, true]);
  }
}

/** What nothing but somebody's word changes: other tables move by themselves. */
const STILL =
  'api_keys oauth_clients wallets payment_links brands memberships exchange_rates merchant_settings endpoints review_cases';

/** What they have of it, row by row. */
async function contents(): Promise<string> {
  const { database } = gateway.test;
  const { rows } = await database.query<{ name: string }>(
    `SELECT table_schema || '.' || table_name AS name FROM information_schema.columns
      JOIN information_schema.tables USING (table_schema, table_name)
      WHERE column_name = 'merchant_id' AND table_type = 'BASE TABLE' AND table_name = ANY($1)
        AND table_schema IN ('gateway', 'payments', 'sms_matching', 'webhook_dispatch') ORDER BY 1`,
    [STILL.split(' ')],
  );
  const digests = rows.map(async ({ name }) => {
    const { rows: found } = await database.query<{ digest: string }>(
      `SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS digest
        FROM ${name} t WHERE merchant_id::text = $1`,
      [theirs.merchantId],
    );
    return `${name} ${found[0]!.digest}`;
  });
  return (await Promise.all(digests)).join('\n');
}

/** Of which changes of one thing the audit log of that merchant shows how it was before. */
async function foundBefore(merchantId: string, livemode: boolean | null): Promise<readonly string[]> {
  const { rows } = await gateway.test.database.query<{ action: string }>(
    `SELECT action FROM gateway.audit_log
      WHERE merchant_id = $1 AND ($2::boolean IS NULL OR livemode = $2) AND before IS NOT NULL AND subject IS NOT NULL
        AND action LIKE '%/:id%'`,
    [merchantId, livemode],
  );
  return rows.map(({ action }) => action);
}

describe('every route of the panel with an id in its address', () => {
  it('has a real thing made for it here: a new one is named until it has', () => {
    expect(routesWithIds.filter((route) => resources[resourceOf(route)] === undefined)).toEqual([]);
  });

  it('tells a stranger nothing for an id in its query', async () => {
    const own = (name: string): string => madeBefore(name);
    const asked: Readonly<Record<string, string>> = {
      wallet_id: own('wallets'),
      wallet: own('wallets'),
      device_id: own('devices'),
      customer: own('customers'),
      payment_id: own('payments'),
      endpoint_id: own('webhook-endpoints'),
      merchant_id: theirs.merchantId,
      after: own('review-cases'),
      before: own('review-cases'),
    };
    const ids = [...made.values()].filter((id) => id.length > 20);
    const lists = [...panelRoutes].filter(([route]) => /^GET [^:]+$/.test(route) && route !== 'GET stream');
    for (const [route, { isForPeopleOnly }] of lists) {
      const caller = isForPeopleOnly === true ? mine.test.session : mine.test.key;
      const answers = Object.entries(asked).map(async ([name, id]) => {
        const { status, text } = await caller('GET', `${route.slice(4)}?${name}=${id}`);
        return { name, wasAsked: status !== 429 && status < 500, told: ids.filter((each) => text.includes(each)) };
      });
      expect([route, await Promise.all(answers)]).toEqual([
        route,
        Object.keys(asked).map((name) => ({ name, wasAsked: true, told: [] })),
      ]);
    }
  }, 60_000);

  it("answers a stranger's session and key about a real thing as about one that never was, and changes nothing", async () => {
    const before = await contents();
    for (const route of routesWithIds)
      await Promise.all(strangersTo(resourceOf(route)).map((stranger) => isUnknownTo(stranger, route)));
    expect(await contents()).toBe(before);
    expect(await foundBefore(mine.merchantId, null)).toEqual([]);
    expect(await foundBefore(theirs.merchantId, true)).toEqual([]);
  }, 60_000);

  it('is what makes the difference: the owner is answered about their own', async () => {
    const ends = /revoke|close|erase|suspend|^DELETE/;
    const ordered = [...routesWithIds]
      .filter((route) => resources[resourceOf(route)]!.of === undefined)
      .sort((a, b) => Number(ends.test(a)) - Number(ends.test(b)) || Number(b[0] === 'G') - Number(a[0] === 'G'));
    const answers: string[] = [];
    for (const route of ordered) {
      const { status, text } = await ask(theirs.test.session, route, madeBefore(resourceOf(route)));
      if (status === 404 || status === 400 || status === 422 || status >= 500) answers.push(`${route} ${text}`);
    }
    expect(answers).toEqual([]);
    const changes = ordered.filter((route) => readers[route] !== undefined);
    expect([...new Set(await foundBefore(theirs.merchantId, false))].sort()).toEqual([...changes].sort());
  }, 60_000);
});
