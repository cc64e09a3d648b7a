import jsQr from 'jsqr';
import { signDeviceRequest } from '@paymatch/gateway-receiving';
import { newId, topics, type MessageReading } from '@paymatch/contracts';
import { Refusal } from '@paymatch/platform-messaging';
import { AnsweringBus, panelClock, startPanel, type PanelShop } from './testing/panel.harness.js';

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly json: any;
}

let panel: Awaited<ReturnType<typeof startPanel>>;
let bus: AnsweringBus;
let shop: PanelShop;
let stranger: PanelShop;
let walletId: string;

beforeAll(async () => {
  bus = new AnsweringBus();
  bus.publish = async () => undefined;
  panel = await startPanel(bus);
});
beforeEach(async () => {
  [shop, stranger] = [await panel.openShop(), await panel.openShop()];
  walletId = (
    await call('POST', '/wallets', { body: { provider: 'nagad', number: '01812345678', account_type: 'personal' } })
  ).json.data.id;
  bus.asked.length = 0;
});
afterAll(() => panel.stop());

async function call(
  method: string,
  path: string,
  options: { readonly key?: string; readonly body?: unknown; readonly headers?: Record<string, string> } = {},
): Promise<Reply> {
  return send(`/api/panel/v1${path}`, method, {
    body: options.body,
    headers: { authorization: `Bearer ${options.key ?? shop.live}`, ...options.headers },
  });
}

async function send(
  path: string,
  method: string,
  options: { readonly body?: unknown; readonly headers?: Record<string, string> },
): Promise<Reply> {
  const hasBody = options.body !== undefined;
  const response = await fetch(`${panel.url}${path}`, {
    method,
    ...(hasBody && { body: JSON.stringify(options.body) }),
    headers: { ...(hasBody && { 'content-type': 'application/json' }), ...options.headers },
  });
  return { status: response.status, headers: response.headers, json: await response.json() };
}

function expectProblem(reply: Reply, status: number, code: string): void {
  expect([reply.status, reply.json.type, reply.headers.get('content-type')]).toEqual([
    status,
    `urn:paymatch:problem:${code}`,
    'application/problem+json',
  ]);
}

const phone = () => ({ name: 'Phone', wallets: [{ wallet_id: walletId, sim_slot: 1 }] });

let requestSeq = 1;
/** A request of the phone itself. */
function asPhone(
  path: string,
  body: unknown,
  device: { readonly id: string; readonly secret: string },
): Promise<Reply> {
  const [seq, timestamp] = [requestSeq++, panelClock.ms / 1_000];
  const signature = signDeviceRequest(device.secret, {
    deviceId: device.id,
    seq,
    timestamp,
    body: Buffer.from(JSON.stringify(body)),
  });
  return send(`/api/device/v1/${path}`, 'POST', {
    body,
    headers: {
      'x-device-id': device.id,
      'x-device-seq': String(seq),
      'x-device-timestamp': String(timestamp),
      'x-device-signature': signature,
    },
  });
}

const uploadOf = (...seqs: readonly number[]) => ({
  messages: seqs.map((seq) => ({
    seq,
    sender: 'NAGAD',
    body: `message ${seq}`,
    sim_slot: 1,
    sent_at: null,
    received_at: null,
  })),
});

interface Picture {
  readonly side: number;
  readonly pixels: Uint8ClampedArray;
}

const MODULE_PIXELS = 4;

/** What a camera sees of a QR code as `qrcode` draws it: rows of strokes one module high. */
function readQr(svg: string): string | undefined {
  const side = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)![1]) * MODULE_PIXELS;
  const picture: Picture = { side, pixels: new Uint8ClampedArray(side * side * 4).fill(255) };
  let [x, y] = [0, 0];
  for (const [, command, first, second] of /<path stroke[^>]* d="([^"]+)"/
    .exec(svg)![1]!
    .matchAll(/([Mmh])(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?/g)) {
    if (command === 'M') [x, y] = [Number(first), Number(second)];
    else if (command === 'm') [x, y] = [x + Number(first), y + Number(second)];
    else {
      stroke(picture, { x, y: Math.floor(y), length: Number(first) });
      x += Number(first);
    }
  }
  return jsQr(picture.pixels, side, side)?.data;
}

