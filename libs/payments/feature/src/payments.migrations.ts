import { eventStoreMigrationSql } from '@paymatch/platform-event-store';
import { parkedMessagesMigrationSql, parkedReplayMigrationSql } from '@paymatch/platform-messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export const paymentsSchema = 'payments';

class CreateEventStore1763600000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(eventStoreMigrationSql(paymentsSchema));
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

class CreateExpirySchedule1763600000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE payments.expiry_schedule (
        payment_id uuid PRIMARY KEY,
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX expiry_schedule_expires_at ON payments.expiry_schedule (expires_at);
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

class CreateParkedMessages1763600000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(parkedMessagesMigrationSql(paymentsSchema));
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

/** Refunds are numbered over all payments, merchants and modes. */
class NumberRefunds1763720000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SEQUENCE payments.refund_numbers AS bigint');
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

class ParkedReplay1763720000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(parkedReplayMigrationSql(paymentsSchema));
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

/** Whom a payment names can be taken out of its facts; in any other transaction they are final as before. */
class ErasablePersonalData1763780000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION payments.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' AND current_setting('paymatch.erasing', true) = 'on' THEN
          RETURN NULL;
        END IF;
        RAISE EXCEPTION 'events are never changed or removed';
      END $$;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

export const paymentsMigrations = [
  CreateEventStore1763600000001,
  CreateExpirySchedule1763600000002,
  CreateParkedMessages1763600000003,
  NumberRefunds1763720000010,
  ParkedReplay1763720000001,
  ErasablePersonalData1763780000001,
];
