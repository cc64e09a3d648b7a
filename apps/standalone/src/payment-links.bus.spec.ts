import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { abilities, API_KEYS, MERCHANTS, type ApiKeys, type Merchants } from '@paymatch/gateway-access';
import { eventually } from '@paymatch/platform-testing';
import { startWholeGateway, type WholeGateway } from './testing/whole-gateway.js';

type Json = any; // eslint-disable-line @typescript-eslint/no-explicit-any
type Fields = Readonly<Record<string, string>>;

interface Shop {
  readonly merchantId: string;
  readonly test: string;
  readonly live: string;
}

let gateway: WholeGateway;
let shop: Shop;

beforeAll(async () => {
  gateway = await startWholeGateway({ env: { PAYMATCH_LINK_ORDERS_PER_ADDRESS_MAX: '1000' } });
  shop = await openShop();
}, 120_000);
afterAll(() => gateway?.stop());

async function openShop(): Promise<Shop> {
  const { service } = gateway;
  const { id: merchantId } = await service.get<Merchants>(MERCHANTS).create({ name: 'Dhaka Books' });
  const issue = async (livemode: boolean): Promise<string> =>
    (await service.get<ApiKeys>(API_KEYS).issue({ merchantId, livemode, abilities, rateLimitPerMinute: 100_000 })).key;
  return { merchantId, test: await issue(false), live: await issue(true) };
}

