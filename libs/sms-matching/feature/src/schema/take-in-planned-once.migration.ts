import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The look before every transaction of matching, planned once for each connection: around the arrays it is given
 * PostgreSQL planned its statements anew each time, which took longer than carrying them out. A plan that is kept must
 * be right whatever the tables held when it was made: OFFSET 0 keeps each look into a table by itself, by an index.
 */
export class TakeInPlannedOnce1763790000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION sms_matching.take_in(
        merchants bigint[], messages jsonb, payment_ids text[], credit_ids uuid[], slots jsonb, places jsonb, near_max integer
      ) RETURNS TABLE (kind text, record json) LANGUAGE plpgsql
      SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
      #variable_conflict use_column
      BEGIN
        PERFORM pg_advisory_xact_lock(key) FROM unnest(merchants) AS key;
        IF messages IS NOT NULL THEN
          RETURN QUERY WITH stored AS (
            INSERT INTO sms_matching.raw_messages (raw_id, merchant_id, livemode, device_id, seq, sender, body, sim_slot, wallets, sent_at, received_at,
                arrived_at, message_hash, outcome, template, reading, registry, is_unknown, part_group, part_index, part_total)
              SELECT raw_id, merchant_id, livemode, device_id, seq, sender, body, sim_slot, wallets, sent_at, received_at,
                arrived_at, message_hash, outcome, template, reading, registry, is_unknown, part_group, part_index, part_total
              FROM jsonb_populate_recordset(NULL::sms_matching.raw_messages, messages) ORDER BY raw_id
              ON CONFLICT (raw_id) DO NOTHING RETURNING raw_id)
            SELECT 'message', to_json(raw_id) FROM stored;
        END IF;
        IF payment_ids IS NOT NULL THEN
          RETURN QUERY SELECT 'version', json_build_object('payment_id', payment_id, 'version', version)
            FROM sms_matching.payment_versions WHERE payment_id = ANY(payment_ids);
        END IF;
        IF places IS NOT NULL THEN
          RETURN QUERY SELECT 'movement', row_to_json(near) FROM (
            SELECT DISTINCT course.* FROM jsonb_to_recordset(places) AS place (wallet_id text, at timestamptz), LATERAL (
              (SELECT * FROM sms_matching.wallet_movements WHERE wallet_id = place.wallet_id AND NOT is_contradicted AND at <= place.at
                ORDER BY at DESC LIMIT near_max)
              UNION ALL
              (SELECT * FROM sms_matching.wallet_movements WHERE wallet_id = place.wallet_id AND NOT is_contradicted AND at > place.at
                ORDER BY at LIMIT near_max)) course) near;
        END IF;
        IF slots IS NOT NULL OR payment_ids IS NOT NULL OR credit_ids IS NOT NULL THEN
          -- What stands on a slot never leaves it. Two looks for credits, since each of their indexes holds one kind.
          RETURN QUERY WITH wanted AS MATERIALIZED (
              SELECT merchant_id, livemode, provider, slot_key
                FROM jsonb_to_recordset(slots) AS slot (merchant_id text, livemode boolean, provider text, slot_key text)
              UNION SELECT merchant_id, livemode, provider, slot_key FROM sms_matching.claims
               WHERE payment_id = ANY(payment_ids) AND status IN ('open', 'refused')
              UNION SELECT merchant_id, livemode, provider, slot_key FROM sms_matching.credits
               WHERE payment_id = ANY(payment_ids) AND status = 'matched'
              UNION SELECT merchant_id, livemode, provider, slot_key FROM sms_matching.credits WHERE credit_id = ANY(credit_ids)),
            held AS MATERIALIZED (
              SELECT there.* FROM wanted w, LATERAL (SELECT c.* FROM sms_matching.credits c WHERE c.merchant_id = w.merchant_id
                AND c.livemode = w.livemode AND c.provider = w.provider AND c.slot_key = w.slot_key AND c.claim_key IS NULL OFFSET 0) there
              UNION ALL
              SELECT there.* FROM wanted w, LATERAL (SELECT c.* FROM sms_matching.credits c WHERE c.merchant_id = w.merchant_id
                AND c.livemode = w.livemode AND c.provider = w.provider AND c.slot_key = w.slot_key AND c.claim_key IS NOT NULL OFFSET 0) there)
            SELECT 'credit', row_to_json(held) FROM held
            UNION ALL
            SELECT 'claim', row_to_json(there) FROM wanted w, LATERAL (SELECT c.* FROM sms_matching.claims c
             WHERE c.merchant_id = w.merchant_id AND c.livemode = w.livemode AND c.provider = w.provider AND c.slot_key = w.slot_key
            OFFSET 0) there
            UNION ALL
            SELECT 'case', row_to_json(there) FROM held, LATERAL (SELECT r.* FROM sms_matching.review_cases r
             WHERE r.credit_id = held.credit_id OFFSET 0) there
            UNION ALL
            SELECT 'case', row_to_json(there) FROM wanted w, LATERAL (SELECT r.* FROM sms_matching.review_cases r
             WHERE r.merchant_id = w.merchant_id AND r.livemode = w.livemode AND r.provider = w.provider
               AND r.awaited_trx_id = w.slot_key AND r.status = 'open' OFFSET 0) there;
        END IF;
      END $$`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
