import type { WireMessage } from '../message.js';
import { MergedBatches } from './merged-batches.js';

const message = (key: string): WireMessage => ({ key }) as unknown as WireMessage;
const keysOf = (messages: readonly WireMessage[]): string => messages.map(({ key }) => key).join('');

describe('batches of several partitions', () => {
  it('that come together are handed over together, up to the largest size', async () => {
    const seen: string[] = [];
    const merged = new MergedBatches((messages) => Promise.resolve(void seen.push(keysOf(messages))), 4);
    await Promise.all([
      merged.take([message('a'), message('b')]),
      merged.take([message('c')]),
      merged.take([message('d'), message('e')]),
      merged.take([message('f'), message('g'), message('h'), message('i'), message('j')]),
    ]);
    expect(seen).toEqual(['abc', 'de', 'fghij']);
  });

  it('that come meanwhile wait for the one in hand, and go on in the order in which they came', async () => {
    const seen: string[] = [];
    let goOn: () => void = () => undefined;
    const merged = new MergedBatches((messages) => {
      seen.push(keysOf(messages));
      return new Promise((resolve) => {
        goOn = resolve;
      });
    }, 10);
    const first = merged.take([message('a')]);
    await new Promise(setImmediate);
    const rest = [merged.take([message('b')]), merged.take([message('c')])];
    await new Promise(setImmediate);
    expect(seen).toEqual(['a']);
    goOn();
    await first;
    await new Promise(setImmediate);
    expect(seen).toEqual(['a', 'bc']);
    goOn();
    await Promise.all(rest);
  });

  it('are told of a failure that met the batch they were part of, and of no other', async () => {
    let times = 0;
    const merged = new MergedBatches(() => {
      times += 1;
      return times === 1 ? Promise.reject(new Error('the database is away')) : Promise.resolve();
    }, 2);
    const results = await Promise.allSettled([
      merged.take([message('a')]),
      merged.take([message('b')]),
      merged.take([message('c')]),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    await expect(merged.take([message('d')])).resolves.toBeUndefined();
  });
});
