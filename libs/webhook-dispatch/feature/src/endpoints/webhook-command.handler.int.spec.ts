import {
  defaultWebhookEvents,
  newId,
  type WebhookCommand,
  type WebhookDeliveryDetail,
  type WebhookEndpointView,
} from '@paymatch/contracts';
import { Refusal } from '@paymatch/platform-messaging';
import { eventually } from '@paymatch/platform-testing';
import { Webhook } from 'standardwebhooks';
import { answers, HostileReceiver, resets } from '../testing/hostile-receiver.js';
import { fact, lifeOf, snapshot, T0 } from '../testing/payment-facts.js';
import { failureBudgetMs, openSecret, plainSettings, testSealer, WebhookHarness } from '../testing/webhook-harness.js';
import { handleWebhookCommand } from './webhook-command.handler.js';

let service: WebhookHarness;
let shop: HostileReceiver;
beforeAll(async () => {
  service = await WebhookHarness.create();
});
afterAll(async () => {
  await service.close();
});
beforeEach(async () => {
  shop = await HostileReceiver.listen();
});
afterEach(async () => {
  await service.clear();
  await shop.close();
});

const completed = (merchantId = 'm1') =>
  fact('payments.payment-completed', snapshot({ merchantId, status: 'completed', version: 3 }));
const creating = (change: Partial<Extract<WebhookCommand, { type: 'CreateEndpoint' }>>): WebhookCommand => ({
  type: 'CreateEndpoint',
  merchantId: 'm1',
  livemode: true,
  ...plainSettings,
  url: 'https://shop.example/hook',
  secretSealed: null,
  ...change,
});
const strict = (command: WebhookCommand) =>
  handleWebhookCommand(command, {
    database: service.database,
    targets: { allowHttp: false, allowPrivateTargets: false },
    sealer: testSealer,
    messageId: newId(),
    nowMs: T0,
    failureBudgetMs,
    isMailSet: false,
    publicUrl: 'https://pay.example',
  });

