import { newId, type PaymentEventData } from '@paymatch/contracts';
import { ContractError, type Message } from '@paymatch/platform-messaging';
import { PaymentEventsConsumer } from './payment-events.consumer.js';
import type { PaymentReadModel } from './read-models.ports.js';
import { RecentVersions } from './recent-versions.js';

function message(data: unknown): Message<PaymentEventData> {
  return {
    id: newId(),
    type: 'payments.payment-created',
    source: 'payments',
    key: 'k',
    time: '',
    dataVersion: 1,
    correlationId: '',
    causationId: null,
    data: data as PaymentEventData,
  };
}

const fact = (payment: unknown): unknown => ({
  type: 'payments.payment-created',
  eventId: newId(),
  details: {},
  payment,
});
const good = fact({ id: newId(), version: 1 });

describe("the broker's copy of a fact", () => {
  it('is applied, the whole batch at once and in order', async () => {
    const applied: (readonly PaymentEventData[])[] = [];
    const readModel = {
      apply: async (events: readonly PaymentEventData[]) => {
        applied.push(events);
      },
    } as PaymentReadModel;
    const other = fact({ id: newId(), version: 2 });
    await new PaymentEventsConsumer(readModel).handle([message(good), message(other)]);
    expect(applied).toEqual([[good, other]]);
  });

  it.each([
    [null],
    ['text'],
    [fact(null)],
    [fact({ id: 'x', version: 1 })],
    [fact({ id: newId(), version: 0 })],
    [fact({ id: newId(), version: 1.5 })],
    [fact({ id: newId() })],
  ])('is wrong bytes when it carries no payment: %j', async (data) => {
    const readModel = {
      apply: () => Promise.reject(new Error('nothing may be applied')),
    } as unknown as PaymentReadModel;
    await expect(new PaymentEventsConsumer(readModel).handle([message(good), message(data)])).rejects.toThrow(
      ContractError,
    );
  });
});

describe('the versions written last', () => {
  it('never go back, and forget the oldest beyond their number', () => {
    const recent = new RecentVersions();
    recent.remember('a', 2);
    recent.remember('a', 1);
    expect(recent.versionOf('a')).toBe(2);
    for (let index = 0; index < 50_000; index += 1) recent.remember(`p${index}`, 1);
    expect([recent.versionOf('a'), recent.versionOf('p0'), recent.versionOf('p49999')]).toEqual([0, 1, 1]);
  });
});
