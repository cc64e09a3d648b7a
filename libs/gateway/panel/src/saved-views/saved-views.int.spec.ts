import { newId } from '@paymatch/contracts';
import { expectProblem, PanelClient, type Reply } from '../testing/panel.client.js';
import { AnsweringBus, startPanel, type PanelShop } from '../testing/panel.harness.js';
import { PersonClient } from '../testing/person.client.js';
import { SAVED_VIEWS_MAX } from './saved-views.store.js';

let panel: Awaited<ReturnType<typeof startPanel>>;
let shop: PanelShop;
let rahima: PersonClient;

beforeAll(async () => {
  panel = await startPanel(new AnsweringBus());
});
beforeEach(async () => {
  shop = await panel.openShop();
  rahima = await personAt(shop.merchantId);
});
afterAll(() => panel.stop());

async function personAt(merchantId: string): Promise<PersonClient> {
  const email = `${newId()}@shop.example`;
  await panel.enlist(email, { merchantId, role: 'read-only' });
  return (await new PersonClient(panel.url).signIn(email)).at(merchantId);
}

const save = (name: string, query: string, screen = 'payments'): Promise<Reply> =>
  rahima.call('POST', '/saved-views', { body: { screen, name, query } });
const listed = async (person: PersonClient): Promise<readonly unknown[]> =>
  (await person.call('GET', '/saved-views')).json.data;

describe('views that somebody keeps', () => {
  it('are theirs on every device and in both modes; one of the same name takes the place of the other', async () => {
    expect((await save('Failed', 'status=failed')).status).toBe(201);
    const { json } = await save('Failed', 'status=failed&source=api');
    const view = { id: json.data.id, screen: 'payments', name: 'Failed', query: 'status=failed&source=api' };
    await save('Failed', '', 'refunds');
    expect(await listed(rahima.at(shop.merchantId, 'test'))).toEqual([
      view,
      { ...view, id: expect.any(String), screen: 'refunds', query: '' },
    ]);
  });

  it('are nobody else’s: not a colleague’s, not of another shop, not a key’s', async () => {
    const { id } = (await save('Mine', 'status=failed')).json.data;
    const colleague = await personAt(shop.merchantId);
    expect(await listed(colleague)).toEqual([]);
    expectProblem(await colleague.call('DELETE', `/saved-views/${id}`, { body: {} }), 404, 'not-found');
    expectProblem(await new PanelClient(panel.url, shop.live).call('GET', '/saved-views'), 403, 'people-only');
    expect((await rahima.call('DELETE', `/saved-views/${id}`, { body: {} })).status).toBe(200);
    expectProblem(await rahima.call('DELETE', `/saved-views/${id}`, { body: {} }), 404, 'not-found');
    expect(await listed(rahima)).toEqual([]);
  });

  it(`are ${SAVED_VIEWS_MAX} at most, however many are saved at once; one that is there may still be changed`, async () => {
    const more = Array.from({ length: SAVED_VIEWS_MAX + 5 }, (_, index) => save(`View ${index}`, `page=${index}`));
    const replies = await Promise.all(more);
    const refused = replies.filter(({ status }) => status !== 201);
    expect(refused).toHaveLength(5);
    for (const reply of refused) expectProblem(reply, 409, 'too-many-views');
    const kept = replies.find(({ status }) => status === 201)!.json.data;
    expect((await save(kept.name, 'page=0')).json.data).toEqual({ ...kept, query: 'page=0' });
    expect(await listed(rahima)).toHaveLength(SAVED_VIEWS_MAX);
  });

  it.each([
    ['a query that is none', { query: 'a b' }],
    ['a query without end', { query: 'a'.repeat(2_001) }],
    ['a screen that is none', { screen: '../payments' }],
    ['no name', { name: ' ' }],
  ])('are refused with %s', async (_what, wrong) => {
    const body = { screen: 'payments', name: 'Mine', query: '', ...wrong };
    expectProblem(await rahima.call('POST', '/saved-views', { body }), 422, 'validation-error');
  });
});
