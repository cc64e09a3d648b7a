import { newId } from '@paymatch/contracts';
import { expectProblem } from '../testing/panel.client.js';
import { AnsweringBus, startPanel, type PanelShop } from '../testing/panel.harness.js';
import { PersonClient } from '../testing/person.client.js';

let panel: Awaited<ReturnType<typeof startPanel>>;
let shop: PanelShop;
let operator: PersonClient;
let ownerEmail: string;
let owner: PersonClient;

beforeAll(async () => {
  panel = await startPanel(new AnsweringBus());
  shop = await panel.openShop();
  const email = `operator.${newId()}@shop.example`;
  await panel.enlist(email);
  operator = await new PersonClient(panel.url).signIn(email);
  ownerEmail = `owner.${newId()}@shop.example`;
  await panel.enlist(ownerEmail, { merchantId: shop.merchantId, role: 'owner' });
  owner = (await new PersonClient(panel.url).signIn(ownerEmail)).at(shop.merchantId);
});
afterAll(() => panel.stop());

const found = async (query: string) => (await operator.call('GET', `/operator/people${query}`)).json;

describe('everybody of the installation', () => {
  it('is found by a part of the address, with what they are where and how they sign in', async () => {
    const { data, next } = await found(`?q=${ownerEmail.slice(0, 20).toUpperCase()}`);
    expect(data).toMatchObject([
      {
        email: ownerEmail,
        is_operator: false,
        totp_enabled: false,
        passkeys: 0,
        last_seen_at: expect.any(String),
        merchants: [{ id: shop.merchantId, name: 'Shop', role: 'owner' }],
      },
    ]);
    expect(next).toBeNull();
    const first = await found('?limit=1');
    expect((await found(`?limit=1&after=${first.next}`)).data[0].id).not.toBe(first.data[0].id);
    expectProblem(await owner.call('GET', '/operator/people'), 403, 'role-not-enough');
  });

  it('can be given a way back: second factors go, sessions end, the password stays, and the log says why', async () => {
    const { id } = (await owner.call('GET', '/session')).json.data.user;
    await panel.database.query(
      `INSERT INTO gateway.passkeys (id, user_id, credential_id, public_key, counter, transports, name, created_at)
       VALUES ($1, $2, 'x', 'x', 0, '{}', 'Phone', now())`,
      [newId(), id],
    );
    await panel.database.query(`UPDATE gateway.users SET totp_sealed = 'x', totp_confirmed_at = now() WHERE id = $1`, [
      id,
    ]);
    expect((await found(`?q=${ownerEmail}`)).data).toMatchObject([{ totp_enabled: true, passkeys: 1 }]);
    const path = `/operator/people/${id}/reset-authenticator`;
    expectProblem(await operator.call('POST', path, { body: {} }), 422, 'validation-error');
    const reason = 'Lost the phone; called back at the number we know';
    expect((await operator.call('POST', path, { body: { reason } })).json.data).toEqual({ is_mailed: false });
    expect((await found(`?q=${ownerEmail}`)).data).toMatchObject([{ totp_enabled: false, passkeys: 0 }]);
    expect((await owner.call('GET', '/session')).status).toBe(401);
    owner = (await new PersonClient(panel.url).signIn(ownerEmail)).at(shop.merchantId);
    const { data } = (await operator.call('GET', '/operator/audit?action=authenticator%20reset')).json;
    expect(data).toMatchObject([{ subject: id, reason, merchant: null }]);
    expectProblem(
      await operator.call('POST', `/operator/people/${newId()}/reset-authenticator`, { body: { reason } }),
      404,
      'not-found',
    );
  });
});

describe('the changes of the whole installation', () => {
  it('name the merchant, are found by it, and come as CSV', async () => {
    await operator.call('POST', `/operator/merchants/${shop.merchantId}/suspend`, { body: { reason: 'A try' } });
    await operator.call('POST', `/operator/merchants/${shop.merchantId}/resume`);
    const { data } = (await operator.call('GET', `/operator/audit?merchant_id=${shop.merchantId}&limit=2`)).json;
    expect(data).toMatchObject([
      { action: 'merchant resumed', merchant: { id: shop.merchantId, name: 'Shop' } },
      { action: 'merchant suspended', merchant: { id: shop.merchantId, name: 'Shop' } },
    ]);
    expect((await operator.call('GET', `/operator/audit?merchant_id=${newId()}`)).json.data).toEqual([]);
    const csv = String((await operator.call('GET', `/operator/audit.csv?merchant_id=${shop.merchantId}`)).json);
    expect(csv.split('\r\n')[0]).toMatch(/^merchant,merchant name,at \(UTC\)/);
    expect(csv).toContain('A try');
    expectProblem(await owner.call('GET', '/operator/audit'), 403, 'role-not-enough');
  });
});
