import { expectProblem, PanelClient, type CallOptions, type Reply } from '../testing/panel.client.js';
import { AnsweringBus, panelClock, startPanel, type PanelShop } from '../testing/panel.harness.js';

let panel: Awaited<ReturnType<typeof startPanel>>;
let shop: PanelShop;

beforeAll(async () => {
  panel = await startPanel(new AnsweringBus());
});
beforeEach(async () => {
  shop = await panel.openShop();
});
afterAll(() => panel.stop());

const call = (method: string, path = '', options: CallOptions = {}): Promise<Reply> =>
  new PanelClient(panel.url, shop.live).call(method, `/payment-links${path}`, options);
const texts = { en: { title: 'Winter course' } };
const create = async (body: object = {}, options: CallOptions = {}): Promise<Reply['json']> =>
  (await call('POST', '', { body: { amount: '500.00', texts, ...body }, ...options })).json.data;

describe('a payment link', () => {
  it('is made with a price and a title, and gets the rest', async () => {
    const reply = await call('POST', '', { body: { amount: '500', texts } });
    expect(reply.status).toBe(201);
    expect(reply.json.data).toMatchObject({
      livemode: true,
      slug: expect.stringMatching(/^[2-9a-z]{12}$/),
      url: `https://pay.example.com/l/${reply.json.data.slug}`,
      status: 'active',
      state: 'open',
      amount: '500.00',
      amount_min: null,
      amount_max: null,
      payments_max: null,
      payments_taken: null,
      texts: { en: { title: 'Winter course', description: null, button: null, thank_you: null } },
      default_language: 'en',
      asks_name: 'no',
      asks_phone: 'no',
      success_url: null,
    });
    expect((await call('GET', `/${reply.json.data.id}`)).json).toEqual(reply.json);
  });

  it('keeps what a change does not name', async () => {
    const { id } = await create({ payments_max: 3, slug: `course-${Date.now()}` });
    const changes = { amount: null, amount_max: '900.00', status: 'disabled', expires_at: '2026-06-12T14:30:00+06:00' };
    const { json } = await call('PATCH', `/${id}`, { body: changes });
    expect(json.data).toMatchObject({
      amount: null,
      amount_min: '1.00',
      amount_max: '900.00',
      payments_max: 3,
      payments_taken: 0,
      state: 'disabled',
      expires_at: '2026-06-12T08:30:00.000Z',
      texts: { en: { title: 'Winter course' } },
    });
    const open = { status: 'active', payments_max: null };
    expect((await call('PATCH', `/${id}`, { body: open })).json.data).toMatchObject({
      state: 'expired',
      amount_max: '900.00',
      payments_taken: null,
    });
  });

  it.each([
    [{ amount: '500.00', amount_min: '1.00' }, 'amount'],
    [{ amount: undefined, amount_min: '10.00', amount_max: '9.99' }, 'amount_max'],
    [{ default_language: 'bn' }, 'texts'],
    [{ success_url: 'http://shop.example/thanks' }, 'success_url'],
    [{ slug: 'Winter Course' }, 'slug'],
    [{ amount: '0.00' }, 'amount'],
  ])('is refused with %j', async (body, field) => {
    const reply = await call('POST', '', { body: { amount: '500.00', texts, ...body } });
    expectProblem(reply, 422, 'validation-error');
    expect(reply.json.errors[0].pointer).toBe(`/${field}`);
  });

  it('leads afterwards to the return addresses of the merchant alone, once there are some', async () => {
    const made = await create({ success_url: 'https://shop.example/thanks' });
    const own = await panel.openShop();
    const said = { return_addresses: ['https://shop.example'] };
    await new PanelClient(panel.url, own.live).call('PATCH', '/merchant', { body: said });
    // A key's merchant is known for a second.
    panelClock.ms += 5_000;
    const send = (success_url: string): Promise<Reply> =>
      call('POST', '', { key: own.live, body: { amount: '500.00', texts, success_url } });
    const refused = await send('https://evil.example/thanks');
    expectProblem(refused, 422, 'validation-error');
    expect(refused.json.errors[0].pointer).toBe('/success_url');
    const { id } = (await send('https://shop.example/thanks')).json.data;
    const elsewhere = { success_url: 'https://evil.example/' };
    expectProblem(await call('PATCH', `/${id}`, { key: own.live, body: elsewhere }), 422, 'validation-error');
    expect((await call('PATCH', `/${made.id}`, { body: elsewhere })).status).toBe(200);
  });

  it('has an address of its own, also among other merchants, and after it was removed', async () => {
    const slug = `mine-${Date.now()}`;
    const { id } = await create({ slug });
    const stranger = await panel.openShop();
    const taken = (): Promise<Reply> => call('POST', '', { key: stranger.live, body: { amount: '1.00', texts, slug } });
    expectProblem(await taken(), 422, 'validation-error');
    expect((await call('DELETE', `/${id}`)).status).toBe(200);
    expectProblem(await call('GET', `/${id}`), 404, 'not-found');
    expectProblem(await taken(), 422, 'validation-error');
  });

  it('is made once for each Idempotency-Key', async () => {
    const options = { headers: { 'idempotency-key': 'one' } };
    const [first, second] = [await create({}, options), await create({}, options)];
    expect(second.id).toBe(first.id);
  });
});

describe('the list of payment links', () => {
  it('goes on from where a page ended, newest first', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) ids.unshift((await create()).id as string);
    await call('PATCH', `/${ids[1]}`, { body: { status: 'disabled' } });
    const first = (await call('GET', '?limit=3')).json;
    const second = (await call('GET', `?limit=3&after=${first.next}`)).json;
    expect([...first.data, ...second.data].map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(second.next).toBeNull();
    expect((await call('GET', '?status=disabled')).json.data.map(({ id }: { id: string }) => id)).toEqual([ids[1]]);
  });
});

describe('a key', () => {
  it("finds nothing of the other mode's, nor of another merchant's", async () => {
    const { id } = await create();
    const stranger = await panel.openShop();
    for (const key of [shop.test, stranger.live]) {
      expect((await call('GET', '', { key })).json.data).toEqual([]);
      expectProblem(await call('GET', `/${id}`, { key }), 404, 'not-found');
      expectProblem(await call('PATCH', `/${id}`, { key, body: { status: 'disabled' } }), 404, 'not-found');
      expectProblem(await call('DELETE', `/${id}`, { key }), 404, 'not-found');
    }
    expect((await call('GET', `/${id}`)).json.data.status).toBe('active');
  });

  it('needs the abilities of payments, and not that of the account', async () => {
    const { id } = await create({}, { key: shop.weak });
    expect((await call('GET', `/${id}`, { key: shop.weak })).status).toBe(200);
  });
});
