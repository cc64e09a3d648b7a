import { createHmac } from 'node:crypto';
import { alarmSigner, newId, type WebhookAlarmContactsView, type WebhookCommand } from '@paymatch/contracts';
import { silentLogger } from '@paymatch/platform-observability';
import { SmtpMailSender } from '@paymatch/platform-mail';
import { MailServer } from '@paymatch/platform-testing';
import { Webhook } from 'standardwebhooks';
import { answers, hangs, HostileReceiver } from '../testing/hostile-receiver.js';
import { openSecret, testSealer, WebhookHarness } from '../testing/webhook-harness.js';
import { AlarmNotifier } from './alarm.notifier.js';
import { insertAlarms, type NewAlarm } from './alarm.store.js';

const MINUTE_MS = 60_000;
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
const tell = (contacts: { emails?: readonly string[]; url?: string | null }, of: typeof owner = owner) =>
  ask<WebhookAlarmContactsView>({ type: 'SetAlarmContacts', ...of, ...contacts });

function notifier(
  change: { readonly isMailSet?: boolean; readonly allowPrivateTargets?: boolean } = {},
): AlarmNotifier {
  const { isMailSet = true, allowPrivateTargets = true } = change;
  return new AlarmNotifier({
    database: service.database,
    clock: { nowMs: () => service.nowMs },
    logger: silentLogger,
    sealer: testSealer,
    sender: service.sender({ allowPrivateTargets, timeoutMs: 500 }),
    mail: isMailSet
      ? new SmtpMailSender({ url: mails.url, from: 'Paymatch <pay@shop.example>', timeoutMs: 500 })
      : null,
    publicUrl: 'https://pay.example',
  });
}

async function work(worker = notifier()): Promise<void> {
  while (await worker.step());
}

async function raise(count = 1, change: Partial<NewAlarm> = {}): Promise<void> {
  const alarms = Array.from({ length: count }, (): NewAlarm => {
    const endpointId = newId();
    const details = { budgetUsedPercent: 50, url: 'https://shop.example/hook', lastResult: '500' };
    return { type: 'endpoint.failing', ...owner, endpointId, details, occasion: `test:${endpointId}`, ...change };
  });
  await service.database.transaction((tx) => insertAlarms(tx, alarms, service.nowMs));
}

/** Long lines of a mail's head are folded. */
const unfolded = (text: string): string => text.replace(/\r\n[ \t]+/g, ' ');
const notices = async () => (await service.alarms()).flatMap((alarm) => alarm.notices);

describe("a merchant's people", () => {
  it('get mail of an alarm, once, however many tell', async () => {
    expect(await tell({ emails: ['a@shop.example', 'b@shop.example', 'a@shop.example'] })).toEqual({
      emails: ['a@shop.example', 'b@shop.example'],
      url: null,
      isMailSet: true,
      quietHours: null,
    });
    await raise();
    await Promise.all([work(), work(), work()]);
    expect(mails.received).toHaveLength(1);
    const [mail] = mails.received;
    expect(mail).toMatchObject({ from: 'pay@shop.example', to: ['a@shop.example', 'b@shop.example'] });
    expect(unfolded(mail!.text)).toContain(
      'Subject: https://shop.example/hook is failing: 50 % of its failure budget is used',
    );
    expect(mail!.text).toContain('https://pay.example');
    expect(await notices()).toEqual([
      { channel: 'mail', status: 'sent', attempts: 1, lastError: null, sentAt: new Date(service.nowMs).toISOString() },
    ]);
  });

  it('get one mail of many alarms, and the next not before five minutes have passed', async () => {
    await tell({ emails: ['a@shop.example'] });
    await raise(25);
    await work();
    expect(mails.received).toHaveLength(1);
    expect(mails.received[0]!.text).toContain('Subject: 25 things about your webhooks');
    expect(mails.received[0]!.text).toContain('and 5 more');
    await raise();
    await work();
    expect(mails.received).toHaveLength(1);
    service.nowMs += 5 * MINUTE_MS;
    await work();
    expect(mails.received).toHaveLength(2);
  });

  it('get the mail later when the server refuses it, hangs or is away', async () => {
    await tell({ emails: ['a@shop.example'] });
    await raise();
    mails.refusal = new Error('come back later');
    await work();
    expect(await notices()).toMatchObject([
      { status: 'pending', attempts: 1, lastError: expect.stringContaining('come back') },
    ]);
    mails.refusal = null;
    mails.hangs = true;
    service.nowMs += MINUTE_MS;
    await work();
    expect(await notices()).toMatchObject([{ status: 'pending', attempts: 2 }]);
    mails.hangs = false;
    await work();
    expect(mails.received).toHaveLength(0);
    service.nowMs += 2 * MINUTE_MS;
    await work();
    expect(mails.received).toHaveLength(1);
    expect(await notices()).toMatchObject([{ status: 'sent', attempts: 3, lastError: null }]);
  });

  it('are not told of old news: what could not be told for a day stays in the list alone', async () => {
    await tell({ emails: ['a@shop.example'] });
    await raise();
    mails.refusal = new Error('never');
    await work();
    service.nowMs += 25 * 60 * MINUTE_MS;
    mails.refusal = null;
    await work();
    expect(mails.received).toHaveLength(0);
    expect(await notices()).toMatchObject([{ status: 'failed', attempts: 1 }]);
    expect(await service.alarms()).toHaveLength(1);
  });

  it('get no mail where none can be sent, nor of what is of the other mode or before they were named', async () => {
    await raise();
    await work();
    await tell({ emails: ['a@shop.example'] });
    await tell({ emails: ['test@shop.example'] }, { ...owner, livemode: false });
    await work();
    await raise();
    await work(notifier({ isMailSet: false }));
    expect(mails.received).toHaveLength(0);
    expect(await notices()).toEqual([]);
  });

  it.each([['a b@shop.example'], ['a@shop.example\r\nBcc: x@y.example'], ['shop.example'], ['a@b@c'], ['a@']])(
    'are refused as %j',
    async (email) => {
      await expect(tell({ emails: [email] })).rejects.toMatchObject({
        code: 'INVALID_COMMAND',
        details: { field: 'emails' },
      });
    },
  );

  it('are at most ten', async () => {
    const emails = Array.from({ length: 11 }, (_, i) => `p${i}@shop.example`);
    await expect(tell({ emails })).rejects.toMatchObject({ code: 'INVALID_COMMAND' });
    expect((await tell({ emails: emails.slice(1) })).emails).toHaveLength(10);
  });
});

