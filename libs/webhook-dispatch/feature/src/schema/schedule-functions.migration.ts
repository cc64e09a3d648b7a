import type { MigrationInterface, QueryRunner } from 'typeorm';
import { MAKE_DELIVERIES } from './make-deliveries.sql.js';
import { PLANNED_ONCE } from './planned-once.sql.js';

/**
 * The stages of a delivery that are one statement each: made (and leased to whoever made it), claimed, delivered.
 */
export class ScheduleFunctions1763720000102 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [SIGNER_OF, ROOMS, RELEASE_HEADS, SUPERSEDE_FAILED, MAKE_DELIVERIES, CLAIM_DUE, FINISH_DELIVERED])
      await runner.query(sql);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

/** Under whose secret a delivery is signed. */
const SIGNER_OF = `
CREATE FUNCTION webhook_dispatch.signer_of(endpoint_id uuid, merchant_id text, livemode boolean) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce('endpoint:' || endpoint_id, 'callback:' || merchant_id || ':' || CASE WHEN livemode THEN 'live' ELSE 'test' END)
$$`;

/**
 * How many more may be under way to each of these receivers: what the dispatcher has learnt it can take (per_receiver when nothing), what its
 * endpoint wants, one when it is being probed, none while it is paused; less what is under way, leases of dead dispatchers left out.
 */
const ROOMS = `
CREATE FUNCTION webhook_dispatch.rooms(wanted text[], per_receiver int, probing_from int, learnt text[], limits int[],
    at_time timestamptz, alive_until timestamptz)
  RETURNS TABLE (receiver text, room int) LANGUAGE sql STABLE AS $$
  SELECT w.receiver, CASE WHEN h.paused_until > at_time THEN 0 ELSE greatest(0,
      CASE WHEN h.consecutive_failures >= probing_from THEN 1
        ELSE least(coalesce(limits[array_position(learnt, w.receiver)], per_receiver), own.concurrency_max) END
      - (SELECT count(*)::int FROM webhook_dispatch.schedule b
         WHERE b.receiver = w.receiver AND b.lease_id IS NOT NULL AND b.due_at > alive_until)) END
  FROM unnest(wanted) AS w (receiver)
  LEFT JOIN webhook_dispatch.receivers h ON h.id = w.receiver
  LEFT JOIN webhook_dispatch.endpoints own ON own.id = substring(w.receiver FROM '^endpoint:(.*)$')::uuid
$$`;

/** Makes the first unfinished delivery of each line (a payment at a receiver) due, unless it is already, or its endpoint is closed. */
const RELEASE_HEADS = `
CREATE FUNCTION webhook_dispatch.release_heads(receivers text[], payment_ids uuid[], at_time timestamptz) RETURNS bigint
  LANGUAGE plpgsql ${PLANNED_ONCE} AS $$
DECLARE
  released bigint;
BEGIN
  UPDATE webhook_dispatch.schedule s
  SET due_at = greatest(at_time, s.held_due_at), is_ready = coalesce(s.held_due_at <= at_time, true), held_due_at = NULL
  FROM (SELECT DISTINCT ON (o.payment_id, o.receiver) o.delivery_id
        FROM (SELECT DISTINCT unnest(receivers) AS receiver, unnest(payment_ids) AS payment_id) line
        JOIN webhook_dispatch.schedule o ON o.receiver = line.receiver AND o.payment_id = line.payment_id
        ORDER BY o.payment_id, o.receiver, o.sequence) head
  WHERE s.delivery_id = head.delivery_id AND s.due_at IS NULL
    AND (s.endpoint_id IS NULL OR EXISTS (SELECT 1 FROM webhook_dispatch.endpoints e
                                          WHERE e.id = s.endpoint_id AND e.url IS NOT NULL AND e.status = 'active'));
  GET DIAGNOSTICS released = ROW_COUNT;
  RETURN released;
END $$`;

/** At endpoints of latest_wins, a delivery that has failed makes room for a newer one of its payment, and is never sent after it. */
const SUPERSEDE_FAILED = `
CREATE FUNCTION webhook_dispatch.supersede_failed(receivers text[], payment_ids uuid[], outcomes text[]) RETURNS void
  LANGUAGE plpgsql ${PLANNED_ONCE} AS $$
BEGIN
  WITH superseded AS (
    DELETE FROM webhook_dispatch.schedule s
    USING (SELECT DISTINCT unnest(receivers) AS receiver, unnest(payment_ids) AS payment_id) line, webhook_dispatch.endpoints e
    WHERE s.receiver = line.receiver AND s.payment_id = line.payment_id AND s.attempts_made > 0 AND s.lease_id IS NULL
      AND e.id = s.endpoint_id AND e.delivery_order = 'latest_wins'
      AND EXISTS (SELECT 1 FROM webhook_dispatch.schedule newer
                  WHERE newer.receiver = s.receiver AND newer.payment_id = s.payment_id AND newer.sequence > s.sequence
                    AND (newer.event = ANY(outcomes) OR NOT s.event = ANY(outcomes)))
    RETURNING s.delivery_id
  )
  UPDATE webhook_dispatch.deliveries d SET status = 'superseded' FROM superseded WHERE d.id = superseded.delivery_id;
END $$`;

