import { startCheckoutServer, type CheckoutServer } from './testing/checkout-server.js';
import { pagePath } from './testing/checkout-world.js';
import { postForm } from './testing/form-client.js';

let server: CheckoutServer;
beforeAll(async () => {
  server = await startCheckoutServer();
});
afterAll(() => server.stop());

async function submit(trxId: string, livemode: boolean): Promise<readonly unknown[]> {
  const { world, url } = server;
  const merchant = world.addMerchant();
  const wallet = world.addWallet(merchant.id, { livemode });
  const payment = world.addPayment(merchant.id, { livemode });
  const { status } = await postForm(`${url}${pagePath(payment)}/trx`, { wallet_id: wallet.id, trx_id: trxId });
  const { status: standing, reviewReason } = world.current(payment.id);
  return [status, standing, reviewReason];
}

describe('a TrxID of test mode', () => {
  it.each([
    ['TESTPAID01', 'completed', null],
    ['testfail01', 'failed', null],
    ['TESTREVIEW', 'awaiting_verification', 'amount_mismatch'],
    ['TESTWAITS1', 'awaiting_verification', null],
  ])('%s makes a test payment %s', async (trxId, standing, reviewReason) =>
    expect(await submit(trxId, false)).toEqual([303, standing, reviewReason]),
  );

  it.each(['TESTPAID01', 'TESTFAIL01', 'TESTREVIEW'])('%s is a TrxID like any other to a live payment', async (trxId) =>
    expect(await submit(trxId, true)).toEqual([303, 'awaiting_verification', null]),
  );
});
