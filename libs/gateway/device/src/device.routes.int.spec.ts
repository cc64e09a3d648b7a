import { randomBytes } from 'node:crypto';
import { fastify, type FastifyInstance } from 'fastify';
import { newId, type MessageReceived } from '@paymatch/contracts';
import {
  noLimits,
  type Device,
  type Devices,
  forwarderToken,
  signDeviceRequest,
  signSmsGateRequest,
  type Wallet,
  type Wallets,
} from '@paymatch/gateway-receiving';
import type { Merchants } from '@paymatch/gateway-access';
import { RequestUnavailable, type Message, type MessageBus } from '@paymatch/platform-messaging';
import { silentLogger } from '@paymatch/platform-observability';
import { Retention } from '@paymatch/platform-postgres';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { DeviceAlertsStore } from './device-alerts.store.js';
import { DeviceAuthentication } from './device-authentication.js';
import { deviceTables } from './device-tables.js';
import { DeviceInbox } from './device-inbox.js';
import { DevicePresenceStore } from './device-presence.store.js';
import { DeviceWatch } from './device-watch.js';
import { deviceMigrations } from './device.migrations.js';
import { deviceRoutes } from './device.routes.js';
import { DeviceUploadsStore } from './device-uploads.store.js';
import { RefusalLimiter } from './refusal-limiter.js';

const merchantId = newId();
const NOW_MS = Date.UTC(2026, 7, 14, 5, 10);
const clock = { nowMs: () => NOW_MS };
const wallet = (provider: string, number: string): Wallet => ({
  id: newId(),
  merchantId,
  livemode: true,
  provider,
  number,
  accountType: 'personal',
  status: 'active',
  accountName: null,
  limits: noLimits,
});
const bkash = wallet('bkash', '01711111111');
const nagad = wallet('nagad', '01722222222');
const rocket = wallet('rocket', '01733333333');
const device: Device = {
  id: newId(),
  merchantId,
  livemode: true,
  name: 'counter',
  secret: randomBytes(32).toString('hex'),
  status: 'active',
  wallets: [
    { walletId: bkash.id, simSlot: 1 },
    { walletId: nagad.id, simSlot: 1 },
    { walletId: rocket.id, simSlot: 2 },
  ],
};
const revoked: Device = { ...device, id: newId(), status: 'revoked' };

class RecordingBus implements MessageBus {
  readonly published: Message<MessageReceived>[] = [];
  failure: Error | null = null;
  publish(_topic: string, messages: readonly Message[]): Promise<void> {
    if (this.failure !== null) return Promise.reject(this.failure);
    this.published.push(...(messages as readonly Message<MessageReceived>[]));
    return Promise.resolve();
  }
  request<Reply>(): Promise<Reply> {
    return Promise.reject(new Error('the device API asks nobody'));
  }
}

/** What this gateway remembers of the device. */
let remembered: Device | null = null;
const devices: Devices = {
  find: async (id) => [device, revoked].find((known) => known.id === id) ?? null,
  recall: async () => remembered,
  enrol: () => Promise.reject(new Error('not here')),
};
const wallets: Wallets = {
  active: async () => [bkash, nagad, rocket],
  activeLately: async () => [bkash, nagad, rocket],
  add: () => Promise.reject(new Error('not here')),
  find: () => Promise.reject(new Error('not here')),
};
const merchants: Merchants = {
  findLately: (key) => merchants.find(key),
  find: async ({ merchantId: id }) => ({
    id,
    name: 'Shop',
    status: 'active',
    expiryMinutes: 30,
    amountToleranceMinor: 5,
    repeatedInvoiceNumber: 'conflict',
    gatewayCharge: null,
    pixExpiryMinutes: null,
    bankTransferExpiryMinutes: null,
  }),
  create: () => Promise.reject(new Error('not here')),
};

let testDatabase: TestDatabase;
let server: FastifyInstance;
let bus: RecordingBus;
let uploads: DeviceUploadsStore;
let alerts: DeviceAlertsStore;
let nextSeq = 1;

beforeAll(async () => {
  testDatabase = await createTestDatabase({ schema: 'gateway', migrations: deviceMigrations });
  uploads = new DeviceUploadsStore(testDatabase.database);
  alerts = new DeviceAlertsStore(testDatabase.database);
});
afterAll(() => testDatabase.drop());
beforeEach(async () => {
  await testDatabase.database.query('TRUNCATE gateway.device_messages, gateway.device_requests');
  remembered = null;
  bus = new RecordingBus();
  server = fastify();
  const { database } = testDatabase;
  const watch = new DeviceWatch(
    { database, presence: new DevicePresenceStore(database), alerts, clock, logger: silentLogger },
    { silenceMinutes: 30, uploadSilenceMinutes: 1_440 },
  );
  const inbox = new DeviceInbox({ uploads, watch, bus, wallets, merchants, clock, logger: silentLogger });
  const enrolments = { redeem: () => Promise.reject(new Error('not here')) };
  server.register(
    deviceRoutes({
      inbox,
      enrolments,
      authentication: new DeviceAuthentication(devices),
      limiter: new RefusalLimiter(60),
      clock,
      logger: silentLogger,
    }),
  );
  await server.ready();
});
afterEach(() => server.close());

