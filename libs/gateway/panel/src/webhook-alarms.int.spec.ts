import {
  alarmSigner,
  newId,
  uuidToUlid,
  webhookSecretPurpose,
  type WebhookAlarmView,
  type WebhookCommand,
} from '@paymatch/contracts';
import { Refusal } from '@paymatch/platform-messaging';
import { TextSealer } from '@paymatch/platform-secrets';
import { expectProblem, PanelClient, type CallOptions, type Reply } from './testing/panel.client.js';
import { AnsweringBus, secret as operatorSecret, startPanel, type PanelShop } from './testing/panel.harness.js';

const sealer = new TextSealer(operatorSecret, webhookSecretPurpose);
let panel: Awaited<ReturnType<typeof startPanel>>;
let bus: AnsweringBus;
let shop: PanelShop;

beforeAll(async () => {
  bus = new AnsweringBus();
  panel = await startPanel(bus);
});
beforeEach(async () => {
  shop = await panel.openShop();
  bus.asked.length = 0;
});
afterAll(() => panel.stop());

const call = (method: string, path: string, options: CallOptions = {}): Promise<Reply> =>
  new PanelClient(panel.url, shop.live).call(method, path, options);
const commands = (): readonly WebhookCommand[] => bus.asked.map(({ message }) => message.data as WebhookCommand);

const alarm: WebhookAlarmView = {
  id: newId(),
  type: 'delivery.given-up',
  endpointId: newId(),
  deliveryId: newId(),
  paymentId: newId(),
  dialect: 'fastaar',
  details: { event: 'payment.completed', url: 'https://shop.example/hook', failedAttempts: 8, lastResult: '500' },
  at: '2026-06-12T08:30:00.000Z',
  notices: [{ channel: 'mail', status: 'sent', attempts: 1, lastError: null, sentAt: '2026-06-12T08:31:00.000Z' }],
};

describe('alarms about webhooks', () => {
  it('are listed by kind and endpoint, from the last one that one has, for the caller alone', async () => {
    bus.answer = () => [alarm];
    const before = newId();
    const query = `type=delivery.given-up&endpoint_id=${alarm.endpointId}&before=${before}&limit=5`;
    expect((await call('GET', `/webhook-alarms?${query}`)).json.data).toEqual([
      {
        id: alarm.id,
        type: 'delivery.given-up',
        at: alarm.at,
        endpoint_id: alarm.endpointId,
        delivery_id: alarm.deliveryId,
        payment_id: uuidToUlid(alarm.paymentId!),
        url: 'https://shop.example/hook',
        budget_used_percent: null,
        failing_since: null,
        failed_attempts: 8,
        reason: null,
        last_result: '500',
        event: 'payment.completed',
        device_id: null,
        device_name: null,
        last_heard_at: null,
        case_id: null,
        rate: null,
        base_currency: null,
        quoted_at: null,
        notices: [
          { channel: 'mail', status: 'sent', attempts: 1, last_error: null, sent_at: '2026-06-12T08:31:00.000Z' },
        ],
      },
    ]);
    expect(commands()).toEqual([
      {
        type: 'ListAlarms',
        merchantId: shop.merchantId,
        livemode: true,
        alarm: 'delivery.given-up',
        endpointId: alarm.endpointId,
        before,
        limit: 5,
      },
    ]);
  });

  it.each(['type=endpoint.lost', 'before=1', 'endpoint_id=x', 'limit=101'])('are not listed by %s', async (query) =>
    expectProblem(await call('GET', `/webhook-alarms?${query}`), 422, 'validation-error'),
  );

  it('are for keys that have account:write', async () => {
    expect((await call('GET', '/webhook-alarms', { key: shop.weak })).status).toBe(403);
    expect((await call('GET', '/webhook-alarm-contacts', { key: shop.weak })).status).toBe(403);
  });
});

describe('whom alarms are told', () => {
  it("is set and shown in the key's own mode", async () => {
    bus.answer = () => ({ emails: ['a@shop.example'], url: null, isMailSet: false });
    const shown = { data: { emails: ['a@shop.example'], url: null, mail_is_sent: false, quiet_hours: null } };
    const body = { emails: ['a@shop.example'], url: null };
    expect((await call('PATCH', '/webhook-alarm-contacts', { body, key: shop.test })).json).toEqual(shown);
    expect((await call('GET', '/webhook-alarm-contacts')).json).toEqual(shown);
    const owner = { merchantId: shop.merchantId, livemode: true };
    expect(commands()).toEqual([
      { type: 'SetAlarmContacts', ...owner, livemode: false, emails: ['a@shop.example'], url: null },
      { type: 'GetAlarmContacts', ...owner },
    ]);
  });

  it.each([
    [{ emails: 'a@shop.example' }],
    [{ emails: [1] }],
    [{ url: 'shop' }],
    [{ phone: '017' }],
    [{ quiet_hours: { from: '22:00' } }],
  ])('is not %j', async (body) => {
    expectProblem(await call('PATCH', '/webhook-alarm-contacts', { body }), 422, 'validation-error');
    expect(bus.asked).toEqual([]);
  });

  it.each([
    ['INVALID_COMMAND', { field: 'emails' }, '/emails'],
    ['URL_NOT_ALLOWED', { reason: 'private_address' }, '/url'],
  ])('is refused with %s at its field', async (code, details, pointer) => {
    bus.answer = () => {
      throw new Refusal(code, details);
    };
    const { status, json } = await call('PATCH', '/webhook-alarm-contacts', { body: { emails: [] } });
    expect([status, json.errors[0].pointer]).toEqual([422, pointer]);
  });

  it('has a signing secret, shown and rotated', async () => {
    const signer = alarmSigner({ merchantId: shop.merchantId, livemode: true });
    bus.answer = () => ({ signer, sealed: sealer.seal('whsec_of_alarms', signer).toString('base64') });
    expect((await call('GET', '/webhook-alarm-contacts/secret')).json).toEqual({ data: { secret: 'whsec_of_alarms' } });
    expect((await call('POST', '/webhook-alarm-contacts/rotate-secret')).json).toEqual({
      data: { secret: 'whsec_of_alarms' },
    });
    expect(commands().map(({ type }) => type)).toEqual(['GetAlarmSecret', 'RotateAlarmSecret']);
  });
});
