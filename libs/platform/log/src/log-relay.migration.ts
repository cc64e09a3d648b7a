/** What a service needs to relay its own log (an outbox): the readers' checkpoints, and where the rows' xids come from. */
export function relayMigrationSql(schema: string): string {
  return `
    CREATE TABLE ${schema}.reader_checkpoints (
      reader text PRIMARY KEY,
      -- The table that is read, so that a repair of its rows can move the reader along.
      log text NOT NULL,
      xid xid8 NOT NULL,
      pos bigint NOT NULL
    ) WITH (fillfactor = 50);

    -- xids mean something only in the cluster that gave them out (see assertNotRestored).
    CREATE TABLE ${schema}.origin (
      is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
      system_identifier text NOT NULL
    );
    INSERT INTO ${schema}.origin (system_identifier) SELECT system_identifier::text FROM pg_control_system();`;
}
