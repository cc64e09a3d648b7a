import { newId } from '@paymatch/contracts';
import { type Device, forwarderUrls, signSmsGateRequest } from '@paymatch/gateway-receiving';
import { sms, startDeviceApi, type Reply } from './testing/device.harness.js';

let api: Awaited<ReturnType<typeof startDeviceApi>>;
let shop: Awaited<ReturnType<typeof api.openShop>>;
let device: Device;
let addresses = 0;

beforeAll(async () => {
  api = await startDeviceApi({ refusalsPerMinuteMax: 5 });
});
beforeEach(async () => {
  shop = await api.openShop();
  device = shop.device;
  api.bus.published.length = 0;
  api.logger.lines.length = 0;
});
afterAll(() => api.stop());

/** An address nobody has used yet, as a proxy would name it. */
const somewhere = () => ({ 'x-forwarded-for': `198.51.${(addresses += 1) >> 8}.${addresses & 255}` });
const enrol = (body: unknown, headers = somewhere()) =>
  api.post('/api/device/v1/enrolments', JSON.stringify(body), headers);
const issue = () =>
  api.enrolments.issue({
    merchantId: shop.merchantId,
    livemode: true,
    name: 'Counter',
    wallets: [{ walletId: shop.wallet.id, simSlot: 1 }],
  });

function problem(reply: Reply): unknown {
  const { instance: _instance, ...rest } = reply.json;
  return [reply.status, reply.headers.get('content-type'), rest];
}

describe('enrolment', () => {
  it('gives a phone its id and secret for a code, with which it is heard', async () => {
    const { code } = await issue();
    const reply = await enrol({ code, name: 'Pixel 8' });
    expect([reply.status, reply.headers.get('cache-control'), reply.json]).toEqual([
      201,
      'no-store',
      { device_id: expect.any(String), secret: expect.stringMatching(/^ds_/), name: 'Pixel 8', livemode: true },
    ]);
    const phone = { id: String(reply.json['device_id']), secret: String(reply.json['secret']) };
    expect((await api.signed('messages', { messages: [sms(1)] }, phone)).json).toEqual({
      results: [{ seq: 1, status: 'accepted' }],
    });
    expect(api.bus.published[0]!.data).toMatchObject({
      merchantId: shop.merchantId,
      livemode: true,
      deviceId: phone.id,
      wallets: [{ id: shop.wallet.id }],
    });
    expect(JSON.stringify(api.logger.lines)).not.toContain(phone.secret.slice(3));
    expect(JSON.stringify(api.logger.lines)).not.toContain(code.slice(3));
  });

  it('gives one of two phones with one code a device, the other what anybody with a wrong code gets', async () => {
    const { code } = await issue();
    const replies = await Promise.all([enrol({ code }), enrol({ code })]);
    expect(replies.map((reply) => reply.status).sort()).toEqual([201, 401]);
    expect(await api.devices.list(shop.merchantId, true)).toHaveLength(2);
    const refusals = [
      replies.find((reply) => reply.status === 401)!,
      await enrol({ code: `de_${'0'.repeat(32)}` }),
      await enrol({ code: '' }),
    ];
    const late = await issue();
    api.clock.ms += 600_000;
    refusals.push(await enrol({ code: late.code }));
    expect(new Set(refusals.map((reply) => JSON.stringify(problem(reply)))).size).toBe(1);
    expect(problem(refusals[0]!)).toMatchObject([
      401,
      'application/problem+json',
      { type: 'urn:paymatch:problem:code-not-valid' },
    ]);
  });

  it.each([[{}], [{ code: 7 }], [{ code: 'x'.repeat(201) }], [null], [[]], [{ name: 'x' }]])(
    'is refused as %j',
    async (body) => {
      expect((await enrol(body)).status).toBe(422);
    },
  );

  it.each([
    ['name', ''],
    ['name', ' '],
    ['name', 'x'.repeat(101)],
    ['name', 'a\u0000'],
    ['name', 5],
  ])('with %s %j is refused, and the code can still be used', async (field, value) => {
    const { code } = await issue();
    expect((await enrol({ code, [field]: value })).status).toBe(422);
    expect((await enrol({ code })).status).toBe(201);
  });
});