function stroke(
  { side, pixels }: Picture,
  line: { readonly x: number; readonly y: number; readonly length: number },
): void {
  for (let row = line.y * MODULE_PIXELS; row < (line.y + 1) * MODULE_PIXELS; row += 1) {
    const start = row * side + line.x * MODULE_PIXELS;
    for (let pixel = start; pixel < start + line.length * MODULE_PIXELS; pixel += 1)
      pixels.fill(0, pixel * 4, pixel * 4 + 3);
  }
}

describe('devices', () => {
  it('show their secret and what to paste into forwarder apps once, and are revoked', async () => {
    const headers = { 'idempotency-key': 'phone-1' };
    const made = await call('POST', '/devices', { body: phone(), headers });
    const { id } = made.json.data;
    expect(made.json.data).toEqual({
      id: expect.any(String),
      livemode: true,
      ...phone(),
      status: 'active',
      secret: expect.stringMatching(/^ds_/),
      upload_url: 'https://pay.example.com/api/device/v1/messages',
      forward_url: expect.stringMatching(
        new RegExp(`^https://pay.example.com/api/device/v1/forward/${id}/[0-9a-f]{64}$`),
      ),
      forward_heartbeat_url: `${made.json.data.forward_url}/heartbeat`,
      smsgate_url: `https://pay.example.com/api/device/v1/smsgate/${id}`,
    });
    const repeat = await call('POST', '/devices', { body: phone(), headers });
    expect([repeat.json, repeat.headers.get('idempotent-replayed')]).toEqual([made.json, 'true']);
    const listed = await call('GET', '/devices');
    expect(listed.json.data).toEqual([
      {
        id,
        livemode: true,
        ...phone(),
        status: 'active',
        health: 'not_heard_yet',
        open_alerts: [],
        last_heard_at: null,
        last_heartbeat_at: null,
        battery_percent: null,
        app_version: null,
      },
    ]);
    expectProblem(
      await call('POST', `/devices/${id}/revoke`, { key: stranger.live, body: { reason: 'lost' } }),
      404,
      'not-found',
    );
    expect((await call('POST', `/devices/${id}/revoke`, { body: { reason: 'lost' } })).json.data.status).toBe(
      'revoked',
    );
    expect((await call('GET', '/devices')).json.data[0].health).toBe('revoked');
    expect((await asPhone('heartbeat', {}, { id, secret: made.json.data.secret })).status).toBe(401);
  });

  it.each([
    [[]],
    [[{ wallet_id: 'x' }]],
    [[{ wallet_id: newId(), sim_slot: 10 }]],
    [[{ wallet_id: newId(), extra: 1 }]],
    [[{ wallet_id: newId() }]],
    ['x'],
    [undefined],
  ])('refuse the wallets %j', async (wallets) => {
    for (const path of ['/devices', '/device-enrolments'])
      expectProblem(await call('POST', path, { body: { name: 'Phone', wallets } }), 422, 'validation-error');
  });
});

describe('an enrolment code', () => {
  it('is shown as text, address and QR code; the phone that scans it becomes the device, once', async () => {
    const issued = await call('POST', '/device-enrolments', { body: phone() });
    const { code, enrolment_url: url, qr_svg: svg } = issued.json.data;
    expect([issued.status, issued.json.data]).toEqual([
      201,
      {
        id: expect.any(String),
        livemode: true,
        ...phone(),
        code: expect.stringMatching(/^de_[0-9A-Za-z]{32}$/),
        expires_at: '2026-06-12T08:40:00.000Z',
        enrolment_url: `https://pay.example.com/api/device/v1/enrolments#code=${code}`,
        qr_svg: expect.stringMatching(/^<svg .*<\/svg>\n?$/s),
      },
    ]);
    expect(readQr(svg)).toBe(url);
    const scanned = new URL(readQr(svg)!);
    const enrolled = await send(scanned.pathname, 'POST', {
      body: { code: new URLSearchParams(scanned.hash.slice(1)).get('code'), name: 'Pixel 8' },
    });
    expect(enrolled.status).toBe(201);
    const device = { id: enrolled.json.device_id, secret: enrolled.json.secret };
    expect((await asPhone('heartbeat', { battery_percent: 55, app_version: '2.0' }, device)).status).toBe(200);
    expect((await call('GET', '/devices')).json.data).toMatchObject([
      {
        id: device.id,
        name: 'Pixel 8',
        wallets: phone().wallets,
        health: 'ok',
        last_heartbeat_at: '2026-06-12T08:30:00.000Z',
        battery_percent: 55,
        app_version: '2.0',
      },
    ]);
    expect((await send(scanned.pathname, 'POST', { body: { code } })).status).toBe(401);
  });

  it("is for the caller's own wallets and mode", async () => {
    for (const key of [stranger.live, shop.test])
      expectProblem(await call('POST', '/device-enrolments', { key, body: phone() }), 422, 'validation-error');
  });
});

