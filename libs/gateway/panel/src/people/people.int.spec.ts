import { newId } from '@paymatch/contracts';
import { VISIT_MS, type MerchantRole } from '@paymatch/gateway-people';
import { expectProblem, PanelClient } from '../testing/panel.client.js';
import { AnsweringBus, panelClock, startPanel, type PanelShop } from '../testing/panel.harness.js';
import { PersonClient } from '../testing/person.client.js';

const T0 = panelClock.ms;
const bus = new AnsweringBus();
let panel: Awaited<ReturnType<typeof startPanel>>;
let shop: PanelShop;
let owner: PersonClient;

beforeAll(async () => {
  panel = await startPanel(bus);
});
beforeEach(async () => {
  panelClock.ms = T0;
  bus.asked.length = 0;
  await panel.database.query('DELETE FROM gateway.sign_in_attempts');
  shop = await panel.openShop();
  owner = await personAt('owner');
});
afterAll(async () => {
  panelClock.ms = T0;
  await panel.stop();
});

const address = (name: string): string => `${name}.${newId()}@shop.example`;
const browser = (): PersonClient => new PersonClient(panel.url);

async function personAt(role: MerchantRole, merchantId = shop.merchantId): Promise<PersonClient> {
  const email = address(role);
  await panel.enlist(email, { merchantId, role });
  return (await browser().signIn(email)).at(merchantId);
}

async function operator(): Promise<PersonClient> {
  const email = address('operator');
  await panel.enlist(email);
  return browser().signIn(email);
}

const idOf = async (person: PersonClient): Promise<string> => (await person.call('GET', '/session')).json.data.user.id;
const tokenOf = (url: string): string => url.split('#token=')[1]!;
const audit = async (person: PersonClient, query = '') => (await person.call('GET', `/audit${query}`)).json.data;

describe('an invitation', () => {
  const password = 'a field of purple clover';
  const invite = async (email: string, role = 'support') =>
    (await owner.call('POST', '/people/invitations', { body: { email, role } })).json.data;

  it('leads somebody in once, to the role it names, and the log shows it', async () => {
    const email = address('rahima');
    const { id, url, expires_at, is_mailed } = await invite(email);
    expect(is_mailed).toBe(false);
    expect(expires_at).toBe(new Date(T0 + 3 * 24 * 3_600_000).toISOString());
    expect((await owner.call('GET', '/people')).json.invitations).toEqual([{ id, email, role: 'support', expires_at }]);
    const token = tokenOf(url);
    expect((await browser().call('POST', '/setup/look', { body: { token } })).json.data).toEqual({
      kind: 'invitation',
      email,
      merchant_name: 'Shop',
      role: 'support',
      has_account: false,
      expires_at,
    });
    const rahima = browser().at(shop.merchantId);
    const stolen = { token, name: 'Somebody', email: address('else'), password };
    expectProblem(await browser().call('POST', '/setup', { body: stolen }), 401, 'sign-in-refused');
    expect((await rahima.call('POST', '/setup', { body: { token, name: 'Rahima', email, password } })).status).toBe(
      200,
    );
    expect((await rahima.call('GET', '/wallets')).status).toBe(200);
    expectProblem(await rahima.call('GET', '/people'), 403, 'role-not-enough');
    expectProblem(
      await browser().call('POST', '/setup', { body: { token, name: 'Again', email, password } }),
      410,
      'link-used-or-expired',
    );
    const { data, invitations } = (await owner.call('GET', '/people')).json;
    expect(invitations).toEqual([]);
    expect(data).toContainEqual(expect.objectContaining({ name: 'Rahima', email, role: 'support' }));
    expect((await audit(owner)).slice(0, 2)).toMatchObject([
      { action: 'invitation accepted', who: { name: email }, after: { email, role: 'support' }, status: 200 },
      { action: 'person invited', who: { name: expect.stringContaining('owner') }, after: { email, role: 'support' } },
    ]);
  });

  it('is over when it is taken back, when another one follows, and after three days', async () => {
    const email = address('rahima');
    const first = await invite(email);
    const second = await invite(email);
    const third = await invite(address('karim'));
    expect((await owner.call('DELETE', `/people/invitations/${second.id}`)).status).toBe(200);
    expectProblem(await owner.call('DELETE', `/people/invitations/${second.id}`), 404, 'not-found');
    const stranger = await personAt('owner', (await panel.openShop()).merchantId);
    expectProblem(await stranger.call('DELETE', `/people/invitations/${third.id}`), 404, 'not-found');
    for (const { url } of [first, second])
      expectProblem(
        await browser().call('POST', '/setup/look', { body: { token: tokenOf(url) } }),
        410,
        'link-used-or-expired',
      );
    panelClock.ms += 3 * 24 * 3_600_000;
    expectProblem(
      await browser().call('POST', '/setup/look', { body: { token: tokenOf(third.url) } }),
      410,
      'link-used-or-expired',
    );
  });
});