describe('a device whose secret was replaced', () => {
  const key = () => ({ merchantId: shop.merchantId, livemode: true, deviceId: device.id });
  const isHeard = async (as: Pick<Device, 'id' | 'secret'>): Promise<boolean[]> => {
    const body = JSON.stringify({ id: 'i', webhookId: 'w', deviceId: 'd', event: 'system:ping', payload: {} });
    const timestamp = String(api.clock.ms / 1_000);
    const urls = forwarderUrls(api.url, as);
    const replies = await Promise.all([
      api.signed('heartbeat', {}, as, { headers: somewhere() }),
      api.post(new URL(urls.forwardHeartbeat).pathname, '', somewhere()),
      api.post(new URL(urls.smsGate).pathname, body, {
        ...somewhere(),
        'x-timestamp': timestamp,
        'x-signature': signSmsGateRequest(as.secret, Buffer.from(body), timestamp),
      }),
    ]);
    return replies.map((reply) => reply.status === 200);
  };

  it('is no longer heard with the old one, by any of the ways', async () => {
    expect(await isHeard(device)).toEqual([true, true, true]);
    const rotated = await api.devices.rotate(key(), null);
    expect([await isHeard(device), await isHeard(rotated!)]).toEqual([
      [false, false, false],
      [true, true, true],
    ]);
  });

  it('is heard with both until the overlap ends, and not with the old one at that moment', async () => {
    const rotated = await api.devices.rotate(key(), new Date(api.clock.ms + 60_000));
    api.clock.ms += 59_000;
    expect([await isHeard(device), await isHeard(rotated!)]).toEqual([
      [true, true, true],
      [true, true, true],
    ]);
    api.clock.ms += 1_000;
    expect([await isHeard(device), await isHeard(rotated!)]).toEqual([
      [false, false, false],
      [true, true, true],
    ]);
  });

  it('is heard with neither once it is revoked', async () => {
    const rotated = await api.devices.rotate(key(), new Date(api.clock.ms + 60_000));
    await api.devices.revoke(key());
    expect([await isHeard(device), await isHeard(rotated!)]).toEqual([
      [false, false, false],
      [false, false, false],
    ]);
  });
});

describe('an address that is refused again and again', () => {
  it('has to wait, whatever it tries, and learns nothing of which device exists', async () => {
    const headers = somewhere();
    const stranger = { ...device, id: newId() };
    const attempts = [
      () => api.signed('messages', { messages: [] }, { ...device, secret: 'guess' }, { headers }),
      () => api.signed('heartbeat', {}, stranger, { headers }),
      () => api.post(`/api/device/v1/forward/${device.id}/${'0'.repeat(64)}`, '{}', headers),
      () => api.post(`/api/device/v1/smsgate/${stranger.id}`, '{}', headers),
      () => api.post('/api/device/v1/messages', 'x', headers),
    ];
    for (const attempt of attempts)
      expect(problem(await attempt())).toMatchObject([
        401,
        'application/problem+json',
        { type: 'urn:paymatch:problem:not-authorised' },
      ]);
    const refused = await Promise.all([
      ...attempts.map((attempt) => attempt()),
      enrol({ code: `de_${'0'.repeat(32)}` }, headers),
    ]);
    expect(new Set(refused.map((reply) => JSON.stringify(problem(reply)))).size).toBe(1);
    expect(problem(refused[0]!)).toMatchObject([
      429,
      'application/problem+json',
      { type: 'urn:paymatch:problem:rate-limited' },
    ]);
    expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await api.signed('messages', { messages: [] }, device, { headers })).status).toBe(429);
    api.clock.ms += 60_000;
    expect((await api.signed('messages', { messages: [] }, device, { headers })).status).toBe(200);
  });

  it('does not silence the phone that was heard from there, nor anybody elsewhere', async () => {
    const headers = somewhere();
    await api.signed('heartbeat', {}, device, { headers });
    for (let times = 0; times < 6; times += 1)
      await api.post(`/api/device/v1/forward/${newId()}/${'0'.repeat(64)}`, '{}', headers);
    expect((await api.signed('heartbeat', {}, device, { headers })).status).toBe(200);
    expect((await api.signed('heartbeat', {}, { ...device, secret: 'guess' }, { headers })).status).toBe(429);
    expect((await api.signed('heartbeat', {}, { ...device, id: newId() }, { headers })).status).toBe(429);
    expect((await api.signed('heartbeat', {}, device, { headers: somewhere() })).status).toBe(200);
  });

  it('is told so before its body is read', async () => {
    const headers = somewhere();
    for (let times = 0; times < 5; times += 1) await api.post('/api/device/v1/messages', '{}', headers);
    const large = await api.post('/api/device/v1/messages', Buffer.alloc(1_048_577, 32), headers);
    expect(large.status).toBe(429);
  });
});