const sms = (changes: Readonly<Record<string, unknown>> = {}) => ({
  seq: 1,
  sender: 'bKash',
  body: 'You have received Tk 350.00',
  sim_slot: 1,
  sent_at: '2026-08-14T05:07:00Z',
  received_at: '2026-08-14T05:07:02Z',
  ...changes,
});

async function post(url: string, body: Buffer, headers: Readonly<Record<string, string>> = {}) {
  const answer = await server.inject({
    method: 'POST',
    url,
    payload: body,
    headers: { 'content-type': 'application/json', ...headers },
  });
  return {
    status: answer.statusCode,
    type: answer.headers['content-type'],
    retryAfter: answer.headers['retry-after'],
    body: answer.json<Record<string, unknown>>(),
  };
}

function upload(
  content: unknown,
  options: {
    readonly seq?: number;
    readonly as?: Device;
    readonly timestamp?: number;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
) {
  const body = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
  const { seq = nextSeq++, as = device, timestamp = NOW_MS / 1_000 } = options;
  const signature = signDeviceRequest(as.secret, { deviceId: as.id, seq, timestamp, body });
  return post('/api/device/v1/messages', body, {
    'x-device-id': as.id,
    'x-device-seq': String(seq),
    'x-device-timestamp': String(timestamp),
    'x-device-signature': signature,
    ...options.headers,
  });
}

describe('an upload signed by its device', () => {
  it('is taken under a secret that another gateway gave it a moment ago, and under no other', async () => {
    remembered = { ...device, secret: 'ds_what_it_was_before' };
    expect((await upload({ messages: [sms({ body: 'under the new secret' })] })).status).toBe(200);
    expect((await upload({ messages: [sms()] }, { as: { ...device, secret: 'ds_nobodys' } })).status).toBe(401);
    remembered = { ...device, status: 'revoked' };
    const elsewhere = { ...revoked, secret: device.secret };
    expect((await upload({ messages: [sms()] }, { as: elsewhere })).status).toBe(401);
  });

  it('answers one result per message in order, and a bad message hurts no other', async () => {
    const answer = await upload({
      messages: [
        sms({ seq: 1 }),
        sms({ seq: 2, sender: 'x'.repeat(65) }),
        7,
        sms({ seq: 1 }),
        sms({ seq: 4, body: 'another' }),
      ],
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      results: [
        { seq: 1, status: 'accepted' },
        { seq: 2, status: 'rejected', reason: 'sender is longer than 64 characters' },
        { seq: null, status: 'rejected', reason: 'a message is an object' },
        { seq: 1, status: 'duplicate' },
        { seq: 4, status: 'accepted' },
      ],
    });
    expect(bus.published.map((message) => message.data.body)).toEqual(['You have received Tk 350.00', 'another']);
  });

  it("hands over the message untouched, with the wallets of its SIM as the device's merchant declared them", async () => {
    await upload({
      messages: [
        sms({ body: 'zero\u200bwidth \u0000 ৳' }),
        sms({ sim_slot: 2 }),
        sms({ sim_slot: 3 }),
        sms({ sim_slot: null }),
      ],
      merchant_id: newId(),
      livemode: false,
    });
    expect(bus.published[0]).toMatchObject({
      key: `${merchantId}:${bkash.number}`,
      data: {
        merchantId,
        livemode: true,
        deviceId: device.id,
        sender: 'bKash',
        body: 'zero\u200bwidth \u0000 ৳',
        simSlot: 1,
        sentAt: '2026-08-14T05:07:00.000Z',
        arrivedAt: '2026-08-14T05:10:00.000Z',
      },
    });
    expect(bus.published.map((message) => message.data.wallets.map((ref) => ref.provider))).toEqual([
      ['bkash', 'nagad'],
      ['rocket'],
      [],
      ['bkash', 'nagad', 'rocket'],
    ]);
    expect(bus.published[0]!.data.wallets[0]).toEqual({
      id: bkash.id,
      provider: 'bkash',
      number: bkash.number,
      accountType: 'personal',
      toleranceMinor: 5,
    });
  });

  it('answers what it has seen before as a duplicate and publishes it once', async () => {
    await upload({ messages: [sms({ seq: 1 }), sms({ seq: 2, body: 'second' })] });
    const again = await upload({
      messages: [sms({ seq: 11 }), sms({ seq: 12, body: 'second' }), sms({ seq: 13, body: 'third' })],
    });
    expect(again.body).toEqual({
      results: [
        { seq: 11, status: 'duplicate' },
        { seq: 12, status: 'duplicate' },
        { seq: 13, status: 'accepted' },
      ],
    });
    expect(bus.published).toHaveLength(3);
  });

  it('gives the same request the same answer', async () => {
    const first = await upload({ messages: [sms()] }, { seq: 500 });
    const second = await upload({ messages: [sms()] }, { seq: 500, timestamp: NOW_MS / 1_000 + 60 });
    expect(second).toEqual(first);
    expect(bus.published).toHaveLength(1);
  });

  it('refuses a request number with another body, and says where to go on', async () => {
    await upload({ messages: [sms()] }, { seq: 600 });
    await upload({ messages: [] }, { seq: 650 });
    const replay = await upload({ messages: [sms({ body: 'other' })] }, { seq: 600 });
    expect(replay).toMatchObject({
      status: 409,
      type: 'application/problem+json',
      body: { type: 'urn:paymatch:problem:sequence-reused', status: 409, last_seq: 650 },
    });
    expect(bus.published).toHaveLength(1);
  });

  it('lets one of two bodies with the same number through when both come at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => upload({ messages: [sms({ body: `body ${i}` })] }, { seq: 700 })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409, 409, 409, 409, 409, 409]);
    expect(bus.published).toHaveLength(1);
  });

  it('publishes before it remembers: what could not be published is asked for again and then accepted under the same id', async () => {
    bus.failure = new RequestUnavailable('nobody there');
    const failed = await upload({ messages: [sms()] }, { seq: 800 });
    expect(failed).toMatchObject({ status: 503, retryAfter: '1', type: 'application/problem+json' });
    bus.failure = null;
    expect((await upload({ messages: [sms()] }, { seq: 800 })).body).toEqual({
      results: [{ seq: 1, status: 'accepted' }],
    });
    const [first] = bus.published;
    // As after a crash between publishing and remembering.
    await testDatabase.database.query('TRUNCATE gateway.device_messages, gateway.device_requests');
    await upload({ messages: [sms()] });
    expect(bus.published.map((message) => [message.id, message.data.rawId])).toEqual([
      [first!.id, first!.id],
      [first!.id, first!.id],
    ]);
  });
});

