import { isUuid, topics, type PixReceived } from '@paymatch/contracts';
import { RequestUnavailable } from '@paymatch/platform-messaging';
import { BusDouble } from './testing/bus.double.js';
import { pixAccount, startGateway, type Answer, type RunningGateway, type Shop } from './testing/gateway.harness.js';

const bus = new BusDouble();
let gateway: RunningGateway;
let shop: Shop;
let address: { readonly urlPath: string; readonly headerSecret: string | null };
beforeAll(async () => {
  gateway = await startGateway(bus);
  shop = await gateway.openShop();
  address = (await gateway.accounts.issuePixCallback(
    { merchantId: shop.merchantId, livemode: true },
    { withHeader: true },
  ))!;
});
afterAll(() => gateway.stop());
beforeEach(() => {
  bus.failure = null;
  bus.published.length = 0;
});

const entry = (parts: object = {}) => ({
  endToEndId: 'E12345678202606121130ABCdef12345',
  txid: '1H455VB4PEX5VSKNK084SN02Q',
  valor: '519.00',
  chave: pixAccount.pixKey,
  horario: '2026-06-12T11:30:05Z',
  ...parts,
});
const notify = (
  pix: unknown,
  options: { readonly urlPath?: string; readonly secret?: string | null } = {},
): Promise<Answer> => {
  const secret = options.secret === undefined ? address.headerSecret : options.secret;
  return gateway.call(`${options.urlPath ?? address.urlPath}/pix`, {
    json: { pix },
    init: { headers: secret === null ? {} : { 'x-pix-secret': secret } },
  });
};
const received = (): readonly PixReceived[] => bus.published.map(({ message }) => message.data as PixReceived);