describe('a batch', () => {
  const results = async (messages: readonly unknown[]) =>
    (await api.signed('messages', { messages }, device)).json['results'] as readonly {
      readonly status: string;
      readonly reason?: string;
    }[];
  const statuses = async (messages: readonly unknown[]) => (await results(messages)).map((result) => result.status);

  it('keeps NUL, emoji and combining characters as they came, and refuses halves of characters by themselves', async () => {
    const bodies = [
      'a\u0000b',
      '🙂 ৳ é é',
      'half \ud83d',
      '\u202eright to left',
      'x'.repeat(4_000),
      'x'.repeat(4_001),
      '\u0000',
    ];
    expect(await statuses(bodies.map((body, seq) => sms(seq, body)))).toEqual([
      'accepted',
      'accepted',
      'rejected',
      'accepted',
      'accepted',
      'rejected',
      'accepted',
    ]);
    expect(api.bus.published.map((message) => message.data.body)).toEqual(
      bodies.filter((_body, index) => index !== 2 && index !== 5),
    );
  });

  it('survives every kind of entry beside good ones', async () => {
    const odd: readonly unknown[] = [
      null,
      7,
      'text',
      [],
      [[]],
      {},
      true,
      { __proto__: { sender: 'bKash' } },
      { seq: 1e300, sender: 'a', body: 'b' },
      { sender: {}, body: [] },
      { sender: 'x', body: 'y', sim_slot: Number.MAX_VALUE },
    ];
    const mixed = odd.flatMap((entry, index) => [entry, sms(index, `good ${index}`)]);
    const expected = odd.flatMap(() => ['rejected', 'accepted']);
    expect(await statuses(mixed)).toEqual(expected);
    expect(api.bus.published).toHaveLength(odd.length);
  });

  it('of 500 is taken, of 501 refused as a whole; of ten megabytes or broken UTF-8 too, and the device goes on', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, seq) => sms(seq, `message ${seq}`));
    expect((await api.signed('messages', { messages: many(501) }, device)).status).toBe(422);
    expect((await statuses(many(500))).every((status) => status === 'accepted')).toBe(true);
    expect((await api.signed('messages', Buffer.alloc(10 * 1_048_576, 32), device)).status).toBe(413);
    expect(
      (
        await api.signed(
          'messages',
          Buffer.concat([Buffer.from('{"messages":[{"body":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}]}')]),
          device,
        )
      ).status,
    ).toBe(400);
    expect(await statuses([sms(500)])).toEqual(['accepted']);
  });

  it('that is uploaded twice after a day offline is one message each', async () => {
    const messages = Array.from({ length: 300 }, (_, seq) => sms(seq, `message ${seq}`));
    await statuses(messages);
    expect(new Set(await statuses(messages))).toEqual(new Set(['duplicate']));
    expect(new Set(api.bus.published.map((message) => message.id)).size).toBe(300);
    expect(api.bus.published).toHaveLength(300);
  });
});