/**
 * Leases what is due, from receiver to receiver (one index probe each, however long a receiver's queue), and of each only as much as it has
 * room for: a receiver with a hundred thousand overdue deliveries costs the others nothing, and those with nothing due are not visited.
 * Begins behind after_receiver, so that with more work than slots every receiver has its turn.
 * SKIP LOCKED lets several dispatchers claim at once; a row that another took in between is not ready any more when it is read again.
 * Of an endpoint that was disabled because it fails only the delivery it is tried with is due; the others are held.
 * The check for an earlier unfinished delivery is the order per payment, also for one that was asked for again.
 * A last row without a delivery says that there is more, which had no room.
 */
const CLAIM_DUE = `
CREATE FUNCTION webhook_dispatch.claim_due(after_receiver text, at_time timestamptz, lease uuid, lease_end timestamptz, slots int,
    per_receiver int, probing_from int, learnt text[], limits int[], alive_until timestamptz)
  RETURNS TABLE (delivery_id uuid, merchant_id text, livemode boolean, dialect text, receiver text, endpoint_id uuid, callback_url text,
    url text, headers jsonb, signer text, sealed bytea, previous_sealed bytea, payment_id uuid, event text, event_id uuid,
    correlation_id text, body bytea, attempts_made int)
  LANGUAGE plpgsql ${PLANNED_ONCE} AS $$
#variable_conflict use_column
DECLARE
  from_receiver text := after_receiver;
  up_to_receiver text;
  taken uuid[] := '{}';
  more uuid[];
BEGIN
  WITH come AS (
    SELECT s.delivery_id FROM webhook_dispatch.schedule s WHERE s.due_at IS NOT NULL AND NOT s.is_ready AND s.due_at <= at_time
    ORDER BY s.due_at LIMIT 1000 FOR UPDATE SKIP LOCKED
  ) UPDATE webhook_dispatch.schedule s SET is_ready = true FROM come WHERE s.delivery_id = come.delivery_id;

  LOOP
    WITH RECURSIVE receiver_list AS (
      (SELECT s.receiver FROM webhook_dispatch.schedule s WHERE s.is_ready AND s.receiver > from_receiver ORDER BY s.receiver LIMIT 1)
      UNION ALL
      SELECT (SELECT s.receiver FROM webhook_dispatch.schedule s WHERE s.is_ready AND s.receiver > l.receiver ORDER BY s.receiver LIMIT 1)
      FROM receiver_list l WHERE l.receiver IS NOT NULL AND (up_to_receiver IS NULL OR l.receiver < up_to_receiver)
    ), picked AS (
      SELECT due.delivery_id FROM receiver_list l
      CROSS JOIN LATERAL webhook_dispatch.rooms(ARRAY[l.receiver], per_receiver, probing_from, learnt, limits, at_time, alive_until) free
      CROSS JOIN LATERAL (
        SELECT s.delivery_id FROM webhook_dispatch.schedule s
        LEFT JOIN webhook_dispatch.endpoints e ON e.id = s.endpoint_id
        WHERE s.receiver = l.receiver AND s.is_ready
          AND (s.endpoint_id IS NULL OR (e.url IS NOT NULL AND (e.status = 'active' OR e.disabled_reason = 'failing')))
          AND NOT EXISTS (SELECT 1 FROM webhook_dispatch.schedule earlier
                          WHERE earlier.receiver = s.receiver AND earlier.payment_id = s.payment_id AND earlier.sequence < s.sequence)
        ORDER BY s.due_at LIMIT free.room FOR UPDATE OF s SKIP LOCKED
      ) due
      WHERE l.receiver IS NOT NULL AND (up_to_receiver IS NULL OR l.receiver <= up_to_receiver) AND free.room > 0
      LIMIT slots - cardinality(taken)
    ), leased AS (
      UPDATE webhook_dispatch.schedule s SET lease_id = lease, due_at = lease_end, is_ready = false
      FROM picked WHERE s.delivery_id = picked.delivery_id RETURNING s.delivery_id
    ) SELECT array_agg(delivery_id) INTO more FROM leased;
    taken := taken || coalesce(more, '{}');
    EXIT WHEN from_receiver = '' OR cardinality(taken) >= slots;
    up_to_receiver := from_receiver;
    from_receiver := '';
  END LOOP;

  RETURN QUERY
  SELECT d.id, d.merchant_id, d.livemode, ev.dialect, d.receiver, d.endpoint_id, ev.callback_url, e.url, e.headers, sig.signer, sig.sealed,
    CASE WHEN sig.previous_until > at_time THEN sig.previous_sealed END, d.payment_id, d.event, d.event_id, ev.correlation_id, ev.body,
    s.attempts_made
  FROM webhook_dispatch.schedule s
  JOIN webhook_dispatch.deliveries d ON d.id = s.delivery_id
  JOIN webhook_dispatch.events ev ON ev.id = d.event_id
  LEFT JOIN webhook_dispatch.endpoints e ON e.id = d.endpoint_id
  LEFT JOIN webhook_dispatch.signing_secrets sig ON sig.signer = webhook_dispatch.signer_of(d.endpoint_id, d.merchant_id, d.livemode)
  WHERE s.delivery_id = ANY(taken);
  IF EXISTS (SELECT 1 FROM webhook_dispatch.schedule s WHERE s.is_ready) THEN
    RETURN NEXT;
  END IF;
END $$`;

