import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId, topics, uuidToUlid } from '@paymatch/contracts';
import { ownRoutes, PANEL_PREFIX, panelRoutes, readersOfBefore as readers } from '@paymatch/gateway-panel';
import { eventually } from '@paymatch/platform-testing';
import { openTenant, send, type Answer, type Caller, type Tenant } from './testing/tenant.js';
import { startWholeGateway, type WholeGateway } from './testing/whole-gateway.js';

type Json = any; // eslint-disable-line @typescript-eslint/no-explicit-any

let gateway: WholeGateway;
let receiver: Server;
/** Theirs is what is asked for; whoever asks has a shop as good. */
let theirs: Tenant;
let mine: Tenant;
const made = new Map<string, string>();

beforeAll(async () => {
  receiver = createServer((request, response) => request.resume().on('end', () => response.end('ok')));
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  gateway = await startWholeGateway();
  [theirs, mine] = [await openTenant(gateway), await openTenant(gateway)];
  for (const [resource, { make }] of Object.entries(resources)) made.set(resource, String(await make(theirs)));
}, 60_000);
afterAll(async () => {
  await gateway.stop();
  receiver.close();
});

async function dataOf(answer: Promise<Answer>): Promise<Json> {
  const { status, text } = await answer;
  if (status >= 300) throw new Error(`answered ${status}: ${text}`);
  return JSON.parse(text).data;
}
const created = (shop: Tenant, path: string, body: object): Promise<Json> =>
  dataOf(shop.test.session('POST', path, body));

