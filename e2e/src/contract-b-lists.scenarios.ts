import { ContractBClient, order, unique, type Json } from './contract-b.client.js';
import { expectError } from './contract-b.expectations.js';
import type { Subject } from './one-payment.scenarios.js';

const COUNT = 23;
let client: ContractBClient;
/** As the API shows them, newest first. */
let rows: Json[];
let total: number;

const query = (parts: Readonly<Record<string, string>>): string => new URLSearchParams(parts).toString();
const list = async (text: string): Promise<Json> => {
  const { status, body } = await client.get(`/payments?${text}`);
  expect(status).toBe(200);
  return body;
};
const ids = (body: Json): string[] => (body.data as Json[]).map((row) => row.id as string);
const pageOf = (body: Json): unknown[] => [body.current_page, body.last_page, body.per_page, body.to, body.total];
const compare = (one: string | number, other: string | number): number => (one < other ? -1 : one > other ? 1 : 0);
/** Contract B: ties by id. */
const sorted = (by: (row: Json) => string | number): string[] =>
  rows
    .toSorted((one, other) => compare(by(one), by(other)) || compare(one.id as string, other.id as string))
    .map((row) => row.id as string);
const plusMicros = (time: string, micros: bigint): string => {
  const at = BigInt(Date.parse(`${time.slice(0, 23)}Z`)) * 1_000n + BigInt(time.slice(23, 26)) + micros;
  return `${new Date(Number(at / 1_000n)).toISOString().slice(0, 23)}${String(at % 1_000n).padStart(3, '0')}Z`;
};

