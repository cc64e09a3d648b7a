import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { newId, topics, ulidToUuid, uuidToUlid } from '@paymatch/contracts';
import {
  abilities,
  API_KEYS,
  MERCHANTS,
  OAUTH_CLIENTS,
  type ApiKeys,
  type Merchants,
  type OAuthClients,
} from '@paymatch/gateway-access';
import { gatewayService } from '@paymatch/gateway-service';
import { paymentsService } from '@paymatch/payments-feature';
import { readConfig } from '@paymatch/platform-config';
import { BUS_SCHEMA, busMigrations, EmbeddedCarrier } from '@paymatch/platform-messaging';
import { silentLogger, systemClock } from '@paymatch/platform-observability';
import { Database, migrate } from '@paymatch/platform-postgres';
import { runServices, type RunningService } from '@paymatch/platform-service';
import { createTestDatabase, eventually, type TestDatabase } from '@paymatch/platform-testing';
import { smsMatchingService } from '@paymatch/sms-matching-feature';
import { webhookDispatchService } from '@paymatch/webhook-dispatch-feature';
import { freePort } from '@paymatch/platform-dev-servers';
import { standaloneSettings } from './standalone.settings.js';

/** All four services, and every route they serve: a new route is among them without being named here. */
interface Route {
  readonly method: string;
  readonly url: string;
}
type Json = any; // eslint-disable-line @typescript-eslint/no-explicit-any
interface Shop {
  readonly merchantId: string;
  readonly live: string;
  readonly trial: string;
  readonly sandbox: string;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
/** Doors that take no key of a merchant: pages, health, phones, banks, and the exchange of credentials. */
const OTHER_DOORS = /^\/(pay\b|l\/|health|metrics|api\/device\/|pix\/|oauth2\/|console)|^\*$/;
const SCHEMAS = ['gateway', 'payments', 'sms_matching', 'webhook_dispatch'];
/** What passes the check of fields, so that the route gets to the thing it is asked about. */
const BODIES: Readonly<Record<string, object>> = {
  'PATCH /api/panel/v1/merchant': { amount_tolerance: '100.00', expiry_minutes: 1, name: 'Changed' },
  'POST /api/panel/v1/webhook-endpoints': { url: 'http://127.0.0.1:9/hook' },
  'PATCH /api/panel/v1/webhook-endpoints/:id': { url: null, enabled: false },
  'POST /api/panel/v1/review-cases/:id/ignore': { reason: 'x' },
  'POST /api/panel/v1/review-cases/:id/reject': { reason: 'x' },
  'POST /api/panel/v1/review-cases/:id/complete': { reason: 'x' },
  'POST /api/panel/v1/parked-messages/:id/discard': { reason: 'x' },
  'POST /api/panel/v1/payments/:id/refund': { reason: 'x' },
  'POST /api/panel/v1/payments/:id/deny': { reason: 'x' },
  'POST /api/panel/v1/devices/:id/revoke': { reason: 'x' },
  'POST /api/panel/v1/api-keys/:id/revoke': { reason: 'x' },
  'POST /api/panel/v1/oauth-clients/:id/revoke': { reason: 'x' },
  'POST /api/panel/v1/customers/:id/erase': { reason: 'x' },
  'POST /api/panel/v1/webhook-endpoints/:id/replays': { scope: 'failed' },
  'PATCH /api/panel/v1/webhook-alarm-contacts': { emails: ['test@shop.example'], url: null },
  'PATCH /api/v1/customers/:id': { notes: 'x' },
  'PATCH /api/panel/v1/payment-links/:id': { status: 'disabled' },
};
/**
 * Routes that must be seen to tell a thing of one's own from one that never was; or the comparison would prove nothing.
 */
const MUST_TELL_APART = [
  'GET /api/v1/payments/:id',
  'POST /api/panel/v1/wallets/:id/close',
  'POST /api/panel/v1/devices/:id/revoke',
  'GET /api/panel/v1/webhook-endpoints/:id',
  'PATCH /api/panel/v1/webhook-endpoints/:id',
  'GET /api/panel/v1/webhook-endpoints/:id/secret',
  'POST /api/panel/v1/webhook-endpoints/:id/rotate-secret',
  'POST /api/panel/v1/webhook-deliveries/:id/retry',
  'GET /api/v1/events/:id',
  'GET /api/panel/v1/payment-links/:id',
  'PATCH /api/panel/v1/payment-links/:id',
  'DELETE /api/panel/v1/payment-links/:id',
  'POST /api/panel/v1/webhook-endpoints/:id/replays',
  'POST /api/panel/v1/webhook-endpoints/:id/test',
  'GET /api/panel/v1/webhook-test-events/:id',
  'GET /api/panel/v1/webhook-replays/:id',
  'DELETE /api/panel/v1/webhook-endpoints/:id',
  // The key that asks may be the one that is found.
  'POST /api/panel/v1/api-keys/:id/revoke',
];

const routes: Route[] = [];
let test: TestDatabase;
let service: RunningService;
let receiver: Server;
let mine: Shop;
let theirs: Shop;

beforeAll(async () => {
  test = await createTestDatabase({ schema: BUS_SCHEMA, migrations: busMigrations });
  const bus = await Database.connect({
    url: test.url,
    schema: BUS_SCHEMA,
    migrations: busMigrations,
    poolMax: 5,
    applicationName: 'test',
  });
  await migrate(bus);
  const port = await freePort('127.0.0.1');
  service = await runServices({
    name: 'test',
    definitions: [
      paymentsService,
      smsMatchingService,
      webhookDispatchService,
      { ...gatewayService, edge: watchedEdge },
    ],
    settings: {
      ...readConfig(standaloneSettings(false), {}),
      publicUrl: `http://127.0.0.1:${port}`,
      secret: 'a secret of at least thirty-two characters',
    },
    databaseUrl: test.url,
    databaseWaitMs: 0,
    migrates: true,
    carrier: new EmbeddedCarrier({ database: bus, logger: silentLogger, topics: Object.values(topics) }),
    logger: silentLogger,
    clock: systemClock,
    host: '127.0.0.1',
    port,
    stopDeadlineMs: 10_000,
    closers: [() => bus.close()],
  });
  receiver = createServer((_request, response) => response.end('ok'));
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  [mine, theirs] = [await openShop(), await openShop()];
}, 60_000);
afterAll(async () => {
  await service.stop();
  receiver.close();
  await test.drop();
});

function watchedEdge(...given: Parameters<NonNullable<typeof gatewayService.edge>>) {
  const edge = gatewayService.edge!(...given);
  return {
    createAdapter: (): FastifyAdapter => {
      const adapter = edge.createAdapter();
      adapter.getInstance().addHook('onRoute', ({ method, url }) => {
        for (const each of [method].flat()) if (METHODS.includes(each)) routes.push({ method: each, url });
      });
      return adapter;
    },
    configure: (app: Parameters<typeof edge.configure>[0]) => edge.configure(app),
  };
}

async function send(
  { method, url }: Route,
  key: string,
  body?: object,
): Promise<{ readonly status: number; readonly text: string }> {
  const hasBody = method !== 'GET' && method !== 'DELETE';
  const response = await fetch(`${service.url}${url}`, {
    method,
    redirect: 'manual',
    signal: AbortSignal.timeout(15_000),
    headers: { authorization: `Bearer ${key}`, ...(hasBody && { 'content-type': 'application/json' }) },
    ...(hasBody && { body: JSON.stringify(body ?? {}) }),
  });
  return { status: response.status, text: await response.text() };
}

async function made(shop: Pick<Shop, 'live'>, url: string, body: object): Promise<Json> {
  const { status, text } = await send({ method: 'POST', url }, shop.live, body);
  if (status >= 300) throw new Error(`${url} answered ${status}: ${text}`);
  return JSON.parse(text).data;
}

/** A merchant with one live thing of every kind that is quickly made. */
async function openShop(): Promise<Shop> {
  const { id: merchantId } = await service.get<Merchants>(MERCHANTS).create({ name: 'Shop' });
  const issue = async (livemode: boolean): Promise<string> =>
    (await service.get<ApiKeys>(API_KEYS).issue({ merchantId, livemode, abilities, rateLimitPerMinute: 1_000_000 }))
      .key;
  const { clientId, clientSecret } = await service
    .get<OAuthClients>(OAUTH_CLIENTS)
    .issue({ merchantId, livemode: false, rateLimitPerMinute: 1_000_000 });
  const token = await fetch(`${service.url}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
  });
  const sandbox = ((await token.json()) as Json).data.access_token as string;
  const shop = { merchantId, live: await issue(true), trial: await issue(false), sandbox };
  const panel = '/api/panel/v1';
  const wallet = await made(shop, `${panel}/wallets`, {
    provider: 'bkash',
    number: `017${String(Date.now()).slice(-8)}`,
    account_type: 'personal',
  });
  await made(shop, `${panel}/devices`, { name: 'Phone', wallets: [{ wallet_id: wallet.id }] });
  await made(shop, `${panel}/api-keys`, { name: 'Rahima' });
  await made(shop, `${panel}/oauth-clients`, {});
  await made(shop, `${panel}/payment-links`, { amount: '500.00', texts: { en: { title: 'Course' } } });
  const { port } = receiver.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/hook`;
  const endpoint = await made(shop, `${panel}/webhook-endpoints`, { url, events: ['payment.*'] });
  await made(shop, `${panel}/webhook-endpoints/${endpoint.id}/replays`, { scope: 'failed' });
  await made(shop, `${panel}/webhook-endpoints/${endpoint.id}/test`, {});
  const contacts = { method: 'PATCH', url: `${panel}/webhook-alarm-contacts` };
  await send(contacts, shop.live, { emails: ['live@shop.example'], url: `http://127.0.0.1:${port}/alarms` });
  await made(shop, '/api/v1/customers', { name: 'Karim', phone: '01712345678' });
  await made(shop, '/api/v1/payments', { amount: 150 });
  await eventually(async () => {
    const { rows } = await test.database.query(
      `SELECT 1 FROM webhook_dispatch.deliveries WHERE merchant_id = $1 AND status = 'delivered'`,
      [merchantId],
    );
    return rows.length === 1;
  });
  await eventually(async () => {
    const { rows } = await test.database.query(`SELECT 1 FROM webhook_dispatch.replays WHERE status = 'running'`);
    return rows.length === 0;
  });
  return shop;
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** The key of every row of live mode that belongs to the shop, of every table that knows modes. */
async function liveIds({ merchantId }: Shop): Promise<readonly string[]> {
  const ids = new Set<string>();
  for (const table of await tablesWith('livemode')) {
    const { rows } = await test.database.query<{ row: string }>(
      `SELECT row_to_json(t)::text AS row FROM ${table} t WHERE livemode AND merchant_id::text = $1`,
      [merchantId],
    );
    for (const { row } of rows) for (const id of idsIn(row)) ids.add(id);
  }
  ids.delete(merchantId);
  for (const id of [...ids]) if (UUID.test(id) || ulidToUuid(id) === undefined) ids.add(uuidOrSelf(id));
  return [...ids];
}

function uuidOrSelf(id: string): string {
  return id.match(UUID)?.[0] === id ? uuidToUlid(id) : id;
}

function idsIn(row: string): readonly string[] {
  const { id, payment_id: paymentId, stream_id: streamId } = JSON.parse(row) as Record<string, unknown>;
  return [id, paymentId, streamId].filter((each) => typeof each === 'number' || typeof each === 'string').map(String);
}

async function tablesWith(column: string): Promise<readonly string[]> {
  const { rows } = await test.database.query<{ name: string }>(
    `SELECT c.table_schema || '.' || c.table_name AS name FROM information_schema.columns c
     JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.column_name = $1 AND c.table_schema = ANY($2) AND t.table_type = 'BASE TABLE' ORDER BY 1`,
    [column, SCHEMAS],
  );
  return rows.map(({ name }) => name);
}

/** Everything of live mode, and every signing secret of it. */
async function liveContents(): Promise<Readonly<Record<string, string>>> {
  const all: Record<string, string> = {};
  const digest = async (table: string, where: string): Promise<string> =>
    (
      await test.database.query<{ digest: string }>(
        `SELECT count(*) || ':' || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS digest
          FROM ${table} t WHERE ${where}`,
      )
    ).rows[0]!.digest;
  // Presence is told by the phones themselves.
  for (const table of (await tablesWith('livemode')).filter((name) => !name.includes('presence')))
    all[table] = await digest(table, 'livemode');
  all['secrets'] = await digest(
    'webhook_dispatch.signing_secrets',
    `signer LIKE '%:live' OR signer IN (SELECT 'endpoint:' || id FROM webhook_dispatch.endpoints WHERE livemode)`,
  );
  all['merchants'] = await digest('gateway.merchants', 'true');
  return all;
}

/** An answer without what differs from one request to the next. */
const essence = ({ status, text }: { readonly status: number; readonly text: string }, id: string): string =>
  `${status} ${(id.length > 20 ? text.replaceAll(id, '#') : text).replace(UUID, '#')}`;
const fill = (url: string, id: string): string => url.replace(/:[A-Za-z]+/g, encodeURIComponent(id));
const nameOf = ({ method, url }: Route): string => `${method} ${url}`;
const withIds = (): readonly Route[] => ours().filter(({ url }) => url.includes('/:'));
const withoutIds = (): readonly Route[] => ours().filter(({ url }) => !url.includes('/:'));
const ours = (): readonly Route[] => routes.filter(({ url }) => !OTHER_DOORS.test(url));

const trialKey = ({ url }: Route): string => (url.startsWith('/api/') ? mine.trial : mine.sandbox);

/** The route answers the test key about this id as about one of the same shape that never was. */
async function isUnknown(route: Route, id: string): Promise<void> {
  const ask = (asked: string) =>
    send({ ...route, url: fill(route.url, asked) }, trialKey(route), BODIES[nameOf(route)]);
  const unknownId = /^\d+$/.test(id) ? '999999999' : id.length === 26 ? uuidToUlid(newId()) : newId();
  const [answer, stranger] = [await ask(id), await ask(unknownId)];
  expect({ route: nameOf(route), id, answer: essence(answer, id) }).toEqual({
    route: nameOf(route),
    id,
    answer: essence(stranger, unknownId),
  });
}

async function tellsOfNone(route: Route, words: readonly string[]): Promise<void> {
  const { text } = await send(route, trialKey(route), BODIES[nameOf(route)]);
  const leaked = words.filter((word) => text.includes(word));
  expect({ route: nameOf(route), leaked }).toEqual({ route: nameOf(route), leaked: [] });
}

describe('a test key', () => {
  it('meets every route here that takes a key', () => {
    const names = ours().map(nameOf);
    expect(names).toEqual(
      expect.arrayContaining([
        ...MUST_TELL_APART,
        'GET /webhook/secret',
        'GET /api/v1/payments',
        'GET /api/panel/v1/webhook-alarms',
        'PATCH /api/panel/v1/webhook-alarm-contacts',
      ]),
    );
    expect(names.length).toBeGreaterThan(50);
  });

  it("is answered about live things, and about another merchant's, as about ones that never were; nothing changes", async () => {
    const [ids, foreignIds] = [await liveIds(mine), await liveIds(theirs)];
    expect(ids.length).toBeGreaterThan(8);
    const before = await liveContents();
    const secrets = await test.database.query<{ key: string }>(
      'SELECT prefix AS key FROM gateway.api_keys WHERE livemode',
    );
    const words = [...ids.filter((id) => id.length > 20), ...secrets.rows.map(({ key }) => key)];
    // Routes without an id first: the list of a key's own requests tells what it asked for, ids and all.
    for (const route of withoutIds()) await tellsOfNone(route, words);
    for (const route of withIds()) for (const id of [...ids, ...foreignIds]) await isUnknown(route, id);
    expect(await liveContents()).toEqual(before);
  }, 240_000);

  it('is what makes the difference: the live key of the merchant is answered about its own', async () => {
    const ids = await liveIds(mine);
    const distinguished: string[] = [];
    // What ends a thing comes last.
    for (const route of [...withIds()].sort(
      (a, b) => MUST_TELL_APART.indexOf(nameOf(a)) - MUST_TELL_APART.indexOf(nameOf(b)),
    )) {
      for (const id of ids) {
        const { status } = await send({ ...route, url: fill(route.url, id) }, mine.live, BODIES[nameOf(route)]);
        if (status < 300 || status === 409) {
          distinguished.push(nameOf(route));
          break;
        }
      }
    }
    expect(distinguished).toEqual(expect.arrayContaining(MUST_TELL_APART));
  }, 120_000);
});
