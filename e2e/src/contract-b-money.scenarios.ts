import {
  CallbackReceiver,
  ContractBClient,
  endToEndId,
  isGenuineCallback,
  order,
  send,
  ulidOf,
  uniqueSum,
  unique,
  until,
  type Callback,
  type Json,
  type Reply,
} from './contract-b.client.js';
import { expectError } from './contract-b.expectations.js';
import type { Subject } from './one-payment.scenarios.js';
import type { Demo } from './running-gateway.js';

let demo: Demo;
let client: ContractBClient;
let receiver: CallbackReceiver;

const reason = 'as they said by phone';

export const panel = (of: Demo, method: string, path: string, body?: unknown): Promise<Reply> =>
  send(`${of.baseUrl}/api/panel/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${of.merchant.liveKey}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

/** The open case of the panel that speaks of all these words. */
export const caseWith = (of: Demo, ...words: readonly string[]): Promise<Json> =>
  until(async () => {
    const { body } = await panel(of, 'GET', '/review-cases?status=open');
    return (
      (body.data as Json[]).find((found) => words.every((word) => JSON.stringify(found).includes(word))) ??
      new Error(`no open case speaks of ${words.join(', ')}: ${JSON.stringify(body.data)}`)
    );
  });

export const pixNotice = (of: Demo, entries: readonly unknown[], suffix = '/pix'): Promise<Reply> =>
  send(`${of.smartfastpay.pixCallbackUrl}${suffix}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ pix: entries }),
  });

/** One entry of a bank's notice (Banco Central, API Pix). */
export const pixEntry = (txid: string | undefined, valor: string, parts: object = {}): Json => ({
  endToEndId: endToEndId(),
  txid,
  valor,
  chave: demo.smartfastpay.pix.pixKey,
  horario: new Date().toISOString(),
  infoPagador: 'pedido',
  ...parts,
});

interface Made {
  readonly id: string;
  readonly txid: string;
  readonly total: string;
  readonly transactionId: string;
}

async function make(parts: Readonly<Record<string, unknown>> = {}): Promise<Made> {
  const transactionId = unique();
  const { status, body } = await client.post(
    '/payment',
    order({
      currency: 'BRL',
      amount: uniqueSum(),
      callback: receiver.url,
      transaction: { id: transactionId },
      ...parts,
    }),
  );
  expect(status).toBe(201);
  return {
    id: body.data.id,
    txid: ulidOf(body.data.id as string)
      .slice(1)
      .toUpperCase(),
    total: body.data.values.total,
    transactionId,
  };
}

const statusOf = async (id: string): Promise<string> => (await client.get(`/payment/${id}`)).body.data.status as string;

/** A callback's body and signature (contract B, Callback). */
async function expectCallback(made: Made, said: Readonly<Record<string, string>>): Promise<Callback> {
  const callback = await receiver.waitFor(made.id);
  expect(callback.body).toEqual({
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    data: [
      {
        id: made.id,
        customer_id: '58f0c005-3b7d-4c75-81f3-93b9a6fee864',
        transaction_id: made.transactionId,
        amount: made.total,
        type: 'payment',
        exchange: '1.00',
        ...said,
      },
    ],
  });
  expect([callback.headers['content-type'], callback.raw]).toEqual([
    expect.stringMatching(/^application\/json/),
    JSON.stringify(callback.body),
  ]);
  expect(isGenuineCallback(callback, (await client.get('/webhook/secret')).body.data.secret as string)).toBe(true);
  return callback;
}

/** How contract B's payments are paid, denied and left to people. */
export function describeContractBMoney(subject: () => Subject): void {
  beforeAll(async () => {
    ({ demo } = subject());
    client = await ContractBClient.open(demo);
    receiver = await CallbackReceiver.start();
  });
  afterAll(() => receiver?.stop());

  describe('a Pix', describePix);
  describe('a bank transfer', describeBankTransfer);
}

