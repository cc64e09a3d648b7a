import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The course of each wallet, to hold new messages against. */
export class WalletMovements1763700000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sms_matching.raw_messages ADD COLUMN earlier_readings jsonb NOT NULL DEFAULT '[]';
      CREATE TABLE sms_matching.wallet_movements (
        wallet_id text NOT NULL,
        event_key text NOT NULL,
        trx_id text,
        direction text NOT NULL CHECK (direction IN ('in', 'out')),
        amount_minor bigint NOT NULL,
        fee_minor bigint,
        balance_minor bigint,
        at timestamptz NOT NULL,
        is_contradicted boolean NOT NULL,
        PRIMARY KEY (wallet_id, event_key)
      );
      CREATE INDEX wallet_movements_course ON sms_matching.wallet_movements (wallet_id, at) WHERE NOT is_contradicted;
      COMMENT ON TABLE sms_matching.wallet_movements IS 'What messages told of money moving on a wallet, once per event: the chain a forged message contradicts.';
    `);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
