import { defaultWebhookEvents, newId, type WebhookCommand } from '@paymatch/contracts';
import { Refusal } from '@paymatch/platform-messaging';
import { Webhook } from 'standardwebhooks';
import { answers, HostileReceiver } from '../testing/hostile-receiver.js';
import { fact, lifeOf, snapshot, T0 } from '../testing/payment-facts.js';
import { WebhookHarness } from '../testing/webhook-harness.js';
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
const setting = (change: Partial<Extract<WebhookCommand, { type: 'SetEndpoint' }>>): WebhookCommand => ({
  type: 'SetEndpoint',
  merchantId: 'm1',
  url: 'https://shop.example/hook',
  events: [],
  secret: null,
  now: '',
  ...change,
});
const strict = (command: WebhookCommand) =>
  handleWebhookCommand(command, {
    database: service.database,
    targets: { allowHttp: false, allowPrivateTargets: false },
    messageId: 'x',
    nowMs: T0,
  });

describe('an endpoint', () => {
  it('has its secret before it has a URL, and keeps it', async () => {
    const first = await service.endpoint();
    expect(first).toEqual({
      merchantId: 'm1',
      url: null,
      events: defaultWebhookEvents,
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{32}$/),
      status: 'active',
      disabledReason: null,
    });
    expect(await service.endpoint()).toEqual(first);
    expect(await service.setEndpoint('https://shop.example/hook', ['payment.created', 'payment.created'])).toEqual({
      ...first,
      url: 'https://shop.example/hook',
      events: ['payment.created'],
    });
  });

  it('asked for by many at once has one secret', async () => {
    const views = await Promise.all(Array.from({ length: 8 }, () => service.endpoint('m8')));
    expect(new Set(views.map(({ secret }) => secret)).size).toBe(1);
  });

  it.each([
    ['http://shop.example/', 'scheme_not_allowed'],
    ['https://127.0.0.1/', 'private_address'],
    ['https://metadata.google.internal/', 'private_address'],
    ['https://me@shop.example/', 'credentials_in_url'],
    ['shop.example', 'malformed'],
  ])('is refused at %s: %s', async (url, reason) => {
    await expect(strict(setting({ url }))).rejects.toMatchObject({
      name: 'Refusal',
      code: 'URL_NOT_ALLOWED',
      details: { reason },
    });
    expect((await service.endpoint()).url).toBeNull();
  });

  it('takes a secret of the merchant, but not a short one, and no unknown event', async () => {
    expect(await service.command(setting({ secret: 'whsec_test_secret' }))).toMatchObject({
      secret: 'whsec_test_secret',
    });
    await expect(service.command(setting({ secret: 'short' }))).rejects.toMatchObject({
      code: 'INVALID_COMMAND',
      details: { field: 'secret' },
    });
    await expect(service.command(setting({ events: ['payment.exploded' as never] }))).rejects.toMatchObject({
      code: 'INVALID_COMMAND',
      details: { field: 'events' },
    });
    await expect(service.command(setting({ merchantId: '' }))).rejects.toBeInstanceOf(Refusal);
    await expect(service.command({ type: 'Explode', merchantId: 'm1' } as never)).rejects.toMatchObject({
      code: 'INVALID_COMMAND',
      details: { type: 'Explode' },
    });
  });

  it('signs with both secrets for a day after a change, in the Standard Webhooks header only', async () => {
    const { secret: before } = await service.setEndpoint(shop.url());
    const rotated = (await service.command({ type: 'RotateSecret', merchantId: 'm1', now: '' }, 'rotation-1')) as {
      secret: string;
    };
    expect(rotated.secret).not.toBe(before);
    expect(await service.command({ type: 'RotateSecret', merchantId: 'm1', now: '' }, 'rotation-1')).toEqual(rotated);
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
    expect(during!.headers['webhook-signature']).toBe(
      `${signatures(rotated.secret, during!)} ${signatures(before, during!)}`,
    );
    expect(during!.headers['x-fastaar-signature']).toMatch(/^t=\d+,v1=[a-f0-9]{64}$/);
    expect(after!.headers['webhook-signature']).toBe(signatures(rotated.secret, after!));
  });

  it('that is removed keeps what was meant for it, and sends it to the next URL, in order', async () => {
    await service.setEndpoint('http://127.0.0.1:9/', ['payment.created', 'payment.completed']);
    const payment = snapshot();
    await service.consume(lifeOf(payment));
    expect(await service.command({ type: 'RemoveEndpoint', merchantId: 'm1' })).toMatchObject({
      url: null,
      status: 'active',
    });
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
    expect(await service.command({ type: 'ListDeliveries', merchantId: 'm1', paymentId: null, limit: 1 })).toHaveLength(
      1,
    );
    await expect(
      service.command({ type: 'ListDeliveries', merchantId: 'm1', paymentId: null, limit: 0 }),
    ).rejects.toMatchObject({ code: 'INVALID_COMMAND' });
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
    await service.database.query('UPDATE webhook_dispatch.deliveries SET attempts_made = 7');
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
      `UPDATE webhook_dispatch.deliveries SET status = 'given_up', next_attempt_at = NULL WHERE sequence = 1`,
    );
    await service.database.query('UPDATE webhook_dispatch.deliveries SET next_attempt_at = $1 WHERE sequence = 3', [
      new Date(T0),
    ]);
    const [, earlier] = await service.deliveries(payment.id);
    await service.retry(earlier!.id);
    expect(await service.claimable()).toEqual([earlier!.id]);
    service.nowMs += 60_000;
    service.dispatcher();
    await service.delivered(payment.id, 2);
    expect(shop.received.map(({ body }) => (JSON.parse(body) as { sequence: number }).sequence)).toEqual([1, 3]);
  });

  it('of another merchant, or that never were, are not found', async () => {
    await service.setEndpoint(shop.url());
    await service.consume([completed()]);
    const { id } = (await service.deliveries())[0]!;
    for (const [deliveryId, merchantId] of [
      [id, 'm2'],
      [newId(), 'm1'],
      ['not an id', 'm1'],
    ] as const) {
      await expect(service.retry(deliveryId, merchantId)).rejects.toMatchObject({ code: 'DELIVERY_NOT_FOUND' });
    }
  });
});