describe('the people of a merchant', () => {
  const gone = { body: { reason: 'left the shop' } };

  it('are out at once when their role changes or they are removed', async () => {
    const manager = await personAt('manager');
    const id = await idOf(manager);
    expect(
      (await owner.call('PATCH', `/people/${id}`, { body: { role: 'read-only', reason: 'less to do' } })).status,
    ).toBe(200);
    expectProblem(await manager.call('GET', '/wallets'), 401, 'authentication-error');
    const support = await personAt('support');
    expect((await owner.call('DELETE', `/people/${await idOf(support)}`, gone)).status).toBe(200);
    expectProblem(await support.call('GET', '/wallets'), 401, 'authentication-error');
    const [removed, changed] = await audit(owner);
    expect(removed).toMatchObject({
      action: 'person removed',
      reason: 'left the shop',
      before: { role: 'support' },
      after: null,
    });
    expect(changed).toMatchObject({
      action: 'role changed',
      reason: 'less to do',
      before: { role: 'manager' },
      after: { role: 'read-only' },
    });
  });

  it('have an owner, also when two owners remove each other at once', async () => {
    const other = await personAt('owner');
    const [own, others] = [await idOf(owner), await idOf(other)];
    const replies = await Promise.all([
      owner.call('DELETE', `/people/${others}`, gone),
      other.call('DELETE', `/people/${own}`, gone),
    ]);
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    const left = replies[0]!.status === 200 ? owner : other;
    const id = left === owner ? own : others;
    expectProblem(await left.call('DELETE', `/people/${id}`, gone), 409, 'last-owner');
    expectProblem(
      await left.call('PATCH', `/people/${id}`, { body: { role: 'manager', reason: 'less to do' } }),
      409,
      'last-owner',
    );
  });

  it('of another merchant are unknown', async () => {
    const stranger = await personAt('owner', (await panel.openShop()).merchantId);
    const id = await idOf(stranger);
    for (const person of [id, newId(), 'x']) {
      expectProblem(
        await owner.call('PATCH', `/people/${person}`, { body: { role: 'support', reason: 'less to do' } }),
        404,
        'not-found',
      );
      expectProblem(await owner.call('DELETE', `/people/${person}`, gone), 404, 'not-found');
    }
  });

  it('are no concern of a key', async () => {
    const key = new PanelClient(panel.url, shop.live);
    expectProblem(await key.call('GET', '/people'), 403, 'people-only');
    expectProblem(
      await key.call('POST', '/people/invitations', { body: { email: address('x'), role: 'owner' } }),
      403,
      'people-only',
    );
    expectProblem(await key.call('GET', '/operator/merchants'), 403, 'people-only');
  });
});

