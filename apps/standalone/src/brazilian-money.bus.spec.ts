import { newId, topics, uuidToUlid, type PaymentEventData } from '@paymatch/contracts';
import {
  abilities,
  API_KEYS,
  type ApiKeys,
  MERCHANTS,
  type Merchants,
  OAUTH_CLIENTS,
  type OAuthClients,
} from '@paymatch/gateway-access';
import { RECEIVING_ACCOUNTS, type ReceivingAccounts } from '@paymatch/gateway-receiving';
import { gatewayService } from '@paymatch/gateway-service';
import { paymentsService } from '@paymatch/payments-feature';
import { readConfig } from '@paymatch/platform-config';
import { BUS_SCHEMA, busMigrations, decodeMessage, EmbeddedCarrier } from '@paymatch/platform-messaging';
import { silentLogger, systemClock } from '@paymatch/platform-observability';
import { Database, migrate } from '@paymatch/platform-postgres';
import { runServices, type RunningService } from '@paymatch/platform-service';
import { createTestDatabase, eventually, type TestDatabase } from '@paymatch/platform-testing';
import { smsMatchingService } from '@paymatch/sms-matching-feature';
import { freePort } from '@paymatch/platform-dev-servers';
import { standaloneSettings } from './standalone.settings.js';

/** The gateway, payments and matching as they run, over real HTTP: from contract B's request to its answer. */
let test: TestDatabase;
let service: RunningService;
let token: string;
let panelKey: string;
let pixPath: string;
const facts: PaymentEventData[] = [];

beforeAll(async () => {
  test = await createTestDatabase({ schema: BUS_SCHEMA, migrations: busMigrations });
  const bus = await Database.connect({
    url: test.url,
    schema: BUS_SCHEMA,
    migrations: busMigrations,
    poolMax: 5,
    applicationName: 'test',
  });
  await migrate(bus);
  const carrier = new EmbeddedCarrier({ database: bus, logger: silentLogger, topics: Object.values(topics) });
  const port = await freePort('127.0.0.1');
  const settings = {
    ...readConfig(standaloneSettings(false), {}),
    publicUrl: `http://127.0.0.1:${port}`,
    secret: 'a secret of at least thirty-two characters',
  };
  service = await runServices({
    name: 'test',
    definitions: [paymentsService, smsMatchingService, gatewayService],
    settings,
    databaseUrl: test.url,
    databaseWaitMs: 0,
    migrates: true,
    carrier,
    logger: silentLogger,
    clock: systemClock,
    host: '127.0.0.1',
    port,
    stopDeadlineMs: 10_000,
    closers: [() => bus.close()],
  });
  await carrier.subscribe({
    group: 'test.facts',
    topics: [topics.paymentsEvents.name],
    from: 'beginning',
    batchSizeMax: 100,
    onBatch: async (batch) => {
      facts.push(...batch.map((wire) => decodeMessage(wire, 1).data as PaymentEventData));
    },
  });
  const { id: merchantId } = await service.get<Merchants>(MERCHANTS).create({ name: 'Loja' });
  const owner = { merchantId, livemode: true };
  const accounts = service.get<ReceivingAccounts>(RECEIVING_ACCOUNTS);
  await accounts.setPix(owner, {
    pixKey: '7d9f0335-8dcc-4054-9bf9-0dbd61d36906',
    beneficiary: 'Loja São João',
    city: 'São Paulo',
  });
  await accounts.setBank(owner, {
    name: 'VIACREDI',
    code: '085',
    agency: '0101-5',
    account: '12551163',
    accountOperation: 'Conta Corrente',
    document: '34.911.051/0001-97',
    beneficiary: 'Loja',
  });
  pixPath = (await accounts.issuePixCallback(owner, { withHeader: false }))!.urlPath;
  panelKey = (
    await service.get<ApiKeys>(API_KEYS).issue({ ...owner, abilities, rateLimitPerMinute: 100_000, name: 'Rita' })
  ).key;
  const { clientId, clientSecret } = await service
    .get<OAuthClients>(OAUTH_CLIENTS)
    .issue({ ...owner, rateLimitPerMinute: 100_000 });
  const answer = await call('POST', '/oauth2/token', {
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
  });
  token = answer.data.access_token;
});
afterAll(async () => {
  await service.stop();
  await test.drop();
});

