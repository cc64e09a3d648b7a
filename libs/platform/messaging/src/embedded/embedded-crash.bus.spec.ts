import { eventually } from '@paymatch/platform-testing';
import { fresh, idOf, messageOf, type CarrierHarness } from '../testing/carrier-harness.js';
import { createEmbeddedHarness } from '../testing/embedded-harness.js';

describe('messages that did not wait for the disk', () => {
  let harness: CarrierHarness;
  beforeAll(async () => {
    harness = await createEmbeddedHarness();
  }, 60_000);
  afterAll(() => harness.stop(), 60_000);

  // PostgreSQL gives out transaction numbers again when a crash has lost the transactions that had them: what this
  // process read before the crash then is no longer what stands at those places.
  it.each([1, 2, 3])(
    'reach a consumer after a crash when they are published again, in whatever batches (%i)',
    async () => {
      const [topic, group] = [fresh('topic'), fresh('group')];
      const carrier = await harness.createCarrier();
      const seen = new Set<string>();
      for (const name of [group, `${group}-2`]) {
        await carrier.subscribe({
          group: name,
          topics: [topic],
          from: 'beginning',
          batchSizeMax: 7,
          onBatch: async (batch) => {
            for (const wire of batch) seen.add(`${name} ${idOf(wire)}`);
          },
        });
      }
      const messages = Array.from({ length: 120 }, (_, n) => messageOf('a', `m${n}`));
      for (const message of messages.slice(0, 40))
        await carrier.publish(topic, [message], { isRepeatedAfterCrash: true });
      await eventually(() => expect(seen.size).toBe(80));
      await harness.killBroker();
      await eventually(() => carrier.publish(topic, messages, { isRepeatedAfterCrash: true }), {
        timeoutMs: 20_000,
        everyMs: 50,
      });
      await eventually(() => expect(seen.size).toBe(240), { timeoutMs: 5_000 });
      await carrier.stop(2_000);
    },
    60_000,
  );
});
