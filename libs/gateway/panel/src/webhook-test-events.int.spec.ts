import { newId, type WebhookCommand, type WebhookTestEventView } from '@paymatch/contracts';
import { Refusal } from '@paymatch/platform-messaging';
import { expectProblem, PanelClient, type CallOptions, type Reply } from './testing/panel.client.js';
import { AnsweringBus, startPanel, type PanelShop } from './testing/panel.harness.js';

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

const waiting: WebhookTestEventView = {
  id: newId(),
  endpointId: newId(),
  event: 'payment.failed',
  body: '{"test":true}',
  createdAt: '2026-06-12T08:30:00.000Z',
  attempt: null,
};
const attempt = {
  at: '2026-06-12T08:30:01.000Z',
  url: 'https://shop.example/hook',
  httpStatus: 200,
  error: null,
  durationMs: 12,
  requestHeaders: { 'x-paymatch-test': 'true' },
  answer: 'ok',
};
const shown = {
  id: waiting.id,
  endpoint_id: waiting.endpointId,
  type: 'payment.failed',
  body: '{"test":true}',
  created_at: waiting.createdAt,
  attempt: {
    at: attempt.at,
    url: attempt.url,
    http_status: 200,
    error: null,
    duration_ms: 12,
    request_headers: attempt.requestHeaders,
    answer: 'ok',
  },
};

describe('a test event', () => {
  it('is answered with its attempt, as soon as that was made', async () => {
    bus.answer = () => (bus.asked.length < 3 ? waiting : { ...waiting, attempt });
    const path = `/webhook-endpoints/${waiting.endpointId}/test`;
    const { status, json } = await call('POST', path, { body: { type: 'payment.failed' }, key: shop.test });
    expect([status, json]).toEqual([200, { data: shown }]);
    const owner = { merchantId: shop.merchantId, livemode: false };
    expect(commands()).toEqual([
      { type: 'SendTestEvent', ...owner, endpointId: waiting.endpointId, event: 'payment.failed' },
      { type: 'GetTestEvent', ...owner, testEventId: waiting.id },
      { type: 'GetTestEvent', ...owner, testEventId: waiting.id },
    ]);
  });

  it('is payment.completed where nothing is said, and is shown again later', async () => {
    bus.answer = () => ({ ...waiting, attempt });
    await call('POST', `/webhook-endpoints/${waiting.endpointId}/test`, { body: {} });
    expect(commands()[0]).toMatchObject({ event: 'payment.completed' });
    expect((await call('GET', `/webhook-test-events/${waiting.id}`)).json).toEqual({ data: shown });
  });

  it.each([
    ['ENDPOINT_NOT_FOUND', 404, 'not-found'],
    ['ENDPOINT_HAS_NO_URL', 409, 'endpoint-has-no-url'],
    ['TOO_MANY_TEST_EVENTS', 409, 'too-many-test-events'],
  ])('is refused with %s', async (code, status, type) => {
    bus.answer = () => {
      throw new Refusal(code);
    };
    expectProblem(await call('POST', `/webhook-endpoints/${waiting.endpointId}/test`, { body: {} }), status, type);
  });

  it('is of a known type', async () => {
    const body = { type: 'payment.*' };
    expectProblem(await call('POST', `/webhook-endpoints/${newId()}/test`, { body }), 422, 'validation-error');
    expect(bus.asked).toEqual([]);
  });
});

describe('what webhooks told', () => {
  it('is listed newest first, page after page', async () => {
    const events = [1, 2, 3].map((sequence) => ({
      id: newId(),
      event: 'payment.completed',
      paymentId: newId(),
      sequence,
      occurredAt: '2026-06-12T08:30:00.000Z',
      body: '{"sequence":1}',
    }));
    bus.answer = () => events;
    const { json } = await call('GET', '/webhook-events?limit=2&type=payment.completed');
    expect(json.data.map(({ id }: { id: string }) => id)).toEqual([events[0]!.id, events[1]!.id]);
    expect(json.next).toBe(events[1]!.id);
    await call('GET', `/webhook-events?after=${events[1]!.id}`);
    const asked = { type: 'ListEvents', merchantId: shop.merchantId, livemode: true, isNewestFirst: true };
    expect(commands()).toMatchObject([
      { ...asked, event: 'payment.completed', limit: 3, after: null },
      { ...asked, event: null, after: events[1]!.id },
    ]);
  });
});