/** Contract B's lists, on the sandbox's payments. */
export function describeContractBLists(subject: () => Subject): void {
  describe('the lists', () => {
    const customers = [unique(), unique()];
    const transactions = Array.from({ length: COUNT }, () => unique());

    beforeAll(async () => {
      client = await ContractBClient.open(subject().demo, 'sandbox');
      for (const [index, id] of transactions.entries()) {
        const parts = {
          customer_id: customers[index % 2],
          amount: `${100 + (index % 5)}.00`,
          payment_method: index % 3 === 0 ? 'bank_transfer' : 'pix',
          transaction: { id },
        };
        expect((await client.post('/payment', order(parts))).status).toBe(201);
      }
      const body = await list('limit=40');
      total = body.total as number;
      rows = body.data as Json[];
    });

    it('hold what was made, newest first', () => {
      expect(
        rows.filter((row) => transactions.includes(row.transaction_id as string)).map((row) => row.transaction_id),
      ).toEqual(transactions.toReversed());
      expect([rows.length, total]).toEqual([total, total]);
    });

    it('come in pages that hold every payment once, with the totals beside them', async () => {
      const last = Math.ceil(total / 5);
      const seen: string[] = [];
      for (let page = 1; page <= last; page += 1) {
        const body = await list(query({ limit: '5', page: String(page) }));
        expect(pageOf(body)).toEqual([page, last, 5, Math.min(page * 5, total), total]);
        seen.push(...ids(body));
      }
      expect(seen).toEqual(rows.map((row) => row.id as string));
      expect(pageOf(await list(''))).toEqual([1, Math.ceil(total / 10), 10, 10, total]);
    });

    it.each(['past', '9999999'])('end: a page %s the end is empty, and `to` is null', async (page) => {
      const asked = page === 'past' ? Math.ceil(total / 10) + 1 : Number(page);
      const body = await list(query({ page: String(asked) }));
      expect([body.data, ...pageOf(body)]).toEqual([[], asked, Math.ceil(total / 10), 10, null, total]);
    });

    it.each<[string, (row: Json) => string | number]>([
      ['id', (row) => row.id as string],
      ['amount', (row) => Number(row.amount)],
      ['status', (row) => row.status as string],
      ['created_at', (row) => row.created_at as string],
      ['updated_at', (row) => row.updated_at as string],
    ])('sort by %s both ways, ties by id, on every page', async (item, by) => {
      const rising = sorted(by);
      for (const [name, direction] of [
        ['sort', 'asc'],
        ['order', 'desc'],
      ] as const) {
        const expected = direction === 'asc' ? rising : rising.toReversed();
        const seen: string[] = [];
        for (let page = 1; page <= Math.ceil(total / 7); page += 1)
          seen.push(...ids(await list(query({ [name]: `${item},${direction}`, limit: '7', page: String(page) }))));
        expect(seen).toEqual(expected);
      }
    });

    it('keep to transactions, however the list is spaced', async () => {
      const [a, b, c] = transactions as [string, string, string];
      const body = await list(query({ transaction_id: `${a}, ${b} ,${c}` }));
      expect(body.data.map((row: Json) => row.transaction_id)).toEqual([c, b, a]);
      expect(pageOf(body)).toEqual([1, 1, 10, 3, 3]);
      expect(
        (
          await list(
            query({
              transaction_id: Array.from({ length: 100 }, (_, index) => (index === 0 ? a : `x${index}`)).join(','),
            }),
          )
        ).total,
      ).toBe(1);
      expectError(
        await client.get(
          `/payments?${query({ transaction_id: Array.from({ length: 101 }, (_, index) => `x${index}`).join(',') })}`,
        ),
        422,
        'transaction_id',
      );
    });

    it('keep to a customer and a status', async () => {
      expect((await list(query({ customer_id: customers[0]!, limit: '40' }))).total).toBe(12);
      expect((await list(query({ customer_id: customers[1]!, status: 'pending', limit: '40' }))).total).toBe(11);
      expect(pageOf(await list(query({ customer_id: customers[1]!, status: 'paid' })))).toEqual([1, 1, 10, null, 0]);
      expect(
        (await client.get(`/transactions?${query({ customer_id: customers[1]!, status: 'pending' })}`)).body.total,
      ).toBe(11);
    });

    it('take both ends of a time in, to the microsecond and in any zone', async () => {
      const [from, to] = [rows[15].created_at as string, rows[5].created_at as string];
      const between = (start: string, end: string): string[] =>
        rows.filter((row) => row.created_at >= start && row.created_at <= end).map((row) => row.id as string);
      const asked = async (start: string, end: string): Promise<string[]> =>
        ids(await list(query({ start_time: start, end_time: end, limit: '40' })));
      expect(await asked(from, to)).toEqual(between(from, to));
      expect(await asked(from, from)).toContain(rows[15].id);
      expect(await asked(plusMicros(from, 1n), to)).toEqual(between(plusMicros(from, 1n), to));
      expect(await asked(plusMicros(from, 1n), to)).not.toContain(rows[15].id);
      expect(await asked(from, plusMicros(to, -1n))).not.toContain(rows[5].id);
      const inSaoPaulo = `${new Date(Date.parse(`${from.slice(0, 23)}Z`) - 3 * 3_600_000).toISOString().slice(0, 23)}${from.slice(23, 26)}-03:00`;
      expect(await asked(inSaoPaulo, to)).toEqual(between(from, to));
    });

    it.each([
      'limit=0',
      'limit=41',
      'limit=1.5',
      'page=0',
      'page=10000000',
      'page=-1',
      'sort=id',
      'sort=id,up',
      'sort=name,asc',
      'order=amount',
      'start_time=2021-09-05',
      'start_time=2021-09-05T11:00:00',
      'end_time=2021-02-30T11:00:00Z',
      'status=completed',
      'customer_id=',
      'transaction_id=,',
    ])('refuse ?%s', async (text) => {
      expectError(await client.get(`/payments?${text}`), 422, text.split('=')[0]);
    });

    it('take 40 rows and page 9,999,999 as the most', async () => {
      expect((await list('limit=40')).per_page).toBe(40);
      expect((await list('page=9999999&limit=40')).current_page).toBe(9_999_999);
    });
  });
}
