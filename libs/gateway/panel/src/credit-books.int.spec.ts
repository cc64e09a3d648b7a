import { newId, uuidToUlid, type CreditView } from '@paymatch/contracts';
import { RequestUnavailable } from '@paymatch/platform-messaging';
import { expectProblem, PanelClient, type Reply } from './testing/panel.client.js';
import { AnsweringBus, panelClock, startPanel, type PanelShop } from './testing/panel.harness.js';
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
  bus.answer = () => [];
});
afterAll(() => panel.stop());

const call = (method: string, path: string, body?: unknown): Promise<Reply> =>
  new PanelClient(panel.url, shop.live).call(method, path, { ...(body !== undefined && { body }) });
const get = (path: string): Promise<Reply> => call('GET', path);
const asked = (): readonly unknown[] => bus.asked.map(({ message }) => message.data);

async function csv(path: string): Promise<{ readonly status: number; readonly lines: readonly string[] }> {
  const response = await fetch(`${panel.url}/api/panel/v1${path}`, {
    headers: { authorization: `Bearer ${shop.live}` },
  });
  const text = await response.text();
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[a-z0-9-]+\.csv"$/);
  return { status: response.status, lines: text.split('\r\n') };
}

const paymentId = newId();
const credit = (change: Partial<CreditView> = {}): CreditView => ({
  creditId: newId(),
  provider: 'bkash',
  walletId: newId(),
  walletNumber: '01712345678',
  trxId: 'BL6K2M4N8P',
  amountMinor: 50_000,
  currency: 'BDT',
  senderNumber: '=1+1',
  balanceMinor: 90_000,
  printedAt: null,
  receivedAt: '2026-06-12T08:20:00.000Z',
  status: 'consumed',
  paymentId,
  decidedBy: null,
  returnedMinor: 0,
  caseId: null,
  caseReason: null,
  ...change,
});

