import type { MigrationInterface, QueryRunner } from 'typeorm';
import { customerMigrations } from './customers/customers.migrations.js';
import { PageOpenings1795308400001 } from './openings/page-openings.migration.js';
import { paymentFindingMigrations } from './payment-finding.migrations.js';
import { paymentTotalsMigrations } from './payment-totals.migrations.js';

/**
 * Payments as lists and pages see them, how many there are, and their refunds. Nothing here is a source: all of it can
 * be rebuilt from `payments.events`.
 */
export class PaymentsReadModel1763683000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // `minute` is the id's own time, so that a range of minutes is a range of ids.
    await runner.query(`
      CREATE TABLE gateway.payments_v1 (
        id uuid PRIMARY KEY,
        merchant_id uuid NOT NULL,
        livemode boolean NOT NULL,
        version integer NOT NULL,
        status text NOT NULL,
        minute integer NOT NULL,
        invoice_id text,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        snapshot json NOT NULL
      )`);
    await runner.query('CREATE INDEX payments_v1_newest ON gateway.payments_v1 (merchant_id, livemode, id)');
    await runner.query(
      'CREATE INDEX payments_v1_status ON gateway.payments_v1 (merchant_id, livemode, status, id) INCLUDE (expires_at)',
    );
    await runner.query(
      'CREATE INDEX payments_v1_invoice ON gateway.payments_v1 (merchant_id, livemode, invoice_id, id) WHERE invoice_id IS NOT NULL',
    );
    await runner.query(
      `CREATE INDEX payments_v1_overdue ON gateway.payments_v1 (merchant_id, livemode, expires_at) INCLUDE (minute) WHERE status = 'pending'`,
    );
    // Slots of a day (1440 minutes) give totals and the day a page begins in; slots of one minute the place inside a
    // busy day.
    await runner.query(`
      CREATE TABLE gateway.payment_counts_v1 (
        merchant_id uuid NOT NULL,
        livemode boolean NOT NULL,
        slot_minutes smallint NOT NULL,
        status text NOT NULL,
        slot integer NOT NULL,
        n bigint NOT NULL,
        PRIMARY KEY (merchant_id, livemode, slot_minutes, status, slot)
      ) WITH (fillfactor = 50)`);
    await runner.query(`
      CREATE TABLE gateway.payment_refunds_v1 (
        payment_id uuid NOT NULL,
        version integer NOT NULL,
        merchant_id uuid NOT NULL,
        livemode boolean NOT NULL,
        amount_minor bigint NOT NULL,
        source text NOT NULL,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (payment_id, version)
      )`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

/**
 * What contract B's lists search and sort by, kept by PostgreSQL from the snapshot itself, so that the projection stays
 * the one writer; and the counts told apart by contract. The indexes cover contract B's payments only: contract A's
 * writes pay nothing for them.
 */
export class PaymentSearch1763683000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const asked = `COALESCE((snapshot #>> '{exchange,baseAmountMinor}')::bigint, (snapshot ->> 'amountMinor')::bigint)`;
    const amount = `(snapshot ->> 'amountMinor')::numeric`;
    // A refund is recorded in what was paid; of what was asked for, the same share is gone.
    await runner.query(`
      ALTER TABLE gateway.payments_v1
        ADD COLUMN dialect text NOT NULL GENERATED ALWAYS AS (snapshot ->> 'dialect') STORED,
        ADD COLUMN customer_id text GENERATED ALWAYS AS (snapshot ->> 'customerId') STORED,
        ADD COLUMN asked_minor bigint NOT NULL GENERATED ALWAYS AS (${asked}) STORED,
        ADD COLUMN asked_currency text NOT NULL GENERATED ALWAYS AS (COALESCE(snapshot #>> '{exchange,baseCurrency}', snapshot ->> 'currency')) STORED,
        ADD COLUMN settled_minor bigint NOT NULL GENERATED ALWAYS AS (
          CASE WHEN snapshot ->> 'status' IN ('completed', 'partially_refunded', 'refunded')
               THEN round(${asked} * (${amount} - (snapshot ->> 'refundedMinor')::numeric) / ${amount})::bigint ELSE 0 END) STORED,
        ADD COLUMN updated_at text NOT NULL GENERATED ALWAYS AS (snapshot ->> 'updatedAt') STORED`);
    // `updated_at` stays text: all are ISO 8601 UTC of one length, and reading a text as a time is nothing a generated
    // column may do.
    await runner.query(
      `CREATE INDEX payments_v1_b_customer ON gateway.payments_v1 (merchant_id, livemode, customer_id, id) WHERE dialect = 'smartfastpay'`,
    );
    await runner.query(
      `CREATE INDEX payments_v1_b_amount ON gateway.payments_v1 (merchant_id, livemode, asked_minor, id) WHERE dialect = 'smartfastpay'`,
    );
    await runner.query(
      `CREATE INDEX payments_v1_b_updated ON gateway.payments_v1 (merchant_id, livemode, updated_at, id) WHERE dialect = 'smartfastpay'`,
    );
    await runner.query(
      `CREATE INDEX payments_v1_b_settled ON gateway.payments_v1 (merchant_id, livemode, asked_currency) INCLUDE (settled_minor) WHERE dialect = 'smartfastpay' AND status IN ('completed', 'partially_refunded', 'refunded')`,
    );
    // Either contract's lists walk these; without the word in the index every step would be a look at the row.
    await runner.query('DROP INDEX gateway.payments_v1_newest');
    await runner.query(
      'CREATE INDEX payments_v1_newest ON gateway.payments_v1 (merchant_id, livemode, id) INCLUDE (dialect)',
    );
    await runner.query('DROP INDEX gateway.payments_v1_status');
    await runner.query(
      'CREATE INDEX payments_v1_status ON gateway.payments_v1 (merchant_id, livemode, status, id) INCLUDE (expires_at, dialect)',
    );
    // The counts are rebuilt from the payments, which say of which contract they are.
    await runner.query('DELETE FROM gateway.payment_counts_v1');
    await runner.query('ALTER TABLE gateway.payment_counts_v1 ADD COLUMN dialect text NOT NULL');
    await runner.query('ALTER TABLE gateway.payment_counts_v1 DROP CONSTRAINT payment_counts_v1_pkey');
    await runner.query(
      'ALTER TABLE gateway.payment_counts_v1 ADD PRIMARY KEY (merchant_id, livemode, dialect, slot_minutes, status, slot)',
    );
    await runner.query(`
      INSERT INTO gateway.payment_counts_v1 (merchant_id, livemode, dialect, slot_minutes, status, slot, n)
      SELECT merchant_id, livemode, dialect, s.slot_minutes, status, s.slot, count(*)
        FROM gateway.payments_v1 CROSS JOIN LATERAL (VALUES (1440::smallint, minute / 1440), (1::smallint, minute)) AS s(slot_minutes, slot)
       GROUP BY 1, 2, 3, 4, 5, 6`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

/**
 * The same columns written by the projection instead: reading six values out of the JSON text doubled the price of
 * every payment written, and contract A's payments need only the first.
 */
export class PaymentSearchColumns1763683000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const searched = ['asked_minor', 'asked_currency', 'settled_minor', 'updated_at'];
    const changes = [
      ...['dialect', 'customer_id', ...searched].map((column) => `ALTER COLUMN ${column} DROP EXPRESSION`),
      ...searched.map((column) => `ALTER COLUMN ${column} DROP NOT NULL`),
    ];
    await runner.query(`ALTER TABLE gateway.payments_v1 ${changes.join(', ')}`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

/**
 * Refunds carry a number of their own. Rows written before have none, and are shown the one made from their place
 * (`earlyRefundId`).
 */
export class RefundNumbers1763720000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE gateway.payment_refunds_v1 ADD COLUMN refund_id bigint');
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

export const readModelMigrations = [
  PaymentsReadModel1763683000010,
  PaymentSearch1763683000011,
  PaymentSearchColumns1763683000012,
  RefundNumbers1763720000011,
  ...paymentFindingMigrations,
  ...customerMigrations,
  ...paymentTotalsMigrations,
  PageOpenings1795308400001,
];
