import {
  newId,
  topics,
  uuidToUlid,
  type CreditDetails,
  type PaymentEventData,
  type PaymentReply,
  type PaymentSnapshot,
  type ReviewCase,
} from '@paymatch/contracts';
import { expectProblem, PanelClient, type Reply } from './testing/panel.client.js';
import { AnsweringBus, paymentsDouble, startPanel, type PanelShop } from './testing/panel.harness.js';
import { madePayment } from './testing/panel.payments.js';

const bus = new AnsweringBus();
let panel: Awaited<ReturnType<typeof startPanel>>;
let shop: PanelShop;
let stranger: PanelShop;

beforeAll(async () => {
  panel = await startPanel(bus);
  stranger = await panel.openShop();
});
beforeEach(async () => {
  shop = await panel.openShop();
});
afterAll(() => panel.stop());

const call = (method: string, path: string, body?: unknown, key: string = shop.named): Promise<Reply> =>
  new PanelClient(panel.url, key).call(method, path, { ...(body !== undefined && { body }) });

async function know(change: Partial<PaymentSnapshot> = {}): Promise<PaymentSnapshot> {
  const payment = madePayment(shop.merchantId, change);
  await panel.readModel.applySnapshot(payment);
  return payment;
}

describe('notes on a payment', () => {
  it('are kept in order under the name of who wrote them, and shown to nobody else', async () => {
    const { id } = await know();
    const first = await call('POST', `/payments/${uuidToUlid(id)}/notes`, { text: 'called' });
    expect([first.status, first.json.data]).toEqual([
      201,
      { id: expect.any(String), author: 'Rahima', text: 'called', created_at: '2026-06-12T08:30:00.000Z' },
    ]);
    await call('POST', `/payments/${id}/notes`, { text: 'will send the rest' });
    const texts = (await call('GET', `/payments/${id}/notes`)).json.data.map(({ text }: { text: string }) => text);
    expect(texts).toEqual(['called', 'will send the rest']);
    for (const key of [stranger.live, shop.test]) {
      expectProblem(await call('GET', `/payments/${id}/notes`, undefined, key), 404, 'not-found');
      expectProblem(await call('POST', `/payments/${id}/notes`, { text: 'mine' }, key), 404, 'not-found');
    }
    expectProblem(await call('POST', `/payments/${id}/notes`, { text: ' ' }), 422, 'validation-error');
  });

  it('are written once under one Idempotency-Key', async () => {
    const { id } = await know();
    const options = { body: { text: 'once' }, headers: { 'idempotency-key': newId() } };
    const client = new PanelClient(panel.url, shop.named);
    for (let again = 0; again < 2; again += 1) await client.call('POST', `/payments/${id}/notes`, options);
    expect((await call('GET', `/payments/${id}/notes`)).json.data).toHaveLength(1);
  });
});

describe('the list of refunds', () => {
  it('has them newest first with their payments, page after page, of this shop in this mode alone', async () => {
    const made: PaymentSnapshot[] = [];
    for (let minute = 0; minute < 3; minute += 1) {
      const payment = await know({ status: 'completed', invoiceId: `INV-${minute}` });
      const refunded: PaymentSnapshot = { ...payment, version: 2, status: 'partially_refunded', refundedMinor: 1_000 };
      const details = {
        amountMinor: 1_000,
        source: 'panel',
        at: `2026-06-12T08:0${minute}:00.000Z`,
        refundId: 7 + minute,
      };
      const fact: PaymentEventData = { type: 'payments.refund-recorded', eventId: newId(), details, payment: refunded };
      await panel.readModel.apply([fact]);
      made.push(refunded);
    }
    const first = await call('GET', '/refunds?limit=2');
    expect(first.json.data).toMatchObject([
      {
        id: 9,
        amount: '10.00',
        currency: 'BDT',
        source: 'panel',
        payment: {
          id: uuidToUlid(made[2]!.id),
          status: 'partially_refunded',
          refunded_amount: '10.00',
          invoice_id: 'INV-2',
        },
      },
      { id: 8 },
    ]);
    const second = await call('GET', `/refunds?limit=2&after=${first.json.next}`);
    expect(second.json).toMatchObject({ data: [{ id: 7 }], next: null });
    const period = 'from=2026-06-12T08:01:00Z&to=2026-06-12T08:02:00Z';
    expect((await call('GET', `/refunds?${period}`)).json.data).toMatchObject([{ id: 8 }]);
    for (const key of [stranger.live, shop.test])
      expect((await call('GET', '/refunds', undefined, key)).json.data).toEqual([]);
    expectProblem(await call('GET', '/refunds?after=x'), 422, 'validation-error');
  });
});

