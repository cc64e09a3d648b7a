import { PlansStore } from '@paymatch/gateway-access';
import { expectError, GatewayClient, type CallOptions, type Reply } from './testing/gateway.client.js';
import { startGateway, type RunningGateway, type Shop } from './testing/gateway.harness.js';
import { PaymentsDouble } from './testing/payments.double.js';

let gateway: RunningGateway;
let plans: PlansStore;
let shop: Shop;

beforeAll(async () => {
  gateway = await startGateway(new PaymentsDouble());
  plans = new PlansStore(gateway.test.database);
});
beforeEach(async () => {
  shop = await gateway.openShop();
});
afterAll(() => gateway.stop());

const create = (body: unknown, options: CallOptions = {}): Promise<Reply> =>
  new GatewayClient(gateway.url, shop.live).call('POST', '/api/v1/payments', { body, ...options });
const subscribe = (planId: string, activeUntil = new Date(gateway.clock.ms + 86_400_000)): Promise<boolean> =>
  plans.subscribe({ merchantId: shop.merchantId, planId, activeUntil });
const unlimited = { price: null, paymentsPerMonth: null, walletsMax: null, phonesMax: null };

describe('an installation without plans', () => {
  it('lets every merchant create payments', async () => {
    expect((await create({ amount: 500 })).status).toBe(201);
  });
});

describe('an installation with plans', () => {
  beforeAll(async () => {
    await plans.set({ ...unlimited, id: 'open' });
    await plans.set({ ...unlimited, id: 'small', paymentsPerMonth: 2 });
    // Payments count by their ids, which carry the real time; that there were no plans is remembered for a moment.
    gateway.clock.ms = Date.now() + 5_000;
  });

  it('answers 402 to a merchant without a subscription, for live payments only, and lets them read', async () => {
    const { live } = shop;
    expectError(await create({ amount: 500 }), 402, 'subscription_required');
    expect((await create({ amount: 500 }, { key: shop.test })).status).toBe(201);
    expect((await new GatewayClient(gateway.url, live).call('GET', '/api/v1/payments')).status).toBe(200);
    await subscribe('open');
    expect((await create({ amount: 500 })).status).toBe(201);
  });

  it('ends a subscription at its very moment', async () => {
    await subscribe('open', new Date(gateway.clock.ms + 1));
    expect((await create({ amount: 500 })).status).toBe(201);
    gateway.clock.ms += 1;
    expectError(await create({ amount: 500 }), 402, 'subscription_required');
  });

  it("answers 402 when the month's payments are used up, still repeats what there is, and begins anew with the month", async () => {
    await subscribe('small', new Date(gateway.clock.ms + 60 * 86_400_000));
    const first = await create({ amount: 500, invoice_id: 'A' });
    expect((await create({ amount: 500, invoice_number: 'B' })).status).toBe(201);
    expectError(await create({ amount: 500 }), 402, 'transaction_limit_reached');
    expectError(await create({ amount: 500, invoice_id: 'C' }), 402, 'transaction_limit_reached');
    expect((await create({ amount: 500, invoice_id: 'A' })).json).toEqual(first.json);
    expectError(await create({ amount: 500, invoice_number: 'B' }), 409, 'duplicate_invoice_number');
    const today = new Date();
    gateway.clock.ms = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 1) - 1;
    expectError(await create({ amount: 500 }), 402, 'transaction_limit_reached');
    gateway.clock.ms += 1;
    expect((await create({ amount: 500 })).status).toBe(201);
  });
});
