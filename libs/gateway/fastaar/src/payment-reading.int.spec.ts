import { GatewayClient, expectError, type CallOptions, type Reply } from './testing/gateway.client.js';
import { PUBLIC_URL, startGateway, type RunningGateway, type Shop } from './testing/gateway.harness.js';
import { PaymentsDouble } from './testing/payments.double.js';

let gateway: RunningGateway;
let bus: PaymentsDouble;
let shop: Shop;

beforeAll(async () => {
  bus = new PaymentsDouble();
  gateway = await startGateway(bus);
});
beforeEach(async () => {
  shop = await gateway.openShop();
  bus.commands.length = 0;
});
afterAll(() => gateway.stop());

const call = (method: string, path: string, options: CallOptions = {}): Promise<Reply> =>
  new GatewayClient(gateway.url, shop.live).call(method, path, options);
const create = (body: unknown, options: CallOptions = {}): Promise<Reply> =>
  call('POST', '/api/v1/payments', { body, ...options });

describe('reading payments', () => {
  it("gives one and the same 404 for what is unknown, another merchant's, of the other mode, or no id at all", async () => {
    const { id } = (await create({ amount: 500 })).json.data;
    const stranger = await gateway.openShop();
    const replies = await Promise.all([
      call('GET', `/api/v1/payments/${id}`, { key: stranger.live }),
      call('GET', `/api/v1/payments/${id}`, { key: shop.test }),
      call('GET', '/api/v1/payments/01k000000000000000000000a1'),
      call('GET', '/api/v1/payments/nothing'),
      call('GET', `/api/v1/payments/${id}/refunds`, { key: stranger.live }),
      call('POST', `/api/v1/payments/${id}/refund`, { key: stranger.live }),
    ]);
    for (const reply of replies) expectError(reply, 404, 'not_found');
    expect(new Set(replies.map((reply) => reply.text)).size).toBe(1);
    expect((await call('GET', '/api/v1/payments', { key: stranger.live })).json.data).toEqual([]);
    expect((await call('GET', '/api/v1/payments', { key: shop.test })).json.data).toEqual([]);
  });

  it("lists newest first in Laravel's pages", async () => {
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1)
      ids.unshift((await create({ amount: 1 + index, invoice_id: `I ${index}` })).json.data.id);
    const page = (await call('GET', '/api/v1/payments?per_page=2&page=2&status=pending')).json;
    const path = `${PUBLIC_URL}/api/v1/payments`;
    expect(page.data.map((payment: { id: string }) => payment.id)).toEqual(ids.slice(2, 4));
    expect(page.links).toEqual({
      first: `${path}?per_page=2&status=pending&page=1`,
      last: `${path}?per_page=2&status=pending&page=3`,
      prev: `${path}?per_page=2&status=pending&page=1`,
      next: `${path}?per_page=2&status=pending&page=3`,
    });
    expect(page.meta).toEqual({ current_page: 2, from: 3, last_page: 3, path, per_page: 2, to: 4, total: 5 });
    const empty = (await call('GET', '/api/v1/payments?status=failed')).json;
    expect([empty.data, empty.meta, empty.links.next]).toEqual([
      [],
      { current_page: 1, from: null, last_page: 1, path, per_page: 15, to: null, total: 0 },
      null,
    ]);
    for (const name of ['invoice_id', 'invoice_number']) {
      expect(
        (await call('GET', `/api/v1/payments?${name}=I%203`)).json.data.map((payment: { id: string }) => payment.id),
      ).toEqual([ids[1]]);
    }
  });

  it.each([
    'status=paid',
    'status=',
    'status=pending&status=failed',
    'per_page=0',
    'per_page=101',
    'per_page=1.5',
    'per_page=-1',
    'per_page=ten',
    'per_page=',
    'page=0',
    'page=1e3',
    'page=99999999999',
    'page[]=1&page[]=2&page=x',
    'invoice_id=',
    `invoice_id=${'x'.repeat(101)}`,
    'invoice_id=%00',
    'invoice_id=a&invoice_number=b',
  ])('refuses the query %s', async (query) => {
    const reply = await call('GET', `/api/v1/payments?${query}`);
    expectError(reply, 422, 'validation_error');
    expect(Object.keys(reply.json.errors)).toHaveLength(1);
  });

  it("tells the customer's number from the merchant's wallet, what arrived, and why it is under review", async () => {
    const { id } = (await create({ amount: 500 })).json.data;
    await gateway.readModel.apply([
      bus.move(bus.commands.at(-1)!.paymentId, {
        status: 'awaiting_verification',
        senderNumber: '01712345678',
        walletNumber: '01900000001',
        reviewReason: 'amount_mismatch',
        receivedMinor: 49_999,
      }),
    ]);
    expect((await call('GET', `/api/v1/payments/${id}`)).json.data).toMatchObject({
      customer_sender_number: '01712345678',
      wallet_number: '01712345678',
      receiving_wallet_number: '01900000001',
      received_amount: '499.99',
      review_reason: 'amount_mismatch',
    });
  });

  it('never shows a payment as pending from the moment its time is over', async () => {
    const { id } = (await create({ amount: 500 })).json.data;
    const look = async (): Promise<unknown[]> => [
      (await call('GET', `/api/v1/payments/${id}`)).json.data.status,
      (await call('GET', '/api/v1/payments?status=pending')).json.meta.total,
      (await call('GET', '/api/v1/payments?status=expired')).json.meta.total,
    ];
    gateway.clock.ms += 30 * 60_000 - 1;
    expect(await look()).toEqual(['pending', 1, 0]);
    gateway.clock.ms += 1;
    expect(await look()).toEqual(['expired', 0, 1]);
  });
});

