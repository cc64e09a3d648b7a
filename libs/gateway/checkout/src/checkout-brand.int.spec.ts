import { readLogo } from '@paymatch/gateway-access';
import { startCheckoutServer, type CheckoutServer } from './testing/checkout-server.js';

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
});
