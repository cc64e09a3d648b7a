import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Payments as lists and pages see them, how many there are, and their refunds. Nothing here is a source: all of it can be rebuilt
 * from `payments.events`.
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
    await runner.query('CREATE INDEX payments_v1_status ON gateway.payments_v1 (merchant_id, livemode, status, id) INCLUDE (expires_at)');
    await runner.query('CREATE INDEX payments_v1_invoice ON gateway.payments_v1 (merchant_id, livemode, invoice_id, id) WHERE invoice_id IS NOT NULL');
    await runner.query(`CREATE INDEX payments_v1_overdue ON gateway.payments_v1 (merchant_id, livemode, expires_at) INCLUDE (minute) WHERE status = 'pending'`);
    // Slots of a day (1440 minutes) give totals and the day a page begins in; slots of one minute the place inside a busy day.
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

export const readModelMigrations = [PaymentsReadModel1763683000010];
