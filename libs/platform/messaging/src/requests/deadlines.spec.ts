import { setTimeout as sleep } from 'node:timers/promises';
import { Deadlines } from './deadlines.js';

describe('deadlines on one timer', () => {
  it('pass at their time or up to two ticks later, each once, and in order', async () => {
    const passed: { readonly item: number; readonly afterMs: number }[] = [];
    const startedAtMs = performance.now();
    const deadlines = new Deadlines<number>((item) => passed.push({ item, afterMs: performance.now() - startedAtMs }));
    for (const ms of [200, 60, 120]) deadlines.add(ms, ms);
    await sleep(500);
    expect(passed.map(({ item }) => item)).toEqual([60, 120, 200]);
    for (const { item, afterMs } of passed) expect(afterMs).toBeGreaterThanOrEqual(item);
  });

  it('that were deleted do not pass', async () => {
    const passed: string[] = [];
    const deadlines = new Deadlines<string>((item) => passed.push(item));
    const tick = deadlines.add('deleted', 60);
    deadlines.add('kept', 60);
    deadlines.delete('deleted', tick);
    await sleep(250);
    expect(passed).toEqual(['kept']);
  });

  it('work again after a time with none', async () => {
    const passed: string[] = [];
    const deadlines = new Deadlines<string>((item) => passed.push(item));
    deadlines.add('first', 10);
    await sleep(200);
    deadlines.add('second', 10);
    await sleep(200);
    expect(passed).toEqual(['first', 'second']);
  });
});
