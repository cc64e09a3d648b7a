import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TestClocks1763750000010 } from './test-clock/test-clocks.migration.js';

/** Customers as merchants write them down, numbered from 1 for each merchant and mode. */
export class Customers1763683000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE gateway.customer_numbers (
        merchant_id uuid NOT NULL,
        livemode boolean NOT NULL,
        last_id integer NOT NULL,
        PRIMARY KEY (merchant_id, livemode)
      )`);
    await runner.query(`
      CREATE TABLE gateway.customers (
        merchant_id uuid NOT NULL,
        livemode boolean NOT NULL,
        id integer NOT NULL,
        name text NOT NULL,
        phone text NOT NULL,
        email text,
        address text,
        notes text,
        operation_id uuid,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (merchant_id, livemode, id)
      )`);
    await runner.query('CREATE INDEX customers_phone ON gateway.customers (merchant_id, livemode, phone, id)');
    await runner.query(
      'CREATE INDEX customers_email ON gateway.customers (merchant_id, livemode, email, id) WHERE email IS NOT NULL',
    );
    await runner.query(
      'CREATE UNIQUE INDEX customers_operation ON gateway.customers (merchant_id, livemode, operation_id) WHERE operation_id IS NOT NULL',
    );
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

export const fastaarMigrations = [Customers1763683000020, TestClocks1763750000010];
