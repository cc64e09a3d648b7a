import { newId } from '@paymatch/contracts';
import { expectProblem, PanelClient, type CallOptions, type Reply } from './testing/panel.client.js';
import { AnsweringBus, startPanel, type PanelShop } from './testing/panel.harness.js';

let panel: Awaited<ReturnType<typeof startPanel>>;
let bus: AnsweringBus;
let shop: PanelShop;
let stranger: PanelShop;

beforeAll(async () => {
  bus = new AnsweringBus();
  panel = await startPanel(bus);
  stranger = await panel.openShop();
});
beforeEach(async () => {
  shop = await panel.openShop();
  bus.asked.length = 0;
});
afterAll(() => panel.stop());

const call = (method: string, path: string, options: CallOptions = {}): Promise<Reply> =>
  new PanelClient(panel.url, shop.live).call(method, path, options);

const everyRoute = [
  ['GET', '/merchant'],
  ['PATCH', '/merchant'],
  ['GET', '/brand'],
  ['PUT', '/brand'],
  ['GET', '/api-keys'],
  ['POST', '/api-keys'],
  ['POST', `/api-keys/${newId()}/revoke`],
  ['GET', '/wallets'],
  ['GET', '/payments'],
  ['GET', '/payments.csv'],
  ['GET', '/today'],
  ['GET', '/refunds'],
  ['GET', `/payments/${newId()}/notes`],
  ['POST', `/payments/${newId()}/notes`],
  ['PATCH', `/devices/${newId()}`],
  ['GET', '/credits'],
  ['GET', `/credits/${newId()}`],
  ['GET', '/messages'],
  ['GET', `/wallets/${newId()}/days`],
  ['GET', '/reconciliation'],
  ['GET', '/reconciliation.csv'],
  ['GET', '/review-settings'],
  ['PATCH', '/review-settings'],
  ['GET', `/payments/${newId()}`],
  ['GET', `/payments/${newId()}/timeline`],
  ['GET', `/payments/${newId()}/as-of?version=1`],
  ['POST', `/payments/${newId()}/refund`],
  ['POST', '/wallets'],
  ['POST', `/wallets/${newId()}/close`],
  ['GET', '/devices'],
  ['POST', '/devices'],
  ['POST', `/devices/${newId()}/revoke`],
  ['POST', `/devices/${newId()}/rotate-secret`],
  ['POST', '/device-enrolments'],
  ['GET', '/device-alerts'],
  ['POST', `/device-alerts/${newId()}/dismiss`],
  ['POST', '/parse-messages'],
  ['GET', '/webhook-endpoints'],
  ['POST', '/webhook-endpoints'],
  ['GET', `/webhook-endpoints/${newId()}`],
  ['PATCH', `/webhook-endpoints/${newId()}`],
  ['DELETE', `/webhook-endpoints/${newId()}`],
  ['GET', `/webhook-endpoints/${newId()}/secret`],
  ['POST', `/webhook-endpoints/${newId()}/rotate-secret`],
  ['POST', `/webhook-endpoints/${newId()}/replays`],
  ['GET', '/webhook-replays'],
  ['GET', `/webhook-replays/${newId()}`],
  ['POST', `/webhook-replays/${newId()}/cancel`],
  ['GET', '/webhook-callback-secret'],
  ['POST', '/webhook-callback-secret/rotate'],
  ['GET', '/webhook-deliveries'],
  ['GET', `/webhook-deliveries/${newId()}`],
  ['POST', `/webhook-deliveries/${newId()}/retry`],
  ['GET', '/parked-messages'],
  ['POST', '/parked-messages/7/replay'],
  ['POST', '/parked-messages/7/discard'],
  ['GET', '/review-cases'],
  ['GET', `/review-cases/${newId()}`],
  ['POST', `/review-cases/${newId()}/assign`],
  ['POST', `/review-cases/${newId()}/ignore`],
  ['POST', `/review-cases/${newId()}/reject`],
  ['POST', `/review-cases/${newId()}/complete`],
  ['POST', `/review-cases/${newId()}/confirm`],
  ['POST', '/credits'],
  ['GET', '/oauth-clients'],
  ['POST', '/oauth-clients'],
  ['POST', '/oauth-clients/ci_live_x/revoke'],
  ['GET', '/pix-account'],
  ['PUT', '/pix-account'],
  ['POST', '/pix-account/callback'],
  ['GET', '/pix-refused-entries'],
  ['GET', '/bank-account'],
  ['PUT', '/bank-account'],
  ['GET', '/exchange-rates'],
  ['POST', '/exchange-rates'],
] as const;

