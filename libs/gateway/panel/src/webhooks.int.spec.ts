import {
  callbackSigner,
  defaultWebhookEvents,
  endpointSigner,
  newId,
  topics,
  uuidToUlid,
  webhookSecretPurpose,
  type WebhookCommand,
  type WebhookDeliveryView,
  type WebhookEndpointView,
} from '@paymatch/contracts';
import { TextSealer } from '@paymatch/platform-secrets';
import { Refusal, RequestUnavailable } from '@paymatch/platform-messaging';
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
  bus.answer = (command) => answerOf(command as WebhookCommand);
});
afterAll(() => panel.stop());

const call = (method: string, path: string, options: CallOptions = {}): Promise<Reply> =>
  new PanelClient(panel.url, shop.live).call(method, path, options);

const endpoint: WebhookEndpointView = {
  id: newId(),
  merchantId: 'm',
  livemode: true,
  url: 'https://shop.example.com/hook',
  description: 'Shop',
  events: ['payment.*'],
  headers: { 'x-shop': 'one' },
  order: 'latest_wins',
  concurrencyMax: null,
  ratePerSecond: null,
  status: 'active',
  disabledReason: null,
  createdAt: '2026-06-12T08:30:00.000Z',
};
const shown = {
  id: endpoint.id,
  livemode: true,
  url: endpoint.url,
  description: 'Shop',
  events: ['payment.*'],
  headers: { 'x-shop': 'one' },
  order: 'latest_wins',
  concurrency_max: null,
  rate_per_second: null,
  status: 'active',
  disabled_reason: null,
  failing: null,
  created_at: '2026-06-12T08:30:00.000Z',
};
const delivery: WebhookDeliveryView = {
  id: newId(),
  endpointId: endpoint.id,
  paymentId: newId(),
  dialect: 'fastaar',
  eventId: newId(),
  event: 'payment.completed',
  sequence: 3,
  status: 'pending',
  nextAttemptAt: null,
  createdAt: '2026-06-12T08:30:00.000Z',
  attempts: [{ at: '2026-06-12T08:30:00Z', httpStatus: 500, error: null, durationMs: 12 }],
};

/** As webhook-dispatch would answer of the one endpoint and delivery there are. */
function answerOf(command: WebhookCommand): unknown {
  switch (command.type) {
    case 'ListEndpoints':
      return [endpoint];
    case 'GetSecret':
    case 'RotateSecret':
      return sealed(endpointSigner(command.endpointId));
    case 'GetCallbackSecret':
    case 'RotateCallbackSecret':
      return sealed(callbackSigner(command));
    case 'ListDeliveries':
      return [delivery];
    case 'RetryDelivery':
      return delivery;
    default:
      return endpoint;
  }
}

function sealed(signer: string): object {
  return { signer, sealed: sealer.seal(`whsec_of_${signer}`, signer).toString('base64') };
}

const commands = (): readonly WebhookCommand[] => bus.asked.map(({ message }) => message.data as WebhookCommand);

