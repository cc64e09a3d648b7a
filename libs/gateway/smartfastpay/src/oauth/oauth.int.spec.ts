import { newId } from '@paymatch/contracts';
import { createOAuthClients } from '@paymatch/gateway-access';
import { BusDouble } from '../testing/bus.double.js';
import { startGateway, type Answer, type RunningGateway, type Shop } from '../testing/gateway.harness.js';

const HOUR_MS = 3_600_000;
let gateway: RunningGateway;
let shop: Shop;
beforeAll(async () => {
  gateway = await startGateway(new BusDouble());
  shop = await gateway.openShop();
});
afterAll(() => gateway.stop());

const basic = (id: string, secret: string): string => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
const ask = (authorization: string | undefined, init: RequestInit = {}): Promise<Answer> =>
  gateway.call('/oauth2/token', {
    init: {
      method: 'POST',
      ...init,
      headers: { ...(authorization !== undefined && { authorization }), ...(init.headers as object) },
    },
  });
const tokenOf = (answer: Answer): string => (answer.body.data as { access_token: string }).access_token;
const status = async (token: string): Promise<number> => (await gateway.call('/balance', { token })).status;

describe('POST /oauth2/token', () => {
  it.each([
    ['nothing', {}],
    ['an empty form', { body: '', headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
    [
      'a form',
      { body: 'grant_type=client_credentials', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    ],
    [
      'JSON',
      { body: '{"grant_type":"client_credentials","scope":"x"}', headers: { 'content-type': 'application/json' } },
    ],
    ['empty JSON', { body: '', headers: { 'content-type': 'application/json' } }],
    ['an empty object', { body: '{}', headers: { 'content-type': 'application/json' } }],
  ] as const)('gives a token for right credentials and %s as its body', async (_name, init) => {
    const { clientId, clientSecret } = await gateway.clients.issue({ merchantId: shop.merchantId, livemode: true });
    const answer = await ask(basic(clientId, clientSecret), init);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(answer.body).toEqual({
      requestId: answer.headers.get('x-request-id'),
      data: {
        access_token: expect.stringMatching(/^at_[A-Za-z0-9_-]{86}$/) as string,
        token_type: 'Bearer',
        expires_in: 3600,
      },
    });
    expect(await status(tokenOf(answer))).toBe(200);
  });

  it('gives the same 401 for whatever is wrong with the credentials', async () => {
    const { clientId, clientSecret } = await gateway.clients.issue({ merchantId: shop.merchantId, livemode: true });
    const other = await gateway.clients.issue({ merchantId: shop.merchantId, livemode: true });
    const revoked = await gateway.clients.issue({ merchantId: shop.merchantId, livemode: true });
    await gateway.clients.revoke(shop.merchantId, revoked.clientId);
    const wrong = [
      undefined,
      '',
      'Basic',
      'Basic !!!',
      basic('', ''),
      basic(clientId, ''),
      basic(clientId, clientSecret.toLowerCase()),
      basic(clientId, other.clientSecret),
      basic(revoked.clientId, revoked.clientSecret),
      basic(clientSecret, clientId),
      `Basic ${Buffer.from(clientId).toString('base64')}`,
      `Bearer ${clientSecret}`,
      basic(clientId, `${clientSecret}\u0000`),
      basic(clientId, 'x'.repeat(100)),
      `Basic ${'A'.repeat(2_000)}`,
    ];
    for (const authorization of wrong) {
      const answer = await ask(authorization);
      expect([
        authorization,
        answer.status,
        answer.headers.get('www-authenticate'),
        answer.headers.get('cache-control'),
      ]).toEqual([authorization, 401, 'Basic realm="oauth2", charset="UTF-8"', 'no-store']);
      const description = 'Send a valid client_id and client_secret as HTTP Basic credentials.';
      expect(answer.body).toEqual({
        requestId: answer.headers.get('x-request-id'),
        error: 'invalid_client',
        error_description: description,
        code: 'invalid_client',
        message: description,
        details: [],
        moreInformation: [description],
      });
    }
  });

  it.each([
    ['another grant', 'grant_type=password', 'application/x-www-form-urlencoded', 400, 'unsupported_grant_type'],
    ['malformed JSON', '{', 'application/json', 400, 'invalid_request'],
    ['an odd type', 'x', 'text/csv', 415, 'invalid_request'],
  ])('says what is wrong with %s in the words of RFC 6749', async (_name, body, type, expected, error) => {
    const { clientId, clientSecret } = await gateway.clients.issue({ merchantId: shop.merchantId, livemode: true });
    const answer = await ask(basic(clientId, clientSecret), { body, headers: { 'content-type': type } });
    expect([answer.status, answer.body.error, typeof answer.body.error_description]).toEqual([
      expected,
      error,
      'string',
    ]);
  });

  it('keeps no secret', async () => {
    const { clientId, clientSecret } = await gateway.clients.issue({ merchantId: shop.merchantId, livemode: false });
    expect([clientId, clientSecret]).toEqual([expect.stringMatching(/^ci_test_/), expect.stringMatching(/^cs_/)]);
    const { rows } = await gateway.test.database.query('SELECT * FROM gateway.oauth_clients WHERE client_id = $1', [
      clientId,
    ]);
    expect(JSON.stringify(rows)).not.toContain(clientSecret);
    expect(rows[0]!.secret_hash).not.toEqual(Buffer.from(clientSecret));
  });
});

describe('an access token', () => {
  it('lives for an hour, to the very moment', async () => {
    const { live } = await gateway.openShop();
    gateway.clock.ms += HOUR_MS - 1;
    expect(await status(live)).toBe(200);
    gateway.clock.ms += 1;
    const answer = await gateway.call('/balance', { token: live });
    expect([answer.status, answer.headers.get('www-authenticate'), answer.body.error]).toMatchObject([
      401,
      'Bearer',
      { code: 'unauthorized' },
    ]);
  });

  it('ends with its credential: at once where that was revoked, within a second elsewhere', async () => {
    const { id: merchantId } = await gateway.merchants.create({ name: 'Loja' });
    const { clientId, clientSecret } = await gateway.clients.issue({ merchantId, livemode: true });
    const token = tokenOf(await ask(basic(clientId, clientSecret)));
    expect(await status(token)).toBe(200);
    const elsewhere = createOAuthClients({
      database: gateway.test.database,
      secret: 'a secret of at least thirty-two characters',
      clock: gateway.clock,
    });
    expect(await elsewhere.revoke(newId(), clientId)).toBe(false);
    expect(await elsewhere.revoke(merchantId, clientId)).toBe(true);
    gateway.clock.ms += 999;
    expect(await status(token)).toBe(200);
    gateway.clock.ms += 1;
    expect(await status(token)).toBe(401);
    const second = await gateway.clients.issue({ merchantId, livemode: true });
    const token2 = tokenOf(await ask(basic(second.clientId, second.clientSecret)));
    expect(await status(token2)).toBe(200);
    await gateway.clients.revoke(merchantId, second.clientId);
    expect(await status(token2)).toBe(401);
    expect(await gateway.clients.list(merchantId, true)).toMatchObject([
      { clientId: second.clientId, revokedAt: expect.any(String) as string },
      { clientId },
    ]);
  });

  it('cannot be made or changed by anybody else', async () => {
    const { live } = await gateway.openShop();
    const bytes = Buffer.from(live.slice(3), 'base64url');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index]! ^= 1;
      expect(await status(`at_${changed.toString('base64url')}`)).toBe(401);
    }
    for (const token of ['', 'at_', live.slice(0, -1), `${live}A`, live.slice(3), 'x'.repeat(10_000)])
      expect(await status(token)).toBe(401);
    expect(await status(live)).toBe(200);
  });

  it("shares its credential's rate with the others", async () => {
    const { live } = await gateway.openShop({ rateLimitPerMinute: 2 });
    expect([await status(live), await status(live)]).toEqual([200, 200]);
    const answer = await gateway.call('/payments', { token: live });
    expect([
      answer.status,
      answer.headers.get('retry-after'),
      answer.headers.get('x-ratelimit-limit'),
      answer.body.error,
    ]).toMatchObject([429, '60', '2', { code: 'rate_limited' }]);
  });

  it('of a suspended merchant opens nothing', async () => {
    const { merchantId, live } = await gateway.openShop();
    await gateway.merchants.setStatus(merchantId, 'suspended');
    const answer = await gateway.call('/payments', { token: live });
    expect([answer.status, answer.body.error]).toMatchObject([401, { code: 'merchant_suspended' }]);
  });

  it('is asked for on every path', async () => {
    for (const path of [
      '/payments',
      `/payment/${newId()}`,
      '/transactions',
      `/transaction/${newId()}`,
      '/webhook/secret',
      '/balance',
    ])
      expect((await gateway.call(path)).status).toBe(401);
    expect((await gateway.call('/payment', { json: {} })).status).toBe(401);
  });
});
