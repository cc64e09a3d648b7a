import jsQR from 'jsqr';
import { hasError, parsePix } from 'pix-utils';
import { describeContractBLists } from './contract-b-lists.scenarios.js';
import { describeContractBSamples } from './contract-b-samples.scenarios.js';
import { describeContractBMoney } from './contract-b-money.scenarios.js';
import { askToken, ContractBClient, order, send, ulidOf, unique, type Json } from './contract-b.client.js';
import { expectError, UUID } from './contract-b.expectations.js';
import type { Subject } from './one-payment.scenarios.js';
import type { Demo } from './running-gateway.js';

const BRCODE = /^000201[\x20-\x7e]+6304[0-9A-F]{4}$/;

let demo: Demo;
let client: ContractBClient;

/**
 * What must hold of contract B from a client's first call to the signed callback; the same for one process and for a
 * cluster.
 */
export function describeContractB(name: string, subject: () => Subject): void {
  describe(`contract B ${name}`, () => {
    beforeAll(async () => {
      ({ demo } = subject());
      client = await ContractBClient.open(demo);
    });

    // First: the sandbox must hold nothing else yet.
    describeContractBSamples(subject);
    describe('POST /oauth2/token', describeTokens);
    describe('POST /payment', describeCreation);
    describe('a payment asked for badly', describeRefusals);
    describe('a transaction.id', describeDuplicates);
    describe('the checkout page', describePages);
    describeContractBMoney(subject);
    describeContractBLists(subject);
  });
}

function describeTokens(): void {
  const live = (): { id: string; secret: string } => ({
    id: demo.smartfastpay.clientId,
    secret: demo.smartfastpay.clientSecret,
  });

  it.each([
    ['no body', undefined],
    ['an empty form', { type: 'application/x-www-form-urlencoded', text: '' }],
    ['a form', { type: 'application/x-www-form-urlencoded', text: 'grant_type=client_credentials' }],
    ['JSON', { type: 'application/json', text: '{"grant_type":"client_credentials"}' }],
    ['empty JSON', { type: 'application/json', text: '{}' }],
  ])('gives a bearer token for an hour to %s', async (_what, body) => {
    const reply = await askToken(demo.baseUrl, live(), body);
    expect([reply.status, reply.body]).toEqual([
      200,
      {
        requestId: expect.stringMatching(UUID),
        data: { access_token: expect.any(String), token_type: 'Bearer', expires_in: 3_600 },
      },
    ]);
    expect(reply.headers.get('cache-control')).toBe('no-store');
    expect((await client.get('/payments', reply.body.data.access_token as string)).status).toBe(200);
  });

  it.each([
    ['a wrong secret', () => ({ ...live(), secret: `${live().secret.slice(0, -1)}_` })],
    ["another mode's secret", () => ({ ...live(), secret: demo.smartfastpay.sandboxClientSecret })],
    ['an unknown client', () => ({ ...live(), id: 'ci_live_00000000000000000000' })],
    ['nothing', () => ({ id: '', secret: '' })],
  ])('refuses %s in the words of RFC 6749', async (_what, credentials) => {
    const reply = await askToken(demo.baseUrl, credentials());
    expect([
      reply.status,
      reply.body.error,
      typeof reply.body.error_description,
      reply.headers.get('www-authenticate'),
    ]).toEqual([401, 'invalid_client', 'string', expect.stringMatching(/^Basic /)]);
    expect(reply.body.requestId).toMatch(UUID);
  });

  it('refuses a request without credentials, and another grant', async () => {
    expect((await send(`${demo.baseUrl}/oauth2/token`, { method: 'POST' })).status).toBe(401);
    const reply = await askToken(demo.baseUrl, live(), { type: 'application/json', text: '{"grant_type":"password"}' });
    expect([reply.status, reply.body.error]).toEqual([400, 'unsupported_grant_type']);
  });

  it("is what every other call needs: none, a strange one, one with a changed letter and contract A's key are refused alike", async () => {
    const changed = `${client.token.slice(0, 20)}${client.token[20] === 'A' ? 'B' : 'A'}${client.token.slice(21)}`;
    for (const path of ['/payments', '/transactions', '/payment/x', '/transaction/x', '/balance', '/webhook/secret']) {
      for (const token of [null, 'nonsense', changed, demo.merchant.liveKey])
        expectError(await client.get(path, token), 401);
    }
    expectError(await client.post('/payment', order(), changed), 401);
  });
}

