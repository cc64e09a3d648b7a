import { GroupCommit, GroupCommitClosed, GroupCommitFull, oneByOne } from './group-commit.js';

interface Command {
  readonly stream: string;
  readonly name: string;
}

/** A group commit whose batches end only when the test says so. */
function heldBatches(limits: {
  readonly batchSizeMax: number;
  readonly concurrencyMax: number;
  readonly queueMax?: number;
}) {
  const batches: { readonly names: readonly string[]; finish(): void; fail(error: Error): void }[] = [];
  const group = new GroupCommit<Command, string>({
    ...limits,
    streamOf: (command) => command.stream,
    commitBatch: (commands) =>
      new Promise((resolve, reject) => {
        batches.push({
          names: commands.map((command) => command.name),
          finish: () => resolve(commands.map((command) => ({ status: 'fulfilled', value: `done ${command.name}` }))),
          fail: reject,
        });
      }),
  });
  return { group, batches, turn: () => new Promise((resolve) => setImmediate(() => setImmediate(resolve))) };
}

const command = (name: string, stream = name): Command => ({ stream, name });

describe('a group commit', () => {
  it('puts what arrives in one turn into one batch, and what arrives meanwhile into the next', async () => {
    const { group, batches, turn } = heldBatches({ batchSizeMax: 10, concurrencyMax: 1 });
    const first = ['a', 'b', 'c'].map((name) => group.submit(command(name)));
    await turn();
    const second = ['d', 'e'].map((name) => group.submit(command(name)));
    await turn();
    expect(batches.map((batch) => batch.names)).toEqual([['a', 'b', 'c']]);
    batches[0]?.finish();
    expect(await Promise.all(first)).toEqual(['done a', 'done b', 'done c']);
    await turn();
    batches[1]?.finish();
    expect(await Promise.all(second)).toEqual(['done d', 'done e']);
    expect(batches.map((batch) => batch.names)).toEqual([
      ['a', 'b', 'c'],
      ['d', 'e'],
    ]);
  });

  it('keeps to its batch size and to the number of batches in flight', async () => {
    const { group, batches, turn } = heldBatches({ batchSizeMax: 2, concurrencyMax: 2 });
    const all = ['a', 'b', 'c', 'd', 'e'].map((name) => group.submit(command(name)));
    await turn();
    expect(batches.map((batch) => batch.names)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    batches[1]?.finish();
    await turn();
    expect(batches[2]?.names).toEqual(['e']);
    batches[0]?.finish();
    batches[2]?.finish();
    await Promise.all(all);
  });

  it('never has one stream in two batches at a time, and keeps its order', async () => {
    const { group, batches, turn } = heldBatches({ batchSizeMax: 2, concurrencyMax: 3 });
    const all = [
      command('s1', 's'),
      command('s2', 's'),
      command('s3', 's'),
      command('t1', 't'),
      command('s4', 's'),
    ].map((entry) => group.submit(entry));
    await turn();
    expect(batches.map((batch) => batch.names)).toEqual([['s1', 's2'], ['t1']]);
    batches[1]?.finish();
    await turn();
    expect(batches).toHaveLength(2);
    batches[0]?.finish();
    await turn();
    expect(batches[2]?.names).toEqual(['s3', 's4']);
    batches[2]?.finish();
    await Promise.all(all);
  });

  it("gives a failed batch's error to its callers alone and goes on", async () => {
    const { group, batches, turn } = heldBatches({ batchSizeMax: 1, concurrencyMax: 1 });
    const lost = group.submit(command('a'));
    const kept = group.submit(command('b', 'a'));
    await turn();
    batches[0]?.fail(new Error('disk full'));
    await expect(lost).rejects.toThrow('disk full');
    await turn();
    batches[1]?.finish();
    await expect(kept).resolves.toBe('done b');
  });

  it('lets one command of a batch fail alone', async () => {
    const group = new GroupCommit<Command, string>({
      batchSizeMax: 10,
      concurrencyMax: 1,
      streamOf: (entry) => entry.stream,
      commitBatch: (commands) =>
        oneByOne(commands, async (entry) => {
          if (entry.name === 'bad') throw new Error('refused');
          return entry.name;
        }),
    });
    const outcomes = await Promise.allSettled(['a', 'bad', 'c'].map((name) => group.submit(command(name))));
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('refuses when too many wait, and answers those it took', async () => {
    const { group, batches, turn } = heldBatches({ batchSizeMax: 1, concurrencyMax: 1, queueMax: 2 });
    const first = group.submit(command('a'));
    await turn();
    const waiting = [group.submit(command('b')), group.submit(command('c'))];
    await expect(group.submit(command('d'))).rejects.toBeInstanceOf(GroupCommitFull);
    for (const index of [0, 1, 2]) {
      batches[index]?.finish();
      await turn();
    }
    expect(await Promise.all([first, ...waiting])).toEqual(['done a', 'done b', 'done c']);
  });

  it('closes when every accepted command has its answer', async () => {
    const { group, batches, turn } = heldBatches({ batchSizeMax: 1, concurrencyMax: 1 });
    const accepted = [group.submit(command('a')), group.submit(command('b'))];
    await turn();
    let isClosed = false;
    const closing = group.close().then(() => {
      isClosed = true;
    });
    await expect(group.submit(command('c'))).rejects.toBeInstanceOf(GroupCommitClosed);
    batches[0]?.finish();
    await turn();
    expect(isClosed).toBe(false);
    batches[1]?.finish();
    await closing;
    expect(await Promise.all(accepted)).toEqual(['done a', 'done b']);
  });
});
