import { installationOwner, newId, type ProcessStanding } from '@paymatch/contracts';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { AuditLog } from '@paymatch/gateway-people';
import { gatewayService } from '../gateway.service.js';
import { InstallationAlarms } from './installation-alarms.js';
import { KeepingBus } from './testing/keeping-bus.js';

const HOUR_MS = 3_600_000;
let test: TestDatabase;
let bus: KeepingBus;
let nowMs: number;
let standings: ProcessStanding[];
let backups: { readonly at: string }[];

beforeAll(async () => {
  test = await createTestDatabase({ schema: 'gateway', migrations: gatewayService.migrations });
});
beforeEach(() => {
  bus = new KeepingBus();
  nowMs = Date.now();
  standings = [];
  backups = [{ at: ago(HOUR_MS) }];
});
afterAll(() => test.drop());

const ago = (ms: number): string => new Date(nowMs - ms).toISOString();
const clock = { nowMs: () => nowMs };
const handedOver = () => bus.asked.flatMap(({ alarms }) => alarms);
/** The log of what was done to merchants is never emptied. */
const raised = () => handedOver().filter(({ alarm }) => !alarm.startsWith('merchant.'));
const alarms = (): InstallationAlarms =>
  new InstallationAlarms({
    ...{ database: test.database, bus, clock, processes: { list: () => Promise.resolve(standings) } },
    embeddedBackups: () => backups.map(({ at }) => ({ at, folder: '/b', endedAt: at, bytes: 1, major: '17' })),
  });

function standing(change: Partial<ProcessStanding> = {}): ProcessStanding {
  const words = { type: 'processes.standing', instance: 'payments@a:1', services: ['payments'], version: '1' } as const;
  return { ...words, since: ago(HOUR_MS), at: ago(0), ready: true, problems: [], figures: [], ...change };
}

describe('a merchant that is suspended and resumed', () => {
  it('is told of by name and reason, once, until a day has passed', async () => {
    const audit = new AuditLog(test.database, clock);
    const merchantId = newId();
    const actor = { userId: null, keyId: null, who: 'op@example.com', address: '::1', requestId: 'r' };
    const write = (action: string, reason: string | null) =>
      test.database.transaction((tx) =>
        audit.write(actor, { merchantId, action, before: { name: 'Tea House' }, reason }, tx),
      );
    await write('merchant suspended', 'Unpaid');
    await write('merchant changed', null);
    await write('merchant resumed', null);
    const watch = alarms();
    await watch.look();
    await watch.look();
    expect(bus.asked).toMatchObject([{ type: 'RaiseAlarms', ...installationOwner }]);
    expect(handedOver()).toMatchObject([
      { alarm: 'merchant.suspended', details: { subject: 'Tea House', subjectId: merchantId, reason: 'Unpaid' } },
      { alarm: 'merchant.resumed', details: { subject: 'Tea House', subjectId: merchantId } },
    ]);
    nowMs += 25 * HOUR_MS;
    backups = [{ at: ago(HOUR_MS) }];
    bus.asked.length = 0;
    await alarms().look();
    expect(handedOver()).toEqual([]);
  });
});

describe('how the processes stand', () => {
  it('is told when it stood so at two looks: silent, not ready, behind', async () => {
    const lag = (value: number) => [
      { name: 'paymatch_consumer_lag_messages', labels: { group: 'g' }, value },
      { name: 'paymatch_relay_lag_rows', labels: { relay: 'r' }, value: 3 },
      { name: 'paymatch_relay_lag_seconds', labels: { relay: 'r' }, value: value / 10 },
    ];
    const watch = alarms();
    const silent = standing({ instance: 'a:1', at: ago(60_000) });
    standings = [silent, standing({ ready: false, problems: ['no broker'], figures: lag(1_000) })];
    await watch.look();
    expect(raised()).toEqual([]);
    await watch.look();
    expect(raised()).toMatchObject([
      { alarm: 'service.silent', details: { subject: 'payments (a:1)', since: silent.at } },
      { alarm: 'service.not-ready', details: { reason: 'no broker' } },
      { alarm: 'service.lagging', details: { subject: 'g', count: 1_000 } },
      { alarm: 'service.lagging', details: { subject: 'r', count: 3 } },
    ]);
    bus.asked.length = 0;
    standings = [standing({ figures: lag(599) })];
    await watch.look();
    await watch.look();
    expect(raised()).toEqual([]);
  });

  it('is told of parked messages at once, and anew when they are ten times as many', async () => {
    const watch = alarms();
    for (const value of [0, 1, 2, 10]) {
      standings = [standing({ figures: [{ name: 'paymatch_parked_messages', labels: { group: 'g' }, value }] })];
      await watch.look();
    }
    expect(raised().map(({ details }) => details.count)).toEqual([1, 10]);
  });
});

describe('backups of the embedded database', () => {
  it('are told of when the newest is older than 26 hours, or there is none; handed over later if nobody takes it', async () => {
    const watch = alarms();
    await watch.look();
    backups = [{ at: ago(26 * HOUR_MS + 1) }];
    bus.isAway = true;
    await expect(watch.look()).rejects.toThrow('away');
    bus.isAway = false;
    await watch.look();
    backups = [];
    await alarms().look();
    expect(raised()).toMatchObject([
      { alarm: 'backup.missing', details: { since: ago(26 * HOUR_MS + 1) } },
      { alarm: 'backup.missing', details: { since: null } },
    ]);
  });
});

describe('texts of no known form', () => {
  it('are told of from 25 in a day', async () => {
    const texts = (count: number) => Array.from({ length: count }, () => ({ arrivedAt: ago(HOUR_MS) }));
    const old = { arrivedAt: ago(24 * HOUR_MS) };
    bus.answer = { items: [...texts(24), old], next: null };
    await alarms().lookAtTexts();
    expect(raised()).toEqual([]);
    bus.answer = { items: texts(25), next: null };
    await alarms().lookAtTexts();
    expect(raised()).toMatchObject([{ alarm: 'texts.unknown', details: { count: 25 } }]);
  });
});