describe('an upload that is refused as a whole', () => {
  const unsigned = {
    status: 401,
    type: 'application/problem+json',
    body: {
      type: 'urn:paymatch:problem:not-authorised',
      title: 'Unauthorized',
      status: 401,
      detail: 'The request is not signed by a device of ours.',
      instance: expect.stringMatching(/^urn:request:/) as string,
    },
  };

  it('looks the same for an unknown, a revoked and a wrongly signing device', async () => {
    const answers = await Promise.all([
      upload({ messages: [] }, { as: { ...device, id: newId() } }),
      upload({ messages: [] }, { as: revoked }),
      upload({ messages: [] }, { as: { ...device, secret: 'guess' } }),
      upload({ messages: [] }, { headers: { 'x-device-id': 'not-a-uuid' } }),
      upload({ messages: [] }, { headers: { 'x-device-seq': '-1' } }),
      upload({ messages: [] }, { headers: { 'x-device-signature': '' } }),
      post('/api/device/v1/messages', Buffer.from('{}')),
      post('/api/device/v1/messages', Buffer.from('not json')),
    ]);
    for (const answer of answers) expect(answer).toEqual({ ...unsigned, retryAfter: undefined });
    expect(bus.published).toHaveLength(0);
  });

  it.each([
    [600, 200],
    [601, 401],
    [-600, 200],
    [-601, 401],
  ])('with a clock %i s off answers %i', async (offSeconds, status) => {
    expect((await upload({ messages: [] }, { timestamp: NOW_MS / 1_000 + offSeconds })).status).toBe(status);
  });

  it.each([
    ['{"messages":', 400],
    ['"text"', 422],
    ['[]', 422],
    ['{"messages":{}}', 422],
    ['null', 422],
    ['{}', 422],
    ['', 400],
  ])('answers the body %j with %i, and its number stays free', async (text, status) => {
    const answer = await upload(Buffer.from(text), { seq: 900 });
    expect(answer).toMatchObject({ status, type: 'application/problem+json' });
    expect((await upload({ messages: [] }, { seq: 900 })).status).toBe(200);
  });

  it('answers wrong UTF-8 with 400', async () => {
    expect((await upload(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).status).toBe(400);
  });

  it('takes 500 messages and not one more', async () => {
    const many = (count: number) => ({
      messages: Array.from({ length: count }, (_, i) => sms({ seq: i, body: `message ${i}` })),
    });
    expect((await upload(many(501))).status).toBe(422);
    const answer = await upload(many(500));
    expect((answer.body.results as readonly { status: string }[]).every((result) => result.status === 'accepted')).toBe(
      true,
    );
    expect(bus.published).toHaveLength(500);
  });

  it('takes a megabyte and not one byte more', async () => {
    const padded = (bytes: number) => Buffer.from(`{"messages":[]${' '.repeat(bytes - 15)}}`);
    expect((await upload(padded(1_048_576))).status).toBe(200);
    expect(await upload(padded(1_048_577))).toMatchObject({ status: 413, type: 'application/problem+json' });
  });
});

describe('forwarder apps that exist already', () => {
  const income = Buffer.from(
    JSON.stringify({
      from: 'bKash',
      text: 'You have received Tk 350.00',
      sentStamp: 1_786_684_020_000,
      receivedStamp: 1_786_684_022_000,
      sim: 'sim1',
    }),
  );

  it('reach their device by a URL nobody can guess', async () => {
    const accepted = await post(`/api/device/v1/forward/${device.id}/${forwarderToken(device)}`, income);
    expect(accepted).toMatchObject({ status: 200, body: { results: [{ seq: null, status: 'accepted' }] } });
    expect(bus.published[0]!.data).toMatchObject({
      sender: 'bKash',
      simSlot: 1,
      seq: null,
      sentAt: '2026-08-14T05:07:00.000Z',
      wallets: [{ provider: 'bkash' }, { provider: 'nagad' }],
    });
    expect(await post(`/api/device/v1/forward/${device.id}/${forwarderToken(device)}`, income)).toMatchObject({
      status: 200,
      body: { results: [{ seq: null, status: 'duplicate' }] },
    });
    for (const [id, token] of [
      [device.id, '0'.repeat(64)],
      [newId(), forwarderToken(device)],
      [revoked.id, forwarderToken(revoked)],
      [device.id, 'x'],
    ]) {
      expect((await post(`/api/device/v1/forward/${id}/${token}`, income)).status).toBe(401);
    }
  });

  it('sign as SMSGate does, and its second webhook for one SMS is a duplicate', async () => {
    const body = (id: string, event = 'sms:received') =>
      Buffer.from(
        JSON.stringify({
          id,
          webhookId: 'w',
          deviceId: 'theirs',
          event,
          payload: {
            messageId: 'm',
            sender: 'NAGAD',
            recipient: null,
            simNumber: 2,
            message: 'Money Received.',
            receivedAt: '2026-08-14T11:07:02.500+06:00',
          },
        }),
      );
    const timestamp = String(NOW_MS / 1_000);
    const send = (content: Buffer, options: { readonly timestamp?: string; readonly secret?: string } = {}) =>
      post(`/api/device/v1/smsgate/${device.id}`, content, {
        'x-timestamp': options.timestamp ?? timestamp,
        'x-signature': signSmsGateRequest(options.secret ?? device.secret, content, options.timestamp ?? timestamp),
      });
    expect((await send(body('a'))).body).toEqual({ results: [{ seq: null, status: 'accepted' }] });
    expect((await send(body('b'))).body).toEqual({ results: [{ seq: null, status: 'duplicate' }] });
    expect((await send(body('c', 'sms:sent'))).body).toEqual({ results: [] });
    expect((await send(body('d'), { secret: 'guess' })).status).toBe(401);
    expect((await send(body('e'), { timestamp: String(NOW_MS / 1_000 - 601) })).status).toBe(401);
    expect((await send(Buffer.from('{}'))).status).toBe(422);
    expect(bus.published.map((message) => message.data.wallets.map((ref) => ref.provider))).toEqual([['rocket']]);
  });
});

describe('clearing', () => {
  it('removes what is older than its limit and nothing else', async () => {
    const day = (days: number) => new Date(NOW_MS - days * 86_400_000);
    const rows = async (table: string) =>
      Number(
        (await testDatabase.database.query<{ count: number }>(`SELECT count(*) FROM gateway.${table}`)).rows[0]!.count,
      );
    for (const [seq, days] of [
      [1, 8],
      [2, 6],
    ] as const) {
      const numbered = { seq, body: Buffer.from('x') };
      await uploads.begin({ deviceId: device.id, numbered, hashes: [], now: day(days) });
      await testDatabase.database.transaction((tx) =>
        new DevicePresenceStore(testDatabase.database).note(tx, {
          device,
          seqs: [],
          heartbeat: null,
          uploads: [{ seq, hashes: [Buffer.from([seq])], results: [] }],
          now: day(days * 50),
        }),
      );
    }
    const tables = deviceTables({ requestsKeptDays: 7, contentsKeptDays: 399 });
    await new Retention({ sql: testDatabase.database, tables, clock, logger: silentLogger }).run();
    expect([await rows('device_requests'), await rows('device_messages')]).toEqual([1, 1]);
  });
});
