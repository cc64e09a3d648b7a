import { hasError, parsePix } from 'pix-utils';
import { newId } from '@paymatch/contracts';
import { RequestUnavailable } from '@paymatch/platform-messaging';
import { pixTxid } from '@paymatch/gateway-receiving';
import { BusDouble } from './testing/bus.double.js';
import {
  bankAccount,
  pixAccount,
  startGateway,
  type Answer,
  type RunningGateway,
  type Shop,
} from './testing/gateway.harness.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const bus = new BusDouble();
let gateway: RunningGateway;
let shop: Shop;
beforeAll(async () => {
  gateway = await startGateway(bus);
  shop = await gateway.openShop();
  await gateway.exchange.set({ merchantId: null, baseCurrency: 'USD', rate: '5.19', setBy: 'operator' });
});
afterAll(() => gateway.stop());
beforeEach(() => {
  bus.failure = null;
});

const request = (parts: object = {}) => ({
  customer_id: '58f0c005-3b7d-4c75-81f3-93b9a6fee864',
  name: 'Richard Roe',
  email: 'richard@roe.com',
  document: '16972691419',
  amount: 300,
  currency: 'USD',
  payment_method: 'pix',
  callback: 'http://mysite.com/api/notification',
  transaction: { id: newId() },
  ...parts,
});
const create = (parts: object = {}, token = shop.live): Promise<Answer> =>
  gateway.call('/payment', { token, json: request(parts) });
const dataOf = (answer: Answer) => answer.body.data as Record<string, unknown> & { readonly id: string };

