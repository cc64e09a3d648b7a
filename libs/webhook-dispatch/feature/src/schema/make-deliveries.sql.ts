import { PLANNED_ONCE } from './planned-once.sql.js';

/**
 * Keeps events that are new, with a delivery for each that is to hear of them; facts that came before make nothing: the
 * event's id is the inbox. Each line's first delivery is due at once, and leased to the caller as far as it has slots
 * and its receiver has room and no queue. Each step sees what others have committed until then, so the locks before it
 * count:
 * - the owner's: positions of events appear in their order, so that a reader that goes on from the last one it saw
 * misses none;
 * - endpoints: one that is set or closed at this moment must not miss these deliveries;
 * - the unfinished deliveries of the same lines, in one order for everybody: without it a new one could be put behind
 * one that is being
 *   finished at this moment, and nobody would ever release it.
 */
export const MAKE_DELIVERIES = `
CREATE FUNCTION webhook_dispatch.make_deliveries(
    event_ids uuid[], merchant_ids text[], livemodes boolean[], dialects text[], events text[], families text[],
      payment_ids uuid[],
    sequences int[], callback_urls text[], callback_receivers text[], correlation_ids text[], bodies bytea[],
      occurred_ats timestamptz[],
    delivery_ids uuid[], outcomes text[], at_time timestamptz, lease uuid, lease_end timestamptz, slots int,
      per_receiver int,
    probing_from int, learnt text[], limits int[], alive_until timestamptz)
  RETURNS TABLE (delivery_id uuid, event_id uuid, receiver text, endpoint_id uuid, url text, headers jsonb, signer text,
    sealed bytea,
    previous_sealed bytea, is_due boolean, is_leased boolean)
  LANGUAGE plpgsql ${PLANNED_ONCE} AS $$
#variable_conflict use_column
DECLARE
  fresh uuid[];
  made uuid[];
  lines_receivers text[];
  lines_payments uuid[];
  is_behind boolean;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('webhook-events:' || o.owner, 0))
  FROM (SELECT DISTINCT f.merchant_id || ':' || CASE WHEN f.livemode THEN 'live' ELSE 'test' END AS owner
        FROM (SELECT unnest(merchant_ids) AS merchant_id, unnest(livemodes) AS livemode) f ORDER BY 1) o;

  WITH kept AS (
    INSERT INTO webhook_dispatch.events (id, merchant_id, livemode, dialect, event, payment_id, sequence, callback_url,
      correlation_id, body,
      occurred_at, recorded_at)
    SELECT unnest(event_ids), unnest(merchant_ids), unnest(livemodes), unnest(dialects), unnest(events),
      unnest(payment_ids),
      unnest(sequences), unnest(callback_urls), unnest(correlation_ids), unnest(bodies), unnest(occurred_ats), at_time
    ON CONFLICT (id) DO NOTHING RETURNING id
  ) SELECT array_agg(id) INTO fresh FROM kept;
  IF fresh IS NULL THEN RETURN; END IF;

  PERFORM 1 FROM webhook_dispatch.endpoints e
  WHERE (e.merchant_id, e.livemode) IN (SELECT DISTINCT unnest(merchant_ids), unnest(livemodes))
    AND e.status <> 'removed'
  ORDER BY e.id FOR SHARE;

  WITH facts AS (
    -- The same fact twice in one batch is one.
    SELECT DISTINCT ON (f.event_id) f.* FROM (
      SELECT unnest(event_ids) AS event_id, unnest(merchant_ids) AS merchant_id, unnest(livemodes) AS livemode,
        unnest(events) AS event,
        unnest(families) AS family, unnest(payment_ids) AS payment_id, unnest(sequences) AS sequence,
        unnest(callback_receivers) AS callback_receiver, unnest(delivery_ids) AS delivery_id,
          generate_subscripts(event_ids, 1) AS place
    ) f WHERE f.event_id = ANY(fresh) ORDER BY f.event_id, f.place
  ), wanted AS (
    SELECT f.event_id AS id, f.*, NULL::uuid AS endpoint_id, f.callback_receiver AS receiver
    FROM facts f WHERE f.callback_receiver IS NOT NULL
    UNION ALL
    -- Ids that sort as their events do, each endpoint's with a last part of its own.
    SELECT overlay(f.delivery_id::text PLACING lpad(to_hex(row_number() OVER (PARTITION BY f.event_id
      ORDER BY e.id)), 4, '0') FROM 33)::uuid,
      f.*, e.id, 'endpoint:' || e.id
    FROM facts f JOIN webhook_dispatch.endpoints e ON e.merchant_id = f.merchant_id AND e.livemode = f.livemode
    WHERE f.callback_receiver IS NULL AND e.status <> 'removed' AND e.url IS NOT NULL
      AND e.events && ARRAY[f.event, f.family]
  ), inserted AS (
    INSERT INTO webhook_dispatch.deliveries
      (id, merchant_id, livemode, endpoint_id, receiver, payment_id, event, event_id, sequence, created_at)
    SELECT w.id, w.merchant_id, w.livemode, w.endpoint_id, w.receiver, w.payment_id, w.event, w.event_id, w.sequence,
      at_time
    FROM wanted w ORDER BY w.place, w.id
    ON CONFLICT ON CONSTRAINT deliveries_once_per_event DO NOTHING RETURNING id, receiver, payment_id
  ) SELECT array_agg(id), array_agg(receiver), array_agg(payment_id) INTO made, lines_receivers, lines_payments
    FROM inserted;
  IF made IS NULL THEN RETURN; END IF;

  PERFORM 1 FROM webhook_dispatch.schedule s
  JOIN (SELECT DISTINCT unnest(lines_receivers) AS receiver, unnest(lines_payments) AS payment_id) line
    ON s.receiver = line.receiver AND s.payment_id = line.payment_id
  ORDER BY s.payment_id, s.sequence, s.receiver FOR UPDATE OF s;

  WITH fresh_ones AS (
    SELECT d.id, d.receiver, d.endpoint_id, d.payment_id, d.sequence, d.event,
      row_number() OVER (PARTITION BY d.receiver, d.payment_id ORDER BY d.sequence, d.id) = 1
        AND NOT EXISTS (SELECT 1 FROM webhook_dispatch.schedule s WHERE s.receiver = d.receiver
          AND s.payment_id = d.payment_id) AS is_first,
      d.endpoint_id IS NULL OR (e.url IS NOT NULL AND e.status = 'active') AS is_open
    FROM webhook_dispatch.deliveries d LEFT JOIN webhook_dispatch.endpoints e ON e.id = d.endpoint_id
      WHERE d.id = ANY(made)
  ), rooms AS (
    SELECT r.receiver,
      CASE WHEN EXISTS (SELECT 1 FROM webhook_dispatch.schedule q WHERE q.receiver = r.receiver AND q.is_ready) THEN 0
        ELSE r.room END AS room
    FROM webhook_dispatch.rooms(ARRAY(SELECT DISTINCT f.receiver FROM fresh_ones f WHERE f.is_first AND f.is_open),
      per_receiver, probing_from, learnt, limits, at_time, alive_until) r
  ), roomy AS (
    SELECT f.id, row_number() OVER (PARTITION BY f.receiver ORDER BY f.id) <= r.room AS has_room
    FROM fresh_ones f JOIN rooms r ON r.receiver = f.receiver WHERE f.is_first AND f.is_open
  ), slotted AS (
    SELECT o.id FROM roomy o WHERE o.has_room ORDER BY o.id LIMIT slots
  ), planned AS (
    SELECT f.*, f.is_first AND f.is_open AS is_due, t.id IS NOT NULL AS is_taken FROM fresh_ones f LEFT JOIN slotted t
      ON t.id = f.id
  ), scheduled AS (
    INSERT INTO webhook_dispatch.schedule (delivery_id, receiver, endpoint_id, payment_id, sequence, event, due_at,
      is_ready, lease_id)
    SELECT p.id, p.receiver, p.endpoint_id, p.payment_id, p.sequence, p.event,
      CASE WHEN p.is_taken THEN lease_end WHEN p.is_due THEN at_time END, p.is_due AND NOT p.is_taken, CASE
        WHEN p.is_taken THEN lease END
    FROM planned p RETURNING due_at
  ) SELECT bool_or(due_at IS NULL) INTO is_behind FROM scheduled;

  -- What was put behind another may be its line's first: that other has ended or failed meanwhile, and is superseded by it.
  IF is_behind THEN
    PERFORM webhook_dispatch.supersede_failed(lines_receivers, lines_payments, outcomes);
    PERFORM webhook_dispatch.release_heads(lines_receivers, lines_payments, at_time);
  END IF;

  RETURN QUERY
  SELECT d.id, d.event_id, d.receiver, d.endpoint_id, e.url, e.headers, sig.signer, sig.sealed,
    CASE WHEN sig.previous_until > at_time THEN sig.previous_sealed END, coalesce(s.is_ready, false),
      s.lease_id IS NOT NULL
  FROM webhook_dispatch.deliveries d
  JOIN webhook_dispatch.schedule s ON s.delivery_id = d.id
  LEFT JOIN webhook_dispatch.endpoints e ON e.id = d.endpoint_id
  LEFT JOIN webhook_dispatch.signing_secrets sig
    ON sig.signer = webhook_dispatch.signer_of(d.endpoint_id, d.merchant_id, d.livemode)
  WHERE d.id = ANY(made);
END $$`;
