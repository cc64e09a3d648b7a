import { newId, uuidToUlid, type PaymentReply, type PaymentSnapshot } from '@paymatch/contracts';
import { Refusal, RequestUnavailable } from '@paymatch/platform-messaging';
import { expectProblem, PanelClient, type CallOptions, type Reply } from './testing/panel.client.js';
import { AnsweringBus, paymentsDouble, startPanel, type PanelShop } from './testing/panel.harness.js';

let panel: Awaited<ReturnType<typeof startPanel>>;
let shop: PanelShop;
const paymentId = newId();

beforeAll(async () => {
  panel = await startPanel(new AnsweringBus());
});
beforeEach(async () => {
  shop = await panel.openShop();
  paymentsDouble.sent.length = 0;
});
afterAll(() => panel.stop());

const refund = (id: string, { body = {}, ...options }: CallOptions & { readonly body?: object } = {}): Promise<Reply> =>
  new PanelClient(panel.url, shop.live).call('POST', `/payments/${id}/refund`, {
    ...options,
    body: { reason: 'one came back', ...body },
  });

function answerWith(dialect: PaymentSnapshot['dialect']): void {
  const payment = {
    id: paymentId,
    dialect,
    livemode: true,
    status: 'partially_refunded',
    amountMinor: 50_000,
    refundedMinor: 10_050,
    currency: dialect === 'fastaar' ? 'BDT' : 'BRL',
    updatedAt: '2026-06-12T08:30:00.000Z',
  };
  paymentsDouble.answer = () => ({ outcome: 'changed', events: [], payment }) as unknown as PaymentReply;
}

describe('a refund recorded by a person', () => {
  it.each([
    ['fastaar', uuidToUlid(paymentId), 'BDT'],
    ['smartfastpay', paymentId, 'BRL'],
  ] as const)("is recorded as the panel's, and told in the spelling of %s", async (dialect, id, currency) => {
    answerWith(dialect);
    const { status, json } = await refund(id, { body: { amount: '100.50' } });
    expect([status, json.data]).toEqual([
      200,
      {
        id,
        livemode: true,
        status: 'partially_refunded',
        amount: '500.00',
        refunded_amount: '100.50',
        currency,
        updated_at: '2026-06-12T08:30:00.000Z',
      },
    ]);
    const { merchantId } = shop;
    const command = {
      type: 'RecordRefund',
      paymentId,
      merchantId,
      livemode: true,
      amountMinor: 10_050,
      source: 'panel',
    };
    expect(paymentsDouble.sent).toMatchObject([command]);
  });

  it('without an amount is of all that remains, and happens once when its answer was lost', async () => {
    paymentsDouble.answer = () => {
      throw new RequestUnavailable('no answer in time');
    };
    expect((await refund(paymentId)).status).toBe(503);
    answerWith('fastaar');
    expect((await refund(paymentId)).status).toBe(200);
    const [first, second] = paymentsDouble.sent;
    expect([first, second]).toMatchObject([{ amountMinor: null }, { commandId: first!.commandId }]);
  });

  it.each([
    ['PAYMENT_NOT_FOUND', 404, 'not-found'],
    ['PAYMENT_NOT_REFUNDABLE', 409, 'payment-not-refundable'],
    ['REFUND_EXCEEDS_REMAINING', 422, 'validation-error'],
  ])('that payments refuses with %s answers %i', async (refusal, status, code) => {
    paymentsDouble.answer = () => {
      throw new Refusal(refusal);
    };
    expectProblem(await refund(paymentId, { body: { amount: '1.00' } }), status, code);
  });

  it('needs an id, an amount that is one, and a strong key', async () => {
    expect((await refund('nonsense')).status).toBe(404);
    expect((await refund(paymentId, { body: { amount: '0.00' } })).status).toBe(422);
    expect((await refund(paymentId, { key: shop.weak })).status).toBe(403);
    expect(paymentsDouble.sent).toEqual([]);
  });
});
