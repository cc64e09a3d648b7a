import { newId, topics, uuidToUlid, type ReviewCase } from '@paymatch/contracts';
import { Refusal } from '@paymatch/platform-messaging';
import { expectProblem, PanelClient, type CallOptions, type Reply } from './testing/panel.client.js';
import { AnsweringBus, knowPayment, startPanel, type PanelShop } from './testing/panel.harness.js';

let panel: Awaited<ReturnType<typeof startPanel>>;
let bus: AnsweringBus;
let shop: PanelShop;

beforeAll(async () => {
  bus = new AnsweringBus();
  panel = await startPanel(bus);
});
beforeEach(async () => {
  shop = await panel.openShop();
  bus.asked.length = 0;
});
afterAll(() => panel.stop());

const call = (method: string, path: string, options: CallOptions = {}): Promise<Reply> =>
  new PanelClient(panel.url, shop.live).call(method, path, options);

const reviewCase: ReviewCase = {
  id: newId(),
  merchantId: 'm',
  livemode: true,
  status: 'open',
  reason: 'amount_mismatch',
  paymentId: newId(),
  openedAt: '2026-06-12T08:30:00Z',
  closedAt: null,
  credit: {
    creditId: 'c1',
    provider: 'bkash',
    trxId: 'DH7K2M9QX4',
    amountMinor: 49_999,
    currency: 'BDT',
    walletNumber: '01712345678',
    senderNumber: null,
    receivedAt: '2026-06-12T08:29:00Z',
  },
  evidence: [{ rawId: 'r1', sender: 'bKash', body: 'You have received', arrivedAt: '2026-06-12T08:29:01Z' }],
  history: [],
};

