import { API_REQUESTS, ApiRequests, keptApiRequests } from '@paymatch/gateway-access';
import { silentLogger } from '@paymatch/platform-observability';
import { Retention } from '@paymatch/platform-postgres';
import { expectProblem, PanelClient, type CallOptions, type Reply } from './testing/panel.client.js';
import { AnsweringBus, panelClock, startPanel, type PanelShop } from './testing/panel.harness.js';

let panel: Awaited<ReturnType<typeof startPanel>>;
let requests: ApiRequests;
let shop: PanelShop;

beforeAll(async () => {
  panel = await startPanel(new AnsweringBus());
  requests = panel.part<ApiRequests>(API_REQUESTS);
});
beforeEach(async () => {
  await requests.flush();
  shop = await panel.openShop();
});
afterAll(() => panel.stop());

const call = (path: string, options: CallOptions = {}): Promise<Reply> =>
  new PanelClient(panel.url, shop.live).call('GET', path, options);

/** Asks until so many are there: they are written after their answers, together. */
async function listed(count: number, query = ''): Promise<Reply['json']> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    await requests.flush();
    const { json } = await call(`/requests${query}`);
    if (json.data.length >= count || Date.now() > deadline) return json;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('the last API requests', () => {
  it('shows the errors of its keys with ids and codes, to that merchant in that mode alone', async () => {
    const refused = await call('/payments?limit=0&q=01712345678', { key: shop.named });
    expectProblem(refused, 422, 'validation-error');
    const unable = await call('/wallets', { key: shop.weak });
    expectProblem(unable, 403, 'ability-denied');
    const { data } = await listed(2, '?status=error');
    const path = '/api/panel/v1/payments';
    expect(data).toHaveLength(2);
    expect(data.find((found: { path: string }) => found.path === path)).toMatchObject({
      request_id: refused.headers.get('x-request-id'),
      at: new Date(panelClock.ms).toISOString(),
      key: { id: expect.any(String), name: 'Rahima' },
      ...{ method: 'GET', path, status: 422, error_code: 'validation-error' },
    });
    const other = await panel.openShop();
    for (const key of [shop.test, other.live])
      expect((await call('/requests?status=error', { key })).json).toEqual({ data: [], next: null });
  });

  it('keeps what somebody wrote into an address to itself', async () => {
    await call('/customers/rahima@example.com');
    const { data } = await listed(1, '?status=error');
    expect(data[0].path).toBe('/api/panel/v1/customers/:id');
  });

  it('is paged, and filtered by how they were answered', async () => {
    for (let count = 0; count < 3; count += 1) await call('/wallets?limit=0', { key: shop.weak });
    const first = await listed(2, '?status=error&limit=2');
    const rest = await call(`/requests?status=error&after=${first.next}`);
    expect([first.data.length, rest.json.data.length, rest.json.next]).toEqual([2, 1, null]);
    const { data } = await listed(1, '?status=ok');
    expect(data[0]).toMatchObject({ path: '/api/panel/v1/requests', status: 200, error_code: null });
  });

  it('is kept for seven days', async () => {
    await call('/wallets', { key: shop.weak });
    await listed(1, '?status=error');
    const removed = async (days: number): Promise<number> => {
      const clock = { nowMs: () => panelClock.ms + days * 86_400_000 };
      const { database: sql } = panel;
      await new Retention({ sql, tables: [keptApiRequests], clock, logger: silentLogger }).run();
      return (await call('/requests?status=error')).json.data.length;
    };
    expect([await removed(6.9), await removed(7.1)]).toEqual([1, 0]);
  });
});

describe('requests by the thousand', () => {
  it('cost a batch of so many, one success in each, and are counted where they do not fit', async () => {
    let dropped = 0;
    const own = new ApiRequests(panel.database, panelClock, (count) => (dropped += count));
    const { merchantId } = shop;
    const asker = { merchantId, livemode: false, keyId: merchantId, keyName: null };
    const made = { asker, requestId: 'a-request', method: 'GET', path: '/', errorCode: null, durationMs: 1 };
    for (let count = 0; count < 5_000; count += 1) own.note({ ...made, status: count % 2 === 0 ? 200 : 404 });
    await own.flush();
    const found = await own.list({ merchantId, livemode: false, from: 100, to: 599, after: null, limit: 1_000 });
    expect([found.length, found.filter(({ status }) => status === 200).length, dropped]).toEqual([101, 1, 2_400]);
  });
});