describe('Android Income SMS Gateway Webhook', () => {
  const stamp = Date.UTC(2026, 7, 14, 5, 7);
  /** The app's own template, filled in as the app does. */
  const template = (text: string, sim = 'sim1') =>
    `{\n     "from": "bKash",\n     "text": ${JSON.stringify(text)},\n     "sentStamp": "${stamp}",\n     ` +
    `"receivedStamp": "${stamp + 2_000}",\n     "sim": "${sim}"\n}`;

  it('is heard with its own template by a pasted URL, once for all its retries', async () => {
    const path = new URL(forwarderUrls(api.url, device).forward).pathname;
    const replies = [
      await api.post(path, template('You have received Tk 350.00')),
      await api.post(path, template('You have received Tk 350.00')),
      await api.post(path, template('another', 'undetected')),
    ];
    expect(replies.map((reply) => [reply.status, reply.json])).toEqual(
      ['accepted', 'duplicate', 'accepted'].map((status) => [200, { results: [{ seq: null, status }] }]),
    );
    expect(api.bus.published.map((message) => message.data)).toMatchObject([
      {
        sender: 'bKash',
        body: 'You have received Tk 350.00',
        simSlot: 1,
        sentAt: '2026-08-14T05:07:00.000Z',
        receivedAt: '2026-08-14T05:07:02.000Z',
        wallets: [{ id: shop.wallet.id }],
      },
      { body: 'another', simSlot: null },
    ]);
  });

  it('may fill in numbers and more members, and sends its heartbeat to a URL of its own', async () => {
    const urls = forwarderUrls(api.url, device);
    const body = `{"from":"bKash","text":"hello","sentStamp":${stamp},"receivedStamp":${stamp},"sim":"sim2","battery":80,"network":"wifi"}`;
    expect((await api.post(new URL(urls.forward).pathname, body, { 'x-signature': 'its own' })).json).toEqual({
      results: [{ seq: null, status: 'accepted' }],
    });
    expect((await api.post(new URL(urls.forwardHeartbeat).pathname, 'anything')).status).toBe(200);
    expect((await api.watch.standings([device.id])).get(device.id)).toMatchObject({
      lastHeartbeatAt: new Date(api.clock.ms).toISOString(),
    });
    expect(
      (await api.post(`/api/device/v1/forward/${device.id}/${'0'.repeat(64)}/heartbeat`, '', somewhere())).status,
    ).toBe(401);
  });

  it('gets a 2xx for a message that can never be taken, so that it stops sending it', async () => {
    const path = new URL(forwarderUrls(api.url, device).forward).pathname;
    expect((await api.post(path, template(''))).json).toMatchObject({ results: [{ status: 'rejected' }] });
  });
});

describe('SMSGate', () => {
  const webhook = (id: string, event = 'sms:received', text = 'Money Received.') =>
    JSON.stringify({
      deviceId: 'ffffffffceb0b1db0000018e937c815b',
      event,
      id,
      webhookId: 'LreFUt-Z3sSq0JufY9uWB',
      payload: {
        messageId: 'abc123',
        message: text,
        sender: 'NAGAD',
        recipient: '+8801712345678',
        simNumber: 1,
        receivedAt: '2026-08-14T11:07:02.000+06:00',
      },
    });
  const send = (body: string, secret = device.secret) => {
    const timestamp = String(api.clock.ms / 1_000);
    return api.post(new URL(forwarderUrls(api.url, device).smsGate).pathname, body, {
      'x-timestamp': timestamp,
      'x-signature': signSmsGateRequest(secret, Buffer.from(body), timestamp),
      ...somewhere(),
    });
  };

  it('is heard by a pasted URL and secret; a webhook that comes twice, also at once, is one message', async () => {
    expect((await send(webhook('a'))).json).toEqual({ results: [{ seq: null, status: 'accepted' }] });
    expect((await send(webhook('b'))).json).toEqual({ results: [{ seq: null, status: 'duplicate' }] });
    await Promise.all([send(webhook('c', 'sms:received', 'second')), send(webhook('d', 'sms:received', 'second'))]);
    expect(new Set(api.bus.published.map((message) => message.id)).size).toBe(2);
    expect((await send(webhook('e'), 'guess')).status).toBe(401);
  });

  it('tells with its pings that it is there, and has its other events acknowledged', async () => {
    expect((await send(webhook('a', 'sms:sent'))).json).toEqual({ results: [] });
    expect((await api.watch.standings([device.id])).get(device.id)).toMatchObject({
      lastHeardAt: new Date(api.clock.ms).toISOString(),
      lastHeartbeatAt: null,
    });
    expect(
      (await send(JSON.stringify({ deviceId: 'd', event: 'system:ping', id: 'p', webhookId: 'w', payload: {} }))).json,
    ).toEqual({ results: [] });
    expect((await api.watch.standings([device.id])).get(device.id)).toMatchObject({
      lastHeartbeatAt: new Date(api.clock.ms).toISOString(),
    });
    expect(api.bus.published).toEqual([]);
  });
});
