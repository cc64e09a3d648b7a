import { silentLogger } from '@paymatch/platform-observability';
import { eventually } from '@paymatch/platform-testing';
import type { Carrier } from '../../message-bus.js';
import { BatchRunner } from '../../runner/batch-runner.js';
import { defaultRunnerSettings } from '../../runner/runner-settings.js';
import { expectAllInOrder, numbered, type CarrierRun } from './carrier-run.js';

const KEYS = ['a', 'b', 'c'];
const patiently = { timeoutMs: 60_000 };

export function describeVersions(run: CarrierRun): void {
  describe('two versions of a program beside each other', () => {
    it('lose and reorder nothing: the older waits with what the newer wrote, says so, and the newer goes on', async () => {
      const { parkingLot } = await run.harness.createService();
      const handled: { readonly id: string; readonly by: number }[] = [];
      const join = async (carrier: Carrier, dataVersionMax: number): Promise<BatchRunner> => {
        const runner = new BatchRunner({
          group: run.group,
          topic: run.topic,
          parkingLot,
          logger: silentLogger,
          dataVersionMax,
          isOrdered: true,
          settings: { ...defaultRunnerSettings, unreachableWaitMaxMs: 50 },
          handle: async (batch) => void handled.push(...batch.map(({ id }) => ({ id, by: dataVersionMax }))),
        });
        await run.consume(carrier, (batch) => runner.run(batch), {
          onOwnershipChange: () => runner.ownershipChanged(),
        });
        return runner;
      };
      const idsOf = (by?: number): readonly string[] =>
        handled.filter((one) => by === undefined || one.by === by).map(({ id }) => id);

      const [newer, older] = [await run.instance(), await run.instance()];
      const left = await join(older, 1);
      await newer.publish(run.topic, numbered(1, 1, KEYS));
      await eventually(() => expectAllInOrder(idsOf(1), 1, KEYS), patiently);
      // The newer program writes; some of what it writes is as it ever was.
      const [first, ...rest] = numbered(2, 4, ['b']);
      await newer.publish(run.topic, [{ ...first!, dataVersion: 2 }, ...rest]);
      await eventually(
        () => expect(left.waitingFor()).toEqual([expect.stringContaining('waiting to be replaced by a newer program')]),
        patiently,
      );
      await newer.publish(run.topic, numbered(2, 4, ['a', 'c']));
      expect(idsOf().filter((id) => id.startsWith('b-'))).toEqual(['b-1']);

      const successor = await join(newer, 2);
      left.stop();
      await older.stop(5_000);
      await eventually(() => expectAllInOrder(idsOf(), 4, KEYS), patiently);
      expect(idsOf(1).filter((id) => id.startsWith('b-'))).toEqual(['b-1']);
      expect(successor.waitingFor()).toEqual([]);
      expect(await parkingLot.list({ group: run.group })).toEqual([]);
    }, 180_000);
  });
}