describe('an operator', () => {
  it('makes a merchant, becomes its owner if wanted, and invites one', async () => {
    const person = await operator();
    const name = `Karim Store ${newId()}`;
    const made = (await person.call('POST', '/operator/merchants', { body: { name } })).json.data;
    expect(made).toMatchObject({ name, status: 'active', plan: null, test_key: expect.stringMatching(/^fk_test_/) });
    expect((await new PanelClient(panel.url, made.test_key).call('GET', '/merchant')).json.data.name).toBe(name);
    expectProblem(await person.at(made.id).call('GET', '/wallets'), 404, 'not-found');
    const email = address('karim');
    const { url } = (await person.call('POST', `/operator/merchants/${made.id}/invitations`, { body: { email } })).json
      .data;
    const karim = browser().at(made.id);
    const body = { token: tokenOf(url), name: 'Karim', email, password: 'a field of purple clover' };
    expect((await karim.call('POST', '/setup', { body })).json.data.merchants).toMatchObject([{ name, role: 'owner' }]);
    const own = (await person.call('POST', '/operator/merchants', { body: { name: 'My shop', as_owner: true } })).json
      .data;
    expect((await person.at(own.id).call('GET', '/people')).json.data).toMatchObject([{ role: 'owner' }]);
    expect(
      (await person.call('GET', `/operator/merchants?q=${encodeURIComponent(name.toUpperCase())}`)).json,
    ).toMatchObject({
      data: [{ id: made.id }],
      next: null,
    });
  });

  it('suspends and resumes one, with a reason that its log shows; people still see what is there', async () => {
    const person = await operator();
    const path = `/operator/merchants/${shop.merchantId}`;
    expectProblem(await person.call('POST', `${path}/suspend`, { body: {} }), 422, 'validation-error');
    const body = { reason: 'Three complaints in a week' };
    expect((await person.call('POST', `${path}/suspend`, { body })).json.data.status).toBe('suspended');
    panelClock.ms += 2_000;
    expectProblem(await new PanelClient(panel.url, shop.live).call('GET', '/wallets'), 403, 'merchant-suspended');
    const wallet = { provider: 'bkash', number: '01712345678', account_type: 'personal' };
    expectProblem(await owner.call('POST', '/wallets', { body: wallet }), 403, 'merchant-suspended');
    expect((await owner.call('GET', '/wallets')).status).toBe(200);
    expect((await person.call('POST', `${path}/resume`)).json.data.status).toBe('active');
    expect(await audit(owner)).toMatchObject([
      { action: 'merchant resumed', before: { status: 'suspended' }, after: { status: 'active' } },
      { action: 'merchant suspended', reason: body.reason, before: { status: 'active' } },
    ]);
    expectProblem(await person.call('POST', `/operator/merchants/${newId()}/suspend`, { body }), 404, 'not-found');
  });

  it('sees a merchant only after saying why, for an hour, and changes nothing there', async () => {
    const person = (await operator()).at(shop.merchantId);
    expectProblem(await person.call('GET', '/wallets'), 404, 'not-found');
    const body = { reason: 'The shop asked for help' };
    const path = `/operator/merchants/${shop.merchantId}/enter`;
    expect((await person.call('POST', path, { body })).json.data).toEqual({
      ends_at: new Date(T0 + VISIT_MS).toISOString(),
    });
    expect((await person.call('GET', '/wallets')).status).toBe(200);
    expectProblem(await person.call('PATCH', '/merchant', { body: { name: 'Mine' } }), 403, 'role-not-enough');
    expect(await audit(owner)).toMatchObject([{ action: 'operator entered', reason: body.reason }]);
    panelClock.ms += VISIT_MS;
    expectProblem(await person.call('GET', '/wallets'), 404, 'not-found');
  });

  it('sees what a merchant uses of its plan, why it is suspended, and the plans there are', async () => {
    const person = await operator();
    const path = `/operator/merchants/${shop.merchantId}`;
    await owner.call('POST', '/wallets', {
      body: { provider: 'bkash', number: '01712345679', account_type: 'personal' },
    });
    expect((await person.call('GET', path)).json.data).toMatchObject({
      id: shop.merchantId,
      status: 'active',
      usage: { payments_this_month: 0, wallets: 1, phones: 0 },
      suspension_reason: null,
    });
    await person.call('POST', `${path}/suspend`, { body: { reason: 'Asked to by its owner' } });
    expect((await person.call('GET', path)).json.data.suspension_reason).toBe('Asked to by its owner');
    expectProblem(await person.call('GET', `/operator/merchants/${newId()}`), 404, 'not-found');
    expect((await person.call('GET', '/operator/plans')).status).toBe(200);
  });

  it('finds the merchants entered among those of the session, until the hour is over', async () => {
    const person = await operator();
    await person.call('POST', `/operator/merchants/${shop.merchantId}/enter`, { body: { reason: 'A question' } });
    const seen = async () => (await person.call('GET', '/session')).json.data.merchants;
    expect(await seen()).toMatchObject([
      { id: shop.merchantId, role: 'operator', until: new Date(T0 + VISIT_MS).toISOString() },
    ]);
    panelClock.ms = T0 + VISIT_MS;
    expect(await seen()).toEqual([]);
  });

  it('gives a plan that exists', async () => {
    const person = await operator();
    const path = `/operator/merchants/${shop.merchantId}`;
    const until = '2027-01-01T00:00:00.000Z';
    expectProblem(await person.call('PATCH', path, { body: { plan: { id: 'none', until } } }), 422, 'validation-error');
    await panel.database.query("INSERT INTO gateway.plans (id) VALUES ('small') ON CONFLICT DO NOTHING");
    const reply = await person.call('PATCH', path, { body: { name: 'Renamed', plan: { id: 'small', until } } });
    expect(reply.json.data).toMatchObject({ name: 'Renamed', plan: { id: 'small', until } });
    await panel.database.query('DELETE FROM gateway.subscriptions');
    await panel.database.query('DELETE FROM gateway.plans');
  });
});

