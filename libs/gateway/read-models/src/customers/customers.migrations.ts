import type { MigrationInterface, QueryRunner } from 'typeorm';
import { fillPayersSql } from './payers.sql.js';

function down(): Promise<void> {
  throw new Error('migrations go forward only');
}

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

  down = down;
}

/** Whom contract B's payments name, as the newest of them does; contract A's customers found by time and name. */
export class Payers1763770000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE gateway.payers_v1 (
        id uuid PRIMARY KEY,
        merchant_id uuid NOT NULL,
        livemode boolean NOT NULL,
        reference text NOT NULL,
        name text,
        email text,
        told_by uuid NOT NULL,
        created_at timestamptz NOT NULL
      )`);
    await runner.query(fillPayersSql('gateway.payments_v1'));
  }

  down = down;
}

const indexes: readonly (readonly [name: string, on: string])[] = [
  ['payers_v1_newest', 'payers_v1 (merchant_id, livemode, created_at, id)'],
  ['payers_v1_name', 'payers_v1 (merchant_id, livemode, lower(name) text_pattern_ops)'],
  ['payers_v1_email', 'payers_v1 (merchant_id, livemode, email)'],
  ['customers_newest', 'customers (merchant_id, livemode, created_at, id)'],
  ['customers_name', 'customers (merchant_id, livemode, lower(name) text_pattern_ops)'],
];

/** Each index is built alone. */
const indexMigrations = indexes.map(([name, on], index) => {
  const className = `CustomersFound176377000000${index + 2}`;
  return {
    [className]: class implements MigrationInterface {
      readonly name = className;

      async up(runner: QueryRunner): Promise<void> {
        await runner.query(`CREATE INDEX ${name} ON gateway.${on}`);
      }

      down = down;
    },
  }[className]!;
});

export const customerMigrations = [Customers1763683000020, Payers1763770000001, ...indexMigrations];
