import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@paymatch/platform-testing';
import { fresh, idOf, messageOf, startVictim } from '../carrier-harness.js';
import { collector, expectAllInOrder, KEYS, numbered, type CarrierRun } from './carrier-run.js';

export function describeConsuming(run: CarrierRun): void {
  describe('consuming', () => {
    it('tells how far a group is behind, and no more once it has taken everything', async () => {
      const carrier = await run.instance();
      let release: () => void = () => undefined;
      const isReleased = new Promise<void>((resolve) => {
        release = resolve;
      });
      await run.consume(carrier, () => isReleased);
      await carrier.publish(run.topic, numbered(1, 3, ['a']));
      const lag = async (): Promise<number | undefined> =>
        (await carrier.lag()).find(({ group, topic }) => group === run.group && topic === run.topic)?.messages;
      try {
        await eventually(async () => expect(await lag()).toBe(3), { timeoutMs: 30_000 });
      } finally {
        release();
      }
      await eventually(async () => expect(await lag()).toBe(0), { timeoutMs: 30_000 });
      expect(carrier.queueDepths()).toEqual({ 'bus.publish': 0, 'bus.requests': 0 });
    }, 70_000);

    it('gives every group every message', async () => {
      const carrier = await run.instance();
      const [one, two] = [collector(), collector()];
      await run.consume(carrier, one.onBatch);
      await run.consume(carrier, two.onBatch, { group: fresh('group') });
      await carrier.publish(run.topic, numbered(1, 20));
      await eventually(
        () => {
          expectAllInOrder(one.seen, 20);
          expectAllInOrder(two.seen, 20);
        },
        { timeoutMs: 20_000 },
      );
    });

    it('begins where the group asks to: with what is there, or with what comes', async () => {
      const carrier = await run.instance();
      await carrier.publish(run.topic, numbered(1, 1));
      const [all, fromNow] = [collector(), collector()];
      await run.consume(carrier, fromNow.onBatch, { group: fresh('group'), from: 'end' });
      await run.consume(carrier, all.onBatch);
      await carrier.publish(run.topic, numbered(2, 2));
      await eventually(
        () => {
          expectAllInOrder(all.seen, 2);
          expect(fromNow.seen.toSorted()).toEqual(KEYS.map((key) => `${key}-2`));
        },
        { timeoutMs: 20_000 },
      );
    });

    it('goes on where the group stopped, and hands over nothing twice after an orderly stop', async () => {
      const [publisher, first] = [await run.instance(), await run.instance()];
      const [before, after] = [collector(), collector()];
      await run.consume(first, before.onBatch);
      await publisher.publish(run.topic, numbered(1, 30));
      await eventually(() => expectAllInOrder(before.seen, 30), { timeoutMs: 20_000 });
      await first.stop(5_000);
      await publisher.publish(run.topic, numbered(31, 40));
      await run.consume(await run.instance(), after.onBatch);
      await eventually(() => expectAllInOrder([...before.seen, ...after.seen], 40), { timeoutMs: 30_000 });
      expect(before.seen).toHaveLength(30 * KEYS.length);
      expect(after.seen).toHaveLength(10 * KEYS.length);
    });

    it('hands over again what a consumer had in hand when it was killed between the effect and the offset', async () => {
      const publisher = await run.instance();
      await publisher.publish(run.topic, [messageOf('a', 'a-1'), messageOf('a', 'a-2')]);
      const victim = await startVictim(run.harness, { topic: run.topic, group: run.group });
      await eventually(() => expect(victim.effects).toEqual(['a-1']), { timeoutMs: 30_000 });
      await victim.kill();
      const { seen, onBatch } = collector();
      await run.consume(await run.instance(), onBatch);
      await eventually(() => expect(seen).toEqual(['a-1', 'a-2']), { timeoutMs: run.harness.takeoverMs + 20_000 });
    }, 90_000);

    it('hands a batch over again, in order, when the handler rejects', async () => {
      const carrier = await run.instance();
      const seen: string[] = [];
      let failures = 3;
      await run.consume(carrier, async (batch) => {
        seen.push(...batch.map(idOf));
        failures -= 1;
        if (failures >= 0) throw new TypeError('a programming error');
      });
      await carrier.publish(run.topic, numbered(1, 5, ['a']));
      await eventually(
        () => {
          expect(failures).toBeLessThan(0);
          expect(seen.slice(-5)).toEqual(['a-1', 'a-2', 'a-3', 'a-4', 'a-5']);
        },
        { timeoutMs: 30_000 },
      );
      expect(seen[0]).toBe('a-1');
      await carrier.publish(run.topic, numbered(6, 6, ['a']));
      await eventually(() => expect(seen.at(-1)).toBe('a-6'), { timeoutMs: 10_000 });
    }, 60_000);

    it('leaves a slow handler its time, while other groups go on', async () => {
      const [carrier, other] = [await run.instance(), await run.instance()];
      const [slow, quick] = [collector(), collector()];
      let running = 0;
      let overlaps = 0;
      await run.consume(carrier, async (batch) => {
        running += 1;
        if (running > 1) overlaps += 1;
        await sleep(run.harness.takeoverMs * 1.5);
        running -= 1;
        await slow.onBatch(batch);
      });
      await run.consume(other, quick.onBatch, { group: fresh('group') });
      await carrier.publish(run.topic, numbered(1, 3, ['a']));
      await eventually(() => expectAllInOrder(quick.seen, 3, ['a']), { timeoutMs: 10_000 });
      await eventually(() => expect(slow.seen).toEqual(['a-1', 'a-2', 'a-3']), {
        timeoutMs: run.harness.takeoverMs * 6 + 10_000,
      });
      expect(overlaps).toBe(0);
    }, 120_000);

    it('loses nothing and keeps the order of keys while consumers join and leave', async () => {
      const publisher = await run.instance();
      const { seen, onBatch } = collector();
      const first = await run.instance();
      await run.consume(first, onBatch);
      let published = 0;
      const publishing = (async () => {
        for (; published < 120; published += 1) {
          await publisher.publish(run.topic, numbered(published + 1, published + 1));
          await sleep(10);
        }
      })();
      // So much that no consumer ever finds its topic empty: a member must be let in all the same.
      const second = await run.instance();
      await run.consume(second, onBatch);
      await eventually(() => published > 60, { timeoutMs: 20_000 });
      await first.stop(5_000);
      await run.consume(await run.instance(), onBatch);
      await publishing;
      await eventually(() => expectAllInOrder(seen, 120), { timeoutMs: 30_000 });
    }, 90_000);

    it('shares the work of a group among its subscriptions in one process', async () => {
      const carrier = await run.instance();
      const [one, two] = [collector(), collector()];
      await run.consume(carrier, one.onBatch);
      const second = await run.consume(carrier, two.onBatch);
      await carrier.publish(run.topic, numbered(1, 20));
      await eventually(() => expectAllInOrder([...one.seen, ...two.seen], 20), { timeoutMs: 20_000 });
      await second.stop();
      two.seen.length = 0;
      await carrier.publish(run.topic, numbered(21, 30));
      await eventually(() => expect(one.seen.filter((id) => /-(2[1-9]|30)$/.test(id))).toHaveLength(10 * KEYS.length), {
        timeoutMs: 20_000,
      });
      expect(two.seen).toEqual([]);
    }, 60_000);

    it('reports progress, idleness, and no problem', async () => {
      const carrier = await run.instance();
      const subscription = await run.consume(carrier, async () => undefined);
      await carrier.publish(run.topic, numbered(1, 3));
      await eventually(
        () => expect(subscription.progress()).toMatchObject({ handledCount: 3 * KEYS.length, isIdle: true }),
        { timeoutMs: 20_000 },
      );
      expect(carrier.problems()).toEqual([]);
    });
  });
}
