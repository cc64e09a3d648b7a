import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an operator sells to merchants, and until when each of them has it. */
export class Plans1763720000023 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE gateway.plans (
        id text PRIMARY KEY CHECK (id ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
        price text,
        payments_per_month integer CHECK (payments_per_month > 0),
        wallets_max integer CHECK (wallets_max > 0),
        phones_max integer CHECK (phones_max > 0)
      )`);
    await runner.query(`
      CREATE TABLE gateway.subscriptions (
        merchant_id uuid PRIMARY KEY REFERENCES gateway.merchants (id),
        plan_id text NOT NULL REFERENCES gateway.plans (id),
        active_until timestamptz NOT NULL
      )`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
