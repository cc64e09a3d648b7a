import { comparePositions, type LogPosition } from '@paymatch/platform-log';
import type { LoggedMessage } from './log-store.js';

export interface RecentLogLimits {
  readonly messagesMax: number;
  readonly bytesMax: number;
}

/**
 * What this process has read of one topic lately: an unbroken stretch of the log, ready for the next group. Every group
 * of a process reads the same messages within moments of each other, so one of them asks the database and the others
 * find them here. A stretch that was read is final for as long as the database runs: readers stop below the oldest open
 * transaction, so nothing can appear inside it any more. It ends with the session (see `EmbeddedCarrier`).
 */
export class RecentLog {
  /** The stretch lies after this place; `undefined` while nothing is held. */
  private start: LogPosition | undefined;
  private messages: LoggedMessage[] = [];
  private bytes = 0;

  constructor(private readonly limits: RecentLogLimits) {}

  /** The messages held after a place, or `undefined` when the database must be asked. */
  after(place: LogPosition, limits: RecentLogLimits): readonly LoggedMessage[] | undefined {
    if (this.start === undefined || comparePositions(place, this.start) < 0) return undefined;
    let first = 0;
    for (let high = this.messages.length; first < high;) {
      const middle = (first + high) >> 1;
      if (comparePositions(this.messages[middle]!.place, place) > 0) high = middle;
      else first = middle + 1;
    }
    let bytes = 0;
    let end = first;
    while (
      end < this.messages.length &&
      end - first < limits.messagesMax &&
      (end === first || bytes < limits.bytesMax)
    ) {
      bytes += this.messages[end]!.value.byteLength;
      end += 1;
    }
    return first === end ? undefined : this.messages.slice(first, end);
  }

  /** Keeps a page that was read after `place`. One that does not touch the stretch begins a new one. */
  add(place: LogPosition, page: readonly LoggedMessage[]): void {
    const end = this.messages.at(-1)?.place ?? this.start;
    const isConnected =
      this.start !== undefined &&
      end !== undefined &&
      comparePositions(place, this.start) >= 0 &&
      comparePositions(place, end) <= 0;
    if (!isConnected) {
      // A group far behind must not take the place of the stretch the others live on.
      if (end !== undefined && comparePositions(place, end) < 0) return;
      this.start = place;
      this.messages = [];
      this.bytes = 0;
    }
    const known = this.messages.at(-1)?.place ?? place;
    for (const message of page) {
      if (comparePositions(message.place, known) <= 0) continue;
      this.messages.push(message);
      this.bytes += message.value.byteLength;
    }
    this.forget();
  }

  private forget(): void {
    let count = 0;
    while (
      this.messages.length - count > this.limits.messagesMax ||
      (this.bytes > this.limits.bytesMax && count < this.messages.length)
    ) {
      this.bytes -= this.messages[count]!.value.byteLength;
      count += 1;
    }
    if (count === 0) return;
    this.start = this.messages[count - 1]!.place;
    this.messages = this.messages.slice(count);
  }
}