async function call(key: string, path: string, body?: object, method = 'POST'): Promise<Json> {
  const response = await fetch(`${gateway.url}${path}`, {
    method: body === undefined ? 'GET' : method,
    headers: { authorization: `Bearer ${key}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return ((await response.json()) as Json).data;
}

/** What the guide sends. */
function guideBodies(): readonly Json[] {
  const guide = readFileSync(join(__dirname, '../../../docs/how-to/sell-by-link.md'), 'utf8');
  return [...guide.matchAll(/ -d '(\{.*\})'$/gm)].map(([, body]) => JSON.parse(body!) as Json);
}

const newLink = (settings: object = {}, key = shop.test): Promise<Json> =>
  call(key, '/api/panel/v1/payment-links', { amount: '500.00', texts: { en: { title: 'Course' } }, ...settings });
const get = (path: string): Promise<Response> => fetch(`${gateway.url}${path}`, { redirect: 'manual' });
const post = (path: string, fields: Fields, headers: Fields = { 'sec-fetch-site': 'same-origin' }): Promise<Response> =>
  fetch(`${gateway.url}${path}`, { method: 'POST', body: new URLSearchParams(fields), headers, redirect: 'manual' });

/** The hidden fields of the form, as a browser sends them back. */
async function formOf(path: string): Promise<Fields> {
  const page = await (await get(path)).text();
  return Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(([, name, value]) => [
      name!,
      value!,
    ]),
  );
}

const paymentIn = (answer: Response): string =>
  /\/pay\/([0-9a-z]{26})$/.exec(answer.headers.get('location') ?? '')?.[1] ?? `none: ${answer.status}`;
const payment = (id: string, key = shop.test): Promise<Json> => call(key, `/api/v1/payments/${id}`);

describe('a payment link', () => {
  it('leads from the page to the payment and to the shop’s thanks, without a script', async () => {
    const wallet = { provider: 'bkash', number: '01712345678', account_type: 'personal' };
    const { id: walletId } = await call(shop.test, '/api/panel/v1/wallets', wallet);
    const texts = {
      en: { title: 'Winter course', description: 'Ten evenings.\nBring a pen.', button: 'Join', thank_you: 'See you!' },
      bn: { title: 'শীতকালীন কোর্স' },
    };
    const link = await newLink({ texts, asks_name: 'required', asks_phone: 'optional' });
    const path = `/l/${link.slug}`;
    const page = await get(path);
    const shown = await page.text();
    expect(page.status).toBe(200);
    for (const word of ['Dhaka Books', 'Winter course', 'Ten evenings.', 'Bring a pen.', '>Join<', '500', 'TEST'])
      expect(shown).toContain(word);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(await (await get(`${path}?lang=bn`)).text()).toContain('শীতকালীন কোর্স');

    const form = await formOf(path);
    expect((await post(path, { ...form, name: ' ' })).status).toBe(422);
    const ordered = await post(path, { ...form, name: 'Rahim <b>', phone: '০১৭১২-৩৪৫৬৭৮' });
    const id = paymentIn(ordered);
    expect(ordered.status).toBe(303);
    expect(await payment(id)).toMatchObject({
      source: 'payment_link',
      livemode: false,
      amount: '500.00',
      status: 'pending',
      metadata: { payment_link: link.slug, customer_name: 'Rahim <b>', customer_phone: '01712345678' },
      success_url: expect.stringContaining(`${path}/thanks`),
      cancel_url: expect.stringContaining(path),
    });
    const thanks = `${path}/thanks?payment_id=${id}`;
    expect((await get(thanks)).headers.get('location')).toBe(`/pay/${id}`);
    await post(`/pay/${id}/trx`, { wallet_id: walletId, trx_id: 'TESTPAID01' });
    await eventually(async () => (await payment(id)).status === 'completed', { timeoutMs: 30_000 });
    const end = await get(thanks);
    expect([end.status, (await end.text()).includes('See you!')]).toEqual([200, true]);
    expect((await get(`${path}/thanks`)).headers.get('location')).toBe(path);
    const other = await newLink();
    expect((await get(`/l/${other.slug}/thanks?payment_id=${id}`)).headers.get('location')).toBe(`/l/${other.slug}`);
  });

  it('is made as the guide makes it, and can be opened', async () => {
    const bodies = guideBodies();
    expect(bodies).toHaveLength(2);
    for (const body of bodies) {
      const { url, texts } = await call(shop.test, '/api/panel/v1/payment-links', body);
      expect(await (await fetch(url as string)).text()).toContain(texts.en.title);
    }
  });

  it('makes one payment of a form that is sent twice at once, and another of one that is filled in anew', async () => {
    const { slug } = await newLink({ amount: undefined, amount_min: '10.00', amount_max: '900.00' });
    const form = await formOf(`/l/${slug}`);
    const sent = await Promise.all([1, 2, 3].map(() => post(`/l/${slug}`, { ...form, amount: '450.5' })));
    const ids = new Set(sent.map(paymentIn));
    expect(ids.size).toBe(1);
    expect((await payment([...ids][0]!)).amount).toBe('450.50');
    expect(ids.has(paymentIn(await post(`/l/${slug}`, { ...form, amount: '451' })))).toBe(false);
    expect(ids.has(paymentIn(await post(`/l/${slug}`, { ...(await formOf(`/l/${slug}`)), amount: '450.5' })))).toBe(
      false,
    );
  });

  it.each(['9.99', '900.01', '0', '-10', '1e2', '', 'NaN'])('takes no amount out of its bounds: %j', async (amount) => {
    const { slug } = await newLink({ amount: undefined, amount_min: '10.00', amount_max: '900.00' });
    const answer = await post(`/l/${slug}`, { ...(await formOf(`/l/${slug}`)), amount });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('৳10.00');
  });

  it('takes its price, whatever the form says', async () => {
    const { slug } = await newLink();
    const answer = await post(`/l/${slug}`, { ...(await formOf(`/l/${slug}`)), amount: '1.00' });
    expect((await payment(paymentIn(answer))).amount).toBe('500.00');
  });

  it('gives out as many places as it has to those who come at once, and again what was not paid', async () => {
    const link = await newLink({ payments_max: 3 });
    const path = `/l/${link.slug}`;
    const forms = await Promise.all(Array.from({ length: 10 }, () => formOf(path)));
    const answers = await Promise.all(forms.map((form) => post(path, form)));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 303, 303, ...Array<number>(7).fill(409)]);
    expect((await get(path)).status).toBe(409);
    const shown = (): Promise<Json> => call(shop.test, `/api/panel/v1/payment-links/${link.id}`);
    expect(await shown()).toMatchObject({ state: 'sold_out', payments_taken: 3 });
    const id = paymentIn(answers.find(({ status }) => status === 303)!);
    await call(shop.test, `/api/v1/test/payments/${id}/expire`, {});
    expect(await shown()).toMatchObject({ state: 'open', payments_taken: 2 });
    expect((await post(path, await formOf(path))).status).toBe(303);
    expect((await post(path, forms[0]!)).status).not.toBe(500);
    expect((await shown()).payments_taken).toBe(3);
  });

  it.each([
    [{ status: 'disabled' }, 410],
    [{ expires_at: '2026-01-01T00:00:00Z' }, 410],
  ])('is closed when it is %j, also to a form that was open', async (change, status) => {
    const link = await newLink();
    const path = `/l/${link.slug}`;
    const form = await formOf(path);
    await call(shop.test, `/api/panel/v1/payment-links/${link.id}`, change, 'PATCH');
    expect((await get(path)).status).toBe(status);
    expect((await post(path, form)).status).toBe(status);
  });

  it('is not found under an address that nobody has', async () => {
    expect((await get('/l/nobody-has-this')).status).toBe(404);
    expect((await post('/l/nobody-has-this', {})).status).toBe(404);
    expect((await get('/l/%2e%2e%00')).status).toBeLessThan(500);
  });

  it('takes no form from another site, and on plain http only with the token of its own page', async () => {
    const { slug } = await newLink();
    const page = await get(`/l/${slug}`);
    const cookie = page.headers.getSetCookie().find((each) => each.startsWith('pm_form='))!;
    expect(cookie).toContain('Path=/l;');
    const form = { form_token: /^pm_form=([^;]+)/.exec(cookie)![1]!, order: 'A'.repeat(22) };
    expect((await post(`/l/${slug}`, form, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await post(`/l/${slug}`, form, {})).status).toBe(403);
    expect((await post(`/l/${slug}`, form, { cookie: cookie.split(';')[0]! })).status).toBe(303);
  });

  it('makes live payments by live links alone, and for its own merchant', async () => {
    const [theirs, live] = [await openShop(), await newLink({}, shop.live)];
    const id = paymentIn(await post(`/l/${live.slug}`, await formOf(`/l/${live.slug}`)));
    expect((await payment(id, shop.live)).livemode).toBe(true);
    for (const key of [shop.test, theirs.live, theirs.test]) expect(await payment(id, key)).toBeUndefined();
    expect(await (await get(`/l/${live.slug}`)).text()).not.toContain('TEST');
  });

  it('adds the merchant’s charge as every payment does', async () => {
    const charging = await openShop();
    const charge = { gateway_charge: { type: 'percent', value: '2.00' } };
    await call(charging.test, '/api/panel/v1/merchant', charge, 'PATCH');
    const { slug } = await newLink({}, charging.test);
    const id = paymentIn(await post(`/l/${slug}`, await formOf(`/l/${slug}`)));
    expect(await payment(id, charging.test)).toMatchObject({ amount: '500.00', amount_due: '510.00' });
  });
});
