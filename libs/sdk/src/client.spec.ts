import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Paymatch } from './client.js';
import {
  ConflictError,
  ConnectionError,
  NotFoundError,
  RateLimitError,
  TimeoutError,
  ValidationError,
} from './errors.js';

const root = path.resolve(__dirname, '../../..');

interface Sent {
  readonly url: string;
  readonly init: RequestInit & { readonly headers: Readonly<Record<string, string>> };
}

/** Answers in turn; the last one for ever. */
function clientOf(...answers: readonly (Response | Error)[]): { readonly client: Paymatch; readonly sent: Sent[] } {
  const sent: Sent[] = [];
  const fetch = (url: string, init: RequestInit): Promise<Response> => {
    const answer = answers[Math.min(sent.length, answers.length - 1)]!;
    sent.push({ url, init } as Sent);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer.clone());
  };
  const options = { apiKey: 'fk_test_x', baseUrl: 'https://pay.example.com/', fetch: fetch as typeof globalThis.fetch };
  return { client: new Paymatch(options), sent };
}

const refusal = (status: number, code: string, headers: Record<string, string> = {}, errors?: object): Response =>
  new Response(
    JSON.stringify({ error: { type: code, payment_id: 'p1' }, message: 'no', code, ...(errors && { errors }) }),
    {
      status,
      headers: { 'x-request-id': 'r1', ...headers },
    },
  );
const payment = (): Response => new Response('{"data":{"id":"p1","object":"payment"}}', { status: 201 });

beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] }));
afterEach(() => jest.useRealTimers());

/** What a call comes to, its pauses passed over. */
async function settled<Result>(call: Promise<Result>): Promise<Result> {
  call.catch(() => undefined);
  for (let pause = 0; pause < 20; pause += 1) await jest.advanceTimersByTimeAsync(5_000);
  return call;
}

describe('the types', () => {
  it('are what the OpenAPI document says; otherwise `node scripts/sdk-types.mjs` writes them anew', () => {
    const written = readFileSync(path.join(root, 'libs/sdk/src/api-types.ts'), 'utf8');
    const printed = execFileSync(process.execPath, [path.join(root, 'scripts/sdk-types.mjs'), '--print'], {
      encoding: 'utf8',
    });
    expect(written).toBe(printed);
  });
});