function describeCreation(): void {
  const values = (total: string, exchange: string): Json => ({ total, subtotal: total, exchange, fee: 0 });

  it('by pix answers the copy-and-paste code, at the rate of the day', async () => {
    const reply = await client.post('/payment', order());
    expect([reply.status, reply.body]).toEqual([
      201,
      {
        requestId: expect.stringMatching(UUID),
        data: {
          id: expect.stringMatching(UUID),
          status: 'pending',
          payment: { method: 'pix' },
          values: values('1557.00', '5.19'),
          pix: {
            qrcode: expect.stringMatching(BRCODE),
            reference: expect.stringMatching(BRCODE),
            beneficiary: demo.smartfastpay.pix.beneficiary,
          },
          // Beside the contract: a page that shows the payer all of this.
          checkout_url: `${demo.baseUrl}/pay/${reply.body.data.id as string}`,
        },
      },
    ]);
    expect(reply.headers.get('x-request-id')).toBe(reply.body.requestId);
    expect(reply.body.data.pix.qrcode).toBe(reply.body.data.pix.reference);
  });

  it('gives a BR Code that another decoder reads back', async () => {
    const { body } = await client.post('/payment', order({ amount: '1234.56', currency: 'BRL' }));
    const read = parsePix(body.data.pix.qrcode as string);
    if (hasError(read)) throw new Error(read.message);
    expect(read).toMatchObject({
      pixKey: demo.smartfastpay.pix.pixKey,
      merchantName: 'Loja Exemplo Ltda',
      merchantCity: 'Sao Paulo',
      transactionAmount: 1_234.56,
      transactionCurrency: '986',
      countryCode: 'BR',
      txid: ulidOf(body.data.id as string)
        .slice(1)
        .toUpperCase(),
    });
  });

  it("by bank_transfer answers the merchant's account", async () => {
    const reply = await client.post('/payment', order({ payment_method: 'bank_transfer' }));
    const { name, code, agency, account, accountOperation, document, beneficiary } = demo.smartfastpay.bank;
    expect([reply.status, reply.body.data]).toEqual([
      201,
      {
        id: expect.stringMatching(UUID),
        status: 'pending',
        payment: { method: 'bank_transfer' },
        values: values('1557.00', '5.19'),
        bank: { name, code, agency, account, account_operation: accountOperation, document, beneficiary },
        checkout_url: `${demo.baseUrl}/pay/${reply.body.data.id as string}`,
      },
    ]);
  });

  it.each([
    ['USD is what is meant when no currency is', { currency: undefined, amount: '300.00' }, '1557.00', '5.19'],
    ['the least', { amount: '2' }, '10.38', '5.19'],
    ['the most', { amount: '99999999.99' }, '518999999.95', '5.19'],
    ['a number', { amount: 300.1 }, '1557.52', '5.19'],
    ['a whole number', { amount: 300 }, '1557.00', '5.19'],
    ['BRL is not converted', { currency: 'BRL', amount: '19.9' }, '19.90', '1.00'],
    ['a CNPJ', { document: '34911051000197', document_type: 'CNPJ' }, '1557.00', '5.19'],
    ['a CNPJ with letters', { document: '12ABC34501DE35', document_type: 'cnpj' }, '1557.00', '5.19'],
    ['no branch', { branch: undefined }, '1557.00', '5.19'],
    ['a field nobody knows', { extra: { a: 1 } }, '1557.00', '5.19'],
  ])('%s', async (_what, parts, total, exchange) => {
    const reply = await client.post('/payment', order(parts));
    expect([reply.status, reply.body.data?.values]).toEqual([201, values(total, exchange)]);
  });
}

function describeRefusals(): void {
  it.each<[string, string, unknown]>([
    ['amount', 'less than 2', '1.99'],
    ['amount', 'more than fits', '100000000.00'],
    ['amount', 'three decimals', '10.005'],
    ['amount', 'three decimals of a number', 10.005],
    ['amount', 'a comma', '10,00'],
    ['amount', 'a sign', '-10'],
    ['amount', 'an exponent', '1e3'],
    ['amount', 'nothing', undefined],
    ['document', 'a CPF with a wrong digit', '16972691418'],
    ['document', 'a CPF of one digit', '11111111111'],
    ['document', 'a CNPJ without saying so', '34911051000197'],
    ['document', 'a number', 16_972_691_419],
    ['email', 'no address', 'richard'],
    ['email', 'one too long', `${'a'.repeat(250)}@roe.com`],
    ['name', 'two letters', 'Ro'],
    ['name', '151 letters', 'x'.repeat(151)],
    ['customer_id', 'nothing', ''],
    ['customer_id', '256 letters', 'x'.repeat(256)],
    ['currency', 'another one', 'EUR'],
    ['payment_method', 'another one', 'boleto'],
    ['callback', 'another scheme', 'ftp://shop.example/cb'],
    ['callback', 'no address', '/cb'],
    ['transaction', 'no id', {}],
    ['transaction', '256 letters', { id: 'x'.repeat(256) }],
    ['transaction', 'a number', { id: 7 }],
    ['branch', '256 letters', 'x'.repeat(256)],
  ])('(%s: %s) is 422 and names the field', async (field, _what, value) => {
    const transactionId = unique();
    expectError(
      await client.post('/payment', order({ transaction: { id: transactionId }, [field]: value })),
      422,
      field === 'transaction' ? 'transaction.id' : field,
    );
    expect((await client.get(`/payments?transaction_id=${transactionId}`)).body.total).toBe(0);
  });

  it('with a CNPJ whose digits are wrong is 422', async () =>
    expectError(
      await client.post('/payment', order({ document: '12ABC34501DE36', document_type: 'CNPJ' })),
      422,
      'document',
    ));

  it('with several faults names them all', async () => {
    const reply = await client.post('/payment', {});
    expectError(reply, 422);
    expect(reply.body.error.details.map((detail: Json) => detail.field).sort()).toEqual([
      'amount',
      'callback',
      'customer_id',
      'document',
      'email',
      'name',
      'payment_method',
      'transaction.id',
    ]);
  });

  it('in no JSON is 400', async () => expectError(await client.post('/payment', '{"amount":'), 400));
}

