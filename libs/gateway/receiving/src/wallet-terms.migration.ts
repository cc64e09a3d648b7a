import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose account a wallet is, and what its provider lets come to it: none set means nothing is known. */
export class WalletTerms1795315200001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE gateway.wallets
        ADD COLUMN account_name text,
        ADD COLUMN payment_min_minor bigint,
        ADD COLUMN payment_max_minor bigint,
        ADD COLUMN day_max_minor bigint,
        ADD COLUMN month_max_minor bigint`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
