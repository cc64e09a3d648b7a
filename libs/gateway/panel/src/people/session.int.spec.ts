import {
  argon2id,
  createPeopleStores,
  makeFirstLink,
  PasswordKeeper,
  SESSION_IDLE_MS,
  SESSION_LIFE_MS,
  STEP_UP_MS,
} from '@paymatch/gateway-people';
import { newId } from '@paymatch/contracts';
import { eventually } from '@paymatch/platform-testing';
import { Secret, TOTP } from 'otpauth';
import { expectProblem } from '../testing/panel.client.js';
import { AnsweringBus, panelClock, PASSWORD, secret, startPanel, type PanelShop } from '../testing/panel.harness.js';
import { PersonClient } from '../testing/person.client.js';

const T0 = panelClock.ms;
let panel: Awaited<ReturnType<typeof startPanel>>;
let shop: PanelShop;
let email: string;

beforeAll(async () => {
  panel = await startPanel(new AnsweringBus());
  shop = await panel.openShop();
});
beforeEach(async () => {
  panelClock.ms = T0;
  email = `owner.${newId()}@shop.example`;
  await panel.enlist(email, { merchantId: shop.merchantId, role: 'owner' });
  await panel.database.query('DELETE FROM gateway.sign_in_attempts');
});
afterAll(async () => {
  panelClock.ms = T0;
  await panel.stop();
});

/** What differs from one answer to the next, whatever they say. */
const OF_ONE_ANSWER = new Set(['date', 'x-request-id']);

/** Somebody of each kind, with a password as they really are kept, and a sign-in that notes what it costs. */
async function countedSignIn() {
  const asked: string[] = [];
  const passwordHash = await argon2id.hash(PASSWORD);
  const make = async (isOperator: boolean): Promise<readonly [id: string, email: string]> => {
    const person = { email: `counted.${newId()}@shop.example`, name: 'C', language: 'en', passwordHash } as const;
    const id = await panel.database.transaction((tx) => panel.people.users.add({ ...person, isOperator }, tx));
    return [id!, person.email];
  };
  const [, member] = await make(false);
  const [, operator] = await make(true);
  const [left, gone] = await make(false);
  const [careful, withCode] = await make(false);
  await panel.people.totp.begin({ id: careful, email: withCode });
  await panel.database.query('UPDATE gateway.users SET totp_confirmed_at = now() WHERE id = $1', [careful]);
  await panel.database.transaction(async (tx) => {
    await panel.people.users.join({ merchantId: shop.merchantId, userId: left, role: 'support' }, tx);
    await panel.people.members.remove({ merchantId: shop.merchantId, userId: left }, tx);
  });
  const passwords = new PasswordKeeper({
    hash: (password) => {
      asked.push('a new hash');
      return argon2id.hash(password);
    },
    verify: (kept, password) => {
      asked.push(`argon2id of ${kept.split('$').slice(0, 4).join('$')}`);
      return argon2id.verify(kept, password);
    },
  });
  const stores = createPeopleStores({ database: panel.database, secret, clock: panelClock, passwords });
  const { throttle, users, totp } = stores;
  const noted =
    <Given extends readonly unknown[], Answer>(name: string, work: (...given: Given) => Answer) =>
    (...given: Given): Answer => {
      asked.push(name);
      return work(...given);
    };
  throttle.take = noted('throttle', throttle.take.bind(throttle));
  users.findByEmail = noted('account', users.findByEmail.bind(users));
  totp.check = noted('code', totp.check.bind(totp));
  const nobody = `nobody.${newId()}@shop.example`;
  return { signIn: stores.signIn, asked, nobody, kept: { member, operator, gone, withCode } };
}

const browser = (): PersonClient => new PersonClient(panel.url);
const signedIn = (): Promise<PersonClient> => browser().signIn(email);

