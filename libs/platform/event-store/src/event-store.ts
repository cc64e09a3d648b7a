import { LogReader, type LogPosition } from '@paymatch/platform-log';
import { splitTrace, withTrace } from '@paymatch/platform-observability';
import {
  booleanArray,
  int2Array,
  int4Array,
  jsonArray,
  prepared,
  textArray,
  timestamptzArray,
  uuidArray,
  type SqlRunner,
} from '@paymatch/platform-postgres';
import { appendError, ClaimConflict } from './event-store.errors.js';
import type { ClaimRequest, NewEvent, StoredEvent } from './stored-event.js';

const COLUMNS = [
  'message_id',
  'merchant_id',
  'livemode',
  'stream_id',
  'stream_version',
  'type',
  'version',
  'data',
  'occurred_at',
  'command_id',
  'command_index',
  'correlation_id',
  'causation_id',
];

/** Thirteen columns of events, four of claims. */
const APPEND_ARGUMENTS = 17;

type Statement = ReturnType<typeof prepared>;

interface EventRow {
  readonly message_id: string;
  readonly merchant_id: string;
  readonly livemode: boolean;
  readonly stream_id: string;
  readonly stream_version: number;
  readonly type: string;
  readonly version: number;
  readonly data: unknown;
  readonly occurred_at: Date;
  readonly command_id: string;
  readonly command_index: number;
  readonly correlation_id: string;
  readonly causation_id: string | null;
}

/** What makes a claim the same claim; the key of `loadClaims`' answer. */
export type ClaimName = Pick<ClaimRequest, 'scope' | 'key'>;

export function claimId(claim: ClaimName): string {
  return `${claim.scope}\u0000${claim.key}`;
}

export interface Append {
  readonly events: readonly NewEvent[];
  readonly claims: readonly ClaimRequest[];
}

/**
 * Streams of events and the claims that rest on them, in one schema. Holds nothing; every call takes the connection to
 * use.
 */
export class EventStore {
  readonly #table: string;
  readonly #load: Statement;
  readonly #loadClaims: Statement;
  readonly #append: Statement;

  constructor({ schema }: { readonly schema: string }) {
    this.#table = `${schema}.events`;
    this.#load = prepared(
      `SELECT xid::text AS xid, pos, ${COLUMNS.join(', ')} FROM ${schema}.events WHERE stream_id = ANY($1::uuid[])
        ORDER BY stream_id, stream_version`,
    );
    this.#loadClaims = prepared(
      `SELECT scope, key, owner FROM ${schema}.claims WHERE (scope, key) IN (SELECT *
        FROM unnest($1::text[], $2::text[]))`,
    );
    this.#append = prepared(
      `SELECT
        ${schema}.append(${Array.from({ length: APPEND_ARGUMENTS }, (_, index) => `$${index + 1}`).join(', ')})`,
    );
  }

  /** The events of each stream that has any, in order. One round trip for any number of streams. */
  async load(sql: SqlRunner, streamIds: readonly string[]): Promise<Map<string, StoredEvent[]>> {
    const streams = new Map<string, StoredEvent[]>();
    if (streamIds.length === 0) return streams;
    const { rows } = await sql.query<EventRow & { xid: string; pos: number }>({
      ...this.#load,
      values: [uuidArray(streamIds)],
    });
    for (const row of rows) {
      const event = toStoredEvent(row, { xid: row.xid, pos: row.pos });
      const stream = streams.get(event.streamId);
      if (stream) stream.push(event);
      else streams.set(event.streamId, [event]);
    }
    return streams;
  }

  /** The owners of those claims that are taken, by `claimId`. Load them before the streams of their owners. */
  async loadClaims(sql: SqlRunner, claims: readonly ClaimName[]): Promise<Map<string, string>> {
    if (claims.length === 0) return new Map();
    const { rows } = await sql.query<{ scope: string; key: string; owner: string }>({
      ...this.#loadClaims,
      values: [claims.map((claim) => claim.scope), claims.map((claim) => claim.key)],
    });
    return new Map(rows.map((row) => [claimId(row), row.owner]));
  }

  /**
   * Appends the events and takes the claims, all or nothing, in one round trip. Given a `Database` it is a transaction
   * by itself; given a `Tx` it must be that transaction's first write, after everything was loaded *before* the
   * transaction. Throws `VersionConflict`, `ClaimConflict`, `DuplicateCommand` (decide anew) or `UnstorableEvent` (do
   * not repeat).
   */
  async append(sql: SqlRunner, { events, claims }: Append): Promise<void> {
    if (events.length === 0 && claims.length === 0) return;
    try {
      const values = [...eventArrays(events), ...claimArrays(netClaims(claims))];
      await sql.query({ ...this.#append, values });
    } catch (error) {
      throw appendError(error);
    }
  }

  /** All events in the order in which they became visible. */
  reader(): LogReader<StoredEvent> {
    return new LogReader<StoredEvent>({
      table: this.#table,
      columns: COLUMNS,
      writtenAt: 'occurred_at',
      toRow: (row, position) => toStoredEvent(row as unknown as EventRow, position),
    });
  }
}

/** A claim that changes hands several times within one append is written once, from its first owner to its last. */
function netClaims(claims: readonly ClaimRequest[]): readonly ClaimRequest[] {
  const net = new Map<string, ClaimRequest>();
  for (const claim of claims) {
    const before = net.get(claimId(claim));
    if (before !== undefined && before.owner !== claim.replaces) throw new ClaimConflict(claim.scope, claim.key);
    net.set(claimId(claim), before === undefined ? claim : { ...claim, replaces: before.replaces });
  }
  return [...net.values()];
}

/** The columns of all events, in the order of the append function's arguments. */
function eventArrays(events: readonly NewEvent[]): readonly Buffer[] {
  return [
    uuidArray(events.map((event) => event.messageId)),
    textArray(events.map((event) => event.merchantId)),
    booleanArray(events.map((event) => event.livemode)),
    uuidArray(events.map((event) => event.streamId)),
    int4Array(events.map((event) => event.streamVersion)),
    textArray(events.map((event) => event.type)),
    int2Array(events.map((event) => event.version)),
    jsonArray(events.map((event) => event.data)),
    timestamptzArray(events.map((event) => event.occurredAt)),
    textArray(events.map((event) => event.commandId)),
    int2Array(events.map((event) => event.commandIndex)),
    textArray(events.map((event) => withTrace(event.correlationId, event.traceparent))),
    textArray(events.map((event) => event.causationId)),
  ];
}

function claimArrays(claims: readonly ClaimRequest[]): readonly (Buffer | null)[] {
  if (claims.length === 0) return [null, null, null, null];
  return [
    claims.map((claim) => claim.scope),
    claims.map((claim) => claim.key),
    claims.map((claim) => claim.owner),
    claims.map((claim) => claim.replaces),
  ].map(textArray);
}

function toStoredEvent(row: EventRow, position: LogPosition): StoredEvent {
  return {
    position,
    messageId: row.message_id,
    merchantId: row.merchant_id,
    livemode: row.livemode,
    streamId: row.stream_id,
    streamVersion: row.stream_version,
    type: row.type,
    version: row.version,
    data: row.data,
    occurredAt: row.occurred_at.toISOString(),
    commandId: row.command_id,
    commandIndex: row.command_index,
    ...splitTrace(row.correlation_id),
    causationId: row.causation_id,
  };
}
