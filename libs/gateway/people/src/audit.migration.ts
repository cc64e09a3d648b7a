import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who changed what, from where and why. The database itself refuses to change or remove a line of it. */
export class Audit1763750000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE gateway.audit_log (
        id uuid PRIMARY KEY,
        at timestamptz NOT NULL,
        merchant_id uuid,
        livemode boolean,
        user_id uuid,
        key_id uuid,
        who text NOT NULL,
        address text NOT NULL,
        action text NOT NULL,
        subject text,
        before jsonb,
        after jsonb,
        reason text,
        request_id text NOT NULL,
        status integer
      )`);
    await runner.query('CREATE INDEX audit_log_merchant ON gateway.audit_log (merchant_id, id)');
    // What is done elsewhere is written down before it is asked for; how it ended is added here.
    await runner.query(`
      CREATE TABLE gateway.audit_outcomes (
        entry_id uuid PRIMARY KEY REFERENCES gateway.audit_log (id),
        status integer NOT NULL
      )`);
    await runner.query(`
      CREATE FUNCTION gateway.refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'the audit log is only ever added to'; END $$`);
    for (const table of ['audit_log', 'audit_outcomes'])
      await runner.query(`
        CREATE TRIGGER ${table}_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON gateway.${table}
        FOR EACH STATEMENT EXECUTE FUNCTION gateway.refuse_audit_change()`);
    await runner.query(`
      CREATE TABLE gateway.operator_visits (
        session_id uuid NOT NULL REFERENCES gateway.sessions (id) ON DELETE CASCADE,
        merchant_id uuid NOT NULL REFERENCES gateway.merchants (id),
        ends_at timestamptz NOT NULL,
        PRIMARY KEY (session_id, merchant_id)
      )`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
