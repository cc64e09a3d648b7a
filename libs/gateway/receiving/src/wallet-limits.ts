import type { Wallet, WalletLimits } from './receiving.ports.js';

/** What payments brought to one account since its day and its month began. */
export interface ReceivedByWallet {
  readonly provider: string;
  readonly number: string;
  readonly dayMinor: number;
  readonly monthMinor: number;
}

export const noLimits: WalletLimits = {
  paymentMinMinor: null,
  paymentMaxMinor: null,
  dayMaxMinor: null,
  monthMaxMinor: null,
};

/** Bangladesh has one clock, which is not put back or forward. */
const DHAKA_AHEAD_MS = 6 * 3_600_000;
/** From this share of a limit on somebody is told. */
const NEAR_PERCENT = 80;

/** When the day and the month began by which providers count. */
export function walletPeriods(nowMs: number): { readonly day: Date; readonly month: Date } {
  const local = new Date(nowMs + DHAKA_AHEAD_MS);
  const at = (day: number): Date =>
    new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), day) - DHAKA_AHEAD_MS);
  return { day: at(local.getUTCDate()), month: at(1) };
}

/** What came to that wallet, of what came to all. */
export function receivedBy(
  { provider, number }: Pick<Wallet, 'provider' | 'number'>,
  all: readonly ReceivedByWallet[],
): Pick<ReceivedByWallet, 'dayMinor' | 'monthMinor'> {
  return all.find((one) => one.provider === provider && one.number === number) ?? { dayMinor: 0, monthMinor: 0 };
}

/** Whether a payment of that amount may come to it without passing a limit. */
export function hasRoomFor(
  { limits }: Pick<Wallet, 'limits'>,
  amountMinor: number,
  { dayMinor, monthMinor }: ReturnType<typeof receivedBy>,
): boolean {
  return (
    amountMinor >= (limits.paymentMinMinor ?? 0) &&
    isWithin(limits.paymentMaxMinor, amountMinor) &&
    isWithin(limits.dayMaxMinor, dayMinor + amountMinor) &&
    isWithin(limits.monthMaxMinor, monthMinor + amountMinor)
  );
}

/** How near the day's and the month's limits are; `reached`: whatever comes next passes one. */
export function roomOf(
  { limits }: Pick<Wallet, 'limits'>,
  { dayMinor, monthMinor }: ReturnType<typeof receivedBy>,
): 'open' | 'near' | 'reached' {
  const parts = [
    [limits.dayMaxMinor, dayMinor],
    [limits.monthMaxMinor, monthMinor],
  ] as const;
  if (parts.some(([max, sum]) => max !== null && sum >= max)) return 'reached';
  return parts.some(([max, sum]) => max !== null && sum * 100 >= max * NEAR_PERCENT) ? 'near' : 'open';
}

function isWithin(max: number | null, amountMinor: number): boolean {
  return max === null || amountMinor <= max;
}
