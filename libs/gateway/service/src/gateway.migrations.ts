import { parkedMessagesMigrationSql, parkedReplayMigrationSql } from '@paymatch/platform-messaging';
import { DemoMerchants1763720000020 } from './demo-merchants.store.js';
import type { MigrationInterface, QueryRunner } from 'typeorm';

class CreateParkedMessages1763600000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(parkedMessagesMigrationSql('gateway'));
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

class ParkedReplay1763720000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(parkedReplayMigrationSql('gateway'));
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

/** Tables of the gateway that belong to none of its faces. */
export const gatewayMigrations = [
  CreateParkedMessages1763600000010,
  ParkedReplay1763720000001,
  DemoMerchants1763720000020,
];
