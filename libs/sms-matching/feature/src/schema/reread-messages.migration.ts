import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which registry read a message, so that another one may read anew what it did not know; and the parts of long
 * messages.
 */
export class RereadMessages1763700000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sms_matching.registries (
        version text PRIMARY KEY,
        first_seen bigint GENERATED ALWAYS AS IDENTITY
      );
      COMMENT ON TABLE sms_matching.registries IS 'Every template registry that has read messages here, in the order they came: the later reads anew what an earlier one did not know, never the other way round.';
      INSERT INTO sms_matching.registries (version) VALUES ('');
      ALTER TABLE sms_matching.raw_messages ADD COLUMN registry text, ADD COLUMN is_unknown boolean,
        ADD COLUMN part_group text, ADD COLUMN part_index integer, ADD COLUMN part_total integer;
      UPDATE sms_matching.raw_messages SET registry = '', is_unknown = reading->'reasons' ?| ARRAY['unknown', 'ambiguous', 'money_text_from_unknown_sender'];
      CREATE INDEX raw_messages_unknown ON sms_matching.raw_messages (registry, raw_id) WHERE is_unknown;
      CREATE INDEX raw_messages_parts ON sms_matching.raw_messages (part_group) WHERE part_group IS NOT NULL;
      CREATE TABLE sms_matching.message_groups (
        part_group text PRIMARY KEY,
        waits_until timestamptz
      );
      CREATE INDEX message_groups_waiting ON sms_matching.message_groups (waits_until) WHERE waits_until IS NOT NULL;
      COMMENT ON TABLE sms_matching.message_groups IS 'Where the parts of one long message meet: whoever brings a part locks the one row first.';
    `);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
