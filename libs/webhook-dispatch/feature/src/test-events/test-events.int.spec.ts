import { newId, webhookEventNames, type WebhookCommand, type WebhookTestEventView } from '@paymatch/contracts';
import { Webhook } from 'standardwebhooks';
import { answers, hangs, HostileReceiver } from '../testing/hostile-receiver.js';
import { testSealer, WebhookHarness } from '../testing/webhook-harness.js';
import { TestEventSender } from './test-event.sender.js';

const owner = { merchantId: 'm1', livemode: true };
let service: WebhookHarness;
let shop: HostileReceiver;

beforeAll(async () => {
  service = await WebhookHarness.create();
});
afterAll(() => service.close());
beforeEach(async () => {
  shop = await HostileReceiver.listen();
});
afterEach(async () => {
  await service.clear();
  await shop.close();
});

const ask = (command: WebhookCommand, id?: string) => service.command(command, id) as Promise<WebhookTestEventView>;
const send = (endpointId: string, event: (typeof webhookEventNames)[number], id?: string) =>
  ask({ type: 'SendTestEvent', ...owner, endpointId, event }, id);
const look = (testEventId: string) => ask({ type: 'GetTestEvent', ...owner, testEventId });
const sender = () =>
  new TestEventSender({
    database: service.database,
    clock: { nowMs: () => service.nowMs },
    sealer: testSealer,
    sender: service.sender({ timeoutMs: 500 }),
  });

describe('a test event', () => {
  it.each(webhookEventNames)('of %s goes out once, clearly marked, signed with the real secret', async (event) => {
    const endpoint = await service.setEndpoint(shop.url(), [], 'm1', { headers: { 'x-shop': 'my own' } });
    const made = await send(endpoint.id, event);
    expect(made).toMatchObject({ event, endpointId: endpoint.id, attempt: null });
    await Promise.all([sender().step(), sender().step()]);
    await sender().step();
    expect(shop.received).toHaveLength(1);
    const [{ body, headers }] = shop.received as [(typeof shop.received)[0]];
    expect(headers).toMatchObject({ 'x-paymatch-test': 'true', 'x-fastaar-event': event, 'x-shop': 'my own' });
    const at = new Date(Number(headers['webhook-timestamp']) * 1_000);
    expect(new Webhook(endpoint.secret).sign(made.id, at, body)).toBe(headers['webhook-signature']);
    expect(JSON.parse(body)).toMatchObject({
      id: made.id,
      event,
      test: true,
      livemode: false,
      data: { object: 'payment', livemode: false, invoice_number: 'WEBHOOK-TEST-EVENT', amount: '1.00' },
    });
    expect(await look(made.id)).toMatchObject({
      body,
      attempt: { url: shop.url(), httpStatus: 200, error: null, answer: 'ok' },
    });
  });

  it('goes to the endpoint it is sent to alone, also while that is disabled, and is neither a delivery nor in the feed', async () => {
    const endpoint = await service.setEndpoint(shop.url());
    await ask({ type: 'ChangeEndpoint', ...owner, endpointId: endpoint.id, isEnabled: false });
    const { id } = await send(endpoint.id, 'payment.completed');
    await sender().step();
    expect((await look(id)).attempt).toMatchObject({ httpStatus: 200 });
    expect(await service.deliveries()).toEqual([]);
    expect(await ask({ type: 'ListEvents', ...owner, after: null, event: null, limit: 10 })).toEqual([]);
  });

  it('shows what went wrong, without a second attempt, and says nothing about health', async () => {
    const endpoint = await service.setEndpoint(shop.url());
    const secretEcho = answers(500);
    shop.behave([secretEcho, hangs]);
    const [first, second] = [await send(endpoint.id, 'payment.completed'), await send(endpoint.id, 'payment.failed')];
    await sender().step();
    await sender().step();
    const attempts = [(await look(first.id)).attempt, (await look(second.id)).attempt];
    expect(attempts).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ httpStatus: 500 }),
        expect.objectContaining({ httpStatus: null, error: 'timeout' }),
      ]),
    );
    expect(shop.received).toHaveLength(2);
    expect(await service.endpoint()).not.toHaveProperty('failing');
  });

  it('is one however often its command comes, and at most ten wait', async () => {
    const endpoint = await service.setEndpoint(shop.url());
    const id = newId();
    expect((await send(endpoint.id, 'payment.completed', id)).id).toBe(id);
    expect((await send(endpoint.id, 'payment.completed', id)).id).toBe(id);
    for (let i = 0; i < 9; i += 1) await send(endpoint.id, 'payment.completed');
    await expect(send(endpoint.id, 'payment.completed')).rejects.toMatchObject({ code: 'TOO_MANY_TEST_EVENTS' });
  });

  it('is refused for a strange endpoint, for one without a URL, and for an unknown type', async () => {
    const endpoint = await service.setEndpoint(null);
    await expect(send(newId(), 'payment.completed')).rejects.toMatchObject({ code: 'ENDPOINT_NOT_FOUND' });
    await expect(send(endpoint.id, 'payment.completed')).rejects.toMatchObject({ code: 'ENDPOINT_HAS_NO_URL' });
    await expect(send(endpoint.id, 'payment.*' as never)).rejects.toMatchObject({ code: 'INVALID_COMMAND' });
    const other = { type: 'SendTestEvent', ...owner, livemode: false, endpointId: endpoint.id } as const;
    await expect(ask({ ...other, event: 'payment.completed' })).rejects.toMatchObject({ code: 'ENDPOINT_NOT_FOUND' });
    await expect(look(newId())).rejects.toMatchObject({ code: 'TEST_EVENT_NOT_FOUND' });
  });
});
