import { parkedMessagesMigrationSql } from '@paymatch/platform-messaging';
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

/** Tables of the gateway that belong to none of its faces. */
export const gatewayMigrations = [CreateParkedMessages1763600000010, DemoMerchants1763720000020];
