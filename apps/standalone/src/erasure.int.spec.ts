import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { newId, ulidToUuid, uuidToUlid, type PaymentSnapshot } from '@paymatch/contracts';
import { PAYMENTS_CLIENT, rebuildPayments, type PaymentsClient } from '@paymatch/gateway-read-models';
import { allPaymentHistories } from '@paymatch/payments-feature';
import { Database } from '@paymatch/platform-postgres';
import { eventually } from '@paymatch/platform-testing';
import { openWholeShop, startWholeGateway, type WholeGateway, type WholeShop } from './testing/whole-gateway.js';

type Json = any; // eslint-disable-line @typescript-eslint/no-explicit-any

const PHONE = '01799887766';
const PERSON = {
  phone: PHONE,
  name: 'Shahnaz Parvin Erasable',
  email: 'shahnaz@erasable.example',
  street: 'Erasable Road 7',
};
const PAYER = {
  name: 'Ana Erasable de Souza',
  email: 'ana@erasable.example',
  document: '52998224725',
  reference: 'customer-52998',
};

let gateway: WholeGateway;
let shop: WholeShop;
let receiver: Server;
let received = 0;

beforeAll(async () => {
  receiver = createServer((request, response) => {
    request.resume().on('end', () => {
      received += 1;
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  gateway = await startWholeGateway();
  shop = await openWholeShop(gateway);
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  await ask('POST', '/api/panel/v1/webhook-endpoints', { url });
}, 60_000);
afterAll(async () => {
  await gateway.stop();
  receiver.close();
});

async function ask(method: string, path: string, body?: object, bearer = shop.key): Promise<Json> {
  const response = await fetch(`${gateway.url}${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    headers: {
      authorization: `Bearer ${bearer}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
  });
  return { status: response.status, ...((await response.json()) as object) };
}

/** Every place in the database where one of these texts stands, also inside bytes. */
async function placesOf(texts: readonly string[]): Promise<readonly string[]> {
  const { database } = gateway.test;
  const { rows: tables } = await database.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
      WHERE schemaname IN ('gateway', 'payments', 'sms_matching', 'webhook_dispatch', 'bus')`,
  );
  const places: string[] = [];
  for (const text of texts) {
    const hex = Buffer.from(text).toString('hex');
    for (const { name } of tables) {
      const { rowCount } = await database.query(
        `SELECT 1 FROM ${name} AS t WHERE position($1 IN t::text) > 0 OR position($2 IN t::text) > 0`,
        [text, hex],
      );
      if (rowCount) places.push(`${name}: ${text}`);
    }
  }
  return places;
}

const statusOf = async (id: string): Promise<string> =>
  (await ask('GET', `/api/panel/v1/payments/${id}`)).data.status as string;

/** A transfer to the wallet that pays a payment of the customer; the customer's number is in the message. */
async function walletPayment(customerId: number): Promise<string> {
  const made = await ask('POST', '/api/v1/payments', {
    amount: '500.00',
    customer_id: customerId,
    metadata: { mail: PERSON.email, name: PERSON.name },
    success_url: `https://shop.example.com/thanks?mail=${PERSON.email}`,
  });
  const paymentId = ulidToUuid(made.data.id as string)!;
  const dhaka = new Date(Date.now() + 6 * 3_600_000).toISOString();
  const [year, month, day] = dhaka.slice(0, 10).split('-') as [string, string, string];
  // bKash's ids begin with the day.
  const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const trxId = `${letters[Number(year) - 2013]}${letters[9 + Number(month)]}${letters[Number(day)]}7X2K9QA`;
  const now = new Date().toISOString();
  await gateway.service.get<PaymentsClient>(PAYMENTS_CLIENT).send({
    type: 'SubmitTrx',
    ...{ commandId: newId(), paymentId, merchantId: shop.merchantId, livemode: true, now },
    ...{ provider: 'bkash', trxId, senderNumber: PHONE, walletNumber: shop.walletNumber },
  });
  const phone = await ask('POST', '/api/panel/v1/devices', { name: 'P', wallets: [{ wallet_id: shop.walletId }] });
  await fetch(phone.data.forward_url as string, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      from: 'bKash',
      text:
        `You have received Tk 500.00 from ${PHONE}. Fee Tk 0.00. Balance Tk 2,231.40. TrxID ${trxId} at ` +
        `${day}/${month}/${year} ${dhaka.slice(11, 16)}`,
      sentStamp: Date.now(),
      receivedStamp: Date.now(),
      sim: 'sim1',
    }),
  });
  await eventually(async () => expect(await statusOf(made.data.id as string)).toBe('completed'));
  return paymentId;
}

