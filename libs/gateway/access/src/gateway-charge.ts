import { parseMinor, type PaymentCharge } from '@paymatch/contracts';

/** What a merchant adds to each order: a sum in the payment's currency, or a share of the order. */
export type ChargeSetting = Pick<PaymentCharge, 'type' | 'value'>;

const PERCENT_MAX_HUNDREDTHS = 10_000;
const FIXED_MAX_MINOR = 999_999_999;

/** Whether it can be set: two decimals at most, more than nothing, and no share above the whole order. */
export function isChargeSetting(value: unknown): value is ChargeSetting {
  const { type, value: text, ...rest } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const hundredths = typeof text === 'string' ? parseMinor(text) : undefined;
  if (hundredths === undefined || hundredths <= 0 || Object.keys(rest).length > 0) return false;
  return (
    (type === 'fixed' && hundredths <= FIXED_MAX_MINOR) || (type === 'percent' && hundredths <= PERCENT_MAX_HUNDREDTHS)
  );
}

/** The charge on an order; a share is rounded half up. */
export function chargeOn(orderMinor: number, setting: ChargeSetting | null): PaymentCharge | null {
  if (setting === null) return null;
  const hundredths = parseMinor(setting.value);
  if (hundredths === undefined) throw new Error(`the charge ${setting.value} was set and is no amount`);
  const amountMinor =
    setting.type === 'fixed' ? hundredths : Number((BigInt(orderMinor) * BigInt(hundredths) + 5_000n) / 10_000n);
  return { ...setting, amountMinor };
}