describe('an endpoint', () => {
  it('has its secret before it has a URL, and keeps it', async () => {
    const { secret, ...first } = await service.setEndpoint(null);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
    expect(first).toEqual({
      id: expect.any(String),
      merchantId: 'm1',
      livemode: true,
      ...plainSettings,
      events: defaultWebhookEvents,
      status: 'active',
      disabledReason: null,
      createdAt: new Date(T0).toISOString(),
    });
    expect(await service.setEndpoint('https://shop.example/hook', ['payment.created', 'payment.created'])).toEqual({
      ...first,
      secret,
      url: 'https://shop.example/hook',
      events: ['payment.created'],
    });
  });

  it('is made once under one id, however often it is asked for, and at most twenty times', async () => {
    const id = newId();
    const views = await Promise.all(Array.from({ length: 4 }, () => service.command(creating({}), id)));
    expect(views).toEqual(Array(4).fill(views[0]));
    await Promise.all(Array.from({ length: 19 }, () => service.command(creating({}))));
    await expect(service.command(creating({}))).rejects.toMatchObject({ code: 'TOO_MANY_ENDPOINTS' });
    expect(await service.command(creating({}), id)).toEqual(views[0]);
    expect(await service.endpoints({ merchantId: 'm1', livemode: true })).toHaveLength(20);
    expect(await service.command(creating({ livemode: false }))).toMatchObject({ livemode: false });
  });

  it('and its secret are another one in the other mode, and none of the other mode can be named', async () => {
    const live = await service.setEndpoint('https://shop.example/live');
    const test = await service.setEndpoint('https://shop.example/test', [], 'm1', { livemode: false });
    expect(test.secret).not.toBe(live.secret);
    expect(await service.callbackSecret('m1', true)).not.toBe(await service.callbackSecret('m1', false));
    for (const type of ['GetEndpoint', 'ChangeEndpoint', 'RemoveEndpoint', 'GetSecret', 'RotateSecret'] as const)
      await expect(
        service.command({ type, merchantId: 'm1', livemode: false, endpointId: live.id, secretSealed: null }),
      ).rejects.toMatchObject({ code: 'ENDPOINT_NOT_FOUND' });
    expect(await service.endpoint('m1', true)).toEqual(live);
  });

  it('keeps its secrets sealed, at rest and on the bus', async () => {
    const { id, secret } = await service.setEndpoint(shop.url());
    await service.callbackSecret();
    const { rows } = await service.database.query(
      `SELECT string_agg(s::text, ' ') || encode(string_agg(sealed, ''), 'escape') AS all
        FROM webhook_dispatch.signing_secrets s`,
    );
    expect(rows[0]!.all).not.toContain('whsec_');
    const reply = await service.command({ type: 'GetSecret', merchantId: 'm1', livemode: true, endpointId: id });
    expect(JSON.stringify(reply)).not.toContain(secret);
    expect(openSecret(reply)).toBe(secret);
  });

  it.each([
    ['http://shop.example/', 'scheme_not_allowed'],
    ['https://127.0.0.1/', 'private_address'],
    ['https://metadata.google.internal/', 'private_address'],
    ['https://me@shop.example/', 'credentials_in_url'],
    ['shop.example', 'malformed'],
  ])('is refused at %s: %s', async (url, reason) => {
    await expect(strict(creating({ url }))).rejects.toMatchObject({
      name: 'Refusal',
      code: 'URL_NOT_ALLOWED',
      details: { reason },
    });
    expect(await service.endpoints({ merchantId: 'm1', livemode: true })).toEqual([]);
  });

  it('takes a secret of the merchant, but not a short one, one sealed for another, or an unknown event', async () => {
    const [id, other] = [newId(), newId()];
    const sealed = (secret: string, of: string) => testSealer.seal(secret, `endpoint:${of}`).toString('base64');
    const made = (await service.command(
      creating({ secretSealed: sealed('whsec_test_secret', id) }),
      id,
    )) as WebhookEndpointView;
    expect(await service.secretOf(made)).toBe('whsec_test_secret');
    for (const secretSealed of [sealed('short', other), sealed('whsec_test_secret', id), 'whsec_test_secret'])
      await expect(service.command(creating({ secretSealed }), other)).rejects.toMatchObject({
        code: 'INVALID_COMMAND',
        details: { field: 'secret' },
      });
    for (const [field, change] of [
      ['events', { events: ['payment.exploded' as never] }],
      ['headers', { headers: { Host: 'evil' } }],
      ['order', { order: 'any' as never }],
      ['concurrencyMax', { concurrencyMax: 0 }],
      ['concurrencyMax', { concurrencyMax: 257 }],
      ['ratePerSecond', { ratePerSecond: 0 }],
      ['ratePerSecond', { ratePerSecond: 1_001 }],
      ['description', { description: 'x'.repeat(201) }],
    ] as const)
      await expect(service.command(creating(change))).rejects.toMatchObject({
        code: 'INVALID_COMMAND',
        details: { field },
      });
    await expect(service.command(creating({ merchantId: '' }))).rejects.toBeInstanceOf(Refusal);
    await expect(service.command(creating({ livemode: undefined as never }))).rejects.toBeInstanceOf(Refusal);
    await expect(service.command({ type: 'Explode', merchantId: 'm1', livemode: true } as never)).rejects.toMatchObject(
      { code: 'INVALID_COMMAND', details: { type: 'Explode' } },
    );
  });

  it('signs with both secrets for a day after a change, in the Standard Webhooks header only', async () => {
    const { id: endpointId, secret: before } = await service.setEndpoint(shop.url());
    const rotate = async () =>
      openSecret(
        await service.command(
          { type: 'RotateSecret', merchantId: 'm1', livemode: true, endpointId, secretSealed: null },
          'rotation-1',
        ),
      );
    const rotated = await rotate();
    expect(rotated).not.toBe(before);
    expect(await rotate()).toBe(rotated);
    const first = completed();
    await service.consume([first]);
    service.nowMs = T0 + 86_400_000 - 1;
    const dispatcher = service.dispatcher();
    await service.attempted(first.data.payment.id, 1);
    await service.consume([completed()]);
    service.nowMs += 1;
    dispatcher.nudge();
    await service.attempted((await service.deliveries())[0]!.paymentId, 1);
    const [during, after] = shop.received;
    const signatures = (secret: string, { headers, body }: (typeof shop.received)[0]) =>
      new Webhook(secret).sign(
        String(headers['webhook-id']),
        new Date(Number(headers['webhook-timestamp']) * 1_000),
        body,
      );
    expect(during!.headers['webhook-signature']).toBe(`${signatures(rotated, during!)} ${signatures(before, during!)}`);
    expect(during!.headers['x-fastaar-signature']).toMatch(/^t=\d+,v1=[a-f0-9]{64}$/);
    expect(after!.headers['webhook-signature']).toBe(signatures(rotated, after!));
  });

  it('without a URL keeps what was meant for it, and sends it to the next URL, in order; what happens meanwhile is not sent', async () => {
    await service.setEndpoint('http://127.0.0.1:9/', ['payment.created', 'payment.completed']);
    const payment = snapshot();
    await service.consume(lifeOf(payment));
    expect(await service.setEndpoint(null)).toMatchObject({ url: null, status: 'active' });
    const dispatcher = service.dispatcher();
    expect(await service.consume([completed()])).toBe(0);
    expect((await service.deliveries()).map(({ status, nextAttemptAt }) => [status, nextAttemptAt])).toEqual([
      ['pending', null],
      ['pending', null],
    ]);
    await service.setEndpoint(shop.url());
    dispatcher.nudge();
    await service.delivered(payment.id, 2);
    expect(shop.received.map(({ body }) => (JSON.parse(body) as { sequence: number }).sequence)).toEqual([1, 3]);
  });

  it.each([
    ['loses and gets its URL', { url: null }],
    ['is disabled and enabled by hand', { isEnabled: false }],
  ])('that %s again and again burns no attempt', async (_what, closing) => {
    const { id: endpointId, url } = await service.setEndpoint(shop.url());
    shop.behave([], answers(500));
    const message = completed();
    await service.consume([message]);
    const dispatcher = service.dispatcher();
    const { nextAttemptAt } = await service.attempted(message.data.payment.id, 1);
    const change = { type: 'ChangeEndpoint', merchantId: 'm1', livemode: true, endpointId } as const;
    for (let turn = 0; turn < 10; turn += 1) {
      await service.command({ ...change, ...closing });
      await service.command({ ...change, url, isEnabled: true });
      dispatcher.nudge();
    }
    expect(await service.leasable()).toEqual([]);
    expect(await service.attempted(message.data.payment.id, 1)).toMatchObject({ status: 'pending', nextAttemptAt });
  });

  it("that is gone and enabled again and again uses up none of its deliveries' attempts", async () => {
    await service.setEndpoint(shop.url());
    shop.behave(Array(10).fill(answers(410)));
    const message = completed();
    await service.consume([message]);
    const dispatcher = service.dispatcher();
    for (let turn = 1; turn <= 10; turn += 1) {
      await service.attempted(message.data.payment.id, turn);
      await eventually(async () => (await service.endpoint()).status === 'disabled');
      await service.setEndpoint(shop.url());
      dispatcher.nudge();
    }
    expect(await service.attempted(message.data.payment.id, 11)).toMatchObject({ status: 'delivered' });
  });

  it('that is removed cancels what was not sent, shows it, and is not found again', async () => {
    const { id: endpointId } = await service.setEndpoint(shop.url());
    await service.consume([completed()]);
    await service.command({ type: 'RemoveEndpoint', merchantId: 'm1', livemode: true, endpointId });
    expect(await service.leasable()).toEqual([]);
    const [delivery] = await service.deliveries();
    expect(delivery).toMatchObject({ status: 'cancelled', nextAttemptAt: null });
    await expect(service.retry(delivery!.id)).rejects.toMatchObject({ code: 'ENDPOINT_NOT_OPEN' });
    await expect(
      service.command({ type: 'ChangeEndpoint', merchantId: 'm1', livemode: true, endpointId, isEnabled: true }),
    ).rejects.toMatchObject({ code: 'ENDPOINT_NOT_FOUND' });
    expect(await service.consume([completed()])).toBe(0);
  });

  it('sends its own headers beside ours', async () => {
    await service.setEndpoint(shop.url(), [], 'm1', { headers: { Authorization: 'Basic eDp5', 'X-Shop': 'one' } });
    const message = completed();
    await service.consume([message]);
    service.dispatcher();
    await service.attempted(message.data.payment.id, 1);
    expect(shop.received[0]!.headers).toMatchObject({
      authorization: 'Basic eDp5',
      'x-shop': 'one',
      'webhook-id': message.data.eventId,
      'content-type': 'application/json',
    });
  });

  it('shows what was sent and answered at each attempt, without secrets', async () => {
    const { secret } = await service.setEndpoint(shop.url(), [], 'm1', { headers: { Authorization: 'Basic eDp5' } });
    shop.behave([
      (answer) => answer.writeHead(500).end(`no \u0000 ${secret} Basic eDp5 ${'x'.repeat(70_000)}`),
      resets,
    ]);
    const message = completed();
    await service.consume([message]);
    const dispatcher = service.dispatcher();
    const { id: deliveryId } = await service.attempted(message.data.payment.id, 1);
    service.nowMs += 60_000;
    dispatcher.nudge();
    await service.attempted(message.data.payment.id, 2);
    const detail = (await service.command({
      type: 'GetDelivery',
      merchantId: 'm1',
      livemode: true,
      deliveryId,
    })) as WebhookDeliveryDetail;
    expect(detail.body).toBe(shop.received[0]!.body);
    expect(detail.exchanges).toEqual([
      {
        url: shop.url(),
        requestHeaders: expect.objectContaining({
          Authorization: '[masked]',
          'webhook-id': message.data.eventId,
          'x-fastaar-signature': shop.received[0]!.headers['x-fastaar-signature'],
        }),
        answer: expect.stringMatching(/^no \ufffd \[masked\] \[masked\] x+$/),
      },
      { url: shop.url(), requestHeaders: expect.objectContaining({ Authorization: '[masked]' }), answer: null },
    ]);
    expect(detail.exchanges[0]!.answer!.length).toBeLessThanOrEqual(4_096);
    await expect(
      service.command({ type: 'GetDelivery', merchantId: 'm1', livemode: false, deliveryId }),
    ).rejects.toMatchObject({ code: 'DELIVERY_NOT_FOUND' });
  });
});

