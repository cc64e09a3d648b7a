import { Database } from '@paymatch/platform-postgres';
import type { Device } from '@paymatch/gateway-receiving';
import { DeviceAlertsStore } from './device-alerts.store.js';
import { DevicePresenceStore } from './device-presence.store.js';
import { DeviceWatch } from './device-watch.js';
import { KeepingLogger, sms, startDeviceApi } from './testing/device.harness.js';

const MINUTE = 60_000;
let api: Awaited<ReturnType<typeof startDeviceApi>>;
let device: Device;
let merchantId: string;

beforeAll(async () => {
  api = await startDeviceApi();
});
beforeEach(async () => {
  ({ device, merchantId } = await api.openShop());
  await api.watch.sweep();
  api.logger.lines.length = 0;
});
afterAll(() => api.stop());

const upload = (...seqs: readonly number[]) =>
  api.signed('messages', { messages: seqs.map((seq) => sms(seq)) }, device);
const heartbeat = (body: unknown = {}) => api.signed('heartbeat', body, device);
const alerts = (status: 'open' | 'closed' | null = null) =>
  api.watch.list({ merchantId, livemode: true, status, before: null, limit: 100 });
const errors = (logger = api.logger) =>
  logger.lines.filter((line) => line.level === 'error' && line.fields['deviceId'] === device.id);
const standing = async () => (await api.watch.standings([device.id])).get(device.id)!;

const anotherGateways = () =>
  Database.connect({ url: api.databaseUrl, schema: 'gateway', poolMax: 2, applicationName: 'another gateway' });
const watchOf = (database: Database, logger: KeepingLogger) =>
  new DeviceWatch(
    {
      database,
      presence: new DevicePresenceStore(database),
      alerts: new DeviceAlertsStore(database),
      clock: api.clock,
      logger,
    },
    { silenceMinutes: 30, uploadSilenceMinutes: 1_440 },
  );

describe('a heartbeat', () => {
  it('says when the device was heard, and what it tells of itself', async () => {
    expect((await heartbeat({ battery_percent: 71, app_version: '1.4.0' })).json).toEqual({
      now: api.clock.ms / 1_000,
    });
    const at = new Date(api.clock.ms).toISOString();
    expect(await standing()).toEqual({
      lastHeardAt: at,
      lastHeartbeatAt: at,
      batteryPercent: 71,
      appVersion: '1.4.0',
      openAlerts: [],
    });
    await heartbeat({ battery_percent: 70 });
    expect(await standing()).toMatchObject({ batteryPercent: 70, appVersion: '1.4.0' });
  });

  it.each([
    [{ battery_percent: 101 }],
    [{ battery_percent: -1 }],
    [{ battery_percent: 7.5 }],
    [{ battery_percent: '70' }],
    [{ app_version: '' }],
    [{ app_version: 'x'.repeat(101) }],
    [{ app_version: 'a\u0000b' }],
    [[]],
    ['text'],
    [null],
    [{ messages: [] }],
    [{ messages: [sms(1)] }],
  ])('is refused as %j, and its number stays free', async (body) => {
    expect((await api.signed('heartbeat', body, device, { seq: 900_000 })).status).toBe(422);
    expect((await api.signed('heartbeat', {}, device, { seq: 900_000 })).status).toBe(200);
  });

  it('that is repeated is answered and is no sign of life', async () => {
    await api.signed('heartbeat', {}, device, { seq: 900_001 });
    const { lastHeardAt } = await standing();
    api.clock.ms += MINUTE;
    expect((await api.signed('heartbeat', {}, device, { seq: 900_001 })).status).toBe(200);
    expect((await standing()).lastHeardAt).toBe(lastHeardAt);
    expect((await api.signed('heartbeat', { battery_percent: 1 }, device, { seq: 900_001 })).status).toBe(409);
  });

  it('cannot take the place of an upload whose request was caught', async () => {
    const body = { messages: [sms(1)] };
    expect((await api.signed('heartbeat', body, device, { seq: 900_002 })).status).toBe(422);
    expect((await api.signed('messages', body, device, { seq: 900_002 })).json).toEqual({
      results: [{ seq: 1, status: 'accepted' }],
    });
  });
});

