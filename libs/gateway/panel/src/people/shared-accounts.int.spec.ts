import { newId } from '@paymatch/contracts';
import type { Tx } from '@paymatch/platform-postgres';
import { expectProblem, PanelClient } from '../testing/panel.client.js';
import { AnsweringBus, startPanel } from '../testing/panel.harness.js';
import { PersonClient } from '../testing/person.client.js';

let panel: Awaited<ReturnType<typeof startPanel>>;
let operator: PersonClient;

beforeAll(async () => {
  panel = await startPanel(new AnsweringBus());
  for (const [table, trigger] of [
    ['wallets', 'wallets_of_one_merchant'],
    ['pix_accounts', 'pix_keys_of_one_merchant'],
  ])
    await panel.database.query(`ALTER TABLE gateway.${table} ENABLE TRIGGER ${trigger}`);
  const email = `operator.${newId()}@host.example`;
  await panel.enlist(email);
  operator = await new PersonClient(panel.url).signIn(email);
});
afterAll(() => panel.stop());

const wallet = (number: string, provider = 'bkash') => ({ provider, number, account_type: 'personal' });
const pix = (key: string) => ({ pix_key: key, beneficiary: 'Loja', city: 'Recife' });

async function shop() {
  const opened = await panel.openShop();
  const live = new PanelClient(panel.url, opened.live);
  const test = new PanelClient(panel.url, opened.test);
  return { ...opened, live, test };
}

const allow = (merchantId: string, body: object) =>
  operator.call('POST', `/operator/merchants/${merchantId}/shared-accounts`, { body });

describe('the number of a live wallet that another merchant has', () => {
  it('is refused without a word of whose it is, until the operator allows it; test mode is free', async () => {
    const [first, second] = [await shop(), await shop()];
    expect((await first.live.call('POST', '/wallets', { body: wallet('01711111111') })).status).toBe(201);
    const refused = await second.live.call('POST', '/wallets', { body: wallet('+880 1711-111111') });
    expectProblem(refused, 422, 'validation-error');
    expect(refused.json.errors).toEqual([{ pointer: '/number', detail: expect.stringContaining('operator') }]);
    expect(JSON.stringify(refused.json)).not.toContain(first.merchantId);
    expect((await second.test.call('POST', '/wallets', { body: wallet('01711111111') })).status).toBe(201);
    const word = { provider: 'bkash', number: '+8801711111111', reason: 'both shops are Rahima’s' };
    expect((await allow(second.merchantId, word)).json.data).toEqual([{ provider: 'bkash', number: '01711111111' }]);
    expect((await second.live.call('POST', '/wallets', { body: wallet('01711111111') })).status).toBe(201);
    const third = await shop();
    expectProblem(await third.live.call('POST', '/wallets', { body: wallet('01711111111') }), 422, 'validation-error');
    const { rows } = await panel.database.query(
      "SELECT merchant_id, reason, after FROM gateway.audit_log WHERE action = 'shared account allowed'",
    );
    expect(rows).toEqual([
      {
        merchant_id: second.merchantId,
        reason: 'both shops are Rahima’s',
        after: { provider: 'bkash', number: '+8801711111111' },
      },
    ]);
  });

  it('is free again once it is closed there, and is one account with any check digit', async () => {
    const [first, second] = [await shop(), await shop()];
    const { id } = (await first.live.call('POST', '/wallets', { body: wallet('017222222223', 'rocket') })).json.data;
    const add = () => second.live.call('POST', '/wallets', { body: wallet('017222222224', 'rocket') });
    expectProblem(await add(), 422, 'validation-error');
    expect((await first.live.call('POST', `/wallets/${id}/close`)).status).toBe(200);
    expect((await add()).status).toBe(201);
  });

  it('goes to one of two merchants who name it at the same moment', async () => {
    const [first, second] = [await shop(), await shop()];
    const add = (merchantId: string, tx: Pick<Tx, 'query'>) =>
      tx.query(
        `INSERT INTO gateway.wallets (id, merchant_id, livemode, provider, number, account_type)
         VALUES ($1, $2, true, 'bkash', '01733333333', 'personal')`,
        [newId(), merchantId],
      );
    let isAdded!: () => void;
    const added = new Promise<void>((resolve) => (isAdded = resolve));
    let commit!: () => void;
    const held = new Promise<void>((resolve) => (commit = resolve));
    const one = panel.database.transaction(async (tx) => {
      await add(first.merchantId, tx);
      isAdded();
      await held;
    });
    await added;
    const two = panel.database.transaction((tx) => add(second.merchantId, tx));
    commit();
    await one;
    await expect(two).rejects.toMatchObject({ code: '23505', constraint: 'account_of_one_merchant' });
  });
});

describe('the live Pix key that another merchant has', () => {
  it('is refused until the operator allows it; one’s own may be set again', async () => {
    const [first, second] = [await shop(), await shop()];
    const set = (client: PanelClient) => client.call('PUT', '/pix-account', { body: pix('loja@shop.example') });
    expect((await set(first.live)).status).toBe(200);
    expect((await set(first.live)).status).toBe(200);
    const refused = await set(second.live);
    expectProblem(refused, 422, 'validation-error');
    expect(refused.json.errors[0].pointer).toBe('/pix_key');
    expect((await set(second.test)).status).toBe(200);
    const word = { provider: 'pix', number: 'loja@shop.example', reason: 'one owner' };
    expect((await allow(second.merchantId, word)).status).toBe(200);
    expect((await set(second.live)).status).toBe(200);
  });
});

describe('the operator’s word', () => {
  it('is for merchants that are there, is listed, and is nobody else’s to give', async () => {
    const { merchantId, live } = await shop();
    const word = { provider: 'nagad', number: '01744444444', reason: 'one owner' };
    for (const id of [newId(), 'x']) expectProblem(await allow(id, word), 404, 'not-found');
    expectProblem(await allow(merchantId, { ...word, reason: '' }), 422, 'validation-error');
    for (let said = 0; said < 2; said += 1) expect((await allow(merchantId, word)).status).toBe(200);
    const path = `/operator/merchants/${merchantId}/shared-accounts`;
    expect((await operator.call('GET', path)).json.data).toEqual([{ provider: 'nagad', number: '01744444444' }]);
    expectProblem(await live.call('POST', path, { body: word }), 403, 'people-only');
  });
});