describe('deliveries', () => {
  it('are listed newest first, of one payment or all, of one merchant only', async () => {
    await service.setEndpoint(shop.url());
    await service.setEndpoint(shop.url(), [], 'm2');
    const [first, second, foreign] = [completed(), completed(), completed('m2')];
    await service.consume([first, second, foreign]);
    expect((await service.deliveries()).map(({ paymentId }) => paymentId)).toEqual([
      second.data.payment.id,
      first.data.payment.id,
    ]);
    expect(await service.deliveries(first.data.payment.id)).toHaveLength(1);
    expect(await service.deliveries(foreign.data.payment.id)).toEqual([]);
    expect(await service.deliveries('not an id')).toEqual([]);
    const [newest] = await service.deliveries(null, 'm1', { limit: 1 });
    const filtered = async (filter: Parameters<typeof service.deliveries>[2]) =>
      (await service.deliveries(null, 'm1', filter)).map(({ paymentId }) => paymentId);
    expect(await filtered({ before: newest!.id })).toEqual([first.data.payment.id]);
    expect(await filtered({ status: 'delivered' })).toEqual([]);
    expect(await filtered({ event: 'payment.failed' })).toEqual([]);
    expect(await filtered({ endpointId: newest!.endpointId, event: 'payment.completed' })).toHaveLength(2);
    expect(await filtered({ endpointId: newId() })).toEqual([]);
    expect(await filtered({ from: new Date(T0).toISOString(), to: new Date(T0).toISOString() })).toHaveLength(2);
    expect(await filtered({ from: new Date(T0 + 1).toISOString() })).toEqual([]);
    expect(await filtered({ livemode: false })).toEqual([]);
    await expect(service.deliveries(null, 'm1', { limit: 0 })).rejects.toMatchObject({ code: 'INVALID_COMMAND' });
  });

  it('are sent again when asked for, whether delivered, given up or waiting', async () => {
    await service.setEndpoint(shop.url());
    shop.behave([answers(200), answers(500)]);
    const message = completed();
    await service.consume([message]);
    const dispatcher = service.dispatcher();
    const { id } = await service.attempted(message.data.payment.id, 1);
    expect(await service.retry(id)).toMatchObject({ id, status: 'pending', nextAttemptAt: new Date(T0).toISOString() });
    dispatcher.nudge();
    expect((await service.attempted(message.data.payment.id, 2)).status).toBe('pending');
    await service.retry(id);
    dispatcher.nudge();
    expect((await service.attempted(message.data.payment.id, 3)).status).toBe('delivered');
    expect(new Set(shop.received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([message.data.eventId]));
  });

  it('that were given up start their schedule again', async () => {
    await service.setEndpoint(shop.url());
    shop.behave([], answers(500));
    const message = completed();
    await service.consume([message]);
    await service.database.query('UPDATE webhook_dispatch.schedule SET attempts_made = 7');
    const dispatcher = service.dispatcher();
    const { id, status } = await service.attempted(message.data.payment.id, 1);
    expect(status).toBe('given_up');
    await service.retry(id);
    dispatcher.nudge();
    expect(await service.attempted(message.data.payment.id, 2)).toMatchObject({
      status: 'pending',
      nextAttemptAt: new Date(T0 + 60_000).toISOString(),
    });
  });

  it('do not overtake an earlier one of their payment by being asked for', async () => {
    await service.setEndpoint(shop.url(), ['payment.created', 'payment.completed']);
    const payment = snapshot();
    await service.consume(lifeOf(payment));
    const [later] = await service.deliveries(payment.id);
    expect(await service.retry(later!.id)).toMatchObject({ sequence: 3, nextAttemptAt: null });
    service.dispatcher();
    await service.delivered(payment.id, 2);
    expect(shop.received.map(({ body }) => (JSON.parse(body) as { sequence: number }).sequence)).toEqual([1, 3]);
  });

  it('that are asked for again hold back a later one of their payment that is due', async () => {
    await service.setEndpoint(shop.url(), ['payment.created', 'payment.completed']);
    const payment = snapshot();
    await service.consume(lifeOf(payment));
    await service.database.query(
      `WITH ended AS (DELETE FROM webhook_dispatch.schedule WHERE sequence = 1 RETURNING delivery_id)
       UPDATE webhook_dispatch.deliveries SET status = 'given_up' FROM ended WHERE id = delivery_id`,
    );
    await service.database.query(
      'UPDATE webhook_dispatch.schedule SET due_at = $1, is_ready = true WHERE sequence = 3',
      [new Date(T0)],
    );
    const [, earlier] = await service.deliveries(payment.id);
    await service.retry(earlier!.id);
    expect(await service.leasable()).toEqual([earlier!.id]);
    service.nowMs += 60_000;
    service.dispatcher();
    await service.delivered(payment.id, 2);
    expect(shop.received.map(({ body }) => (JSON.parse(body) as { sequence: number }).sequence)).toEqual([1, 3]);
  });

  it('of another merchant, or that never were, are not found', async () => {
    await service.setEndpoint(shop.url());
    await service.consume([completed()]);
    const { id } = (await service.deliveries())[0]!;
    for (const [deliveryId, merchantId, livemode = true] of [
      [id, 'm2'],
      [newId(), 'm1'],
      ['not an id', 'm1'],
      [id, 'm1', false],
    ] as const) {
      await expect(service.retry(deliveryId, merchantId, livemode)).rejects.toMatchObject({
        code: 'DELIVERY_NOT_FOUND',
      });
    }
  });
});
