import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ulidToUuid } from '@paymatch/contracts';
import { abilities, API_KEYS, MERCHANTS, type ApiKeys, type Merchants } from '@paymatch/gateway-access';
import { eventually } from '@paymatch/platform-testing';
import { startWholeGateway, type WholeGateway } from './testing/whole-gateway.js';

type Json = any; // eslint-disable-line @typescript-eslint/no-explicit-any
type Answer = { readonly status: number; readonly json: Json };
type Ask = { readonly method?: string; readonly path: string; readonly key: string; readonly body?: object };

interface Shop {
  readonly merchantId: string;
  readonly test: string;
  readonly live: string;
}

let gateway: WholeGateway;
let receiver: Server;
/** What was told, in order; each payment's first webhook is answered 500. */
const received: { readonly event: string; readonly paymentId: string }[] = [];

beforeAll(async () => {
  gateway = await startWholeGateway();
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { event, data } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Json;
      const isFirst = received.every(({ paymentId }) => paymentId !== data.id);
      received.push({ event, paymentId: data.id });
      response.writeHead(isFirst ? 500 : 200).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
}, 120_000);
afterAll(async () => {
  receiver?.close();
  await gateway?.stop();
});

async function openShop(): Promise<Shop> {
  const { service } = gateway;
  const { id: merchantId } = await service.get<Merchants>(MERCHANTS).create({ name: 'Shop' });
  const issue = async (livemode: boolean): Promise<string> =>
    (await service.get<ApiKeys>(API_KEYS).issue({ merchantId, livemode, abilities, rateLimitPerMinute: 100_000 })).key;
  return { merchantId, test: await issue(false), live: await issue(true) };
}

async function call({ method, path, key, body }: Ask): Promise<Answer> {
  const response = await fetch(`${gateway.url}${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { authorization: `Bearer ${key}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, json: await response.json() };
}

const create = async (key: string): Promise<Json> =>
  (await call({ path: '/api/v1/payments', key, body: { amount: 500 } })).json.data;
const payment = async (key: string, id: string): Promise<Json> =>
  (await call({ path: `/api/v1/payments/${id}`, key })).json.data;
const advance = (key: string, body: object): Promise<Answer> => call({ path: '/api/v1/test/clock', key, body });
const shownBy = (clock: Json): number => Date.parse(clock.now) - clock.advanced_seconds * 1_000;

