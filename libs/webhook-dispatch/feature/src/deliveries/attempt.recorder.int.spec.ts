import { Outbox } from '@paymatch/platform-messaging';
import { silentLogger, type Logger } from '@paymatch/platform-observability';
import { Database } from '@paymatch/platform-postgres';
import { eventually } from '@paymatch/platform-testing';
import type { AttemptResult } from '@paymatch/webhook-dispatch-domain';
import { answers, HostileReceiver } from '../testing/hostile-receiver.js';
import { fact, snapshot, T0 } from '../testing/payment-facts.js';
import { WebhookHarness } from '../testing/webhook-harness.js';
import { webhookDispatchSchema } from '../webhook-dispatch.migrations.js';
import { AttemptRecorder } from './attempt.recorder.js';
import { leaseDeliveries } from './delivery-lease.store.js';

let service: WebhookHarness;
let shop: HostileReceiver;
let aside: Database;
beforeAll(async () => {
  service = await WebhookHarness.create();
  aside = await Database.connect({
    url: service.test.url,
    schema: webhookDispatchSchema,
    poolMax: 2,
    applicationName: 'aside',
  });
});
afterAll(async () => {
  await aside.close();
  await service.close();
});
beforeEach(async () => {
  shop = await HostileReceiver.listen();
});
afterEach(async () => {
  await service.clear();
  await shop.close();
});

const completed = () => fact('payments.payment-completed', snapshot({ status: 'completed', version: 3 }));
const ok: AttemptResult = { kind: 'answered', httpStatus: 200, retryAfter: null };

describe('an attempt that was made', () => {
  it('is on record, once, although the connection died while it was being written', async () => {
    await service.setEndpoint(shop.url());
    const message = completed();
    await service.consume([message]);
    let answer: ((result: AttemptResult) => void) | undefined;
    service.dispatcher({
      sender: {
        send: () =>
          new Promise((resolve) => {
            answer = resolve;
          }),
        close: async () => undefined,
      },
    });
    await eventually(() => answer !== undefined);
    await aside.transaction(async (tx) => {
      await tx.query('LOCK TABLE webhook_dispatch.attempts');
      answer!(ok);
      await eventually(
        async () =>
          (
            await tx.query(
              `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'
                AND datname = current_database()`,
            )
          ).rowCount === 1,
      );
    });
    expect(await service.attempted(message.data.payment.id, 1)).toMatchObject({ status: 'delivered' });
  });

  it('does not take the others of its batch with it when it cannot be written', async () => {
    await service.setEndpoint(shop.url());
    const [good, bad] = [completed(), completed()];
    await service.consume([good, bad]);
    const { deliveries: leased } = await leaseDeliveries(service.database, {
      ...service.terms({ leaseMs: 30_000 }),
      afterReceiver: '',
    });
    const errors: string[] = [];
    const logger: Logger = {
      ...silentLogger,
      error: (_message, fields) => {
        errors.push(String(fields?.paymentId));
      },
    };
    const recorder = new AttemptRecorder({
      database: service.database,
      outbox: new Outbox({ schema: webhookDispatchSchema }),
      clock: { nowMs: () => T0 },
      logger,
      leaseMs: 30_000,
      onFacts: () => undefined,
    });
    await Promise.all(
      leased.map((delivery) =>
        recorder.record({
          delivery,
          result: ok,
          startedAtMs: T0,
          jitter: 0,
          durationMs: delivery.paymentId === bad.data.payment.id ? Number.NaN : 5,
        }),
      ),
    );
    expect(errors).toEqual([bad.data.payment.id]);
    expect(await service.attempted(good.data.payment.id, 1)).toMatchObject({ status: 'delivered' });
    // Not lost: its lease ends, and it is sent again.
    expect(await service.attempted(bad.data.payment.id, 0)).toMatchObject({ status: 'pending' });
    service.nowMs = T0 + 30_000;
    expect(await service.leasable()).toEqual([leased.find(({ paymentId }) => paymentId === bad.data.payment.id)!.id]);
  });
});

describe('an endpoint that says 410', () => {
  it('to many deliveries of several dispatchers at once is disabled once, and nothing is lost', async () => {
    await service.setEndpoint(shop.url());
    shop.behave([], answers(410));
    const messages = Array.from({ length: 60 }, completed);
    await service.consume(messages);
    for (let i = 0; i < 3; i += 1) service.dispatcher({ perReceiverMax: 60, inFlightMax: 20 });
    await eventually(async () => (await service.endpoint()).status === 'disabled');
    await service.stopAll();
    expect((await service.facts()).map(({ type }) => type)).toEqual(['webhooks.endpoint-disabled']);
    expect(
      new Set((await service.deliveries()).map(({ status, nextAttemptAt }) => `${status} ${nextAttemptAt}`)),
    ).toEqual(new Set(['pending null']));
    service.nowMs += 86_400_000;
    expect(await service.leasable()).toEqual([]);
    shop.behave([]);
    await service.setEndpoint(shop.url('/back'));
    service.dispatcher();
    await eventually(
      async () =>
        (await service.database.query(`SELECT 1 FROM webhook_dispatch.deliveries WHERE status = 'delivered'`))
          .rowCount === messages.length,
    );
  });

  it('at a URL that the merchant has just replaced changes nothing', async () => {
    await service.setEndpoint('http://127.0.0.1:9/old');
    const message = completed();
    await service.consume([message]);
    let answer: ((result: AttemptResult) => void) | undefined;
    service.dispatcher({
      sender: {
        send: () =>
          new Promise((resolve) => {
            answer = resolve;
          }),
        close: async () => undefined,
      },
    });
    await eventually(() => answer !== undefined);
    await service.setEndpoint(shop.url('/new'));
    answer!({ kind: 'answered', httpStatus: 410, retryAfter: null });
    expect(await service.attempted(message.data.payment.id, 1)).toMatchObject({
      status: 'pending',
      nextAttemptAt: new Date(T0 + 60_000).toISOString(),
    });
    expect(await service.endpoint()).toMatchObject({ status: 'active', url: shop.url('/new') });
  });
});