describe('a key that a person issues', () => {
  const issue = (person: PersonClient, body: object) => person.call('POST', '/api-keys', { body });

  it('can do no more than their role', async () => {
    const developer = await personAt('developer');
    for (const ability of ['account:write', 'payments:refund'])
      expectProblem(await issue(developer, { abilities: ['payments:read', ability] }), 403, 'role-not-enough');
    expect((await issue(developer, {})).json.data.abilities).toEqual([
      'payments:read',
      'payments:write',
      'customers:read',
      'customers:write',
    ]);
    expect((await issue(owner, { abilities: ['account:write'] })).status).toBe(201);
    for (const name of ['karim@shop.example', 'Karim by key x'])
      expectProblem(await issue(owner, { name }), 422, 'validation-error');
  });

  it('decides in that person’s name, and so does a key that it issues', async () => {
    const body = { name: 'Karim', abilities: ['account:write'] };
    const { key } = (await issue(owner, body)).json.data;
    const second = await new PanelClient(panel.url, key).call('POST', '/api-keys', {
      body: { ...body, name: 'Selim' },
    });
    const path = `/review-cases/${newId()}/confirm`;
    await owner.call('POST', path);
    await new PanelClient(panel.url, key).call('POST', path);
    await new PanelClient(panel.url, second.json.data.key).call('POST', path);
    await new PanelClient(panel.url, shop.named).call('POST', path);
    const email = (await owner.call('GET', '/session')).json.data.user.email;
    expect(bus.asked.map(({ message }) => (message.data as { readonly actor: string }).actor)).toEqual([
      email,
      `${email} by key Karim`,
      `${email} by key Selim`,
      'Rahima',
    ]);
  });
});

describe('the audit log', () => {
  it('says of each change who asked for it, from where, what was sent without secrets, and how it ended', async () => {
    const wallet = { provider: 'bkash', number: '01712345678', account_type: 'personal' };
    const { id } = (await owner.call('POST', '/wallets', { body: wallet })).json.data;
    await new PanelClient(panel.url, shop.named).call('POST', `/wallets/${newId()}/close`);
    const secret = 'whsec_0123456789abcdef';
    await owner.call('PATCH', `/webhook-endpoints/${newId()}`, { body: { secret, description: 'Shop' } });
    const who = { user_id: await idOf(owner), key_id: null, name: expect.stringContaining('owner') };
    const entries = await audit(owner);
    expect(entries).toMatchObject([
      {
        action: 'PATCH webhook-endpoints/:id',
        mode: 'live',
        who,
        after: { secret: '•••', description: 'Shop' },
        status: 422,
      },
      { action: 'POST wallets/:id/close', who: { user_id: null, name: 'Rahima' }, status: 404 },
      { action: 'POST wallets', who, address: '127.0.0.1', subject: null, after: wallet, status: 201 },
    ]);
    expect(JSON.stringify(entries)).not.toContain(secret);
    expect(id).toEqual(expect.any(String));
    expect(await audit(owner, '?action=POST%20wallets')).toHaveLength(1);
    expect(await audit(owner, `?user_id=${newId()}`)).toEqual([]);
    expect(await audit(owner, `?limit=1&after=${entries[0].id}`)).toEqual([entries[1]]);
    const stranger = await personAt('owner', (await panel.openShop()).merchantId);
    expect(await audit(stranger)).toEqual([]);
  });

  it('comes as CSV that no spreadsheet runs', async () => {
    const person = await operator();
    await person.call('POST', `/operator/merchants/${shop.merchantId}/suspend`, { body: { reason: '=1+1, "x"' } });
    await person.call('POST', `/operator/merchants/${shop.merchantId}/resume`);
    const reply = await owner.call('GET', '/audit.csv');
    const lines = String(reply.json).trim().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toBe('at (UTC),mode,who,address,action,subject,before,after,reason,status');
    expect(lines[2]).toContain(`"'=1+1, ""x"""`);
  });

  it('is refused any change by the database itself', async () => {
    await owner.call('PATCH', '/merchant', { body: {} });
    for (const statement of [
      'UPDATE gateway.audit_log SET who = $$x$$',
      'DELETE FROM gateway.audit_log',
      'TRUNCATE gateway.audit_log CASCADE',
      'DELETE FROM gateway.audit_outcomes',
    ])
      await expect(panel.database.query(statement)).rejects.toThrow('only ever added to');
  });

  it('has every route of the panel that changes something', async () => {
    const client = new PanelClient(panel.url, shop.live);
    // What a key may not, and views, which a person keeps for themselves.
    const others = /\/(session|sessions|setup|password-reset|me|people|operator|saved-views)\b/;
    const changes = panel.routes
      .map((route) => route.split(' '))
      .filter(([method, path = '']) => method !== 'GET' && !others.test(path));
    for (const [method = '', path = ''] of changes)
      await client.call(method, path.replace('/api/panel/v1', '').replace(/:\w+/g, newId()));
    const { rows } = await panel.database.query<{ action: string }>(
      'SELECT action FROM gateway.audit_log WHERE merchant_id = $1',
      [shop.merchantId],
    );
    expect(rows.map(({ action }) => action).sort()).toEqual(
      changes.map(([method, path = '']) => `${method} ${path.replace('/api/panel/v1/', '')}`).sort(),
    );
  });
});
