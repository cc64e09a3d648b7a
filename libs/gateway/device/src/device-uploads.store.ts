import { createHash } from 'node:crypto';
import type { Database, Tx } from '@paymatch/platform-postgres';

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

interface RequestRow {
  readonly body_hash: Buffer;
  readonly answer: readonly MessageResult[] | null;
  readonly last_seq: number;
}

/** SQL of the two upload tables. */
export class DeviceUploadsStore {
  constructor(private readonly database: Database) {}

  /**
   * Takes the request's number before anything is published, so that one number never stands for two bodies, not even at
   * the same moment. A number taken but not answered is a request that was cut off: it is carried out again.
   */
  async takeRequest(request: {
    readonly deviceId: string;
    readonly seq: number;
    readonly body: Uint8Array;
    readonly now: Date;
  }): Promise<RequestPlace> {
    const bodyHash = createHash('sha256').update(request.body).digest();
    // Lost in a crash, a number is taken anew: matching knows the messages by their contents.
    const taken = await this.database.relaxed.query(
      'INSERT INTO gateway.device_requests (device_id, seq, body_hash, arrived_at) VALUES ($1, $2, $3, $4) ON CONFLICT (device_id, seq) DO NOTHING',
      [request.deviceId, request.seq, bodyHash, request.now],
    );
    if (taken.rowCount === 1) return { kind: 'new' };
    const {
      rows: [row],
    } = await this.database.query<RequestRow>(
      `SELECT body_hash, answer, (SELECT max(seq) FROM gateway.device_requests WHERE device_id = $1) AS last_seq
         FROM gateway.device_requests WHERE device_id = $1 AND seq = $2`,
      [request.deviceId, request.seq],
    );
    // Cleared between the two statements: as old as that, nothing is known of it any more.
    if (row === undefined) return { kind: 'new' };
    if (!row.body_hash.equals(bodyHash)) return { kind: 'reused', lastSeq: row.last_seq };
    return row.answer === null ? { kind: 'new' } : { kind: 'answered', results: row.answer };
  }

  /** Which of these contents the device has uploaded before, as hex. */
  async knownHashes(deviceId: string, hashes: readonly Buffer[]): Promise<ReadonlySet<string>> {
    const { rows } = await this.database.query<{ content_hash: Buffer }>(
      'SELECT content_hash FROM gateway.device_messages WHERE device_id = $1 AND content_hash = ANY($2)',
      [deviceId, hashes],
    );
    return new Set(rows.map((row) => row.content_hash.toString('hex')));
  }

  /** Remembers what was published, and the answer for a repeat of the same request (`seq` null: a forwarder without numbers). */
  async remember(
    tx: Tx,
    upload: {
      readonly deviceId: string;
      readonly seq: number | null;
      readonly hashes: readonly Buffer[];
      readonly results: readonly MessageResult[];
      readonly now: Date;
    },
  ): Promise<void> {
    await insertHashes(tx, upload);
    if (upload.seq === null) return;
    await tx.query(
      'UPDATE gateway.device_requests SET answer = $3 WHERE device_id = $1 AND seq = $2 AND answer IS NULL',
      [upload.deviceId, upload.seq, JSON.stringify(upload.results)],
    );
  }

  /** Removes what is older than the two limits, at most `rowsMax` of each; returns how many went. */
  async clear(before: { readonly requests: Date; readonly messages: Date; readonly rowsMax: number }): Promise<number> {
    const requests = await this.database.query(
      'DELETE FROM gateway.device_requests WHERE ctid = ANY(ARRAY(SELECT ctid FROM gateway.device_requests WHERE arrived_at < $1 LIMIT $2))',
      [before.requests, before.rowsMax],
    );
    const messages = await this.database.query(
      'DELETE FROM gateway.device_messages WHERE ctid = ANY(ARRAY(SELECT ctid FROM gateway.device_messages WHERE arrived_at < $1 LIMIT $2))',
      [before.messages, before.rowsMax],
    );
    return (requests.rowCount ?? 0) + (messages.rowCount ?? 0);
  }
}

/** Sorted, so that two uploads of the same contents at one moment wait for each other instead of deadlocking. */
async function insertHashes(
  tx: Tx,
  upload: { readonly deviceId: string; readonly hashes: readonly Buffer[]; readonly now: Date },
): Promise<void> {
  if (upload.hashes.length === 0) return;
  await tx.query(
    `INSERT INTO gateway.device_messages (device_id, content_hash, arrived_at)
     SELECT $1, hash, $3 FROM unnest($2::bytea[]) AS hash ORDER BY hash ON CONFLICT DO NOTHING`,
    [upload.deviceId, upload.hashes, upload.now],
  );
}
