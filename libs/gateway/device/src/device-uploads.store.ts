import { createHash } from 'node:crypto';
import { byteaArray, type Database, int8Array, textArray, timestamptzArray } from '@paymatch/platform-postgres';
import { GroupCommit } from '@paymatch/platform-batching';

/** One line of an upload's answer. */
export interface MessageResult {
  readonly seq: number | null;
  readonly status: 'accepted' | 'duplicate' | 'rejected';
  readonly reason?: string;
}

export type RequestPlace =
  | { readonly kind: 'new' }
  | { readonly kind: 'answered'; readonly results: readonly MessageResult[] }
  | { readonly kind: 'reused'; readonly lastSeq: number };

/** What a device hands over, before anything is done with it. */
export interface BegunUpload {
  readonly deviceId: string;
  /** `null`: a forwarder without numbers. */
  readonly numbered: { readonly seq: number; readonly body: Uint8Array } | null;
  /** Of the contents of its messages. */
  readonly hashes: readonly Buffer[];
  readonly now: Date;
}

export interface UploadPlace {
  readonly place: RequestPlace;
  /** Which of these contents the device has uploaded before, as hex. */
  readonly known: ReadonlySet<string>;
}

interface RequestRow {
  readonly body_hash: Buffer;
  readonly answer: readonly MessageResult[] | null;
  readonly last_seq: number;
}
interface BegunRow {
  readonly device_id: string;
  readonly seq: number | null;
  readonly content_hash: Buffer | null;
}

const UPLOADS_MAX = 200;
const NEW: RequestPlace = { kind: 'new' };

const nameOf = (deviceId: string, seq: number): string => `${deviceId} ${seq}`;
const digestOf = (body: Uint8Array): Buffer => createHash('sha256').update(body).digest();

/**
 * SQL of the two upload tables; what is remembered of an upload is written by `DevicePresenceStore`, with the contact
 * it was.
 */
export class DeviceUploadsStore {
  /** A phone that uploads many at once has them looked up together. */
  private readonly begun: GroupCommit<BegunUpload, UploadPlace>;

  constructor(private readonly database: Database) {
    this.begun = new GroupCommit({
      batchSizeMax: UPLOADS_MAX,
      concurrencyMax: 4,
      streamOf: ({ deviceId }) => deviceId,
      commitBatch: (batch) => this.beginTogether(batch),
    });
  }

  /**
   * Takes the request's number before anything is published, so that one number never stands for two bodies, not even
   * at the same moment. A number taken but not answered is a request that was cut off: it is carried out again.
   */
  begin(upload: BegunUpload): Promise<UploadPlace> {
    return this.begun.submit(upload);
  }

  private async beginTogether(batch: readonly BegunUpload[]): Promise<readonly PromiseSettledResult<UploadPlace>[]> {
    const numbered = batch.flatMap(({ deviceId, numbered: request, now }) =>
      request === null ? [] : [{ deviceId, seq: request.seq, hash: digestOf(request.body), now }],
    );
    const contents = batch.flatMap(({ deviceId, hashes }) => hashes.map((hash) => ({ deviceId, hash })));
    // Lost in a crash, a number is taken anew: matching knows the messages by their contents.
    const { rows } = await this.database.relaxed.query<BegunRow>({
      name: 'device-uploads-begin',
      // Sorted, so that two gateways with numbers in common wait for each other instead of deadlocking.
      text: `WITH taken AS (
               INSERT INTO gateway.device_requests (device_id, seq, body_hash, arrived_at)
               SELECT * FROM unnest($1::text[], $2::bigint[], $3::bytea[], $4::timestamptz[]) AS asked (device_id, seq,
                 body_hash, arrived_at)
                ORDER BY device_id, seq
               ON CONFLICT (device_id, seq) DO NOTHING RETURNING device_id, seq)
             SELECT device_id, seq, NULL::bytea AS content_hash FROM taken
             UNION ALL
             SELECT device_id, NULL, content_hash FROM gateway.device_messages
              WHERE (device_id, content_hash) IN (SELECT * FROM unnest($5::text[], $6::bytea[]))`,
      values: [
        textArray(numbered.map(({ deviceId }) => deviceId)),
        int8Array(numbered.map(({ seq }) => seq)),
        byteaArray(numbered.map(({ hash }) => hash)),
        timestamptzArray(numbered.map(({ now }) => now.toISOString())),
        textArray(contents.map(({ deviceId }) => deviceId)),
        byteaArray(contents.map(({ hash }) => hash)),
      ],
    });
    const taken = new Set(rows.flatMap((row) => (row.seq === null ? [] : [nameOf(row.device_id, row.seq)])));
    const known = new Map<string, Set<string>>(batch.map(({ deviceId }) => [deviceId, new Set()]));
    for (const row of rows) if (row.content_hash) known.get(row.device_id)?.add(row.content_hash.toString('hex'));
    return Promise.allSettled(
      batch.map(async (upload) => ({
        place: await this.placeOf(upload, taken),
        known: known.get(upload.deviceId) ?? new Set<string>(),
      })),
    );
  }

  /** A number taken just now is the first one's who asked for it; a second of this very batch finds it taken. */
  private placeOf({ deviceId, numbered }: BegunUpload, taken: Set<string>): RequestPlace | Promise<RequestPlace> {
    if (numbered === null || taken.delete(nameOf(deviceId, numbered.seq))) return NEW;
    return this.earlierPlace(deviceId, numbered);
  }

  private async earlierPlace(
    deviceId: string,
    { seq, body }: { readonly seq: number; readonly body: Uint8Array },
  ): Promise<RequestPlace> {
    const {
      rows: [row],
    } = await this.database.query<RequestRow>(
      `SELECT body_hash, answer, (SELECT max(seq) FROM gateway.device_requests WHERE device_id = $1) AS last_seq
         FROM gateway.device_requests WHERE device_id = $1 AND seq = $2`,
      [deviceId, seq],
    );
    // Cleared between the two statements: as old as that, nothing is known of it any more.
    if (row === undefined) return NEW;
    if (!row.body_hash.equals(digestOf(body))) return { kind: 'reused', lastSeq: row.last_seq };
    return row.answer === null ? NEW : { kind: 'answered', results: row.answer };
  }

  /** Resolves when nothing is being looked up. */
  stop(): Promise<void> {
    return this.begun.close();
  }
}
