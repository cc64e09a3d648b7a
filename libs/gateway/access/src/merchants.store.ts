import { isUuid, newId } from '@paymatch/contracts';
import { RecentAnswers } from '@paymatch/gateway-edge';
import type { Database, Tx } from '@paymatch/platform-postgres';
import type { ChargeSetting } from './gateway-charge.js';
import type { Merchant, MerchantKey, MerchantsAdmin, MerchantSettings, RepeatedInvoiceNumber } from './access.ports.js';

const SETTING_COLUMNS = {
  name: 'name',
  expiryMinutes: 'expiry_minutes',
  amountToleranceMinor: 'amount_tolerance_minor',
  allowedOrigins: 'allowed_origins',
  returnAddresses: 'return_addresses',
  repeatedInvoiceNumber: 'repeated_invoice_number',
  gatewayCharge: 'gateway_charge',
  pixExpiryMinutes: 'pix_expiry_minutes',
  bankTransferExpiryMinutes: 'bank_transfer_expiry_minutes',
} as const satisfies Readonly<Record<keyof MerchantSettings, string>>;
const SETTINGS = Object.keys(SETTING_COLUMNS) as readonly (keyof MerchantSettings)[];

/** The columns of `gateway.merchants m` and `gateway.merchant_settings s` that make a `Merchant`. */
export const merchantColumns = `m.id AS merchant_id, m.status, ${SETTINGS.map((name) => `s.${SETTING_COLUMNS[name]}`).join(', ')}`;

export type MerchantRow = {
  merchant_id: string;
  status: Merchant['status'];
  name: string;
  expiry_minutes: number;
  amount_tolerance_minor: string | number;
  allowed_origins: string[];
  return_addresses: string[];
  repeated_invoice_number: RepeatedInvoiceNumber;
  gateway_charge: ChargeSetting | null;
  pix_expiry_minutes: number | null;
  bank_transfer_expiry_minutes: number | null;
};

const DEFAULTS: Omit<MerchantSettings, 'name'> = {
  expiryMinutes: 30,
  amountToleranceMinor: 0,
  allowedOrigins: [],
  returnAddresses: [],
  repeatedInvoiceNumber: 'conflict',
  gatewayCharge: null,
  pixExpiryMinutes: null,
  bankTransferExpiryMinutes: null,
};

const LATELY_MS = 2_000;

export class MerchantsStore implements MerchantsAdmin {
  private readonly recent = new RecentAnswers<Merchant | null>({
    keptMs: LATELY_MS,
    isKept: (found) => found !== null,
  });

  constructor(private readonly database: Database) {}

  async create(
    merchant: { readonly name: string } & Partial<MerchantSettings>,
    tx?: Tx,
  ): Promise<{ readonly id: string }> {
    const id = newId();
    const settings: MerchantSettings = { ...DEFAULTS, ...merchant };
    const columns = SETTINGS.map((name) => SETTING_COLUMNS[name]).join(', ');
    const places = SETTINGS.map((_, index) => `$${index + 2}`).join(', ');
    await (tx ?? this.database).query(
      `WITH made AS (INSERT INTO gateway.merchants (id) VALUES ($1) RETURNING id)
       INSERT INTO gateway.merchant_settings (merchant_id, livemode, ${columns})
       SELECT made.id, livemode, ${places} FROM made CROSS JOIN (VALUES (true), (false)) AS modes (livemode)`,
      [id, ...SETTINGS.map((name) => settings[name])],
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

  findLately(key: MerchantKey): Promise<Merchant | null> {
    return this.recent.get(`${key.merchantId} ${key.livemode}`, () => this.find(key));
  }

  async update(key: MerchantKey, changes: Partial<MerchantSettings>): Promise<Merchant | null> {
    if (!isUuid(key.merchantId)) return null;
    const given = SETTINGS.filter((name) => changes[name] !== undefined);
    if (given.length > 0)
      await this.database.query(
        `UPDATE gateway.merchant_settings SET
          ${given.map((name, index) => `${SETTING_COLUMNS[name]} = $${index + 3}`).join(', ')}
         WHERE merchant_id = $1 AND livemode = $2`,
        [key.merchantId, key.livemode, ...given.map((name) => changes[name])],
      );
    this.recent.forgetAll();
    return this.find(key);
  }

  async setStatus(merchantId: string, status: Merchant['status'], tx?: Tx): Promise<void> {
    await (tx ?? this.database).query('UPDATE gateway.merchants SET status = $2 WHERE id = $1', [merchantId, status]);
    this.recent.forgetAll();
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
    returnAddresses: row.return_addresses,
    repeatedInvoiceNumber: row.repeated_invoice_number,
    gatewayCharge: row.gateway_charge,
    pixExpiryMinutes: row.pix_expiry_minutes,
    bankTransferExpiryMinutes: row.bank_transfer_expiry_minutes,
  };
}