describe('POST /payment', () => {
  it('answers a Pix payment of 300 dollars as the contract shows it', async () => {
    const answer = await create();
    const { id, pix, ...rest } = dataOf(answer) as Record<string, unknown> & {
      readonly id: string;
      readonly pix: { readonly qrcode: string; readonly reference: string; readonly beneficiary: string };
    };
    expect([answer.status, Object.keys(answer.body), id]).toEqual([
      201,
      ['requestId', 'data'],
      expect.stringMatching(UUID),
    ]);
    expect(rest).toEqual({
      checkout_url: `https://pay.example.com/pay/${id}`,
      status: 'pending',
      payment: { method: 'pix' },
      values: { total: '1557.00', subtotal: '1557.00', exchange: '5.19', fee: 0 },
    });
    expect(pix).toEqual({ qrcode: pix.reference, reference: pix.qrcode, beneficiary: pixAccount.beneficiary });
    const read = parsePix(pix.qrcode);
    if (hasError(read)) throw new Error(read.message);
    expect(read).toMatchObject({
      pixKey: pixAccount.pixKey,
      merchantName: 'Loja Sao Joao & Acai Ltda',
      merchantCity: 'Sao Paulo',
      transactionAmount: 1557,
      txid: pixTxid(id),
    });
  });

  it('answers a bank transfer as the contract shows it', async () => {
    const answer = await create({ payment_method: 'bank_transfer', amount: '300.00' });
    const { id, ...rest } = dataOf(answer);
    const { accountOperation, ...bank } = bankAccount;
    expect(answer.status).toBe(201);
    expect(rest).toEqual({
      checkout_url: `https://pay.example.com/pay/${id}`,
      status: 'pending',
      payment: { method: 'bank_transfer' },
      values: { total: '1557.00', subtotal: '1557.00', exchange: '5.19', fee: 0 },
      bank: { ...bank, account_operation: accountOperation },
    });
    expect(Object.keys(rest.bank as object)).toEqual(
      expect.arrayContaining(['name', 'code', 'agency', 'account', 'account_operation', 'document', 'beneficiary']),
    );
  });

  it('asks for the payment with everything frozen in it', async () => {
    const body = request({ amount: 300.1, document: '12ABC34501DE35', document_type: 'CNPJ', branch: 'Filial 2' });
    const answer = await gateway.call('/payment', { token: shop.live, json: body });
    const command = bus.commands.at(-1)!;
    const now = gateway.clock.ms;
    expect(command).toEqual({
      type: 'CreatePayment',
      commandId: command.paymentId,
      paymentId: dataOf(answer).id,
      merchantId: shop.merchantId,
      livemode: true,
      now: new Date(now).toISOString(),
      dialect: 'smartfastpay',
      source: 'api',
      method: 'pix',
      amountMinor: 155_752,
      currency: 'BRL',
      invoiceId: body.transaction.id,
      customerId: body.customer_id,
      metadata: {},
      successUrl: null,
      cancelUrl: null,
      callbackUrl: body.callback,
      payer: {
        name: 'Richard Roe',
        email: 'richard@roe.com',
        document: '12ABC34501DE35',
        documentType: 'cnpj',
        branch: 'Filial 2',
      },
      charge: null,
      exchange: {
        rate: '5.19',
        baseCurrency: 'USD',
        baseAmountMinor: 30_010,
        source: 'operator',
        quotedAt: expect.any(String) as string,
      },
      instructions: {
        brCode: expect.stringContaining('br.gov.bcb.pix') as string,
        txid: pixTxid(command.paymentId),
        pixKey: pixAccount.pixKey,
        beneficiary: pixAccount.beneficiary,
      },
      expiresAt: new Date(now + 3_600_000).toISOString(),
      invoiceIsUsedOnce: true,
    });
    await create({ payment_method: 'bank_transfer' });
    expect(Date.parse(bus.commands.at(-1)!.expiresAt) - now).toBe(24 * 3_600_000);
  });

  it('converts nothing for BRL', async () => {
    const answer = await create({ currency: 'BRL', amount: '2.00' });
    expect(dataOf(answer).values).toEqual({ total: '2.00', subtotal: '2.00', exchange: '1.00', fee: 0 });
    expect(bus.commands.at(-1)).toMatchObject({ amountMinor: 200, currency: 'BRL', exchange: null });
  });

  it.each([
    [{ amount: '1.99' }, ['amount']],
    [{ amount: 300.123 }, ['amount']],
    [{ document: '16972691418' }, ['document']],
    [{ callback: 'javascript:alert(1)' }, ['callback']],
    [{ transaction: {}, name: 'X' }, ['name', 'transaction.id']],
  ])("refuses %j with 422 and the fields' names", async (part, fields) => {
    const answer = await create(part);
    expect(answer.status).toBe(422);
    expect(answer.body).toEqual({
      requestId: expect.stringMatching(UUID) as string,
      error: {
        code: 'validation_error',
        message: expect.any(String) as string,
        details: fields.map((field) => ({ field, message: expect.any(String) as string })),
      },
      moreInformation: (answer.body.error as { details: { message: string }[] }).details.map(({ message }) => message),
    });
  });

  it('refuses a method the merchant cannot receive money by', async () => {
    const bare = await gateway.openShop({ hasAccounts: false });
    for (const method of ['pix', 'bank_transfer']) {
      const answer = await create({ payment_method: method }, bare.live);
      expect([answer.status, (answer.body.error as { details: unknown }).details]).toEqual([
        422,
        [{ field: 'payment_method', message: expect.stringContaining('set one first') as string }],
      ]);
    }
  });

  it('keeps sandbox and live apart', async () => {
    const id = newId();
    const [live, sandbox] = [
      await create({ transaction: { id } }),
      await create({ transaction: { id } }, shop.sandbox),
    ];
    expect([live.status, sandbox.status, bus.commands.at(-1)!.livemode]).toEqual([201, 201, false]);
    expect(dataOf(live).id).not.toBe(dataOf(sandbox).id);
    expect((await gateway.call(`/payment/${dataOf(live).id}`, { token: shop.sandbox })).status).toBe(404);
  });
});

describe('a rate of exchange', () => {
  it("that a merchant sets is theirs alone, and comes before the installation's", async () => {
    const [own, other] = [await gateway.openShop(), await gateway.openShop()];
    const set = await gateway.exchange.set({
      merchantId: own.merchantId,
      baseCurrency: 'USD',
      rate: '5.5',
      setBy: 'Ana',
    });
    await gateway.exchange.set({ merchantId: null, baseCurrency: 'USD', rate: '5.19', setBy: 'operator' });
    const rateOf = async (token: string): Promise<unknown> =>
      (dataOf(await gateway.call('/payment', { token, json: request() })).values as { exchange: unknown }).exchange;
    expect([await rateOf(own.live), await rateOf(own.sandbox), await rateOf(other.live)]).toEqual([
      '5.5',
      '5.5',
      '5.19',
    ]);
    expect(
      (await gateway.exchange.list(own.merchantId))
        .map(({ rate, setBy, isForAll }) => [rate, setBy, isForAll])
        .slice(0, 2),
    ).toEqual([
      ['5.19', 'operator', true],
      ['5.5', 'Ana', false],
    ]);
    expect((await gateway.exchange.list(other.merchantId)).map(({ id }) => id)).not.toContain(set.id);
    expect((await gateway.exchange.list(other.merchantId)).every(({ isForAll }) => isForAll)).toBe(true);
  });
});

