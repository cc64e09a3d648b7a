import { newId } from '@paymatch/contracts';
import { eventually } from '@paymatch/platform-testing';
import { HostileReceiver } from '../testing/hostile-receiver.js';
import { fact, snapshot } from '../testing/payment-facts.js';
import { WebhookHarness } from '../testing/webhook-harness.js';

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

async function tell(count: number): Promise<void> {
  await service.consume(
    Array.from({ length: count }, () =>
      fact('payments.payment-completed', snapshot({ id: newId(service.nowMs), status: 'completed', version: 3 })),
    ),
  );
}

describe('an endpoint with a rate of its own', () => {
  it('gets no more a second than that from two dispatchers together', async () => {
    const ratePerSecond = 20;
    await service.setEndpoint(shop.url(), [], 'm1', { ratePerSecond });
    await tell(30);
    const startedMs = performance.now();
    const dispatchers = [service.dispatcher(), service.dispatcher()];
    await eventually(
      () => {
        for (const dispatcher of dispatchers) dispatcher.nudge();
        expect(shop.received).toHaveLength(30);
      },
      { timeoutMs: 20_000 },
    );
    // The last of 30 is the 29th after the first: never sooner than 29 intervals, however fast the machine is.
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual((29 * 1_000) / ratePerSecond - 20);
    const { rows } = await service.database.query<{ turns: number }>(
      'SELECT round(extract(epoch FROM free_at - $1::timestamptz) * $2)::int AS turns FROM webhook_dispatch.endpoint_rates',
      [new Date(service.nowMs), ratePerSecond],
    );
    expect(rows).toEqual([{ turns: 30 }]);
  });

  it('keeps no more waiting for their turn than two seconds bring, and leaves the other slots to others', async () => {
    await service.setEndpoint(shop.url(), [], 'm1', { ratePerSecond: 1 });
    await tell(10);
    expect(await service.leasable()).toHaveLength(2);
  });

  it('is obeyed as it is now: a rate that is taken away holds nothing up', async () => {
    await service.setEndpoint(shop.url(), [], 'm1', { ratePerSecond: 1 });
    expect(await service.endpoint()).toMatchObject({ ratePerSecond: 1 });
    await service.setEndpoint(shop.url(), [], 'm1', { ratePerSecond: null });
    await tell(10);
    const dispatcher = service.dispatcher();
    await eventually(() => {
      dispatcher.nudge();
      expect(shop.received).toHaveLength(10);
    });
    expect((await service.database.query('SELECT 1 FROM webhook_dispatch.endpoint_rates')).rows).toEqual([]);
  });
});
