import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId, uuidToUlid } from '@paymatch/contracts';
import { API_KEYS, MERCHANTS, type ApiKeys, type Merchants } from '@paymatch/gateway-access';
import {
  type Device,
  DEVICE_ALERTS,
  DEVICE_ENROLMENTS,
  type DeviceEnrolments,
  DEVICES,
  type Devices,
  forwarderToken,
  signDeviceRequest,
  signSmsGateRequest,
  WALLETS,
  type Wallets,
} from '@paymatch/gateway-receiving';
import { readConfig } from '@paymatch/platform-config';
import { MESSAGE_BUS, RequestUnavailable, type MessageBus } from '@paymatch/platform-messaging';
import { CLOCK, LOGGER, METRICS, noMetrics, silentLogger, systemClock } from '@paymatch/platform-observability';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { gatewayService } from './gateway.service.js';

interface Route {
  readonly method: string;
  readonly url: string;
}

/** Takes what is published, and would say when a device's credentials made anything ask another service. */
class WatchedBus implements MessageBus {
  published = 0;
  asked = 0;

  async publish(): Promise<void> {
    this.published += 1;
  }

  request<Reply>(): Promise<Reply> {
    this.asked += 1;
    return Promise.reject(new RequestUnavailable('nobody is asked here'));
  }
}

@Module({})
class TestPlatformModule {
  static register(bus: MessageBus): DynamicModule {
    const providers = [
      { provide: MESSAGE_BUS, useValue: bus },
      { provide: LOGGER, useValue: silentLogger },
      { provide: CLOCK, useValue: systemClock },
      { provide: METRICS, useValue: noMetrics },
    ];
    return { module: TestPlatformModule, global: true, providers, exports: providers };
  }
}

/** Where what a device hands over is kept; everything else must stay as it is. */
const APPEND_TABLES = ['device_messages', 'device_requests', 'device_presence', 'device_alerts'];
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const bus = new WatchedBus();
const routes: Route[] = [];
let test: TestDatabase;
let app: NestFastifyApplication;
let url: string;
let device: Device;
let sibling: Device;
let foreign: Device;
let ids: readonly string[];
let secrets: readonly string[];

beforeAll(async () => {
  const { schema, migrations, entities } = gatewayService;
  test = await createTestDatabase({ schema, migrations, entities });
  const values = readConfig(gatewayService.settings(false), {
    PAYMATCH_SECRET: 'a secret of at least thirty-two characters',
    PAYMATCH_DEVICE_REFUSALS_PER_MINUTE: '1000000',
  });
  const edge = gatewayService.edge!(values, silentLogger);
  const adapter = edge.createAdapter();
  adapter.getInstance().addHook('onRoute', ({ method, url: path }) => {
    for (const each of [method].flat()) if (METHODS.includes(each)) routes.push({ method: each, url: path });
  });
  app = await NestFactory.create<NestFastifyApplication>(
    {
      module: class Root {},
      imports: [TestPlatformModule.register(bus), ...gatewayService.modules(test.database, values)],
    },
    adapter,
    { logger: false },
  );
  edge.configure(app);
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
  await openShops();
  // What the watch of devices notes of new ones is there before anything is compared.
  await app.get<{ sweep(): Promise<void> }>(DEVICE_ALERTS).sweep();
});
afterAll(async () => {
  await app.close();
  await test.drop();
});

async function openShops(): Promise<void> {
  const numbers = ['01712345678', '01712345679', '01712345680'];
  const open = async () => {
    const { id: merchantId } = await app.get<Merchants>(MERCHANTS).create({ name: 'Shop' });
    const wallet = await app
      .get<Wallets>(WALLETS)
      .add({ merchantId, livemode: true, provider: 'bkash', number: numbers.shift()!, accountType: 'personal' });
    const enrol = () =>
      app
        .get<Devices>(DEVICES)
        .enrol({ merchantId, livemode: true, name: 'Phone', wallets: [{ walletId: wallet.id, simSlot: null }] });
    return { merchantId, wallet, device: await enrol(), sibling: await enrol() };
  };
  const [mine, theirs] = [await open(), await open()];
  ({ device, sibling } = mine);
  foreign = theirs.device;
  const keys = app.get<ApiKeys>(API_KEYS);
  const { key, keyId } = await keys.issue({ merchantId: mine.merchantId, livemode: true });
  const { code } = await app
    .get<DeviceEnrolments>(DEVICE_ENROLMENTS)
    .issue({ merchantId: mine.merchantId, livemode: true, name: 'Next', wallets: [] });
  ids = [device.id, sibling.id, mine.merchantId, mine.wallet.id, keyId, uuidToUlid(newId())];
  secrets = [device.secret, sibling.secret, foreign.secret, key, code];
}