describe('the test clock', () => {
  it('ends what would have ended, for this merchant alone and in test mode alone, and whoever asks next sees it', async () => {
    const [mine, theirs] = [await openShop(), await openShop()];
    const [pending, live, foreign] = [await create(mine.test), await create(mine.live), await create(theirs.test)];
    expect((await advance(mine.test, { advance_seconds: 30 * 60 - 60 })).status).toBe(200);
    const nearer = await payment(mine.test, pending.id);
    expect(nearer.status).toBe('pending');
    expect(Date.parse(nearer.expires_at)).toBe(Date.parse(pending.expires_at) - (30 * 60 - 60) * 1_000);
    const later = await create(mine.test);

    const { json } = await advance(mine.test, { advance_seconds: 60 });
    expect(json.data).toMatchObject({ object: 'test_clock', advanced_seconds: 1_800 });
    expect((await payment(mine.test, pending.id)).status).toBe('expired');
    expect((await payment(mine.test, later.id)).status).toBe('pending');
    expect(await payment(mine.live, live.id)).toEqual(live);
    expect(await payment(theirs.test, foreign.id)).toEqual(foreign);
    expect((await call({ path: '/api/v1/test/clock', key: theirs.test })).json.data.advanced_seconds).toBe(0);
  });

  it('has webhooks tried again that were to wait', async () => {
    const shop = await openShop();
    const { port } = receiver.address() as AddressInfo;
    const endpoint = { url: `http://127.0.0.1:${port}/hook`, events: ['payment.created'] };
    await call({ path: '/api/panel/v1/webhook-endpoints', key: shop.test, body: endpoint });
    const { id } = await create(shop.test);
    const paths = `/api/panel/v1/webhook-deliveries?payment_id=${id}`;
    const waits = async (): Promise<boolean> => {
      const [delivery] = (await call({ path: paths, key: shop.test })).json.data as Json[];
      return delivery !== undefined && delivery.attempts.length === 1 && delivery.next_attempt_at !== null;
    };
    await eventually(waits, { timeoutMs: 30_000 });
    // More than the first retry's minute and its jitter.
    await advance(shop.test, { advance_seconds: 180 });
    await eventually(() => received.filter(({ paymentId }) => paymentId === id).length === 2, { timeoutMs: 30_000 });
  });

  it('makes a case of a TrxID that no message has told of', async () => {
    const shop = await openShop();
    const wallet = { provider: 'bkash', number: '01712345678', account_type: 'personal' };
    const { json } = await call({ path: '/api/panel/v1/wallets', key: shop.test, body: wallet });
    const { id } = await create(shop.test);
    await fetch(`${gateway.url}/pay/${id}/trx`, {
      method: 'POST',
      body: new URLSearchParams({ wallet_id: json.data.id, trx_id: 'DHE7XOID8Q' }),
      headers: { 'sec-fetch-site': 'same-origin' },
      redirect: 'manual',
    });
    await eventually(
      async () => {
        const { rows } = await gateway.test.database.query(
          'SELECT 1 FROM sms_matching.claims WHERE payment_id = $1 AND waits_until IS NOT NULL',
          [ulidToUuid(id as string)],
        );
        return rows.length === 1;
      },
      { timeoutMs: 30_000 },
    );
    await advance(shop.test, { advance_seconds: 3_600 });
    await eventually(async () => (await payment(shop.test, id)).review_reason === 'message_missing', {
      timeoutMs: 60_000,
    });
    expect((await payment(shop.test, id)).status).toBe('awaiting_verification');
  });

  it('goes to the same moment once, and never back', async () => {
    const shop = await openShop();
    const { id } = await create(shop.test);
    const to = new Date(Math.floor(Date.now() / 1_000) * 1_000 + 600_000).toISOString();
    const first = (await advance(shop.test, { advance_to: to })).json.data;
    const { expires_at: expiresAt } = await payment(shop.test, id);
    const again = (await advance(shop.test, { advance_to: to })).json.data;
    expect(again.advanced_seconds).toBe(first.advanced_seconds);
    expect(shownBy(again)).toBeGreaterThanOrEqual(shownBy(first));
    expect((await payment(shop.test, id)).expires_at).toBe(expiresAt);
    for (const body of [
      { advance_to: new Date(Date.now() - 60_000).toISOString() },
      { advance_seconds: -1 },
      { advance_seconds: 31_622_401 },
      { advance_seconds: 1, advance_to: to },
      {},
    ])
      expect([body, (await advance(shop.test, body)).status]).toEqual([body, 422]);
  });

  it('finishes a move that was cut off, and does nothing of it twice', async () => {
    const shop = await openShop();
    const { id } = await create(shop.test);
    await advance(shop.test, { advance_seconds: 600 });
    const { expires_at: expiresAt } = await payment(shop.test, id);
    // As a process leaves it that dies before anything was written down of what has followed.
    await gateway.test.database.query(
      'UPDATE gateway.test_clocks SET is_finished = false, after_payment = NULL WHERE merchant_id = $1',
      [shop.merchantId],
    );
    const clock = (await call({ path: '/api/v1/test/clock', key: shop.test })).json.data;
    expect(clock.advanced_seconds).toBe(600);
    expect((await payment(shop.test, id)).expires_at).toBe(expiresAt);
    const { rows } = await gateway.test.database.query<{ is_finished: boolean }>(
      'SELECT is_finished FROM gateway.test_clocks WHERE merchant_id = $1',
      [shop.merchantId],
    );
    expect(rows).toEqual([{ is_finished: true }]);
  });

  it('is moved once for each of several who ask at the same time', async () => {
    const shop = await openShop();
    const answers = await Promise.all([1, 2, 3].map(() => advance(shop.test, { advance_seconds: 100 })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const { json } = await call({ path: '/api/v1/test/clock', key: shop.test });
    expect(json.data.advanced_seconds).toBe(300);
  });

  it('is not for live keys', async () => {
    const shop = await openShop();
    const answers = [
      await advance(shop.live, { advance_seconds: 60 }),
      await call({ path: '/api/v1/test/clock', key: shop.live }),
    ];
    expect(answers.map(({ status, json }) => [status, json.code])).toEqual([
      [403, 'ability_denied'],
      [403, 'ability_denied'],
    ]);
  });
});
