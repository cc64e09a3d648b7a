import { newId } from '@paymatch/contracts';
import { CHALLENGE_LIFE_MS, PASSKEYS_MAX, STEP_UP_MS } from '@paymatch/gateway-people';
import { eventually } from '@paymatch/platform-testing';
import { expectProblem, type Reply } from '../testing/panel.client.js';
import { AnsweringBus, panelClock, startPanel, type PanelShop } from '../testing/panel.harness.js';
import { PersonClient } from '../testing/person.client.js';
import { SoftAuthenticator, type Browsing } from '../testing/soft-authenticator.js';

const T0 = panelClock.ms;
const ORIGIN = 'https://pay.example.com';
let panel: Awaited<ReturnType<typeof startPanel>>;
let shop: PanelShop;

beforeAll(async () => {
  panel = await startPanel(new AnsweringBus());
  shop = await panel.openShop();
});
beforeEach(async () => {
  panelClock.ms = T0;
  await panel.database.query('DELETE FROM gateway.sign_in_attempts');
});
afterAll(async () => {
  panelClock.ms = T0;
  await panel.stop();
});

const browser = (): PersonClient => new PersonClient(panel.url);

async function newPerson(): Promise<{ readonly person: PersonClient; readonly email: string }> {
  const email = `owner.${newId()}@shop.example`;
  await panel.enlist(email, { merchantId: shop.merchantId, role: 'owner' });
  return { person: await browser().signIn(email), email };
}

async function register(person: PersonClient, device: SoftAuthenticator, name = 'Phone'): Promise<Reply> {
  const options = (await person.call('POST', '/me/passkeys/options')).json.data;
  return person.call('POST', '/me/passkeys', { body: { name, credential: device.create(options) } });
}

async function withPasskey(counts = true) {
  const { person, email } = await newPerson();
  const device = new SoftAuthenticator(ORIGIN, counts);
  const added = await register(person, device);
  expect(added.status).toBe(201);
  return { person, email, device, id: added.json.data.id as string };
}

const asked = async (client = browser()) => (await client.call('POST', '/session/passkey/options')).json.data;
const answer = (credential: unknown, client = browser()) =>
  client.call('POST', '/session/passkey', { body: { credential } });
const signIn = async (device: SoftAuthenticator, browsing: Browsing = {}, client = browser()) =>
  answer(device.get(await asked(client), browsing), client);

const auditOf = async (email: string): Promise<readonly string[]> =>
  (
    await panel.database.query<{ action: string }>('SELECT action FROM gateway.audit_log WHERE who = $1 ORDER BY id', [
      email,
    ])
  ).rows.map(({ action }) => action);

