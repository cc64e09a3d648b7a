import { newId, topics, uuidToUlid, type ReviewCase } from '@paymatch/contracts';
import { Refusal } from '@paymatch/platform-messaging';
import { AnsweringBus, knowPayment, panelClock, startPanel, type PanelShop } from './testing/panel.harness.js';
import { PersonClient } from './testing/person.client.js';

interface Reply {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly json: any;
}

let panel: Awaited<ReturnType<typeof startPanel>>;
let bus: AnsweringBus;
let shop: PanelShop;
let walletId: string;

beforeAll(async () => {
  bus = new AnsweringBus();
  panel = await startPanel(bus);
});
beforeEach(async () => {
  shop = await panel.openShop();
  walletId = (await call('POST', '/wallets', { provider: 'bkash', number: '01712345678', account_type: 'personal' }))
    .json.data.id;
  bus.asked.length = 0;
  bus.answer = () => reviewCase;
});
afterAll(() => panel.stop());

async function call(method: string, path: string, body?: unknown, key: string = shop.named): Promise<Reply> {
  const response = await fetch(`${panel.url}/api/panel/v1${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    headers: { authorization: `Bearer ${key}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
  });
  return { status: response.status, json: await response.json() };
}

const paymentId = newId();
const reviewCase: ReviewCase = {
  id: newId(),
  merchantId: 'm',
  livemode: true,
  status: 'open',
  reason: 'amount_mismatch',
  resolution: null,
  paymentId,
  provider: 'bkash',
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
  creditStatus: 'in_review',
  proposal: null,
  claims: [{ paymentId, submittedAt: '2026-06-12T08:28:00Z', status: 'open', objection: 'amount_mismatch' }],
  evidence: [{ rawId: 'r1', sender: 'bKash', body: 'You have received', arrivedAt: '2026-06-12T08:29:00Z' }],
  history: [{ at: '2026-06-12T08:30:00Z', actor: 'system', action: 'opened', note: 'amount_mismatch' }],
};
const path = (action: string): string => `/review-cases/${reviewCase.id}/${action}`;
const decision = () => ({
  merchantId: shop.merchantId,
  livemode: true,
  caseId: reviewCase.id,
  actor: 'Rahima',
  now: '2026-06-12T08:30:00.000Z',
});
const entry = () => ({ wallet_id: walletId, trx_id: 'dh7 k2m9qx4', amount: '500.00', note: 'seen in the app' });
const commands = () => bus.asked.map(({ message }) => message.data);

describe('a list of review cases', () => {
  it('is filtered by status, reason, payment, provider and time', async () => {
    bus.answer = () => [reviewCase];
    const reply = await call(
      'GET',
      `/review-cases?status=open&payment_id=${uuidToUlid(paymentId)}&provider=bkash&from=2026-06-12T06:00:00%2B06:00&to=2026-06-13T00:00:00Z`,
    );
    expect(reply.json.data).toEqual([
      expect.objectContaining({
        id: reviewCase.id,
        provider: 'bkash',
        resolution: null,
        claims: [
          {
            payment_id: uuidToUlid(paymentId),
            submitted_at: '2026-06-12T08:28:00Z',
            status: 'open',
            objection: 'amount_mismatch',
          },
        ],
      }),
    ]);
    expect(bus.asked.map(({ topic }) => topic)).toEqual([topics.creditsCommands.name]);
    expect(commands()).toEqual([
      {
        type: 'ListReviewCases',
        merchantId: shop.merchantId,
        livemode: true,
        status: 'open',
        reason: null,
        limit: 50,
        before: null,
        paymentId,
        provider: 'bkash',
        from: '2026-06-12T00:00:00.000Z',
        to: '2026-06-13T00:00:00.000Z',
      },
    ]);
    for (const query of ['payment_id=x', 'provider=B', 'from=yesterday', 'to=2026-06-13'])
      expect((await call('GET', `/review-cases?${query}`)).status).toBe(422);
  });
});

