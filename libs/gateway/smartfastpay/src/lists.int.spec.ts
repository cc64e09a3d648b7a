import type { PaymentStatus } from '@paymatch/contracts';
import { BusDouble } from './testing/bus.double.js';
import { startGateway, type RunningGateway, type Shop } from './testing/gateway.harness.js';

const bus = new BusDouble();
let gateway: RunningGateway;
let shop: Shop;
/** In the order of their creation. */
const made: { readonly id: string; readonly at: string }[] = [];

type Row = Readonly<Record<string, string>>;
type List = { readonly status: number; readonly data: readonly Row[]; readonly page: readonly unknown[] };

async function list(
  query: string,
  options: { readonly token?: string; readonly kind?: 'payments' | 'transactions' } = {},
): Promise<List> {
  const { status, body } = await gateway.call(`/${options.kind ?? 'payments'}${query}`, {
    token: options.token ?? shop.live,
  });
  return {
    status,
    data: (body.data ?? []) as readonly Row[],
    page: [body.current_page, body.last_page, body.per_page, body.to, body.total],
  };
}
const places = (rows: readonly Row[]): readonly number[] =>
  rows.map((row) => made.findIndex(({ id }) => id === row.id));
const micro = (iso: string): string => iso.replace('Z', '000Z');

beforeAll(async () => {
  gateway = await startGateway(bus);
  shop = await gateway.openShop();
  await gateway.exchange.set({ merchantId: null, baseCurrency: 'USD', rate: '5.19', setBy: 'operator' });
  const statuses: readonly (PaymentStatus | null)[] = [
    null,
    'completed',
    'failed',
    'expired',
    null,
    'completed',
    null,
    null,
    'awaiting_verification',
    null,
    'refunded',
    null,
  ];
  for (const [index, status] of statuses.entries()) {
    const { body } = await gateway.call('/payment', {
      token: shop.live,
      json: {
        customer_id: index % 2 === 0 ? 'even' : 'odd',
        name: 'Richard Roe',
        email: 'richard@roe.com',
        document: '16972691419',
        amount: 300 - (index % 4) * 10,
        currency: index % 3 === 0 ? 'BRL' : 'USD',
        payment_method: index % 2 === 0 ? 'pix' : 'bank_transfer',
        callback: 'http://mysite.com/n',
        transaction: { id: `tx-${index}` },
      },
    });
    const { id } = body.data as { readonly id: string };
    made.push({ id, at: new Date(gateway.clock.ms).toISOString() });
    // Every second one shares its millisecond with the one before.
    if (index % 2 === 1) gateway.clock.ms += 1_500;
    if (status !== null)
      await gateway.readModel.apply([
        bus.move(id, { status, updatedAt: new Date(gateway.clock.ms + (12 - index) * 1_000).toISOString() }),
      ]);
  }
});
afterAll(() => gateway.stop());