describe('signing in', () => {
  it('gives a cookie that no script reads and no other host can set, and says who is there', async () => {
    const person = browser();
    const reply = await person.call('POST', '/session', { body: { email: email.toUpperCase(), password: PASSWORD } });
    expect(reply.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-paymatch=[A-Za-z0-9]{43}; Path=\/; Max-Age=604800; HttpOnly; Secure; SameSite=Lax$/,
      ),
    ]);
    expect(reply.json.data).toEqual({
      user: {
        id: expect.any(String),
        name: email.split('@')[0],
        email,
        language: 'en',
        totp_enabled: false,
        has_passkey: false,
      },
      csrf_token: expect.any(String),
      is_operator: false,
      merchants: [{ id: shop.merchantId, name: 'Shop', status: 'active', role: 'owner', until: null }],
      step_up_until: new Date(T0 + STEP_UP_MS).toISOString(),
      expires_at: new Date(T0 + SESSION_LIFE_MS).toISOString(),
    });
    expect((await person.call('GET', '/session')).json).toEqual(reply.json);
    expect((await person.at(shop.merchantId).call('GET', '/wallets')).status).toBe(200);
  });

  it('keeps nothing by which the database could be used to come in', async () => {
    const { cookie } = await signedIn();
    const { rows } = await panel.database.query('SELECT s::text AS kept FROM gateway.sessions s');
    expect(JSON.stringify(rows)).not.toContain(cookie!.split('=')[1]);
  });

  it('answers an unknown account and a wrong password alike', async () => {
    const wrong = await browser().call('POST', '/session', { body: { email, password: 'not the right one' } });
    const unknown = await browser().call('POST', '/session', {
      body: { email: `nobody.${newId()}@shop.example`, password: PASSWORD },
    });
    for (const reply of [wrong, unknown]) expectProblem(reply, 401, 'sign-in-refused');
    expect({ ...wrong.json, instance: null }).toEqual({ ...unknown.json, instance: null });
    expect(wrong.headers.getSetCookie()).toEqual([]);
    const comparableHeaders = (reply: typeof wrong) => [...reply.headers].filter(([name]) => !OF_ONE_ANSWER.has(name));
    expect(comparableHeaders(wrong)).toEqual(comparableHeaders(unknown));
  });

  it('does the same for an account that is not there as for one that is, whoever it is of', async () => {
    const { signIn, kept, asked, nobody } = await countedSignIn();
    const costs: Record<string, unknown> = {};
    for (const [name, account] of Object.entries({ ...kept, nobody })) {
      const client = { address: `203.0.113.${Object.keys(costs).length}`, agent: '', requestId: 'r' };
      asked.length = 0;
      const refused = await signIn.check({ email: account, password: 'not the right one', code: '123456' }, client);
      // What is written down of it comes after the answer.
      costs[name] = [refused, [...asked]];
      await signIn.settled();
      for (let tried = 0; tried < 10; tried += 1) await panel.people.throttle.take('account', account);
      asked.length = 0;
      const shutOut = await signIn.check({ email: account, password: PASSWORD }, client);
      costs[`${name}, after too many`] = [shutOut, [...asked]];
    }
    const refused = [
      { kind: 'refused' },
      ['throttle', 'throttle', 'account', 'argon2id of $argon2id$v=19$m=19456,t=2,p=1'],
    ];
    const shutOut = [{ kind: 'throttled', retryAfterSeconds: 900 }, ['throttle', 'throttle']];
    for (const [name, cost] of Object.entries(costs))
      expect([name, cost]).toEqual([name, name.endsWith('too many') ? shutOut : refused]);
    expect(Object.keys(costs)).toHaveLength(10);
  });

  it('ends the session that the browser brought along, so that nobody else has it', async () => {
    const victim = browser();
    const planted = await signedIn();
    victim.cookie = planted.cookie;
    await victim.signIn(email);
    expect(victim.cookie).not.toBe(planted.cookie);
    expectProblem(await planted.call('GET', '/session'), 401, 'authentication-error');
    const made = browser();
    made.cookie = `__Host-paymatch=${'a'.repeat(43)}`;
    await made.signIn(email);
    expect(made.cookie).not.toContain('aaaa');
  });

  it('is refused for a while after ten attempts at one account, at every instance, known or not', async () => {
    const other = createPeopleStores({ database: panel.database, secret, clock: panelClock });
    for (const account of [email, `nobody.${newId()}@shop.example`]) {
      for (let tried = 0; tried < 5; tried += 1) {
        const body = { email: account, password: 'not the right one' };
        expectProblem(await browser().call('POST', '/session', { body }), 401, 'sign-in-refused');
        const elsewhere = { address: '203.0.113.7', agent: '', requestId: 'r' };
        expect(await other.signIn.check(body, elsewhere)).toEqual({ kind: 'refused' });
      }
      const reply = await browser().call('POST', '/session', { body: { email: account, password: PASSWORD } });
      expectProblem(reply, 429, 'rate-limited');
      expect(Number(reply.headers.get('retry-after'))).toBe(900);
    }
    panelClock.ms += 900_000;
    await signedIn();
  });

  it('is refused to an address that tries many accounts, all at once', async () => {
    const replies = await Promise.all(
      Array.from({ length: 60 }, (_, at) =>
        panel.people.throttle.take('address', '198.51.100.9').then((wait) => ({ at, wait })),
      ),
    );
    expect(replies.filter(({ wait }) => wait === 0)).toHaveLength(50);
    expect(await panel.people.throttle.take('address', '198.51.100.10')).toBe(0);
  });
});

