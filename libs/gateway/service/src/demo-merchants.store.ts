import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { Database } from '@paymatch/platform-postgres';

/** Which merchants the demo made: it touches no others, whatever they are called. */
export class DemoMerchants1763720000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE gateway.demo_merchants (merchant_id uuid PRIMARY KEY REFERENCES gateway.merchants (id))',
    );
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

export class DemoMerchantsStore {
  constructor(private readonly database: Database) {}

  /** The first merchant the demo made; `null` before there is one. */
  async first(): Promise<string | null> {
    const {
      rows: [row],
    } = await this.database.query<{ merchant_id: string }>(
      'SELECT merchant_id FROM gateway.demo_merchants ORDER BY merchant_id LIMIT 1',
    );
    return row?.merchant_id ?? null;
  }

  async isDemo(merchantId: string): Promise<boolean> {
    const { rows } = await this.database.query('SELECT 1 FROM gateway.demo_merchants WHERE merchant_id = $1', [
      merchantId,
    ]);
    return rows.length > 0;
  }

  async add(merchantId: string): Promise<void> {
    await this.database.query('INSERT INTO gateway.demo_merchants (merchant_id) VALUES ($1)', [merchantId]);
  }

  /** Whether somebody else's merchants are here: then this is no installation that is only tried out. */
  async hasOthers(): Promise<boolean> {
    const { rows } = await this.database.query(
      'SELECT 1 FROM gateway.merchants WHERE id NOT IN (SELECT merchant_id FROM gateway.demo_merchants) LIMIT 1',
    );
    return rows.length > 0;
  }
}