function describeDuplicates(): void {
  it('used before gives the same payment for the same content, and 409 for other content', async () => {
    const body = order();
    const first = await client.post('/payment', body);
    const again = await client.post('/payment', { ...body, amount: 300 });
    expect([first.status, again.status, again.body.data]).toEqual([201, 200, first.body.data]);
    for (const parts of [
      { amount: '300.01' },
      { payment_method: 'bank_transfer' },
      { customer_id: 'other' },
      { document: '52998224725' },
      { currency: 'BRL' },
    ])
      expectError(await client.post('/payment', { ...body, ...parts }), 409, 'transaction.id');
  });

  it('sent sixteen times at once makes one payment', async () => {
    const body = order();
    const replies = await Promise.all(Array.from({ length: 16 }, () => client.post('/payment', body)));
    expect(replies.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 15 }, () => 200), 201]);
    expect(new Set(replies.map((reply) => reply.body.data.id)).size).toBe(1);
  });

  it('is free in the other mode, whose payments nobody sees from here', async () => {
    const sandbox = await ContractBClient.open(demo, 'sandbox');
    const body = order();
    const [live, test] = [
      await client.post('/payment', body),
      await sandbox.post('/payment', { ...body, customer_id: 'both-modes' }),
    ];
    expect([live.status, test.status]).toEqual([201, 201]);
    for (const path of [`/payment/${live.body.data.id}`, `/transaction/${live.body.data.id}`])
      expectError(await sandbox.get(path), 404);
    expect(
      (await sandbox.get(`/payments?transaction_id=${(body.transaction as { id: string }).id}`)).body.data.map(
        (row: Json) => row.id,
      ),
    ).toEqual([test.body.data.id]);
  });
}

function describePages(): void {
  const page = async (id: string): Promise<string> => {
    const reply = await send(`${demo.baseUrl}/pay/${ulidOf(id)}`);
    expect(reply.status).toBe(200);
    return reply.body as string;
  };

  it('of a Pix shows the QR code, the code to copy and what to do, in Portuguese', async () => {
    const { body } = await client.post('/payment', order());
    const html = await page(body.data.id as string);
    for (const text of ['lang="pt', 'data-copy=', 'data-deadline=']) expect(html).toContain(text);
    for (const text of ['Pague com Pix', 'Copiar o código Pix', 'R$ 1.557,00', body.data.pix.qrcode as string])
      expect(visible(html)).toContain(text);
    expect(readQrCode(html)).toBe(body.data.pix.qrcode);
  });

  it('of a bank transfer shows the account, in Portuguese', async () => {
    const { body } = await client.post('/payment', order({ payment_method: 'bank_transfer' }));
    const html = await page(body.data.id as string);
    for (const text of [
      'Pague por transferência bancária',
      'Agência',
      'Favorecido',
      'R$ 1.557,00',
      ...Object.values(body.data.bank as Record<string, string>),
    ])
      expect(visible(html)).toContain(text);
  });
}

/** What a reader sees of a page. */
function visible(html: string): string {
  return html.replace(/<[^>]+>/g, '').replaceAll('\u00a0', ' ');
}

/** Scans the page's drawing of dark runs (`M x y h n …`) as a camera would. */
function readQrCode(html: string): string | undefined {
  const side = Number(/class="qr" viewBox="0 0 (\d+) /.exec(html)?.[1]);
  const scale = 6;
  const pixels = new Uint8ClampedArray((side * scale) ** 2 * 4).fill(255);
  for (const [, x, y, run] of html.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
      for (let column = Number(x) * scale; column < (Number(x) + Number(run)) * scale; column += 1)
        pixels.fill(0, (row * side * scale + column) * 4, (row * side * scale + column) * 4 + 3);
    }
  }
  return jsQR(pixels, side * scale, side * scale)?.data;
}
