import { buildIndexConcurrently } from '@paymatch/platform-postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Totals walk thousands of rows of one index, and take from each what it comes to and in which currency: these tell it
 * by themselves, where the rows lie far from each other. A status changes the index of statuses anyway, so that it
 * costs nothing to have it here, too.
 */
const told: readonly (readonly [className: string, name: string, rest: string])[] = [
  [
    'PaymentsToldByMethod1795307900001',
    'payments_v1_method',
    `method, id) INCLUDE (dialect, status, amount_minor) WHERE method <> 'wallet'`,
  ],
  [
    'PaymentsToldBySource1795307900002',
    'payments_v1_source',
    `source, id) INCLUDE (dialect, status, amount_minor) WHERE source <> 'api'`,
  ],
  ['PaymentsToldByAmount1795307900003', 'payments_v1_amount', 'amount_minor, id) INCLUDE (dialect, status)'],
];

/** What was paid to each account: from its index alone, which is written once for each payment that is paid. */
class PaymentsPaidToWallet1795315200002 implements MigrationInterface {
  readonly name = 'PaymentsPaidToWallet1795315200002';
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await buildIndexConcurrently(runner, {
      schema: 'gateway',
      name: 'payments_v1_paid_to',
      on: `ON gateway.payments_v1 (merchant_id, livemode, wallet_number, id) INCLUDE (provider, amount_minor)
        WHERE wallet_number IS NOT NULL AND status IN ('completed', 'partially_refunded', 'refunded')`,
    });
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

/** Each index is built alone, while others write, and then takes the place of the one that told less. */
const toldMigrations = told.map(
  ([className, name, rest]) =>
    ({
      [className]: class implements MigrationInterface {
        readonly name = className;
        readonly transaction = false;

        async up(runner: QueryRunner): Promise<void> {
          await buildIndexConcurrently(runner, {
            schema: 'gateway',
            name: `${name}_told`,
            on: `ON gateway.payments_v1 (merchant_id, livemode, ${rest}`,
          });
          await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS gateway.${name}`);
        }

        down(): Promise<void> {
          throw new Error('migrations go forward only');
        }
      },
    })[className]!,
);

export const paymentTotalsMigrations = [...toldMigrations, PaymentsPaidToWallet1795315200002];