describe('silence', () => {
  it('of a device with heartbeats is an alert from the very moment its time is over, told once, and over when it is heard', async () => {
    await heartbeat();
    const lastHeardAt = new Date(api.clock.ms).toISOString();
    api.clock.ms += 30 * MINUTE - 1;
    await api.watch.sweep();
    expect(await alerts()).toEqual([]);
    api.clock.ms += 1;
    for (let times = 0; times < 3; times += 1) await api.watch.sweep();
    expect(await alerts('open')).toMatchObject([
      {
        deviceId: device.id,
        kind: 'silent',
        openedAt: new Date(api.clock.ms).toISOString(),
        closedAt: null,
        lastHeardAt,
        gap: [],
      },
    ]);
    expect((await standing()).openAlerts).toEqual(['silent']);
    expect(errors()).toHaveLength(1);
    api.clock.ms += MINUTE;
    await heartbeat();
    expect(await alerts()).toMatchObject([{ closedAt: new Date(api.clock.ms).toISOString(), closedBy: 'device' }]);
    await api.watch.sweep();
    expect([await alerts('open'), errors().length, (await standing()).openAlerts]).toEqual([[], 1, []]);
  });

  it('of a device without heartbeats is an alert after a day, also when it was never heard at all', async () => {
    const { device: never } = await api.openShop();
    await api.watch.sweep();
    await upload(1);
    api.clock.ms += 1_440 * MINUTE - 1;
    await api.watch.sweep();
    expect((await api.watch.standings([device.id, never.id])).get(never.id)).toMatchObject({
      lastHeardAt: null,
      openAlerts: [],
    });
    expect(await alerts()).toEqual([]);
    api.clock.ms += 1;
    await api.watch.sweep();
    expect([(await standing()).openAlerts, (await api.watch.standings([never.id])).get(never.id)!.openAlerts]).toEqual([
      ['silent'],
      ['silent'],
    ]);
    await upload(2);
    expect((await standing()).openAlerts).toEqual([]);
  });

  it("of a revoked device is nobody's worry", async () => {
    await heartbeat();
    api.clock.ms += 30 * MINUTE;
    await api.watch.sweep();
    await api.devices.revoke({ merchantId, livemode: true, deviceId: device.id });
    await api.watch.sweep();
    await api.watch.sweep();
    expect(await alerts()).toMatchObject([{ kind: 'silent', closedBy: 'revoked' }]);
    expect(errors()).toHaveLength(1);
  });

  it('is one alert, told once, when four gateways look at the same moment; a new one remembers it', async () => {
    await heartbeat();
    api.clock.ms += 30 * MINUTE;
    const others = await Promise.all(Array.from({ length: 4 }, anotherGateways));
    const logger = new KeepingLogger();
    await Promise.all(others.map((database) => watchOf(database, logger).sweep()));
    await watchOf(others[0]!, logger).sweep();
    // The gateway under test looks by itself, too, every few seconds.
    expect([(await alerts('open')).length, errors(logger).length + errors().length]).toEqual([1, 1]);
    await Promise.all(others.map((database) => database.close()));
  });

  it('and being heard at the same moment leave no alert open', async () => {
    for (let round = 0; round < 15; round += 1) {
      await heartbeat();
      api.clock.ms += 30 * MINUTE;
      await Promise.all([api.watch.sweep(), heartbeat(), api.watch.sweep()]);
      await api.watch.sweep();
      expect(await alerts('open')).toEqual([]);
    }
  });

  it('waits for the end of a contact that has begun', async () => {
    await heartbeat();
    api.clock.ms += 30 * MINUTE;
    await api.database.transaction(async (tx) => {
      await new DevicePresenceStore(api.database).note(tx, {
        device,
        now: new Date(api.clock.ms),
        seqs: [],
        heartbeat: null,
        uploads: [],
      });
      await api.watch.sweep();
    });
    await api.watch.sweep();
    expect(await alerts()).toEqual([]);
  });
});

describe('a contact', () => {
  it('is noted in one statement, and in a transaction only when it passes over numbers', async () => {
    await upload(1);
    const database = await anotherGateways();
    const statements = jest.spyOn(database, 'relaxed', 'get');
    const transactions = jest.spyOn(database, 'transaction');
    const watch = watchOf(database, api.logger);
    const note = (...seqs: readonly number[]) =>
      watch.heard({ device, now: new Date(api.clock.ms), seqs, heartbeat: null, uploads: [] });
    try {
      await note(3, 2, 3);
      expect([statements.mock.calls.length, transactions.mock.calls.length]).toEqual([1, 0]);
      await note(5);
      expect([statements.mock.calls.length, transactions.mock.calls.length]).toEqual([2, 1]);
    } finally {
      await watch.stop();
      await database.close();
    }
    expect(await alerts('open')).toMatchObject([{ kind: 'gap', missing: [{ from: 4, to: 4 }] }]);
  });
});