function describePix(): void {
  it('that the bank tells of makes its payment paid, and the shop is told once, signed', async () => {
    const made = await make();
    const before = (await client.get('/balance?currency=BRL')).body.data[0].balance as number;
    const entry = pixEntry(made.txid, made.total);
    const notice = await pixNotice(demo, [entry]);
    expect(notice.status).toBe(200);
    await client.becomes(made.id, 'paid');
    await expectCallback(made, { status: 'paid', payment_status: 'paid' });
    expect((await client.get(`/transaction/${made.id}`)).body.data).toMatchObject({
      status: 'paid',
      payment_status: 'paid',
    });
    expect((await client.get(`/payments?status=paid&transaction_id=${made.transactionId}`)).body.total).toBe(1);
    const after = (await client.get('/balance?currency=BRL')).body.data[0].balance as number;
    expect(Math.round((after - before) * 100)).toBe(Math.round(Number(made.total) * 100));
    // Told again, and in a batch, it counts nothing.
    for (const again of [[entry], [entry, entry]]) expect((await pixNotice(demo, again, '')).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect([receiver.of(made.id).length, (await client.get('/balance?currency=BRL')).body.data[0].balance]).toEqual([
      1,
      after,
    ]);
  });

  it('in dollars is paid by what it came to in reais, and shown in dollars', async () => {
    const transactionId = unique();
    const { body } = await client.post(
      '/payment',
      order({ callback: receiver.url, transaction: { id: transactionId } }),
    );
    const made = {
      id: body.data.id as string,
      txid: ulidOf(body.data.id as string)
        .slice(1)
        .toUpperCase(),
      total: '300.00',
      transactionId,
    };
    expect(body.data.values.total).toBe('1557.00');
    await pixNotice(demo, [pixEntry(made.txid, '1557.00')]);
    expect(await client.becomes(made.id, 'paid')).toMatchObject({ amount: '300.00', currency: 'USD' });
    await expectCallback(made, { status: 'paid', payment_status: 'paid', exchange: '5.19' });
  });

  it('comes in batches of which a bad entry hurts no other, and is shown to a person', async () => {
    const [first, second] = [await make(), await make()];
    const strange = unique();
    const notice = await pixNotice(demo, [
      pixEntry(first.txid, first.total),
      { endToEndId: strange, valor: 'muito' },
      pixEntry(second.txid, second.total),
    ]);
    expect(notice.status).toBe(200);
    await Promise.all([client.becomes(first.id, 'paid'), client.becomes(second.id, 'paid')]);
    const refused = (await panel(demo, 'GET', '/pix-refused-entries')).body.data as Json[];
    expect(refused.filter(({ entry }) => (entry as string).includes(strange))).toHaveLength(1);
  });

  it.each([
    ['a centavo less', -1],
    ['a centavo more', 1],
  ])('of %s leaves its payment waiting and becomes a case; the right one still pays it', async (_what, centavos) => {
    const made = await make();
    const wrong = pixEntry(made.txid, ((Math.round(Number(made.total) * 100) + centavos) / 100).toFixed(2));
    await pixNotice(demo, [wrong]);
    expect(await caseWith(demo, made.id, 'amount_mismatch')).toMatchObject({
      reason: 'amount_mismatch',
      credit: { provider: 'pix', amount: wrong.valor, currency: 'BRL' },
    });
    expect(await statusOf(made.id)).toBe('pending');
    await pixNotice(demo, [pixEntry(made.txid, made.total)]);
    await client.becomes(made.id, 'paid');
  });

  it.each([
    ['an unknown txid', 'PEDIDO77', 'unknown_txid'],
    ['no txid', undefined, 'missing_txid'],
  ])('with %s is a case for a person, who gives it to its payment', async (_what, txid, reason) => {
    const made = await make();
    const entry = pixEntry(txid, made.total);
    await pixNotice(demo, [entry]);
    const found = await caseWith(demo, entry.endToEndId as string);
    expect(found.reason).toBe(reason);
    expect(await statusOf(made.id)).toBe('pending');
    expect(
      (await panel(demo, 'POST', `/review-cases/${found.id}/assign`, { payment_id: made.id, reason })).status,
    ).toBe(200);
    await client.becomes(made.id, 'paid');
    await expectCallback(made, { status: 'paid', payment_status: 'paid' });
  });

  it('that comes after its payment was denied is a case, and the payment stays denied', async () => {
    const made = await make();
    expect((await panel(demo, 'POST', `/payments/${made.id}/deny`, { reason })).status).toBe(200);
    await expectCallback(made, { status: 'canceled', payment_status: 'denied' });
    await pixNotice(demo, [pixEntry(made.txid, made.total)]);
    expect((await caseWith(demo, made.id, 'late_money')).reason).toBe('late_money');
    expect((await client.get(`/transaction/${made.id}`)).body.data).toMatchObject({
      status: 'canceled',
      payment_status: 'denied',
    });
    expect(receiver.of(made.id)).toHaveLength(1);
  });

  it('that went back leaves its payment paid, and a person sees it', async () => {
    const made = await make();
    const entry = pixEntry(made.txid, made.total);
    await pixNotice(demo, [entry]);
    await client.becomes(made.id, 'paid');
    const devolucoes = [
      {
        id: 'd1',
        rtrId: `D${(entry.endToEndId as string).slice(1)}`,
        valor: made.total,
        status: 'DEVOLVIDO',
        horario: { solicitacao: new Date().toISOString() },
      },
    ];
    await pixNotice(demo, [{ ...entry, devolucoes }]);
    expect((await caseWith(demo, entry.endToEndId as string, 'money_returned')).reason).toBe('money_returned');
    expect(await statusOf(made.id)).toBe('paid');
  });

  it("is told of at the merchant's own address only", async () => {
    const made = await make();
    const stranger = `${demo.baseUrl}/pix/${'0'.repeat(40)}/pix`;
    expectError(
      await send(stranger, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ pix: [pixEntry(made.txid, made.total)] }),
      }),
      404,
    );
    expectError(
      await send(`${demo.smartfastpay.pixCallbackUrl}/pix`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"pix":5}',
      }),
      422,
      'pix',
    );
    // The sandbox's address knows nothing of live payments.
    const entry = pixEntry(made.txid, made.total);
    expect(
      (
        await send(`${demo.smartfastpay.sandboxPixCallbackUrl}/pix`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ pix: [entry] }),
        })
      ).status,
    ).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await statusOf(made.id)).toBe('pending');
  });
}

