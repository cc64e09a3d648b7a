import { createHmac } from 'node:crypto';
import {
  alarmSigner,
  installationOwner,
  newId,
  type CreditEvent,
  type RaiseAlarms,
  type WebhookAlarmContactsView,
  type WebhookCommand,
  type WebhookSecretView,
} from '@paymatch/contracts';
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

describe('what is wrong with the installation', () => {
  const operators = (contacts: object) =>
    ask<WebhookAlarmContactsView>({ type: 'SetAlarmContacts', ...installationOwner, ...contacts } as WebhookCommand);
  const raise = (alarms: RaiseAlarms['alarms'], to: object = installationOwner) =>
    ask({ type: 'RaiseAlarms', ...to, alarms } as WebhookCommand);
  const suspended: RaiseAlarms['alarms'][number] = {
    alarm: 'merchant.suspended',
    occasion: 'entry-1',
    details: { subject: 'Tea House', subjectId: newId(), reason: 'Unpaid' },
  };
  const parked: RaiseAlarms['alarms'][number] = {
    alarm: 'messages.parked',
    occasion: 'payments 1',
    details: { subject: 'payments.commands', count: 1 },
  };

  it('is told to its operators alone, once: by one mail after their quiet hours, at once to their signed address', async () => {
    await tell({ emails: ['a@shop.example'] });
    const hours = [-HOUR_MS, HOUR_MS].map((ms) => new Date(service.nowMs + ms).toISOString().slice(11, 16));
    const quietHours = { from: hours[0], to: hours[1], zone: 'UTC' };
    await operators({ emails: ['op@host.example'], url: people.url('/operator'), quietHours });
    for (let again = 0; again < 3; again += 1) {
      await raise([suspended, parked]);
      await work();
    }
    expect(mails.received).toEqual([]);
    expect(people.received.map(({ body }) => JSON.parse(body) as object)).toMatchObject([
      { event: 'merchant.suspended', livemode: true, data: { subject: 'Tea House', reason: 'Unpaid' } },
      { event: 'messages.parked', data: { subject: 'payments.commands', count: 1 } },
    ]);
    const { sealed } = await ask<WebhookSecretView>({ type: 'GetAlarmSecret', ...installationOwner });
    const secret = testSealer.open(Buffer.from(sealed, 'base64'), alarmSigner(installationOwner));
    for (const { headers, body } of people.received) {
      const text = `${headers['webhook-id'] as string}.${headers['webhook-timestamp'] as string}.${body}`;
      const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
      expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(text).digest('base64')}`);
    }
    service.nowMs += HOUR_MS;
    for (let again = 0; again < 2; again += 1) await work();
    expect(mails.received.map(({ to }) => to)).toEqual([['op@host.example']]);
    const mail = unfolded(mails.received[0]!.text);
    expect(mail).toContain('2 things about your installation');
    expect(mail).toContain('Tea House was suspended: Unpaid');
    expect(mail).toContain('1 message is parked at payments.commands');
    expect(mail).toContain('/console/operator/notifications');
  });

  it('is no merchant’s to be told of, nor the other way round', async () => {
    await expect(raise([suspended], owner)).rejects.toMatchObject({ code: 'INVALID_COMMAND' });
    await expect(raise([{ ...suspended, alarm: 'phone.silent' }])).rejects.toMatchObject({ code: 'INVALID_COMMAND' });
  });
});
