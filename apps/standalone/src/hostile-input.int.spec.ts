import { Agent, request as httpRequest } from 'node:http';
import fc from 'fast-check';
import { newId, uuidToUlid } from '@paymatch/contracts';
import { forwarderToken, signDeviceRequest } from '@paymatch/gateway-receiving';
import { createLogger } from '@paymatch/platform-observability';
import { openWholeShop, startWholeGateway, type WholeGateway, type WholeShop } from './testing/whole-gateway.js';

/** Whatever comes in over any route of the running process is answered, and never as a fault of ours. */
let gateway: WholeGateway;
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
  readonly cacheControl: string | undefined;
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
            cacheControl: answer.headers['cache-control'],
          }),
        );
        answer.on('error', reject);
      },
    );
    outbound.on('error', (cause) => reject(new Error(`no answer to ${method} ${path}`, { cause })));
    outbound.end(/^P/.test(method) ? body : undefined);
  });
}

/** Names that some route reads, in a body or in its address. */
const names =
  `amount invoice_id invoice_number success_url cancel_url metadata customer_id name phone email address notes page
  per_page limit status sort order start_time end_time transaction_id currency wallet change lang account before reason provider
  from to payment_id pix messages event payload text sentStamp receivedStamp sim seq code url events secret wallets wallet_id
  sim_slot abilities rate_limit_per_minute expires_at expiry_minutes amount_tolerance allowed_origins method transfer_id note
  trx_id sender_number received_at with_header pix_key beneficiary city rate base_currency overlap_minutes grant_type callback
  transaction document document_type payment_method branch outcome form_token battery_percent app_version number account_type
  agency account_operation constructor toString hasOwnProperty then`.split(/\s+/);

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

const value = fc.oneof(
  fc.constantFrom(
    '{"toString":1}',
    '{"valueOf":1,"toString":null}',
    '"\\u0000"',
    '"a\\ud800"',
    '1e999',
    '-0',
    '99999999999999999999',
    '"99999999"',
    '[[]]',
    '{"length":-1}',
    '""',
    'null',
    `"${'x'.repeat(5_000)}"`,
    nested(5_000),
  ),
  fc.json({ maxDepth: 3, noUnicodeString: false } as fc.JsonSharedConstraints),
);
const body = fc.oneof(
  fc
    .array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 6 })
    .map((members) => `{${members.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`),
  value,
  fc.string(),
);
const piece = fc.oneof(
  fc.constantFrom('%00', '%ed%a0%80', '%', '%zz', '..', '%2f', '-1', '99999999', '1e9', 'toString', '%F0%9F%98%80', ''),
  fc.string({ maxLength: 20 }).map(encodeURIComponentSafely),
);
const query = fc
  .array(fc.tuple(fc.constantFrom(...names), piece), { maxLength: 4 })
  .map((pairs) => pairs.map((pair) => pair.join('=')).join('&'));
const contentType = fc.constantFrom(
  'application/json',
  'application/json',
  'application/json',
  'application/x-www-form-urlencoded',
  'text/csv',
  'application/x-ofx',
  'text/plain',
  'multipart/form-data',
);

function encodeURIComponentSafely(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** A real body of some routes, one part of which goes wrong. */
const bodies: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  '/api/v1/payments': { amount: '500.00', invoice_id: 'A-1', success_url: 'https://a.example/', metadata: { a: 'b' } },
  '/api/v1/customers': { name: 'Rahim', phone: '01712345678', email: 'a@example.com', address: 'x', notes: 'y' },
  '/payment': {
    customer_id: 'c1',
    name: 'Ana Lima de Souza',
    email: 'ana@example.com',
    document: '52998224725',
    amount: '300.10',
    currency: 'BRL',
    payment_method: 'pix',
    callback: 'https://a.example/',
    transaction: { id: 't1' },
    branch: 'b',
  },
  '/api/panel/v1/webhook-endpoint': { url: 'http://127.0.0.1:1/', events: ['payment.completed'], secret: null },
  '/api/panel/v1/credits': { wallet_id: newId(), trx_id: 'ABC1234567', amount: '5.00', note: 'seen', payer: 'x' },
  '/api/panel/v1/transfers': { method: 'pix', transfer_id: 'ABC1234567', amount: '5.00', note: 'seen' },
  '/api/panel/v1/parse-messages': { messages: [{ account: 'personal', sender: 'bKash', body: 'x' }] },
  '/api/panel/v1/devices': { name: 'Phone', wallets: [{ wallet_id: newId(), sim_slot: 1 }] },
  '/api/device/v1/forward/:deviceId/:token': { from: 'bKash', text: 'x', sentStamp: 1, receivedStamp: 1, sim: 'sim1' },
  '/api/device/v1/smsgate/:deviceId': { event: 'sms:received', payload: { sender: 'a', message: 'b', simNumber: 1 } },
  '/api/device/v1/messages': { messages: [{ seq: 1, sender: 'bKash', body: 'x', sim_slot: 1, sent_at: null }] },
  '/pix/:token': {
    pix: [{ endToEndId: 'E12345678202606121130ABCdef12345', valor: '1.00', horario: '2026-06-12T11:30:05Z' }],
  },
};

