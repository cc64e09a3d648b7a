import {
  newId,
  uuidToUlid,
  type CreditView,
  type PaymentSnapshot,
  type ReviewCase,
  type StoredMessage,
  type WebhookDeliveryView,
} from '@paymatch/contracts';
import { PostgresPageOpenings } from '@paymatch/gateway-read-models';
import { silentLogger } from '@paymatch/platform-observability';
import { expectProblem, PanelClient, type Reply } from './testing/panel.client.js';
import { AnsweringBus, startPanel, type PanelShop } from './testing/panel.harness.js';
import { madePayment } from './testing/panel.payments.js';

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

const get = (path: string, key: string = shop.live): Promise<Reply> =>
  new PanelClient(panel.url, key).call('GET', path);

async function know(change: Partial<PaymentSnapshot> = {}): Promise<string> {
  const payment = madePayment(shop.merchantId, change);
  await panel.readModel.applySnapshot(payment);
  return payment.id;
}

const ids = (reply: Reply): readonly string[] => reply.json.data.map(({ id }: { id: string }) => id);

describe('the list of payments', () => {
  it('has payments of both contracts in their own spelling, with totals', async () => {
    const wallet = await know();
    const pix = await know({ dialect: 'smartfastpay', method: 'pix', currency: 'BRL', amountMinor: 1_999 });
    const reply = await get('/payments');
    expect(ids(reply)).toEqual([pix, uuidToUlid(wallet)]);
    expect(reply.json).toMatchObject({
      next: null,
      totals: {
        count: 2,
        is_exact: true,
        by_currency: [
          { currency: 'BDT', count: 1, amount: '500.00' },
          { currency: 'BRL', count: 1, amount: '19.99' },
        ],
      },
    });
  });

  it.each([
    ['its id as a ULID', (id: string) => uuidToUlid(id).toUpperCase()],
    ['its id as a UUID', (id: string) => id],
    ['its invoice', () => 'INV-7'],
    ['its TrxID in small letters with spaces', () => 'bl6k 2m4n8p'],
    ['a phone number with its country code', () => '+880 1712-345678'],
    ['an amount with a comma', () => '৳12,345.60'],
    ['its customer', () => '42'],
  ])('finds a payment by %s', async (_, text) => {
    await know();
    const id = await know({
      invoiceId: 'INV-7',
      trxId: 'BL6K2M4N8P',
      senderNumber: '01712345678',
      amountMinor: 1_234_560,
      customerId: '42',
    });
    expect(ids(await get(`/payments?q=${encodeURIComponent(text(id))}`))).toEqual([uuidToUlid(id)]);
  });

  it('is led through by its cursor, and has its totals on the first page alone', async () => {
    const known = [await know(), await know(), await know()].reverse().map(uuidToUlid);
    const first = await get('/payments?limit=2');
    expect(ids(first)).toEqual(known.slice(0, 2));
    const second = await get(`/payments?limit=2&after=${first.json.next}`);
    expect([ids(second), second.json.next, second.json.totals]).toEqual([known.slice(2), null, null]);
  });

  it('is filtered by what is asked for, all at once', async () => {
    const meant = await know({ status: 'completed', provider: 'bkash', walletNumber: '01712345678', amountMinor: 700 });
    await know({ status: 'completed', provider: 'nagad', walletNumber: '01712345678', amountMinor: 700 });
    await know({ status: 'completed', provider: 'bkash', walletNumber: '01712345678', amountMinor: 800 });
    const asked =
      'status=completed&provider=bkash&wallet=%2B8801712345678&amount_min=7.00&amount_max=7.99&method=wallet';
    const reply = await get(`/payments?${asked}&source=api`);
    expect([ids(reply), reply.json.totals.count]).toEqual([[uuidToUlid(meant)], 1]);
  });

  it.each([
    ['status', 'lost'],
    ['method', 'cash'],
    ['amount_min', '1e3'],
    ['created_from', 'yesterday'],
    ['after', 'x'],
    ['limit', '0'],
    ['q', ' '],
  ])('refuses %s=%s', async (name, value) => {
    expectProblem(await get(`/payments?${name}=${encodeURIComponent(value)}`), 422, 'validation-error');
  });

  it("has nothing of another shop, nor of the other mode, and shows no one else's payment", async () => {
    const id = await know();
    const stranger = await panel.openShop();
    for (const key of [stranger.live, shop.test]) {
      expect(ids(await get(`/payments?q=${id}`, key))).toEqual([]);
      expect(ids(await get('/payments', key))).toEqual([]);
      expectProblem(await get(`/payments/${id}`, key), 404, 'not-found');
    }
  });
});