describe("a bank's Pix notice", () => {
  it('is handed on, durably, before the bank is answered', async () => {
    const answer = await notify([
      entry(),
      entry({ endToEndId: 'E12345678202606121131ABCdef12345', txid: undefined, valor: '0.01' }),
    ]);
    expect([answer.status, answer.body]).toEqual([
      200,
      { requestId: expect.any(String) as string, data: { accepted: 2, refused: 0 } },
    ]);
    expect(received()[0]).toEqual({
      type: 'credits.pix-received',
      rawId: expect.any(String) as string,
      merchantId: shop.merchantId,
      livemode: true,
      endToEndId: 'E12345678202606121130ABCdef12345',
      txid: '1H455VB4PEX5VSKNK084SN02Q',
      amountMinor: 51_900,
      pixKey: pixAccount.pixKey,
      accountKey: pixAccount.pixKey,
      horario: '2026-06-12T11:30:05.000000Z',
      payerInfo: null,
      payer: null,
      devolucoes: [],
      arrivedAt: new Date(gateway.clock.ms).toISOString(),
    });
    expect(received()[1]).toMatchObject({ txid: null, amountMinor: 1 });
    const { topic, message } = bus.published[0]!;
    expect([topic, message.key, message.type, message.id]).toEqual([
      topics.creditsReceived.name,
      `${shop.merchantId}:${pixAccount.pixKey}`,
      'credits.pix-received',
      received()[0]!.rawId,
    ]);
    expect(isUuid(message.id)).toBe(true);
  });

  it('may be posted to the address itself, by banks that add nothing to it', async () => {
    const answer = await gateway.call(address.urlPath, {
      json: { pix: [entry()] },
      init: { headers: { 'x-pix-secret': address.headerSecret! } },
    });
    expect([answer.status, answer.body.data]).toEqual([200, { accepted: 1, refused: 0 }]);
  });

  it('has the same ids when it is sent again, and others when it brings news', async () => {
    await notify([entry()]);
    await notify([entry()]);
    await notify([
      entry({
        devolucoes: [{ id: 'd1', rtrId: 'D12345678202606121200aaaaaaaaaaa', valor: '519.00', status: 'DEVOLVIDO' }],
      }),
    ]);
    const ids = received().map(({ rawId }) => rawId);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(received()[2]!.devolucoes).toMatchObject([{ id: 'd1', amountMinor: 51_900, status: 'DEVOLVIDO' }]);
  });

  it('is hurt in none of its entries by a bad one, which is kept for a person to see, once', async () => {
    const bad = [{ ...entry(), valor: 'muito' }, 'text', null, { endToEndId: 'E\u0000' }];
    for (let time = 0; time < 2; time += 1) {
      const answer = await notify([bad[0], entry(), bad[1], bad[2], bad[3]]);
      expect([answer.status, answer.body.data]).toEqual([200, { accepted: 1, refused: 4 }]);
    }
    const { rows } = await gateway.test.database.query<{ entry: string; reason: string; merchant_id: string }>(
      'SELECT entry, reason, merchant_id FROM gateway.pix_refused_entries',
    );
    expect(rows.map((row) => row.entry).sort()).toEqual(bad.map((value) => JSON.stringify(value)).sort());
    expect(rows.every((row) => row.merchant_id === shop.merchantId && row.reason !== '')).toBe(true);
    expect(received().map(({ endToEndId }) => endToEndId)).toEqual([
      'E12345678202606121130ABCdef12345',
      'E12345678202606121130ABCdef12345',
    ]);
  });

  it.each([
    ['a field of', (deep: string) => JSON.stringify(entry({ other: 0 })).replace('"other":0', `"other":${deep}`), 3],
    ['the whole of', (deep: string) => deep, 2],
  ])('is taken when %s one entry nests far too deep', async (_what, spoil, acceptedCount) => {
    const good = [entry(), entry({ endToEndId: 'E12345678202606121132ABCdef12345' })];
    const body = `{"pix":[${JSON.stringify(good[0])},${spoil('['.repeat(5_000) + ']'.repeat(5_000))},${JSON.stringify(good[1])}]}`;
    const answer = await gateway.call(`${address.urlPath}/pix`, {
      init: {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', 'x-pix-secret': address.headerSecret! },
      },
    });
    expect([answer.status, answer.body.data]).toEqual([200, { accepted: acceptedCount, refused: 3 - acceptedCount }]);
    expect(received().map(({ endToEndId }) => endToEndId)).toEqual(
      expect.arrayContaining(good.map(({ endToEndId }) => endToEndId)),
    );
  });

  it('is asked for again when it could not be stored', async () => {
    bus.failure = new RequestUnavailable('nobody there');
    const answer = await notify([entry()]);
    expect([answer.status, answer.body.error]).toMatchObject([503, { code: 'service_unavailable' }]);
  });

  it.each([[{}], ['text'], [null], [7]])('holds a list, not %j', async (pix) =>
    expect((await notify(pix)).status).toBe(422),
  );

  it('may be empty', async () => expect((await notify([])).body.data).toEqual({ accepted: 0, refused: 0 }));

  it("is taken at the merchant's own address with its own header only", async () => {
    const other = await gateway.openShop();
    const theirs = (await gateway.accounts.issuePixCallback(
      { merchantId: other.merchantId, livemode: false },
      { withHeader: false },
    ))!;
    expect(theirs.headerSecret).toBeNull();
    const refusals = [
      await notify([entry()], { secret: null }),
      await notify([entry()], { secret: 'x' }),
      await notify([entry()], { urlPath: `/pix/${'x'.repeat(40)}` }),
      await notify([entry()], { urlPath: '/pix/short' }),
      await notify([entry()], { urlPath: `/pix/${address.urlPath.slice(5).toLowerCase()}` }),
    ];
    expect(refusals.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(received()).toEqual([]);
    await notify([entry()], { urlPath: theirs.urlPath, secret: null });
    expect(received()).toMatchObject([{ merchantId: other.merchantId, livemode: false }]);
    const renewed = (await gateway.accounts.issuePixCallback(
      { merchantId: other.merchantId, livemode: false },
      { withHeader: false },
    ))!;
    expect((await notify([entry()], { urlPath: theirs.urlPath, secret: null })).status).toBe(404);
    expect((await notify([entry()], { urlPath: renewed.urlPath, secret: null })).status).toBe(200);
    const { rows } = await gateway.test.database.query('SELECT * FROM gateway.pix_accounts');
    expect(JSON.stringify(rows)).not.toContain(renewed.urlPath.slice(5));
  });
});

describe('where a merchant receives money', () => {
  it('is checked when it is set', async () => {
    const owner = { merchantId: shop.merchantId, livemode: true };
    await expect(gateway.accounts.setPix(owner, { ...pixAccount, pixKey: 'nope' })).rejects.toMatchObject({
      field: 'pixKey',
    });
    await expect(gateway.accounts.setPix(owner, { ...pixAccount, beneficiary: '店' })).rejects.toMatchObject({
      field: 'beneficiary',
    });
    await expect(gateway.accounts.setPix(owner, { ...pixAccount, city: ' ' })).rejects.toMatchObject({ field: 'city' });
    expect(await gateway.accounts.pix(owner)).toEqual(pixAccount);
    const bank = (await gateway.accounts.bank(owner))!;
    await expect(gateway.accounts.setBank(owner, { ...bank, agency: '' })).rejects.toMatchObject({ field: 'agency' });
    const bare = await gateway.openShop({ hasAccounts: false });
    expect(
      await gateway.accounts.issuePixCallback({ merchantId: bare.merchantId, livemode: true }, { withHeader: false }),
    ).toBeNull();
  });
});
