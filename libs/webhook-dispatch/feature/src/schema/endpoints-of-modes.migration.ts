import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Several endpoints a merchant, each of one mode; every event kept with its body; secrets sealed, in a table of their own.
 * An endpoint there was becomes the merchant's live one with the secret it had. Beside it stands one for test events with the same URL and a
 * secret of its own, made at the next start: what signs live is unknown to a test key from then on. A receiver that gets both kinds at one URL
 * has to learn the new secret for test events. Callbacks of contract B do not say their mode; those made before count as live.
 */
export class EndpointsOfModes1763720000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await makeTables(runner);
    await moveEndpoints(runner);
    await moveDeliveries(runner);
    await runner.query('DROP TABLE webhook_dispatch.endpoints_of_merchants');
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

async function makeTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    ALTER TABLE webhook_dispatch.endpoints RENAME TO endpoints_of_merchants;

    CREATE TABLE webhook_dispatch.endpoints (
      id uuid PRIMARY KEY,
      merchant_id text NOT NULL,
      livemode boolean NOT NULL,
      url text,
      -- The URL it had before the one it has: setting the same again is no new address.
      last_url text,
      description text NOT NULL,
      events text[] NOT NULL,
      headers jsonb NOT NULL,
      delivery_order text NOT NULL CHECK (delivery_order IN ('strict', 'latest_wins')),
      concurrency_max integer CHECK (concurrency_max BETWEEN 1 AND 256),
      -- A removed one stays, for the deliveries that were made for it.
      status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'disabled', 'removed')),
      disabled_reason text,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      CHECK ((status = 'disabled') = (disabled_reason IS NOT NULL))
    );
    CREATE INDEX endpoints_of_owner ON webhook_dispatch.endpoints (merchant_id, livemode) WHERE status <> 'removed';

    CREATE TABLE webhook_dispatch.signing_secrets (
      -- endpoint:{id}, or callback:{merchant id}:{live or test}
      signer text PRIMARY KEY,
      sealed bytea,
      previous_sealed bytea,
      previous_until timestamptz,
      last_rotation_id text,
      -- From before secrets were sealed; emptied at the next start.
      clear text,
      previous_clear text
    );

    CREATE TABLE webhook_dispatch.events (
      id uuid PRIMARY KEY,
      -- Grows in the order of commits within one merchant and mode: whoever inserts holds their lock.
      pos bigint GENERATED ALWAYS AS IDENTITY,
      merchant_id text NOT NULL,
      livemode boolean NOT NULL,
      dialect text NOT NULL CHECK (dialect IN ('fastaar', 'smartfastpay')),
      event text NOT NULL,
      payment_id uuid NOT NULL,
      sequence integer NOT NULL,
      callback_url text,
      correlation_id text NOT NULL,
      body bytea,
      occurred_at timestamptz NOT NULL,
      recorded_at timestamptz NOT NULL
    );
    CREATE UNIQUE INDEX events_of_owner ON webhook_dispatch.events (merchant_id, livemode, pos);
  `);
}

async function moveEndpoints(runner: QueryRunner): Promise<void> {
  await runner.query(`
    INSERT INTO webhook_dispatch.endpoints
      (id, merchant_id, livemode, url, description, events, headers, delivery_order, status, disabled_reason, created_at, updated_at)
    SELECT gen_random_uuid(), merchant_id, livemode, url, '', events, '{}', 'strict', status, disabled_reason, updated_at, updated_at
    FROM webhook_dispatch.endpoints_of_merchants CROSS JOIN (VALUES (true), (false)) AS modes (livemode);

    INSERT INTO webhook_dispatch.signing_secrets (signer, clear, previous_clear, previous_until, last_rotation_id)
    SELECT 'endpoint:' || e.id, m.secret, m.previous_secret, m.previous_secret_until, m.last_rotation_id
    FROM webhook_dispatch.endpoints e JOIN webhook_dispatch.endpoints_of_merchants m USING (merchant_id) WHERE e.livemode;
    INSERT INTO webhook_dispatch.signing_secrets (signer, clear)
    SELECT 'callback:' || merchant_id || ':live', secret FROM webhook_dispatch.endpoints_of_merchants;
    INSERT INTO webhook_dispatch.signing_secrets (signer)
    SELECT 'endpoint:' || id FROM webhook_dispatch.endpoints WHERE NOT livemode;

    -- Learnt about addresses under their old names; it is learnt again.
    DELETE FROM webhook_dispatch.receivers;
  `);
}

/** The mode is the first word of that name in a body; as text, since a payment's metadata may hold what `json` refuses. */
async function moveDeliveries(runner: QueryRunner): Promise<void> {
  await runner.query(`
    INSERT INTO webhook_dispatch.events
      (id, merchant_id, livemode, dialect, event, payment_id, sequence, callback_url, correlation_id, body, occurred_at, recorded_at)
    SELECT DISTINCT ON (event_id) event_id::uuid, merchant_id,
      callback_url IS NOT NULL OR substring(convert_from(body, 'UTF8') FROM '"livemode":(true|false)')::boolean,
      dialect, event, payment_id, sequence, callback_url, correlation_id, body, created_at, created_at
    FROM webhook_dispatch.deliveries ORDER BY event_id, id;

    ALTER TABLE webhook_dispatch.deliveries
      ADD COLUMN livemode boolean NOT NULL DEFAULT true,
      -- NULL: a payment's own callback.
      ADD COLUMN endpoint_id uuid,
      -- When it was due before its endpoint closed.
      ADD COLUMN held_due_at timestamptz,
      ALTER COLUMN event_id TYPE uuid USING event_id::uuid,
      DROP CONSTRAINT deliveries_status_check,
      ADD CONSTRAINT deliveries_status_check CHECK (status IN ('pending', 'delivered', 'given_up', 'superseded', 'cancelled'));
    UPDATE webhook_dispatch.deliveries d SET livemode = ev.livemode FROM webhook_dispatch.events ev WHERE ev.id = d.event_id;
    UPDATE webhook_dispatch.deliveries d SET endpoint_id = e.id, receiver = 'endpoint:' || e.id
    FROM webhook_dispatch.endpoints e
    WHERE d.callback_url IS NULL AND e.merchant_id = d.merchant_id AND e.livemode = d.livemode;
    ALTER TABLE webhook_dispatch.deliveries
      ALTER COLUMN livemode DROP DEFAULT,
      DROP COLUMN dialect, DROP COLUMN callback_url, DROP COLUMN correlation_id, DROP COLUMN body;
  `);
}

/** Index builds alone. */
export class DeliveryIndexesOfModes1763720000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX webhook_dispatch.deliveries_newest;
      DROP INDEX webhook_dispatch.deliveries_waiting;
      CREATE INDEX deliveries_newest ON webhook_dispatch.deliveries (merchant_id, livemode, id);
      CREATE INDEX deliveries_of_endpoint ON webhook_dispatch.deliveries (endpoint_id, status, id);
    `);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
