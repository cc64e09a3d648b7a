import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { API_KEYS, type ApiKeys } from '@paymatch/gateway-access';
import { eventually } from '@paymatch/platform-testing';
import { openWholeShop, startWholeGateway, type WholeGateway, type WholeShop } from './testing/whole-gateway.js';

/** Proxies and clients have addresses of their own on the loopback network. */
const [INNER, OUTER] = ['127.0.0.3', '127.0.0.2'];
let gateway: WholeGateway;
let shop: WholeShop;
const servers: Server[] = [];
const sockets: Socket[] = [];

beforeAll(async () => {
  gateway = await startWholeGateway({
    env: { PAYMATCH_TRUSTED_PROXIES: `${INNER}, ${OUTER}/32`, PAYMATCH_CHECKOUT_TRX_PER_ADDRESS_MAX: '2' },
  });
  shop = await openWholeShop(gateway);
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
  await gateway.stop();
});

interface Asked {
  readonly port: number;
  readonly from: string;
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

async function ask({ port, from, method = 'GET', path, headers = {} }: Asked): Promise<number> {
  const outbound = httpRequest({ host: '127.0.0.1', port, localAddress: from, method, path, headers, agent: false });
  outbound.end();
  const [answer] = (await once(outbound, 'response')) as [IncomingMessage];
  answer.resume();
  await once(answer, 'end');
  return answer.statusCode!;
}

/** A proxy that appends who asked it, as nginx does, and reaches the next server from its own address. */
async function appendingProxy(own: string, nextPort: number): Promise<number> {
  const server = createServer((incoming, outgoing) => {
    const known = incoming.headers['x-forwarded-for'];
    const forwarded = [known, incoming.socket.remoteAddress].filter((part) => part !== undefined).join(', ');
    const { method = 'GET', url: path = '/' } = incoming;
    const headers = { ...(incoming.headers as Record<string, string>), 'x-forwarded-for': forwarded };
    void ask({ port: nextPort, from: own, method, path, headers }).then((status) => outgoing.writeHead(status).end());
  });
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

/** Tries a TrxID on a payment that there is not: 404, or 429 for who has tried too often. */
const tryTrxId = (port: number, from: string, forwarded?: string): Promise<number> =>
  ask({
    port,
    from,
    method: 'POST',
    path: '/pay/01k00000000000000000000001/trx',
    headers: { 'sec-fetch-site': 'same-origin', ...(forwarded !== undefined && { 'x-forwarded-for': forwarded }) },
  });

describe('behind two proxies that are named', () => {
  it('31 customers have an address each, and none can invent another', async () => {
    const outer = await appendingProxy(OUTER, await appendingProxy(INNER, gateway.port));
    for (let index = 0; index < 31; index += 1) {
      const from = `127.0.1.${index + 1}`;
      expect([await tryTrxId(outer, from), await tryTrxId(outer, from), await tryTrxId(outer, from)]).toEqual([
        404, 404, 429,
      ]);
    }
    for (const invented of ['10.9.8.7', OUTER, `10.9.8.7, ${INNER}`, 'nonsense', '::1'])
      expect([invented, await tryTrxId(outer, '127.0.1.1', invented)]).toEqual([invented, 429]);
  });

  it('whoever comes past them is taken for what they are, whatever they say', async () => {
    const statuses = [];
    for (let index = 0; index < 4; index += 1)
      statuses.push(await tryTrxId(gateway.port, '127.0.2.1', `10.9.8.${index}`));
    expect(statuses).toEqual([404, 404, 429, 429]);
  });

  it("an address's count outlives any number of invented payments", async () => {
    expect([await tryTrxId(gateway.port, '127.0.3.1'), await tryTrxId(gateway.port, '127.0.3.1')]).toEqual([404, 404]);
    for (let index = 0; index < 300; index += 1)
      await tryTrxId(gateway.port, `127.1.${index >> 7}.${(index & 127) + 1}`);
    expect(await tryTrxId(gateway.port, '127.0.3.1')).toBe(429);
  });
});

describe('an address that tries keys', () => {
  const withKey = (key: string): Promise<number> =>
    ask({
      port: gateway.port,
      from: '127.0.4.1',
      path: '/api/v1/payments',
      headers: { authorization: `Bearer ${key}` },
    });

  it('is slowed down, and neither a known nor a new good client of that address is kept out', async () => {
    expect(await withKey(shop.key)).toBe(200);
    const wrong = (index: number): Promise<number> => withKey(`fk_live_${String(index).padStart(32, 'x')}`);
    const first = [];
    for (let index = 0; index < 60; index += 1) first.push(await wrong(index));
    expect(new Set(first)).toEqual(new Set([401]));
    const flood = Promise.all(Array.from({ length: 40 }, (_, index) => wrong(1_000 + index)));
    expect(await withKey(shop.key)).toBe(200);
    const statuses = await flood;
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(32);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
    const { key } = await gateway.service
      .get<ApiKeys>(API_KEYS)
      .issue({ merchantId: shop.merchantId, livemode: true, rateLimitPerMinute: 100 });
    expect(await withKey(key)).toBe(200);
  });

  it('and so is one that tries secrets of contract B', async () => {
    const token = (basic: string): Promise<number> =>
      ask({
        port: gateway.port,
        from: '127.0.5.1',
        method: 'POST',
        path: '/oauth2/token',
        headers: { authorization: basic },
      });
    const wrong = (index: number): Promise<number> =>
      token(
        `Basic ${Buffer.from(`ci_live_${'x'.repeat(20)}:cs_${String(index).padStart(40, 'x')}`).toString('base64')}`,
      );
    for (let index = 0; index < 60; index += 1) expect(await wrong(index)).toBe(401);
    const statuses = await Promise.all(Array.from({ length: 40 }, (_, index) => wrong(1_000 + index)));
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
    expect(await token(shop.basic)).toBe(200);
  });
});

/** What cannot be collected: a peak of garbage says how busy the collector was, not what waits. */
function keptMiB(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1_048_576;
}

describe('fifty connections that ask for a thousand pages each at once', () => {
  it('are cut, while whether the process is alive is answered and good clients are served', async () => {
    const before = keptMiB();
    const many = 'GET /pay/01k00000000000000000000001 HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(1_000);
    const closed: boolean[] = [];
    for (let index = 0; index < 50; index += 1) {
      const socket = connect(gateway.port, '127.0.0.1');
      sockets.push(socket);
      socket.on('error', () => undefined).on('close', () => closed.push(true));
      socket.on('connect', () => socket.write(many));
    }
    expect(await ask({ port: gateway.port, from: '127.0.6.1', path: '/health/live' })).toBe(200);
    const headers = { authorization: `Bearer ${shop.key}` };
    expect(await ask({ port: gateway.port, from: '127.0.6.1', path: '/api/v1/payments', headers })).toBe(200);
    await eventually(() => expect(closed).toHaveLength(50));
    expect(keptMiB() - before).toBeLessThan(200);
  });
});

describe('three hundred readers of lists that read nothing', () => {
  it('keep little waiting, and others are served meanwhile', async () => {
    const authorization = `Bearer ${shop.key}`;
    for (let index = 0; index < 100; index += 1)
      await fetch(`${gateway.url}/api/v1/customers`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify({ name: 'R', phone: '01712345678', notes: 'x'.repeat(1_000) }),
      });
    const before = keptMiB();
    const list = `GET /api/v1/customers?per_page=100 HTTP/1.1\r\nHost: a\r\nAuthorization: ${authorization}\r\n\r\n`;
    for (let index = 0; index < 300; index += 1) {
      const socket = connect(gateway.port, '127.0.0.1');
      sockets.push(socket);
      socket.pause().on('error', () => undefined);
      socket.on('connect', () => socket.write(list.repeat(20)));
    }
    const headers = { authorization };
    expect(await ask({ port: gateway.port, from: '127.0.7.1', path: '/api/v1/customers', headers })).toBe(200);
    expect(await ask({ port: gateway.port, from: '127.0.7.1', path: '/health/live' })).toBe(200);
    expect(keptMiB() - before).toBeLessThan(200);
    // Up to 6,000 lists of 100 rows are made for those who read none.
  }, 240_000);
});
