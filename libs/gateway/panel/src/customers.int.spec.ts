import { newId, uuidToUlid, type PaymentSnapshot } from '@paymatch/contracts';
import { CustomersStore } from '@paymatch/gateway-read-models';
import { expectProblem, PanelClient, type Reply } from './testing/panel.client.js';
import { AnsweringBus, startPanel, type PanelShop } from './testing/panel.harness.js';
import { madePayment } from './testing/panel.payments.js';

let panel: Awaited<ReturnType<typeof startPanel>>;
let shop: PanelShop;

beforeAll(async () => {
  panel = await startPanel(new AnsweringBus());
});
beforeEach(async () => {
  shop = await panel.openShop();
});
afterAll(() => panel.stop());

const get = (path: string, key: string = shop.live): Promise<Reply> =>
  new PanelClient(panel.url, key).call('GET', path);
const names = (reply: Reply): readonly string[] => reply.json.data.map(({ name }: { name: string }) => name);
const ids = (reply: Reply): readonly string[] => reply.json.data.map(({ id }: { id: string }) => id);

async function write(name: string, change: { readonly minute?: number; readonly livemode?: boolean } = {}) {
  const { minute = 0, livemode = true } = change;
  return new CustomersStore(panel.database).create(
    { merchantId: shop.merchantId, livemode },
    {
      name,
      phone: '+8801712345678',
      email: `${name.toLowerCase()}@example.com`,
      address: null,
      notes: null,
      operationId: null,
      now: new Date(Date.parse('2026-06-12T08:00:00Z') + minute * 60_000),
    },
  );
}

async function pay(change: Partial<PaymentSnapshot>): Promise<string> {
  const payment = madePayment(shop.merchantId, change);
  await panel.readModel.applySnapshot(payment);
  return payment.dialect === 'fastaar' ? uuidToUlid(payment.id) : payment.id;
}

const byPayer = (customerId: string, name: string, change: Partial<PaymentSnapshot> = {}): Promise<string> =>
  pay({
    dialect: 'smartfastpay',
    method: 'pix',
    currency: 'BRL',
    customerId,
    payer: { name, email: 'Ana@example.com', document: '52998224725', documentType: 'cpf', branch: null },
    ...change,
  });

describe('the customers of a shop', () => {
  it('are those that were written down and those that payments name, newest first', async () => {
    const { id } = await write('Rahim', { minute: 1 });
    await pay({ customerId: String(id), createdAt: '2026-06-12T08:30:00.000Z' });
    await byPayer('ana/7', 'Ana Souza');
    const reply = await get('/customers');
    expect(reply.json).toEqual({
      data: [
        {
          id: '1',
          contract: 'fastaar',
          reference: '1',
          name: 'Rahim',
          phone: '+8801712345678',
          email: 'rahim@example.com',
          payments: { count: 1, is_exact: true },
          last_payment_at: '2026-06-12T08:30:00.000Z',
          created_at: '2026-06-12T08:01:00.000Z',
        },
        expect.objectContaining({ contract: 'smartfastpay', reference: 'ana/7', name: 'Ana Souza', phone: null }),
      ],
      next: null,
    });
    for (const customer of reply.json.data)
      expect((await get(`/customers/${customer.id}`)).json.data).toEqual(customer);
  });

  it('named by payments are told of once, as the newest payment does', async () => {
    const [older, newer] = [newId(), newId()];
    await byPayer('ana', 'Ana Lima', { id: newer });
    await byPayer('ana', 'Ana Souza', { id: older, createdAt: '2026-06-11T08:00:00.000Z' });
    const reply = await get('/customers');
    expect(reply.json.data).toMatchObject([
      { name: 'Ana Lima', created_at: '2026-06-11T08:00:00.000Z', payments: { count: 2 } },
    ]);
  });

  it('are led through by a cursor, also where many have the same time', async () => {
    for (const name of ['A', 'B', 'C', 'D', 'E']) await write(name, { minute: name === 'E' ? 9 : 0 });
    await byPayer('f', 'F');
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const reply = await get(`/customers?limit=2${next === '' ? '' : `&after=${encodeURIComponent(next)}`}`);
      seen.push(...names(reply));
      ({ next } = reply.json);
    }
    expect(seen).toEqual(['E', 'F', 'D', 'C', 'B', 'A']);
  });

  it.each([
    ['the beginning of a name in any case', 'rAHi'],
    ['a phone number without its country code', '01712-345678'],
    ['an e-mail address', 'Rahim@example.com'],
    ['a number', '1'],
  ])('are found by %s, and so are their payments', async (_, text) => {
    const { id } = await write('Rahim');
    const own = await pay({ customerId: String(id) });
    await byPayer('other', 'Bruno', { payer: null });
    expect(names(await get(`/customers?q=${encodeURIComponent(text)}`))).toEqual(['Rahim']);
    expect(ids(await get(`/payments?q=${encodeURIComponent(text)}`))).toEqual([own]);
  });

  it('have no wildcards in their names', async () => {
    await write('Rahim');
    expect(names(await get('/customers?q=%25'))).toEqual([]);
    expect(names(await get('/customers?q=_ahim'))).toEqual([]);
  });

  it('have their own payments, though the other contract calls somebody else by the same word', async () => {
    await write('Rahim');
    const rahims = await pay({ customerId: '1' });
    const anas = await byPayer('1', 'Ana');
    const [ana] = (await get('/customers?q=ana')).json.data;
    expect(ids(await get('/payments?customer=1'))).toEqual([rahims]);
    expect(ids(await get(`/payments?customer=${ana.id}`))).toEqual([anas]);
    expect((await get(`/payments?customer=${ana.id}`)).json.totals).toMatchObject({ count: 1, is_exact: true });
    expect(ids(await get('/payments?customer=1&status=completed'))).toEqual([]);
    expect(ids(await get('/payments?q=ana'))).toEqual([anas]);
  });

  it('are nobody to another merchant and in the other mode', async () => {
    await write('Rahim');
    await byPayer('ana', 'Ana');
    const [rahim, ana] = ids(await get('/customers'));
    const other = await panel.openShop();
    for (const key of [shop.test, other.live]) {
      expect((await get('/customers', key)).json.data).toEqual([]);
      expect((await get('/customers?q=a', key)).json.data).toEqual([]);
      for (const id of [rahim, ana]) {
        expectProblem(await get(`/customers/${id}`, key), 404, 'not-found');
        expectProblem(await get(`/payments?customer=${id}`, key), 422, 'validation-error');
      }
    }
  });

  it.each(['/customers?after=x', '/customers?limit=0', `/customers?q=${'x'.repeat(101)}`])('refuses %s', async (path) =>
    expectProblem(await get(path), 422, 'validation-error'),
  );
});
