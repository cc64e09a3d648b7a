/** More callers wait than `queueMax`: the store is slower than the work. Worth answering "try again". */
export class GroupCommitFull extends Error {
  override readonly name = 'GroupCommitFull';
}

/** The process is stopping; nothing of this command has happened. */
export class GroupCommitClosed extends Error {
  override readonly name = 'GroupCommitClosed';
}

export interface GroupCommitOptions<Command, Result> {
  readonly batchSizeMax: number;
  /** Batches in flight at the same time. Two keep the disk busy while the next one is being decided. */
  readonly concurrencyMax: number;
  /** Commands of one stream are never in two batches in flight, and keep their order. */
  readonly streamOf: (command: Command) => string;
  /**
   * Commits the commands together and says how each one ended, in the same order. A command that was refused fails
   * alone; a conflict is this function's to solve by committing one by one. When it rejects, all callers get that
   * error.
   */
  readonly commitBatch: (commands: readonly Command[]) => Promise<readonly PromiseSettledResult<Result>[]>;
  /** Callers that may wait; 10,000 when absent. */
  readonly queueMax?: number;
}

interface Waiting<Command, Result> {
  readonly command: Command;
  readonly stream: string;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Collects concurrent commands into batches that commit together: one disk flush for many callers. Nobody waits for a
 * batch to fill: while earlier batches are being written, the next one gathers by itself, and a lone caller goes at
 * once.
 */
export class GroupCommit<Command, Result> {
  #waiting: Waiting<Command, Result>[] = [];
  readonly #busyStreams = new Set<string>();
  #inFlight = 0;
  #isScheduled = false;
  #isClosed = false;
  #whenIdle: (() => void)[] = [];

  constructor(private readonly options: GroupCommitOptions<Command, Result>) {}

  /** Resolves when the command's batch is committed; rejects when it was refused or failed. */
  submit(command: Command): Promise<Result> {
    if (this.#isClosed) return Promise.reject(new GroupCommitClosed('the store is closing'));
    const queueMax = this.options.queueMax ?? 10_000;
    if (this.#waiting.length >= queueMax)
      return Promise.reject(new GroupCommitFull(`${queueMax} commands wait already`));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ command, stream: this.options.streamOf(command), resolve, reject });
      this.#schedule();
    });
  }

  /** Commands that wait for a batch. */
  get depth(): number {
    return this.#waiting.length;
  }

  /** Refuses new commands; resolves when every accepted one has its answer. */
  close(): Promise<void> {
    this.#isClosed = true;
    if (this.#isIdle()) return Promise.resolve();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  #isIdle(): boolean {
    return this.#inFlight === 0 && this.#waiting.length === 0;
  }

  /** Waits for the end of this turn of the event loop, so that everything that arrived in it shares a batch. */
  #schedule(): void {
    if (this.#isScheduled || this.#inFlight >= this.options.concurrencyMax) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      while (this.#inFlight < this.options.concurrencyMax) {
        const batch = this.#takeBatch();
        if (batch.length === 0) break;
        void this.#commit(batch);
      }
    });
  }

  /**
   * The oldest commands whose streams are free. A skipped command's stream stays busy, so later ones of it are skipped
   * too.
   */
  #takeBatch(): readonly Waiting<Command, Result>[] {
    const batch: Waiting<Command, Result>[] = [];
    const left: Waiting<Command, Result>[] = [];
    for (const entry of this.#waiting) {
      if (batch.length < this.options.batchSizeMax && !this.#busyStreams.has(entry.stream)) batch.push(entry);
      else left.push(entry);
    }
    // Only now: several commands of one stream may share this batch, but not with a later one.
    for (const entry of batch) this.#busyStreams.add(entry.stream);
    this.#waiting = left;
    return batch;
  }

  async #commit(batch: readonly Waiting<Command, Result>[]): Promise<void> {
    this.#inFlight += 1;
    try {
      const outcomes = await this.options.commitBatch(batch.map((entry) => entry.command));
      if (outcomes.length !== batch.length)
        throw new Error(`commitBatch answered ${outcomes.length} of ${batch.length} commands`);
      batch.forEach((entry, index) => settle(entry, outcomes[index] as PromiseSettledResult<Result>));
    } catch (error) {
      for (const entry of batch) entry.reject(error);
    } finally {
      this.#inFlight -= 1;
      for (const entry of batch) this.#busyStreams.delete(entry.stream);
      if (this.#waiting.length > 0) this.#schedule();
      else if (this.#isIdle()) this.#whenIdle.splice(0).forEach((resolve) => resolve());
    }
  }
}

function settle<Command, Result>(entry: Waiting<Command, Result>, outcome: PromiseSettledResult<Result>): void {
  if (outcome.status === 'fulfilled') entry.resolve(outcome.value);
  else entry.reject(outcome.reason);
}

/** Runs the commands one after the other, each ending on its own: what `commitBatch` does after a batch conflict. */
export async function oneByOne<Command, Result>(
  commands: readonly Command[],
  commit: (command: Command) => Promise<Result>,
): Promise<readonly PromiseSettledResult<Result>[]> {
  const outcomes: PromiseSettledResult<Result>[] = [];
  for (const command of commands) outcomes.push(...(await Promise.allSettled([commit(command)])));
  return outcomes;
}