describe('a session', () => {
  it('ends when nobody used it for half a day, and in any case after a week', async () => {
    const person = await signedIn();
    panelClock.ms += SESSION_IDLE_MS - 1;
    expect((await person.call('GET', '/session')).status).toBe(200);
    panelClock.ms += SESSION_IDLE_MS;
    expectProblem(await person.call('GET', '/session'), 401, 'authentication-error');
    panelClock.ms = T0;
    const busy = await signedIn();
    for (; panelClock.ms < T0 + SESSION_LIFE_MS; panelClock.ms += SESSION_IDLE_MS / 2)
      expect((await busy.call('GET', '/session')).status).toBe(200);
    expectProblem(await busy.call('GET', '/session'), 401, 'authentication-error');
  });

  it('is listed, and ended by its owner from another one, at once', async () => {
    const [one, two] = [await signedIn(), await signedIn()];
    const listed = (await one.call('GET', '/sessions')).json.data;
    expect(listed).toHaveLength(2);
    const other = listed.find((session: { is_this_one: boolean }) => !session.is_this_one);
    const stranger = `owner.${newId()}@shop.example`;
    await panel.enlist(stranger, { merchantId: shop.merchantId, role: 'owner' });
    expectProblem(await (await browser().signIn(stranger)).call('DELETE', `/sessions/${other.id}`), 404, 'not-found');
    expect((await one.call('DELETE', `/sessions/${other.id}`)).status).toBe(200);
    expectProblem(await two.call('GET', '/session'), 401, 'authentication-error');
    expect((await one.call('DELETE', '/session')).headers.getSetCookie()).toEqual([
      expect.stringContaining('__Host-paymatch=; Path=/; Max-Age=0'),
    ]);
    expect(one.cookie).toBeNull();
  });

  it('is stepped up by the password, and by nothing else', async () => {
    const person = await signedIn();
    panelClock.ms += STEP_UP_MS;
    expect((await person.call('GET', '/session')).json.data.step_up_until).toBeNull();
    const wrong = await person.call('POST', '/session/step-up', { body: { password: 'not the right one' } });
    expectProblem(wrong, 401, 'sign-in-refused');
    const body = { password: PASSWORD };
    expect((await person.call('POST', '/session/step-up', { body })).json.data).toEqual({
      step_up_until: new Date(panelClock.ms + STEP_UP_MS).toISOString(),
    });
    expect((await person.at(shop.merchantId).call('GET', '/webhook-callback-secret')).status).not.toBe(403);
  });

  it('ends with every other one when the password changes, and the new one is what leads in', async () => {
    const [person, elsewhere] = [await signedIn(), await signedIn()];
    const change = (current: string, chosen: string) =>
      person.call('POST', '/me/password', { body: { current, new: chosen } });
    expectProblem(await change('not the right one', 'a field of purple clover'), 401, 'sign-in-refused');
    for (const poor of ['Password1234!', '123456789012', 'short one', 'p4ssw0rdp4ssw0rd'])
      expectProblem(await change(PASSWORD, poor), 422, 'validation-error');
    expect((await change(PASSWORD, 'a field of purple clover')).status).toBe(200);
    expect((await person.call('GET', '/session')).status).toBe(200);
    expectProblem(await elsewhere.call('GET', '/session'), 401, 'authentication-error');
    await browser().signIn(email, 'a field of purple clover');
    expectProblem(
      await browser().call('POST', '/session', { body: { email, password: PASSWORD } }),
      401,
      'sign-in-refused',
    );
  });
});