/** Every way a device could show who it is, at once. */
function credentials(as: Device, body: string, seq: number): Record<string, string> {
  const timestamp = Math.floor(Date.now() / 1_000);
  return {
    authorization: `Bearer ${as.secret}`,
    'x-api-key': as.secret,
    'x-device-id': as.id,
    'x-device-seq': String(seq),
    'x-device-timestamp': String(timestamp),
    'x-device-signature': signDeviceRequest(as.secret, { deviceId: as.id, seq, timestamp, body: Buffer.from(body) }),
    'x-timestamp': String(timestamp),
    'x-signature': signSmsGateRequest(as.secret, Buffer.from(body), String(timestamp)),
    cookie: `token=${as.secret}`,
  };
}

async function send(
  method: string,
  path: string,
  request: { readonly body?: string; readonly headers?: Record<string, string> },
): Promise<{ readonly status: number; readonly text: string }> {
  const hasBody = method !== 'GET' && request.body !== undefined;
  const response = await fetch(`${url}${path}`, {
    method,
    redirect: 'manual',
    signal: AbortSignal.timeout(5_000),
    headers: { ...request.headers, ...(hasBody && { 'content-type': 'application/json' }) },
    ...(hasBody && { body: request.body! }),
  });
  return { status: response.status, text: await response.text() };
}

/** The content of every table of the gateway, by name. */
async function contents(): Promise<Readonly<Record<string, string>>> {
  const { rows: tables } = await test.database.query<{ tablename: string }>(
    `SELECT tablename FROM pg_tables WHERE schemaname = 'gateway' ORDER BY tablename`,
  );
  const all: Record<string, string> = {};
  for (const { tablename } of tables) {
    const {
      rows: [row],
    } = await test.database.query<{ digest: string }>(
      `SELECT count(*) || ':' || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS digest
        FROM gateway."${tablename}" t`,
    );
    all[tablename] = row!.digest;
  }
  return all;
}

function withoutAppends(tables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tables).filter(([name]) => !APPEND_TABLES.includes(name)));
}

const isDeviceRoute = (route: Route): boolean => route.url.startsWith('/api/device/');
/** The route's address with every parameter filled in by one id; a wildcard by a word. */
const fill = (path: string, id: string, token = '0'.repeat(64)): string =>
  path
    .replace(':token', token)
    .replace(/:[A-Za-z]+/g, id)
    .replace('*', 'x');
let seq = 1;