function describeBankTransfer(): void {
  const today = (): string =>
    new Date(Date.now() - 3 * 3_600_000).toISOString().slice(0, 10).split('-').reverse().join('/');
  const statement = (...rows: readonly (readonly [name: string, document: string, sum: string])[]): string =>
    [
      'Data;Histórico;Nome;CPF/CNPJ;Valor',
      ...rows.map(([name, document, sum]) => `${today()};TED RECEBIDA;${name};${document};${sum.replace('.', ',')}`),
      '',
    ].join('\r\n');
  const upload = (path: string, text: string): Promise<Reply> =>
    send(`${demo.baseUrl}/api/panel/v1/bank-statements${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${demo.merchant.liveKey}`, 'content-type': 'text/csv' },
      body: text,
    });
  const makeTransfer = (parts: Readonly<Record<string, unknown>> = {}): Promise<Made> =>
    make({ payment_method: 'bank_transfer', ...parts });

  /** What was made a moment ago may still be on its way to the matcher. */
  const previewed = (file: string, paymentId: string): Promise<Json> =>
    until(async () => {
      const { status, body } = await upload('/preview', file);
      const [line] = body.data?.lines ?? [];
      return status === 200 && line?.outcome === 'matched' && line.payment_id === paymentId
        ? (body.data as Json)
        : new Error(`the preview says ${JSON.stringify(body)}`);
    });

  it.each([
    ['CPF', 'Outro Nome Qualquer', '169.726.914-19'],
    ['full name', 'ROE, RICHARD', ''],
  ])(
    "is confirmed by a statement that names the payer's %s, after a preview that changed nothing",
    async (_by, name, document) => {
      const made = await makeTransfer();
      const file = statement([name, document, made.total]);
      await previewed(file, made.id);
      expect(await statusOf(made.id)).toBe('pending');
      const imported = await upload('', file);
      expect([imported.status, imported.body.data]).toMatchObject([
        200,
        { applied: true, lines: [{ outcome: 'matched', amount: made.total, payment_id: made.id }] },
      ]);
      await client.becomes(made.id, 'paid');
      await expectCallback(made, { status: 'paid', payment_status: 'paid' });
      expect((await upload('', file)).body.data.lines.map((line: Json) => line.outcome)).toEqual(['known']);
      expect(receiver.of(made.id)).toHaveLength(1);
    },
  );

  it.each([
    ['another payer', 'Ana Lima de Souza', '529.982.247-25', 0],
    ['another sum', 'Richard Roe', '169.726.914-19', 1],
  ])(
    'of %s is a case; its payment waits until a person says it is this one',
    async (_what, name, document, centavos) => {
      const made = await makeTransfer();
      const sum = ((Math.round(Number(made.total) * 100) + centavos) / 100).toFixed(2);
      const imported = await upload('', statement([name, document, sum]));
      expect(imported.body.data.lines).toMatchObject([{ outcome: 'review', payment_id: null }]);
      const found = await caseWith(demo, `"amount":"${sum}"`, name);
      expect(await statusOf(made.id)).toBe('pending');
      expect(
        (await panel(demo, 'POST', `/review-cases/${found.id}/assign`, { payment_id: made.id, reason })).status,
      ).toBe(200);
      await client.becomes(made.id, 'paid');
    },
  );

  it('is confirmed by a person who saw the money on the account', async () => {
    const made = await makeTransfer();
    const entered = await panel(demo, 'POST', '/transfers', {
      method: 'bank_transfer',
      transfer_id: `DOC${String(Date.now()).slice(-9)}`,
      amount: made.total,
      note: 'seen on the account',
      payer: '16972691419',
      payment_id: made.id,
    });
    expect(entered.status).toBe(201);
    await client.becomes(made.id, 'paid');
    await expectCallback(made, { status: 'paid', payment_status: 'paid' });
  });

  it('is denied by a person, once; money that comes later is a case', async () => {
    const made = await makeTransfer();
    expect((await panel(demo, 'POST', `/payments/${made.id}/deny`, { reason })).status).toBe(200);
    expect((await client.get(`/payment/${made.id}`)).body.data.status).toBe('denied');
    expect((await client.get(`/transaction/${made.id}`)).body.data).toMatchObject({
      status: 'canceled',
      payment_status: 'denied',
    });
    await expectCallback(made, { status: 'canceled', payment_status: 'denied' });
    await upload('', statement(['Richard Roe', '169.726.914-19', made.total]));
    await caseWith(demo, `"amount":"${made.total}"`);
    expect(await statusOf(made.id)).toBe('denied');
    const paid = await makeTransfer();
    await panel(demo, 'POST', '/transfers', {
      method: 'bank_transfer',
      transfer_id: `DOC${String(Date.now()).slice(-9)}`,
      amount: paid.total,
      note: 'seen',
      payment_id: paid.id,
    });
    await client.becomes(paid.id, 'paid');
    expect((await panel(demo, 'POST', `/payments/${paid.id}/deny`, { reason })).status).toBe(409);
  });
}