describe('the books', () => {
  it('show credits as matching keeps them, in the mode of the key, page after page', async () => {
    const one = credit();
    bus.answer = () => ({ items: [one], next: one.creditId });
    const reply = await get(`/credits?status=consumed&trx_id=bl6k+2m4n8p&limit=1&after=${newId()}`);
    expect(reply.json).toMatchObject({
      data: [{ id: one.creditId, amount: '500.00', balance: '900.00', payment_id: uuidToUlid(paymentId) }],
      next: one.creditId,
    });
    expect(asked()).toMatchObject([
      {
        type: 'ListCredits',
        merchantId: shop.merchantId,
        livemode: true,
        status: 'consumed',
        trxId: 'bl6k2m4n8p',
        limit: 1,
      },
    ]);
    bus.answer = () => ({ credit: one, messages: [] });
    expect((await get(`/credits/${one.creditId}`)).json.data).toMatchObject({ id: one.creditId, messages: [] });
    expectProblem(await get('/credits/x'), 404, 'not-found');
    expectProblem(await get('/messages?outcome=nice'), 422, 'validation-error');
  });

  it('add a period up, and refuse one that is turned round or too long', async () => {
    const money = { currency: 'BDT', provider: 'bkash', creditCount: 2, arrivedMinor: 100, completedMinor: 40 };
    const rest = { waitingMinor: 30, inReviewMinor: 20, ignoredMinor: 9, returnedMinor: 1 };
    bus.answer = () => [{ ...money, ...rest }];
    const period = 'from=2026-06-01T00:00:00%2B06:00&to=2026-07-01T00:00:00%2B06:00';
    expect((await get(`/reconciliation?${period}`)).json.data).toEqual({
      from: '2026-05-31T18:00:00.000Z',
      to: '2026-06-30T18:00:00.000Z',
      providers: [
        {
          currency: 'BDT',
          provider: 'bkash',
          credits: 2,
          arrived: '1.00',
          completed: '0.40',
          waiting: '0.30',
          in_review: '0.20',
          ignored: '0.09',
          returned: '0.01',
        },
      ],
    });
    for (const wrong of ['from=2026-07-01T00:00:00Z&to=2026-06-01T00:00:00Z', 'from=2020-07-01T00:00:00Z'])
      expectProblem(await get(`/reconciliation?${wrong}`), 422, 'validation-error');
    expectProblem(await get('/reconciliation.csv?zone=Mars/Base'), 422, 'validation-error');
  });

  it('are exported page after page, in the zone that the head names, and no cell is a formula', async () => {
    const pages = [
      { items: [credit()], next: newId() },
      { items: [], next: newId() },
      { items: [credit({ status: 'open', paymentId: null, senderNumber: 'Ana "A", Lima' })], next: null },
    ];
    bus.answer = () => pages.shift();
    const { status, lines } = await csv('/reconciliation.csv?zone=Asia/Dhaka');
    expect([status, lines.length]).toEqual([200, 4]);
    expect(lines[0]).toContain('received_at (Asia/Dhaka),provider');
    expect(lines[1]).toBe(
      `2026-06-12 14:20:00,bkash,01712345678,BL6K2M4N8P,'=1+1,500.00,0.00,BDT,completed,${uuidToUlid(paymentId)},,,`,
    );
    expect(lines[2]).toContain('"Ana ""A"", Lima",500.00,0.00,BDT,waiting,,');
  });

  it("tell a wallet's days of a wallet of one's own alone", async () => {
    const wallet = { provider: 'bkash', number: '01712345678', account_type: 'personal' };
    const { id } = (await call('POST', '/wallets', wallet)).json.data;
    bus.asked.length = 0;
    bus.answer = () => ({ days: [], breaks: [], isComplete: true });
    expect((await get(`/wallets/${id}/days?zone=Asia/Dhaka`)).json.data).toMatchObject({
      zone: 'Asia/Dhaka',
      days: [],
    });
    expect(asked()).toMatchObject([{ type: 'ListWalletDays', walletId: id, zone: 'Asia/Dhaka' }]);
    const stranger = await panel.openShop();
    for (const key of [stranger.live, shop.test])
      expectProblem(await new PanelClient(panel.url, key).call('GET', `/wallets/${id}/days`), 404, 'not-found');
    expect(bus.asked).toHaveLength(1);
  });
});

describe('the export of payments', () => {
  it('has what the list has under the same filters', async () => {
    for (const [amountMinor, invoiceId] of [
      [700, 'A-1'],
      [800, 'A-2'],
    ] as const)
      await panel.readModel.applySnapshot(
        madePayment(shop.merchantId, {
          amountMinor,
          invoiceId,
          status: 'completed',
          completedAt: '2026-06-12T08:05:00.000Z',
        }),
      );
    const { lines } = await csv('/payments.csv?zone=Asia/Dhaka&amount_min=7.50');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('created_at (Asia/Dhaka),completed_at (Asia/Dhaka)');
    expect(lines[1]).toContain(',2026-06-12 14:00:00,2026-06-12 14:05:00,completed,8.00,');
    expect(lines[1]).toContain(',A-2,');
  });
});

describe('how long a message is waited for', () => {
  it('is asked of matching and told to it', async () => {
    bus.answer = () => ({ messageWaitMinutes: 5, installationMinutes: 15, messagesKeptDays: 90 });
    const settings = { message_wait_minutes: 5, installation_message_wait_minutes: 15, messages_kept_days: 90 };
    expect((await get('/review-settings')).json.data).toEqual(settings);
    expect((await call('PATCH', '/review-settings', { message_wait_minutes: 5 })).json.data).toEqual(settings);
    expect(asked()).toMatchObject([
      { type: 'GetReviewSettings' },
      { type: 'SetReviewSettings', messageWaitMinutes: 5 },
    ]);
    await call('PATCH', '/review-settings', { messages_kept_days: 90 });
    expect(asked().at(-1)).toMatchObject({ type: 'SetReviewSettings', messagesKeptDays: 90 });
    for (const days of [6, 3_651])
      expectProblem(await call('PATCH', '/review-settings', { messages_kept_days: days }), 422, 'validation-error');
    expectProblem(await call('PATCH', '/review-settings', { message_wait_minutes: 0 }), 422, 'validation-error');
  });
});

