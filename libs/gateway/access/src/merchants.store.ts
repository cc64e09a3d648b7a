import { isUuid, newId } from '@paymatch/contracts';
import type { Database } from '@paymatch/platform-postgres';
import { MerchantRow } from './access.entities.js';
import type { Merchant, MerchantsAdmin } from './access.ports.js';

const EXPIRY_MINUTES = 30;

export class MerchantsStore implements MerchantsAdmin {
  constructor(private readonly database: Database) {}

  async create(merchant: {
    readonly name: string;
    readonly expiryMinutes?: number;
    readonly amountToleranceMinor?: number;
  }): Promise<Merchant> {
    const row: MerchantRow = {
      id: newId(),
      name: merchant.name,
      status: 'active',
      allowedOrigins: [],
      createdAt: new Date(),
      expiryMinutes: merchant.expiryMinutes ?? EXPIRY_MINUTES,
      amountToleranceMinor: merchant.amountToleranceMinor ?? 0,
    };
    await this.database.repository(MerchantRow).insert(row);
    return toMerchant(row);
  }

  async find(merchantId: string): Promise<Merchant | null> {
    if (!isUuid(merchantId)) return null;
    const row = await this.database.repository(MerchantRow).findOneBy({ id: merchantId });
    return row && toMerchant(row);
  }

  async first(): Promise<Merchant | null> {
    const [row] = await this.database.repository(MerchantRow).find({ order: { id: 'ASC' }, take: 1 });
    return row ? toMerchant(row) : null;
  }

  async update(merchantId: string, changes: Partial<Omit<Merchant, 'id'>>): Promise<Merchant | null> {
    const { allowedOrigins, ...rest } = changes;
    const columns = { ...rest, ...(allowedOrigins && { allowedOrigins: [...allowedOrigins] }) };
    if (Object.keys(columns).length > 0)
      await this.database.repository(MerchantRow).update({ id: merchantId }, columns);
    return this.find(merchantId);
  }
}

export function toMerchant(row: MerchantRow): Merchant {
  const { id, name, status, expiryMinutes, allowedOrigins } = row;
  return { id, name, status, expiryMinutes, amountToleranceMinor: Number(row.amountToleranceMinor), allowedOrigins };
}