/** The first of a list, once it is there. */
async function first(shop: Tenant, path: string): Promise<string> {
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
const publicApi = (shop: Tenant, path: string, body: object): Promise<Json> =>
  dataOf(send(`${gateway.url}${path}`, 'POST', { headers: { authorization: `Bearer ${shop.test.bearer}` }, body }));

/**
 * What stands before an id in an address → how one is made, in test mode; in this order. `of`: whose it is, where it is
 * not a merchant's in one mode.
 */
const resources: Readonly<
  Record<
    string,
    { readonly of?: 'merchant' | 'person' | 'installation'; readonly make: (shop: Tenant) => string | Promise<string> }
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
function strangersTo(resource: string): readonly { readonly who: string; readonly place: Tenant['live'] }[] {
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

/** What the asker has of their own, so that a body gets as far as the id that is not theirs. */
const own = new Map<string, string>();
const ownOf = (resource: string): string => own.get(resource) ?? madeBefore(resource);
const devicesOf = (wallet_id: string) => ({ name: 'Phone', wallets: [{ wallet_id }] });
const money = { trx_id: 'BL6K2M4N9Q', amount: '500.00', note: 'x' };
const transfer = { method: 'bank_transfer', transfer_id: 'TED20261122', amount: '500.00', note: 'x' };

/** An id in a body, of what it is, and the body around it. In this order the asker's own are taken at the end. */
const idsInBodies: Readonly<Record<string, { readonly of: string; readonly body: (id: string) => object }>> = {
  'POST devices wallets[].wallet_id': { of: 'wallets', body: devicesOf },
  'POST device-enrolments wallets[].wallet_id': { of: 'wallets', body: devicesOf },
  'PATCH devices/:id wallets[].wallet_id': { of: 'wallets', body: (id) => ({ wallets: [{ wallet_id: id }] }) },
  'POST review-cases/:id/hand-over user_id': { of: 'people', body: (id) => ({ user_id: id }) },
  'POST review-cases/:id/assign payment_id': { of: 'payments', body: (id) => ({ payment_id: id, reason: 'x' }) },
  'POST review-cases/:id/complete payment_id': { of: 'payments', body: (id) => ({ payment_id: id, reason: 'x' }) },
  'POST transfers payment_id': { of: 'payments', body: (id) => ({ ...transfer, payment_id: id }) },
  'POST credits wallet_id': { of: 'wallets', body: (id) => ({ ...money, wallet_id: id }) },
  'POST credits payment_id': {
    of: 'payments',
    body: (id) => ({ ...money, wallet_id: ownOf('wallets'), payment_id: id }),
  },
  'POST review-cases/:id/reject payment_id': { of: 'payments', body: (id) => ({ payment_id: id, reason: 'x' }) },
  'POST review-cases/:id/complete wallet_id': {
    of: 'wallets',
    body: (id) => ({ ...money, wallet_id: id, payment_id: ownOf('payments') }),
  },
};
/** What looks like an id, and is the name of nothing that a merchant has. */
const ofNobody: Readonly<Record<string, string>> = {
  'POST credits trx_id': 'what the provider calls the money, looked for in the wallet that is named',
  'POST review-cases/:id/complete trx_id': 'as above',
  'POST transfers transfer_id': 'what the bank calls the money, looked for in the account of the asker',
  'POST me/passkeys credential.id': 'made by the phone of the asker',
  'POST session/passkey credential.id': 'made by the phone of whoever signs in',
  'POST session/step-up/passkey credential.id': 'as above',
  'POST me/passkeys credential.rawId': 'the same in other bytes',
  'POST session/passkey credential.rawId': 'the same in other bytes',
  'POST session/step-up/passkey credential.rawId': 'the same in other bytes',
  'PATCH operator/merchants/:id plan.id': 'a plan of the installation, for its operators',
};

/** Of a body's schema: `wallets[].wallet_id`. */
function idsOf(schema: Json, path = ''): readonly string[] {
  const branches: readonly Json[] = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  const properties = Object.entries<Json>(schema.properties ?? {}).flatMap(([name, each]) => [
    ...(/(^|_)ids?$|Ids?$/.test(name) || isIdFormat(each) ? [`${path}${name}`] : []),
    ...idsOf(each, `${path}${name}.`),
  ]);
  const items = schema.items === undefined ? [] : idsOf(schema.items, `${path.replace(/\.$/, '')}[].`);
  return [...new Set([...branches.flatMap((each) => idsOf(each, path)), ...properties, ...items])];
}
const isIdFormat = (schema: Json): boolean =>
  ['uuid', 'ulid'].includes(schema.format) ||
  [...(schema.anyOf ?? []), ...(schema.items === undefined ? [] : [schema.items])].some(isIdFormat);

/** Of every body that an API's document names: `POST /api/v1/payments customer_id`. */
async function idsOfDocument(api: string): Promise<readonly string[]> {
  const { text } = await send(`${gateway.url}/openapi/${api}.json`, 'GET', { headers: {} });
  const { paths, components } = JSON.parse(text) as Json;
  const resolved = (schema: Json): Json =>
    JSON.parse(JSON.stringify(schema), (_key, value: Json) =>
      typeof value?.$ref === 'string' ? resolved(components.schemas[value.$ref.split('/').at(-1)]) : value,
    );
  return Object.entries<Json>(paths).flatMap(([path, operations]) =>
    Object.entries<Json>(operations).flatMap(([method, { requestBody }]) => {
      const bodies = Object.values<Json>(requestBody?.content ?? {});
      const ids = new Set(bodies.flatMap(({ schema }) => idsOf(resolved(schema))));
      return [...ids].map((id) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')} ${id}`);
    }),
  );
}

describe('every id in a body that is sent to the panel', () => {
  let asker: Tenant;
  beforeAll(async () => {
    asker = await openTenant(gateway);
    for (const resource of ['wallets', 'payments', 'review-cases', 'people'])
      own.set(resource, String(await resources[resource]!.make(asker)));
    own.set('devices', (await created(asker, 'devices', devicesOf(ownOf('wallets')))).id);
  }, 60_000);

  const put = (caller: Caller, name: string, id: string): Promise<Answer> => {
    const [method = '', path = ''] = name.split(' ');
    const address = path.replace('/:id', () => `/${ownOf(path.slice(0, path.indexOf('/:')))}`);
    return caller(method, address, idsInBodies[name]!.body(id));
  };

  it('is known here, of every route that the document names: a new one is named until it is', async () => {
    const found = (await idsOfDocument('panel')).map((name) => name.replace(PANEL_PREFIX, ''));
    expect(found.sort()).toEqual([...Object.keys(idsInBodies), ...Object.keys(ofNobody)].sort());
  });

  it("is answered, where it is somebody else's, as one that never was, and nothing of theirs changes", async () => {
    const before = await contents();
    for (const [name, { of }] of Object.entries(idsInBodies)) {
      const id = of === 'people' ? theirs.userId : madeBefore(of);
      const unknown = unknownLike(id);
      // The owner in the other mode has no such wallet or payment there; people are in both.
      const places = of === 'people' ? [asker.test, asker.live] : [asker.test, asker.live, theirs.live];
      for (const place of places)
        for (const by of ['session', 'key'] as const) {
          const [real, none] = [await put(place[by], name, id), await put(place[by], name, unknown)];
          expect([name, by, essence(real, id)]).toEqual([name, by, essence(none, unknown)]);
          expect([name, by, [404, 422].includes(real.status), real.text]).toEqual([name, by, true, real.text]);
        }
    }
    expect(await contents()).toBe(before);
  }, 60_000);

  it("is looked for: one's own is answered otherwise", async () => {
    const alike: string[] = [];
    for (const [name, { of }] of Object.entries(idsInBodies)) {
      const unknown = unknownLike(ownOf(of));
      const none = essence(await put(asker.test.session, name, unknown), unknown);
      if (essence(await put(asker.test.session, name, ownOf(of)), ownOf(of)) === none) alike.push(name);
    }
    expect(alike).toEqual([]);
  }, 60_000);
});

describe('every id in a body that is sent by the two contracts', () => {
  const givenBySender = {
    'POST /api/v1/payments invoice_id': "the shop's own name for its order, looked for among its own",
    'POST /payment customer_id': "the shop's own name for its customer",
    'POST /payment transaction.id': 'as its invoice_id',
    'POST /pix/:token pix[].endToEndId': 'what banks call the money, looked for with the merchant of the address',
    'POST /pix/:token/pix pix[].endToEndId': 'as above',
  };

  it('is known here, of every route that the documents name: a new one is named until it is', async () => {
    const found = [...(await idsOfDocument('fastaar')), ...(await idsOfDocument('smartfastpay'))];
    expect(found.sort()).toEqual(['POST /api/v1/payments customer_id', ...Object.keys(givenBySender)].sort());
  });

  it("is answered, where it is somebody else's, as one that never was; one's own is taken", async () => {
    const pay = async ({ bearer }: { readonly bearer: string }, id: string) =>
      essence(
        await send(`${gateway.url}/api/v1/payments`, 'POST', {
          headers: { authorization: `Bearer ${bearer}` },
          body: { amount: 150, customer_id: Number(id) },
        }),
        id,
      );
    const id = madeBefore('customers');
    const unknown = unknownLike(id);
    for (const stranger of [mine.test, mine.live, theirs.live])
      expect(await pay(stranger, id)).toBe(await pay(stranger, unknown));
    expect(await pay(theirs.test, unknown)).toMatch(/^422 /);
    expect(await pay(theirs.test, id)).toMatch(/^201 /);
  });
});

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
        return { name, wasAsked: status !== 429 && status < 500, leaked: ids.filter((each) => text.includes(each)) };
      });
      expect([route, await Promise.all(answers)]).toEqual([
        route,
        Object.keys(asked).map((name) => ({ name, wasAsked: true, leaked: [] })),
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