describe('the credentials of a device', () => {
  it('meet every route of the gateway here', () => {
    const known = routes.map(({ method, url: path }) => `${method} ${path}`);
    expect(known).toEqual(
      expect.arrayContaining([
        'POST /api/device/v1/messages',
        'GET /api/panel/v1/devices',
        'POST /api/v1/payments',
        'GET /pay/:ulid',
      ]),
    );
    expect(known.length).toBeGreaterThan(40);
  });

  it('open no route but the device API: everywhere else a device is answered as a stranger, and nothing changes', async () => {
    const before = await contents();
    const body = JSON.stringify({ merchant_id: device.merchantId, device_id: device.id, name: 'x' });
    for (const { method, url: path } of routes.filter((route) => !isDeviceRoute(route))) {
      // An address without a place for an id is the same with each of them.
      for (const id of path.includes(':') ? ids : ids.slice(0, 1)) {
        const stranger = await send(method, fill(path, id), { body });
        const answer = await send(method, `${fill(path, id)}?token=${device.secret}&device_id=${device.id}`, {
          body,
          headers: credentials(device, body, seq++),
        });
        expect({ method, path, id, status: answer.status }).toEqual({ method, path, id, status: stranger.status });
        if (path.startsWith('/api/'))
          expect({ method, path, isRefused: answer.status >= 400 }).toEqual({ method, path, isRefused: true });
        for (const secret of secrets) expect(answer.text).not.toContain(secret);
      }
    }
    expect(await contents()).toEqual(before);
    expect([bus.asked, bus.published]).toEqual([0, 0]);
  }, 120_000);

  it('can do nothing but POST in the device API', async () => {
    const deviceRoutes = routes.filter(isDeviceRoute);
    expect(deviceRoutes.map(({ method }) => method)).toEqual(deviceRoutes.map(() => 'POST'));
    for (const { url: path } of deviceRoutes) {
      for (const method of METHODS.filter((each) => each !== 'POST'))
        expect(
          (
            await send(method, fill(path, device.id, forwarderToken(device)), {
              headers: credentials(device, '', seq++),
            })
          ).status,
        ).toBe(405);
    }
  });

  it('only add to what the device has handed over, and are told results and the time alone', async () => {
    const before = await contents();
    const message = { seq: 1, sender: 'bKash', body: 'text', sim_slot: null, sent_at: null, received_at: null };
    const bodies: Readonly<Record<string, unknown>> = {
      '/api/device/v1/messages': { messages: [message], merchant_id: foreign.merchantId, device_id: sibling.id },
      '/api/device/v1/heartbeat': { battery_percent: 50, status: 'revoked', wallets: [], secret: 'x' },
      '/api/device/v1/forward/:deviceId/:token': {
        from: 'bKash',
        text: 'text',
        sentStamp: Date.now(),
        receivedStamp: Date.now(),
        sim: 'sim1',
      },
      '/api/device/v1/forward/:deviceId/:token/heartbeat': {},
      '/api/device/v1/smsgate/:deviceId': {
        id: 'i',
        webhookId: 'w',
        deviceId: 'd',
        event: 'sms:received',
        payload: {
          messageId: 'm',
          sender: 'bKash',
          recipient: null,
          simNumber: 1,
          message: 'text',
          receivedAt: '2026-08-14T11:07:02.000+06:00',
        },
      },
    };
    const needingCredentials = routes
      .filter((route) => isDeviceRoute(route) && route.url !== '/api/device/v1/enrolments')
      .map((route) => route.url);
    expect(needingCredentials.toSorted()).toEqual(Object.keys(bodies).toSorted());
    for (const path of needingCredentials) {
      const body = JSON.stringify(bodies[path]);
      const answer = await send('POST', fill(path, device.id, forwarderToken(device)), {
        body,
        headers: credentials(device, body, seq++),
      });
      expect([path, answer.status, Object.keys(JSON.parse(answer.text) as object)]).toEqual([
        path,
        200,
        [path.endsWith('heartbeat') ? 'now' : 'results'],
      ]);
      for (const secret of secrets) expect(answer.text).not.toContain(secret);
    }
    const after = await contents();
    expect(withoutAppends(after)).toEqual(withoutAppends(before));
    const { rows } = await test.database.query<{ device_id: string }>(
      'SELECT device_id::text FROM gateway.device_messages UNION SELECT device_id FROM gateway.device_requests UNION SELECT device_id::text FROM gateway.device_presence WHERE last_heard_at IS NOT NULL',
    );
    expect(rows).toEqual([{ device_id: device.id }]);
    expect(bus.published).toBe(3);
  });

  it.each(['sibling', 'foreign'] as const)('cannot be used at the address of another device (%s)', async (which) => {
    const other = { sibling, foreign }[which];
    const before = await contents();
    for (const { url: path } of routes.filter((route) => isDeviceRoute(route) && route.url.includes(':'))) {
      expect(
        (
          await send('POST', fill(path, other.id, forwarderToken(device)), {
            body: '{}',
            headers: credentials(device, '{}', seq++),
          })
        ).status,
      ).toBe(401);
    }
    for (const path of ['messages', 'heartbeat'])
      expect(
        (
          await send('POST', `/api/device/v1/${path}`, {
            body: '{}',
            headers: { ...credentials(device, '{}', seq++), 'x-device-id': other.id },
          })
        ).status,
      ).toBe(401);
    expect(await contents()).toEqual(before);
  });
});