describe('a transaction.id that was used before', () => {
  it('gives the payment there is for the same content, also when the rate has moved or is gone, and when it is over', async () => {
    const body = request({ transaction: { id: 'once' } });
    const first = await gateway.call('/payment', { token: shop.live, json: body });
    await gateway.exchange.set({ merchantId: null, baseCurrency: 'USD', rate: '6', setBy: 'operator' });
    gateway.clock.ms += 61_000;
    expect(dataOf(await create()).values).toMatchObject({ exchange: '6' });
    const second = await gateway.call('/payment', {
      token: shop.live,
      json: { ...body, amount: '300.00', currency: null },
    });
    expect([second.status, second.body.data]).toEqual([200, first.body.data]);
    gateway.clock.ms += 145 * 3_600_000;
    const late = await gateway.call('/payment', { token: shop.live, json: { ...body, transaction: { id: 'once' } } });
    // Its token has ended by then as well.
    expect(late.status).toBe(401);
    shop = { ...shop, ...(await freshTokens()) };
    expect((await create()).status).toBe(503);
    const third = await gateway.call('/payment', { token: shop.live, json: body });
    expect([third.status, third.body.data]).toEqual([200, { ...(first.body.data as object), status: 'expired' }]);
    await gateway.exchange.set({ merchantId: null, baseCurrency: 'USD', rate: '5.19', setBy: 'operator' });
    gateway.clock.ms += 61_000;
  });

  it.each([
    { amount: 301 },
    { currency: 'BRL' },
    { payment_method: 'bank_transfer' },
    { customer_id: 'other' },
    { name: 'Other Name' },
    { email: 'other@roe.com' },
    { document: '12345678909' },
    { callback: 'http://mysite.com/other' },
    { branch: 'x' },
  ])('is refused with 409 for other content: %j', async (part) => {
    const body = request();
    await gateway.call('/payment', { token: shop.live, json: body });
    const answer = await gateway.call('/payment', { token: shop.live, json: { ...body, ...part } });
    expect([answer.status, answer.body.error]).toMatchObject([
      409,
      { code: 'conflict', details: [{ field: 'transaction.id' }] },
    ]);
  });

  it("is another merchant's business", async () => {
    const other = await gateway.openShop();
    const body = request();
    const [mine, theirs] = [
      await gateway.call('/payment', { token: shop.live, json: body }),
      await gateway.call('/payment', { token: other.live, json: { ...body, amount: 7 } }),
    ];
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect((await gateway.call(`/payment/${dataOf(mine).id}`, { token: other.live })).status).toBe(404);
    expect((await gateway.call(`/transaction/${dataOf(mine).id}`, { token: other.live })).status).toBe(404);
  });

  it('may also be repeated under an Idempotency-Key', async () => {
    const body = request();
    const post = (json: unknown): Promise<Answer> =>
      gateway.call('/payment', { token: shop.live, json, init: { headers: { 'idempotency-key': '"k-1"' } } });
    const [first, second] = [await post(body), await post(body)];
    expect([first.status, second.status, second.body.data]).toEqual([201, 201, first.body.data]);
    expect(first.body.requestId).not.toBe(second.body.requestId);
    expect((await post({ ...body, amount: 9 })).status).toBe(422);
  });
});

