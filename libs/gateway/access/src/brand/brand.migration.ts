import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How a shop shows itself at the checkout, in each mode: who has no row has said nothing. */
export class Brands1763760000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE gateway.brands (
        merchant_id uuid NOT NULL REFERENCES gateway.merchants (id),
        livemode boolean NOT NULL,
        colour text CHECK (colour ~ '^#[0-9a-f]{6}$'),
        support_phone text,
        whatsapp text,
        support_email text,
        account_holder text,
        default_language text CHECK (default_language IN ('en', 'bn', 'pt')),
        logo_name text,
        logo_type text CHECK (logo_type IN ('image/png', 'image/jpeg', 'image/webp')),
        logo_width integer,
        logo_height integer,
        logo_bytes bytea CHECK (length(logo_bytes) <= 102400),
        PRIMARY KEY (merchant_id, livemode)
      )`);
    await runner.query(`CREATE INDEX brands_logo ON gateway.brands (logo_name) WHERE logo_name IS NOT NULL`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