describe("a device's secret", () => {
  it('is replaced at once, or after an overlap, by its own merchant', async () => {
    const { id, secret, forward_url: forwardUrl } = (await call('POST', '/devices', { body: phone() })).json.data;
    for (const key of [stranger.live, shop.test])
      expectProblem(await call('POST', `/devices/${id}/rotate-secret`, { key }), 404, 'not-found');
    const headers = { 'idempotency-key': newId() };
    const overlapping = await call('POST', `/devices/${id}/rotate-secret`, { body: { overlap_minutes: 30 }, headers });
    expect([overlapping.status, overlapping.json.data]).toEqual([
      200,
      expect.objectContaining({
        id,
        previous_secret_until: '2026-06-12T09:00:00.000Z',
        secret: expect.not.stringMatching(secret),
      }),
    ]);
    expect(overlapping.json.data.forward_url).not.toBe(forwardUrl);
    expect(
      (await call('POST', `/devices/${id}/rotate-secret`, { body: { overlap_minutes: 30 }, headers })).json,
    ).toEqual(overlapping.json);
    expect((await asPhone('heartbeat', {}, { id, secret })).status).toBe(200);
    const last = await call('POST', `/devices/${id}/rotate-secret`);
    expect(last.json.data.previous_secret_until).toBeNull();
    for (const ended of [secret, overlapping.json.data.secret])
      expect((await asPhone('heartbeat', {}, { id, secret: ended })).status).toBe(401);
    expect((await asPhone('heartbeat', {}, { id, secret: last.json.data.secret })).status).toBe(200);
    await call('POST', `/devices/${id}/revoke`, { body: { reason: 'lost' } });
    expectProblem(await call('POST', `/devices/${id}/rotate-secret`), 409, 'device-revoked');
    expectProblem(await call('POST', '/devices/x/rotate-secret'), 404, 'not-found');
  });

  it.each([-1, 1.5, 1_441, '5', null])('is not replaced with an overlap of %j', async (minutes) => {
    expectProblem(
      await call('POST', `/devices/${newId()}/rotate-secret`, { body: { overlap_minutes: minutes } }),
      422,
      'validation-error',
    );
  });
});

describe('device alerts', () => {
  it('are listed with their times, page by page, for their own merchant and mode', async () => {
    const device = (await call('POST', '/devices', { body: phone() })).json.data;
    await asPhone('messages', uploadOf(1, 4), device);
    await asPhone('heartbeat', {}, device);
    panelClock.ms += 30 * 60_000;
    await panel.sweepDevices();
    const open = (await call('GET', '/device-alerts?status=open')).json.data;
    expect(open).toEqual([
      {
        id: expect.any(String),
        device_id: device.id,
        livemode: true,
        kind: 'silent',
        opened_at: '2026-06-12T09:00:00.000Z',
        closed_at: null,
        closed_by: null,
        last_heard_at: '2026-06-12T08:30:00.000Z',
        gap: [],
        missing: [],
      },
      {
        id: expect.any(String),
        device_id: device.id,
        livemode: true,
        kind: 'gap',
        opened_at: '2026-06-12T08:30:00.000Z',
        closed_at: null,
        closed_by: null,
        last_heard_at: null,
        gap: [{ from: 2, to: 3 }],
        missing: [{ from: 2, to: 3 }],
      },
    ]);
    expect((await call('GET', '/devices')).json.data[0]).toMatchObject({
      health: 'alert',
      open_alerts: ['gap', 'silent'],
    });
    expect((await call('GET', '/device-alerts?limit=1')).json.data).toEqual([open[0]]);
    expect((await call('GET', `/device-alerts?limit=1&before=${open[0].id}`)).json.data).toEqual([open[1]]);
    for (const key of [stranger.live, shop.test]) {
      expect((await call('GET', '/device-alerts', { key })).json.data).toEqual([]);
      expectProblem(await call('POST', `/device-alerts/${open[1].id}/dismiss`, { key }), 404, 'not-found');
    }
    expectProblem(await call('POST', `/device-alerts/${open[0].id}/dismiss`), 409, 'device-silent');
    expect((await call('POST', `/device-alerts/${open[1].id}/dismiss`, { key: shop.named })).json.data).toMatchObject({
      closed_at: '2026-06-12T09:00:00.000Z',
      closed_by: 'Rahima',
    });
    await asPhone('messages', uploadOf(5), device);
    expect((await call('GET', '/device-alerts?status=open')).json.data).toEqual([]);
    expect(
      (await call('GET', '/device-alerts?status=closed')).json.data.map(
        (alert: { closed_by: string }) => alert.closed_by,
      ),
    ).toEqual(['device', 'Rahima']);
    for (const query of ['status=x', 'limit=0', 'before=x'])
      expectProblem(await call('GET', `/device-alerts?${query}`), 422, 'validation-error');
    expectProblem(await call('POST', '/device-alerts/x/dismiss'), 404, 'not-found');
  });
});

