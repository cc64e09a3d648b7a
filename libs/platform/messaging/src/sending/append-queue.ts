import { CarrierUnavailable } from '../errors.js';
import type { OutgoingMessage } from '../message.codec.js';
import { Deadlines } from '../requests/deadlines.js';
import { Fifo } from './fifo.js';

export interface AppendQueueOptions {
  /** Resolves when all the messages are durable, in their order. */
  readonly write: (messages: readonly OutgoingMessage[]) => Promise<void>;
  /** Whether an error of `write` says that the other side is away, and nothing of the messages themselves. */
  readonly isUnreachable: (error: unknown) => boolean;
  /** Messages that may wait to be written; beyond it `append` rejects. */
  readonly queueMax: number;
  /** After so long a caller is told that it is not known whether its messages are durable. */
  readonly timeoutMs: number;
  /** Called with the topics of every write that succeeded. */
  readonly onWritten?: (topics: ReadonlySet<string>) => void;
}

interface Append {
  readonly messages: readonly OutgoingMessage[];
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
  tick: number;
  isSettled: boolean;
}

const WRITE_MESSAGES_MAX = 1_000;
const WRITE_BYTES_MAX = 4_000_000;

/** One write is under way at a time, which keeps the order; calls that come meanwhile share the next one. */
export class AppendQueue {
  private readonly queue = new Fifo<Append>();
  private readonly deadlines: Deadlines<Append> = new Deadlines((append) =>
    this.settle(append, new CarrierUnavailable('not acknowledged in time')),
  );
  private queued = 0;
  private draining: Promise<void> | undefined;

  constructor(private readonly options: AppendQueueOptions) {}

  /** Resolves when the messages are durable. Rejects with `CarrierUnavailable` when that is not known. */
  append(messages: readonly OutgoingMessage[]): Promise<void> {
    if (messages.length === 0) return Promise.resolve();
    if (this.queued >= this.options.queueMax)
      return Promise.reject(new CarrierUnavailable(`${this.queued} messages wait to be written already`));
    return new Promise((resolve, reject) => {
      const append: Append = { messages, resolve, reject, tick: 0, isSettled: false };
      append.tick = this.deadlines.add(append, this.options.timeoutMs);
      this.queue.push(append);
      this.queued += messages.length;
      this.draining ??= this.drain();
    });
  }

  /** Messages that wait to be written. */
  get depth(): number {
    return this.queued;
  }

  /** Resolves when nothing waits to be written. */
  async idle(): Promise<void> {
    await this.draining;
  }

  private async drain(): Promise<void> {
    // Callers of the same turn of the event loop ride in the first write together.
    await Promise.resolve();
    while (this.queue.length > 0) await this.write(this.take());
    this.draining = undefined;
  }

  private take(): Append[] {
    const taken: Append[] = [];
    let messages = 0;
    let bytes = 0;
    for (let next = this.queue.peek(); next !== undefined; next = this.queue.peek()) {
      if (next.isSettled) {
        // Its time was over while it waited: its caller repeats it, and it is not written twice.
        this.queued -= (this.queue.shift() as Append).messages.length;
        continue;
      }
      messages += next.messages.length;
      bytes += next.messages.reduce((sum, message) => sum + message.value.byteLength, 0);
      if (taken.length > 0 && (messages > WRITE_MESSAGES_MAX || bytes > WRITE_BYTES_MAX)) break;
      taken.push(this.queue.shift() as Append);
      this.queued -= next.messages.length;
    }
    return taken;
  }

  private settle(append: Append, error?: Error): void {
    if (append.isSettled) return;
    append.isSettled = true;
    this.deadlines.delete(append, append.tick);
    if (error === undefined) append.resolve();
    else append.reject(error);
  }

  private async write(appends: readonly Append[]): Promise<void> {
    if (appends.length === 0) return;
    const messages = appends.flatMap((append) => append.messages);
    try {
      await this.options.write(messages);
    } catch (error) {
      if (this.options.isUnreachable(error)) {
        for (const append of appends)
          this.settle(append, new CarrierUnavailable('the messaging system cannot be reached', { cause: error }));
      } else if (appends.length > 1) {
        // Something in one of the calls cannot be stored: the others must not fail with it.
        for (const append of appends) await this.write([append]);
      } else {
        for (const append of appends) this.settle(append, error as Error);
      }
      return;
    }
    for (const append of appends) this.settle(append);
    this.options.onWritten?.(new Set(messages.map((message) => message.topic)));
  }
}
