import { comparePositions, type LogPosition, type LogReader } from '@paymatch/platform-log';
import type { Database } from '@paymatch/platform-postgres';
import type { LoggedMessage } from './log-store.js';
import type { RecentLog, RecentLogLimits } from './recent-log.js';

export interface TopicTailOptions {
  readonly database: Database;
  readonly recent: RecentLog;
  /** How often this process has written to the topic so far. */
  readonly writes: () => number;
}

interface Reading {
  readonly after: LogPosition;
  readonly page: Promise<readonly LoggedMessage[]>;
}

/**
 * What the groups of this process know together of the newest messages of one topic. They are woken together and stand
 * mostly at the same place: one of them asks the database, the others wait for its answer; and when that answer was all
 * there is, nobody asks again before this process writes (or it is time to see whether another one has).
 */
export class TopicTail {
  private reading: Reading | undefined;
  private end:
    | {
        readonly place: LogPosition;
        readonly writes: number;
        readonly isComplete: boolean;
        readonly isMoreHidden: boolean;
      }
    | undefined;

  constructor(private readonly options: TopicTailOptions) {}

  /** The next messages after a place; none when there is none to be read yet. */
  async after(
    place: LogPosition,
    { reader, limits }: { readonly reader: LogReader<LoggedMessage>; readonly limits: RecentLogLimits },
  ): Promise<readonly LoggedMessage[]> {
    const { recent } = this.options;
    const held = recent.after(place, limits);
    if (held !== undefined) return held;
    if (this.reading !== undefined && comparePositions(this.reading.after, place) === 0) {
      const page = await this.reading.page;
      return recent.after(place, limits) ?? page.slice(0, limits.messagesMax);
    }
    const reading = { after: place, page: this.read(place, reader, limits) };
    this.reading = reading;
    try {
      return await reading.page;
    } finally {
      if (this.reading === reading) this.reading = undefined;
    }
  }

  /** The place behind which nothing of this process lies, once one was found. */
  get settledEnd(): LogPosition | undefined {
    const { end } = this;
    return end !== undefined && end.isComplete && end.writes === this.options.writes() ? end.place : undefined;
  }

  /** Whether nothing this process has written lies behind a place; another process may have written since. */
  isSettledAt(place: LogPosition): boolean {
    const { settledEnd } = this;
    return settledEnd !== undefined && comparePositions(place, settledEnd) >= 0;
  }

  /** Whether messages lie behind a place that nobody can read while a transaction is open. */
  isHiddenBehind(place: LogPosition): boolean {
    return this.end !== undefined && this.end.isMoreHidden && comparePositions(place, this.end.place) >= 0;
  }

  private async read(
    place: LogPosition,
    reader: LogReader<LoggedMessage>,
    { messagesMax, bytesMax }: RecentLogLimits,
  ): Promise<readonly LoggedMessage[]> {
    const { database, recent, writes } = this.options;
    const writesBefore = writes();
    const { rows, isMoreHidden } = await reader.readPage(database, place, messagesMax);
    const end = rows.at(-1)?.place ?? place;
    const bytes = rows.reduce((sum, { value }) => sum + value.byteLength, 0);
    const isComplete = !isMoreHidden && rows.length < messagesMax && bytes < bytesMax;
    // A group far behind learns nothing of the end.
    if (this.end === undefined || comparePositions(end, this.end.place) >= 0)
      this.end = { place: end, writes: writesBefore, isComplete, isMoreHidden };
    if (rows.length > 0) recent.add(place, rows);
    return rows;
  }
}