describe('today', () => {
  const at = (iso: string): string => iso;

  it('has the figures of a shop that is at work, beside those of the same weekday', async () => {
    const idAt = (iso: string): string => {
      const hex = Date.parse(iso).toString(16).padStart(12, '0');
      return `${hex.slice(0, 8)}-${hex.slice(8)}-${newId().slice(14)}`;
    };
    const paid = (iso: string, amountMinor: number) =>
      panel.readModel.applySnapshot(
        madePayment(shop.merchantId, { id: idAt(iso), status: 'completed', amountMinor, createdAt: at(iso) }),
      );
    await paid('2026-06-12T08:10:00.000Z', 1_000);
    await paid('2026-06-12T02:10:00.000Z', 500);
    await paid('2026-06-05T02:10:00.000Z', 200);
    await paid('2026-06-05T12:10:00.000Z', 300);
    await panel.readModel.applySnapshot(
      madePayment(shop.merchantId, { status: 'awaiting_verification', updatedAt: '2026-06-12T08:20:00.000Z' }),
    );
    await panel.readModel.applySnapshot(
      madePayment(shop.merchantId, { status: 'awaiting_verification', updatedAt: '2026-06-12T08:29:00.000Z' }),
    );
    bus.answer = ({ type }) =>
      type === 'ListReviewCases'
        ? ['08:00', '04:00'].map((time) => ({ openedAt: `2026-06-12T${time}:00.000Z` }))
        : [{ url: 'https://shop.example/hook', status: 'active', failing: { since: '' } }];
    expect(panelClock.nowMs()).toBe(Date.parse('2026-06-12T08:30:00Z'));
    expect((await get('/today?zone=Asia/Dhaka')).json.data).toMatchObject({
      zone: 'Asia/Dhaka',
      received: {
        today: [{ currency: 'BDT', count: 2, amount: '15.00' }],
        last_week: [{ currency: 'BDT', count: 2, amount: '5.00' }],
        last_week_so_far: [{ currency: 'BDT', count: 1, amount: '2.00' }],
        by_hour: {
          today: [
            { hour: 8, currency: 'BDT', count: 1, amount: '5.00' },
            { hour: 14, currency: 'BDT', count: 1, amount: '10.00' },
          ],
        },
      },
      waiting: { count: 2, is_exact: true, oldest_at: '2026-06-12T08:20:00.000Z', stuck: 1 },
      cases: { count: 2, under_an_hour: 1, under_a_day: 1, older: 0 },
      webhooks: { count: 1, failing: 1, disabled: 0 },
      phones: { count: 0, silent: 0 },
    });
  });

  it('leads a new shop step by step, and one figure that cannot be had does not take the others along', async () => {
    bus.answer = () => {
      throw new RequestUnavailable('away');
    };
    const steps = async (): Promise<unknown> =>
      Object.fromEntries(
        (await get('/today')).json.data.checklist.map(({ step, done }: { step: string; done: boolean }) => [
          step,
          done,
        ]),
      );
    const none = { shop: true, wallet: false, phone: false, test_payment: false, webhook: null, go_live: false };
    expect(await steps()).toEqual(none);
    await call('POST', '/wallets', { provider: 'bkash', number: '01712345678', account_type: 'personal' });
    await panel.readModel.applySnapshot(madePayment(shop.merchantId, { livemode: false, status: 'completed' }));
    expect(await steps()).toEqual({ ...none, wallet: true, test_payment: true });
  });
});
