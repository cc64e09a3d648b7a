import { describeContractA } from './contract-a.scenarios.js';
import { describeOnePayment } from './one-payment.scenarios.js';
import { killLeftGateways, RunningGateway } from './running-gateway.js';
import { Shop, type Answer } from './shop.js';

let gateway: RunningGateway;
let shop: Shop;

beforeAll(async () => {
  gateway = await RunningGateway.start();
  shop = new Shop(gateway.demo);
});
afterAll(async () => {
  await gateway?.stopAndForget();
  killLeftGateways();
});

describeOnePayment('in one process', () => gateway, 1_000);

describe('bad input', () => {
  const before = async (): Promise<number> =>
    (await shop.call<{ meta: { total: number } }>('GET', '/api/v1/payments?per_page=1')).body.meta.total;
  const metadata = (keys: number) => Object.fromEntries(Array.from({ length: keys }, (_, i) => [`k${i}`, 'v']));

  it.each<[string, unknown, number]>([
    ['malformed JSON', '{"amount": 500,', 422],
    ['an array', [], 422],
    ['no amount', {}, 422],
    ['a word as amount', { amount: 'five' }, 422],
    ['an object as amount', { amount: {} }, 422],
    ['a negative amount', { amount: -1 }, 422],
    ['zero', { amount: 0 }, 422],
    ['three decimals', '{"amount": 10.005}', 422],
    ['three decimals in a text', { amount: '10.005' }, 422],
    ['an exponent', '{"amount": 1e3}', 422],
    ['too large an amount', { amount: 10_000_000 }, 422],
    ['21 metadata keys', { amount: 1, metadata: metadata(21) }, 422],
    ['a number in metadata', { amount: 1, metadata: { a: 1 } }, 422],
    ['a javascript: URL', { amount: 1, success_url: 'javascript:alert(1)' }, 422],
    ['another currency', { amount: 1, currency: 'USD' }, 422],
    ['a number as invoice_id', { amount: 1, invoice_id: 7 }, 422],
    ['a NUL in invoice_id', { amount: 1, invoice_id: 'a\u0000b' }, 422],
    ['101 characters of invoice_id', { amount: 1, invoice_id: 'x'.repeat(101) }, 422],
  ])("%s is refused in the contract's words and writes nothing", async (_name, body, status) => {
    const count = await before();
    const answer = (await shop.create(body)) as Answer<never> as Answer<{
      error: { type: string; message: string };
      message: string;
      code: string;
    }>;
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({
      error: { type: 'validation_error', message: expect.any(String) },
      message: expect.any(String),
      code: 'validation_error',
    });
    expect(answer.headers.get('x-request-id')).toBeTruthy();
    expect(await before()).toBe(count);
  });

  it('an unknown field is passed over and named', async () => {
    const { status, headers } = await shop.create({ amount: 1, colour: 'red' });
    expect([status, headers.get('paymatch-ignored-fields')]).toEqual([201, 'colour']);
  });

  it('20 metadata keys are accepted', async () => {
    expect((await shop.create({ amount: 1, metadata: metadata(20) })).status).toBe(201);
  });

  it('a 10 MB body is refused, not read', async () => {
    const answer = await shop
      .create({ amount: 1, metadata: { a: 'x'.repeat(10_000_000) } })
      .catch((error: Error) => error);
    // The server may close the connection in the middle of such a body; an answer, if there is one, is the contract's.
    if ('status' in answer) expect([413, 422]).toContain(answer.status);
    expect((await shop.create({ amount: 1 })).status).toBe(201);
  });

  it('an unknown key, no key and a strange one are refused alike', async () => {
    for (const key of ['fk_live_00000000000000000000000000000000', 'nonsense', '']) {
      const answer = await new Shop(gateway.demo, key).call<{ error: { type: string } }>('GET', '/api/v1/payments');
      expect([answer.status, answer.body.error.type]).toEqual([401, 'authentication_error']);
    }
  });

  it("another mode's payment is as unknown as an id that never was", async () => {
    const live = (await shop.create({ amount: 500 })).body.data;
    const testShop = new Shop(gateway.demo, gateway.demo.merchant.testKey);
    const [foreign, unknown, nonsense] = await Promise.all(
      [live.id, '01k000000000000000000000a1', 'x'].map((id) =>
        testShop.call<Record<string, unknown>>('GET', `/api/v1/payments/${id}`),
      ),
    );
    expect([foreign!.status, unknown!.status, nonsense!.status]).toEqual([404, 404, 404]);
    expect(foreign!.body).toEqual(unknown!.body);
    expect(nonsense!.body).toEqual(unknown!.body);
    expect((await testShop.call<{ meta: { total: number } }>('GET', '/api/v1/payments')).body.meta.total).toBe(0);
  });
});

// Last: what stands above counts the test mode's payments, of which this makes some.
describeContractA('in one process', () => gateway);
