import { newId } from '@paymatch/contracts';
import type { AuditEntry } from '@paymatch/gateway-people';
import { Refusal } from '@paymatch/platform-messaging';
import { PanelClient, type Reply } from '../testing/panel.client.js';
import { AnsweringBus, knowPayment, startPanel, type PanelShop } from '../testing/panel.harness.js';
import { PersonClient } from '../testing/person.client.js';

const bus = new AnsweringBus();
const nothingBefore = bus.before;
let panel: Awaited<ReturnType<typeof startPanel>>;
let shop: PanelShop;

beforeAll(async () => {
  panel = await startPanel(bus);
});
beforeEach(async () => {
  shop = await panel.openShop();
  bus.before = nothingBefore;
});
afterAll(() => panel.stop());

const ask = (method: string, path: string, body?: unknown, key = shop.live): Promise<Reply> =>
  new PanelClient(panel.url, key).call(method, path, body === undefined ? {} : { body });
const made = async (path: string, body: object): Promise<{ readonly id: string }> => {
  const { status, json } = await ask('POST', path, body);
  expect([path, status]).toEqual([path, 201]);
  return json.data;
};
/** The newest first. */
const entries = (merchantId = shop.merchantId): Promise<readonly AuditEntry[]> =>
  panel.people.audit.list({ merchantId, action: null, userId: null, after: null, limit: 50 });
const last = async (): Promise<AuditEntry> => (await entries())[0]!;
const wallet = { provider: 'bkash', number: '01712345678', account_type: 'personal' };

describe('the entry of a change in the audit log', () => {
  it('shows each thing as it was and what was asked for', async () => {
    const { id: walletId } = await made('/wallets', wallet);
    const { id: deviceId } = await made('/devices', { name: 'Till', wallets: [{ wallet_id: walletId }] });
    const { id: keyId } = await made('/api-keys', { name: 'Rahima' });
    const { id: linkId } = await made('/payment-links', { amount: '500.00', texts: { en: { title: 'Course' } } });
    const paymentId = knowPayment(shop.merchantId, { status: 'pending' });
    const pix = { pix_key: 'pix@shop.example', beneficiary: 'Loja', city: 'SAO PAULO' };
    const changes: readonly (readonly [method: string, path: string, body: object, before: object | null])[] = [
      ['PATCH', '/merchant', { expiry_minutes: 45, allowed_origins: ['https://a.example'] }, { expiry_minutes: 30 }],
      ['PATCH', '/merchant', { allowed_origins: [] }, { expiry_minutes: 45, allowed_origins: ['https://a.example'] }],
      ['PUT', '/brand', { colour: '#112233', support_email: 'help@shop.example' }, { colour: null }],
      ['PUT', '/brand', { colour: null }, { colour: '#112233', support_email: 'help@shop.example', logo: null }],
      ['POST', '/exchange-rates', { base_currency: 'USD', rate: '5.19' }, null],
      ['POST', '/exchange-rates', { base_currency: 'USD', rate: '5.21' }, { base_currency: 'USD', rate: '5.19' }],
      ['PUT', '/pix-account', pix, null],
      ['PUT', '/pix-account', { ...pix, city: 'RECIFE' }, pix],
      ['PATCH', `/devices/${deviceId}`, { name: 'Counter' }, { name: 'Till', status: 'active' }],
      ['PATCH', `/payment-links/${linkId}`, { amount: '600.00' }, { amount: '500.00', status: 'active' }],
      ['DELETE', `/payment-links/${linkId}`, {}, { amount: '600.00' }],
      ['POST', `/devices/${deviceId}/revoke`, { reason: 'lost' }, { name: 'Counter', status: 'active' }],
      ['POST', `/wallets/${walletId}/close`, {}, { number: '01712345678', status: 'active' }],
      ['POST', `/api-keys/${keyId}/revoke`, { reason: 'lost' }, { name: 'Rahima', revoked_at: null }],
      ['POST', `/payments/${paymentId}/deny`, { reason: 'asked to' }, { status: 'pending' }],
    ];
    for (const [method, path, body, before] of changes) {
      const asked = method === 'DELETE' ? undefined : body;
      const { status } = await ask(method, path, asked);
      const entry = await last();
      expect([path, entry.action.startsWith(method), entry.status]).toEqual([path, true, status]);
      if (before === null) expect([path, entry.before]).toEqual([path, null]);
      else expect([path, entry.before]).toEqual([path, expect.objectContaining(before)]);
      if (asked !== undefined) expect(entry.after).toEqual(asked);
    }
  });

  it('tells nothing that is secret, before or after', async () => {
    const secrets = { 'X-Api-Key': 'first-secret-value', Authorization: 'Bearer second-secret-value' };
    const limits = { concurrencyMax: null, ratePerSecond: null };
    bus.before = bus.answer = () => ({
      ...{ id: newId(), livemode: true, url: null, description: '', events: ['payment.*'], headers: secrets },
      ...{ ...limits, order: 'strict', status: 'active', disabledReason: null, createdAt: '2026-06-12T08:30:00Z' },
    });
    const { status } = await ask('PATCH', `/webhook-endpoints/${newId()}`, { headers: secrets });
    const entry = await last();
    const hidden = { 'X-Api-Key': '•••', Authorization: '•••' };
    expect([status, entry]).toMatchObject([200, { status: 200, before: { headers: hidden, order: 'strict' } }]);
    expect(entry.after).toEqual({ headers: hidden });
    await made('/devices', { name: 'Till', wallets: [{ wallet_id: (await made('/wallets', wallet)).id }] });
    expect(JSON.stringify(await entries())).not.toContain('secret-value');
  });

  it('says nothing of a thing that is another merchant’s, the other mode’s or nobody’s', async () => {
    const { id } = await made('/wallets', wallet);
    const stranger = await panel.openShop();
    for (const [key, merchantId] of [
      [stranger.live, stranger.merchantId],
      [shop.test, shop.merchantId],
    ] as const) {
      expect((await ask('POST', `/wallets/${id}/close`, {}, key)).status).toBe(404);
      expect((await entries(merchantId))[0]).toMatchObject({ subject: id, before: null, status: 404 });
    }
  });

  it('is not there where somebody may not make the change, and nothing was read for them', async () => {
    const looked: unknown[] = [];
    bus.before = (command) => looked.push(command);
    const email = `support.${newId()}@shop.example`;
    await panel.enlist(email, { merchantId: shop.merchantId, role: 'read-only' });
    const reader = (await new PersonClient(panel.url).signIn(email)).at(shop.merchantId);
    const path = `/webhook-endpoints/${newId()}`;
    expect((await reader.call('PATCH', path, { body: { url: null } })).status).toBe(403);
    expect((await ask('PATCH', path, { url: null }, shop.weak)).status).toBe(403);
    expect([looked, await entries()]).toEqual([[], []]);
  });

  it('says of a change that was refused how it was answered, with what is there still', async () => {
    expect((await ask('PATCH', '/merchant', { expiry_minutes: 0 })).status).toBe(422);
    expect(await last()).toMatchObject({ status: 422, before: { expiry_minutes: 30 }, after: { expiry_minutes: 0 } });
    expect((await ask('GET', '/merchant')).json.data.expiry_minutes).toBe(30);
  });

  it('stands before the change: where what was there cannot be read, nothing is changed and nothing is claimed', async () => {
    bus.asked.length = 0;
    bus.before = () => {
      throw new Error('the service is away');
    };
    expect((await ask('PATCH', '/review-settings', { message_wait_minutes: 7 })).status).toBe(500);
    expect([bus.asked, await entries()]).toEqual([[], []]);
    // A refusal says that there is no such thing; the change is asked for, and refused by itself.
    bus.before = bus.answer = () => {
      throw new Refusal('ENDPOINT_NOT_FOUND');
    };
    expect((await ask('DELETE', `/webhook-endpoints/${newId()}`)).status).toBe(404);
    expect(await last()).toMatchObject({ status: 404, before: null });
  });
});

