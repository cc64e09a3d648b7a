/**
 * SQL that makes the table of parked messages in a service's schema; for a migration of that service.
 * `headers` is `json`, not `jsonb`: what was sent wrong (a NUL character) must be storable as it came.
 */
export function parkedMessagesMigrationSql(schema: string): string {
  const table = `"${schema}".parked_messages`;
  return `
    CREATE TABLE ${table} (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      group_name text NOT NULL,
      topic text NOT NULL,
      key text NOT NULL,
      message_id text NOT NULL,
      headers json NOT NULL,
      value bytea NOT NULL,
      position text NOT NULL,
      error text NOT NULL,
      attempts integer NOT NULL CHECK (attempts >= 0),
      parked_at timestamptz NOT NULL DEFAULT now(),
      settled_at timestamptz,
      status text NOT NULL DEFAULT 'parked' CHECK (status IN ('parked', 'replayed', 'discarded'))
    );
    CREATE UNIQUE INDEX parked_messages_waiting ON ${table} (group_name, topic, key, message_id) WHERE status = 'parked';
    CREATE INDEX parked_messages_order ON ${table} (group_name, topic, key, id) WHERE status = 'parked';
    CREATE INDEX parked_messages_status ON ${table} (status, id);
  `;
}

/**
 * SQL that lets a person ask for a replay, which the service then carries out. What waits behind a message that was given up
 * before anything released it is released.
 */
export function parkedReplayMigrationSql(schema: string): string {
  const table = `"${schema}".parked_messages`;
  return `
    ALTER TABLE ${table} ADD COLUMN replay_requested_at timestamptz;
    UPDATE ${table} AS waiting SET replay_requested_at = now()
    WHERE status = 'parked' AND NOT EXISTS (
      SELECT 1 FROM ${table} AS failed
      WHERE failed.group_name = waiting.group_name AND failed.topic = waiting.topic AND failed.key = waiting.key
        AND failed.status = 'parked' AND failed.attempts > 0);
  `;
}
