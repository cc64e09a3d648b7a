import type { WebhookOrder } from '@paymatch/contracts';
import { eventually } from '@paymatch/platform-testing';
import type { AttemptResult } from '@paymatch/webhook-dispatch-domain';
import { answers, HostileReceiver } from '../testing/hostile-receiver.js';
import { fact, lifeOf, snapshot, T0 } from '../testing/payment-facts.js';
import { WebhookHarness } from '../testing/webhook-harness.js';

const MINUTE = 60_000;
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

const open = (order: WebhookOrder) => service.setEndpoint(shop.url(), ['payment.*'], 'm1', { order });
const sequences = () => shop.received.map(({ body }) => (JSON.parse(body) as { sequence: number }).sequence);
const states = async (paymentId: string) =>
  (await service.deliveries(paymentId)).map(({ sequence, status }) => [sequence, status]);
const failingAt = (sequence: number) =>
  shop.behave([], (answer, received) => {
    const isFailing = (JSON.parse(received.body) as { sequence: number }).sequence === sequence;
    answers(isFailing ? 500 : 200)(answer, received);
  });

describe('an event that fails', () => {
  it('holds the next ones of its payment back at an endpoint that is strict', async () => {
    await open('strict');
    failingAt(1);
    const payment = snapshot();
    await service.consume(lifeOf(payment));
    const dispatcher = service.dispatcher();
    await eventually(async () => (await service.deliveries(payment.id)).at(-1)?.attempts.length === 1);
    service.nowMs += MINUTE - 1;
    dispatcher.nudge();
    expect(await service.leasable()).toEqual([]);
    expect(sequences()).toEqual([1]);
  });

  it('makes room at once for the next one at an endpoint where the latest wins, and is never sent after it', async () => {
    await open('latest_wins');
    failingAt(1);
    const payment = snapshot();
    await service.consume(lifeOf(payment));
    const dispatcher = service.dispatcher();
    await service.delivered(payment.id, 2);
    expect(await states(payment.id)).toEqual([
      [3, 'delivered'],
      [2, 'delivered'],
      [1, 'superseded'],
    ]);
    service.nowMs += 24 * 60 * MINUTE;
    dispatcher.nudge();
    expect(await service.leasable()).toEqual([]);
    expect(sequences()).toEqual([1, 2, 3]);
    const superseded = (await service.deliveries(payment.id, 'm1', { status: 'superseded' }))[0]!;
    await expect(service.retry(superseded.id)).rejects.toMatchObject({ code: 'DELIVERY_CLOSED' });
  });

  it('makes room for one that comes while it waits for its retry', async () => {
    await open('latest_wins');
    failingAt(1);
    const payment = snapshot();
    const [created, submitted] = lifeOf(payment);
    await service.consume([created!]);
    const dispatcher = service.dispatcher();
    await service.attempted(payment.id, 1);
    await service.consume([submitted!]);
    dispatcher.nudge();
    await service.delivered(payment.id, 1);
    expect(await states(payment.id)).toEqual([
      [2, 'delivered'],
      [1, 'superseded'],
    ]);
  });

  it('and one that comes while it is under way wait for its answer, and then for nothing', async () => {
    await open('latest_wins');
    const payment = snapshot();
    const [created, submitted] = lifeOf(payment);
    await service.consume([created!]);
    let answer: ((result: AttemptResult) => void) | undefined;
    const real = service.sender();
    let sent = 0;
    const dispatcher = service.dispatcher({
      sender: {
        send: (request) =>
          (sent += 1) > 1
            ? real.send(request)
            : new Promise((resolve) => {
                answer = resolve;
              }),
        close: () => real.close(),
      },
    });
    await eventually(() => answer !== undefined);
    await service.consume([submitted!]);
    dispatcher.nudge();
    expect(await service.leasable()).toEqual([]);
    answer!({ kind: 'failed', error: 'timeout' });
    await service.delivered(payment.id, 1);
    expect(await states(payment.id)).toEqual([
      [2, 'delivered'],
      [1, 'superseded'],
    ]);
  });

  it('and is an outcome makes room for another outcome only', async () => {
    await open('latest_wins');
    failingAt(3);
    const payment = snapshot({ status: 'completed' });
    const later = (type: Parameters<typeof fact>[0], version: number) => fact(type, { ...payment, version }, T0);
    await service.consume([later('payments.payment-completed', 3), later('payments.review-required', 4)]);
    const dispatcher = service.dispatcher();
    await eventually(async () => (await service.deliveries(payment.id)).at(-1)?.attempts.length === 1);
    expect(await states(payment.id)).toEqual([
      [4, 'pending'],
      [3, 'pending'],
    ]);
    expect(await service.leasable()).toEqual([]);
    await service.consume([later('payments.refund-recorded', 5)]);
    dispatcher.nudge();
    await service.delivered(payment.id, 2);
    expect(await states(payment.id)).toEqual([
      [5, 'delivered'],
      [4, 'delivered'],
      [3, 'superseded'],
    ]);
    expect(sequences()).toEqual([3, 4, 5]);
  });
});
