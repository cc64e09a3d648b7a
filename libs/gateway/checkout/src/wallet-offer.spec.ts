import { noLimits, type Wallet, type WalletLimits } from '@paymatch/gateway-receiving';
import { CheckoutWorld } from './testing/checkout-world.js';
import { WalletOffer } from './wallet-offer.js';

let world: CheckoutWorld;
let merchantId: string;
let nagad: Wallet;

beforeEach(() => {
  world = new CheckoutWorld();
  ({ id: merchantId } = world.addMerchant());
  nagad = world.addWallet(merchantId, { provider: 'nagad', number: '01898765432' });
});

const bkash = (limits: Partial<WalletLimits>): Wallet =>
  world.addWallet(merchantId, { limits: { ...noLimits, ...limits } });

/** Which providers a customer who pays 500.00 is offered. */
async function offered(wallets: readonly Wallet[]): Promise<readonly string[]> {
  const payment = world.addPayment(merchantId, { amountMinor: 50_000 });
  const found = await new WalletOffer(world.figuresPort).of(payment, wallets, world.nowMs);
  return found.map(({ provider }) => provider);
}

describe('the wallets a customer is offered', () => {
  it.each([
    ['smallest payment', { paymentMinMinor: 50_000 }, { paymentMinMinor: 50_001 }],
    ['largest payment', { paymentMaxMinor: 50_000 }, { paymentMaxMinor: 49_999 }],
    ['day', { dayMaxMinor: 150_000 }, { dayMaxMinor: 149_999 }],
    ['month', { monthMaxMinor: 950_000 }, { monthMaxMinor: 949_999 }],
  ])('are those whose limit of the %s the payment does not pass', async (_limit, wide, narrow) => {
    world.paidTo.push({ provider: 'bkash', number: '01712345678', dayMinor: 100_000, monthMinor: 900_000 });
    expect(await offered([bkash(wide), nagad])).toEqual(['bkash', 'nagad']);
    expect(await offered([bkash(narrow), nagad])).toEqual(['nagad']);
  });

  it('are all of them where no other one serves: what is sent is taken all the same', async () => {
    const full = bkash({ paymentMaxMinor: 100 });
    expect(await offered([full])).toEqual(['bkash']);
    expect(await offered([full, bkash({ paymentMaxMinor: 200 })])).toEqual(['bkash', 'bkash']);
  });

  it('are not fewer for what came to another account, or to the same number of another provider', async () => {
    world.paidTo.push({ provider: 'rocket', number: '01712345678', dayMinor: 900_000, monthMinor: 900_000 });
    expect(await offered([bkash({ dayMaxMinor: 100_000 }), nagad])).toEqual(['bkash', 'nagad']);
  });
});
