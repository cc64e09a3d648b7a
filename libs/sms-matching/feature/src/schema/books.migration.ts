import type { MigrationInterface, QueryRunner } from 'typeorm';

function down(): Promise<void> {
  throw new Error('migrations go forward only');
}

/** People read the money that arrived by its time. */
export class CreditsByTime1763750000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX credits_received ON sms_matching.credits (merchant_id, livemode, received_at, credit_id)',
    );
  }

  down = down;
}

/** And the messages by theirs. */
export class MessagesByTime1763750000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX raw_messages_arrived ON sms_matching.raw_messages (merchant_id, livemode, arrived_at, raw_id)',
    );
  }

  down = down;
}

/** Whoever runs the installation reads what no template knows, of all merchants. */
export class UnknownByTime1763770000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX raw_messages_unknown_newest ON sms_matching.raw_messages (raw_id) WHERE is_unknown',
    );
  }

  down = down;
}