describe('a review case', () => {
  it("is shown with the state of the payment it is about, and of no other merchant's", async () => {
    knowPayment('somebody else', { id: paymentId, status: 'completed' });
    expect((await call('GET', `/review-cases/${reviewCase.id}`)).json.data.payment).toBeNull();
    knowPayment(shop.merchantId, { id: paymentId });
    expect((await call('GET', `/review-cases/${reviewCase.id}`)).json.data).toMatchObject({
      payment: { id: uuidToUlid(paymentId), status: 'awaiting_verification', amount: '500.00' },
      credit: { status: 'in_review' },
    });
  });

  it('is decided in the name its key carries', async () => {
    const other = knowPayment(shop.merchantId);
    await call('POST', path('assign'), { payment_id: other, reason: 'theirs' });
    await call('POST', path('ignore'), { reason: 'sent back' });
    await call('POST', path('reject'), { reason: 'no such money' });
    await call('POST', path('reject'), { reason: 'no such money', payment_id: uuidToUlid(other) });
    await call('POST', path('confirm'));
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    expect(commands().map(({ commandId, ...command }: any) => [typeof commandId, command])).toEqual([
      ['string', { type: 'AssignCredit', ...decision(), paymentId: other }],
      ['string', { type: 'IgnoreCase', ...decision(), reason: 'sent back' }],
      ['string', { type: 'RejectPayment', ...decision(), paymentId: null, reason: 'no such money' }],
      ['string', { type: 'RejectPayment', ...decision(), paymentId: other, reason: 'no such money' }],
      ['string', { type: 'ConfirmEntry', ...decision() }],
    ]);
  });

  it('completes its payment by hand with its own money', async () => {
    knowPayment(shop.merchantId, { id: paymentId });
    expect((await call('POST', path('complete'), { reason: 'seen in the app' })).status).toBe(200);
    expect(commands()).toEqual([
      expect.objectContaining({ type: 'GetReviewCase' }),
      expect.objectContaining({ type: 'AssignCredit', ...decision(), paymentId }),
    ]);
  });

  it('completes a payment by hand with money that is entered there', async () => {
    knowPayment(shop.merchantId, { id: paymentId });
    bus.answer = () => ({ ...reviewCase, credit: null });
    expect((await call('POST', path('complete'), entry())).status).toBe(200);
    expect(commands()[1]).toMatchObject({
      type: 'EnterCredit',
      merchantId: shop.merchantId,
      caseId: reviewCase.id,
      paymentId,
      actor: 'Rahima',
      note: 'seen in the app',
      credit: {
        provider: 'bkash',
        walletId,
        walletNumber: '01712345678',
        trxId: 'DH7K2M9QX4',
        amountMinor: 50_000,
        currency: 'BDT',
        senderNumber: null,
        receivedAt: '2026-06-12T08:30:00.000Z',
      },
    });
    const { amount: _amount, ...withoutAmount } = entry();
    expect((await call('POST', path('complete'), withoutAmount)).json.errors).toEqual([
      { pointer: '/amount', detail: expect.any(String) },
    ]);
  });

  it('that names no payment asks which one', async () => {
    bus.answer = () => ({ ...reviewCase, paymentId: null });
    expect((await call('POST', path('complete'), {})).json.errors).toEqual([
      { pointer: '/payment_id', detail: expect.any(String) },
    ]);
    bus.answer = () => {
      throw new Refusal('CASE_HAS_NO_PAYMENT');
    };
    expect((await call('POST', path('reject'), { reason: 'x' })).json.errors).toEqual([
      { pointer: '/payment_id', detail: expect.any(String) },
    ]);
  });
});

describe('a credit added by hand', () => {
  it("goes into a wallet of the caller's own, a closed one too", async () => {
    knowPayment(shop.merchantId, { id: paymentId });
    await call('POST', `/wallets/${walletId}/close`);
    expect(
      (
        await call('POST', '/credits', {
          ...entry(),
          payment_id: uuidToUlid(paymentId),
          sender_number: '01812345678',
          received_at: '2026-06-12T14:00:00+06:00',
        })
      ).status,
    ).toBe(201);
    expect(commands()).toEqual([
      {
        type: 'EnterCredit',
        commandId: expect.any(String),
        merchantId: shop.merchantId,
        livemode: true,
        actor: 'Rahima',
        now: '2026-06-12T08:30:00.000Z',
        note: 'seen in the app',
        paymentId,
        caseId: null,
        credit: {
          provider: 'bkash',
          walletId,
          walletNumber: '01712345678',
          toleranceMinor: 0,
          trxId: 'DH7K2M9QX4',
          amountMinor: 50_000,
          currency: 'BDT',
          senderNumber: '01812345678',
          receivedAt: '2026-06-12T08:00:00.000Z',
        },
      },
    ]);
    const stranger = await panel.openShop();
    for (const key of [stranger.live, shop.test])
      expect((await call('POST', '/credits', entry(), key)).json.errors).toEqual([
        { pointer: '/wallet_id', detail: expect.any(String) },
      ]);
    expect(commands()).toHaveLength(1);
  });

  it.each([
    ['br_nubank', 'BRL', '1234567'],
    ['mpesa_ke', 'KES', '0712345678'],
    ['mpesa_mz', 'MZN', '0841234567'],
    ['selcom_tz', 'TZS', '0712345678'],
    ['nagad', 'BDT', '01712345678'],
  ])('into a wallet of %s is %s, whatever contract A speaks', async (provider, currency, number) => {
    const wallet = { provider, number, account_type: 'personal' };
    const { id } = (await call('POST', '/wallets', wallet)).json.data;
    expect((await call('POST', '/credits', { ...entry(), wallet_id: id })).status).toBe(201);
    expect(commands()).toMatchObject([{ type: 'EnterCredit', credit: { provider, walletId: id, currency } }]);
  });

  it.each([
    ['amount', '0.00'],
    ['amount', 500],
    ['amount', '1.001'],
    ['trx_id', 'DH7'],
    ['trx_id', 'DH7K2M9QΧ4'],
    ['note', ''],
    ['wallet_id', 'x'],
    ['received_at', 'today'],
    ['payment_id', 'x'],
  ])('is refused with the %s %j', async (field, value) => {
    expect((await call('POST', '/credits', { ...entry(), [field]: value })).json.errors[0].pointer).toBe(`/${field}`);
  });

  it.each([
    ['CREDIT_EXISTS', 'credit-exists'],
    ['ENTRY_ALREADY_PROPOSED', 'entry-already-proposed'],
    ['SAME_PERSON', 'same-person'],
    ['CASE_NOT_PROPOSED', 'case-not-proposed'],
    ['CASE_HAS_CREDIT', 'case-has-credit'],
  ])('refused with %s is a conflict that says so', async (code, problem) => {
    bus.answer = () => {
      throw new Refusal(code, { caseId: reviewCase.id });
    };
    const reply = await call('POST', '/credits', entry());
    expect([reply.status, reply.json.type]).toEqual([409, `urn:paymatch:problem:${problem}`]);
  });
});