describe('a gap in the numbers', () => {
  it('is an alert at once, told when nothing fills it, and over when everything has come', async () => {
    await upload(10, 11);
    await upload(15, 13);
    expect(await alerts('open')).toMatchObject([
      {
        kind: 'gap',
        gap: [
          { from: 12, to: 12 },
          { from: 14, to: 14 },
        ],
        missing: [
          { from: 12, to: 12 },
          { from: 14, to: 14 },
        ],
      },
    ]);
    await api.watch.sweep();
    expect(errors()).toEqual([]);
    api.clock.ms += 10_000;
    await api.watch.sweep();
    await api.watch.sweep();
    expect(errors()).toMatchObject([
      {
        message: 'messages of a device are missing',
        fields: {
          missing: [
            { from: 12, to: 12 },
            { from: 14, to: 14 },
          ],
        },
      },
    ]);
    await upload(14);
    expect(await alerts('open')).toMatchObject([{ missing: [{ from: 12, to: 12 }] }]);
    await upload(12, 16);
    expect(await alerts()).toMatchObject([
      {
        closedBy: 'device',
        gap: [
          { from: 12, to: 12 },
          { from: 14, to: 14 },
        ],
        missing: [],
      },
    ]);
    expect(errors()).toHaveLength(1);
  });

  it('is told to nobody when an upload that was overtaken fills it', async () => {
    await upload(1);
    await upload(3);
    await upload(2);
    api.clock.ms += MINUTE;
    await api.watch.sweep();
    expect([await alerts('open'), errors()]).toEqual([[], []]);
  });

  it('is a cause of its own each time', async () => {
    await upload(1);
    await upload(3);
    await upload(5);
    expect((await alerts('open')).map((alert) => alert.missing)).toEqual([[{ from: 4, to: 4 }], [{ from: 2, to: 2 }]]);
  });

  it('does not come of messages that were rejected, repeated or uploaded again under other numbers', async () => {
    await upload(1, 2);
    await api.signed('messages', { messages: [sms(3, ''), sms(4, 'You have received Tk 1.00')] }, device);
    await upload(1, 2, 5);
    expect(await alerts()).toEqual([]);
  });

  it('is seen whichever of many uploads at the same moment comes first', async () => {
    await upload(100);
    await Promise.all([101, 102, 103, 104, 105, 107, 108, 109].map((seq) => upload(seq)));
    const missing = (await alerts('open')).flatMap((alert) => alert.missing);
    expect(missing).toEqual([{ from: 106, to: 106 }]);
    await upload(106);
    expect(await alerts('open')).toEqual([]);
  });

  it('fills no table, however a phone counts', async () => {
    for (let times = 0; times < 102; times += 1) await upload(times * 2);
    const open = await api.watch.list({ merchantId, livemode: true, status: 'open', before: null, limit: 1_000 });
    expect([open.length, open[0]!.missing]).toEqual([
      100,
      [
        { from: 199, to: 199 },
        { from: 201, to: 201 },
      ],
    ]);
    await upload(201);
    expect((await alerts('open'))[0]!.missing).toEqual([{ from: 199, to: 199 }]);
  });

  it('can be dismissed by its merchant; a silence cannot', async () => {
    await upload(1);
    await upload(3);
    const [gap] = await alerts('open');
    const stranger = await api.openShop();
    expect(
      await api.watch.dismiss({ merchantId: stranger.merchantId, livemode: true, alertId: gap!.id }, 'x'),
    ).toBeNull();
    expect(await api.watch.dismiss({ merchantId, livemode: false, alertId: gap!.id }, 'x')).toBeNull();
    expect(await api.watch.dismiss({ merchantId, livemode: true, alertId: 'x' }, 'x')).toBeNull();
    expect(await api.watch.dismiss({ merchantId, livemode: true, alertId: gap!.id }, 'api-key 1')).toMatchObject({
      closedBy: 'api-key 1',
      missing: [{ from: 2, to: 2 }],
    });
    api.clock.ms += 1_440 * MINUTE;
    await api.watch.sweep();
    const [silence] = await alerts('open');
    expect(await api.watch.dismiss({ merchantId, livemode: true, alertId: silence!.id }, 'api-key 1')).toMatchObject({
      kind: 'silent',
      closedAt: null,
    });
  });
});