async function pixPayment(): Promise<string> {
  const made = await ask(
    'POST',
    '/payment',
    {
      customer_id: PAYER.reference,
      ...{ name: PAYER.name, email: PAYER.email, document: PAYER.document, document_type: 'CPF' },
      ...{ amount: '1557.00', currency: 'BRL', payment_method: 'pix', transaction: { id: newId() } },
      callback: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/callback`,
    },
    shop.token,
  );
  const paymentId = made.data.id as string;
  const notice = {
    endToEndId: 'E12345678202608140510aaaaaaaaaa1',
    txid: uuidToUlid(paymentId).slice(1).toUpperCase(),
    valor: '1557.00',
    horario: new Date().toISOString(),
    pagador: { nome: PAYER.name, cpf: PAYER.document },
    infoPagador: `from ${PAYER.name}`,
  };
  await ask('POST', `${shop.pixPath}/pix`, { pix: [notice] });
  await eventually(async () => expect(await statusOf(paymentId)).toBe('completed'));
  return paymentId;
}

async function snapshots(): Promise<readonly PaymentSnapshot[]> {
  const { rows } = await gateway.test.database.query<{ snapshot: PaymentSnapshot }>(
    'SELECT snapshot FROM gateway.payments_v1 ORDER BY id',
  );
  return rows.map(({ snapshot }) => snapshot);
}

/** What must be the same before and after: money, and what it is known by. */
const money = async (): Promise<unknown> => ({
  payments: (await snapshots()).map(({ id, status, amountMinor, receivedMinor, trxId, creditId, completedAt }) => ({
    ...{ id, status, amountMinor, receivedMinor, trxId, creditId, completedAt },
  })),
  credits: (
    await gateway.test.database.query(
      `SELECT credit_id, provider, trx_id, slot_key, claim_key, amount_minor, received_at, status, payment_id
         FROM sms_matching.credits ORDER BY credit_id`,
    )
  ).rows,
  books: (await ask('GET', '/api/panel/v1/reconciliation?zone=Asia/Dhaka')).data.providers as unknown,
  claims: (await gateway.test.database.query('SELECT * FROM payments.claims ORDER BY scope, key')).rows,
});

it('a customer of either contract is erased from every table and the log, and money stays as it was', async () => {
  const { data: customer } = await ask('POST', '/api/v1/customers', {
    ...{ name: PERSON.name, phone: PERSON.phone, email: PERSON.email, address: PERSON.street },
    notes: `calls from ${PERSON.phone}`,
  });
  const wallet = await walletPayment(customer.id as number);
  const pix = await pixPayment();
  await ask('POST', `/api/panel/v1/payments/${uuidToUlid(wallet)}/notes`, { text: `${PERSON.name} called` });
  const refund = { amount: '1.00', reason: `${PERSON.name} ordered too much` };
  expect((await ask('POST', `/api/panel/v1/payments/${uuidToUlid(wallet)}/refund`, refund)).status).toBe(200);
  const storyOf = async (id: string): Promise<Json> =>
    (await ask('GET', `/api/panel/v1/payments/${uuidToUlid(id)}/timeline`)).data;
  expect(await storyOf(wallet)).toContainEqual(
    expect.objectContaining({ code: 'refund_recorded', params: expect.objectContaining({ note: refund.reason }) }),
  );
  await eventually(async () => {
    const { rowCount } = await gateway.test.database.query(
      `SELECT 1 FROM webhook_dispatch.deliveries WHERE status = 'pending'`,
    );
    expect([rowCount, received >= 2]).toEqual([0, true]);
  });
  const texts = [...Object.values(PERSON), ...Object.values(PAYER)];
  expect((await placesOf(texts)).length).toBeGreaterThan(12);
  const before = await money();

  const payer = await gateway.test.database.query<{ id: string }>(
    `SELECT md5(merchant_id::text || ' ' || livemode::text || ' ' || customer_id)::uuid::text AS id
       FROM gateway.payments_v1 WHERE id = $1`,
    [pix],
  );
  const erase = (id: string): Promise<Json> =>
    ask('POST', `/api/panel/v1/customers/${id}/erase`, { reason: 'asked for on 3 March' });
  expect(await erase(String(customer.id))).toMatchObject({
    status: 200,
    data: { payments: 1, customer_id: String(customer.id), has_more: false, published: 'erased' },
  });
  const erased = await erase(payer.rows[0]!.id);
  expect(erased).toMatchObject({ status: 200, data: { payments: 1, published: 'erased' } });
  expect(erased.data.customer_id).toMatch(/^erased-[0-9a-f]{32}$/);

  await eventually(async () => expect(await placesOf(texts)).toEqual([]));
  expect(await money()).toEqual(before);

  const kept = await snapshots();
  const connect = (schema: string): Promise<Database> =>
    Database.connect({ url: gateway.test.url, schema, poolMax: 3, applicationName: 'test' });
  const [payments, readModel] = [await connect('payments'), await connect('gateway')];
  try {
    await rebuildPayments(readModel, allPaymentHistories(payments), () => undefined);
  } finally {
    await payments.close();
    await readModel.close();
  }
  expect(await snapshots()).toEqual(kept);
  expect((await storyOf(wallet)).at(-1)).toMatchObject({
    code: 'personal_data_erased',
  });
}, 120_000);

it('an operator erases a customer from the shell', async () => {
  const { data: customer } = await ask('POST', '/api/v1/customers', { name: 'Shell Erasable', phone: '01511111111' });
  const options = {
    merchant: shop.merchantId,
    customer: String(customer.id),
    reason: 'asked for',
    gateway: gateway.url,
  };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      path.resolve(__dirname, '../../ops/dist/main.js'),
      ...['customer', 'erase', ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])],
    ],
    {
      env: {
        ...{ PATH: process.env['PATH'], DATABASE_URL: gateway.test.url },
        PAYMATCH_SECRET: 'a secret of at least thirty-two characters',
      },
    },
  );
  expect(stdout).toContain(`0 payments name nobody any more; the customer is ${customer.id} from now on`);
  expect(await ask('GET', `/api/v1/customers/${customer.id}`)).toMatchObject({ data: { name: 'erased' } });
}, 60_000);

it('is refused as long as a payment of the customer is open, and of nobody', async () => {
  const { data: customer } = await ask('POST', '/api/v1/customers', { name: 'Open', phone: '01811111111' });
  await ask('POST', '/api/v1/payments', { amount: '10.00', customer_id: customer.id });
  const path = (id: string): string => `/api/panel/v1/customers/${id}/erase`;
  expect(await ask('POST', path(String(customer.id)), { reason: 'asked for' })).toMatchObject({
    status: 409,
    type: 'urn:paymatch:problem:customer-has-open-payments',
  });
  expect(await ask('GET', `/api/v1/customers/${customer.id}`)).toMatchObject({ data: { name: 'Open' } });
  expect(await ask('POST', path('999'), { reason: 'asked for' })).toMatchObject({ status: 404 });
  expect(await ask('POST', path('x'), { reason: 'asked for' })).toMatchObject({ status: 404 });
});
