import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@paymatch/platform-testing';
import { decodeMessage } from '../../message.codec.js';
import type { Message } from '../../message.js';
import { messageOf } from '../carrier-harness.js';
import { collector, expectAllInOrder, numbered, type CarrierRun } from './carrier-run.js';

export function describePublishing(run: CarrierRun): void {
  describe('publishing', () => {
    it('keeps the order of a key, in one call and from one call to the next', async () => {
      const carrier = await run.instance();
      const { seen, onBatch } = collector();
      await run.consume(carrier, onBatch);
      for (let n = 1; n <= 40; n += 1) await carrier.publish(run.topic, numbered(n * 5 - 4, n * 5));
      await eventually(() => expectAllInOrder(seen, 200), { timeoutMs: 20_000 });
    });

    it('hands a message over as it was published', async () => {
      const carrier = await run.instance();
      const message: Message = {
        ...messageOf('a', 'a-1', { text: 'বিকাশ, NUL \u0000, lone \ud800' }),
        causationId: 'cause',
        traceparent: '00-1-2-01',
      };
      const received: Message[] = [];
      await run.consume(carrier, async (batch) => {
        received.push(...batch.map((wire) => decodeMessage(wire, 1)));
      });
      await carrier.publish(run.topic, [message]);
      await eventually(() => expect(received).toEqual([message]), { timeoutMs: 10_000 });
    });

    it('is durable before it resolves: what was acknowledged is there after the broker was killed', async () => {
      const carrier = await run.instance();
      await carrier.publish(run.topic, numbered(1, 50));
      await run.harness.killBroker();
      const { seen, onBatch } = collector();
      const survivor = await eventually(run.instance, { timeoutMs: 30_000, everyMs: 200 });
      await eventually(() => run.consume(survivor, onBatch), { timeoutMs: 30_000, everyMs: 200 });
      await eventually(() => expectAllInOrder(seen, 50), { timeoutMs: 30_000 });
    }, 120_000);

    it('goes on by itself after the broker was killed under load, and every acknowledged message arrives in order', async () => {
      const [publisher, consumer] = [await run.instance(), await run.instance()];
      const { seen, onBatch } = collector();
      await run.consume(consumer, onBatch);
      let acknowledged = 0;
      const endsAtMs = Date.now() + 60_000;
      const publishing = (async () => {
        while (acknowledged < 300 && Date.now() < endsAtMs) {
          // A rejection leaves open whether it is there: publishing again is safe.
          await publisher.publish(run.topic, numbered(acknowledged + 1, acknowledged + 1)).then(
            () => {
              acknowledged += 1;
            },
            () => sleep(50),
          );
        }
      })();
      await eventually(() => acknowledged > 50, { timeoutMs: 20_000 });
      await run.harness.killBroker();
      await publishing;
      await eventually(() => expectAllInOrder(seen, 300), { timeoutMs: 30_000 });
      await eventually(() => expect([...publisher.problems(), ...consumer.problems()]).toEqual([]), {
        timeoutMs: 20_000,
      });
    }, 120_000);

    it('carries a message of 10 MB without hurting its neighbours', async () => {
      const carrier = await run.instance();
      const sizes: number[] = [];
      await run.consume(carrier, async (batch) => {
        sizes.push(...batch.map((wire) => wire.value.byteLength));
      });
      const large = 'x'.repeat(10 * 1024 * 1024 - 100);
      await carrier.publish(run.topic, [messageOf('a', 'a-1'), messageOf('a', 'a-2', large), messageOf('a', 'a-3')]);
      await eventually(() => expect(sizes).toEqual([2, large.length + 2, 2]), { timeoutMs: 30_000 });
    }, 60_000);

    it('refuses a message no carrier could hold, and publishes the others', async () => {
      const carrier = await run.instance();
      const { seen, onBatch } = collector();
      await run.consume(carrier, onBatch);
      const outcomes = await Promise.allSettled([
        carrier.publish(run.topic, [messageOf('a', 'a-1')]),
        carrier.publish(run.topic, [messageOf('a\u0000', 'x')]),
        carrier.publish(run.topic, [messageOf('a', 'a-2')]),
      ]);
      expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      await eventually(() => expect(seen).toEqual(['a-1', 'a-2']), { timeoutMs: 10_000 });
    });
  });
}
