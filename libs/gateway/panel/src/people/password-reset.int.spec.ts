import { newId } from '@paymatch/contracts';
import { makeResetLink } from '@paymatch/gateway-people';
import { eventually, MailServer, shownText } from '@paymatch/platform-testing';
import { Secret, TOTP } from 'otpauth';
import { expectProblem } from '../testing/panel.client.js';
import { AnsweringBus, panelClock, PASSWORD, startPanel, type PanelShop } from '../testing/panel.harness.js';
import { PersonClient } from '../testing/person.client.js';

const T0 = panelClock.ms;
const HOUR_MS = 3_600_000;
const NEW_PASSWORD = 'seven herons over a quiet lake';
let panel: Awaited<ReturnType<typeof startPanel>>;
let mails: MailServer;
let shop: PanelShop;
let email: string;

beforeAll(async () => {
  mails = await MailServer.listen();
  panel = await startPanel(new AnsweringBus(), { smtpUrl: mails.url });
  shop = await panel.openShop();
});
beforeEach(async () => {
  panelClock.ms = T0;
  mails.received.length = 0;
  mails.refusal = null;
  await panel.database.query('DELETE FROM gateway.sign_in_attempts');
  email = address('rahima');
  await panel.enlist(email, { merchantId: shop.merchantId, role: 'owner' });
});
afterAll(async () => {
  panelClock.ms = T0;
  await panel.stop();
  await mails.close();
});

const address = (name: string): string => `${name}.${newId()}@shop.example`;
const browser = (): PersonClient => new PersonClient(panel.url);
const ask = (account: string, from = browser()) => from.call('POST', '/password-reset', { body: { email: account } });
const confirm = (token: string, password = NEW_PASSWORD) =>
  browser().call('POST', '/password-reset/confirm', { body: { token, password } });
const statusOf = async (account: string, password: string): Promise<number> =>
  (await browser().call('POST', '/session', { body: { email: account, password } })).status;

/** What the mail server was given for one address. */
const lettersTo = (account: string): readonly string[] =>
  mails.received.filter(({ to }) => to.includes(account)).map((mail) => shownText(mail));

async function mailedToken(account = email): Promise<string> {
  await eventually(() => lettersTo(account).length > 0, { timeoutMs: 30_000 });
  return /https:\/\/pay\.example\.com\/console\/reset#token=([A-Za-z0-9]{43})\s/.exec(lettersTo(account).at(-1)!)![1]!;
}

async function askedToken(): Promise<string> {
  expect((await ask(email)).status).toBe(202);
  return mailedToken();
}

describe('somebody who forgot their password', () => {
  it('is mailed a link that lets them choose one once, ends every session and stands in the log', async () => {
    const elsewhere = await browser().signIn(email);
    const token = await askedToken();
    expect(await statusOf(email, PASSWORD)).toBe(200);
    const reply = await confirm(token);
    expect([reply.status, reply.json, reply.headers.getSetCookie()]).toEqual([200, { data: null }, []]);
    expectProblem(await elsewhere.call('GET', '/session'), 401, 'authentication-error');
    expect(await statusOf(email, PASSWORD)).toBe(401);
    expect(await statusOf(email, NEW_PASSWORD)).toBe(200);
    expectProblem(await confirm(token, 'another heron over the lake'), 410, 'link-used-or-expired');
    const { rows } = await panel.database.query(
      "SELECT who, address, status FROM gateway.audit_log WHERE action = 'password reset' AND who = $1",
      [email],
    );
    expect(rows).toEqual([{ who: email, address: '127.0.0.1', status: 200 }]);
  });

  it.each([
    ['en', 'one hour'],
    ['bn', 'এক ঘণ্টা'],
    ['pt-BR', 'uma hora'],
  ])('is written to in their language (%s)', async (language, words) => {
    await panel.database.query('UPDATE gateway.users SET language = $2 WHERE email = $1', [email, language]);
    await askedToken();
    expect(lettersTo(email)).toEqual([expect.stringContaining(words)]);
  });

  it('is answered like somebody who has no account, who is mailed nothing', async () => {
    const nobody = address('nobody');
    const [unknown, known] = [await ask(nobody), await ask(email)];
    expect([unknown.status, unknown.json]).toEqual([known.status, known.json]);
    // They are mailed one after the other.
    await mailedToken();
    expect(lettersTo(nobody)).toEqual([]);
  });

  it('may ask three times in a quarter of an hour, with or without an account', async () => {
    for (const account of [email, address('nobody')]) {
      for (let asked = 0; asked < 3; asked += 1) expect((await ask(account)).status).toBe(202);
      expectProblem(await ask(account), 429, 'rate-limited');
    }
    panelClock.ms += 900_000;
    expect((await ask(email)).status).toBe(202);
  });

  it('has an hour', async () => {
    const token = await askedToken();
    panelClock.ms += HOUR_MS - 1;
    expectProblem(await confirm(token, 'password1234'), 422, 'validation-error');
    panelClock.ms += 1;
    expectProblem(await confirm(token), 410, 'link-used-or-expired');
    expectProblem(await confirm('a'.repeat(43)), 410, 'link-used-or-expired');
  });

  it('keeps the link when the password they choose is too easy to guess', async () => {
    const token = await askedToken();
    expectProblem(await confirm(token, 'password1234'), 422, 'validation-error');
    expect((await confirm(token)).status).toBe(200);
  });

  it('still needs the code of their authenticator', async () => {
    const person = await browser().signIn(email);
    const { secret } = (await person.call('POST', '/me/totp', { body: {} })).json.data;
    const codes = new TOTP({ secret: Secret.fromBase32(secret) });
    const code = codes.generate({ timestamp: panelClock.ms });
    expect((await person.call('POST', '/me/totp/confirm', { body: { code } })).status).toBe(200);
    expect((await confirm(await askedToken())).status).toBe(200);
    const reply = await browser().call('POST', '/session', { body: { email, password: NEW_PASSWORD } });
    expectProblem(reply, 401, 'code-required');
  });

  it('comes in once by two links that are used in the same moment', async () => {
    const links = [await makeResetLink(panel.people, email), await makeResetLink(panel.people, email)];
    const replies = await panel.database.transaction(async (tx) => {
      await tx.query('SELECT 1 FROM gateway.users WHERE email = $1 FOR UPDATE', [email]);
      const both = links.map((link) => confirm(link!.token));
      const isWaiting = async (): Promise<boolean> => {
        const { rows } = await panel.database.query(
          `SELECT 1 FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'UPDATE gateway.users%'`,
        );
        return rows.length === 2;
      };
      await eventually(isWaiting, { timeoutMs: 30_000 });
      return both;
    });
    const statuses = (await Promise.all(replies)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 410]);
  });

  it('has no use for the link once they have changed their password themselves', async () => {
    const token = await askedToken();
    const person = await browser().signIn(email);
    const body = { current: PASSWORD, new: NEW_PASSWORD };
    expect((await person.call('POST', '/me/password', { body })).status).toBe(200);
    expectProblem(await confirm(token, 'another heron over the lake'), 410, 'link-used-or-expired');
  });

  it('gains nothing by the link anywhere else, and no other link lets anybody choose a password', async () => {
    const token = await askedToken();
    expectProblem(await browser().call('POST', '/setup/look', { body: { token } }), 410, 'link-used-or-expired');
    const owner = (await browser().signIn(email)).at(shop.merchantId);
    const invited = await owner.call('POST', '/people/invitations', {
      body: { email: address('karim'), role: 'support' },
    });
    expectProblem(await confirm(invited.json.data.url.split('#token=')[1]), 410, 'link-used-or-expired');
  });

  it('is not asked for by another site’s page', async () => {
    for (const [path, body] of [
      ['/password-reset', { email }],
      ['/password-reset/confirm', { token: 'a'.repeat(43), password: NEW_PASSWORD }],
    ] as const) {
      const reply = await browser().call('POST', path, { body, headers: { origin: 'https://evil.example' } });
      expectProblem(reply, 403, 'origin-not-own');
    }
  });
});

