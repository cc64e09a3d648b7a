import { examplePayment, uuidToUlid, type CreatePayment, type PaymentSnapshot } from '@paymatch/contracts';
import { expectProblem, PanelClient, type Reply } from '../testing/panel.client.js';
import { AnsweringBus, panelClock, paymentsDouble, startPanel, type PanelShop } from '../testing/panel.harness.js';
import { madePayment } from '../testing/panel.payments.js';

const bus = new AnsweringBus();
let panel: Awaited<ReturnType<typeof startPanel>>;
let shop: PanelShop;
let walletId: string;

beforeAll(async () => {
  panel = await startPanel(bus);
  bus.answer = () => [];
});
beforeEach(async () => {
  shop = await panel.openShop();
  const added = { provider: 'bkash', number: '01712345678', account_type: 'personal' };
  walletId = (await call('POST', '/wallets', { ...added, account_name: 'Rahima Traders' })).json.data.id;
});
afterAll(() => panel.stop());

const call = (method: string, path: string, body?: unknown, key: string = shop.live): Promise<Reply> =>
  new PanelClient(panel.url, key).call(method, path, { ...(body !== undefined && { body }) });

/** A payment that was made and paid at that moment. */
function know(at: string, change: Partial<PaymentSnapshot> = {}): Promise<void> {
  const paid = { status: 'completed', completedAt: at, provider: 'bkash', walletNumber: '01712345678' } as const;
  return panel.readModel.applySnapshot(
    examplePayment({ merchantId: shop.merchantId, ...paid, ...change }, Date.parse(at)),
  );
}

/** Answers as payments would, with the payment that was asked for. */
function makeWhatIsAsked(): void {
  paymentsDouble.sent.length = 0;
  paymentsDouble.answer = (command) => {
    const { type: _type, commandId: _commandId, paymentId, now: _now, ...asked } = command as CreatePayment;
    const { invoiceIsUsedOnce: _once, ...details } = asked;
    return { outcome: 'changed', payment: madePayment(shop.merchantId, { ...details, id: paymentId }), events: [] };
  };
}

describe('the limits of a wallet', () => {
  it('are said and taken back one by one, under the name of whose account it is', async () => {
    const limits = { payment_min: '10.00', payment_max: '25000.00', day_max: '50000.00', month_max: '300000.00' };
    const { json } = await call('PATCH', `/wallets/${walletId}`, limits);
    expect(json.data).toMatchObject({ id: walletId, account_name: 'Rahima Traders', ...limits, room: 'open' });
    await call('PATCH', `/wallets/${walletId}`, { payment_min: null, account_name: null });
    const [listed] = (await call('GET', '/wallets')).json.data;
    expect(listed).toMatchObject({ ...limits, payment_min: null, account_name: null });
  });

  it.each([
    ['a smallest payment above the largest', { payment_min: '20.00', payment_max: '19.99' }, 'payment_max'],
    ['a day that lies below the largest payment', { payment_max: '20.00', day_max: '19.99' }, 'day_max'],
    ['a month that lies below the smallest payment', { payment_min: '20.00', month_max: '19.99' }, 'month_max'],
    ['what is no amount', { day_max: '0' }, 'day_max'],
  ])('are refused with %s', async (_what, limits, field) => {
    const reply = await call('PATCH', `/wallets/${walletId}`, limits);
    expectProblem(reply, 422, 'validation-error');
    expect(JSON.stringify(reply.json.errors)).toContain(field);
  });

  it('are held against what payments that are paid brought since the day and the month began in Dhaka', async () => {
    await call('PATCH', `/wallets/${walletId}`, { day_max: '1000.00' });
    await know('2026-05-31T17:59:59.999Z');
    await know('2026-05-31T18:00:00.000Z');
    await know('2026-06-11T17:59:59.999Z');
    await know('2026-06-11T18:00:00.000Z');
    await know('2026-06-12T08:00:00.000Z', { status: 'refunded', refundedMinor: 50_000, amountMinor: 30_000 });
    for (const change of [
      { status: 'awaiting_verification', completedAt: null },
      { livemode: false },
      { provider: 'nagad' },
      { walletNumber: '01712345679' },
    ] as const)
      await know('2026-06-12T08:00:00.000Z', change);
    const near = { received_today: '800.00', received_this_month: '1800.00', room: 'near' };
    expect((await call('GET', '/wallets')).json.data).toMatchObject([near]);
    expect((await call('GET', '/today')).json.data.wallets).toEqual({ near_limit: 1, limit_reached: 0 });
    await know('2026-06-12T08:10:00.000Z', { amountMinor: 20_000 });
    expect((await call('GET', '/wallets')).json.data).toMatchObject([{ received_today: '1000.00', room: 'reached' }]);
    expect((await call('GET', '/today')).json.data.wallets).toEqual({ near_limit: 0, limit_reached: 1 });
  });
});

describe('a trial of a wallet', () => {
  it('is a payment of one taka that leads to that wallet, made once under one key', async () => {
    makeWhatIsAsked();
    const options = { body: {}, headers: { 'idempotency-key': 'trial-1' } };
    const client = new PanelClient(panel.url, shop.live);
    const made = await client.call('POST', `/wallets/${walletId}/trial`, options);
    const again = await client.call('POST', `/wallets/${walletId}/trial`, options);
    expect(again.json).toEqual(made.json);
    expect(paymentsDouble.sent).toMatchObject([
      {
        type: 'CreatePayment',
        livemode: true,
        source: 'panel',
        method: 'wallet',
        amountMinor: 100,
        charge: null,
        metadata: { trial: 'wallet', wallet: 'bkash 01712345678' },
      },
    ]);
    const id = uuidToUlid(paymentsDouble.sent[0]!.paymentId);
    const page = `https://pay.example.com/pay/${id}?wallet=${walletId}`;
    expect([made.status, made.json.data]).toEqual([201, { id, status: 'pending', checkout_url: page }]);
  });

  it('is not made for a wallet that is closed, or that another mode has', async () => {
    makeWhatIsAsked();
    expectProblem(await call('POST', `/wallets/${walletId}/trial`, {}, shop.test), 404, 'not-found');
    await call('POST', `/wallets/${walletId}/close`, {});
    expectProblem(await call('POST', `/wallets/${walletId}/trial`, {}), 422, 'validation-error');
    expect(paymentsDouble.sent).toEqual([]);
  });
});

describe('a test payment that somebody makes', () => {
  it('is one of that amount in test mode, and there is none in live mode', async () => {
    makeWhatIsAsked();
    const made = await call('POST', '/test/payments', { amount: '700.01' }, shop.test);
    const expiresAt = new Date(panelClock.ms + 30 * 60_000).toISOString();
    expect(paymentsDouble.sent).toMatchObject([{ livemode: false, amountMinor: 70_001, source: 'panel', expiresAt }]);
    expect([made.status, made.json.data.status]).toEqual([201, 'pending']);
    expectProblem(await call('POST', '/test/payments', { amount: '700.01' }), 404, 'not-found');
    expectProblem(await call('POST', '/test/payments', { amount: '10000000' }, shop.test), 422, 'validation-error');
  });
});