type Json = any; // eslint-disable-line @typescript-eslint/no-explicit-any

async function call(
  method: string,
  path: string,
  options: { readonly body?: string | Buffer; readonly headers?: Record<string, string> } = {},
): Promise<Json> {
  const response = await fetch(`${service.url}${path}`, {
    method,
    ...(options.body !== undefined && { body: options.body }),
    headers: options.headers ?? {},
  });
  return response.json();
}
const json = (value: unknown, bearer: string) => ({
  body: JSON.stringify(value),
  headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
});

/** Each test's payer pays another sum, so that one test's money is not another's. */
let sums = 0;
async function order(
  method: 'pix' | 'bank_transfer',
): Promise<{ readonly id: string; readonly amount: string; readonly txid: string }> {
  sums += 1;
  const amount = `1557.${String(sums).padStart(2, '0')}`;
  const answer = await call(
    'POST',
    '/payment',
    json(
      {
        customer_id: 'c1',
        name: 'Ana Lima de Souza',
        email: 'ana@example.com',
        document: '52998224725',
        document_type: 'CPF',
        amount,
        currency: 'BRL',
        payment_method: method,
        callback: 'https://shop.example.com/cb',
        transaction: { id: newId() },
      },
      token,
    ),
  );
  const { id } = answer.data as { id: string };
  return { id, amount, txid: uuidToUlid(id).slice(1).toUpperCase() };
}
const statusOf = async (id: string): Promise<string> =>
  (await call('GET', `/payment/${id}`, { headers: { authorization: `Bearer ${token}` } })).data.status as string;
const factsOf = (id: string) =>
  facts.filter(({ payment }) => payment.id === id).map(({ type }) => type.replace('payments.', ''));
const casesOf = async (id: string): Promise<Json[]> =>
  (
    await call('GET', `/api/panel/v1/review-cases?payment_id=${id}`, {
      headers: { authorization: `Bearer ${panelKey}` },
    })
  ).data as Json[];

let transfers = 0;
const endToEndId = (): string => `E12345678202608140510${String((transfers += 1)).padStart(11, 'a')}`;
const entry = (txid: string | null, valor: string, parts: object = {}) => ({
  endToEndId: endToEndId(),
  ...(txid !== null && { txid }),
  valor,
  horario: new Date().toISOString(),
  ...parts,
});
const notify = (...pix: readonly object[]): Promise<Json> =>
  call('POST', `${pixPath}/pix`, { body: JSON.stringify({ pix }), headers: { 'content-type': 'application/json' } });
const today = (): string =>
  new Date(Date.now() - 3 * 3_600_000).toISOString().slice(0, 10).split('-').reverse().join('/');
const statement = (...rows: readonly (readonly [string, string, string])[]): string =>
  [
    'Data;Histórico;Nome;CPF;Valor',
    ...rows.map(([name, document, sum]) => `${today()};TED RECEBIDA;${name};${document};${sum}`),
    '',
  ].join('\n');
const upload = (path: string, file: string): Promise<Json> =>
  call('POST', `/api/panel/v1/bank-statements${path}`, {
    body: file,
    headers: { 'content-type': 'text/csv', authorization: `Bearer ${panelKey}` },
  });

