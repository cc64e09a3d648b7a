import {
  alarmSigner,
  topics,
  type AnyParkedMessage,
  installationOwner,
  webhookSecretPurpose,
  type ProcessStanding,
  type WebhookAlarmContactsView,
} from '@paymatch/contracts';
import { STEP_UP_MS } from '@paymatch/gateway-people';
import { Refusal, RequestUnavailable } from '@paymatch/platform-messaging';
import { TextSealer } from '@paymatch/platform-secrets';
import { expectProblem } from '../testing/panel.client.js';
import { AnsweringBus, panelClock, secret, startPanel } from '../testing/panel.harness.js';
import { PersonClient } from '../testing/person.client.js';
import { ProcessesStore } from './processes.store.js';

let panel: Awaited<ReturnType<typeof startPanel>>;
let bus: AnsweringBus;
let operator: PersonClient;

beforeAll(async () => {
  bus = new AnsweringBus();
  panel = await startPanel(bus);
  await panel.enlist('operator@example.com');
  operator = await new PersonClient(panel.url).signIn('operator@example.com');
});
beforeEach(() => panel.database.query('TRUNCATE gateway.processes'));
afterAll(() => panel.stop());

const at = (secondsAgo: number): string => new Date(panelClock.ms - secondsAgo * 1_000).toISOString();

function standing(change: Partial<ProcessStanding> = {}): ProcessStanding {
  return {
    type: 'processes.standing',
    instance: 'payments@a:1',
    services: ['payments'],
    version: '0.1.0',
    since: at(3_600),
    at: at(5),
    ready: true,
    problems: [],
    figures: [],
    ...change,
  };
}

const keep = (...standings: ProcessStanding[]): Promise<void> => new ProcessesStore(panel.database).keep(standings);
const shown = async () => (await operator.call('GET', '/operator/services')).json.data;

describe('the services of an installation', () => {
  it('are told of as they say themselves, each by its newest word', async () => {
    await keep(standing({ ready: false, problems: ['the broker is away'] }));
    await keep(standing({ at: at(30) }), standing({ at: at(20) }));
    const { services, database, at: now } = await shown();
    expect(services).toEqual([
      {
        name: 'payments',
        instance: 'payments@a:1',
        version: '0.1.0',
        since: at(3_600),
        told_at: at(5),
        ready: false,
        reasons: ['the broker is away'],
      },
    ]);
    expect(database.size_bytes).toBeGreaterThan(0);
    expect(now).toBe(at(0));
  });

  it('of one process are each shown, and one that is silent is not ready, whatever it said last', async () => {
    await keep(standing({ instance: 'all@a:1', services: ['payments', 'api-gateway'], at: at(61) }));
    expect((await shown()).services).toMatchObject([
      { name: 'payments', ready: false, reasons: ['silent'] },
      { name: 'api-gateway', ready: false, reasons: ['silent'] },
    ]);
  });

  it('that another has replaced are left out', async () => {
    await keep(standing({ at: at(120) }), standing({ instance: 'payments@a:2', since: at(60) }));
    expect((await shown()).services).toMatchObject([{ instance: 'payments@a:2', ready: true }]);
  });

  it('say what waits for them, once however many of them see it', async () => {
    const figures = [
      { name: 'paymatch_consumer_lag_messages', labels: { group: 'payments.commands', topic: 't' }, value: 7 },
      { name: 'paymatch_relay_lag_rows', labels: { relay: 'payments.events' }, value: 2 },
      { name: 'paymatch_relay_lag_seconds', labels: { relay: 'payments.events' }, value: 1.5 },
      { name: 'paymatch_parked_messages', labels: { group: 'payments.commands', topic: 't' }, value: 1 },
      { name: 'paymatch_oldest_write_transaction_seconds', labels: {}, value: 12.4 },
    ];
    await keep(standing({ figures }), standing({ instance: 'payments@b:1', figures }));
    expect(await shown()).toMatchObject({
      lags: [
        { kind: 'consumer', name: 'payments.commands t', rows: 7, seconds: null },
        { kind: 'relay', name: 'payments.events', rows: 2, seconds: 1.5 },
      ],
      parked: [{ group: 'payments.commands t', count: 1 }],
      database: { oldest_transaction_seconds: 12 },
    });
  });
});

