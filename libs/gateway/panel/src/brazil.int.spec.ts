import { AnsweringBus, panelClock, startPanel, type PanelShop } from './testing/panel.harness.js';

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly json: any;
}

let panel: Awaited<ReturnType<typeof startPanel>>;
let shop: PanelShop;
let stranger: PanelShop;

beforeAll(async () => {
  panel = await startPanel(new AnsweringBus());
  stranger = await panel.openShop();
});
beforeEach(async () => {
  shop = await panel.openShop();
});
afterAll(() => panel.stop());

async function call(
  method: string,
  path: string,
  options: { readonly key?: string; readonly body?: unknown } = {},
): Promise<Reply> {
  const isEmpty = options.body === undefined;
  const response = await fetch(`${panel.url}/api/panel/v1${path}`, {
    method,
    ...(!isEmpty && { body: JSON.stringify(options.body) }),
    headers: {
      authorization: `Bearer ${options.key ?? shop.live}`,
      ...(!isEmpty && { 'content-type': 'application/json' }),
    },
  });
  return { status: response.status, headers: response.headers, json: await response.json() };
}
const problemOf = ({ status, json }: Reply): unknown => [status, json.type, json.errors?.[0]?.pointer];
const pixAccount = { pix_key: 'loja@example.com', beneficiary: 'Açaí & Cia', city: 'São Paulo' };
const bankAccount = {
  name: 'VIACREDI',
  code: '085',
  agency: '0101-5',
  account: '12551163',
  account_operation: 'Conta Corrente',
  document: '34.911.051/0001-97',
  beneficiary: 'Loja',
};

describe('OAuth clients', () => {
  it("are issued in the key's mode with their secret shown once, listed without it, and revoked", async () => {
    const made = await call('POST', '/oauth-clients', { key: shop.test, body: { rate_limit_per_minute: 7 } });
    expect([made.status, made.json.data]).toEqual([
      201,
      { client_id: expect.stringMatching(/^ci_test_/), client_secret: expect.stringMatching(/^cs_/), livemode: false },
    ]);
    const { client_id: id } = made.json.data;
    const view = {
      client_id: id,
      livemode: false,
      created_at: new Date(panelClock.ms).toISOString(),
      revoked_at: null,
    };
    expect((await call('GET', '/oauth-clients', { key: shop.test })).json.data).toEqual([view]);
    for (const key of [shop.live, stranger.test]) {
      expect((await call('GET', '/oauth-clients', { key })).json.data).toEqual([]);
      expect(problemOf(await call('POST', `/oauth-clients/${id}/revoke`, { key, body: { reason: 'lost' } }))).toEqual([
        404,
        'urn:paymatch:problem:not-found',
        undefined,
      ]);
    }
    const revoked = await call('POST', `/oauth-clients/${id}/revoke`, { key: shop.test, body: { reason: 'lost' } });
    expect([revoked.status, revoked.json.data]).toEqual([
      200,
      { ...view, revoked_at: new Date(panelClock.ms).toISOString() },
    ]);
  });
});

