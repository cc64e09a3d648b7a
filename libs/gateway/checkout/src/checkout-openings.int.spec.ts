import { startCheckoutServer, type CheckoutServer } from './testing/checkout-server.js';
import { pagePath } from './testing/checkout-world.js';

let server: CheckoutServer;

beforeEach(async () => {
  server = await startCheckoutServer();
});
afterEach(() => server.stop());

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(server.url + path, { headers, redirect: 'manual' });

describe('the page of a payment', () => {
  it('tells that it was opened: to whoever looks at it, not to a preview, a script or a guess of the browser', async () => {
    const { world } = server;
    const payment = world.addPayment(world.addMerchant().id);
    const path = pagePath(payment);
    await get(path, { 'sec-fetch-dest': 'empty' });
    await get(path, { 'sec-fetch-dest': 'iframe' });
    await get(path, { 'sec-fetch-dest': 'document', 'sec-purpose': 'prefetch' });
    await fetch(server.url + path, { method: 'HEAD' });
    await get(`${path}/status`);
    await get('/pay/unknown');
    expect(world.opened).toEqual([]);
    await get(path, { 'sec-fetch-dest': 'document' });
    await get(path);
    expect(world.opened).toEqual([payment.id, payment.id]);
  });
});
