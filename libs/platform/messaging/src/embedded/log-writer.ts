import { isDatabaseUnreachable, type Database } from '@paymatch/platform-postgres';
import { CarrierUnavailable } from '../errors.js';
import type { OutgoingMessage } from '../message.codec.js';
import { Fifo } from './fifo.js';

export interface LogWriterOptions {
  readonly database: Database;
  /** Messages that may wait to be written; beyond it `append` rejects. */
  readonly queueMax: number;
  /** Called with the topics of every commit. */
  readonly onCommitted: (topics: ReadonlySet<string>) => void;
}

interface Append {
  readonly messages: readonly OutgoingMessage[];
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

const COMMIT_MESSAGES_MAX = 1_000;
const COMMIT_BYTES_MAX = 4_000_000;

// The order of the arrays is the order of the positions, inside one call and between calls.
const INSERT = {
  name: 'bus-append',
  text: `INSERT INTO bus.log (topic, key, headers, value)
         SELECT topic, key, headers::json, value FROM unnest($1::text[], $2::text[], $3::text[], $4::bytea[]) WITH ORDINALITY AS m (topic, key, headers, value, n) ORDER BY n`,
};

/** Appends to the log. One insert is under way at a time and the calls that come meanwhile share the next one's commit. */
export class LogWriter {
  private readonly queue = new Fifo<Append>();
  private queued = 0;
  private draining: Promise<void> | undefined;

  constructor(private readonly options: LogWriterOptions) {}

  /** Resolves when the messages are committed. */
  append(messages: readonly OutgoingMessage[]): Promise<void> {
    if (messages.length === 0) return Promise.resolve();
    if (this.queued >= this.options.queueMax) return Promise.reject(new CarrierUnavailable(`${this.queued} messages wait to be written already`));
    return new Promise((resolve, reject) => {
      this.queue.push({ messages, resolve, reject });
      this.queued += messages.length;
      this.draining ??= this.drain();
    });
  }

  /** Resolves when nothing waits to be written. */
  async idle(): Promise<void> {
    await this.draining;
  }

  private async drain(): Promise<void> {
    // Callers of the same turn of the event loop ride in the first commit together.
    await Promise.resolve();
    while (this.queue.length > 0) await this.commit(this.take());
    this.draining = undefined;
  }

  private take(): Append[] {
    const taken: Append[] = [];
    let messages = 0;
    let bytes = 0;
    for (let next = this.queue.peek(); next !== undefined; next = this.queue.peek()) {
      messages += next.messages.length;
      bytes += next.messages.reduce((sum, message) => sum + message.value.byteLength, 0);
      if (taken.length > 0 && (messages > COMMIT_MESSAGES_MAX || bytes > COMMIT_BYTES_MAX)) break;
      taken.push(this.queue.shift() as Append);
      this.queued -= next.messages.length;
    }
    return taken;
  }

  private async commit(appends: readonly Append[]): Promise<void> {
    const messages = appends.flatMap((append) => append.messages);
    try {
      await this.options.database.query(INSERT, [
        messages.map((message) => message.topic), messages.map((message) => message.key),
        messages.map((message) => JSON.stringify(message.headers)), messages.map((message) => message.value),
      ]);
    } catch (error) {
      if (isDatabaseUnreachable(error)) {
        for (const append of appends) append.reject(new CarrierUnavailable('the database of the bus cannot be reached', { cause: error }));
      } else if (appends.length > 1) {
        // Something in one of the calls is not storable: the others must not fail with it.
        for (const append of appends) await this.commit([append]);
      } else {
        appends[0]?.reject(error as Error);
      }
      return;
    }
    for (const append of appends) append.resolve();
    this.options.onCommitted(new Set(messages.map((message) => message.topic)));
  }
}