describe('an invitation where mail is set', () => {
  const invite = async (account: string) => {
    const owner = (await browser().signIn(email)).at(shop.merchantId);
    const body = { email: account, role: 'support' };
    return (await owner.call('POST', '/people/invitations', { body })).json.data;
  };

  it('is mailed in English to somebody new, with the link that the answer has, too', async () => {
    const account = address('karim');
    const { url, is_mailed } = await invite(account);
    expect(is_mailed).toBe(true);
    const [letter] = lettersTo(account);
    for (const words of [url, email, 'Shop', 'Your role: support.', 'three days']) expect(letter).toContain(words);
  });

  it('is mailed in the language of somebody who has an account', async () => {
    const account = address('karim');
    await panel.enlist(account, { merchantId: (await panel.openShop()).merchantId, role: 'owner' });
    await panel.database.query("UPDATE gateway.users SET language = 'bn' WHERE email = $1", [account]);
    const { url } = await invite(account);
    const [letter] = lettersTo(account);
    for (const words of [url, 'তিন দিন', 'সহায়তা']) expect(letter).toContain(words);
  });

  it('says that it was not mailed when the mail server refuses it, and holds all the same', async () => {
    mails.refusal = new Error('no room');
    const { url, is_mailed } = await invite(address('karim'));
    expect(is_mailed).toBe(false);
    const look = await browser().call('POST', '/setup/look', { body: { token: url.split('#token=')[1] } });
    expect(look.status).toBe(200);
  });

  it('fills nobody’s letter box: after three in a quarter of an hour one is only made', async () => {
    const account = address('karim');
    const answers = [];
    for (let times = 0; times < 4; times += 1) answers.push((await invite(account)).is_mailed);
    expect(answers).toEqual([true, true, true, false]);
    expect(lettersTo(account)).toHaveLength(3);
  });
});

describe('where no mail is set', () => {
  let plain: Awaited<ReturnType<typeof startPanel>>;
  beforeAll(async () => {
    plain = await startPanel(new AnsweringBus());
  });
  afterAll(() => plain.stop());

  it('the answer is the same and no link is made; one that the operator prints leads back', async () => {
    const account = address('rahima');
    await plain.enlist(account);
    const visitor = new PersonClient(plain.url);
    expect((await ask(account, visitor)).status).toBe(202);
    const { rows } = await plain.database.query('SELECT 1 FROM gateway.access_links');
    expect(rows).toEqual([]);
    const { token } = (await makeResetLink(plain.people, account))!;
    const body = { token, password: NEW_PASSWORD };
    expect((await visitor.call('POST', '/password-reset/confirm', { body })).status).toBe(200);
    await visitor.signIn(account, NEW_PASSWORD);
    expect(await makeResetLink(plain.people, address('nobody'))).toBeNull();
  });
});