describe('a payment', () => {
  it('is shown whole, under either spelling of its id', async () => {
    const id = await know({ metadata: { basket: '7' }, invoiceId: 'INV-8' });
    const reply = await get(`/payments/${uuidToUlid(id)}`);
    expect(reply.json.data).toMatchObject({
      id: uuidToUlid(id),
      metadata: { basket: '7' },
      checkout_url: `https://pay.example.com/pay/${uuidToUlid(id)}`,
      missing: { code: 'transaction_id', until: '2026-06-12T09:00:00.000Z', case_id: null, phones: [] },
    });
    expect((await get(`/payments/${id}`)).json).toEqual(reply.json);
    expect(bus.asked).toEqual([]);
  });

  it('that waits for its message names the phones that should bring it; without one that is what is missing', async () => {
    const submitted = { status: 'awaiting_verification', provider: 'bkash', walletNumber: '01712345678' } as const;
    const id = await know({ ...submitted, trxId: 'BL6K2M4N8P' });
    expect((await get(`/payments/${id}`)).json.data.missing).toMatchObject({ code: 'phone', phones: [] });
    const client = new PanelClient(panel.url, shop.live);
    const wallet = { provider: 'bkash', number: '01712345678', account_type: 'personal' };
    const added = await client.call('POST', '/wallets', { body: wallet });
    const device = await client.call('POST', '/devices', {
      body: { name: 'Counter', wallets: [{ wallet_id: added.json.data.id }] },
    });
    expect((await get(`/payments/${id}`)).json.data.missing).toMatchObject({
      code: 'message',
      phones: [{ id: device.json.data.id, name: 'Counter', last_heard_at: null }],
    });
  });

  it('under review waits for a decision of its open case', async () => {
    const id = await know({ status: 'awaiting_verification', reviewReason: 'amount_mismatch' });
    const reviewCase = { id: newId(), openedAt: '2026-06-12T08:10:00.000Z', reason: 'amount_mismatch' };
    bus.answer = () => [reviewCase as ReviewCase];
    expect((await get(`/payments/${id}`)).json.data.missing).toMatchObject({
      code: 'decision',
      case_id: reviewCase.id,
      reason: 'amount_mismatch',
      since: '2026-06-12T08:10:00.000Z',
    });
    expect(bus.asked.map(({ message }) => message.data)).toMatchObject([
      { type: 'ListReviewCases', merchantId: shop.merchantId, livemode: true, status: 'open', paymentId: id },
    ]);
  });

  it('that is over misses nothing', async () => {
    const id = await know({ status: 'completed', dialect: 'smartfastpay', method: 'pix' });
    expect((await get(`/payments/${id}`)).json.data).toMatchObject({ id, missing: null });
  });
});