describe('a notification endpoint', () => {
  it('gets each alarm, in order, signed as webhooks are, with a secret of its own', async () => {
    await tell({ url: people.url('/alarms') });
    await raise(3);
    await work();
    const secret = openSecret(await ask({ type: 'GetAlarmSecret', ...owner }));
    expect(people.received).toHaveLength(3);
    for (const { body, headers } of people.received) {
      const standard = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
      // The clock of these tests stands still: the signature is made again for its moment.
      const at = new Date(Number(standard['webhook-timestamp']) * 1_000);
      expect(new Webhook(secret).sign(standard['webhook-id']!, at, body)).toBe(standard['webhook-signature']);
      const [, seconds, hex] = /^t=(\d+),v1=([0-9a-f]+)$/.exec(standard['x-fastaar-signature']!)!;
      expect(createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')).toBe(hex);
      expect(standard['x-fastaar-event']).toBe('endpoint.failing');
    }
    const bodies = people.received.map(({ body }) => JSON.parse(body) as { id: string; data: object });
    expect(bodies.map(({ id }) => id)).toEqual([...(await service.alarms())].reverse().map(({ id }) => id));
    expect(bodies[0]).toMatchObject({
      event: 'endpoint.failing',
      livemode: true,
      data: { budget_used_percent: 50, last_result: '500' },
    });
  });

  it('that fails holds back what comes after, is tried for a day, and never counts into an alarm of its own', async () => {
    await tell({ url: people.url() });
    await raise(2);
    people.behave([answers(500), hangs]);
    await work();
    await work();
    expect(people.received).toHaveLength(1);
    service.nowMs += MINUTE_MS;
    await work();
    expect(people.received).toHaveLength(2);
    service.nowMs += 2 * MINUTE_MS;
    await work();
    expect(people.received).toHaveLength(4);
    expect(await notices()).toMatchObject([
      { status: 'sent', attempts: 1 },
      { status: 'sent', attempts: 3 },
    ]);
    expect(await service.alarms()).toHaveLength(2);
    const { rows } = await service.database.query('SELECT 1 FROM webhook_dispatch.endpoint_failures');
    expect(rows).toEqual([]);
  });

  it('obeys the rules of every address that merchants name: when it is set, and again when it is called', async () => {
    await expect(tell({ url: 'ftp://shop.example/' })).rejects.toMatchObject({ code: 'URL_NOT_ALLOWED' });
    await tell({ url: people.url() });
    await raise();
    await work(notifier({ allowPrivateTargets: false }));
    expect(people.received).toHaveLength(0);
    expect(await notices()).toMatchObject([{ status: 'pending', lastError: 'target_not_allowed' }]);
  });

  it('that is taken away is told nothing more', async () => {
    await tell({ url: people.url() });
    await raise();
    people.behave([], answers(500));
    await work();
    expect(await tell({ url: null })).toMatchObject({ url: null });
    service.nowMs += 60 * MINUTE_MS;
    await work();
    expect(people.received).toHaveLength(1);
    expect(await notices()).toMatchObject([{ status: 'failed' }]);
  });

  it('has a secret that can be rotated, and signs with both for a day', async () => {
    const before = openSecret(await ask({ type: 'GetAlarmSecret', ...owner }));
    const after = openSecret(await ask({ type: 'RotateAlarmSecret', ...owner }));
    expect(after).not.toBe(before);
    expect((await ask<{ signer: string }>({ type: 'GetAlarmSecret', ...owner })).signer).toBe(alarmSigner(owner));
    await tell({ url: people.url() });
    await raise();
    await work();
    expect(String(people.received[0]!.headers['webhook-signature']).split(' ')).toHaveLength(2);
  });
});

describe('the list of alarms', () => {
  it('goes on from the last one that one has, and is of one kind and endpoint when asked', async () => {
    await raise(3);
    const mine = newId();
    await raise(1, { type: 'endpoint.recovered', endpointId: mine, occasion: 'mine' });
    const list = async (change: object) =>
      (await service.command({
        type: 'ListAlarms',
        ...owner,
        alarm: null,
        endpointId: null,
        before: null,
        limit: 100,
        ...change,
      })) as readonly { readonly id: string }[];
    const all = (await list({})).map(({ id }) => id);
    const first = (await list({ limit: 3 })).map(({ id }) => id);
    const rest = (await list({ before: first.at(-1) })).map(({ id }) => id);
    expect([...first, ...rest]).toEqual(all);
    expect([...all].sort().reverse()).toEqual(all);
    expect(await list({ alarm: 'endpoint.recovered' })).toMatchObject([{ endpointId: mine }]);
    expect(await list({ endpointId: mine })).toHaveLength(1);
    expect(await list({ endpointId: 'no id' })).toEqual([]);
  });

  it('tells of the same occasion once', async () => {
    await raise(1, { occasion: 'the same' });
    await raise(1, { occasion: 'the same' });
    expect(await service.alarms()).toHaveLength(1);
  });
});
