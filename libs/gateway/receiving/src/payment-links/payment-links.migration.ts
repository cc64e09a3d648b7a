import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Addresses under which a shop sells something without a shop of its own, and the payments that came of them. */
export class PaymentLinks1763760000060 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE gateway.payment_links (
        id uuid PRIMARY KEY,
        merchant_id uuid NOT NULL REFERENCES gateway.merchants (id),
        livemode boolean NOT NULL,
        -- Of all merchants and modes; one that was removed keeps its own, so that a printed link never leads to another.
        slug text NOT NULL UNIQUE,
        status text NOT NULL CHECK (status IN ('active', 'disabled', 'removed')),
        -- NULL: the customer says how much, within the bounds.
        amount_minor bigint CHECK (amount_minor > 0),
        amount_min_minor bigint,
        amount_max_minor bigint,
        payments_max integer CHECK (payments_max > 0),
        expires_at timestamptz,
        default_language text NOT NULL,
        texts jsonb NOT NULL,
        asks_name text NOT NULL CHECK (asks_name IN ('no', 'optional', 'required')),
        asks_phone text NOT NULL CHECK (asks_phone IN ('no', 'optional', 'required')),
        success_url text,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CHECK ((amount_minor IS NULL) = (amount_min_minor IS NOT NULL AND amount_max_minor IS NOT NULL))
      )`);
    await runner.query('CREATE INDEX payment_links_newest ON gateway.payment_links (merchant_id, livemode, id)');
    await runner.query(`
      CREATE TABLE gateway.payment_link_places (
        link_id uuid NOT NULL REFERENCES gateway.payment_links (id),
        -- Of the form that was sent, and what was filled in: the same form again is the same payment.
        order_key bytea NOT NULL,
        payment_id uuid NOT NULL,
        taken_at timestamptz NOT NULL,
        PRIMARY KEY (link_id, order_key)
      )`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
