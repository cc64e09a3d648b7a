import type { WireMessage } from '../message.js';

interface Waiting {
  readonly messages: readonly WireMessage[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Puts batches of several partitions together: Kafka hands over each partition by itself, and with twelve of them a
 * handler would see a few messages at a time and pay for a transaction each time. A partition brings its next batch
 * when the one before is done, so its order is kept.
 */
export class MergedBatches {
  private readonly waiting: Waiting[] = [];
  private isAtWork = false;

  constructor(
    private readonly handle: (messages: readonly WireMessage[]) => Promise<void>,
    private readonly batchSizeMax: number,
  ) {}

  /** Resolves when the messages were taken, and rejects when the batch they were part of was not. */
  take(messages: readonly WireMessage[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ messages, resolve, reject });
      if (this.isAtWork) return;
      this.isAtWork = true;
      // What came with the same answer of the broker is handed over in this turn of the event loop.
      setImmediate(() => void this.work());
    });
  }

  private async work(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.next();
      try {
        await this.handle(batch.flatMap(({ messages }) => messages));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.isAtWork = false;
  }

  /** As many as fit, and one at least. */
  private next(): readonly Waiting[] {
    let size = this.waiting[0]?.messages.length ?? 0;
    let count = 1;
    while (count < this.waiting.length && size + this.waiting[count]!.messages.length <= this.batchSizeMax) {
      size += this.waiting[count]!.messages.length;
      count += 1;
    }
    return this.waiting.splice(0, count);
  }
}
