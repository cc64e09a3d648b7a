import type { MigrationInterface, QueryRunner } from 'typeorm';

function down(): Promise<void> {
  throw new Error('migrations go forward only');
}

/**
 * What people look payments up by, of both contracts, and what the counted payments come to. Columns that the
 * projection writes are first made from the snapshots, in one rewriting of the table.
 */
export class PaymentFinding1763750000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const texts = {
      source: 'source',
      method: 'method',
      provider: 'provider',
      wallet_number: 'walletNumber',
      trx_id: 'trxId',
      sender_number: 'senderNumber',
    };
    const columns = [
      `amount_minor bigint GENERATED ALWAYS AS ((snapshot ->> 'amountMinor')::bigint) STORED`,
      ...Object.entries(texts).map(
        ([column, field]) => `${column} text GENERATED ALWAYS AS (snapshot ->> '${field}') STORED`,
      ),
    ];
    await runner.query(`ALTER TABLE gateway.payments_v1 ${columns.map((column) => `ADD COLUMN ${column}`).join(', ')}`);
    const names = ['amount_minor', ...Object.keys(texts)];
    await runner.query(
      `ALTER TABLE gateway.payments_v1 ${names.map((name) => `ALTER COLUMN ${name} DROP EXPRESSION`).join(', ')}`,
    );
    await runner.query(
      `UPDATE gateway.payments_v1 SET customer_id = snapshot ->> 'customerId'
        WHERE dialect = 'fastaar' AND snapshot ->> 'customerId' IS NOT NULL`,
    );
    await runner.query('ALTER TABLE gateway.payment_counts_v1 ADD COLUMN amount_minor bigint NOT NULL DEFAULT 0');
    await runner.query(`
      UPDATE gateway.payment_counts_v1 c SET amount_minor = p.amount_minor FROM (
        SELECT merchant_id, livemode, dialect, s.slot_minutes, status, s.slot, sum(amount_minor) AS amount_minor
          FROM gateway.payments_v1 CROSS JOIN LATERAL
               (VALUES (1440::smallint, minute / 1440), (1::smallint, minute)) AS s(slot_minutes, slot)
         GROUP BY 1, 2, 3, 4, 5, 6) p
       WHERE (c.merchant_id, c.livemode, c.dialect, c.slot_minutes, c.status, c.slot)
           = (p.merchant_id, p.livemode, p.dialect, p.slot_minutes, p.status, p.slot)`);
  }

  down = down;
}

const KEY = 'gateway.payments_v1 (merchant_id, livemode';

export class PaymentsByTrxId1763750000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX payments_v1_trx_id ON ${KEY}, trx_id, id) WHERE trx_id IS NOT NULL`);
  }

  down = down;
}

export class PaymentsBySender1763750000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX payments_v1_sender ON ${KEY}, sender_number, id) WHERE sender_number IS NOT NULL`);
  }

  down = down;
}

export class PaymentsByAmount1763750000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX payments_v1_amount ON ${KEY}, amount_minor, id)`);
  }

  down = down;
}

/** Takes the place of the index that held contract B's customers alone. */
export class PaymentsByCustomer1763750000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX payments_v1_customer ON ${KEY}, customer_id, id) WHERE customer_id IS NOT NULL`);
    await runner.query('DROP INDEX gateway.payments_v1_b_customer');
  }

  down = down;
}

/** Most payments are wallets' and made over the API: the others are rare enough to be found. */
export class PaymentsBySource1763750000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX payments_v1_source ON ${KEY}, source, id) WHERE source <> 'api'`);
  }

  down = down;
}

export class PaymentsByMethod1763750000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX payments_v1_method ON ${KEY}, method, id) WHERE method <> 'wallet'`);
  }

  down = down;
}

/** Refunds of a shop in the order of time. */
export class RefundsByTime1763750000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX payment_refunds_v1_newest ON gateway.payment_refunds_v1 (merchant_id, livemode, created_at, payment_id, version)',
    );
  }

  down = down;
}

export const paymentFindingMigrations = [
  PaymentFinding1763750000001,
  PaymentsByTrxId1763750000002,
  PaymentsBySender1763750000003,
  PaymentsByAmount1763750000004,
  PaymentsByCustomer1763750000005,
  PaymentsBySource1763750000006,
  PaymentsByMethod1763750000007,
  RefundsByTime1763750000008,
];