describe('the timeline of a payment', () => {
  const at = (minute: number): string => `2026-06-12T08:0${minute}:00.000Z`;

  it('tells in the order of time what its own service, matching and webhooks know, and why it was matched', async () => {
    const made = madePayment(shop.merchantId);
    const sent: PaymentSnapshot = {
      ...made,
      version: 2,
      status: 'awaiting_verification',
      trxId: 'BL6K2M4N8P',
      provider: 'bkash',
      updatedAt: at(1),
    };
    const paid: PaymentSnapshot = { ...sent, version: 3, status: 'completed', completedAt: at(3), updatedAt: at(3) };
    await panel.readModel.applySnapshot(paid);
    const facts = [
      { type: 'payments.payment-created', eventId: newId(), details: {}, payment: made },
      { type: 'payments.trx-submitted', eventId: newId(), details: { at: at(1) }, payment: sent },
      {
        type: 'payments.payment-completed',
        eventId: newId(),
        details: { at: at(3), claimKey: 'trx:bkash:01712345678:BL6K2M4N8P', receivedMinor: 50_000, decidedBy: null },
        payment: paid,
      },
    ];
    bus.answer = ({ type }) => {
      switch (type) {
        case 'GetPaymentHistory':
          return { facts, isComplete: true };
        case 'TellOfPayment':
          return { credits: [{ credit, messages: [message] }], cases: [] };
        default:
          return [delivery(made.id)];
      }
    };
    const openings = new PostgresPageOpenings(panel.database, silentLogger);
    for (const atMs of [Date.parse(at(0)) + 30_000, Date.parse(at(4))]) openings.note(made, atMs);
    await openings.close();
    const reply = await get(`/payments/${made.id}/timeline`);
    expect(
      reply.json.data.map((entry: { code: string; version: number | null }) => [entry.code, entry.version]),
    ).toEqual([
      ['payment_created', 1],
      ['page_opened', null],
      ['trx_submitted', 2],
      ['message_arrived', null],
      ['payment_completed', 3],
      ['webhook_failed', null],
      ['webhook_delivered', null],
    ]);
    expect(reply.json.data[4].params).toMatchObject({ matched_by: 'transaction_id', received_amount: '500.00' });
    expect(reply.json.data[1].params).toEqual({ count: '2' });
    expect(reply.json.data[3].message).toMatchObject({ body: message.body, fields: message.fields });
    expect((await get(`/payments/${made.id}/as-of?version=2`)).json.data).toMatchObject({
      version: 2,
      status: 'awaiting_verification',
      completed_at: null,
    });
    expectProblem(await get(`/payments/${made.id}/as-of?version=4`), 422, 'validation-error');
    expectProblem(await get(`/payments/${made.id}/as-of`), 422, 'validation-error');
  });

  it("is nobody else's, and asks nobody about another shop's payment", async () => {
    const id = await know();
    const stranger = await panel.openShop();
    for (const key of [stranger.live, shop.test]) {
      expectProblem(await get(`/payments/${id}/timeline`, key), 404, 'not-found');
      expectProblem(await get(`/payments/${id}/as-of?version=1`, key), 404, 'not-found');
    }
    expect(bus.asked).toEqual([]);
  });

  const credit: CreditView = {
    creditId: newId(),
    provider: 'bkash',
    walletId: newId(),
    walletNumber: '01712345678',
    trxId: 'BL6K2M4N8P',
    amountMinor: 50_000,
    currency: 'BDT',
    senderNumber: '01822222222',
    balanceMinor: null,
    printedAt: null,
    receivedAt: at(2),
    status: 'consumed',
    paymentId: null,
    decidedBy: null,
    returnedMinor: 0,
    caseId: null,
    caseReason: null,
  };
  const message: StoredMessage = {
    rawId: newId(),
    deviceId: newId(),
    sender: 'bKash',
    body: 'You have received Tk 500.00',
    simSlot: 1,
    sentAt: null,
    receivedAt: at(2),
    arrivedAt: at(2),
    outcome: 'credit',
    reasons: [],
    fields: [{ field: 'amount', from: 21, to: 27 }],
    creditId: credit.creditId,
    caseId: null,
  };
  const delivery = (paymentId: string): WebhookDeliveryView => ({
    id: newId(),
    endpointId: newId(),
    paymentId,
    dialect: 'fastaar',
    eventId: newId(),
    event: 'payment.completed',
    sequence: 3,
    status: 'delivered',
    attempts: [
      { at: at(4), httpStatus: 500, error: null, durationMs: 12 },
      { at: at(5), httpStatus: 200, error: null, durationMs: 9 },
    ],
    nextAttemptAt: null,
    createdAt: at(3),
  });
});