describe('GET /payments', () => {
  it('shows rows and pagination as the seed does', async () => {
    const { body } = await gateway.call('/payments?limit=2&page=6', { token: shop.live });
    const row = (index: number, status: string, method: string) => ({
      id: made[index]!.id,
      customer_id: index === 0 ? 'even' : 'odd',
      transaction_id: `tx-${index}`,
      amount: index === 0 ? '300.00' : '290.00',
      currency: index === 0 ? 'BRL' : 'USD',
      status,
      method,
      payment_method: method,
      created_at: micro(made[index]!.at),
      updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/) as string,
    });
    expect(body).toEqual({
      requestId: expect.any(String) as string,
      data: [row(1, 'paid', 'bank_transfer'), row(0, 'pending', 'pix')],
      current_page: 6,
      last_page: 6,
      per_page: 2,
      to: 12,
      total: 12,
    });
    expect(Object.keys(body)).toEqual(['requestId', 'data', 'current_page', 'last_page', 'per_page', 'to', 'total']);
  });

  it.each([
    ['', [11, 10, 9, 8, 7, 6, 5, 4, 3, 2], [1, 2, 10, 10, 12]],
    ['?limit=1&order=id,desc', [11], [1, 12, 1, 1, 12]],
    ['?limit=5&page=3', [1, 0], [3, 3, 5, 12, 12]],
    ['?limit=40', [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0], [1, 1, 40, 12, 12]],
    ['?page=3', [], [3, 2, 10, null, 12]],
    ['?page=9999999&limit=40', [], [9_999_999, 1, 40, null, 12]],
    ['?sort=id,asc&limit=3', [0, 1, 2], [1, 4, 3, 3, 12]],
    ['?sort=created_at,asc&limit=3&page=4', [9, 10, 11], [4, 4, 3, 12, 12]],
    ['?order=amount,asc&limit=6', [3, 7, 11, 2, 6, 10], [1, 2, 6, 6, 12]],
    ['?sort=amount,desc&limit=4', [8, 4, 0, 9], [1, 3, 4, 4, 12]],
    ['?sort=status,asc&limit=6', [2, 3, 1, 5, 10, 0], [1, 2, 6, 6, 12]],
  ] as const)('%s', async (query, expected, page) => {
    const answer = await list(query);
    expect([answer.status, places(answer.data), answer.page]).toEqual([200, expected, page]);
  });

  it('sorts by the time of the last change', async () => {
    const { data } = await list('?sort=updated_at,asc&limit=40');
    const times = data.map((row) => row.updated_at!);
    expect(times).toEqual([...times].sort());
    expect(places((await list('?sort=updated_at,desc&limit=40')).data)).toEqual(places(data).toReversed());
  });

  it.each([
    ['?customer_id=odd&limit=40', [11, 9, 7, 5, 3, 1]],
    ['?customer_id=nobody', []],
    ['?transaction_id=tx-3,%20tx-1%20,unknown,tx-1', [3, 1]],
    ['?status=paid', [10, 5, 1]],
    ['?status=denied', [2]],
    ['?status=expired', [3]],
    ['?status=pending&limit=40', [11, 9, 8, 7, 6, 4, 0]],
    ['?status=paid&customer_id=odd&sort=id,asc', [1, 5]],
  ])('%s keeps to what was asked for', async (query, expected) => {
    const answer = await list(query);
    expect([answer.status, places(answer.data), answer.page.at(-1)]).toEqual([200, expected, expected.length]);
  });

  it('takes both ends of a time range in, to the microsecond and in any zone', async () => {
    const at = made[4]!.at;
    const range = (query: Readonly<Record<string, string>>): Promise<List> =>
      list(`?limit=40&${new URLSearchParams(query).toString()}`);
    const after = (iso: string): string => iso.replace('Z', '001Z');
    expect(places((await range({ start_time: at, end_time: at })).data)).toEqual([5, 4]);
    expect(places((await range({ start_time: after(at), end_time: made[6]!.at })).data)).toEqual([7, 6]);
    expect(
      places((await range({ end_time: new Date(Date.parse(at) - 1).toISOString().replace('Z', '999Z') })).data),
    ).toEqual([3, 2, 1, 0]);
    const inSaoPaulo = `${new Date(Date.parse(at) - 3 * 3_600_000).toISOString().slice(0, -1)}-03:00`;
    expect(places((await range({ start_time: inSaoPaulo })).data)).toEqual([11, 10, 9, 8, 7, 6, 5, 4]);
    const inIndia = `${new Date(Date.parse(at) + 5.5 * 3_600_000).toISOString().slice(0, -1)}+05:30`;
    // Nobody encoded the plus.
    expect(places((await list(`?limit=40&end_time=${inIndia}`)).data)).toEqual([5, 4, 3, 2, 1, 0]);
  });

  it.each([
    'limit=0',
    'limit=41',
    'limit=x',
    'page=0',
    'page=10000000',
    'sort=id',
    'order=foo,asc',
    'start_time=yesterday',
    'customer_id=',
    'transaction_id=',
    'status=completed',
    'limit=1&limit=2',
    'customer_id=a%00b',
  ])('?%s is 422', async (query) => {
    const { status, body } = await gateway.call(`/payments?${query}`, { token: shop.live });
    expect([status, body.error]).toMatchObject([
      422,
      { code: 'validation_error', details: [{ field: query.split('=')[0] }] },
    ]);
  });

  it("shows nobody else's, and nothing of the other mode", async () => {
    const other = await gateway.openShop();
    for (const token of [other.live, other.sandbox, shop.sandbox]) {
      for (const query of ['', '?transaction_id=tx-1', '?customer_id=odd', '?sort=amount,asc'])
        expect((await list(query, { token })).page).toEqual([1, 1, 10, null, 0]);
    }
  });
});

describe('GET /transactions', () => {
  it('shows the same payments as transactions', async () => {
    const { body } = await gateway.call('/transactions?transaction_id=tx-2', { token: shop.live });
    expect(body.data).toEqual([
      {
        id: made[2]!.id,
        customer_id: 'even',
        transaction_id: 'tx-2',
        amount: '280.00',
        currency: 'USD',
        status: 'canceled',
        type: 'payment',
        method: 'pix',
        payment_method: 'pix',
        payment_status: 'denied',
        created_at: micro(made[2]!.at),
        updated_at: expect.any(String) as string,
      },
    ]);
  });

  it.each([
    ['?status=canceled', [3, 2]],
    ['?status=paid', [10, 5, 1]],
    ['?status=pending&limit=40', [11, 9, 8, 7, 6, 4, 0]],
    ['?sort=status,asc&limit=3', [2, 3, 1]],
    ['?type=payment&status=canceled', [3, 2]],
    ['?type=payout', []],
    ['?type=payout&sort=status,asc', []],
    ['?type=payout&transaction_id=tx-2', []],
  ])('%s uses their own words', async (query, expected) => {
    expect(places((await list(query, { kind: 'transactions' })).data)).toEqual(expected);
  });

  it('knows no payouts', async () => {
    expect((await list('?type=payout', { kind: 'transactions' })).page).toEqual([1, 1, 10, null, 0]);
  });

  it.each(['status=denied', 'status=expired', 'limit=99', 'type=refund', 'type='])('?%s is 422', async (query) =>
    expect((await list(`?${query}`, { kind: 'transactions' })).status).toBe(422),
  );
});

describe('a payment past its time', () => {
  it('is listed as expired before the sweep has come by', async () => {
    const token = shop.live;
    gateway.clock.ms += 3_590_000;
    const before = (await list('?status=pending&limit=40', { token })).page.at(-1);
    expect(before).toBe(7);
    gateway.clock.ms += 9_000;
    // Pix payments wait an hour, transfers a day; only the token would not outlive them.
    const { clientId, clientSecret } = await gateway.clients.issue({ merchantId: shop.merchantId, livemode: true });
    const { body } = await gateway.call('/oauth2/token', {
      init: {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      },
    });
    const fresh = (body as { data: { access_token: string } }).data.access_token;
    const expired = await list(
      `?status=expired&limit=40&transaction_id=${[0, 3, 4, 6, 8].map((n) => `tx-${n}`).join(',')}`,
      { token: fresh },
    );
    expect(places(expired.data)).toEqual([6, 4, 3, 0]);
    expect(places((await list('?status=pending&limit=40', { token: fresh })).data)).toEqual([11, 9, 8, 7]);
  });
});