describe('webhook endpoints', () => {
  it('are asked of webhook-dispatch for the caller alone, in the mode of the key', async () => {
    expect((await call('GET', '/webhook-endpoints')).json).toEqual({ data: [shown] });
    expect((await call('GET', `/webhook-endpoints/${endpoint.id}`, { key: shop.test })).json).toEqual({ data: shown });
    const change = {
      url: null,
      events: ['payment.*'],
      order: 'strict',
      enabled: false,
      concurrency_max: 3,
      rate_per_second: 10,
    };
    expect((await call('PATCH', `/webhook-endpoints/${endpoint.id}`, { body: change })).json).toEqual({ data: shown });
    expect((await call('DELETE', `/webhook-endpoints/${endpoint.id}`)).json).toEqual({ data: shown });
    const owner = { merchantId: shop.merchantId, livemode: true };
    expect(commands()).toEqual([
      { type: 'ListEndpoints', ...owner },
      { type: 'GetEndpoint', ...owner, livemode: false, endpointId: endpoint.id },
      {
        type: 'ChangeEndpoint',
        ...owner,
        endpointId: endpoint.id,
        url: null,
        events: ['payment.*'],
        order: 'strict',
        isEnabled: false,
        concurrencyMax: 3,
        ratePerSecond: 10,
      },
      { type: 'RemoveEndpoint', ...owner, endpointId: endpoint.id },
    ]);
    expect(new Set(bus.asked.map(({ topic, message }) => `${topic} ${message.key}`))).toEqual(
      new Set([`${topics.webhooksCommands.name} ${shop.merchantId}`]),
    );
  });

  it('are made with what is left out at its default, and show their secret once', async () => {
    const made = await call('POST', '/webhook-endpoints', { body: { url: 'https://shop.example.com/hook' } });
    expect([made.status, made.headers.get('cache-control')]).toEqual([201, 'no-store']);
    expect(made.json.data).toEqual({ ...shown, secret: `whsec_of_endpoint:${endpoint.id}` });
    expect(commands()[0]).toEqual({
      type: 'CreateEndpoint',
      merchantId: shop.merchantId,
      livemode: true,
      url: 'https://shop.example.com/hook',
      description: '',
      events: defaultWebhookEvents,
      headers: {},
      order: 'latest_wins',
      concurrencyMax: null,
      ratePerSecond: null,
      secretSealed: null,
    });
  });

  it("take a secret of the merchant's own, which crosses the bus sealed for the endpoint", async () => {
    const body = { url: 'https://shop.example.com/hook', secret: 'whsec_of_my_own_making' };
    await call('POST', '/webhook-endpoints', { body });
    await call('POST', `/webhook-endpoints/${endpoint.id}/rotate-secret`, { body: { secret: body.secret } });
    expect(JSON.stringify(bus.asked)).not.toContain(body.secret);
    const open = (text: string | null, signer: string) => sealer.open(Buffer.from(text!, 'base64'), signer);
    const [created, , rotated] = commands() as unknown as { secretSealed: string }[];
    expect(open(created!.secretSealed, endpointSigner(bus.asked[0]!.message.id))).toBe(body.secret);
    expect(open(rotated!.secretSealed, endpointSigner(endpoint.id))).toBe(body.secret);
  });

  it('show their secret on request, rotate it, and so does contract B, each mode its own; no cache keeps it', async () => {
    for (const [key, mode] of [
      [shop.live, 'live'],
      [shop.test, 'test'],
    ] as const) {
      const callback = { data: { secret: `whsec_of_callback:${shop.merchantId}:${mode}` } };
      const own = { data: { secret: `whsec_of_endpoint:${endpoint.id}` } };
      for (const [method, path, expected] of [
        ['GET', `/webhook-endpoints/${endpoint.id}/secret`, own],
        ['POST', `/webhook-endpoints/${endpoint.id}/rotate-secret`, own],
        ['GET', '/webhook-callback-secret', callback],
        ['POST', '/webhook-callback-secret/rotate', callback],
      ] as const) {
        const reply = await call(method, path, { key });
        expect([reply.status, reply.json, reply.headers.get('cache-control')]).toEqual([200, expected, 'no-store']);
      }
    }
  });

  it('rotate once under one Idempotency-Key, also when the answer was lost', async () => {
    const headers = { 'idempotency-key': 'rotate-1' };
    const path = `/webhook-endpoints/${endpoint.id}/rotate-secret`;
    bus.answer = () => {
      throw new RequestUnavailable('no answer', 2);
    };
    const lost = await call('POST', path, { headers });
    expectProblem(lost, 503, 'service-unavailable');
    expect(lost.headers.get('retry-after')).toBe('2');
    bus.answer = (command) => answerOf(command as WebhookCommand);
    expect((await call('POST', path, { headers })).status).toBe(200);
    expect((await call('POST', path, { headers })).headers.get('idempotent-replayed')).toBe('true');
    expect(new Set(bus.asked.map(({ message }) => message.id)).size).toBe(1);
    expect(bus.asked).toHaveLength(2);
  });

  it.each([
    [{ url: 'javascript:alert(1)' }],
    [{ events: ['payment.paid'] }],
    [{ events: [] }],
    [{ secret: 'short' }],
    [{ headers: { a: 1 } }],
    [{ headers: [] }],
    [{ order: 'random' }],
    [{ concurrency_max: 0 }],
    [{ concurrency_max: 1.5 }],
    [{ rate_per_second: 1_001 }],
    [{ description: 'x'.repeat(201) }],
  ])('are refused with %j', async (body) => {
    expectProblem(await call('POST', '/webhook-endpoints', { body }), 422, 'validation-error');
    expect(bus.asked).toEqual([]);
  });

  it.each([
    [new Refusal('URL_NOT_ALLOWED', { reason: 'private_address' }), 422, 'validation-error', '/url'],
    [new Refusal('INVALID_COMMAND', { field: 'concurrencyMax' }), 422, 'validation-error', '/concurrency_max'],
    [new Refusal('TOO_MANY_ENDPOINTS', { max: 20 }), 409, 'too-many-endpoints', undefined],
  ])('say why webhook-dispatch refused: %s', async (refusal, status, code, pointer) => {
    bus.answer = () => {
      throw refusal;
    };
    const reply = await call('POST', '/webhook-endpoints', { body: { url: 'https://10.0.0.1/' } });
    expectProblem(reply, status, code);
    expect(reply.json.errors?.[0]?.pointer).toBe(pointer);
  });

  it('are not there when webhook-dispatch knows none of that id', async () => {
    bus.answer = () => {
      throw new Refusal('ENDPOINT_NOT_FOUND');
    };
    expectProblem(await call('PATCH', `/webhook-endpoints/${newId()}`, { body: {} }), 404, 'not-found');
  });
});

