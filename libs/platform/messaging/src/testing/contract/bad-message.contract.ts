import { silentLogger } from '@paymatch/platform-observability';
import { eventually } from '@paymatch/platform-testing';
import { encodeMessage } from '../../message.codec.js';
import type { Message, WireMessage } from '../../message.js';
import type { Carrier } from '../../message-bus.js';
import { BatchRunner } from '../../runner/batch-runner.js';
import { defaultRunnerSettings } from '../../runner/runner-settings.js';
import { messageOf } from '../carrier-harness.js';
import { expectAllInOrder, KEYS, numbered, type CarrierRun } from './carrier-run.js';

export function describeBadMessages(run: CarrierRun): void {
  describe('a bad message, with a runner behind the carrier', () => {
    const withRunner = async (
      carrier: Carrier,
      handle: (message: Message) => void,
    ): Promise<{ readonly handled: string[]; readonly parked: () => Promise<readonly (string | undefined)[]> }> => {
      const { parkingLot } = await run.harness.createService();
      const handled: string[] = [];
      const runner = new BatchRunner({
        group: run.group,
        topic: run.topic,
        parkingLot,
        logger: silentLogger,
        dataVersionMax: 1,
        isOrdered: true,
        settings: { ...defaultRunnerSettings, backoffFirstMs: 5, backoffMaxMs: 20 },
        handle: async (batch) => {
          for (const message of batch) {
            handle(message);
            handled.push(message.id);
          }
        },
      });
      await run.consume(carrier, (batch: readonly WireMessage[]) => runner.run(batch), {
        onOwnershipChange: () => runner.ownershipChanged(),
      });
      return {
        handled,
        parked: async () => (await parkingLot.list({ group: run.group })).map((message) => message.headers['ce_id']),
      };
    };

    it('is parked with the rest of its key while other keys go on', async () => {
      const carrier = await run.instance();
      const { handled, parked } = await withRunner(carrier, (message) => {
        if (message.id === 'b-2') throw new TypeError('poison');
      });
      await carrier.publish(run.topic, numbered(1, 5, ['a', 'b', 'c']));
      await eventually(async () => expect(await parked()).toEqual(['b-2', 'b-3', 'b-4', 'b-5']), {
        timeoutMs: 20_000,
      });
      await carrier.publish(run.topic, numbered(6, 6, ['a', 'b', 'c']));
      await eventually(async () => expect(await parked()).toHaveLength(5), { timeoutMs: 10_000 });
      await eventually(() => expectAllInOrder(handled, 6, ['a', 'c']), { timeoutMs: 10_000 });
      expect(new Set(handled.filter((id) => id.startsWith('b-')))).toEqual(new Set(['b-1']));
    }, 60_000);

    it('holds its key back also where the key comes over to another instance', async () => {
      const { parkingLot } = await run.harness.createService();
      const handled: string[] = [];
      let parkedBy: Carrier | undefined;
      const join = async (carrier: Carrier): Promise<void> => {
        const runner = new BatchRunner({
          group: run.group,
          topic: run.topic,
          parkingLot,
          logger: silentLogger,
          dataVersionMax: 1,
          isOrdered: true,
          settings: { ...defaultRunnerSettings, attemptsMax: 1, blockedRefreshMs: 600_000 },
          handle: async (batch) => {
            for (const message of batch) {
              if (message.id === 'b-2') {
                parkedBy = carrier;
                throw new TypeError('poison');
              }
              handled.push(message.id);
            }
          },
        });
        await run.consume(carrier, (batch) => runner.run(batch), {
          onOwnershipChange: () => runner.ownershipChanged(),
        });
      };
      const publisher = await run.instance();
      await join(await run.instance());
      await join(await run.instance());
      await publisher.publish(run.topic, numbered(1, 1));
      await eventually(() => expectAllInOrder(handled, 1), { timeoutMs: 20_000 });
      await publisher.publish(run.topic, numbered(2, 2));
      await eventually(async () => expect(await parkingLot.list({ group: run.group })).toHaveLength(1), {
        timeoutMs: 20_000,
      });
      await (parkedBy as Carrier).stop(5_000);
      await publisher.publish(run.topic, numbered(3, 3));
      await eventually(
        async () =>
          expect((await parkingLot.list({ group: run.group })).map((parked) => parked.headers['ce_id'])).toEqual([
            'b-2',
            'b-3',
          ]),
        { timeoutMs: 20_000 },
      );
      await eventually(
        () =>
          expectAllInOrder(
            handled,
            3,
            KEYS.filter((key) => key !== 'b'),
          ),
        { timeoutMs: 20_000 },
      );
      expect(handled).not.toContain('b-3');
    }, 60_000);

    it('may be any bytes: wrong UTF-8, NUL, no JSON, no headers, a newer version', async () => {
      const carrier = await run.instance();
      const { handled, parked } = await withRunner(carrier, () => undefined);
      const good = encodeMessage(run.topic, messageOf('z', 'good'));
      const bad = (id: string, change: Partial<WireMessage>): Omit<WireMessage, 'topic' | 'position'> => ({
        key: id,
        headers: { ...good.headers, ce_id: id },
        value: good.value,
        ...change,
      });
      await run.harness.publishRaw(run.topic, [
        bad('utf8', { value: Buffer.from([0x22, 0xc3, 0x28, 0x22]) }),
        bad('nul', { value: Buffer.from([0x7b, 0x00, 0x7d]) }),
        bad('text', { value: Buffer.from('not json') }),
        bad('empty', { value: Buffer.alloc(0) }),
        bad('newer', { headers: { ...good.headers, ce_id: 'newer', ce_dataschemaversion: '3' } }),
        bad('header', { headers: { ...good.headers, ce_id: 'header', ce_type: 'a\u0000b' } }),
        bad('bare', { headers: { ce_id: 'bare' } }),
        good,
      ]);
      await eventually(
        async () =>
          expect((await parked()).toSorted()).toEqual(['bare', 'empty', 'header', 'newer', 'nul', 'text', 'utf8']),
        { timeoutMs: 20_000 },
      );
      await eventually(() => expect(handled).toEqual(['good']), { timeoutMs: 10_000 });
    }, 60_000);
  });
}