describe('GET /payment/{id} and /transaction/{id}', () => {
  it("answer the seed's sample field by field", async () => {
    const body = request({
      payment_method: 'bank_transfer',
      transaction: { id: 'b08e3897-6505-4bb4-81a5-6e3a1d29e277' },
    });
    const at = new Date(gateway.clock.ms).toISOString().replace('Z', '000Z');
    const { id } = dataOf(await gateway.call('/payment', { token: shop.live, json: body }));
    const sample = {
      id,
      customer_id: body.customer_id,
      transaction_id: body.transaction.id,
      amount: '300.00',
      currency: 'USD',
      status: 'pending',
      method: 'bank_transfer',
      created_at: at,
      updated_at: at,
    };
    const answer = await gateway.call(`/payment/${id}`, { token: shop.live });
    expect([answer.status, answer.body]).toEqual([
      200,
      { requestId: answer.headers.get('x-request-id'), data: sample },
    ]);
    expect(Object.keys(answer.body.data as object)).toEqual(Object.keys(sample));
    const transaction = await gateway.call(`/transaction/${id.toUpperCase()}`, { token: shop.live });
    expect(transaction.body.data).toEqual({ ...sample, type: 'payment', payment_status: 'pending' });
  });

  it.each([
    [{ status: 'awaiting_verification' }, 'pending', 'pending'],
    [{ status: 'completed' }, 'paid', 'paid'],
    [{ status: 'partially_refunded' }, 'paid', 'paid'],
    [{ status: 'failed' }, 'denied', 'canceled'],
    [{ status: 'expired' }, 'expired', 'canceled'],
  ] as const)("say %j in the contract's words", async (change, payment, transaction) => {
    const { id } = dataOf(await create());
    await gateway.readModel.apply([bus.move(id, change)]);
    expect(dataOf(await gateway.call(`/payment/${id}`, { token: shop.live })).status).toBe(payment);
    expect(dataOf(await gateway.call(`/transaction/${id}`, { token: shop.live }))).toMatchObject({
      status: transaction,
      payment_status: payment,
    });
  });

  it('say expired from the very moment its time is over', async () => {
    shop = { ...shop, ...(await freshTokens()) };
    const { id } = dataOf(await create());
    const shown = async (): Promise<unknown> =>
      dataOf(await gateway.call(`/payment/${id}`, { token: shop.live })).status;
    gateway.clock.ms += 3_600_000 - 1;
    expect(await shown()).toBe('pending');
    gateway.clock.ms += 1;
    // The token's hour is over by now as well.
    shop = { ...shop, ...(await freshTokens()) };
    expect(await shown()).toBe('expired');
  });

  it.each(['', newId(), 'abc', '4a79f3b4-8d55-428b-a560-984fedd6f78', `${newId()}0`, '%00'])(
    'answer the same 404 for %j',
    async (id) => {
      for (const kind of ['payment', 'transaction']) {
        const answer = await gateway.call(`/${kind}/${id}`, { token: shop.live });
        expect([answer.status, answer.body.error]).toEqual([
          404,
          { code: 'not_found', message: 'Not found.', details: [] },
        ]);
      }
    },
  );
});

describe('the account', () => {
  it('has a callback secret', async () => {
    const answer = await gateway.call('/webhook/secret', { token: shop.sandbox });
    expect([answer.status, answer.body]).toEqual([
      200,
      {
        requestId: expect.stringMatching(UUID) as string,
        data: { secret: `whsec_of_callback:${shop.merchantId}:test` },
      },
    ]);
  });

  it('has a balance of what was settled, per currency and mode', async () => {
    const owner = await gateway.openShop();
    expect((await gateway.call('/balance', { token: owner.live })).body.data).toEqual([]);
    expect((await gateway.call('/balance?currency=BRL', { token: owner.live })).body.data).toEqual([
      { currency: 'BRL', balance: 0 },
    ]);
    for (const part of [{ currency: 'BRL', amount: '517488.21' }, { amount: 53.62 }, { amount: 8 }]) {
      const { id } = dataOf(await create(part, owner.live));
      if (part.amount !== 8) await gateway.readModel.apply([bus.move(id, { status: 'completed' })]);
    }
    expect((await gateway.call('/balance', { token: owner.live })).body.data).toEqual([
      { currency: 'BRL', balance: 517488.21 },
      { currency: 'USD', balance: 53.62 },
    ]);
    expect((await gateway.call('/balance?currency=USD', { token: owner.live })).body.data).toEqual([
      { currency: 'USD', balance: 53.62 },
    ]);
    expect((await gateway.call('/balance', { token: owner.sandbox })).body.data).toEqual([]);
    for (const currency of ['EUR', 'brl', ''])
      expect((await gateway.call(`/balance?currency=${currency}`, { token: owner.live })).status).toBe(422);
  });
});