describe('texts to try', () => {
  const reading: MessageReading = {
    outcome: 'credit',
    direction: 'in',
    creditable: true,
    amount: '350.00',
    trx_id: 'DH7K2M9QX4',
    counterparty: '01712345678',
    fee: '0.00',
    balance: '900.00',
    at: '2026-06-12T14:30',
    template: 'bkash/received',
    reasons: [],
  };
  const message = { account: 'personal', sender: 'bKash', body: 'You have received Tk 350.00' };

  it('are read by sms-matching as one of its own, in order', async () => {
    bus.answer = () => [reading, { ...reading, outcome: 'review' }];
    const reply = await call('POST', '/parse-messages', {
      body: {
        messages: [
          { ...message, received_at: '2026-06-12T14:30:00+06:00', provider: 'bkash' },
          { ...message, body: 'odd \u0000', provider: null, received_at: null },
        ],
      },
    });
    expect([reply.status, reply.json]).toEqual([200, { data: [reading, { ...reading, outcome: 'review' }] }]);
    expect(bus.asked).toMatchObject([{ topic: topics.creditsCommands.name, message: { key: shop.merchantId } }]);
    expect(bus.asked[0]!.message.data).toEqual({
      type: 'ParseMessages',
      merchantId: shop.merchantId,
      messages: [
        { ...message, receivedAt: '2026-06-12T14:30:00+06:00', provider: 'bkash' },
        { ...message, body: 'odd \u0000', receivedAt: null },
      ],
    });
  });

  it.each([
    [[]],
    [Array.from({ length: 501 }, () => message)],
    ['x'],
    [undefined],
    [[null]],
    [[[]]],
    [[{ ...message, account: 'savings' }]],
    [[{ ...message, sender: '' }]],
    [[{ ...message, sender: 'x'.repeat(201) }]],
    [[{ ...message, body: '' }]],
    [[{ ...message, body: 'x'.repeat(10_001) }]],
    [[{ ...message, body: 'half \ud83d' }]],
    [[{ ...message, received_at: 'now' }]],
    [[{ ...message, provider: 'bKash!' }]],
    [[message, { ...message, seq: 1 }]],
  ])('are refused as %j', async (messages) => {
    expectProblem(await call('POST', '/parse-messages', { body: { messages } }), 422, 'validation-error');
    expect(bus.asked).toEqual([]);
  });

  it('are refused by place, and when sms-matching refuses', async () => {
    const reply = await call('POST', '/parse-messages', { body: { messages: [message, { ...message, body: 7 }] } });
    expect(reply.json.errors).toEqual([{ detail: expect.stringContaining('Message 1: '), pointer: '/messages' }]);
    bus.answer = () => {
      throw new Refusal('INVALID_COMMAND', { messagesMax: 500 });
    };
    expectProblem(await call('POST', '/parse-messages', { body: { messages: [message] } }), 422, 'validation-error');
  });
});