describe('a phone', () => {
  it('is renamed and given other wallets without being enrolled anew; a revoked one, or another shop’s, is not', async () => {
    const wallet = async (number: string): Promise<string> =>
      (await call('POST', '/wallets', { provider: 'bkash', number, account_type: 'personal' })).json.data.id;
    const [first, second] = [await wallet('01712345678'), await wallet('01812345678')];
    const { id } = (await call('POST', '/devices', { name: 'Counter', wallets: [{ wallet_id: first }] })).json.data;
    expect((await call('PATCH', `/devices/${id}`, { name: 'Counter 2' })).json.data).toMatchObject({
      name: 'Counter 2',
      wallets: [{ wallet_id: first, sim_slot: null }],
    });
    const rebound = await call('PATCH', `/devices/${id}`, { wallets: [{ wallet_id: second, sim_slot: 1 }] });
    expect(rebound.json.data).toMatchObject({ name: 'Counter 2', wallets: [{ wallet_id: second, sim_slot: 1 }] });
    expectProblem(
      await call('PATCH', `/devices/${id}`, { wallets: [{ wallet_id: newId() }] }),
      422,
      'validation-error',
    );
    for (const key of [stranger.live, shop.test])
      expectProblem(await call('PATCH', `/devices/${id}`, { name: 'Mine' }, key), 404, 'not-found');
    await call('POST', `/devices/${id}/revoke`, { reason: 'lost' });
    expectProblem(await call('PATCH', `/devices/${id}`, { name: 'Again' }), 409, 'device-revoked');
  });
});

describe('a case of money that waits for a person', () => {
  it('names the payments it may be for, the likeliest first, with what agrees and what does not', async () => {
    const waiting = { status: 'awaiting_verification', provider: 'bkash', walletNumber: '01712345678' } as const;
    const close = await know({ ...waiting, trxId: 'BL6K2M4N8Q', amountMinor: 49_900, senderNumber: '01822222222' });
    const exact = await know({ ...waiting, trxId: 'BL6K2M4N8P', amountMinor: 49_900 });
    const sameSum = await know({ amountMinor: 50_000 });
    await know({ status: 'completed', amountMinor: 50_000 });
    await know({ amountMinor: 70_000 });
    const credit: CreditDetails = {
      creditId: newId(),
      provider: 'bkash',
      trxId: 'BL6K2M4N8P',
      amountMinor: 50_000,
      currency: 'BDT',
      walletNumber: '01712345678',
      senderNumber: '+8801822222222',
      receivedAt: '2026-06-12T08:20:00.000Z',
    };
    const held: ReviewCase = {
      id: newId(),
      merchantId: shop.merchantId,
      livemode: true,
      status: 'open',
      reason: 'amount_mismatch',
      paymentId: exact.id,
      credit,
      evidence: [],
      history: [],
      openedAt: '2026-06-12T08:20:00.000Z',
      closedAt: null,
    };
    bus.answer = () => held;
    const { candidates } = (await call('GET', `/review-cases/${held.id}`)).json.data;
    expect(candidates.map(({ payment }: { payment: { id: string } }) => payment.id)).toEqual(
      [exact, close, sameSum].map(({ id }) => uuidToUlid(id)),
    );
    expect(candidates[0]).toMatchObject({
      is_named: true,
      agrees: ['trx_id', 'wallet_number', 'provider'],
      differs: [{ field: 'amount', credit: '500.00', payment: '499.00' }],
    });
    expect(candidates[1]).toMatchObject({ is_named: false, agrees: ['sender_number', 'wallet_number', 'provider'] });
    bus.answer = () => ({ ...held, status: 'closed' });
    expect((await call('GET', `/review-cases/${held.id}`)).json.data.candidates).toEqual([]);
  });
});

describe('test mode at the panel', () => {
  it('takes a pretended message for the test wallets alone, and live mode knows nothing of it', async () => {
    const wallet = { provider: 'bkash', number: '01700000001', account_type: 'personal' };
    const { id } = (await call('POST', '/wallets', wallet, shop.test)).json.data;
    await call('POST', '/wallets', wallet);
    const said = { sender: 'bKash', body: 'You have received Tk 500.00\nTrxID BL6K2M4N8P' };
    const taken = await call('POST', '/test/messages', said, shop.test);
    expect([taken.status, taken.json.data.status]).toEqual([202, 'accepted']);
    expect(bus.published).toMatchObject([
      { topic: topics.creditsReceived.name, message: { data: { ...said, livemode: false, wallets: [{ id }] } } },
    ]);
    expectProblem(await call('POST', '/test/messages', said), 404, 'not-found');
    expectProblem(
      await call('POST', '/test/messages', { sender: 'bKash', body: ' ' }, shop.test),
      422,
      'validation-error',
    );
  });

  it('pretends what becomes of a payment, in one of four ways', async () => {
    paymentsDouble.sent.length = 0;
    const payment = await know({ livemode: false });
    paymentsDouble.answer = () => ({ payment }) as PaymentReply;
    const id = uuidToUlid(payment.id);
    await call('POST', `/test/payments/${id}/complete`, {}, shop.test);
    expect(paymentsDouble.sent).toMatchObject([
      { type: 'SimulateOutcome', paymentId: payment.id, livemode: false, outcome: 'complete' },
    ]);
    expectProblem(await call('POST', `/test/payments/${id}/explode`, {}, shop.test), 404, 'not-found');
    expectProblem(await call('POST', `/test/payments/${id}/complete`, {}), 404, 'not-found');
    expect(paymentsDouble.sent).toHaveLength(1);
  });
});