describe('making a passkey', () => {
  it('binds it to this host and this person, who must have proved who they are, and lists it by its name', async () => {
    const { person, email } = await newPerson();
    const options = (await person.call('POST', '/me/passkeys/options')).json.data;
    expect(options).toMatchObject({
      rp: { id: 'pay.example.com' },
      user: { name: email },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    const device = new SoftAuthenticator(ORIGIN);
    const added = await person.call('POST', '/me/passkeys', {
      body: { name: 'Rahima’s phone', credential: device.create(options) },
    });
    expect([added.status, added.json.data]).toEqual([
      201,
      { id: expect.any(String), name: 'Rahima’s phone', created_at: new Date(T0).toISOString(), last_used_at: null },
    ]);
    expect((await person.call('GET', '/me/passkeys')).json.data).toEqual([added.json.data]);
    expect((await person.call('GET', '/session')).json.data.user.has_passkey).toBe(true);
    expect(await auditOf(email)).toEqual(['signed in', 'passkey added']);
    panelClock.ms += STEP_UP_MS;
    for (const path of ['/me/passkeys/options', '/me/passkeys'])
      expectProblem(await person.call('POST', path), 403, 'step-up-required');
    expectProblem(await person.call('DELETE', `/me/passkeys/${added.json.data.id}`), 403, 'step-up-required');
  });

  it.each<[string, Browsing]>([
    ['made for another site', { origin: 'https://pay.example.org' }],
    ['made for another host', { relyingParty: 'example.com' }],
    ['made without verifying who is there', { isVerified: false }],
    ['an answer to something else', { type: 'webauthn.get' }],
  ])('refuses one that is %s', async (_what, browsing) => {
    const { person } = await newPerson();
    const options = (await person.call('POST', '/me/passkeys/options')).json.data;
    const credential = new SoftAuthenticator(ORIGIN).create(options, browsing);
    const reply = await person.call('POST', '/me/passkeys', { body: { name: 'Phone', credential } });
    expectProblem(reply, 422, 'validation-error');
  });

  it('takes each challenge once, in its own session, for five minutes, and the same passkey once', async () => {
    const { person } = await newPerson();
    const device = new SoftAuthenticator(ORIGIN);
    const begin = async (client = person) => (await client.call('POST', '/me/passkeys/options')).json.data;
    const add = (credential: unknown, client = person) =>
      client.call('POST', '/me/passkeys', { body: { name: 'Phone', credential } });
    const first = device.create(await begin());
    const replies = await Promise.all([add(first), add(first), add(first)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 422, 422]);
    const other = (await newPerson()).person;
    expectProblem(await add(device.create(await begin()), other), 422, 'validation-error');
    const overtaken = await begin();
    await begin();
    expectProblem(await add(device.create(overtaken)), 422, 'validation-error');
    const late = await begin();
    panelClock.ms += CHALLENGE_LIFE_MS;
    expectProblem(await add(device.create(late)), 422, 'validation-error');
  });

  it('is refused beyond a number, and for bytes that no browser sends', async () => {
    const { person } = await withPasskey();
    await panel.database.query(
      `INSERT INTO gateway.passkeys (id, user_id, credential_id, public_key, counter, transports, name, created_at)
       SELECT gen_random_uuid(), k.user_id, decode(lpad(n::text, 32, '0') || replace(k.id::text, '-', ''), 'hex'),
         '\\x00', 0, '{}', 'x', now()
         FROM gateway.passkeys k, generate_series(2, $2) n WHERE k.user_id = $1`,
      [(await person.call('GET', '/session')).json.data.user.id, PASSKEYS_MAX],
    );
    expectProblem(await register(person, new SoftAuthenticator(ORIGIN)), 409, 'too-many-passkeys');
    for (const credential of [null, {}, 'x', { id: 'a', rawId: 'a', type: 'public-key', response: {} }])
      expectProblem(
        await person.call('POST', '/me/passkeys', { body: { name: 'Phone', credential } }),
        422,
        'validation-error',
      );
    const junk = { clientDataJSON: 'AAAA', attestationObject: 'AAAA' };
    const credential = { id: 'AAAA', rawId: 'AAAA', type: 'public-key', response: junk };
    expectProblem(
      await person.call('POST', '/me/passkeys', { body: { name: 'Phone', credential } }),
      422,
      'validation-error',
    );
  });
});

describe('signing in by passkey', () => {
  it('needs no address and no code, also where there is an authenticator, and begins a new session', async () => {
    const { person, email, device } = await withPasskey();
    await panel.database.query('UPDATE gateway.users SET totp_confirmed_at = now() WHERE email = $1', [email]);
    const options = await asked();
    expect(options).toMatchObject({ rpId: 'pay.example.com', userVerification: 'required', allowCredentials: [] });
    const client = browser();
    client.cookie = person.cookie;
    const reply = await answer(device.get(options), client);
    expect(reply.json.data).toMatchObject({ user: { email }, step_up_until: expect.any(String) });
    expect(client.cookie).not.toBe(person.cookie);
    expectProblem(await person.call('GET', '/session'), 401, 'authentication-error');
    expect((await client.call('GET', '/me/passkeys')).json.data[0].last_used_at).toBe(new Date(T0).toISOString());
    expect(await auditOf(email)).toEqual(['signed in', 'passkey added', 'signed in']);
  });

  it('answers an unknown passkey like a known one that signs wrongly, and writes the latter down', async () => {
    const { email, device } = await withPasskey();
    const stranger = new SoftAuthenticator(ORIGIN);
    stranger.create({ challenge: 'x', user: { id: 'AAAA' } });
    const unknown = await signIn(stranger);
    const forged = device.get(await asked());
    const wrong = await answer({
      ...forged,
      response: {
        ...forged.response,
        signature: (stranger.get(await asked()).response as { signature: string }).signature,
      },
    });
    for (const reply of [unknown, wrong]) expectProblem(reply, 401, 'sign-in-refused');
    expect({ ...unknown.json, instance: null }).toEqual({ ...wrong.json, instance: null });
    await eventually(async () => (await auditOf(email)).includes('sign-in refused'), { timeoutMs: 30_000 });
  });

  it.each<[string, Browsing]>([
    ['for another site', { origin: 'https://pay.example.com.evil.example' }],
    ['for another host', { relyingParty: 'evil.example' }],
    ['without verifying who is there', { isVerified: false }],
    ['of another kind', { type: 'webauthn.create' }],
  ])('refuses what was signed %s', async (_what, browsing) => {
    const { device } = await withPasskey();
    expectProblem(await signIn(device, browsing), 401, 'sign-in-refused');
    expect((await signIn(device)).status).toBe(200);
  });

  it('takes each answer once, also when it comes three times at once, and none after five minutes', async () => {
    const { device } = await withPasskey(false);
    const credential = device.get(await asked());
    const replies = await Promise.all([answer(credential), answer(credential), answer(credential)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    const late = await asked();
    panelClock.ms += CHALLENGE_LIFE_MS;
    expectProblem(await answer(device.get(late)), 401, 'sign-in-refused');
    expectProblem(await answer(device.get({ challenge: 'AAAA' })), 401, 'sign-in-refused');
  });

  it('refuses an authenticator whose counter does not go on: there are two of it', async () => {
    const { device } = await withPasskey();
    expect((await signIn(device)).status).toBe(200);
    for (const counter of [2, 1, 0]) expectProblem(await signIn(device, { counter }), 401, 'sign-in-refused');
    expect((await signIn(device)).status).toBe(200);
  });

  it('refuses a passkey that names another person than its owner, or nobody', async () => {
    const [mine, theirs] = [await withPasskey(), await withPasskey()];
    const given = mine.device.get(await asked());
    const { userHandle } = theirs.device.credentials[0]!;
    expectProblem(await answer({ ...given, response: { ...given.response, userHandle } }), 401, 'sign-in-refused');
    const unnamed = mine.device.get(await asked());
    expectProblem(
      await answer({ ...unnamed, response: { ...unnamed.response, userHandle: undefined } }),
      401,
      'sign-in-refused',
    );
  });

  it('is refused after ten answers by one passkey, known or not, and to pages of other sites', async () => {
    const { device } = await withPasskey();
    const stranger = new SoftAuthenticator(ORIGIN);
    stranger.create({ challenge: 'x', user: { id: 'AAAA' } });
    for (const one of [device, stranger]) {
      for (let tried = 0; tried < 10; tried += 1)
        expectProblem(await signIn(one, { isVerified: false }), 401, 'sign-in-refused');
      expectProblem(await signIn(one), 429, 'rate-limited');
    }
    for (const path of ['/session/passkey', '/session/passkey/options'])
      expectProblem(
        await browser().call('POST', path, { headers: { origin: 'https://evil.example' }, body: {} }),
        403,
        'origin-not-own',
      );
  });
});

describe('stepping up by passkey', () => {
  it('takes one’s own passkey, and nobody else’s; a removed one leads nowhere', async () => {
    const { person, email, device, id } = await withPasskey();
    const other = await withPasskey();
    panelClock.ms += STEP_UP_MS;
    const begin = async () => (await person.call('POST', '/session/step-up/passkey/options')).json.data;
    const stepUp = (credential: unknown) => person.call('POST', '/session/step-up/passkey', { body: { credential } });
    const options = await begin();
    expect(options.allowCredentials.map((known: { id: string }) => known.id)).toEqual([
      device.credentials[0]!.id.toString('base64url'),
    ]);
    expectProblem(await stepUp(other.device.get(options)), 401, 'sign-in-refused');
    expectProblem(await stepUp(device.get(options)), 401, 'sign-in-refused');
    expectProblem(await stepUp(device.get(await asked())), 401, 'sign-in-refused');
    expect((await person.call('GET', '/session')).json.data.step_up_until).toBeNull();
    expect((await stepUp(device.get(await begin()))).json.data).toEqual({
      step_up_until: new Date(panelClock.ms + STEP_UP_MS).toISOString(),
    });
    expectProblem(await other.person.call('DELETE', `/me/passkeys/${id}`), 403, 'step-up-required');
    expectProblem(await person.call('DELETE', `/me/passkeys/${other.id}`), 404, 'not-found');
    expect((await person.call('DELETE', `/me/passkeys/${id}`)).status).toBe(200);
    expectProblem(await person.call('POST', '/session/step-up/passkey/options'), 409, 'no-passkey');
    expectProblem(await signIn(device), 401, 'sign-in-refused');
    expect(await auditOf(email)).toEqual(expect.arrayContaining(['proved who they are', 'passkey removed']));
  });
});