describe('refunds', () => {
  async function completed(): Promise<string> {
    const { id } = (await create({ amount: 500 })).json.data;
    const command = bus.commands.at(-1)!;
    await gateway.readModel.apply([
      bus.move(command.paymentId, { status: 'completed', completedAt: new Date(gateway.clock.ms).toISOString() }),
    ]);
    return id;
  }

  it('take a part, then all that remains, and are listed newest first', async () => {
    const id = await completed();
    const part = await call('POST', `/api/v1/payments/${id}/refund`, { body: { amount: 100.5 } });
    expect([part.status, part.json.data.status, part.json.data.refunded_amount]).toEqual([
      200,
      'partially_refunded',
      '100.50',
    ]);
    expectError(
      await call('POST', `/api/v1/payments/${id}/refund`, { body: { amount: '399.51' } }),
      422,
      'validation_error',
    );
    // As WordPress sends it: no body, and the content type of a form.
    const rest = await call('POST', `/api/v1/payments/${id}/refund`, {
      raw: '',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect([rest.status, rest.json.data.status, rest.json.data.refunded_amount]).toEqual([200, 'refunded', '500.00']);
    const list = (await call('GET', `/api/v1/payments/${id}/refunds`)).json.data;
    expect(list).toEqual([
      { id: expect.any(Number), amount: '399.50', source: 'api', created_at: expect.stringMatching(/\+06:00$/) },
      { id: expect.any(Number), amount: '100.50', source: 'api', created_at: expect.stringMatching(/\+06:00$/) },
    ]);
    expectError(await call('POST', `/api/v1/payments/${id}/refund`), 422, 'validation_error');
  });

  it('have ids that no other refund has', async () => {
    const ids: number[] = [];
    for (const id of [await completed(), await completed()]) {
      for (const amount of [10, 20]) await call('POST', `/api/v1/payments/${id}/refund`, { body: { amount } });
      ids.push(...(await call('GET', `/api/v1/payments/${id}/refunds`)).json.data.map((one: { id: number }) => one.id));
    }
    expect([ids.length, new Set(ids).size]).toEqual([4, 4]);
  });

  it('take unknown fields and an empty amount as plugins send them: all that remains', async () => {
    const id = await completed();
    const reply = await call('POST', `/api/v1/payments/${id}/refund`, { body: { amount: '', reason: 'broken' } });
    expect([reply.status, reply.json.data.status, reply.headers.get('paymatch-ignored-fields')]).toEqual([
      200,
      'refunded',
      'reason',
    ]);
  });

  it('are refused for a payment that is not completed, and for wrong amounts', async () => {
    const { id } = (await create({ amount: 500 })).json.data;
    expectError(await call('POST', `/api/v1/payments/${id}/refund`, { body: {} }), 422, 'validation_error');
    const paid = await completed();
    bus.commands.length = 0;
    for (const raw of ['{"amount":0}', '{"amount":-1}', '{"amount":1e2}', '{"amount":1.001}']) {
      expectError(await call('POST', `/api/v1/payments/${paid}/refund`, { raw }), 422, 'validation_error');
    }
    expect(bus.commands).toEqual([]);
  });

  it('happen once when the answer was lost and the merchant asks again, and twice when they ask twice', async () => {
    const id = await completed();
    const ask = (): Promise<Reply> => call('POST', `/api/v1/payments/${id}/refund`, { body: { amount: 10 } });
    bus.losesNextAnswer = true;
    expectError(await ask(), 503, 'service_unavailable');
    expect((await ask()).json.data.refunded_amount).toBe('10.00');
    expect((await ask()).json.data.refunded_amount).toBe('20.00');
    bus.losesNextAnswer = true;
    expectError(await ask(), 503, 'service_unavailable');
    gateway.clock.ms += 10 * 60_000 + 1;
    expect((await ask()).json.data.refunded_amount).toBe('40.00');
  });

  it('happen once under one Idempotency-Key', async () => {
    const id = await completed();
    const headers = { 'idempotency-key': 'refund-1' };
    const [first, second] = [
      await call('POST', `/api/v1/payments/${id}/refund`, { body: { amount: 10 }, headers }),
      await call('POST', `/api/v1/payments/${id}/refund`, { body: { amount: 10 }, headers }),
    ];
    expect([second.text, second.headers.get('idempotent-replayed')]).toEqual([first.text, 'true']);
    expect((await call('GET', `/api/v1/payments/${id}/refunds`)).json.data).toHaveLength(1);
  });
});