/**
 * Writes down attempts that were delivered, and all that follows from them: the attempts, the ends of their deliveries, the next one of each
 * line. What another dispatcher has taken over by now is left to it. Gives whether each was still the caller's, and how many others became
 * due. No row at all: one of the receivers has failed lately, and its health has to be judged first.
 * Locks in one order everywhere: endpoints, deliveries by (payment, sequence, receiver).
 */
const FINISH_DELIVERED = `
CREATE FUNCTION webhook_dispatch.finish_delivered(delivery_ids uuid[], lease_ids uuid[], receivers text[], payment_ids uuid[], ats timestamptz[],
    urls text[], statuses int[], durations int[], sent_headers json[], answers bytea[], at_time timestamptz, is_judged boolean)
  RETURNS TABLE (delivery_id uuid, is_finished boolean, released bigint)
  LANGUAGE plpgsql ${PLANNED_ONCE} AS $$
#variable_conflict use_column
DECLARE
  endpoint_ids uuid[];
  finished uuid[];
  heads bigint;
BEGIN
  IF NOT is_judged THEN
    SELECT array_agg(DISTINCT substring(r FROM '^endpoint:(.*)$')::uuid) INTO endpoint_ids FROM unnest(receivers) r WHERE r LIKE 'endpoint:%';
    PERFORM 1 FROM webhook_dispatch.endpoints e WHERE e.id = ANY(endpoint_ids) ORDER BY e.id FOR SHARE;
    IF EXISTS (SELECT 1 FROM webhook_dispatch.receivers r WHERE r.id = ANY(receivers))
      OR EXISTS (SELECT 1 FROM webhook_dispatch.endpoint_failures f WHERE f.endpoint_id = ANY(endpoint_ids)) THEN
      RETURN;
    END IF;
  END IF;

  WITH held AS (
    SELECT s.delivery_id FROM webhook_dispatch.schedule s
    JOIN (SELECT unnest(delivery_ids) AS delivery_id, unnest(lease_ids) AS lease_id) mine
      ON s.delivery_id = mine.delivery_id AND s.lease_id = mine.lease_id
    ORDER BY s.payment_id, s.sequence, s.receiver FOR UPDATE OF s
  ), ended AS (
    DELETE FROM webhook_dispatch.schedule s USING held WHERE s.delivery_id = held.delivery_id RETURNING s.delivery_id
  ) SELECT array_agg(delivery_id) INTO finished FROM ended;

  INSERT INTO webhook_dispatch.attempts (delivery_id, at, url, http_status, duration_ms, request_headers, answer)
  SELECT unnest(delivery_ids), unnest(ats), unnest(urls), unnest(statuses), unnest(durations), unnest(sent_headers)::jsonb, unnest(answers);
  UPDATE webhook_dispatch.deliveries d SET status = 'delivered' WHERE d.id = ANY(finished);
  heads := webhook_dispatch.release_heads(receivers, payment_ids, at_time);
  RETURN QUERY SELECT a.delivery_id, coalesce(a.delivery_id = ANY(finished), false), heads FROM unnest(delivery_ids) AS a (delivery_id);
END $$`;
