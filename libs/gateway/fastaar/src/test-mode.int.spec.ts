import { topics } from '@paymatch/contracts';
import { expectError, GatewayClient, type CallOptions, type Reply } from './testing/gateway.client.js';
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
  bus.published.length = 0;
});
afterAll(() => gateway.stop());

const call = (method: string, path: string, options: CallOptions = {}): Promise<Reply> =>
  new GatewayClient(gateway.url, shop.test).call(method, `/api/v1${path}`, options);
const create = async (options: CallOptions = {}): Promise<string> =>
  (await call('POST', '/payments', { body: { amount: 500 }, ...options })).json.data.id as string;

describe('a test payment', () => {
  it.each([
    ['complete', { status: 'completed' }],
    ['fail', { status: 'failed' }],
    ['expire', { status: 'expired' }],
    ['review', { status: 'pending', review_reason: 'amount_mismatch', received_amount: '499.99' }],
  ])('can be made to %s', async (outcome, expected) => {
    const id = await create();
    const reply = await call('POST', `/test/payments/${id}/${outcome}`);
    expect([reply.status, reply.json.data]).toEqual([200, expect.objectContaining({ id, ...expected })]);
    expect((await call('GET', `/payments/${id}`)).json.data).toMatchObject(expected);
  });

  it('that has ended, is unknown, or is asked for something else answers as the contract says', async () => {
    const id = await create();
    await call('POST', `/test/payments/${id}/complete`);
    expectError(await call('POST', `/test/payments/${id}/fail`), 422, 'validation_error');
    expectError(await call('POST', `/test/payments/${id}/explode`), 404, 'not_found');
    expectError(await call('POST', '/test/payments/01k000000000000000000000a1/fail'), 404, 'not_found');
  });
});

describe('a live key', () => {
  it('pretends nothing', async () => {
    const id = await create({ key: shop.live });
    const key = shop.live;
    expectError(await call('POST', `/test/payments/${id}/complete`, { key }), 403, 'ability_denied');
    const body = { sender: 'bKash', body: 'You have received Tk 500.00' };
    expectError(await call('POST', '/test/messages', { key, body }), 403, 'ability_denied');
    expect(bus.published).toEqual([]);
    expectError(await call('POST', `/test/payments/${id}/complete`), 404, 'not_found');
  });
});

describe('a pretended message', () => {
  it("is handed on as one of a phone of the merchant's, for their test wallets alone", async () => {
    const { merchantId } = shop;
    const wallet = { merchantId, provider: 'bkash', number: '01700000001', accountType: 'personal' } as const;
    const { id } = await gateway.wallets.add({ ...wallet, livemode: false });
    await gateway.wallets.add({ ...wallet, livemode: true });
    const body = { sender: 'bKash', body: 'You have received Tk 500.00' };
    const reply = await call('POST', '/test/messages', { body });
    expect([reply.status, reply.json.data.status]).toEqual([202, 'accepted']);
    expect(bus.published).toMatchObject([
      {
        topic: topics.creditsReceived.name,
        message: {
          key: `${merchantId}:01700000001`,
          data: { ...body, merchantId, livemode: false, wallets: [{ id, provider: 'bkash' }] },
        },
      },
    ]);
    expectError(await call('POST', '/test/messages', { body: { sender: 'bKash' } }), 422, 'validation_error');
  });
});
