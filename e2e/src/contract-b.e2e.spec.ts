import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  CallbackReceiver,
  ContractBClient,
  endToEndId,
  isGenuineCallback,
  order,
  send,
  ulidOf,
} from './contract-b.client.js';
import { expectError } from './contract-b.expectations.js';
import { describeContractB } from './contract-b.scenarios.js';
import { caseWith, panel } from './contract-b-money.scenarios.js';
import { killLeftGateways, RunningGateway, type Demo } from './running-gateway.js';

jest.setTimeout(120_000);

let gateway: RunningGateway;
// A rate is remembered for a second here, so that a new one is sold at soon.
const env = { PAYMATCH_EXCHANGE_CACHE_SECONDS: '1' };

beforeAll(async () => {
  gateway = await RunningGateway.start({ env });
});
afterAll(async () => {
  await gateway?.stopAndForget();
  killLeftGateways();
});

describeContractB('in one process', () => gateway);

describe('the rate of exchange', () => {
  const setRate = async (rate: string): Promise<void> => {
    expect((await panel(gateway.demo, 'POST', '/exchange-rates', { base_currency: 'USD', rate })).status).toBe(201);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
  };
  afterAll(() => setRate('5.19'));

  it.each([
    ['5.005', '2.00', '10.01'],
    ['1.002', '2.50', '2.51'],
    ['5.190000000000000001', '1000000.00', '5190000.00'],
    ['1.001999999999999999', '2.50', '2.50'],
    ['5.4313', '300.00', '1629.39'],
  ])('of %s makes %s USD %s BRL: rounded half up, once', async (rate, amount, total) => {
    await setRate(rate);
    const client = await ContractBClient.open(gateway.demo);
    const { body } = await client.post('/payment', order({ amount }));
    expect(body.data.values).toMatchObject({ total, exchange: rate });
  });

  it("is the payment's own from its creation on", async () => {
    await setRate('5.19');
    const client = await ContractBClient.open(gateway.demo);
    const body = order();
    const first = await client.post('/payment', body);
    await setRate('6');
    expect((await client.post('/payment', order())).body.data.values).toMatchObject({
      total: '1800.00',
      exchange: '6',
    });
    expect((await client.post('/payment', body)).body.data).toEqual(first.body.data);
  });
});

describe('a credential', () => {
  it('is issued in the panel, and ends there with its tokens', async () => {
    const { client_id: clientId, client_secret: clientSecret } = (await panel(gateway.demo, 'POST', '/oauth-clients'))
      .body.data;
    const client = await ContractBClient.open({
      ...gateway.demo,
      smartfastpay: { ...gateway.demo.smartfastpay, clientId, clientSecret },
    });
    expect((await client.get('/payments')).status).toBe(200);
    await panel(gateway.demo, 'POST', `/oauth-clients/${clientId}/revoke`, { reason: 'lost' });
    expectError(await client.get('/payments'), 401);
  });
});

describe('time', () => {
  it('ends tokens after an hour and Pix payments after theirs; the shop is told, and late money is a case', async () => {
    const receiver = await CallbackReceiver.start();
    let later = await RunningGateway.start();
    const client = await ContractBClient.open(later.demo);
    const { id } = (await client.post('/payment', order({ currency: 'BRL', amount: '77.70', callback: receiver.url })))
      .body.data;
    const slow = (await client.post('/payment', order({ payment_method: 'bank_transfer' }))).body.data;
    await later.stop();
    const aheadMs = 61 * 60_000;
    later = await RunningGateway.start({
      dataDir: later.dataDir,
      env: { NODE_OPTIONS: `--require ${path.join(__dirname, 'later-clock.cjs')}`, LATER_CLOCK_MS: String(aheadMs) },
    });
    const { demo } = later;
    expectError(await send(`${demo.baseUrl}/payments`, { headers: { authorization: `Bearer ${client.token}` } }), 401);
    const fresh = await ContractBClient.open(demo);
    expect((await fresh.get(`/payment/${id}`)).body.data.status).toBe('expired');
    expect((await fresh.get(`/transaction/${id}`)).body.data).toMatchObject({
      status: 'canceled',
      payment_status: 'expired',
    });
    expect((await fresh.get(`/payment/${slow.id}`)).body.data.status).toBe('pending');
    const callback = await receiver.waitFor(id as string);
    expect(callback.body.data).toMatchObject([{ id, status: 'canceled', payment_status: 'expired' }]);
    const { secret } = (await fresh.get('/webhook/secret')).body.data;
    // Signed with the database's time: a process whose clock is wrong does not make shops refuse its webhooks.
    expect(isGenuineCallback(callback, secret as string)).toBe(true);
    const entry = {
      endToEndId: endToEndId(),
      txid: ulidOf(id as string)
        .slice(1)
        .toUpperCase(),
      valor: '77.70',
      horario: new Date(Date.now() + aheadMs).toISOString(),
    };
    await send(`${demo.smartfastpay.pixCallbackUrl}/pix`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ pix: [entry] }),
    });
    expect((await caseWith(demo, id as string, 'late_money')).reason).toBe('late_money');
    expect((await fresh.get(`/payment/${id}`)).body.data.status).toBe('expired');
    await receiver.stop();
    await later.stopAndForget();
  });
});

describe('the page about contract B', () => {
  it('holds a first payment whose commands work as they stand', () => {
    const blocks = [
      ...readFileSync(path.join(__dirname, '../../docs/reference/contract-b.md'), 'utf8').matchAll(
        /```sh\n([\s\S]*?)```/g,
      ),
    ].map((match) => match[1]!);
    expect(blocks).toHaveLength(1);
    const { status, stdout } = spawnSync('bash', ['-e', '-c', blocks[0]!], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, PAYMATCH_DATA: gateway.dataDir },
    });
    expect([status, JSON.parse(stdout)]).toMatchObject([
      0,
      { data: { status: 'pending', values: { total: '1557.00' } } },
    ]);
  });
});

describe('the demo merchant', () => {
  it('of an earlier version is completed at the next start; one that is complete keeps its credentials, and its rate is young again', async () => {
    let other = await RunningGateway.start();
    const file = path.join(other.dataDir, 'demo.json');
    await other.stop();
    const { smartfastpay: _gone, ...earlier } = JSON.parse(readFileSync(file, 'utf8')) as Demo;
    writeFileSync(file, JSON.stringify(earlier));
    other = await RunningGateway.start({ dataDir: other.dataDir });
    const { smartfastpay, ...rest } = other.demo;
    expect(rest).toEqual({ ...earlier, baseUrl: rest.baseUrl });
    expect((await (await ContractBClient.open(other.demo)).post('/payment', order())).status).toBe(201);
    await other.stop();
    other = await RunningGateway.start({ dataDir: other.dataDir });
    const moved = (url: string): string => `${other.demo.baseUrl}${new URL(url).pathname}`;
    expect(other.demo.smartfastpay).toEqual({
      ...smartfastpay,
      pixCallbackUrl: moved(smartfastpay.pixCallbackUrl),
      sandboxPixCallbackUrl: moved(smartfastpay.sandboxPixCallbackUrl),
    });
    const rates = (await panel(other.demo, 'GET', '/exchange-rates')).body.data as { set_by: string }[];
    expect(rates.map((rate) => rate.set_by)).toEqual(['demo', 'demo', 'demo']);
    for (const line of [
      `contract B      client ${smartfastpay.clientId}`,
      `Pix callbacks   ${other.demo.smartfastpay.pixCallbackUrl}`,
    ])
      expect(other.log).toContain(line);
    await other.stopAndForget();
  });
});