describe('webhook deliveries', () => {
  it('name the payments of contract B as its merchants know them', async () => {
    const answer = bus.answer;
    bus.answer = () => [{ ...delivery, dialect: 'smartfastpay' }];
    try {
      const { json } = await call('GET', '/webhook-deliveries');
      expect(json.data[0].payment_id).toBe(delivery.paymentId);
    } finally {
      bus.answer = answer;
    }
  });

  it('are listed by what the query asks for, and one is sent again', async () => {
    const query = [
      `payment_id=${uuidToUlid(delivery.paymentId)}`,
      `endpoint_id=${endpoint.id}`,
      'status=given_up',
      'event=payment.completed',
      'from=2026-06-12T14:30:00%2B06:00',
      `before=${delivery.id}`,
      'limit=3',
    ];
    expect((await call('GET', `/webhook-deliveries?${query.join('&')}`)).json.data).toEqual([
      {
        id: delivery.id,
        endpoint_id: endpoint.id,
        payment_id: uuidToUlid(delivery.paymentId),
        event_id: delivery.eventId,
        event: 'payment.completed',
        sequence: 3,
        status: 'pending',
        created_at: '2026-06-12T08:30:00.000Z',
        next_attempt_at: null,
        attempts: [{ at: '2026-06-12T08:30:00Z', http_status: 500, error: null, duration_ms: 12 }],
      },
    ]);
    expect((await call('POST', `/webhook-deliveries/${delivery.id}/retry`, { key: shop.test })).status).toBe(200);
    const owner = { merchantId: shop.merchantId, livemode: true };
    expect(commands()).toEqual([
      {
        type: 'ListDeliveries',
        ...owner,
        paymentId: delivery.paymentId,
        endpointId: endpoint.id,
        status: 'given_up',
        event: 'payment.completed',
        from: '2026-06-12T08:30:00.000Z',
        to: null,
        before: delivery.id,
        limit: 3,
      },
      { type: 'RetryDelivery', ...owner, livemode: false, deliveryId: delivery.id },
    ]);
  });

  it('are shown with what was sent and answered', async () => {
    bus.answer = () => ({
      delivery,
      body: '{"id":"e1"}',
      exchanges: [{ url: 'https://shop.example.com/hook', requestHeaders: { 'webhook-id': 'e1' }, answer: 'no' }],
    });
    expect((await call('GET', `/webhook-deliveries/${delivery.id}`)).json.data).toMatchObject({
      id: delivery.id,
      body: '{"id":"e1"}',
      attempts: [
        {
          http_status: 500,
          url: 'https://shop.example.com/hook',
          request_headers: { 'webhook-id': 'e1' },
          answer: 'no',
        },
      ],
    });
  });

  it.each(['limit=0', 'limit=101', 'limit=x', 'payment_id=1', 'status=lost', 'event=x', 'before=1', 'from=today'])(
    'are not listed by %s',
    async (query) => expectProblem(await call('GET', `/webhook-deliveries?${query}`), 422, 'validation-error'),
  );

  it.each([
    [new Refusal('DELIVERY_NOT_FOUND'), 404, 'not-found'],
    [new Refusal('ENDPOINT_NOT_OPEN', { status: 'disabled' }), 409, 'endpoint-not-open'],
    [new Refusal('DELIVERY_CLOSED', { status: 'superseded' }), 409, 'delivery-closed'],
  ])('are not sent again when refused with %s', async (refusal, status, code) => {
    bus.answer = () => {
      throw refusal;
    };
    expectProblem(await call('POST', `/webhook-deliveries/${delivery.id}/retry`), status, code);
  });
});

describe('webhook replays', () => {
  const replay = {
    id: newId(),
    endpointId: endpoint.id,
    scope: 'all',
    since: '1970-01-01T00:00:00.000Z',
    status: 'running',
    sentCount: 3,
    leftCount: 7,
    createdAt: '2026-06-12T08:30:00.000Z',
  };
  const rendered = {
    id: replay.id,
    endpoint_id: endpoint.id,
    scope: 'all',
    since: replay.since,
    status: 'running',
    sent: 3,
    left: 7,
    created_at: replay.createdAt,
  };

  it('are started, shown with how far they are, and cancelled', async () => {
    bus.answer = (command) => (command.type === 'ListReplays' ? [replay] : replay);
    const started = await call('POST', `/webhook-endpoints/${endpoint.id}/replays`, { body: { scope: 'all' } });
    expect([started.status, started.json]).toEqual([202, { data: rendered }]);
    expect((await call('GET', '/webhook-replays')).json).toEqual({ data: [rendered] });
    expect((await call('GET', `/webhook-replays/${replay.id}`)).json).toEqual({ data: rendered });
    expect((await call('POST', `/webhook-replays/${replay.id}/cancel`)).json).toEqual({ data: rendered });
    const owner = { merchantId: shop.merchantId, livemode: true };
    expect(commands()).toEqual([
      { type: 'StartReplay', ...owner, endpointId: endpoint.id, scope: 'all', since: null },
      { type: 'ListReplays', ...owner },
      { type: 'GetReplay', ...owner, replayId: replay.id },
      { type: 'CancelReplay', ...owner, replayId: replay.id },
    ]);
  });

  it.each([[{}], [{ scope: 'some' }], [{ scope: 'all', since: 'today' }]])('are refused with %j', async (body) => {
    const path = `/webhook-endpoints/${endpoint.id}/replays`;
    expectProblem(await call('POST', path, { body }), 422, 'validation-error');
    expect(bus.asked).toEqual([]);
  });
});
