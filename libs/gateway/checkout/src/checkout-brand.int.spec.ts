import { readLogo } from '@paymatch/gateway-access';
import { RequestUnavailable } from '@paymatch/platform-messaging';
import { startCheckoutServer, type CheckoutServer } from './testing/checkout-server.js';
import { pagePath } from './testing/checkout-world.js';
import { mainOf, postForm } from './testing/form-client.js';

const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYPj/HwADAgH/p4c3WQAAAABJRU5ErkJggg==',
  'base64',
);

describe('a shop’s brand at the checkout', () => {
  let server: CheckoutServer;
  beforeEach(async () => {
    server = await startCheckoutServer();
  });
  afterEach(() => server.stop());

  const get = (path: string): Promise<Response> => fetch(server.url + path);

  it('has its logo served by ourselves, as what it is, to be kept for ever', async () => {
    const { id: merchantId } = server.world.addMerchant();
    const { logo } = await server.world.brandsPort.change({ merchantId, livemode: true }, { logo: readLogo(picture) });
    const answer = await get(`/pay/brand/${logo!.name}`);
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      200,
      'image/png',
      'public, max-age=31536000, immutable',
    ]);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(picture);
    for (const name of ['0'.repeat(32) + '.png', 'x.png', `${logo!.name}.svg`])
      expect((await get(`/pay/brand/${name}`)).status).toBe(404);
  });

  it('gives the page its colours as a style sheet of their own, which any gateway makes from its address', async () => {
    const { id: merchantId } = server.world.addMerchant();
    await server.world.brandsPort.change({ merchantId, livemode: true }, { colour: '#ffd400' });
    const page = await (await get(pagePath(server.world.addPayment(merchantId)))).text();
    const address = /href="(\/pay\/assets\/brand-ffd400\.[0-9a-f]{12}\.css)"/.exec(page)![1]!;
    const answer = await get(address);
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      200,
      'text/css; charset=utf-8',
      'public, max-age=31536000, immutable',
    ]);
    expect(await answer.text()).toMatch(/^:root\{--brand:#ffd400;.*--on-brand:#000000/);
    const earlier = await get('/pay/assets/brand-ffd400.000000000000.css');
    expect([earlier.status, earlier.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    await earlier.text();
  });

  it('speaks the shop’s language to who has chosen none, in its notices as well, and names the account’s holder', async () => {
    const { world } = server;
    const { id: merchantId } = world.addMerchant();
    const wallet = world.addWallet(merchantId);
    const brand = { defaultLanguage: 'bn', accountHolder: 'Rahima Traders' } as const;
    await world.brandsPort.change({ merchantId, livemode: true }, brand);
    const path = pagePath(world.addPayment(merchantId));
    const inEnglish = { headers: { 'accept-language': 'en-GB' } };
    const page = await (await fetch(`${server.url}${path}?wallet=${wallet.id}`, inEnglish)).text();
    expect(page).toContain('<html lang="bn">');
    expect(page).toContain('<b>Rahima Traders</b>');
    expect(page).toContain('৳</span>১,৫০০<span class="amount-fraction">.০০');
    expect(page).toContain('data-copy="1500.00"');
    world.outage = new RequestUnavailable('no answer', 3);
    world.readModelPort.findPublic = async (id) => world.payments.get(id) ?? null;
    const answer = await postForm(`${server.url}${path}/trx`, { wallet_id: wallet.id, trx_id: 'DH7K2M9QX4' });
    expect(await mainOf(answer)).toContain('পেমেন্ট সিস্টেমে পৌঁছানো যায়নি');
  });
});
