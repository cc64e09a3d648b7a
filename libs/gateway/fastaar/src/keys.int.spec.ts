import { GatewayClient, expectError, type CallOptions, type Reply } from './testing/gateway.client.js';
import { startGateway, type RunningGateway, type Shop } from './testing/gateway.harness.js';
import { PaymentsDouble } from './testing/payments.double.js';

let gateway: RunningGateway;
let bus: PaymentsDouble;
let shop: Shop;

beforeAll(async () => {
  bus = new PaymentsDouble();
  gateway = await startGateway(bus);
});
beforeEach(async () => {
  shop = await gateway.openShop();
  bus.commands.length = 0;
});
afterAll(() => gateway.stop());

const call = (method: string, path: string, options: CallOptions = {}): Promise<Reply> =>
  new GatewayClient(gateway.url, shop.live).call(method, path, options);
const create = (body: unknown, options: CallOptions = {}): Promise<Reply> =>
  call('POST', '/api/v1/payments', { body, ...options });

describe('a key', () => {
  it.each([
    ['none', null, {}],
    ['another scheme', null, { authorization: 'Basic eDp5' }],
    ['an unknown one', `fk_live_${'x'.repeat(32)}`, {}],
    ['a long one', 'x'.repeat(5_000), {}],
  ])('is refused with 401: %s', async (_name, key, headers) => {
    for (const [method, path] of [
      ['POST', '/api/v1/payments'],
      ['GET', '/api/v1/payments'],
      ['GET', '/api/v1/payments/01jxyz'],
      ['GET', '/api/v1/customers'],
    ] as const) {
      expectError(await call(method, path, { key, headers }), 401, 'authentication_error');
    }
  });

  it('is refused with 403 for what it may not do, and when its merchant is suspended', async () => {
    const reader = (await gateway.openShop({ abilities: ['payments:read'] })).live;
    expectError(await create({ amount: 500 }, { key: reader }), 403, 'ability_denied');
    expectError(await call('POST', '/api/v1/payments/x/refund', { key: reader }), 403, 'ability_denied');
    expectError(await call('GET', '/api/v1/customers', { key: reader }), 403, 'ability_denied');
    expect((await call('GET', '/api/v1/payments', { key: reader })).status).toBe(200);
    await gateway.merchants.setStatus(shop.merchantId, 'suspended');
    expectError(await create({ amount: 500 }), 403, 'merchant_suspended');
  });

  it('is let through 2 times a minute when that is its rate, and told so', async () => {
    const { live: key } = await gateway.openShop({ rateLimitPerMinute: 2 });
    const first = await call('GET', '/api/v1/payments', { key });
    expect(
      Object.fromEntries(
        ['ratelimit-policy', 'ratelimit', 'x-ratelimit-limit', 'x-ratelimit-remaining'].map((name) => [
          name,
          first.headers.get(name),
        ]),
      ),
    ).toEqual({
      'ratelimit-policy': '"default";q=2;w=60',
      ratelimit: '"default";r=1;t=60',
      'x-ratelimit-limit': '2',
      'x-ratelimit-remaining': '1',
    });
    await call('GET', '/api/v1/payments', { key });
    const third = await call('GET', '/api/v1/payments', { key });
    expectError(third, 429, 'rate_limited');
    expect([third.headers.get('retry-after'), third.headers.get('x-ratelimit-remaining')]).toEqual(['60', '0']);
    gateway.clock.ms += 60_000;
    expect((await call('GET', '/api/v1/payments', { key })).status).toBe(200);
  });

  it("works from a browser only on the merchant's own pages", async () => {
    await gateway.merchants.update(
      { merchantId: shop.merchantId, livemode: true },
      { allowedOrigins: ['https://shop.example.com'] },
    );
    gateway.clock.ms += 5_000;
    expectError(
      await create({ amount: 500 }, { headers: { origin: 'https://evil.example' } }),
      403,
      'domain_not_allowed',
    );
    expectError(await create({ amount: 500 }, { headers: { origin: 'null' } }), 403, 'domain_not_allowed');
    expect(bus.commands).toEqual([]);
    const allowed = await create({ amount: 500 }, { headers: { origin: 'https://shop.example.com' } });
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([
      201,
      'https://shop.example.com',
    ]);
    const preflight = await call('OPTIONS', '/api/v1/payments', {
      key: null,
      headers: { origin: 'https://shop.example.com', 'access-control-request-method': 'POST' },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([
      204,
      'Authorization, Content-Type, Idempotency-Key, X-Request-Id',
    ]);
  });
});

describe('a request id', () => {
  it("is the caller's own when it is harmless, and a new one otherwise", async () => {
    expect(
      (await call('GET', '/api/v1/payments', { headers: { 'x-request-id': 'order-42.try_1' } })).headers.get(
        'x-request-id',
      ),
    ).toBe('order-42.try_1');
    expect(
      (await call('GET', '/api/v1/payments', { headers: { 'x-request-id': '<script>alert(1)</script>' } })).headers.get(
        'x-request-id',
      ),
    ).toMatch(/^[0-9a-f-]{36}$/);
  });
});