describe('the log of a person', () => {
  it('has who came, who tried to, what was proved and changed, and who went', async () => {
    const person = await signedIn();
    expectProblem(
      await browser().call('POST', '/session', { body: { email, password: 'not the right one' } }),
      401,
      'sign-in-refused',
    );
    await person.call('POST', '/session/step-up', { body: { password: PASSWORD } });
    await person.call('PATCH', '/me', { body: { name: 'Rahima' } });
    await person.call('POST', '/me/password', { body: { current: PASSWORD, new: 'a field of purple clover' } });
    await person.call('DELETE', '/session');
    const entries = async () =>
      (
        await panel.database.query<{ action: string; address: string; before: unknown; after: unknown }>(
          'SELECT action, address, before, after FROM gateway.audit_log WHERE who = $1 ORDER BY id',
          [email],
        )
      ).rows;
    await eventually(async () => (await entries()).some(({ action }) => action === 'sign-in refused'), {
      timeoutMs: 30_000,
    });
    const found = await entries();
    expect(found.filter(({ action }) => action !== 'sign-in refused')).toEqual([
      { action: 'signed in', address: '127.0.0.1', before: null, after: { by: 'password' } },
      { action: 'proved who they are', address: '127.0.0.1', before: null, after: { by: 'password' } },
      {
        action: 'profile changed',
        address: '127.0.0.1',
        before: { name: email.split('@')[0], language: 'en' },
        after: { name: 'Rahima' },
      },
      { action: 'password changed', address: '127.0.0.1', before: null, after: null },
      { action: 'signed out', address: '127.0.0.1', before: null, after: null },
    ]);
  });
});

describe('an authenticator', () => {
  const codeOf = (secret: string): string =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: panelClock.ms });
  const later = (): void => {
    panelClock.ms += 30_000;
  };

  async function withTotp(): Promise<{ person: PersonClient; secret: string; recovery: readonly string[] }> {
    const person = await signedIn();
    const { secret, otpauth_uri, qr_svg } = (await person.call('POST', '/me/totp')).json.data;
    expect([otpauth_uri, qr_svg]).toEqual([
      expect.stringContaining(`secret=${secret}`),
      expect.stringContaining('<svg'),
    ]);
    const { recovery_codes } = (await person.call('POST', '/me/totp/confirm', { body: { code: codeOf(secret) } })).json
      .data;
    return { person, secret, recovery: recovery_codes };
  }

  it('is asked for only once it is confirmed with a right code, and ends every other session then', async () => {
    const [person, elsewhere] = [await signedIn(), await signedIn()];
    const { secret } = (await person.call('POST', '/me/totp')).json.data;
    expectProblem(await person.call('POST', '/me/totp/confirm', { body: { code: '000000' } }), 401, 'code-required');
    await signedIn();
    const body = { code: codeOf(secret) };
    expect((await person.call('POST', '/me/totp/confirm', { body })).json.data.recovery_codes).toHaveLength(10);
    expectProblem(await elsewhere.call('GET', '/session'), 401, 'authentication-error');
    expect((await person.call('GET', '/session')).json.data.user.totp_enabled).toBe(true);
    expectProblem(await person.call('POST', '/me/totp'), 409, 'totp-in-use');
  });

  it('lets in by a code that nobody has used, once, also when it comes twice at once', async () => {
    const { secret } = await withTotp();
    const signIn = (code?: string) =>
      browser().call('POST', '/session', { body: { email, password: PASSWORD, ...(code !== undefined && { code }) } });
    expectProblem(await signIn(), 401, 'code-required');
    expectProblem(await signIn(codeOf(secret)), 401, 'code-required');
    later();
    const code = codeOf(secret);
    const replies = await Promise.all([signIn(code), signIn(code), signIn(code)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    panelClock.ms -= 30_000;
    expectProblem(await signIn(codeOf(secret)), 401, 'code-required');
  });

  it('has recovery codes, each good once', async () => {
    const { recovery } = await withTotp();
    const body = { email, password: PASSWORD, code: recovery[3]!.toUpperCase().replaceAll('-', ' ') };
    expect((await browser().call('POST', '/session', { body })).status).toBe(200);
    expectProblem(await browser().call('POST', '/session', { body }), 401, 'code-required');
    const wrong = { ...body, password: 'not the right one', code: recovery[4] };
    expectProblem(await browser().call('POST', '/session', { body: wrong }), 401, 'sign-in-refused');
    expect((await browser().call('POST', '/session', { body: { ...body, code: recovery[4] } })).status).toBe(200);
  });

  it('is what steps up, not the password; without it the password does again', async () => {
    const { person, secret } = await withTotp();
    panelClock.ms += STEP_UP_MS;
    expectProblem(await person.call('DELETE', '/me/totp'), 403, 'step-up-required');
    const stepUp = (body: object) => person.call('POST', '/session/step-up', { body });
    expectProblem(await stepUp({ password: PASSWORD }), 422, 'validation-error');
    expectProblem(await stepUp({ code: '000000' }), 401, 'code-required');
    expect((await stepUp({ code: codeOf(secret) })).status).toBe(200);
    expectProblem(await stepUp({ code: codeOf(secret) }), 401, 'code-required');
    expect((await person.call('DELETE', '/me/totp')).status).toBe(200);
    await signedIn();
    expect((await stepUp({ password: PASSWORD })).status).toBe(200);
  });
});