describe('review cases', () => {
  it('are listed and shown with their money and evidence', async () => {
    bus.answer = (command) => (command.type === 'ListReviewCases' ? [reviewCase] : reviewCase);
    const list = await call('GET', `/review-cases?status=open&reason=amount_mismatch&limit=5&before=${reviewCase.id}`);
    expect(list.json.data[0]).toMatchObject({
      id: reviewCase.id,
      payment_id: uuidToUlid(reviewCase.paymentId!),
      credit: { amount: '499.99', trx_id: 'DH7K2M9QX4' },
      evidence: [{ body: 'You have received' }],
    });
    expect((await call('GET', `/review-cases/${reviewCase.id}`, { key: shop.test })).json.data).toEqual({
      ...list.json.data[0],
      payment: null,
      candidates: [],
    });
    const { merchantId } = shop;
    expect(bus.asked.map(({ topic, message }) => [topic, message.key, message.data])).toEqual([
      [
        topics.creditsCommands.name,
        merchantId,
        {
          type: 'ListReviewCases',
          merchantId,
          livemode: true,
          status: 'open',
          reason: 'amount_mismatch',
          limit: 5,
          before: reviewCase.id,
          paymentId: null,
          provider: null,
          from: null,
          to: null,
        },
      ],
      [
        topics.creditsCommands.name,
        merchantId,
        { type: 'GetReviewCase', merchantId, livemode: false, caseId: reviewCase.id },
      ],
    ]);
    for (const query of ['status=done', 'reason=A%20B', 'before=x', 'limit=1000'])
      expectProblem(await call('GET', `/review-cases?${query}`), 422, 'validation-error');
    expectProblem(await call('GET', '/review-cases/x'), 404, 'not-found');
  });

  it('are decided in the name of the key that was used', async () => {
    bus.answer = () => reviewCase;
    const reason = 'sent back by hand';
    const paymentId = knowPayment(shop.merchantId);
    expect(
      (
        await call('POST', `/review-cases/${reviewCase.id}/assign`, {
          body: { payment_id: uuidToUlid(paymentId), reason },
        })
      ).status,
    ).toBe(200);
    expect((await call('POST', `/review-cases/${reviewCase.id}/ignore`, { body: { reason } })).status).toBe(200);
    const common = {
      merchantId: shop.merchantId,
      livemode: true,
      caseId: reviewCase.id,
      actor: expect.stringMatching(/^api-key [0-9a-f-]{36}$/),
      now: '2026-06-12T08:30:00.000Z',
    };
    expect(bus.asked.map(({ message }) => message.data)).toEqual([
      { type: 'AssignCredit', commandId: bus.asked[0]!.message.id, ...common, paymentId },
      { type: 'IgnoreCase', commandId: bus.asked[1]!.message.id, ...common, reason },
    ]);
    expectProblem(
      await call('POST', `/review-cases/${reviewCase.id}/assign`, { body: { payment_id: 'x', reason } }),
      422,
      'validation-error',
    );
    expectProblem(await call('POST', `/review-cases/${reviewCase.id}/ignore`, { body: {} }), 422, 'validation-error');
  });

  it.each([
    ['CASE_NOT_FOUND', 404, 'not-found'],
    ['CASE_CLOSED', 409, 'case-closed'],
    ['CASE_HAS_NO_CREDIT', 409, 'case-has-no-credit'],
    ['CASE_IN_PROGRESS', 409, 'case-in-progress'],
    ['CREDIT_ALREADY_USED', 409, 'credit-already-used'],
  ])('refused with %s are answered %i', async (refusal, status, code) => {
    bus.answer = () => {
      throw new Refusal(refusal);
    };
    expectProblem(
      await call('POST', `/review-cases/${reviewCase.id}/assign`, {
        body: { payment_id: knowPayment(shop.merchantId), reason: 'one taka less' },
      }),
      status,
      code,
    );
  });

  it.each([
    ['assign', { reason: 'one taka less' }],
    ['complete', { reason: 'one taka less' }],
    ['complete', { trx_id: 'DH7K2M9QX5', amount: '500.00', note: 'seen in the app' }],
    ['reject', { reason: 'a forged receipt' }],
  ])('that name a payment nobody has, or one that is over, are answered at once: %s %o', async (action, fields) => {
    bus.answer = () => reviewCase;
    const wallet = { provider: 'bkash', number: '01712345678', account_type: 'personal' };
    const walletId = (await call('POST', '/wallets', { body: wallet })).json.data.id as string;
    const body = { ...fields, ...('trx_id' in fields && { wallet_id: walletId }) };
    const answer = (payment_id: string): Promise<Reply> =>
      call('POST', `/review-cases/${reviewCase.id}/${action}`, { body: { ...body, payment_id } });
    for (const payment of [newId(), knowPayment(newId()), knowPayment(shop.merchantId, { livemode: false })])
      expectProblem(await answer(payment), 404, 'payment-not-found');
    const paid = await answer(knowPayment(shop.merchantId, { status: 'refunded' }));
    expectProblem(paid, 409, action === 'reject' ? 'payment-closed' : 'payment-already-paid');
    expect(bus.asked.map(({ message }) => message.type)).not.toContain('AssignCredit');
    expect(bus.asked.map(({ message }) => message.type)).not.toContain('EnterCredit');
    expect(bus.asked.map(({ message }) => message.type)).not.toContain('RejectPayment');
  });

  it('of a missing message name the phones that should have brought it, and when each was last heard', async () => {
    const walletOf = async (number: string): Promise<string> =>
      (await call('POST', '/wallets', { body: { provider: 'bkash', number, account_type: 'personal' } })).json.data.id;
    const [waitedFor, another] = [await walletOf('01712345678'), await walletOf('01712345679')];
    const phone = async (name: string, wallet_id: string): Promise<string> =>
      (await call('POST', '/devices', { body: { name, wallets: [{ wallet_id, sim_slot: null }] } })).json.data.id;
    const till = await phone('Till', waitedFor);
    await phone('Back room', another);
    await call('POST', `/devices/${await phone('Old till', waitedFor)}/revoke`, { body: { reason: 'lost' } });
    await panel.database.query(
      "INSERT INTO gateway.device_presence (device_id, watched_since, last_heard_at) VALUES ($1, now(), '2026-06-12T05:30:00Z')",
      [till],
    );
    const paymentId = knowPayment(shop.merchantId, { provider: 'bkash', walletNumber: '01712345678' });
    const missing = { ...reviewCase, reason: 'message_missing', paymentId, credit: null, awaitedTrxId: 'DH7K2M9QX4' };
    bus.answer = () => missing;
    expect((await call('GET', `/review-cases/${reviewCase.id}`)).json.data).toMatchObject({
      awaited_trx_id: 'DH7K2M9QX4',
      phones: [{ id: till, name: 'Till', last_heard_at: '2026-06-12T05:30:00.000Z' }],
    });
  });
});
