import { createHmac } from 'node:crypto';
import type { Json } from './contract-b.client.js';
import type { Subject } from './one-payment.scenarios.js';
import { asInSample, readSamples } from './sample.js';
import { bkashSms, Shop } from './shop.js';
import { isGenuine, WebhookReceiver } from './webhook-receiver.js';

const samples = readSamples('fastaar');
let shop: Shop;
let receiver: WebhookReceiver;

/** A payment's money, from the customer's TrxID to the last refund, and who the customer was. */
export function describeContractAMoney(subject: () => Subject): void {
  describe('a payment all the way', () => describeLife(subject));
  describe('refunds', () => describeRefunds(subject));
  describe('customers', () => describeCustomers(subject));
}

function describeLife(subject: () => Subject): void {
  let payment: Json;
  beforeAll(async () => {
    shop = new Shop(subject().demo);
    receiver = await WebhookReceiver.start();
    await shop.hearAt(receiver.url, ['payment.completed', 'payment.refunded', 'payment.failed']);
    const sms = bkashSms('500.00');
    const created = await shop.create({ ...samples.create.request, invoice_id: `LIFE-${sms.trxId}` });
    const { id } = created.body.data;
    await shop.submitTrx(id, { provider: 'bkash', trxId: sms.trxId, senderNumber: '01712345678' });
    expect(await shop.becomes(id, 'awaiting_verification', 30_000)).toMatchObject({ trx_id: sms.trxId });
    await shop.forward(sms);
    payment = { before: created.body.data, after: await shop.becomes(id, 'completed', 30_000), trxId: sms.trxId };
  }, 120_000);
  afterAll(() => receiver?.stop());

  it('is completed with what its money said, under the names of both generations', () => {
    const verified = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\+06:00$/);
    expect(payment.after).toEqual({
      ...payment.before,
      status: 'completed',
      provider: 'bkash',
      payment_method: 'bkash',
      customer_trx_id: payment.trxId,
      trx_id: payment.trxId,
      customer_sender_number: '01712345678',
      wallet_number: '01712345678',
      receiving_wallet_number: shop.wallet('bkash').number,
      amount_due: '0.00',
      received_amount: '500.00',
      verified_at: verified,
      completed_at: verified,
    });
    expect(payment.after.completed_at).toBe(payment.after.verified_at);
  });

  it('is told of in a webhook of the shape and with the signature of the contract, beside Standard Webhooks', async () => {
    const webhook = await receiver.waitFor(payment.after.id as string, 'payment.completed', 30_000);
    expect(webhook.body).toEqual({ ...asInSample(samples.webhook), id: expect.any(String), data: payment.after });
    expect(webhook.headers).toMatchObject({
      'x-fastaar-event': 'payment.completed',
      'webhook-id': webhook.body.id,
      'webhook-signature': expect.stringMatching(/^v1,[A-Za-z0-9+/]{43}=$/),
    });
    expect(isGenuine(webhook, shop.demo.merchant.webhookSecret)).toBe(true);
  });

  it("signs as the contract's vector says", () => {
    const { secret, body, signature } = samples.vector as Record<string, string>;
    const [, time, hex] = /^t=(\d+),v1=([a-f0-9]{64})$/.exec(signature!)!;
    expect(createHmac('sha256', secret!).update(`${time}.${body}`).digest('hex')).toBe(hex);
  });

  it('returns its customer to success_url with payment_id and invoice_id appended', async () => {
    const page = await (await fetch(payment.after.checkout_url as string)).text();
    expect(page.replaceAll('&amp;', '&')).toContain(
      `https://shop.example.com/thanks?payment_id=${payment.after.id}&invoice_id=LIFE-${payment.trxId}`,
    );
  });

  it('fails a second one with the same TrxID: duplicate_trx_id', async () => {
    const { id } = (await shop.create({ amount: 500 })).body.data;
    await shop.submitTrx(id, { provider: 'bkash', trxId: payment.trxId as string });
    expect((await shop.becomes(id, 'failed', 30_000)).failure_reason).toBe('duplicate_trx_id');
  });

  it('fails when a person refuses it: rejected_by_admin', async () => {
    const { id } = (await shop.create({ amount: 500 })).body.data;
    expect((await shop.call('POST', `/api/panel/v1/payments/${id}/deny`, { reason: 'asked to' })).status).toBe(200);
    expect(await shop.becomes(id, 'failed', 30_000)).toMatchObject({ failure_reason: 'rejected_by_admin' });
  });

  it('is refunded, and the shop is told', async () => {
    const id = payment.after.id as string;
    const { status, body } = await shop.call<Json>('POST', `/api/v1/payments/${id}/refund`);
    expect([status, body.data]).toEqual([200, { ...payment.after, status: 'refunded', refunded_amount: '500.00' }]);
    expect((await receiver.waitFor(id, 'payment.refunded', 30_000)).body.data).toEqual(body.data);
  });
}