function spoiled(route: string, [at, text]: readonly [number, string]): string | null {
  const good = bodies[route.replace(/\/(?:pix|heartbeat)$/, '')];
  if (good === undefined) return null;
  const places = [...JSON.stringify(good).matchAll(/:("[^"]*"|\d+|null)/g)];
  const place = places[at % places.length]!;
  const whole = JSON.stringify(good);
  return `${whole.slice(0, place.index + 1)}${text}${whole.slice(place.index + place[0].length)}`;
}

function addressOf(route: string, given: string, at: number): string {
  const known: Readonly<Record<string, string>> = {
    ':deviceId': shop.device.id,
    ':token': forwarderToken(shop.device),
  };
  const ids = [paymentId, newId(), uuidToUlid(newId()), given];
  const path = route.startsWith('/pix/') ? route.replace('/pix/:token', shop.pixPath) : route;
  return path.replace(/:\w+|\*/g, (name) => known[name] ?? ids[at % ids.length]!);
}

function headersFor(route: string, type: string, text: string, at: number): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': type, 'x-timestamp': '1', 'sec-fetch-site': 'same-origin' };
  if (route.startsWith('/api/device/')) {
    const signed = { deviceId: shop.device.id, seq: at + 1, timestamp: Math.floor(Date.now() / 1_000) };
    headers['x-device-id'] = signed.deviceId;
    headers['x-device-seq'] = String(signed.seq);
    headers['x-device-timestamp'] = String(signed.timestamp);
    headers['x-device-signature'] = signDeviceRequest(shop.device.secret, { ...signed, body: Buffer.from(text) });
  } else if (route.startsWith('/oauth2')) headers.authorization = shop.basic;
  else headers.authorization = `Bearer ${route.startsWith('/api/') ? shop.key : shop.token}`;
  return headers;
}

/** Open streams are answered at once and end much later. */
const isAnsweredWhole = (route: { readonly method: string; readonly url: string }): boolean =>
  !(route.method === 'GET' && route.url.endsWith('/events')) && !route.url.startsWith('/health');

describe('every route of the running gateway', () => {
  it('answers whatever it is sent, and never with a fault of ours, nor for a cache to keep', async () => {
    const routes = gateway.routes.filter(isAnsweredWhole);
    expect(routes.length).toBeGreaterThan(60);
    for (const route of routes) {
      await fc.assert(
        fc.asyncProperty(
          fc.record({
            given: piece,
            query,
            type: contentType,
            at: fc.nat({ max: 1_000_000 }),
            part: fc.tuple(fc.nat({ max: 100 }), value),
            other: body,
            isSpoiled: fc.boolean(),
          }),
          async ({ given, query: asked, type, at, part, other, isSpoiled }) => {
            const text = (isSpoiled ? spoiled(route.url, part) : null) ?? other;
            const sent: Sent = {
              method: route.method,
              path: `${addressOf(route.url, given, at)}${asked === '' ? '' : `?${asked}`}`,
              headers: headersFor(route.url, isSpoiled ? 'application/json' : type, text, at),
              body: text,
            };
            const { status, body: answered, cacheControl } = await send(sent);
            if (status >= 500) throw new Error(`${status} ${answered} for ${JSON.stringify(sent).slice(0, 2_000)}`);
            // Secrets and people's money, so no cache may keep any of it; the pages' own files and the documents may say otherwise.
            if (cacheControl !== 'no-store' && !/^\/(?:pay\/assets|openapi|docs)\//.test(route.url))
              throw new Error(`a cache may keep the answer to ${JSON.stringify(sent).slice(0, 2_000)}`);
          },
        ),
        { numRuns: 12, seed: 20_260_612, endOnFailure: true },
      );
    }
    expect(lines.filter((line) => line.includes('request failed'))).toEqual([]);
  }, 300_000);

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
        const headers = headersFor(
          path,
          path.startsWith('/pay/') ? 'application/x-www-form-urlencoded' : 'application/json',
          '{}',
          0,
        );
        const { status } = await send({
          method: path.includes('/payments') ? 'GET' : 'POST',
          path,
          headers,
          // A message, since the phone itself is remembered: only what it brings needs the database.
          body: path.startsWith('/pay/') ? '' : '{"from":"bKash","text":"x"}',
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
