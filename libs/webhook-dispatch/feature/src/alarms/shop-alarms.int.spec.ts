import { newId, type CreditEvent, type WebhookAlarmContactsView, type WebhookCommand } from '@paymatch/contracts';
import { silentLogger } from '@paymatch/platform-observability';
import { SmtpMailSender } from '@paymatch/platform-mail';
import { MailServer } from '@paymatch/platform-testing';
import { HostileReceiver } from '../testing/hostile-receiver.js';
import { testSealer, WebhookHarness } from '../testing/webhook-harness.js';
import { AlarmNotifier } from './alarm.notifier.js';
import { insertAlarms } from './alarm.store.js';
import { caseAlarms } from './shop-alarms.js';

const HOUR_MS = 3_600_000;
const owner = { merchantId: 'm1', livemode: true };
let service: WebhookHarness;
let mails: MailServer;
let people: HostileReceiver;

beforeAll(async () => {
  service = await WebhookHarness.create();
});
afterAll(() => service.close());
beforeEach(async () => {
  mails = await MailServer.listen();
  people = await HostileReceiver.listen();
});
afterEach(async () => {
  await service.clear();
  await mails.close();
  await people.close();
});

const ask = <Reply>(command: WebhookCommand) => service.command(command) as Promise<Reply>;
const tell = (contacts: object) =>
  ask<WebhookAlarmContactsView>({ type: 'SetAlarmContacts', ...owner, ...contacts } as WebhookCommand);
const unfolded = (text: string): string => text.replace(/\r\n[ \t]+/g, ' ').replace(/=\r\n/g, '');

async function work(): Promise<void> {
  const worker = new AlarmNotifier({
    database: service.database,
    clock: { nowMs: () => service.nowMs },
    logger: silentLogger,
    sealer: testSealer,
    sender: service.sender({ timeoutMs: 5_000 }),
    mail: new SmtpMailSender({ url: mails.url, from: 'Paymatch <pay@shop.example>', timeoutMs: 5_000 }),
    publicUrl: 'https://pay.example',
  });
  while (await worker.step());
}

const silent = (occasion: string, deviceName = 'Counter'): WebhookCommand => ({
  type: 'RaiseAlarms',
  ...owner,
  alarms: [
    {
      alarm: 'phone.silent',
      occasion,
      details: { deviceId: newId(), deviceName, lastHeardAt: '2026-06-12T05:00:00.000Z' },
    },
  ],
});

async function open(caseId: string, occurredAtMs = service.nowMs): Promise<void> {
  const event: CreditEvent = {
    type: 'credits.review-case-opened',
    eventId: newId(),
    ...owner,
    occurredAt: new Date(occurredAtMs).toISOString(),
    caseId,
    reason: 'amount_mismatch',
  };
  const alarms = caseAlarms([event], service.nowMs);
  await service.database.transaction((tx) => insertAlarms(tx, alarms, service.nowMs));
}

describe('what is wrong with a shop beside its webhooks', () => {
  it('is told by mail and to the signed address once, however often it is raised', async () => {
    await tell({ emails: ['a@shop.example'], url: people.url('/alarms') });
    const caseId = newId();
    for (let again = 0; again < 3; again += 1) {
      await ask(silent('alert-1'));
      await open(caseId);
      await work();
    }
    expect(mails.received).toHaveLength(1);
    const text = unfolded(mails.received[0]!.text);
    expect(text).toContain('2 things about your shop');
    expect(text).toContain('Counter has not been heard since 2026-06-12T05:00:00.000Z');
    expect(text).toContain('money waits for a person');
    const bodies = people.received.map(({ body }) => JSON.parse(body) as { event: string; data: object });
    expect(bodies).toMatchObject([
      { event: 'phone.silent', data: { device_name: 'Counter', last_heard_at: '2026-06-12T05:00:00.000Z' } },
      { event: 'case.opened', data: { case_id: caseId, reason: 'amount_mismatch' } },
    ]);
    for (const { headers } of people.received) expect(headers['webhook-signature']).toMatch(/^v1,/);
  });

  it('that is a day old is told to nobody: a history may be read for the first time', async () => {
    await tell({ emails: ['a@shop.example'] });
    await open(newId(), service.nowMs - 25 * HOUR_MS);
    await work();
    expect(mails.received).toEqual([]);
    expect(await service.alarms()).toEqual([]);
  });

  it.each([
    ['of no known kind', [{ alarm: 'sky.fallen', occasion: 'x', details: {} }]],
    ['of webhooks, which only webhooks tell', [{ alarm: 'endpoint.disabled', occasion: 'x', details: {} }]],
    ['without an occasion', [{ alarm: 'phone.silent', details: {} }]],
  ])('is refused when it is %s', async (_, alarms) => {
    await expect(ask({ type: 'RaiseAlarms', ...owner, alarms } as never)).rejects.toMatchObject({
      code: 'INVALID_COMMAND',
    });
  });
});

describe('quiet hours', () => {
  const quiet = (from: string, to: string, zone = 'UTC') => ({ quietHours: { from, to, zone } });
  const timeOf = (ms: number): string => new Date(ms).toISOString().slice(11, 16);

  it('hold mail back until they end, then one mail tells all; the address is told at once', async () => {
    const [from, to] = [timeOf(service.nowMs - HOUR_MS), timeOf(service.nowMs + HOUR_MS)];
    expect(await tell({ emails: ['a@shop.example'], url: people.url(), ...quiet(from, to) })).toMatchObject({
      quietHours: { from, to, zone: 'UTC' },
    });
    await ask(silent('alert-1'));
    await work();
    await ask(silent('alert-2'));
    await work();
    expect([mails.received.length, people.received.length]).toEqual([0, 2]);
    service.nowMs += HOUR_MS - 60_000;
    await work();
    expect(mails.received).toEqual([]);
    service.nowMs += 60_000;
    await work();
    expect(mails.received).toHaveLength(1);
    expect(unfolded(mails.received[0]!.text)).toContain('2 things about your shop');
  });

  it('are taken back, and mail that waited goes out', async () => {
    await tell({ emails: ['a@shop.example'], ...quiet('00:00', '23:59') });
    await ask(silent('alert-1'));
    await work();
    expect(mails.received).toEqual([]);
    expect(await tell({ quietHours: null })).toMatchObject({ quietHours: null });
    await work();
    expect(mails.received).toHaveLength(1);
  });

  it.each([
    [quiet('22:00', '22:00')],
    [quiet('24:00', '07:00')],
    [quiet('22:00', '07:00', 'Mars/Base')],
    [{ quietHours: 'always' }],
  ])('are refused as %j', async (contacts) => {
    await expect(tell(contacts)).rejects.toMatchObject({ code: 'INVALID_COMMAND', details: { field: 'quietHours' } });
  });
});
