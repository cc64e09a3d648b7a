import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Json } from './contract-b.client.js';
import type { Subject } from './one-payment.scenarios.js';
import { Shop, type Answer } from './shop.js';

let shop: Shop;

/** Each call of the reference with the ability it says the key needs; with an id that nothing has. */
const calls = [
  ...readFileSync(path.join(__dirname, '../../docs/reference/contract-a.md'), 'utf8').matchAll(
    /^\| `([A-Z]+) (\/api\/v1\/[^`]+)` \| `([a-z:]+)` \|/gm,
  ),
].map(([, method, route, needs]) => ({
  method: method!,
  path: route!
    .replace('{outcome}', 'complete')
    .replace('{id}', route!.includes('/customers') ? '999999' : '01k000000000000000000000a1'),
  needs: needs!,
}));

/** Contract A, Errors: one body that serves clients of both generations. */
function expectError(answer: Answer<Json>, status: number, type: string): void {
  const { body } = answer;
  const message = expect.stringMatching(/./);
  expect([answer.status, body]).toMatchObject([status, { error: { type, message }, message, code: type }]);
  expect(body.error.message).toBe(body.message);
  expect(body.errors).toEqual(body.error.errors);
  expect(answer.headers.get('x-request-id')).toBeTruthy();
}

const call = (
  method: string,
  address: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer<Json>> => shop.call<Json>(method, address, body, headers);

/** A key that may do less, of the test mode. */
async function lesserKey(fields: object): Promise<Shop> {
  const { status, body } = await call('POST', '/api/panel/v1/api-keys', fields);
  expect(status).toBe(201);
  return new Shop(shop.demo, body.data.key as string);
}

export function describeContractAErrors(subject: () => Subject): void {
  describe('a refusal', () => {
    beforeAll(() => {
      shop = new Shop(subject().demo, subject().demo.merchant.testKey);
    });

    it('of a missing, an invalid or an expired key is 401 authentication_error', async () => {
      const ended = await lesserKey({ expires_at: new Date(Date.now() + 1_500).toISOString() });
      for (const key of ['', 'fk_test_00000000000000000000000000000000'])
        expectError(await new Shop(shop.demo, key).call('GET', '/api/v1/payments'), 401, 'authentication_error');
      for (const deadlineMs = Date.now() + 30_000; ;) {
        const answer = await ended.call<Json>('GET', '/api/v1/payments');
        if (answer.status === 401 || Date.now() > deadlineMs) return expectError(answer, 401, 'authentication_error');
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    });

    it('of a key without the ability is 403 ability_denied', async () => {
      const reader = await lesserKey({ abilities: ['payments:read'] });
      expect((await reader.call('GET', '/api/v1/payments')).status).toBe(200);
      expectError(await reader.call('POST', '/api/v1/payments', { amount: 1 }), 403, 'ability_denied');
      const { id } = (await shop.create({ amount: 1 })).body.data;
      expectError(await reader.call('POST', `/api/v1/payments/${id}/refund`), 403, 'ability_denied');
      expectError(await reader.call('GET', '/api/v1/customers'), 403, 'ability_denied');
    });

    it('of a call is for every key but one with the ability that the reference names', async () => {
      expect(calls.length).toBeGreaterThan(10);
      for (const ability of new Set(calls.map(({ needs }) => needs))) {
        const key = await lesserKey({ abilities: [ability] });
        for (const { method, path: address, needs } of calls) {
          const { status } = await key.call(method, address, method === 'GET' ? undefined : {});
          expect([ability, method, address, status === 403]).toEqual([ability, method, address, needs !== ability]);
        }
      }
    });

    it("of a browser's origin that is not allowed is 403 domain_not_allowed", async () => {
      const origin = 'https://elsewhere.example';
      expectError(await call('GET', '/api/v1/payments', undefined, { origin }), 403, 'domain_not_allowed');
    });

    it('of an unknown payment, customer or address is 404 not_found', async () => {
      for (const address of ['payments/01k000000000000000000000a1', 'customers/999999', 'nothing'])
        expectError(await call('GET', `/api/v1/${address}`), 404, 'not_found');
    });

    it('of a method that is not served is 405, and says which are', async () => {
      const answer = await call('DELETE', '/api/v1/payments');
      expectError(answer, 405, 'method_not_allowed');
      expect(answer.headers.get('allow')!.split(', ')).toEqual(expect.arrayContaining(['GET', 'POST']));
    });

    it('of a bad field is 422 validation_error with what is wrong in each', async () => {
      const answer = await call('POST', '/api/v1/payments', { amount: '1.005', success_url: 'shop', currency: 'USD' });
      expectError(answer, 422, 'validation_error');
      const texts = [expect.any(String)];
      expect(answer.body.errors).toEqual({ amount: texts, success_url: texts, currency: texts });
    });

    it('of more requests than a key may make is 429 rate_limited, with Retry-After and the limits', async () => {
      const slow = await lesserKey({ rate_limit_per_minute: 1 });
      const list = (): Promise<Answer<Json>> => slow.call<Json>('GET', '/api/v1/payments');
      let answer = await list();
      expect(answer.status).toBe(200);
      // A minute may end between two of them.
      for (let more = 0; more < 5 && answer.status === 200; more += 1) answer = await list();
      expectError(answer, 429, 'rate_limited');
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(answer.headers.get('x-ratelimit-limit')).toBe('1');
      expect(answer.headers.get('x-ratelimit-remaining')).toBe('0');
    });

    it('of one Idempotency-Key with another body is 422; with the same it is the same answer', async () => {
      const headers = { 'idempotency-key': `key-${process.pid}-${Date.now()}` };
      const create = (amount: number): Promise<Answer<Json>> => call('POST', '/api/v1/payments', { amount }, headers);
      const first = await create(7);
      const again = await create(7);
      expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
      expectError(await create(8), 422, 'validation_error');
    });

    it('passes over what clients send beside the contract, and names it', async () => {
      const { status, headers, body } = await call('POST', '/api/v1/payments', {
        amount: 5,
        currency: 'BDT',
        invoice_id: '',
        success_url: '',
        phone: '017',
      });
      expect([status, headers.get('paymatch-ignored-fields'), body.data.invoice_id]).toEqual([201, 'phone', null]);
    });
  });
}
