import { connect } from 'node:net';
import { describeContractAErrors } from './contract-a-errors.scenarios.js';
import { describeContractAMoney } from './contract-a-money.scenarios.js';
import type { Json } from './contract-b.client.js';
import type { Subject } from './one-payment.scenarios.js';
import { asInSample, readSamples } from './sample.js';
import { Shop } from './shop.js';

const samples = readSamples('fastaar');
let shop: Shop;
let testShop: Shop;
let invoices = 0;
const unique = (): string => `A-${process.pid}-${Date.now()}-${(invoices += 1)}`;

/** Contract A as its documentation and its clients' two generations have it; the same for one process and a cluster. */
export function describeContractA(name: string, subject: () => Subject): void {
  describe(`contract A ${name}`, () => {
    beforeAll(() => {
      shop = new Shop(subject().demo);
      testShop = new Shop(subject().demo, subject().demo.merchant.testKey);
    });

    describe("the samples of Fastaar's documentation", describeSamples);
    describe('the generation that says invoice_id', describeInvoiceId);
    describe('the generation that says invoice_number', describeInvoiceNumber);
    describe('a list', describeLists);
    describe('a client of HTTP/1.0, such as WordPress', describeOldHttp);
    describeContractAMoney(subject);
    describeContractAErrors(subject);
  });
}

function describeSamples(): void {
  let created: Json;

  it('POST /api/v1/payments, field by field', async () => {
    const { status, body, headers } = await shop.call<Json>('POST', '/api/v1/payments', samples.create.request);
    created = body.data;
    expect([status, body]).toMatchObject([201, asInSample(samples.create.response)]);
    expect(Object.keys(body.data as object).sort()).toEqual([...samples.paymentFields].sort());
    expect(created.checkout_url).toBe(`${shop.demo.baseUrl}/pay/${created.id as string}`);
    expect(headers.get('x-request-id')).toBeTruthy();
  });

  it('expires thirty minutes after it was made', () => {
    const minutes = (Date.parse(created.expires_at as string) - Date.parse(created.created_at as string)) / 60_000;
    expect(minutes).toBe(30);
  });

  it('POST of the same invoice_id answers 200 with the existing payment', async () => {
    const again = await shop.call<Json>('POST', '/api/v1/payments', { ...samples.create.request, amount: 600 });
    expect([again.status, again.body, again.headers.get('idempotent-replayed')]).toEqual([
      200,
      { data: created },
      'true',
    ]);
  });

  it('GET /api/v1/payments/{id} answers the same payment', async () => {
    const read = await shop.call<Json>('GET', `/api/v1/payments/${created.id as string}`);
    expect([read.status, read.body]).toEqual([200, { data: created }]);
  });

  it('GET /api/v1/payments?status=completed&per_page=25 and ?invoice_id=ORDER-42', async () => {
    const [completed, ours] = await Promise.all(
      (samples.lists as string[]).map((path) => shop.call<Json>('GET', path)),
    );
    expect([completed!.status, completed!.body.meta.per_page]).toEqual([200, 25]);
    expect((completed!.body.data as Json[]).filter(({ status }) => status !== 'completed')).toEqual([]);
    expect([ours!.status, ours!.body]).toEqual([
      200,
      {
        data: [created],
        links: {
          first: `${shop.demo.baseUrl}/api/v1/payments?invoice_id=ORDER-42&page=1`,
          last: `${shop.demo.baseUrl}/api/v1/payments?invoice_id=ORDER-42&page=1`,
          prev: null,
          next: null,
        },
        meta: {
          current_page: 1,
          from: 1,
          last_page: 1,
          path: `${shop.demo.baseUrl}/api/v1/payments`,
          per_page: 15,
          to: 1,
          total: 1,
        },
      },
    ]);
  });
}

function describeInvoiceId(): void {
  const create = (invoice: string): Promise<Json> =>
    testShop.call<Json>('POST', '/api/v1/payments', { amount: 500, invoice_id: invoice });

  it.each(['fail', 'expire'])('makes a new payment once the previous one did %s', async (outcome) => {
    const invoice = unique();
    const first = await create(invoice);
    await testShop.call('POST', `/api/v1/test/payments/${first.body.data.id as string}/${outcome}`);
    const second = await create(invoice);
    expect([first.status, second.status, second.body.data.id === first.body.data.id]).toEqual([201, 201, false]);
  });

  it('gets the existing payment of one that is completed', async () => {
    const invoice = unique();
    const { id } = (await create(invoice)).body.data as { id: string };
    await testShop.call('POST', `/api/v1/test/payments/${id}/complete`);
    const again = await create(invoice);
    expect([again.status, again.body.data.id, again.body.data.status]).toEqual([200, id, 'completed']);
  });

  it('need not say any at all', async () => {
    const { status, body } = await testShop.call<Json>('POST', '/api/v1/payments', { amount: '12.5' });
    expect([status, body.data]).toMatchObject([
      201,
      { amount: '12.50', invoice_id: null, invoice_number: null, metadata: {}, success_url: null, cancel_url: null },
    ]);
  });
}

