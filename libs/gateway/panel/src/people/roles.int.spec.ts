import { newId } from '@paymatch/contracts';
import { mayDo, merchantRoles, needsStepUp, STEP_UP_MS } from '@paymatch/gateway-people';
import { ownRoutes, PANEL_PREFIX, panelRoutes } from '../panel-routes.js';
import { expectProblem } from '../testing/panel.client.js';
import { AnsweringBus, panelClock, startPanel, type PanelShop } from '../testing/panel.harness.js';
import { PersonClient } from '../testing/person.client.js';

const bus = new AnsweringBus();
let panel: Awaited<ReturnType<typeof startPanel>>;
let shop: PanelShop;
let stranger: PanelShop;

beforeAll(async () => {
  panel = await startPanel(bus);
  shop = await panel.openShop();
  stranger = await panel.openShop();
});
beforeEach(() => {
  bus.asked.length = 0;
});
afterAll(() => panel.stop());

const merchantRoutes = [...panelRoutes].map(([route, access]) => {
  const [method = '', path = ''] = route.split(' ');
  return { route, method, path: `/${path.replace(/:\w+/g, newId())}`, ...access };
});
const changes = merchantRoutes.filter(({ method }) => method !== 'GET');

async function personAt(role: (typeof merchantRoles)[number]): Promise<PersonClient> {
  const email = `${role}.${newId()}@shop.example`;
  await panel.enlist(email, { merchantId: shop.merchantId, role });
  return (await new PersonClient(panel.url).signIn(email)).at(shop.merchantId);
}

describe('the routes of the panel', () => {
  it('all say who may call them, and nothing is said of a route that is not there', () => {
    const served = panel.routes.map((route) => route.replace(PANEL_PREFIX, '')).sort();
    expect(served).toEqual([...panelRoutes.keys(), ...ownRoutes].sort());
  });
});

describe.each(merchantRoles)('somebody who is %s', (role) => {
  it('may call what the table says, and nothing else', async () => {
    const person = await personAt(role);
    const answers: Record<string, boolean> = {};
    for (const { route, method, path } of merchantRoutes) {
      bus.asked.length = 0;
      const { status, json } = await person.call(method, path);
      answers[route] = status !== 403 && status !== 401;
      if (!answers[route]) expect([route, json.type]).toEqual([route, 'urn:paymatch:problem:role-not-enough']);
      if (!answers[route]) expect([route, bus.asked]).toEqual([route, []]);
    }
    expect(answers).toEqual(
      Object.fromEntries(merchantRoutes.map(({ route, permission }) => [route, mayDo(role, permission)])),
    );
  });
});

describe('an owner who signed in some time ago', () => {
  it('proves once more who is there before money by hand, secrets and people, and for nothing else', async () => {
    const owner = await personAt('owner');
    const before = panelClock.ms;
    panelClock.ms += STEP_UP_MS;
    try {
      const asked: string[] = [];
      for (const { route, method, path } of merchantRoutes)
        if ((await owner.call(method, path)).json.type === 'urn:paymatch:problem:step-up-required') asked.push(route);
      expect(asked).toEqual(
        merchantRoutes
          .filter(({ permission }) => needsStepUp(permission) && mayDo('owner', permission))
          .map(({ route }) => route),
      );
    } finally {
      panelClock.ms = before;
    }
  });
});

describe('the merchant in the header', () => {
  it('is answered alike where it is somebody else’s, where it is nobody’s, and where it is no id', async () => {
    const owner = await personAt('owner');
    for (const { method, path } of merchantRoutes.filter((route) => !route.path.startsWith('/operator/'))) {
      const bodies = [];
      for (const merchant of [stranger.merchantId, newId(), 'x']) {
        const reply = await owner.call(method, path, { headers: { 'paymatch-merchant': merchant } });
        expectProblem(reply, 404, 'not-found');
        bodies.push({ ...reply.json, instance: null });
      }
      expect([path, bodies]).toEqual([path, [bodies[0], bodies[0], bodies[0]]]);
    }
    expect(bus.asked).toEqual([]);
  });

  it('must be there, with a mode', async () => {
    const owner = await personAt('owner');
    for (const headers of [{ 'paymatch-merchant': null }, { 'paymatch-mode': null }, { 'paymatch-mode': 'both' }])
      expectProblem(await owner.call('GET', '/wallets', { headers }), 400, 'merchant-not-named');
  });

  it('keeps one shop and one mode from another: an id from there is an unknown id', async () => {
    const owner = await personAt('owner');
    const wallet = { provider: 'bkash', number: '01712345678', account_type: 'personal' };
    const { id } = (await owner.call('POST', '/wallets', { body: wallet })).json.data;
    const other = `owner.${newId()}@other.example`;
    await panel.enlist(other, { merchantId: stranger.merchantId, role: 'owner' });
    const foreigner = (await new PersonClient(panel.url).signIn(other)).at(stranger.merchantId);
    expectProblem(await foreigner.call('POST', `/wallets/${id}/close`), 404, 'not-found');
    expectProblem(await owner.at(shop.merchantId, 'test').call('POST', `/wallets/${id}/close`), 404, 'not-found');
    expect((await owner.at(shop.merchantId).call('POST', `/wallets/${id}/close`)).status).toBe(200);
  });
});

describe('a page of another site', () => {
  it('changes nothing, on any route, without the token of the session or from its own origin', async () => {
    const owner = await personAt('owner');
    const foreign = { origin: 'https://evil.example' };
    for (const { method, path } of [...changes, { method: 'DELETE', path: '/session' }]) {
      for (const token of [null, 'x', Buffer.alloc(32).toString('base64url')])
        expectProblem(await owner.call(method, path, { headers: { 'x-csrf-token': token } }), 403, 'csrf-token-wrong');
      expectProblem(await owner.call(method, path, { headers: foreign }), 403, 'origin-not-own');
      expectProblem(await owner.call(method, path, { headers: { origin: null } }), 403, 'origin-not-own');
    }
    expect(bus.asked).toEqual([]);
    expect((await owner.call('GET', '/session')).status).toBe(200);
  });

  it('signs nobody in', async () => {
    for (const origin of ['https://evil.example', 'null', null])
      for (const path of ['/session', '/setup', '/setup/look'])
        expectProblem(
          await new PersonClient(panel.url).call('POST', path, { headers: { origin }, body: {} }),
          403,
          'origin-not-own',
        );
  });
});
