import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One contact of a device, in one statement and one round trip: its row, what it handed over, and the alerts that end
 * by it. Under the device's lock, which is taken before anything is written: who waits with a transaction number holds
 * up every reader of events. Each statement of a function sees what was done before the lock was free.
 *
 * `known_seq` is the highest message number known before. A contact that passes over numbers is not noted unless
 * `may_pass_over`: the caller then opens a gap in the same transaction. Nothing here is worth waiting for the disk: the
 * messages are on the log, and what a crash takes is said again.
 */
export class NoteContact1763790000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION gateway.note_contact(
        device uuid, at_time timestamptz, heartbeat_at timestamptz, battery integer, version text, seqs bigint[],
        hashes bytea[], request_seqs bigint[], request_answers json[], may_pass_over boolean
      ) RETURNS TABLE (is_noted boolean, known_seq bigint, closed json) LANGUAGE plpgsql
      SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
      #variable_conflict use_column
      DECLARE
        known bigint;
        lowest bigint;
        highest bigint;
        new_ones bigint;
        handed_over int8multirange;
        ended json;
      BEGIN
        PERFORM set_config('synchronous_commit', 'off', true),
          pg_advisory_xact_lock(hashtextextended('device/' || device, 0));
        SELECT p.last_seq INTO known FROM gateway.device_presence p WHERE p.device_id = device;
        SELECT min(seq), max(seq), range_agg(int8range(seq, seq, '[]')) INTO lowest, highest, handed_over
          FROM unnest(seqs) AS seq;
        IF NOT may_pass_over THEN
          SELECT count(DISTINCT seq) INTO new_ones FROM unnest(seqs) AS seq WHERE seq > coalesce(known, lowest - 1);
          IF highest - coalesce(known, lowest - 1) > new_ones THEN
            RETURN QUERY SELECT false, known, NULL::json;
            RETURN;
          END IF;
        END IF;

        INSERT INTO gateway.device_messages (device_id, content_hash, arrived_at)
        SELECT device::text, hash, at_time FROM unnest(hashes) AS hash ORDER BY hash ON CONFLICT DO NOTHING;
        UPDATE gateway.device_requests r SET answer = request_answers[array_position(request_seqs, r.seq)]
         WHERE r.device_id = device::text AND r.seq = ANY(request_seqs) AND r.answer IS NULL;
        INSERT INTO gateway.device_presence AS p (device_id, watched_since, last_heard_at, last_heartbeat_at,
          battery_percent, app_version, last_seq)
        VALUES (device, at_time, at_time, heartbeat_at, battery, version, highest)
        ON CONFLICT (device_id) DO UPDATE SET
          last_heard_at = greatest(p.last_heard_at, excluded.last_heard_at),
          last_heartbeat_at = greatest(p.last_heartbeat_at, excluded.last_heartbeat_at),
          battery_percent = coalesce(excluded.battery_percent, p.battery_percent),
          app_version = coalesce(excluded.app_version, p.app_version),
          last_seq = greatest(p.last_seq, excluded.last_seq);

        -- It is heard, and what it handed over is missing no more.
        WITH heard AS (
          UPDATE gateway.device_alerts a SET
            missing = a.missing - handed_over,
            closed_at = CASE WHEN a.kind = 'silent' OR isempty(a.missing - handed_over) THEN at_time END,
            closed_by = CASE WHEN a.kind = 'silent' OR isempty(a.missing - handed_over) THEN 'device' END
          WHERE a.device_id = device AND a.closed_at IS NULL AND (a.kind = 'silent' OR a.missing && handed_over)
          RETURNING a.id, a.kind, a.told_at IS NOT NULL AS "wasAnnounced", a.closed_at)
        SELECT json_agg(json_build_object('id', id, 'kind', kind, 'wasAnnounced', "wasAnnounced")) INTO ended
          FROM heard WHERE closed_at IS NOT NULL;
        RETURN QUERY SELECT true, known, ended;
      END $$`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
