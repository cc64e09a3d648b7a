import {
  clippedError,
  readParked,
  topics,
  type ListParkedMessages,
  type ParkedMessage,
  type ParkedMessagesPage,
} from '@paymatch/contracts';
import type { Database } from '@paymatch/platform-postgres';

const COUNT_MAX = 1_000;
/** Larger than any message of ours; of a larger one the beginning is shown. */
const VALUE_MAX_BYTES = 262_144;

interface ParkedRow {
  readonly id: number;
  readonly status: 'parked' | 'discarded';
  readonly value: Buffer;
  readonly error: string;
  readonly attempts: number;
  readonly parked_at: Date;
  readonly replay_requested_at: Date | null;
}

/**
 * A merchant's own messages: whose they are stands in their key, which every message has, however wrong its bytes are.
 * The mode is looked for in the bytes themselves, since those that are no JSON must be found, too: inside a text of a
 * message the quotes would be escaped.
 */
const OF_MERCHANT = `status = $1 AND topic = $2 AND starts_with(key, $3)
  AND (position(convert_to('"livemode":false', 'UTF8') IN value) > 0) = NOT $4::boolean`;

export async function listParked(database: Database, command: ListParkedMessages): Promise<ParkedMessagesPage> {
  const mine = [command.status, topics.creditsReceived.name, `${command.merchantId}:`, command.livemode];
  const { rows } = await database.query<ParkedRow>(
    `SELECT id, status, substring(value FROM 1 FOR ${VALUE_MAX_BYTES}) AS value, error, attempts, parked_at,
      replay_requested_at
     FROM sms_matching.parked_messages
     WHERE ${OF_MERCHANT} AND ($5::bigint IS NULL OR id < $5) ORDER BY id DESC LIMIT $6`,
    [...mine, command.before, command.limit],
  );
  const {
    rows: [counted],
  } = await database.query<{ count: number }>(
    `SELECT count(*) FROM (SELECT FROM sms_matching.parked_messages WHERE ${OF_MERCHANT}
      LIMIT ${COUNT_MAX + 1}) AS mine`,
    mine,
  );
  const count = counted?.count ?? 0;
  return { messages: rows.map(toParked), count: Math.min(count, COUNT_MAX), isCountExact: count <= COUNT_MAX };
}

/** One of the merchant's own that is parked; another's, or one that is settled, is none. */
export async function findParked(
  database: Database,
  { merchantId, livemode, id }: { readonly merchantId: string; readonly livemode: boolean; readonly id: number },
  status: ParkedMessage['status'] = 'parked',
): Promise<ParkedMessage | null> {
  const { rows } = await database.query<ParkedRow>(
    `SELECT id, status, substring(value FROM 1 FOR ${VALUE_MAX_BYTES}) AS value, error, attempts, parked_at,
      replay_requested_at
     FROM sms_matching.parked_messages WHERE ${OF_MERCHANT} AND id = $5`,
    [status, topics.creditsReceived.name, `${merchantId}:`, livemode, id],
  );
  return rows[0] === undefined ? null : toParked(rows[0]);
}

function toParked(row: ParkedRow): ParkedMessage {
  const { kind, rawId, deviceId, sender, body, arrivedAt } = readParked(row.value.toString('utf8'));
  return {
    ...{ id: row.id, kind, status: row.status, rawId, deviceId, sender, body, arrivedAt },
    error: clippedError(row.error),
    attempts: row.attempts,
    parkedAt: row.parked_at.toISOString(),
    isReplayRequested: row.replay_requested_at !== null,
  };
}
