import type { MigrationInterface, QueryRunner } from 'typeorm';

function down(): Promise<void> {
  throw new Error('migrations go forward only');
}

/**
 * The first half of every transaction of matching as one call: lock the merchants, store what came, look at all that it
 * may concern. Each statement of a function has a snapshot of its own, so that who waited for the lock sees what the
 * other one wrote.
 */
export class TakeIn1763740000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION sms_matching.take_in(
        merchants bigint[], messages jsonb, payment_ids text[], credit_ids uuid[], slots jsonb, places jsonb, near_max integer
      ) RETURNS TABLE (kind text, record json) LANGUAGE plpgsql AS $$
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
              SELECT credits.* FROM wanted JOIN sms_matching.credits USING (merchant_id, livemode, provider, slot_key) WHERE claim_key IS NULL
              UNION ALL
              SELECT credits.* FROM wanted JOIN sms_matching.credits USING (merchant_id, livemode, provider, slot_key) WHERE claim_key IS NOT NULL)
            SELECT 'credit', row_to_json(held) FROM held
            UNION ALL
            SELECT 'claim', row_to_json(claims) FROM wanted JOIN sms_matching.claims USING (merchant_id, livemode, provider, slot_key)
            UNION ALL
            SELECT 'case', row_to_json(review_cases) FROM held JOIN sms_matching.review_cases USING (credit_id)
            UNION ALL
            SELECT 'case', row_to_json(review_cases) FROM sms_matching.review_cases JOIN wanted USING (merchant_id, livemode, provider)
             WHERE awaited_trx_id = slot_key AND status = 'open';
        END IF;
      END $$;
      COMMENT ON TABLE sms_matching.trx_slots IS 'Written by earlier versions only: the merchant''s lock keeps a TrxID''s two sides apart. To be dropped when none of these runs any more.';
    `);
  }

  down = down;
}

/** Credits of one slot: those of wallets stand in `credits_once` by it, the others had no index by slot. */
export class CreditsBySlot1763740000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX credits_slot ON sms_matching.credits (merchant_id, livemode, provider, slot_key) WHERE claim_key IS NOT NULL',
    );
  }

  down = down;
}

/** Nothing ever asked for a merchant's messages by their time, and every message paid for it. */
export class MessagesByMerchant1763740000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX sms_matching.raw_messages_merchant');
  }

  down = down;
}
