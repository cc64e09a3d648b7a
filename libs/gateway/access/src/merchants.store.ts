import { isUuid, newId } from '@paymatch/contracts';
import type { Database } from '@paymatch/platform-postgres';
import type { Merchant, MerchantKey, MerchantsAdmin, MerchantSettings, RepeatedInvoiceNumber } from './access.ports.js';

const EXPIRY_MINUTES = 30;

/** The columns of `gateway.merchants m` and `gateway.merchant_settings s` that make a `Merchant`. */
export const merchantColumns =
  'm.id AS merchant_id, m.status, s.name, s.expiry_minutes, s.amount_tolerance_minor, s.allowed_origins, s.repeated_invoice_number';

export type MerchantRow = {
  merchant_id: string;
  status: Merchant['status'];
  name: string;
  expiry_minutes: number;
  amount_tolerance_minor: string | number;
  allowed_origins: string[];
  repeated_invoice_number: RepeatedInvoiceNumber;
};

export class MerchantsStore implements MerchantsAdmin {
  constructor(private readonly database: Database) {}

  async create(merchant: { readonly name: string } & Partial<MerchantSettings>): Promise<{ readonly id: string }> {
    const id = newId();
    await this.database.query(
      `WITH made AS (INSERT INTO gateway.merchants (id) VALUES ($1) RETURNING id)
       INSERT INTO gateway.merchant_settings (merchant_id, livemode, name, expiry_minutes, amount_tolerance_minor, allowed_origins, repeated_invoice_number)
       SELECT made.id, livemode, $2, $3, $4, $5, $6 FROM made CROSS JOIN (VALUES (true), (false)) AS modes (livemode)`,
      [
        id,
        merchant.name,
        merchant.expiryMinutes ?? EXPIRY_MINUTES,
        merchant.amountToleranceMinor ?? 0,
        merchant.allowedOrigins ?? [],
        merchant.repeatedInvoiceNumber ?? 'conflict',
      ],
    );
    return { id };
  }

  async find({ merchantId, livemode }: MerchantKey): Promise<Merchant | null> {
    if (!isUuid(merchantId)) return null;
    const {
      rows: [row],
    } = await this.database.query<MerchantRow>({
      name: 'merchants-find',
      text: `SELECT ${merchantColumns} FROM gateway.merchants m JOIN gateway.merchant_settings s ON s.merchant_id = m.id
             WHERE m.id = $1 AND s.livemode = $2`,
      values: [merchantId, livemode],
    });
    return row === undefined ? null : toMerchant(row);
  }

  async update(key: MerchantKey, changes: Partial<MerchantSettings>): Promise<Merchant | null> {
    if (!isUuid(key.merchantId)) return null;
    await this.database.query(
      `UPDATE gateway.merchant_settings SET name = coalesce($3, name), expiry_minutes = coalesce($4, expiry_minutes),
         amount_tolerance_minor = coalesce($5, amount_tolerance_minor), allowed_origins = coalesce($6, allowed_origins),
         repeated_invoice_number = coalesce($7, repeated_invoice_number)
       WHERE merchant_id = $1 AND livemode = $2`,
      [
        key.merchantId,
        key.livemode,
        changes.name ?? null,
        changes.expiryMinutes ?? null,
        changes.amountToleranceMinor ?? null,
        changes.allowedOrigins ?? null,
        changes.repeatedInvoiceNumber ?? null,
      ],
    );
    return this.find(key);
  }

  async setStatus(merchantId: string, status: Merchant['status']): Promise<void> {
    await this.database.query('UPDATE gateway.merchants SET status = $2 WHERE id = $1', [merchantId, status]);
  }
}

export function toMerchant(row: MerchantRow): Merchant {
  return {
    id: row.merchant_id,
    name: row.name,
    status: row.status,
    expiryMinutes: row.expiry_minutes,
    amountToleranceMinor: Number(row.amount_tolerance_minor),
    allowedOrigins: row.allowed_origins,
    repeatedInvoiceNumber: row.repeated_invoice_number,
  };
}