describe('whose a case is', () => {
  const enlisted = async (name: string, role: 'manager' | 'support', merchantId = shop.merchantId) => {
    const email = `${name}.${newId()}@shop.example`;
    const id = await panel.enlist(email, { merchantId, role });
    const client = (await new PersonClient(panel.url).signIn(email)).at(merchantId);
    return { id, email, name: email.split('@')[0]!, client };
  };
  const open = () => ({ ...reviewCase, id: newId(), paymentId: null });

  it('is said by handing it over, shown on it and in the list, found by, and in the audit log; said twice it is said once', async () => {
    const [rita, karim] = [await enlisted('rita', 'manager'), await enlisted('karim', 'manager')];
    const found = open();
    bus.answer = ({ type }) => (type === 'ListReviewCases' ? [found] : found);
    const body = { user_id: karim.id, note: 'You know this customer' };
    const holder = {
      ...{ user_id: karim.id, name: karim.name, email: karim.email, given_by: rita.email, note: body.note },
      given_at: '2026-06-12T08:30:00.000Z',
    };
    for (let again = 0; again < 2; again += 1) {
      const reply = await rita.client.call('POST', `/review-cases/${found.id}/hand-over`, { body });
      expect([reply.status, reply.json.data.holder]).toEqual([200, holder]);
      panelClock.ms += 1_000;
    }
    panelClock.ms -= 2_000;
    expect((await karim.client.call('GET', `/review-cases/${found.id}`)).json.data.holder).toEqual(holder);
    expect((await karim.client.call('GET', '/review-cases?holder=me')).json.data).toMatchObject([{ holder }]);
    await rita.client.call('GET', `/review-cases?holder=${rita.id}`);
    expect(commands().slice(-2)).toMatchObject([
      { type: 'ListReviewCases', caseIds: [found.id] },
      { type: 'ListReviewCases', caseIds: [] },
    ]);
    const { data } = (await rita.client.call('GET', '/audit?limit=1')).json;
    expect(data).toMatchObject([
      { action: 'POST review-cases/:id/hand-over', subject: found.id, after: body, reason: body.note },
    ]);
    const back = { body: { user_id: null } };
    const given = await karim.client.call('POST', `/review-cases/${found.id}/hand-over`, back);
    expect(given.json.data.holder).toBeNull();
  });

  it('is nobody’s who may not decide it, is of another shop, or has left', async () => {
    const [rita, helper] = [await enlisted('rita', 'manager'), await enlisted('helper', 'support')];
    const other = await enlisted('other', 'manager', (await panel.openShop()).merchantId);
    const found = open();
    bus.answer = () => found;
    for (const userId of [helper.id, other.id, newId(), 'x', undefined]) {
      const reply = await call('POST', `/review-cases/${found.id}/hand-over`, { user_id: userId });
      expect([userId, reply.status, reply.json.errors[0].pointer]).toEqual([userId, 422, '/user_id']);
    }
    expect((await call('GET', '/review-cases?holder=me')).status).toBe(422);
    await call('POST', `/review-cases/${found.id}/hand-over`, { user_id: rita.id });
    await panel.people.database.transaction((tx) =>
      panel.people.members.remove({ merchantId: shop.merchantId, userId: rita.id }, tx),
    );
    expect((await call('GET', `/review-cases/${found.id}`)).json.data.holder).toBeNull();
  });

  it('is not asked of a case that is decided, or that is not there', async () => {
    const rita = await enlisted('rita', 'manager');
    const handOver = (id: string) => call('POST', `/review-cases/${id}/hand-over`, { user_id: rita.id });
    bus.answer = () => ({ ...reviewCase, status: 'closed' });
    const closed = await handOver(reviewCase.id);
    expect([closed.status, closed.json.type]).toEqual([409, 'urn:paymatch:problem:case-closed']);
    bus.answer = () => {
      throw new Refusal('CASE_NOT_FOUND', {});
    };
    expect((await handOver(newId())).status).toBe(404);
    expect((await handOver('x')).status).toBe(404);
  });
});