describe('a key and a session together', () => {
  it('count as the key', async () => {
    const person = (await signedIn()).at(shop.merchantId);
    const headers = { authorization: `Bearer ${shop.test}` };
    expect((await person.call('GET', '/merchant', { headers })).json.data.livemode).toBe(false);
    expect((await person.call('GET', '/merchant')).json.data.livemode).toBe(true);
  });
});

describe('the link of a first start', () => {
  const tokenOf = (url: string): string => url.split('#token=')[1]!;

  it('makes the first operator once, and an earlier one makes nobody', async () => {
    const [old, link] = [
      await makeFirstLink(panel.people, 'https://x'),
      await makeFirstLink(panel.people, 'https://x'),
    ];
    expect(link).toMatch(/^https:\/\/x\/console\/setup#token=[A-Za-z0-9]{43}$/);
    const setUp = (client: PersonClient, token: string, name: string) =>
      client.call('POST', '/setup', {
        body: { token, name, email: `${name}.${email}`, password: 'a field of purple clover', language: 'bn' },
      });
    expectProblem(await setUp(browser(), tokenOf(old), 'old'), 410, 'link-used-or-expired');
    const token = tokenOf(link);
    expect((await browser().call('POST', '/setup/look', { body: { token } })).json.data).toMatchObject({
      kind: 'operator',
      email: null,
      has_account: false,
    });
    const clients = ['one', 'two', 'three'].map((name) => ({ name, client: browser() }));
    const replies = await Promise.all(clients.map(({ name, client }) => setUp(client, token, name)));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 410, 410]);
    const made = replies.find(({ status }) => status === 200)!;
    expect(made.json.data).toMatchObject({ is_operator: true, merchants: [], user: { language: 'bn' } });
    expectProblem(await browser().call('POST', '/setup/look', { body: { token } }), 410, 'link-used-or-expired');
  });

  it('is over after three days', async () => {
    const token = tokenOf(await makeFirstLink(panel.people, 'https://x'));
    panelClock.ms += 3 * 24 * 3_600_000;
    expectProblem(await browser().call('POST', '/setup/look', { body: { token } }), 410, 'link-used-or-expired');
  });

  it('asks somebody who has an account for its password, and gives it the installation', async () => {
    const token = tokenOf(await makeFirstLink(panel.people, 'https://x'));
    const body = { token, name: 'Somebody else', email, password: 'not the right one' };
    expectProblem(await browser().call('POST', '/setup', { body }), 401, 'sign-in-refused');
    const reply = await browser().call('POST', '/setup', { body: { ...body, password: PASSWORD } });
    expect(reply.json.data).toMatchObject({ is_operator: true, user: { email, name: email.split('@')[0] } });
  });
});