describe('receiving accounts', () => {
  it("are set and shown, each mode's and each merchant's by themselves", async () => {
    expect((await call('GET', '/pix-account')).status).toBe(404);
    expect((await call('GET', '/bank-account')).status).toBe(404);
    expect((await call('PUT', '/pix-account', { body: pixAccount })).json.data).toEqual(pixAccount);
    expect((await call('PUT', '/bank-account', { body: bankAccount })).json.data).toEqual(bankAccount);
    expect([(await call('GET', '/pix-account')).json.data, (await call('GET', '/bank-account')).json.data]).toEqual([
      pixAccount,
      bankAccount,
    ]);
    for (const key of [shop.test, stranger.live])
      for (const path of ['/pix-account', '/bank-account']) expect((await call('GET', path, { key })).status).toBe(404);
  });

  it.each([
    ['pix-account', { ...pixAccount, pix_key: '12345678901' }, '/pix_key'],
    ['pix-account', { ...pixAccount, city: '東京' }, '/city'],
    ['bank-account', { ...bankAccount, code: '' }, '/code'],
  ])('refuse %s %j', async (path, body, pointer) => {
    expect(problemOf(await call('PUT', `/${path}`, { body }))).toEqual([
      422,
      'urn:paymatch:problem:validation-error',
      pointer,
    ]);
  });

  it("give out an address for the bank's notices, once there is an account", async () => {
    expect((await call('POST', '/pix-account/callback')).status).toBe(409);
    await call('PUT', '/pix-account', { body: pixAccount });
    const plain = await call('POST', '/pix-account/callback');
    expect([plain.status, plain.json.data]).toEqual([
      201,
      {
        url: expect.stringMatching(/^https:\/\/pay\.example\.com\/pix\/[0-9A-Za-z]{40}$/),
        header_name: null,
        header_secret: null,
      },
    ]);
    const guarded = await call('POST', '/pix-account/callback', { body: { with_header: true } });
    expect(guarded.json.data).toMatchObject({
      header_name: 'X-Pix-Secret',
      header_secret: expect.stringMatching(/^[0-9A-Za-z]{40}$/),
    });
    expect(guarded.json.data.url).not.toBe(plain.json.data.url);
  });

  it('show the entries of notices that nobody could read, newest first, to their merchant', async () => {
    for (const [index, entry] of ['{"a":1}', '{"b":2}'].entries()) {
      await panel.database.query(
        'INSERT INTO gateway.pix_refused_entries (content_hash, merchant_id, livemode, reason, entry, arrived_at) VALUES ($1, $2, true, $3, $4, $5)',
        [Buffer.from([index]), shop.merchantId, 'valor is no amount', entry, new Date(panelClock.ms + index)],
      );
    }
    expect((await call('GET', '/pix-refused-entries')).json.data).toEqual(
      [1, 0].map((index) => ({
        reason: 'valor is no amount',
        entry: ['{"a":1}', '{"b":2}'][index],
        arrived_at: new Date(panelClock.ms + index).toISOString(),
      })),
    );
    expect((await call('GET', '/pix-refused-entries?limit=1')).json.data).toHaveLength(1);
    for (const key of [shop.test, stranger.live])
      expect((await call('GET', '/pix-refused-entries', { key })).json.data).toEqual([]);
  });
});

describe('exchange rates', () => {
  it("are set in the name of the key, kept, and nobody else's", async () => {
    for (const rate of ['5.19', '5.190000000000000001'])
      expect(
        (await call('POST', '/exchange-rates', { key: shop.named, body: { base_currency: 'USD', rate } })).status,
      ).toBe(201);
    const own = (await call('GET', '/exchange-rates')).json.data;
    expect(own[0]).toEqual({
      id: expect.any(String),
      base_currency: 'USD',
      rate: '5.190000000000000001',
      set_by: 'Rahima',
      set_at: new Date(panelClock.ms).toISOString(),
      is_for_all: false,
    });
    expect(own.map(({ rate }: { rate: string }) => rate)).toEqual(['5.190000000000000001', '5.19']);
    expect((await call('GET', '/exchange-rates', { key: stranger.live })).json.data).toEqual([]);
  });

  it.each([
    ['5,19', '/rate'],
    ['0', '/rate'],
    ['-1', '/rate'],
    ['1e3', '/rate'],
    [5.19, '/rate'],
  ])('refuse %j', async (rate, pointer) => {
    expect(problemOf(await call('POST', '/exchange-rates', { body: { base_currency: 'USD', rate } }))).toEqual([
      422,
      'urn:paymatch:problem:validation-error',
      pointer,
    ]);
  });

  it('are not set with a test key, nor for another currency', async () => {
    expect(
      (await call('POST', '/exchange-rates', { key: shop.test, body: { base_currency: 'USD', rate: '5.19' } })).status,
    ).toBe(422);
    expect(problemOf(await call('POST', '/exchange-rates', { body: { base_currency: 'EUR', rate: '5.19' } }))).toEqual([
      422,
      'urn:paymatch:problem:validation-error',
      '/base_currency',
    ]);
  });
});
