import { RequestUnavailable } from '@paymatch/platform-messaging';
import { GatewayClient, expectError, type CallOptions, type Reply } from './testing/gateway.client.js';
import { PUBLIC_URL, startGateway, type RunningGateway, type Shop } from './testing/gateway.harness.js';
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

describe('creating a payment', () => {
  it('answers 201 with every field of the contract', async () => {
    const reply = await create({
      amount: 500,
      invoice_id: 'ORDER-42',
      success_url: 'https://shop.example.com/thanks',
      cancel_url: 'https://shop.example.com/cart',
      metadata: { channel: 'web' },
    });
    expect(reply.status).toBe(201);
    const { id } = reply.json.data;
    expect(id).toMatch(/^[0-7][0-9a-hjkmnp-tv-z]{25}$/);
    expect(reply.json).toEqual({
      data: {
        id,
        object: 'payment',
        amount: '500.00',
        amount_due: '500.00',
        refunded_amount: '0.00',
        gateway_charge: '0.00',
        gateway_charge_type: null,
        gateway_charge_value: null,
        currency: 'BDT',
        livemode: true,
        source: 'api',
        status: 'pending',
        invoice_id: 'ORDER-42',
        invoice_number: 'ORDER-42',
        customer_id: null,
        provider: null,
        payment_method: null,
        customer_trx_id: null,
        trx_id: null,
        customer_sender_number: null,
        wallet_number: null,
        receiving_wallet_number: null,
        received_amount: null,
        review_reason: null,
        metadata: { channel: 'web' },
        failure_reason: null,
        success_url: 'https://shop.example.com/thanks',
        cancel_url: 'https://shop.example.com/cart',
        checkout_url: `${PUBLIC_URL}/pay/${id}`,
        expires_at: '2026-06-12T15:00:00+06:00',
        verified_at: null,
        completed_at: null,
        created_at: '2026-06-12T14:30:00+06:00',
      },
    });
    expect(reply.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(reply.headers.get('idempotent-replayed')).toBeNull();
    expect((await call('GET', `/api/v1/payments/${id}`)).json).toEqual(reply.json);
    expect((await call('GET', `/api/v1/payments/${id.toUpperCase()}`)).json).toEqual(reply.json);
  });

  it.each([
    ['500', '500.00'],
    ['500.5', '500.50'],
    ['500.50', '500.50'],
    ['0.01', '0.01'],
    ['9999999.99', '9999999.99'],
    ['"500"', '500.00'],
    ['"500.5"', '500.50'],
    ['"0.10"', '0.10'],
    ['0.1', '0.10'],
    ['1.10', '1.10'],
  ])('reads the amount %s as %s', async (sent, shown) => {
    const reply = await create(null, { raw: `{"metadata":{"amount":"1e3"}, "amount" : ${sent}}` });
    expect([reply.status, reply.json.data?.amount]).toEqual([201, shown]);
  });

  it.each([
    '0',
    '-5',
    '-0',
    '10.005',
    '500.000',
    '1e3',
    '1E2',
    '0.0',
    '10000000',
    '9999999.991',
    '1e400',
    '5e-1',
    '0.001',
    '100000000000000000000',
    'true',
    'null',
    '[500]',
    '{"a":1}',
    '"500.001"',
    '"1e3"',
    '"NaN"',
    '"Infinity"',
    '"+5"',
    '" 5"',
    '"5 "',
    '"5,00"',
    '"1,000"',
    '""',
    '"0x10"',
    '"٥٠٠"',
    '"5."',
    '".5"',
    '"-1"',
    '"500\\u0000"',
  ])('refuses the amount %s and writes nothing', async (sent) => {
    const reply = await create(null, { raw: `{"amount":${sent}}` });
    expectError(reply, 422, 'validation_error');
    expect(Object.keys(reply.json.errors)).toEqual(['amount']);
    expect(bus.commands).toEqual([]);
  });

  it('counts the last of a repeated amount, however its name is spelt', async () => {
    expectError(await create(null, { raw: '{"amount":5,"\\u0061mount":1e1}' }), 422, 'validation_error');
    expect((await create(null, { raw: '{"amount":1e1,"\\u0061mount":5.5}' })).json.data.amount).toBe('5.50');
  });

  const metadata = (keys: number): Record<string, string> =>
    Object.fromEntries(Array.from({ length: keys }, (_, index) => [`k${index}`, 'v']));
  it.each([
    ['invoice_id', 42],
    ['invoice_id', ' '],
    ['invoice_id', 'x'.repeat(101)],
    ['invoice_id', 'a\u0000b'],
    ['invoice_id', 'a\nb'],
    ['invoice_id', '\ud800'],
    ['invoice_id', ['x']],
    ['invoice_number', 'x'.repeat(101)],
    ['success_url', 'javascript:alert(1)'],
    ['success_url', 'java\nscript:alert(1)'],
    ['cancel_url', 'data:text/html,x'],
    ['success_url', '/thanks'],
    ['success_url', 'https://user:pass@shop.example.com/'],
    ['success_url', 'https://'],
    ['success_url', 'https:\\\\evil.example'],
    ['success_url', 'http://shop.example.com/'],
    ['success_url', 5],
    ['success_url', `https://shop.example.com/${'x'.repeat(2_000)}`],
    ['success_url', 'https://shop.example.com/\u0000'],
    ['success_url', 'https://shop.example.com/a b'],
    ['metadata', metadata(21)],
    ['metadata', { ['k'.repeat(41)]: 'v' }],
    ['metadata', { k: 'v'.repeat(501) }],
    ['metadata', { k: 1 }],
    ['metadata', { k: null }],
    ['metadata', { k: { deep: 'x' } }],
    ['metadata', { k: 'a\u0000' }],
    ['metadata', { 'k\u0000': 'a' }],
    ['metadata', { k: '\udfff' }],
    ['metadata', 'text'],
    ['metadata', ['x']],
    ['metadata', { '': 'v' }],
    ['customer_id', 1],
    ['customer_id', '1'],
    ['customer_id', 1.5],
    ['customer_id', 0],
    ['currency', 'USD'],
    ['currency', 'bdt'],
    ['currency', 5],
  ])('names %s when it is %j, and writes nothing', async (field, value) => {
    const reply = await create({ amount: 500, [field]: value });
    expectError(reply, 422, 'validation_error');
    expect(Object.keys(reply.json.errors)).toEqual([field]);
    expect(reply.json.errors[field][0].length).toBeGreaterThan(10);
    expect(bus.commands).toEqual([]);
  });

  it('returns customers to the addresses of the merchant alone, once there are some, in that mode', async () => {
    const returnAddresses = ['https://shop.example.com', 'https://tea.example.com/orders'];
    await gateway.merchants.update({ merchantId: shop.merchantId, livemode: true }, { returnAddresses });
    gateway.clock.ms += 5_000;
    const strange = { success_url: 'https://evil.example/thanks', cancel_url: 'https://tea.example.com/' };
    const reply = await create({ amount: 500, ...strange });
    expectError(reply, 422, 'validation_error');
    expect(Object.keys(reply.json.errors)).toEqual(['success_url', 'cancel_url']);
    expect(reply.json.errors.success_url[0]).toContain('return_addresses');
    expect(bus.commands).toEqual([]);
    const own = { success_url: 'https://shop.example.com/thanks?a=1', cancel_url: 'https://tea.example.com/orders/7' };
    expect((await create({ amount: 500, ...own })).status).toBe(201);
    expect((await create({ amount: 500 })).status).toBe(201);
    expect((await create({ amount: 500, ...strange }, { key: shop.test })).status).toBe(201);
  });

  it.each([
    [{ type: 'fixed', value: '10.00' }, 500, ['500.00', '10.00', '510.00']],
    [{ type: 'percent', value: '1.85' }, 500, ['500.00', '9.25', '509.25']],
    [{ type: 'percent', value: '1.85' }, '10.27', ['10.27', '0.19', '10.46']],
  ] as const)('adds the charge %j to an order of %s', async (gatewayCharge, amount, [order, charge, due]) => {
    await gateway.merchants.update({ merchantId: shop.merchantId, livemode: true }, { gatewayCharge });
    gateway.clock.ms += 5_000;
    const { data } = (await create({ amount })).json;
    expect(data).toMatchObject({
      amount: order,
      amount_due: due,
      gateway_charge: charge,
      gateway_charge_type: gatewayCharge.type,
      gateway_charge_value: gatewayCharge.value,
    });
    expect(bus.commands.at(-1)).toMatchObject({ amountMinor: Math.round(Number(due) * 100) });
    expect((await create({ amount }, { key: shop.test })).json.data).toMatchObject({ amount_due: order });
  });

  it.each([
    ['invoice_id', 'x'.repeat(100)],
    ['invoice_id', 'অর্ডার ৪২ – ✓'],
    ['invoice_id', '𝒳'.repeat(100)],
    ['invoice_id', null],
    ['success_url', 'HTTPS://shop.example.com:8443/a?b=c#d'],
    ['metadata', metadata(20)],
    ['metadata', { ['k'.repeat(40)]: 'v'.repeat(500) }],
    ['metadata', []],
    ['metadata', null],
    ['metadata', { k: '' }],
    ['metadata', { k: 'two\nlines' }],
    ['currency', 'BDT'],
    ['currency', null],
  ])('takes %s when it is %j', async (field, value) => {
    expect((await create({ amount: 500, [field]: value })).status).toBe(201);
  });

  it.each(['invoice_id', 'invoice_number', 'success_url', 'cancel_url', 'metadata', 'customer_id', 'currency'])(
    'takes an empty %s for one that was not sent',
    async (field) => {
      const reply = await create({ amount: 500, [field]: '' });
      expect([reply.status, reply.headers.get('paymatch-ignored-fields')]).toEqual([201, null]);
      expect(reply.json.data).toMatchObject({ invoice_id: null, success_url: null, cancel_url: null, metadata: {} });
    },
  );

  it('passes over fields that the contract does not know, and names them', async () => {
    const { json, headers, status } = await create({
      amount: 500,
      merchant_id: 'x',
      livemode: false,
      status: 'completed',
      constructor: 1,
      toString: 'x',
      'customer name': { first: 'R' },
      নাম: '',
    });
    expect([status, json.data.status, json.data.livemode]).toEqual([201, 'pending', true]);
    expect(bus.commands[0]!.merchantId).toBe(shop.merchantId);
    expect(headers.get('paymatch-ignored-fields')!.split(', ').map(decodeURIComponent)).toEqual([
      'merchant_id',
      'livemode',
      'status',
      'constructor',
      'toString',
      'customer name',
      'নাম',
    ]);
  });

  it('names at most twenty of many fields it passes over, and no more than forty letters of each', async () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`${index}${'😀'.repeat(50)}`, 1]));
    const { status, headers } = await create({ amount: 500, ...many });
    expect(status).toBe(201);
    expect(headers.get('paymatch-ignored-fields')!.split(', ')).toHaveLength(20);
  });

  it('takes plain http addresses for test payments', async () => {
    expect((await create({ amount: 500, success_url: 'http://localhost:3000/' }, { key: shop.test })).status).toBe(201);
  });

  it('reads its settings from the merchant', async () => {
    await gateway.merchants.update({ merchantId: shop.merchantId, livemode: true }, { expiryMinutes: 45 });
    gateway.clock.ms += 5_000;
    const { data } = (await create({ amount: 1 })).json;
    expect(Date.parse(data.expires_at) - Date.parse(data.created_at)).toBe(45 * 60_000);
  });
});

