import { newId } from '@paymatch/contracts';
import { expectProblem, PanelClient } from './testing/panel.client.js';
import { AnsweringBus, panelClock, startPanel, type PanelShop } from './testing/panel.harness.js';
import { PersonClient } from './testing/person.client.js';

let panel: Awaited<ReturnType<typeof startPanel>>;
let shop: PanelShop;
let operator: PersonClient;

beforeAll(async () => {
  panel = await startPanel(new AnsweringBus());
  shop = await panel.openShop();
  const email = `operator.${newId()}@host.example`;
  await panel.enlist(email);
  operator = await new PersonClient(panel.url).signIn(email);
});
afterAll(() => panel.stop());

async function owner() {
  const email = `owner.${newId()}@shop.example`;
  await panel.enlist(email, { merchantId: shop.merchantId, role: 'owner' });
  return new PersonClient(panel.url).signIn(email);
}

describe('a key that is rolled', () => {
  it('leaves the old one good until the overlap ends, which the list shows, and gives the new one all it could', async () => {
    const client = new PanelClient(panel.url, shop.live);
    const made = (
      await client.call('POST', '/api-keys', { body: { name: 'Rita', abilities: ['payments:read', 'account:write'] } })
    ).json.data;
    const roll = (id: string, minutes: number, key?: string) =>
      client.call('POST', `/api-keys/${id}/roll`, {
        body: { overlap_minutes: minutes },
        ...(key && { headers: { 'idempotency-key': key } }),
      });
    const rolled = await roll(made.id, 60, 'roll-once');
    expect(rolled.status).toBe(201);
    expect(rolled.json.data).toMatchObject({ name: 'Rita', abilities: made.abilities, expires_at: null });
    expect((await roll(made.id, 60, 'roll-once')).json.data.key).toBe(rolled.json.data.key);
    const listed = (await client.call('GET', '/api-keys')).json.data;
    const old = listed.find(({ id }: { id: string }) => id === made.id);
    expect(old.expires_at).toBe(new Date(panelClock.ms + 3_600_000).toISOString());
    const works = async (key: string) => (await client.call('GET', '/merchant', { key })).status;
    expect([await works(made.key), await works(rolled.json.data.key)]).toEqual([200, 200]);
    const before = panelClock.ms;
    panelClock.ms += 3_600_000;
    expect([await works(made.key), await works(rolled.json.data.key)]).toEqual([401, 200]);
    expectProblem(await roll(made.id, 0), 404, 'not-found');
    const at = await roll(rolled.json.data.id, 0);
    expect([await works(rolled.json.data.key), await works(at.json.data.key)]).toEqual([401, 200]);
    for (const id of [newId(), 'x']) expectProblem(await roll(id, 0), 404, 'not-found');
    for (const minutes of [-1, 10_081, 1.5])
      expectProblem(await roll(at.json.data.id, minutes), 422, 'validation-error');
    panelClock.ms = before;
  });

  it('gives nobody more than their role has', async () => {
    const email = `developer.${newId()}@shop.example`;
    await panel.enlist(email, { merchantId: shop.merchantId, role: 'developer' });
    const developer = (await new PersonClient(panel.url).signIn(email)).at(shop.merchantId);
    const client = new PanelClient(panel.url, shop.live);
    const { id } = (await client.call('POST', '/api-keys', { body: { abilities: ['account:write'] } })).json.data;
    const body = { overlap_minutes: 0 };
    expectProblem(await developer.call('POST', `/api-keys/${id}/roll`, { body }), 403, 'role-not-enough');
  });
});

describe('an Idempotency-Key', () => {
  it('makes one merchant and one invitation of what is sent twice', async () => {
    const headers = { 'idempotency-key': `made-${newId()}` };
    const make = () => operator.call('POST', '/operator/merchants', { body: { name: 'Once' }, headers });
    const [first, again] = [await make(), await make()];
    expect(again.json).toEqual(first.json);
    const person = await owner();
    const invite = () =>
      person
        .at(shop.merchantId)
        .call('POST', '/people/invitations', { body: { email: 'new@shop.example', role: 'support' }, headers });
    const [invited, twice] = [await invite(), await invite()];
    expect([invited.status, twice.json]).toEqual([201, invited.json]);
    const invites = () =>
      operator.call('POST', `/operator/merchants/${first.json.data.id}/invitations`, {
        body: { email: 'first@shop.example' },
        headers: { 'idempotency-key': `invited-${newId()}`.slice(0, 20) },
      });
    expect((await invites()).status).toBe(201);
  });
});
