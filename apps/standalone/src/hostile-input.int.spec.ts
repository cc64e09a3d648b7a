import { Agent, request as httpRequest } from 'node:http';
import fc from 'fast-check';
import { newId, uuidToUlid } from '@paymatch/contracts';
import { abilities, API_KEYS, type ApiKeys } from '@paymatch/gateway-access';
import { renderOpenApi } from '@paymatch/gateway-edge';
import {
  EXCHANGE_TABLE,
  type ExchangeTable,
  forwarderToken,
  signDeviceRequest,
  signSmsGateRequest,
} from '@paymatch/gateway-receiving';
import { gatewayApis } from '@paymatch/gateway-service';
import { createLogger } from '@paymatch/platform-observability';
import { DocumentedAnswers } from '@paymatch/platform-testing';
import { generatedRequests, type DescribedRoute, type Generated, type Json } from './testing/generated-requests.js';
import { openWholeShop, startWholeGateway, type WholeGateway, type WholeShop } from './testing/whole-gateway.js';

/** A night's walk sends thousands to each route: `PAYMATCH_WALK_RUNS=2000`. */
const RUNS = Number(process.env['PAYMATCH_WALK_RUNS'] ?? 15);
const SEED = Number(process.env['PAYMATCH_WALK_SEED'] ?? 20_260_612);

const documents = gatewayApis.map((api) => renderOpenApi(api));
const documented = documents.map((document) => new DocumentedAnswers(document));

/**
 * Whatever comes in over any route of the running process is answered as its document says, and never as a fault of
 * ours.
 */
let gateway: WholeGateway;
let keys: Readonly<Record<'of test mode' | 'that may do nothing', string>>;
let shop: WholeShop;
let paymentId: string;
const agent = new Agent({ keepAlive: true, maxSockets: 4 });
const lines: string[] = [];
const logger = createLogger({ level: 'debug', service: 'test', write: (line) => lines.push(line) });