describe('a body that is no proper request', () => {
  it.each([
    ['broken JSON', '{"amount":500', 422],
    ['an array', '[1]', 422],
    ['a string', '"x"', 422],
    ['a number', '5', 422],
    ['null', 'null', 422],
    ['nothing', '', 422],
    ['bad UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 422],
    ['a poisoned prototype', '{"amount":500,"__proto__":{"x":1}}', 422],
    ['a disguised prototype', '{"amount":500,"metadata":{"\\u005f_proto__":"x"}}', 422],
    ['deep nesting', `{"amount":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, 422],
    ['257 kB', `{"amount":500,"metadata":{"a":"${'x'.repeat(263_000)}"}}`, 413],
    ['10 MB', `{"a":"${'x'.repeat(10_000_000)}"}`, 413],
  ])("gets the contract's answer: %s", async (_name, raw, status) => {
    const reply = await create(null, { raw });
    expectError(reply, status, 'validation_error');
    expect(bus.commands).toEqual([]);
  });

  it.each(['text/plain', 'application/xml', 'multipart/form-data; boundary=x'])(
    "gets the contract's answer for %s",
    async (contentType) => {
      expectError(await create({ amount: 500 }, { headers: { 'content-type': contentType } }), 415, 'validation_error');
    },
  );

  it('is told what could not be read', async () => {
    expect((await create(null, { raw: '{"amount":500' })).json.errors).toEqual({
      body: ['The body is not valid JSON.'],
    });
    expect((await create(null, { raw: '{"amount":500,"__proto__":{"x":1}}' })).json.errors).toEqual({
      body: ['The key "__proto__" is not accepted.'],
    });
  });

  it("gets the contract's answer for a form", async () => {
    expectError(
      await create(null, { raw: 'amount=1e3', headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
      415,
      'validation_error',
    );
  });
});

describe('an unknown address', () => {
  it.each([
    ['GET', '/api/v1/nothing'],
    ['GET', '/api/v1/payments/%ff'],
    ['GET', '/api/v1/payments/%00'],
    ['GET', `/api/v1/payments/${'x'.repeat(3_000)}`],
    ['POST', '/api/v1/'],
  ])("%s %s gets the contract's 404", async (method, path) => {
    const reply = await call(method, path);
    expect([404, 422]).toContain(reply.status);
    expectError(reply, reply.status, reply.status === 404 ? 'not_found' : 'validation_error');
  });
});

describe('a method that an address does not take', () => {
  it.each([
    ['DELETE', '/api/v1/payments', 'GET, HEAD, POST'],
    ['PUT', '/api/v1/payments/x', 'GET, HEAD'],
    ['GET', '/api/v1/payments/x/refund?y=z', 'POST'],
    ['DELETE', '/api/v1/customers/1', 'GET, HEAD, PATCH'],
  ])('%s %s gets 405, and is told which it takes', async (method, path, allowed) => {
    const reply = await call(method, path);
    expectError(reply, 405, 'method_not_allowed');
    expect(reply.headers.get('allow')).toBe(allowed);
  });
});

describe('an answer', () => {
  it.each(['br', 'gzip'])(
    'is compressed with %s for who accepts that, when it is worth it, and never kept',
    async (coding) => {
      for (let n = 0; n < 3; n += 1) await create({ amount: 5 });
      const headers = { 'accept-encoding': coding };
      const long = await call('GET', '/api/v1/payments', { headers });
      expect([long.headers.get('content-encoding'), long.headers.get('cache-control')]).toEqual([coding, 'no-store']);
      expect(long.json.data).toHaveLength(3);
      const short = await call('GET', '/api/v1/payments?status=failed', { headers });
      expect([short.headers.get('content-encoding'), short.headers.get('cache-control')]).toEqual([null, 'no-store']);
    },
  );
});

describe('a repeated invoice', () => {
  it('answers 200 with the payment as it is, and says so', async () => {
    const first = await create({ amount: 500, invoice_id: 'A' });
    const repeat = await create({ amount: 999, invoice_id: 'A' });
    expect([repeat.status, repeat.headers.get('idempotent-replayed'), repeat.json]).toEqual([200, 'true', first.json]);
    const inTest = await create({ amount: 999, invoice_id: 'A' }, { key: shop.test });
    expect([inTest.status, inTest.json.data.livemode]).toEqual([201, false]);
  });

  it("answers 409 with the payment's id to clients that call it invoice_number", async () => {
    const first = await create({ amount: 500, invoice_number: 'B' });
    expect([first.status, first.json.data.invoice_id]).toEqual([201, 'B']);
    const repeat = await create({ amount: 500, invoice_number: 'B' });
    expectError(repeat, 409, 'duplicate_invoice_number');
    expect(repeat.json.error.payment_id).toBe(first.json.data.id);
    expect((await create({ amount: 500, invoice_number: 'B', invoice_id: 'B' })).status).toBe(200);
    expectError(await create({ amount: 500, invoice_number: 'B', invoice_id: 'C' }), 422, 'validation_error');
  });
});

describe('a repeated invoice_number of a merchant who wants the existing payment', () => {
  it('answers 200 with the payment as it is, and says so, in the mode it was set for', async () => {
    const { merchantId } = shop;
    await gateway.merchants.update({ merchantId, livemode: true }, { repeatedInvoiceNumber: 'existing' });
    gateway.clock.ms += 5_000;
    const first = await create({ amount: 500, invoice_number: 'B' });
    const repeat = await create({ amount: 500, invoice_number: 'B' });
    expect([repeat.status, repeat.headers.get('idempotent-replayed'), repeat.json]).toEqual([200, 'true', first.json]);
    await create({ amount: 500, invoice_number: 'B' }, { key: shop.test });
    const inTest = await create({ amount: 500, invoice_number: 'B' }, { key: shop.test });
    expectError(inTest, 409, 'duplicate_invoice_number');
  });
});

describe('an Idempotency-Key', () => {
  const headers = { 'idempotency-key': '"abc"' };

  it('brings the stored answer, letter by letter, and refuses another body', async () => {
    const first = await create({ amount: 500 }, { headers });
    const again = await create({ amount: 500 }, { headers: { 'idempotency-key': 'abc' } });
    expect([again.status, again.text, again.headers.get('idempotent-replayed')]).toEqual([201, first.text, 'true']);
    expect(bus.commands).toHaveLength(1);
    const other = await create({ amount: 501 }, { headers });
    expectError(other, 422, 'validation_error');
    expect(Object.keys(other.json.errors)).toEqual(['Idempotency-Key']);
    expect((await create({ amount: 501 }, { headers, key: shop.test })).status).toBe(201);
    expectError(
      await create({ amount: 500 }, { headers: { 'idempotency-key': 'x'.repeat(256) } }),
      422,
      'validation_error',
    );
  });

  it('sends the same command again when the first answer was lost', async () => {
    bus.failure = new RequestUnavailable('no answer');
    const lost = await create({ amount: 500 }, { headers });
    bus.failure = null;
    expectError(lost, 503, 'service_unavailable');
    expect(lost.headers.get('retry-after')).toBe('1');
    const found = await create({ amount: 500 }, { headers });
    expect(found.status).toBe(201);
    expect(bus.commands).toHaveLength(1);
  });
});