describe('an operator', () => {
  it('is told that a database of one’s own has backups of one’s own', async () => {
    expect((await operator.call('GET', '/operator/backups')).json.data).toEqual({
      kind: 'own',
      folder: null,
      backups: [],
      advice_code: 'own',
    });
  });

  it('sees the settings, and nothing of secrets', async () => {
    expect((await operator.call('GET', '/operator/settings')).json.data).toEqual([
      { name: 'A', value: '1', default: '2', about: 'a' },
    ]);
  });

  it('reads the texts that no template knows, of every merchant', async () => {
    bus.asked.length = 0;
    const text = {
      rawId: '0190a000-0000-7000-8000-000000000001',
      merchantId: '0190a000-0000-7000-8000-000000000002',
      livemode: true,
      deviceId: 'd',
      sender: 'bKash',
      body: 'You have maybe got Tk 500',
      simSlot: null,
      sentAt: null,
      receivedAt: null,
      arrivedAt: at(1),
      outcome: 'review',
      reasons: ['unknown'],
      fields: [],
      creditId: null,
      caseId: null,
    };
    bus.answer = () => ({ items: [text], next: text.rawId });
    const reply = await operator.call('GET', '/operator/unknown-texts?limit=1');
    expect(reply.json).toMatchObject({
      data: [{ merchant: { id: text.merchantId, name: '' }, livemode: true, id: text.rawId, body: text.body }],
      next: text.rawId,
    });
    expect(bus.asked[0]!.message).toMatchObject({ key: 'installation', data: { type: 'ListUnknownTexts', limit: 1 } });
  });
});

describe('who is told of the installation', () => {
  const view: WebhookAlarmContactsView = {
    ...{ emails: ['op@host.example'], url: 'https://op.host.example/told', isMailSet: true },
    quietHours: { from: '22:00', to: '07:00', zone: 'UTC' },
  };
  const shown = { emails: view.emails, url: view.url, mail_is_sent: true, quiet_hours: view.quietHours };
  const asked = () => bus.asked.map(({ message }) => message.data);
  beforeEach(() => {
    bus.asked.length = 0;
    bus.answer = () => view;
  });

  it('is said by an operator, who may try it, and every change is in the audit log with how it ended', async () => {
    const body = { emails: view.emails, url: view.url, quiet_hours: view.quietHours };
    expect((await operator.call('PATCH', '/operator/notifications', { body })).json.data).toEqual(shown);
    expect((await operator.call('GET', '/operator/notifications')).json.data).toEqual(shown);
    const headers = { 'idempotency-key': 'once' };
    for (let again = 0; again < 2; again += 1)
      expect((await operator.call('POST', '/operator/notifications/test', { headers })).json.data).toEqual(shown);
    const { emails, url, quietHours } = view;
    expect(asked()).toMatchObject([
      { type: 'SetAlarmContacts', ...installationOwner, emails, url, quietHours },
      { type: 'GetAlarmContacts', ...installationOwner },
      { type: 'GetAlarmContacts', ...installationOwner },
      { type: 'RaiseAlarms', ...installationOwner, alarms: [{ alarm: 'notification.test' }] },
    ]);
    const { data } = (await operator.call('GET', '/operator/audit?action=PATCH%20operator/notifications')).json;
    expect(data).toMatchObject([{ who: { name: 'operator@example.com' }, status: 200, after: body, merchant: null }]);
  });

  it('is signed with a secret that they may see and replace', async () => {
    const signer = alarmSigner(installationOwner);
    const sealed = new TextSealer(secret, webhookSecretPurpose).seal('whsec_of_operators', signer).toString('base64');
    bus.answer = () => ({ signer, sealed });
    for (const [method, path] of [
      ['GET', 'secret'],
      ['POST', 'rotate-secret'],
    ] as const)
      expect((await operator.call(method, `/operator/notifications/${path}`)).json.data).toEqual({
        secret: 'whsec_of_operators',
      });
    expect(asked()).toMatchObject([{ type: 'GetAlarmSecret' }, { type: 'RotateAlarmSecret' }]);
  });

  it('is nobody else’s to see or say', async () => {
    const shop = await panel.openShop();
    await panel.enlist('owner@shop.example', { merchantId: shop.merchantId, role: 'owner' });
    const owner = (await new PersonClient(panel.url).signIn('owner@shop.example')).at(shop.merchantId);
    expectProblem(await owner.call('GET', '/operator/notifications'), 403, 'role-not-enough');
    expectProblem(await owner.call('PATCH', '/operator/notifications', { body: {} }), 403, 'role-not-enough');
    expect(bus.asked).toEqual([]);
  });
});

