import { eventually } from './eventually.js';

describe('eventually', () => {
  it('gives the first value that comes without an error', async () => {
    let calls = 0;
    const value = await eventually(
      () => {
        calls += 1;
        if (calls < 3) throw new Error('not yet');
        return 'done';
      },
      { everyMs: 1 },
    );
    expect([value, calls]).toEqual(['done', 3]);
  });

  it('fails as the last attempt failed when the time is over', async () => {
    await expect(
      eventually(
        () => {
          throw new Error('never');
        },
        { timeoutMs: 20, everyMs: 1 },
      ),
    ).rejects.toThrow('never');
    await expect(eventually(() => false, { timeoutMs: 20, everyMs: 1 })).rejects.toThrow('still false after 20 ms');
  });
});
