import { CarrierUnavailable } from '../errors.js';
import type { OutgoingMessage } from '../message.codec.js';
import { AppendQueue } from './append-queue.js';

const messageOf = (key: string, bytes = 1): OutgoingMessage => ({
  topic: 't',
  key,
  headers: {},
  value: Buffer.alloc(bytes),
});
const isUnreachable = (error: unknown): boolean => (error as Error).message === 'away';

function setUp(write: (keys: readonly string[]) => void | Promise<void>, queueMax = 10_000) {
  const writes: string[][] = [];
  const queue = new AppendQueue({
    queueMax,
    isUnreachable,
    timeoutMs: 100,
    write: async (messages) => {
      await new Promise((resolve) => {
        setTimeout(resolve, 1);
      });
      const keys = messages.map((message) => message.key);
      await write(keys);
      writes.push(keys);
    },
  });
  return { queue, writes };
}

describe('appending', () => {
  it('writes concurrent calls together, in the order of the calls', async () => {
    const { queue, writes } = setUp(() => undefined);
    await Promise.all([
      queue.append([messageOf('a'), messageOf('b')]),
      queue.append([messageOf('c')]),
      queue.append([]),
    ]);
    expect(writes).toEqual([['a', 'b', 'c']]);
  });

  it('bounds one write by bytes and by messages', async () => {
    const { queue, writes } = setUp(() => undefined);
    await Promise.all([
      ...['a', 'b', 'c'].map((key) => queue.append([messageOf(key, 3_000_000)])),
      queue.append(Array.from({ length: 999 }, () => messageOf('m'))),
      queue.append([messageOf('x'), messageOf('y')]),
    ]);
    expect(writes.map((keys) => keys.length)).toEqual([1, 1, 1000, 2]);
  });

  it('rejects as unavailable when the other side is away, and goes on afterwards', async () => {
    let isAway = true;
    const { queue } = setUp(() => {
      if (isAway) throw new Error('away');
    });
    await expect(queue.append([messageOf('a')])).rejects.toThrow(CarrierUnavailable);
    isAway = false;
    await expect(queue.append([messageOf('a')])).resolves.toBeUndefined();
  });

  it('fails only the call whose message cannot be stored', async () => {
    const { queue, writes } = setUp((keys) => {
      if (keys.includes('bad')) throw new Error('too large');
    });
    const outcomes = await Promise.allSettled([
      queue.append([messageOf('a')]),
      queue.append([messageOf('bad')]),
      queue.append([messageOf('b')]),
    ]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(writes).toEqual([['a'], ['b']]);
  });

  it('tells a caller in time that it is not known, and does not write what its caller will repeat', async () => {
    let release: () => void = () => undefined;
    const { queue, writes } = setUp((keys) =>
      keys.includes('slow')
        ? new Promise((resolve) => {
            release = resolve;
          })
        : undefined,
    );
    const startedAtMs = performance.now();
    const slow = queue.append([messageOf('slow')]);
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
    const behind = queue.append([messageOf('behind')]);
    const outcomes = await Promise.allSettled([slow, behind]);
    expect(outcomes.map((outcome) => (outcome as PromiseRejectedResult).reason)).toEqual([
      expect.any(CarrierUnavailable),
      expect.any(CarrierUnavailable),
    ]);
    expect(performance.now() - startedAtMs).toBeLessThan(500);
    release();
    await queue.append([messageOf('next')]);
    expect(writes).toEqual([['slow'], ['next']]);
  });

  it('turns a call away when too much waits', async () => {
    const { queue } = setUp(() => undefined, 1);
    const outcomes = await Promise.allSettled([queue.append([messageOf('a')]), queue.append([messageOf('b')])]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected']);
  });
});