describe('the parked messages of all services', () => {
  const message: AnyParkedMessage = {
    ...{ id: 7, group: 'payments.commands', topic: 'payments.commands', key: 'k', status: 'parked' },
    ...{ messageType: 'CreatePayment', merchantId: null, livemode: true, sender: null, body: '{}', arrivedAt: null },
    ...{ error: 'TypeError: poison', attempts: 5, parkedAt: at(60), isReplayRequested: false, behindCount: 3 },
  };
  const asked = () => bus.asked.map(({ topic, message: { key, data } }) => [topic, key, data]);
  const list = (query = '') => operator.call('GET', `/operator/parked-messages${query}`);
  const decide = (id: string, decision: string, body: object) =>
    operator.call('POST', `/operator/parked-messages/${id}/${decision}`, { body });
  beforeEach(() => {
    bus.asked.length = 0;
    bus.answer = () => [];
  });

  it('are asked of each on its topic and of this gateway itself; one that is away is named', async () => {
    await panel.database.query(
      `INSERT INTO gateway.parked_messages (group_name, topic, key, message_id, headers, value, position, error, attempts)
       VALUES ('api-gateway.processes', 't', 'k', 'm', '{}', '\\xff', '0:0', 'ContractError: no JSON', 1)`,
    );
    bus.answer = () => {
      if (bus.asked.at(-1)!.topic === topics.webhooksCommands.name) throw new RequestUnavailable('nobody answers');
      return bus.asked.at(-1)!.topic === topics.paymentsCommands.name ? [message] : [];
    };
    const { json } = await list('?limit=2');
    expect(json).toMatchObject({
      data: [
        { service: 'api-gateway', type: null, merchant: null, error: 'ContractError: no JSON', behind: 0 },
        { id: 'payments.7', service: 'payments', type: 'CreatePayment', livemode: true, attempts: 5, behind: 3 },
      ],
      meta: { silent: ['webhook-dispatch'] },
    });
    const page = { type: 'ListAllParked', status: 'parked', limit: 2, before: null };
    expect(asked()).toEqual([
      [topics.paymentsCommands.name, 'installation', page],
      [topics.creditsCommands.name, 'installation', page],
      [topics.webhooksCommands.name, 'installation', page],
    ]);
    await list(`?service=payments&status=discarded&after=${json.next}`);
    expect(asked().at(-1)).toEqual([
      topics.paymentsCommands.name,
      'installation',
      { type: 'ListAllParked', status: 'discarded', limit: 50, before: 7 },
    ]);
    for (const query of ['service=x', 'status=replayed', 'limit=0', 'after=7', 'after=x.7', 'after=payments.0'])
      expectProblem(await list(`?${query}`), 422, 'validation-error');
  });

  it('are tried again, one or its order, or given up with a reason, and the log shows what was there', async () => {
    bus.before = () => [message];
    bus.answer = () => message;
    await decide('payments.7', 'replay', {});
    await decide('payments.7', 'replay', { whole_order: true });
    expectProblem(await decide('payments.7', 'discard', {}), 422, 'validation-error');
    expect((await decide('payments.7', 'discard', { reason: 'entered by hand' })).json.data.id).toBe('payments.7');
    expect(asked()).toEqual(
      ['replay', 'replay-order', 'discard'].map((decision) => [
        topics.paymentsCommands.name,
        'installation',
        { type: 'DecideAnyParked', id: 7, decision },
      ]),
    );
    const { data } = (await operator.call('GET', '/operator/audit?limit=1')).json;
    expect(data).toMatchObject([
      {
        action: 'POST operator/parked-messages/:id/discard',
        reason: 'entered by hand',
        before: { type: 'CreatePayment', topic: 'payments.commands', status: 'parked', attempts: 5, behind: 3 },
        status: 200,
      },
    ]);
    bus.answer = () => {
      throw new Refusal('PARKED_NOT_FOUND');
    };
    for (const id of ['payments.8', 'payments', '7', 'nobody.7'])
      expectProblem(await decide(id, 'replay', {}), 404, 'not-found');
  });

  it('are decided about only by an operator who has just shown who they are', async () => {
    const shop = await panel.openShop();
    await panel.enlist('owner@parked.example', { merchantId: shop.merchantId, role: 'owner' });
    const owner = (await new PersonClient(panel.url).signIn('owner@parked.example')).at(shop.merchantId);
    expectProblem(await owner.call('GET', '/operator/parked-messages'), 403, 'role-not-enough');
    const body = { reason: 'x' };
    const path = '/operator/parked-messages/payments.7/discard';
    expectProblem(await owner.call('POST', path, { body }), 403, 'role-not-enough');
    const before = panelClock.ms;
    panelClock.ms += STEP_UP_MS;
    try {
      for (const decision of ['replay', 'discard'])
        expectProblem(await decide('payments.7', decision, body), 403, 'step-up-required');
    } finally {
      panelClock.ms = before;
    }
    expect(asked()).toEqual([]);
  });
});