describe('what goes wrong', () => {
  const post = (body: string | Uint8Array<ArrayBuffer>, type = 'application/json'): Promise<Answer> =>
    gateway.call('/payment', { token: shop.live, init: { method: 'POST', body, headers: { 'content-type': type } } });

  it.each([
    ['malformed JSON', () => post('{"amount":'), 400, 'invalid_request'],
    ['broken UTF-8', () => post(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])), 400, 'invalid_request'],
    ['another content type', () => post('amount=300', 'text/csv'), 415, 'unsupported_media_type'],
    ['no body', () => post(''), 422, 'validation_error'],
    ['an unknown route', () => gateway.call('/payment/x/y', { token: shop.live }), 404, 'not_found'],
    ['another method', () => gateway.call('/payments', { init: { method: 'DELETE' } }), 404, 'not_found'],
    ['a path that cannot be decoded', () => gateway.call('/payment/%zz', { token: shop.live }), 400, 'invalid_request'],
    ['a path nobody serves', () => gateway.call('/transaction-x'), 404, 'not_found'],
    ['a method of payment nobody offers', () => gateway.call('/boleto', { token: shop.live }), 404, 'not_found'],
    ['a payout', () => gateway.call('/payouts/x', { token: shop.live }), 404, 'not_found'],
    ['a wallet nobody offers', () => gateway.call('/picpay'), 404, 'not_found'],
  ] as const)("%s is answered in the contract's body", async (_name, send, status, code) => {
    const answer = await send();
    expect([answer.status, answer.body]).toEqual([
      status,
      {
        requestId: answer.headers.get('x-request-id'),
        error: { code, message: expect.any(String) as string, details: expect.any(Array) as unknown[] },
        moreInformation: expect.arrayContaining([expect.any(String)]) as string[],
      },
    ]);
    expect(answer.body.requestId).toMatch(UUID);
  });

  it('ten megabytes are refused unread', async () => {
    // The server may hang up while the client is still writing; either end is an end.
    const answer = await post('x'.repeat(10 * 1024 * 1024)).catch((error: Error) => error);
    if (answer instanceof Error) expect(String(answer.cause)).toMatch(/EPIPE|ECONNRESET|other side closed/);
    else expect([answer.status, answer.body.error]).toMatchObject([413, { code: 'body_too_large' }]);
    expect((await create()).status).toBe(201);
  });

  it.each([
    ['/%70ayment', 'POST', 401],
    ['/%70ayments?limit=x', 'GET', 401],
    ['/%70ix/x', 'POST', 404],
    ['/payment/%', 'GET', 400],
    ['/b%61lance/none', 'GET', 404],
  ])("are in this contract's words however the address is spelt: %s", async (path, method, status) => {
    const answer = await gateway.call(path, { init: { method } });
    expect([answer.status, answer.body.error]).toMatchObject([status, { code: expect.any(String) as string }]);
  });

  it('a body of another kind of text is refused by its field', async () => {
    const answer = await create({ name: { toString: 1 }, transaction: { id: { toString: 1 } } });
    expect([answer.status, answer.body.error]).toMatchObject([
      422,
      { details: [{ field: 'name' }, { field: 'transaction.id' }] },
    ]);
  });

  it('a bus that does not answer is 503, worth repeating', async () => {
    bus.failure = new RequestUnavailable('nobody there', 2);
    for (const answer of [await create(), await gateway.call('/webhook/secret', { token: shop.live })]) {
      expect([answer.status, answer.headers.get('retry-after'), answer.body.error]).toMatchObject([
        503,
        '2',
        { code: 'service_unavailable' },
      ]);
    }
  });

  it("a request id is a UUID: the caller's own where it is one", async () => {
    const ask = async (id: string): Promise<unknown[]> => {
      const answer = await gateway.call('/balance', { token: shop.live, init: { headers: { 'x-request-id': id } } });
      return [answer.body.requestId, answer.headers.get('x-request-id')];
    };
    const own = newId();
    expect(await ask(own)).toEqual([own, own]);
    const made = await ask('my-request-0001');
    expect(made[0]).toMatch(UUID);
    expect(made).toEqual([made[0], made[0]]);
    expect(await ask('my-request-0001')).toEqual(made);
  });
});

/** The tests move the clock by hours; tokens last one. */
async function freshTokens(): Promise<Pick<Shop, 'live' | 'sandbox'>> {
  const token = async (livemode: boolean): Promise<string> => {
    const { clientId, clientSecret } = await gateway.clients.issue({
      merchantId: shop.merchantId,
      livemode,
      rateLimitPerMinute: 100_000,
    });
    const { body } = await gateway.call('/oauth2/token', {
      init: {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      },
    });
    return (body as { data: { access_token: string } }).data.access_token;
  };
  return { live: await token(true), sandbox: await token(false) };
}