describe('a Pix', () => {
  it('that the bank tells of pays its payment once, and stays paid when the money goes back', async () => {
    const { id, amount, txid } = await order('pix');
    const paid = entry(txid, amount);
    await notify(paid, entry(null, '1.00'), paid);
    await notify(paid);
    await eventually(async () => expect(await statusOf(id)).toBe('paid'));
    const devolucoes = [
      {
        id: 'd1',
        rtrId: 'D12345678202608140600aaaaaaaaaaa',
        valor: amount,
        status: 'DEVOLVIDO',
        motivo: 'Fraude',
        horario: { solicitacao: new Date().toISOString() },
      },
    ];
    await notify({ ...paid, devolucoes });
    await notify({ ...paid, devolucoes });
    await eventually(() => expect(factsOf(id)).toEqual(['payment-created', 'payment-completed', 'money-returned']));
    expect(await statusOf(id)).toBe('paid');
    await eventually(async () =>
      expect((await casesOf(id)).map(({ reason, status }: Json) => [reason, status])).toEqual([
        ['money_returned', 'open'],
      ]),
    );
  });

  it('of another sum is a case that names the payment; the right one still pays it', async () => {
    const { id, amount, txid } = await order('pix');
    await notify(entry(txid, '0.01'));
    await eventually(async () =>
      expect((await casesOf(id)).map(({ reason }: Json) => reason as string)).toEqual(['amount_mismatch']),
    );
    expect(await statusOf(id)).toBe('pending');
    await notify(entry(txid, amount));
    await eventually(async () => expect(await statusOf(id)).toBe('paid'));
  });

  it('that comes after the payment was denied, or twice, is a case', async () => {
    const [denied, paid] = [await order('pix'), await order('pix')];
    await call('POST', `/api/panel/v1/payments/${denied.id}/deny`, json({ reason: 'asked to' }, panelKey));
    expect(await statusOf(denied.id)).toBe('denied');
    await notify(entry(denied.txid, denied.amount), entry(paid.txid, paid.amount));
    await eventually(async () =>
      expect((await casesOf(denied.id)).map(({ reason }: Json) => reason as string)).toEqual(['late_money']),
    );
    await eventually(async () => expect(await statusOf(paid.id)).toBe('paid'));
    await notify(entry(paid.txid, paid.amount));
    await eventually(async () =>
      expect((await casesOf(paid.id)).map(({ reason }: Json) => reason as string)).toEqual(['already_paid']),
    );
    expect(await statusOf(denied.id)).toBe('denied');
  });
});

describe('a bank transfer', () => {
  it('is previewed, confirmed by a statement, and counted once however often that is uploaded', async () => {
    const { id, amount } = await order('bank_transfer');
    const file = statement(['SOUZA, ANA LIMA DE', '', amount.replace('.', ',')], ['Bia Costa', '', '3,33']);
    // The payment's own news may still be on its way to the matcher.
    await eventually(async () =>
      expect(
        (await upload('/preview', file)).data.lines.map(({ outcome, payment_id: paymentId }: Json) => [
          outcome,
          paymentId,
        ]),
      ).toEqual([
        ['matched', id],
        ['review', null],
      ]),
    );
    expect(await statusOf(id)).toBe('pending');
    await upload('', file);
    await eventually(async () => expect(await statusOf(id)).toBe('paid'));
    expect((await upload('', file)).data.lines.map(({ outcome }: Json) => outcome as string)).toEqual([
      'known',
      'known',
    ]);
    expect(factsOf(id)).toEqual(['payment-created', 'payment-completed']);
  });

  it('that fits two payments is completed by a person', async () => {
    const first = await order('bank_transfer');
    sums -= 1;
    const second = await order('bank_transfer');
    const file = statement(['Ana Lima de Souza', '529.982.247-25', first.amount.replace('.', ',')]);
    await eventually(async () =>
      expect((await upload('/preview', file)).data.lines[0]).toMatchObject({
        outcome: 'review',
        reason: 'ambiguous_payer',
      }),
    );
    await upload('', file);
    const {
      data: [open],
    } = await call('GET', '/api/panel/v1/review-cases?status=open&reason=ambiguous_payer', {
      headers: { authorization: `Bearer ${panelKey}` },
    });
    await call(
      'POST',
      `/api/panel/v1/review-cases/${open.id}/assign`,
      json({ payment_id: second.id, reason: 'theirs' }, panelKey),
    );
    await eventually(async () => expect(await statusOf(second.id)).toBe('paid'));
    expect(await statusOf(first.id)).toBe('pending');
  });
});