beforeAll(async () => {
  gateway = await startWholeGateway({
    logger,
    env: { PAYMATCH_DEVICE_REFUSALS_PER_MINUTE: '1000000', PAYMATCH_CHECKOUT_TRX_PER_ADDRESS_MAX: '100000' },
  });
  shop = await openWholeShop(gateway);
  const { body } = await send({
    method: 'POST',
    path: '/api/v1/payments',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${shop.key}` },
    body: '{"amount":"500.00"}',
  });
  paymentId = (JSON.parse(body) as { data: { id: string } }).data.id;
  const { merchantId } = shop;
  await gateway.service
    .get<ExchangeTable>(EXCHANGE_TABLE)
    .set({ merchantId, baseCurrency: 'USD', rate: '5.19', setBy: 'Rita' });
  const issue = (options: Parameters<ApiKeys['issue']>[0]) => gateway.service.get<ApiKeys>(API_KEYS).issue(options);
  const rateLimitPerMinute = 1_000_000;
  const test = await issue({ merchantId, livemode: false, abilities, rateLimitPerMinute });
  const nothing = await issue({ merchantId, livemode: true, abilities: [], rateLimitPerMinute });
  keys = { 'of test mode': test.key, 'that may do nothing': nothing.key };
});
afterAll(async () => {
  agent.destroy();
  await gateway.stop();
});

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Headers;
}

function send({ method, path, headers, body }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outbound = httpRequest(
      { host: '127.0.0.1', port: gateway.port, method, path, headers, agent, timeout: 30_000 },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () =>
          resolve({
            status: answer.statusCode!,
            body: Buffer.concat(chunks).toString(),
            headers: new Headers(Object.entries(answer.headers).map(([name, given]) => [name, String(given)])),
          }),
        );
        answer.on('error', reject);
      },
    );
    outbound.on('error', (cause) => reject(new Error(`no answer to ${method} ${path}`, { cause })));
    outbound.end(/^P/.test(method) ? body : undefined);
  });
}

function describedRoute({
  method,
  url,
}: {
  readonly method: string;
  readonly url: string;
}): readonly [DescribedRoute, Json] | [] {
  const path = url.replace(/:(\w+)/g, '{$1}');
  for (const document of documents) {
    const found = (document.paths as Readonly<Record<string, Json>>)[path]?.[method.toLowerCase()];
    if (found !== undefined) return [found as DescribedRoute, document];
  }
  return [];
}

/** Ids of what was made on the way, by the address it was made at; never of what the walker itself needs. */
const made = new Map<string, string[]>();

function remember(route: string, { status, body }: Answer): void {
  if (status !== 201 && status !== 202) return;
  const { data } = JSON.parse(body) as {
    readonly data?: { readonly id?: string | number; readonly client_id?: string };
  };
  const id = data?.id ?? data?.client_id;
  if (id !== undefined) made.set(route, [...(made.get(route) ?? []).slice(-50), String(id)]);
}

function addressOf(route: string, { piece, at }: Generated): string {
  const known: Readonly<Record<string, string>> = {
    ':deviceId': shop.device.id,
    ':token': forwarderToken(shop.device),
    ':outcome': ['complete', 'fail', 'expire', 'review', piece][at % 5]!,
  };
  const own = made.get(route.split('/:')[0]!) ?? [];
  const ids = [paymentId, newId(), uuidToUlid(newId()), piece, ...own.slice(-4)];
  const path = route.startsWith('/pix/') ? route.replace('/pix/:token', shop.pixPath) : route;
  return path.replace(/:\w+|\*/g, (name) => known[name] ?? ids[at % ids.length]!);
}

function headersFor(
  route: string,
  { contentType, body, at, credential, idempotencyKey }: Generated,
): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': contentType, 'sec-fetch-site': 'same-origin' };
  if (idempotencyKey !== null) headers['idempotency-key'] = Buffer.from(idempotencyKey).toString('latin1');
  const isRight = credential === 'right';
  const seconds = Math.floor(Date.now() / 1_000);
  if (route.startsWith('/api/device/')) {
    const signed = { deviceId: shop.device.id, seq: at + 1, timestamp: seconds };
    const secret = isRight ? shop.device.secret : 'ds_somebody_elses';
    headers['x-device-id'] = signed.deviceId;
    headers['x-device-seq'] = String(signed.seq);
    headers['x-device-timestamp'] = String(signed.timestamp);
    headers['x-device-signature'] = signDeviceRequest(secret, { ...signed, body: Buffer.from(body) });
    headers['x-timestamp'] = String(seconds);
    headers['x-signature'] = signSmsGateRequest(secret, Buffer.from(body), String(seconds));
  } else if (route.startsWith('/oauth2')) headers.authorization = isRight ? shop.basic : `Basic ${btoa(`a:${at}`)}`;
  else if (credential === 'unknown') headers.authorization = `Bearer fk_live_${'0'.repeat(32)}`;
  else if (credential !== 'none')
    headers.authorization = `Bearer ${!route.startsWith('/api/') ? shop.token : isRight ? shop.key : keys[credential]}`;
  return headers;
}

/** Throws what is wrong with an answer. */
function check(sent: Sent, { status, body, headers }: Answer): void {
  if (status >= 500) throw new Error(`${status} ${body} for ${JSON.stringify(sent).slice(0, 2_000)}`);
  // Secrets and people's money, so no cache may keep any of it; the pages' own files and the documents may say
  // otherwise.
  if (headers.get('cache-control') !== 'no-store' && !/^\/(?:pay\/assets|openapi|docs)\//.test(sent.path))
    throw new Error(`a cache may keep the answer to ${JSON.stringify(sent).slice(0, 2_000)}`);
  if (!/json/.test(headers.get('content-type') ?? '')) return;
  for (const described of documented) {
    const { method, path } = sent;
    described.check({ method, path, status, headers, body: body === '' ? null : JSON.parse(body) });
  }
}

/** Open streams are answered at once and end much later. */
const isAnsweredWhole = (route: { readonly method: string; readonly url: string }): boolean =>
  !(/^(?:GET|HEAD)$/.test(route.method) && route.url === '/pay/:ulid/events') && !route.url.startsWith('/health');

describe('every route of the running gateway', () => {
  it(
    'answers whatever it is sent as its document says, never with a fault of ours, nor for a cache to keep',
    async () => {
      const routes = gateway.routes.filter(isAnsweredWhole);
      expect(routes.length).toBeGreaterThan(60);
      const problems: string[] = [];
      for (const route of routes) {
        const [described, document = {}] = describedRoute(route);
        const { failed, errorInstance } = await fc.check(
          fc.asyncProperty(generatedRequests(described, document), async (generated) => {
            const sent: Sent = {
              method: route.method,
              path: `${addressOf(route.url, generated)}${generated.query === '' ? '' : `?${generated.query}`}`,
              headers: headersFor(route.url, generated),
              body: generated.body,
            };
            const answer = await send(sent);
            check(sent, answer);
            remember(route.url, answer);
          }),
          { numRuns: RUNS, seed: SEED, endOnFailure: true },
        );
        if (failed) problems.push(`${route.method} ${route.url}: ${String(errorInstance)}`);
      }
      expect(problems).toEqual([]);
      expect(lines.filter((line) => line.includes('request failed'))).toEqual([]);
      // It has not locked itself out.
      expect(made.size).toBeGreaterThan(5);
    },
    300_000 + RUNS * 5_000,
  );

  it.each(['/%70ayment', '/%70ayments?limit=x', '/api/%761/payments', '/%70ix/x', '/%zz', '/payment/%', '/pay/%00'])(
    'is the same however its address is spelt: %s',
    async (path) => {
      for (const method of ['GET', 'POST']) {
        const { status } = await send({ method, path, headers: { 'content-type': 'application/json' }, body: '{}' });
        expect([path, method, status >= 400 && status < 500]).toEqual([path, method, true]);
      }
    },
  );
});

describe('a request that fails here', () => {
  it('leaves no secret of its address or its headers in the log', async () => {
    const token = forwarderToken(shop.device);
    const asked = 'form_token=q1w2e3r4t5y6u7i8o9p0aa';
    const paths = [
      `${shop.pixPath}/pix?${asked}`,
      shop.pixPath,
      `/api/device/v1/forward/${shop.device.id}/${token}?${asked}`,
      `/api/device/v1/forward/${shop.device.id}/${token}/heartbeat`,
      `/pay/${paymentId}/trx?${asked}`,
      `/api/v1/payments?${asked}`,
      `/payments?${asked}`,
      `/api/panel/v1/api-keys?${asked}`,
      `/oauth2/token?${asked}`,
    ];
    lines.length = 0;
    await gateway.test.database.query('ALTER SCHEMA gateway RENAME TO gateway_gone');
    try {
      for (const path of paths) {
        const contentType = path.startsWith('/pay/') ? 'application/x-www-form-urlencoded' : 'application/json';
        // A message, since the phone itself is remembered: only what it brings needs the database.
        const message = path.includes('/forward/') ? '{"from":"bKash","text":"x"}' : '{}';
        const body = path.startsWith('/pay/') ? '' : message;
        const plain = { piece: '', query: '', at: 0, idempotencyKey: null, credential: 'right' } as const;
        const { status } = await send({
          method: path.includes('/payments') ? 'GET' : 'POST',
          path,
          headers: headersFor(path, { ...plain, contentType, body }),
          body,
        });
        expect([path, status >= 500]).toEqual([path, true]);
      }
    } finally {
      await gateway.test.database.query('ALTER SCHEMA gateway_gone RENAME TO gateway');
    }
    const log = lines.join('');
    expect(log).toContain('/pix/:token');
    for (const secret of [
      shop.pixPath.slice(5),
      token,
      asked.slice(11),
      shop.key,
      shop.token,
      shop.basic.slice(6),
      shop.device.secret,
    ])
      expect(log).not.toContain(secret);
  });
});