describe('every route of the panel', () => {
  it.each(everyRoute)('%s %s asks for a key with account:write', async (method, path) => {
    expectProblem(await call(method, path, { key: null }), 401, 'authentication-error');
    expectProblem(await call(method, path, { key: shop.weak }), 403, 'ability-denied');
    expect(bus.asked).toEqual([]);
  });

  it.each(everyRoute.filter(([method]) => method !== 'GET' && method !== 'DELETE'))(
    '%s %s refuses fields it does not know',
    async (method, path) => {
      const reply = await call(method, path, { body: { merchant_id: shop.merchantId } });
      expectProblem(reply, 422, 'validation-error');
      expect(reply.json.errors).toContainEqual({
        detail: 'There is no field "merchant_id"; remove it.',
        pointer: '/merchant_id',
      });
      expect(bus.asked).toEqual([]);
    },
  );

  it('is a problem when it does not exist, or the body cannot be read', async () => {
    expectProblem(await call('GET', '/nothing'), 404, 'not-found');
    const response = await fetch(`${panel.url}/api/panel/v1/wallets`, {
      method: 'POST',
      body: '{',
      headers: { authorization: `Bearer ${shop.live}`, 'content-type': 'application/json' },
    });
    expect([response.status, response.headers.get('content-type')]).toEqual([400, 'application/problem+json']);
  });
});

describe('wallets', () => {
  const bkash = { provider: 'bkash', number: '+880 1712-345678', account_type: 'personal' };
  const none = { account_name: null, payment_min: null, payment_max: null, day_max: null, month_max: null };
  const unlimited = { ...none, received_today: '0.00', received_this_month: '0.00', room: 'open' };

  it('are added under one spelling, once, and closed', async () => {
    const added = await call('POST', '/wallets', { body: bkash });
    expect([added.status, added.json.data]).toEqual([
      201,
      {
        id: expect.any(String),
        livemode: true,
        provider: 'bkash',
        number: '01712345678',
        account_type: 'personal',
        status: 'active',
        ...unlimited,
      },
    ]);
    expectProblem(
      await call('POST', '/wallets', { body: { ...bkash, number: '01712345678' } }),
      422,
      'validation-error',
    );
    expect((await call('POST', `/wallets/${added.json.data.id}/close`)).json.data.status).toBe('closed');
    expect((await call('POST', '/wallets', { body: bkash })).status).toBe(201);
    expect((await call('GET', '/wallets')).json.data.map((wallet: { status: string }) => wallet.status)).toEqual([
      'active',
      'closed',
    ]);
  });

  it("are nobody else's, and of one mode", async () => {
    const { id } = (await call('POST', '/wallets', { body: bkash })).json.data;
    for (const key of [stranger.live, shop.test]) {
      expectProblem(await call('POST', `/wallets/${id}/close`, { key }), 404, 'not-found');
      expect((await call('GET', '/wallets', { key })).json.data).toEqual([]);
      expectProblem(
        await call('POST', '/devices', { key, body: { name: 'Phone', wallets: [{ wallet_id: id }] } }),
        422,
        'validation-error',
      );
    }
  });

  it.each([
    ['provider', 'bKash!'],
    ['provider', 5],
    ['number', '017'],
    ['number', '0170000'],
    ['number', '017123456789'],
    ['provider', 'nonsensepay'],
    ['account_type', 'bank'],
    ['number', '0171234567<'],
    ['account_type', 'savings'],
  ])('refuse %s %j', async (field, value) => {
    const reply = await call('POST', '/wallets', { body: { ...bkash, [field]: value } });
    expectProblem(reply, 422, 'validation-error');
    expect(reply.json.errors[0].pointer).toBe(`/${field}`);
  });
});