function describeRefunds(subject: () => Subject): void {
  let test: Shop;
  beforeAll(() => {
    test = new Shop(subject().demo, subject().demo.merchant.testKey);
  });
  const completed = async (): Promise<string> => {
    const { id } = (await test.create({ amount: 500 })).body.data;
    expect((await test.call('POST', `/api/v1/test/payments/${id}/complete`)).status).toBe(200);
    return id;
  };

  it('take an amount as a number or a text, or all that remains without one; the panel records them too', async () => {
    const id = await completed();
    const refund = (body?: unknown): Promise<Json> => test.call('POST', `/api/v1/payments/${id}/refund`, body);
    const answers = [await refund({ amount: 100 }), await refund({ amount: '50.50' })];
    answers.push(
      await test.call<Json>('POST', `/api/panel/v1/payments/${id}/refund`, {
        amount: '49.50',
        reason: 'one came back',
      }),
    );
    answers.push(await refund());
    expect(answers.map(({ status }) => status as number)).toEqual([200, 200, 200, 200]);
    const shown = answers.filter((_, index) => index !== 2).map(({ body }) => body.data as Json);
    expect(shown.map(({ status, refunded_amount: amount }) => [status, amount])).toEqual([
      ['partially_refunded', '100.00'],
      ['partially_refunded', '150.50'],
      ['refunded', '500.00'],
    ]);
    const { status, body } = await test.call<Json>('GET', `/api/v1/payments/${id}/refunds`);
    const created_at = expect.stringMatching(/\+06:00$/);
    const refunds = [
      { amount: '300.00', source: 'api' },
      { amount: '49.50', source: 'panel' },
      { amount: '50.50', source: 'api' },
      { amount: '100.00', source: 'api' },
    ];
    expect([status, body]).toEqual([
      200,
      { data: refunds.map((row) => ({ id: expect.any(Number), ...row, created_at })) },
    ]);
    expect(new Set((body.data as Json[]).map((row) => row.id as number)).size).toBe(4);
  });

  it('are refused beyond what remains, and before the payment is completed', async () => {
    const id = await completed();
    const { id: open } = (await test.create({ amount: 500 })).body.data;
    const tooMuch = await test.call<Json>('POST', `/api/v1/payments/${id}/refund`, { amount: '500.01' });
    const tooEarly = await test.call<Json>('POST', `/api/v1/payments/${open}/refund`);
    expect([tooMuch, tooEarly].map(({ status, body }) => [status, body.code])).toEqual([
      [422, 'validation_error'],
      [422, 'validation_error'],
    ]);
  });
}

function describeCustomers(subject: () => Subject): void {
  let test: Shop;
  let customer: Json;
  beforeAll(() => {
    test = new Shop(subject().demo, subject().demo.merchant.testKey);
  });

  it('are made with the fields of the sample', async () => {
    const { status, body } = await test.call<Json>('POST', '/api/v1/customers', samples.customer.request);
    customer = body.data;
    expect([status, body]).toEqual([201, asInSample(samples.customer.response)]);
    expect(Number.isInteger(customer.id)).toBe(true);
  });

  it('are read, found by email and phone, and attached to payments', async () => {
    expect((await test.call<Json>('GET', `/api/v1/customers/${customer.id}`)).body).toEqual({ data: customer });
    for (const query of ['email=rahim@example.com', 'phone=01712345678', 'email=rahim@example.com&per_page=1&page=1']) {
      const { status, body } = await test.call<Json>('GET', `/api/v1/customers?${query}`);
      expect([status, body.data[0], Object.keys(body as object)]).toEqual([200, customer, ['data', 'links', 'meta']]);
    }
    const { status, body } = await test.call<Json>('POST', '/api/v1/payments', { amount: 5, customer_id: customer.id });
    expect([status, body.data.customer_id]).toEqual([201, customer.id]);
  });

  it('change in what is sent; null clears what may be empty and leaves what may not', async () => {
    const change = { name: 'Rahim Ahmed', phone: null, email: null, notes: null };
    const { status, body } = await test.call<Json>('PATCH', `/api/v1/customers/${customer.id}`, change);
    expect([status, body.data]).toEqual([
      200,
      { ...customer, name: 'Rahim Ahmed', email: null, notes: null, updated_at: expect.stringMatching(/\+06:00$/) },
    ]);
  });

  it('need a name and a phone', async () => {
    const { status, body } = await test.call<Json>('POST', '/api/v1/customers', { email: 'rahim@example.com' });
    expect([status, body.code, Object.keys(body.errors as object).sort()]).toEqual([
      422,
      'validation_error',
      ['name', 'phone'],
    ]);
  });
}