function describeInvoiceNumber(): void {
  // What WooCommerce's plugin sends: the sum as its text, the order's number, and names of its own in metadata.
  const order = (invoice: string): object => ({
    amount: '1250.00',
    invoice_number: invoice,
    success_url: 'https://shop.example.com/checkout/order-received/42/?key=wc_order_abc',
    cancel_url: 'https://shop.example.com/cart/?cancel_order=true&order=wc_order_abc&order_id=42',
    metadata: { order_id: '42', order_key: 'wc_order_abc' },
  });
  const create = (invoice: string): Promise<Json> => testShop.call('POST', '/api/v1/payments', order(invoice));
  const repeats = async (answered: 'conflict' | 'existing'): Promise<void> => {
    const { status } = await testShop.call('PATCH', '/api/panel/v1/merchant', { repeated_invoice_number: answered });
    expect(status).toBe(200);
  };

  it('finds its payment under both names', async () => {
    const invoice = unique();
    const { status, body } = await create(invoice);
    expect([status, body.data]).toMatchObject([
      201,
      { ...order(invoice), invoice_id: invoice, object: 'payment', status: 'pending', livemode: false },
    ]);
    for (const name of ['invoice_number', 'invoice_id'])
      expect((await testShop.call<Json>('GET', `/api/v1/payments?${name}=${invoice}`)).body.data).toEqual([body.data]);
  });

  it('is told of a repeat by 409, in words that both generations read', async () => {
    const invoice = unique();
    const first = await create(invoice);
    const again = await create(invoice);
    const message = expect.any(String);
    expect([again.status, again.body]).toEqual([
      409,
      {
        error: { type: 'duplicate_invoice_number', message, payment_id: first.body.data.id },
        message,
        code: 'duplicate_invoice_number',
      },
    ]);
  });

  it('gets the existing payment where the merchant has said so', async () => {
    const invoice = unique();
    const first = await create(invoice);
    await repeats('existing');
    try {
      // Another instance may know the setting as it was a second ago.
      for (const deadlineMs = Date.now() + 30_000; ;) {
        const again = await create(invoice);
        if (again.status === 409 && Date.now() < deadlineMs) continue;
        expect([again.status, again.headers.get('idempotent-replayed'), again.body]).toEqual([200, 'true', first.body]);
        break;
      }
    } finally {
      await repeats('conflict');
    }
  });
}

function describeLists(): void {
  it('is newest first, in pages that name their neighbours', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) ids.unshift((await testShop.create({ amount: 1 })).body.data.id);
    const { body } = await testShop.call<Json>('GET', '/api/v1/payments?per_page=2&page=1');
    expect((body.data as Json[]).map(({ id }) => id as string)).toEqual(ids.slice(0, 2));
    expect(body.meta).toMatchObject({ current_page: 1, from: 1, per_page: 2, to: 2 });
    const next = await fetch(body.links.next as string, { headers: { authorization: `Bearer ${testShop.key}` } });
    expect(((await next.json()) as Json).data[0].id).toBe(ids[2]);
  });

  it.each(['status=paid', 'per_page=0', 'per_page=101', 'page=0', 'per_page=x'])('with %s is 422', async (query) => {
    const { status, body } = await testShop.call<Json>('GET', `/api/v1/payments?${query}`);
    expect([status, body.code, Object.keys(body.errors as object)]).toEqual([
      422,
      'validation_error',
      [query.split('=')[0]],
    ]);
  });
}

function describeOldHttp(): void {
  it('gets an answer it can read: a body as long as its header says, and the connection closed', async () => {
    const { hostname, port, host } = new URL(shop.demo.baseUrl);
    const body = JSON.stringify({ amount: '10.00', invoice_number: unique() });
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port) }, () =>
        socket.write(
          `POST /api/v1/payments HTTP/1.0\r\nHost: ${host}\r\nAuthorization: Bearer ${testShop.key}\r\nAccept: ` +
            'application/json\r\n' +
            `Content-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
        ),
      );
      const chunks: Buffer[] = [];
      socket.setTimeout(30_000, () => socket.destroy(new Error('the connection stayed open')));
      socket.on('data', (chunk) => chunks.push(chunk));
      socket.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
      socket.on('error', reject);
    });
    const [head = '', text = ''] = answer.split('\r\n\r\n', 2);
    expect(head).toMatch(/^HTTP\/1\.[01] 201 /);
    expect(head).not.toMatch(/transfer-encoding/i);
    expect((JSON.parse(text) as Json).data.amount).toBe('10.00');
  });
}
