import type { Merchant } from '@paymatch/gateway-access';
import { startCheckoutServer, type CheckoutServer } from './testing/checkout-server.js';
import { pagePath, type CheckoutWorld } from './testing/checkout-world.js';
import { mainOf, postForm } from './testing/form-client.js';

let server: CheckoutServer;
let world: CheckoutWorld;
let merchant: Merchant;
beforeAll(async () => {
  server = await startCheckoutServer();
  world = server.world;
  merchant = world.addMerchant();
});
afterAll(() => server.stop());

const addPix = () =>
  world.addPayment(merchant.id, {
    dialect: 'smartfastpay',
    method: 'pix',
    currency: 'BRL',
    amountMinor: 155_700,
    instructions: { brCode: '000201', txid: 'X', pixKey: 'k', beneficiary: 'Loja' },
  });

describe('the page of a Pix payment', () => {
  it('is served in Portuguese to whoever wishes nothing else', async () => {
    const answer = await fetch(server.url + pagePath(addPix()));
    expect([answer.status, await mainOf(answer)]).toEqual([200, expect.stringContaining('Pague com Pix')]);
    expect(
      await mainOf(await fetch(server.url + pagePath(addPix()), { headers: { 'accept-language': 'en' } })),
    ).toContain('Pay with Pix');
  });

  it('is found under the UUID its merchant knows it by', async () => {
    const payment = addPix();
    const answer = await fetch(`${server.url}/pay/${payment.id}`);
    expect([answer.status, await mainOf(answer)]).toEqual([200, expect.stringContaining('Pague com Pix')]);
  });

  it('takes no TrxID and no cancelling: only money or its time ends it', async () => {
    const wallet = world.addWallet(merchant.id);
    const payment = addPix();
    const before = world.sent.length;
    expect(
      (await postForm(`${server.url}${pagePath(payment)}/trx`, { wallet_id: wallet.id, trx_id: 'DH7K2M9QX4' })).status,
    ).toBe(404);
    expect((await postForm(`${server.url}${pagePath(payment)}/cancel`, {})).status).toBe(404);
    expect((await fetch(`${server.url}${pagePath(payment)}/cancel`, { redirect: 'manual' })).status).toBe(303);
    expect(world.sent).toHaveLength(before);
    expect(world.current(payment.id).status).toBe('pending');
  });
});