describe('what touches money or access', () => {
  const id = '0197a6f0-0000-7000-8000-000000000001';
  it.each([
    ['POST', `/api-keys/${id}/revoke`, {}],
    ['POST', `/oauth-clients/${id}/revoke`, {}],
    ['POST', `/devices/${id}/revoke`, {}],
    ['POST', '/parked-messages/7/discard', {}],
    ['POST', `/payments/${id}/refund`, { amount: '1.00' }],
    ['POST', `/payments/${id}/deny`, {}],
    ['POST', `/review-cases/${id}/assign`, { payment_id: id }],
    ['POST', `/review-cases/${id}/complete`, { payment_id: id }],
    ['POST', `/review-cases/${id}/ignore`, {}],
    ['POST', `/review-cases/${id}/reject`, {}],
    ['POST', `/customers/${id}/erase`, {}],
    ['PATCH', `/people/${id}`, { role: 'support' }],
    ['DELETE', `/people/${id}`, {}],
  ])('is refused without a reason, by its name: %s %s', async (method, path, fields) => {
    bus.answer = () => ({ paymentId: id });
    const email = `owner.${newId()}@shop.example`;
    await panel.enlist(email, { merchantId: shop.merchantId, role: 'owner' });
    const owner = (await new PersonClient(panel.url).signIn(email)).at(shop.merchantId);
    const isForPeople = path.startsWith('/people/');
    for (const reason of [undefined, '', 'x'.repeat(501)]) {
      const body = { ...fields, ...(reason !== undefined && { reason }) };
      const answers = [await owner.call(method, path, { body })];
      if (!isForPeople) answers.push(await ask(method, path, body));
      for (const { status, json } of answers)
        expect([path, status, json.errors]).toEqual([path, 422, [expect.objectContaining({ pointer: '/reason' })]]);
    }
  });
});
