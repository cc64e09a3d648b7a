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
});
afterAll(() => gateway.stop());

async function call(
  method: string,
  path: string,
  options: { readonly key?: string; readonly body?: unknown; readonly headers?: Record<string, string> } = {},
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
): Promise<{ status: number; json: any }> {
  const response = await fetch(`${gateway.url}/api/v1${path}`, {
    method,
    ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
    headers: {
      authorization: `Bearer ${options.key ?? shop.live}`,
      ...(options.body !== undefined && { 'content-type': 'application/json' }),
      ...options.headers,
    },
  });
  return { status: response.status, json: await response.json() };
}

const rahim = { name: 'Rahim', phone: '+880 1712-345678' };

describe('customers', () => {
  it('are numbered from 1 for each merchant and mode, without holes when they come together', async () => {
    const made = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        call('POST', '/customers', { body: { ...rahim, email: `r${index}@example.com` } }),
      ),
    );
    expect(made.map((reply) => reply.status)).toEqual([201, 201, 201, 201, 201, 201]);
    expect(made.map((reply) => reply.json.data.id).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect((await call('POST', '/customers', { body: rahim, key: shop.test })).json).toEqual({
      data: {
        id: 1,
        object: 'customer',
        ...rahim,
        email: null,
        address: null,
        notes: null,
        created_at: '2026-06-12T14:30:00+06:00',
        updated_at: '2026-06-12T14:30:00+06:00',
      },
    });
    const page = (await call('GET', '/customers?per_page=2&page=2')).json;
    expect([page.data.map((customer: { id: number }) => customer.id), page.meta.total, page.meta.last_page]).toEqual([
      [4, 3],
      6,
      3,
    ]);
    expect((await call('GET', '/customers?email=r3@example.com')).json.meta.total).toBe(1);
    expect(
      (await call('GET', `/customers?phone=${encodeURIComponent(rahim.phone)}&per_page=4&page=2`)).json.data,
    ).toHaveLength(2);
  });

  it.each(['page=99999999', 'page=99999999&per_page=100', 'page=99999999&phone=01712345678'])(
    'are none far beyond the last page: %s',
    async (query) => {
      await call('POST', '/customers', { body: rahim });
      const reply = await call('GET', `/customers?${query}`);
      expect([reply.status, reply.json.data]).toEqual([200, []]);
    },
  );

  it('change only in what is sent', async () => {
    await call('POST', '/customers', { body: { ...rahim, email: 'r@example.com', notes: 'VIP' } });
    expect((await call('PATCH', '/customers/1', { body: { notes: null, address: 'Dhaka' } })).json.data).toMatchObject({
      ...rahim,
      email: 'r@example.com',
      notes: null,
      address: 'Dhaka',
    });
    expect((await call('GET', '/customers/1')).json.data.address).toBe('Dhaka');
    expect((await call('PATCH', '/customers/1', { body: {} })).json.data).toMatchObject({ ...rahim, address: 'Dhaka' });
  });

  it('are made once under one Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'c1' };
    const [first, second] = [
      await call('POST', '/customers', { body: rahim, headers }),
      await call('POST', '/customers', { body: rahim, headers }),
    ];
    expect(second).toEqual(first);
    expect((await call('GET', '/customers')).json.meta.total).toBe(1);
  });

  it('belong to one merchant and mode', async () => {
    await call('POST', '/customers', { body: rahim });
    const stranger = await gateway.openShop();
    for (const key of [stranger.live, shop.test]) {
      expect((await call('GET', '/customers/1', { key })).status).toBe(404);
      expect((await call('PATCH', '/customers/1', { key, body: { name: 'Mine' } })).status).toBe(404);
      expect((await call('GET', '/customers', { key })).json.data).toEqual([]);
      expect(
        (await call('POST', '/payments', { key, body: { amount: 5, customer_id: 1 } })).json.errors,
      ).toHaveProperty('customer_id');
    }
    expect((await call('POST', '/payments', { body: { amount: 5, customer_id: 1 } })).json.data.customer_id).toBe(1);
  });

  it.each([
    ['name', { phone: '017' }],
    ['name', { ...rahim, name: ' ' }],
    ['name', { ...rahim, name: 'x'.repeat(256) }],
    ['name', { ...rahim, name: 'a\u0000' }],
    ['phone', { name: 'R' }],
    ['phone', { ...rahim, phone: 'call me' }],
    ['phone', { ...rahim, phone: 1712345678 }],
    ['email', { ...rahim, email: 'nobody' }],
    ['address', { ...rahim, address: 'x'.repeat(501) }],
    ['notes', { ...rahim, notes: 1 }],
    ['phone', { ...rahim, phone: '' }],
    ['phone', { ...rahim, phone: null }],
  ])('are refused by the name of the field: %s', async (field, body) => {
    const reply = await call('POST', '/customers', { body });
    expect([reply.status, reply.json.code, Object.keys(reply.json.errors)]).toEqual([422, 'validation_error', [field]]);
  });

  it.each(['0', '-1', '1.5', 'x', '99999999999', '2147483648', '1e0'])('answer 404 to the id %s', async (id) => {
    expect((await call('GET', `/customers/${id}`)).status).toBe(404);
  });

  it.each([
    ['name', { name: ' ' }],
    ['phone', { phone: 'call me' }],
    ['email', { email: 'nobody' }],
  ])('refuse a change of %s that is none', async (field, body) => {
    await call('POST', '/customers', { body: rahim });
    const reply = await call('PATCH', '/customers/1', { body });
    expect([reply.status, Object.keys(reply.json.errors)]).toEqual([422, [field]]);
  });

  it('are cleared by null where they may be empty, left where they may not, and left by an empty text', async () => {
    const full = { ...rahim, email: 'r@example.com', address: 'Dhaka', notes: 'VIP' };
    await call('POST', '/customers', { body: { ...full, id: 7, color: 'red' } });
    const kept = await call('PATCH', '/customers/1', { body: { name: null, phone: null, notes: null, address: '' } });
    expect([kept.status, kept.json.data]).toEqual([200, expect.objectContaining({ ...full, id: 1, notes: null })]);
    const again = await call('PATCH', '/customers/1', { body: { name: '', phone: '', email: null, color: 'red' } });
    expect(again.json.data).toMatchObject({ ...full, email: null, notes: null });
  });

  it('tell when they were last changed', async () => {
    await call('POST', '/customers', { body: rahim });
    gateway.clock.ms += 60_000;
    const { data } = (await call('PATCH', '/customers/1', { body: { notes: 'VIP' } })).json;
    expect(Date.parse(data.updated_at) - Date.parse(data.created_at)).toBe(60_000);
    gateway.clock.ms -= 60_000;
  });
});