describe('a call', () => {
  it('goes to the gateway with the key, and a POST with an idempotency key', async () => {
    const { client, sent } = clientOf(payment());
    await client.payments.create({ amount: 500 });
    expect(sent[0]!.url).toBe('https://pay.example.com/api/v1/payments');
    expect(sent[0]!.init.headers).toMatchObject({
      authorization: 'Bearer fk_test_x',
      'idempotency-key': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it.each([
    ['no connection', new TypeError('fetch failed')],
    ['429', refusal(429, 'rate_limited', { 'retry-after': '2' })],
    ['503', refusal(503, 'service_unavailable', { 'retry-after': '1' })],
    ['a request still running', refusal(409, 'idempotency_conflict', { 'retry-after': '1' })],
    ['a proxy’s page', new Response('<h1>502</h1>', { status: 502 })],
  ])('is tried again under the same idempotency key after %s', async (_, first) => {
    const { client, sent } = clientOf(first, payment());
    expect(await settled(client.payments.create({ amount: 500 }))).toMatchObject({ id: 'p1' });
    expect(sent).toHaveLength(2);
    expect(sent[1]!.init.headers['idempotency-key']).toBe(sent[0]!.init.headers['idempotency-key']);
  });

  it('waits as long as Retry-After says', async () => {
    const { client, sent } = clientOf(refusal(429, 'rate_limited', { 'retry-after': '30' }), payment());
    const call = client.payments.create({ amount: 500 });
    await jest.advanceTimersByTimeAsync(29_999);
    expect(sent).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(await call).toMatchObject({ id: 'p1' });
  });

  it('is told at once when the wait would be longer than a minute', async () => {
    const { client, sent } = clientOf(refusal(429, 'rate_limited', { 'retry-after': '61' }));
    await expect(client.payments.get('p1')).rejects.toMatchObject({ name: 'RateLimitError', retryAfterSeconds: 61 });
    expect(sent).toHaveLength(1);
  });

  it.each([
    [refusal(409, 'duplicate_invoice_number'), ConflictError],
    [refusal(404, 'not_found'), NotFoundError],
    [refusal(422, 'validation_error', {}, { amount: ['more'] }), ValidationError],
  ])('is not tried again when the answer would be the same', async (answer, kind) => {
    const { client, sent } = clientOf(answer);
    await expect(client.payments.get('p1')).rejects.toThrow(kind);
    expect(sent).toHaveLength(1);
  });

  it('tells what the gateway said', async () => {
    const { client } = clientOf(refusal(422, 'validation_error', {}, { amount: ['more'] }));
    await expect(client.payments.create({ amount: 0 })).rejects.toMatchObject({
      status: 422,
      code: 'validation_error',
      errors: { amount: ['more'] },
      paymentId: 'p1',
      requestId: 'r1',
    });
  });

  it('gives up after its tries', async () => {
    const { client, sent } = clientOf(new TypeError('fetch failed'));
    await expect(settled(client.payments.get('p1'))).rejects.toThrow(ConnectionError);
    expect(sent).toHaveLength(4);
    const limited = clientOf(refusal(429, 'rate_limited'));
    await expect(settled(limited.client.payments.get('p1'))).rejects.toThrow(RateLimitError);
  });

  it('ends at once when its caller says so, also while it waits', async () => {
    const { client, sent } = clientOf(refusal(503, 'service_unavailable', { 'retry-after': '30' }));
    const caller = new AbortController();
    const call = client.payments.get('p1', { signal: caller.signal });
    const ended = expect(call).rejects.toThrow('enough');
    await jest.advanceTimersByTimeAsync(10);
    caller.abort(new Error('enough'));
    await ended;
    expect(sent).toHaveLength(1);
  });

  it('does not wait for ever for an answer', async () => {
    jest.useRealTimers();
    const fetch = (_: string, { signal }: RequestInit): Promise<Response> =>
      new Promise((_resolve, reject) => signal!.addEventListener('abort', () => reject(signal!.reason as Error)));
    const options = { apiKey: 'fk_test_x', baseUrl: 'https://pay.example.com', retriesMax: 0, timeoutMs: 5 };
    const client = new Paymatch({ ...options, fetch: fetch as typeof globalThis.fetch });
    await expect(client.payments.get('p1')).rejects.toThrow(TimeoutError);
  });
});

describe('a list', () => {
  const page = (ids: readonly number[], current: number): Response =>
    new Response(JSON.stringify({ data: ids.map((id) => ({ id })), meta: { current_page: current, last_page: 2 } }));

  it('is walked page after page, and nothing twice that was pushed on meanwhile', async () => {
    const { client, sent } = clientOf(page([5, 4], 1), page([4, 3], 2));
    const ids: number[] = [];
    for await (const { id } of client.customers.iterate({ per_page: 2 })) ids.push(id);
    expect(ids).toEqual([5, 4, 3]);
    expect(sent.map(({ url }) => new URL(url).search)).toEqual(['?per_page=2&page=1', '?per_page=2&page=2']);
  });

  it('of events goes on after the last one', async () => {
    const events = (ids: readonly string[], hasMore: boolean): Response =>
      new Response(
        JSON.stringify({
          data: ids.map((id) => ({ id })),
          meta: { has_more: hasMore, next_after: ids.at(-1), limit: 2 },
        }),
      );
    const { client, sent } = clientOf(events(['a', 'b'], true), events(['c'], false));
    const ids: string[] = [];
    for await (const { id } of client.events.iterate()) ids.push(id);
    expect(ids).toEqual(['a', 'b', 'c']);
    expect(new URL(sent[1]!.url).search).toBe('?limit=100&after=b');
  });
});
