import type { LogPosition } from '@paymatch/platform-log';

/** One event to be appended. `streamVersion` is explicit: the append fails when that version exists already. */
export interface NewEvent {
  readonly messageId: string;
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly streamId: string;
  /** 1 for the first event of a stream, then without holes. */
  readonly streamVersion: number;
  readonly type: string;
  /** Version of the shape of `data`. */
  readonly version: number;
  readonly data: unknown;
  /** ISO 8601 UTC. */
  readonly occurredAt: string;
  /** The command that caused it, and which of that command's events it is (0, 1, …): together unique per merchant. */
  readonly commandId: string;
  readonly commandIndex: number;
  readonly correlationId: string;
  readonly causationId: string | null;
  /** W3C Trace Context of what appended it; kept behind the correlation id. */
  readonly traceparent?: string | undefined;
}

/** An event as stored, with its place in the global order. */
export interface StoredEvent extends NewEvent {
  readonly position: LogPosition;
}

/**
 * A claim on something that may have one owner: an invoice while its payment is open, a TrxID once consumed.
 * Taken in the same transaction as the events that rest on it.
 */
export interface ClaimRequest {
  readonly scope: string;
  readonly key: string;
  readonly owner: string;
  /** The owner it is taken over from; `null` = it must be free. A different present owner is a `ClaimConflict`. */
  readonly replaces: string | null;
}
