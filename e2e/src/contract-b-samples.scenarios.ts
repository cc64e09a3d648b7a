import { ContractBClient, isGenuineCallback, order, ulidOf, type Json } from './contract-b.client.js';
import { expectError, UUID } from './contract-b.expectations.js';
import type { Subject } from './one-payment.scenarios.js';
import { asInSample, readSamples } from './sample.js';

const samples = readSamples('smartfastpay');
const [newer, older] = samples.payments.data as [Json, Json];
let client: ContractBClient;

/**
 * Sent and compared letter by letter, in the sandbox as the documentation has it, which must hold nothing else yet: a
 * list without parameters shows the two payments of the sample and no other.
 */
export function describeContractBSamples(subject: () => Subject): void {
  describe("the samples of SmartFastPay's documentation", () => {
    let ids: readonly string[];
    beforeAll(async () => {
      client = await ContractBClient.open(subject().demo, 'sandbox');
      expect((await client.get('/payments')).body).toMatchObject({ data: [], total: 0, to: null });
      const made: string[] = [];
      for (const row of [newer, older].toReversed())
        made.unshift((await client.post('/payment', orderOf(row))).body.data.id as string);
      ids = made;
    });
    const listed = async (query: string): Promise<Json> => (await client.get(`/payments?${query}`)).body;
    const idsOf = (body: Json): readonly string[] => (body.data as Json[]).map((row) => row.id as string);

    it('GET /payment/{id}, field by field', async () => {
      const reply = await client.get(`/payment/${ids[0]}`);
      expect([reply.status, reply.body]).toEqual([200, asInSample(samples.payment)]);
      expect(Object.keys(reply.body.data as object)).toEqual(Object.keys(samples.payment.data as object));
      expect(reply.body.data.id).toBe(ids[0]);
      expect(Math.abs(Date.parse(reply.body.data.created_at as string) - Date.now())).toBeLessThan(600_000);
    });

    it('GET /payments without parameters, field by field', async () => {
      const reply = await client.get(samples.queries.none as string);
      const rows = (samples.payments.data as Json[]).map((row) => ({ ...row, payment_method: row.method }));
      expect([reply.status, reply.body]).toEqual([200, asInSample({ ...samples.payments, data: rows })]);
      expect(idsOf(reply.body)).toEqual(ids);
    });

    it('GET /payments?limit=1&order=id,desc', async () => {
      const { status, body } = await client.get(samples.queries.sample as string);
      const { current_page, last_page, per_page, to, total } = body;
      expect([status, idsOf(body), { current_page, last_page, per_page, to, total }]).toEqual([
        200,
        [ids[0]],
        { current_page: 1, last_page: 2, per_page: 1, to: 1, total: 2 },
      ]);
    });

    it('GET /payments with each parameter as the documentation writes it', async () => {
      const [first, second, descending, ascending, from, until, customer, transactions] = await Promise.all(
        (samples.queries.documented as string[]).map(listed),
      );
      expect([first, second, descending, ascending, from, until, customer, transactions].map(idsOf)).toEqual([
        ids,
        [],
        ids,
        ids.toReversed(),
        ids,
        [],
        [ids[0]],
        [],
      ]);
      expect([second.to, second.total]).toEqual([null, 2]);
      const both = `transaction_id=${newer.transaction_id}, ${older.transaction_id}`;
      expect(idsOf(await listed(both))).toEqual(ids);
    });

    it('GET /transaction/{id} and /transactions show the same payments as transactions', async () => {
      const shown = { ...asInSample(samples.payment.data), type: 'payment', payment_status: 'pending' };
      expect((await client.get(`/transaction/${ids[0]}`)).body).toEqual({
        requestId: expect.stringMatching(UUID),
        data: shown,
      });
      expect((await client.get('/transactions?type=payment')).body.data[0]).toEqual({
        ...shown,
        payment_method: 'bank_transfer',
      });
      expect((await client.get('/transactions?type=payout')).body).toMatchObject({ data: [], total: 0 });
    });

    it('an unknown id and one that is none are 404 alike; capitals name the same payment', async () => {
      for (const id of ['4a79f3b4-8d55-428b-a560-984fedd6f78a', 'x', '%00', ulidOf(ids[0]!)]) {
        expectError(await client.get(`/payment/${id}`), 404);
        expectError(await client.get(`/transaction/${id}`), 404);
      }
      expect((await client.get(`/payment/${ids[0]!.toUpperCase()}`)).body).toEqual(asInSample(samples.payment));
    });

    it('GET /webhook/secret and /balance', async () => {
      expect((await client.get('/webhook/secret')).body).toEqual({
        requestId: expect.stringMatching(UUID),
        data: { secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{32}$/) },
      });
      for (const currency of ['BRL', 'USD'])
        expect((await client.get(`/balance?currency=${currency}`)).body.data).toEqual([
          { currency, balance: expect.any(Number) },
        ]);
      expect((await client.get('/balance')).status).toBe(200);
      expectError(await client.get('/balance?currency=EUR'), 422, 'currency');
    });

    it('what the contract has and is not served is 404 in its own words', async () => {
      for (const path of ['/boleto', '/picpay', '/payout', '/payout/1']) expectError(await client.get(path), 404);
    });

    it("the callback's vector is what this suite takes for genuine", () => {
      const headers = {
        'smartfastpay-signature': 't=1681235417000,v1=b9ffafcd16416bd11e36f877c2d7ccc71633d174f8245abc49fc2aef7e6633c8',
      };
      const isGenuine = (raw: string): boolean => isGenuineCallback({ headers, raw }, 'my-secret', 1_681_235_417_000);
      expect(isGenuine('{"callback":true,"value":"value-field"}')).toBe(true);
      expect(isGenuine('{"callback":true,"value":"value-field" }')).toBe(false);
    });
  });
}

/** The order whose payment a row of the sample shows. */
function orderOf({ customer_id, transaction_id, amount, currency, method }: Json): Json {
  return order({ customer_id, amount, currency, payment_method: method, transaction: { id: transaction_id } });
}