describe('API keys', () => {
  it("are made for the caller's own mode, shown once, listed without the key, and revoked", async () => {
    const made = await call('POST', '/api-keys', {
      key: shop.test,
      body: {
        name: 'Rahima',
        abilities: ['payments:read', 'account:write'],
        rate_limit_per_minute: 7,
        expires_at: '2026-06-12T14:30:01+06:00',
      },
    });
    const { id, key } = made.json.data;
    expect(made.json.data).toMatchObject({
      livemode: false,
      name: 'Rahima',
      abilities: ['payments:read', 'account:write'],
      rate_limit_per_minute: 7,
      expires_at: '2026-06-12T08:30:01.000Z',
      revoked_at: null,
    });
    expect(key).toMatch(/^fk_test_/);
    expect((await call('GET', '/merchant', { key })).status).toBe(200);
    expect(JSON.stringify((await call('GET', '/api-keys', { key: shop.test })).json)).not.toContain(key);
    const lost = { reason: 'lost' };
    expectProblem(await call('POST', `/api-keys/${id}/revoke`, { key: stranger.test, body: lost }), 404, 'not-found');
    expectProblem(await call('POST', `/api-keys/${id}/revoke`, { body: lost }), 404, 'not-found');
    expect((await call('POST', `/api-keys/${id}/revoke`, { key: shop.test, body: lost })).json.data.revoked_at).toBe(
      '2026-06-12T08:30:00.000Z',
    );
    expectProblem(await call('GET', '/merchant', { key }), 401, 'authentication-error');
  });

  it.each([
    [{ name: '' }],
    [{ name: ' Rahima' }],
    [{ name: 'System' }],
    [{ name: 'api-key 1' }],
    [{ name: null }],
    [{ abilities: ['everything'] }],
    [{ abilities: [] }],
    [{ rate_limit_per_minute: 0 }],
    [{ expires_at: 'tomorrow' }],
    [{ expires_at: '2026-06-12T14:30:00+06:00' }],
    [{ livemode: true }],
  ])('are refused with %j', async (body) => {
    expectProblem(await call('POST', '/api-keys', { body }), 422, 'validation-error');
  });
});

describe('the merchant', () => {
  it('changes their own settings only, in the mode of the key', async () => {
    const body = {
      name: 'New name',
      expiry_minutes: 45,
      amount_tolerance: '0.50',
      allowed_origins: ['https://shop.example.com', 'http://localhost:3000'],
      return_addresses: ['https://shop.example.com/orders'],
      repeated_invoice_number: 'existing',
      gateway_charge: { type: 'percent', value: '1.85' },
      pix_expiry_minutes: 15,
      bank_transfer_expiry_minutes: 2_880,
    };
    expect((await call('PATCH', '/merchant', { body })).json.data).toEqual({
      id: shop.merchantId,
      livemode: true,
      status: 'active',
      ...body,
    });
    expect((await call('PATCH', '/merchant', { body: {} })).json.data).toMatchObject(body);
    for (const key of [stranger.live, stranger.test, shop.test])
      expect((await call('GET', '/merchant', { key })).json.data).toMatchObject({
        name: 'Shop',
        expiry_minutes: 30,
        amount_tolerance: '0.00',
        allowed_origins: [],
        return_addresses: [],
        repeated_invoice_number: 'conflict',
        gateway_charge: null,
        pix_expiry_minutes: null,
        bank_transfer_expiry_minutes: null,
      });
    const nothing = { gateway_charge: null, pix_expiry_minutes: null, bank_transfer_expiry_minutes: null };
    expect((await call('PATCH', '/merchant', { body: nothing })).json.data).toMatchObject({ ...body, ...nothing });
  });

  it.each([
    [{ name: '' }],
    [{ expiry_minutes: 0 }],
    [{ expiry_minutes: 10_081 }],
    [{ amount_tolerance: '100.01' }],
    [{ amount_tolerance: 1 }],
    [{ allowed_origins: ['https://shop.example.com/'] }],
    [{ allowed_origins: ['*'] }],
    [{ return_addresses: ['https://shop.example.com/?a=1'] }],
    [{ status: 'active' }],
    [{ repeated_invoice_number: 'again' }],
    [{ gateway_charge: { type: 'fixed', value: '0.00' } }],
    [{ gateway_charge: { type: 'percent', value: '100.01' } }],
    [{ gateway_charge: { type: 'share', value: '1.00' } }],
    [{ gateway_charge: 5 }],
    [{ pix_expiry_minutes: 0 }],
  ])('is refused %j', async (body) =>
    expectProblem(await call('PATCH', '/merchant', { body }), 422, 'validation-error'),
  );
});
