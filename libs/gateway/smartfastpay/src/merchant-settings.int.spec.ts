import { newId } from '@paymatch/contracts';
import { BusDouble } from './testing/bus.double.js';
import { startGateway, type Answer, type RunningGateway } from './testing/gateway.harness.js';

const bus = new BusDouble();
let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway(bus);
  await gateway.exchange.set({ merchantId: null, baseCurrency: 'USD', rate: '5.19', setBy: 'operator' });
});
afterAll(() => gateway.stop());

const create = (parts: object, token: string): Promise<Answer> =>
  gateway.call('/payment', {
    token,
    json: {
      customer_id: '58f0c005-3b7d-4c75-81f3-93b9a6fee864',
      name: 'Richard Roe',
      email: 'richard@roe.com',
      document: '16972691419',
      currency: 'USD',
      payment_method: 'pix',
      callback: 'http://mysite.com/api/notification',
      transaction: { id: newId() },
      ...parts,
    },
  });
const dataOf = (answer: Answer) => answer.body.data as Record<string, unknown> & { readonly id: string };

describe('what a merchant sets', () => {
  it('is added as a charge in BRL, and is how long the payment waits', async () => {
    const { live, merchantId } = await gateway.openShop();
    await gateway.merchants.update(
      { merchantId, livemode: true },
      { gatewayCharge: { type: 'percent', value: '2.50' }, pixExpiryMinutes: 15, bankTransferExpiryMinutes: 120 },
    );
    gateway.clock.ms += 5_000;
    const id = newId();
    const answer = await create({ amount: '300.00', transaction: { id } }, live);
    expect(dataOf(answer).values).toEqual({ total: '1595.93', subtotal: '1557.00', exchange: '5.19', fee: 38.93 });
    const command = bus.commands.at(-1)!;
    expect(Date.parse(command.expiresAt) - Date.parse(command.now)).toBe(15 * 60_000);
    // Asked for alike, it is the same payment, whatever the charge is by now.
    await gateway.merchants.update({ merchantId, livemode: true }, { gatewayCharge: null });
    gateway.clock.ms += 5_000;
    expect((await create({ amount: '300.00', transaction: { id } }, live)).status).toBe(200);
    const { body } = await gateway.call(`/payment/${dataOf(answer).id as string}`, { token: live });
    expect(body.data).toMatchObject({ amount: '300.00', currency: 'USD' });
    await create({ amount: '2.00', currency: 'BRL', payment_method: 'bank_transfer' }, live);
    expect(Date.parse(bus.commands.at(-1)!.expiresAt) - Date.parse(bus.commands.at(-1)!.now)).toBe(120 * 60_000);
  });
});
