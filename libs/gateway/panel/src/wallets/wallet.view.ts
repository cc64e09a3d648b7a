import { formatMinor } from '@paymatch/contracts';
import type { MerchantKey } from '@paymatch/gateway-access';
import { receivedBy, roomOf, walletPeriods, type ReceivedByWallet, type Wallet } from '@paymatch/gateway-receiving';
import type { PanelDesk } from '../panel-desk.js';

/** What payments brought to these wallets today and this month, as their provider counts. */
export async function receivedByWallets(
  desk: PanelDesk,
  { merchantId, livemode }: MerchantKey,
  wallets: readonly Wallet[],
): Promise<readonly ReceivedByWallet[]> {
  const numbers = [...new Set(wallets.filter(({ status }) => status === 'active').map(({ number }) => number))];
  return desk.figures.paidToWallets({ merchantId, livemode }, { numbers, ...walletPeriods(desk.clock.nowMs()) });
}

export async function renderWallets(
  desk: PanelDesk,
  shop: MerchantKey,
  wallets: readonly Wallet[],
): Promise<readonly object[]> {
  const received = await receivedByWallets(desk, shop, wallets);
  return wallets.map((wallet) => renderWallet(wallet, received));
}

/** What is said of it, without what it received. */
export function renderTerms(wallet: Wallet): object {
  const { id, livemode, provider, number, status, limits } = wallet;
  const amount = (minor: number | null): string | null => (minor === null ? null : formatMinor(minor));
  return {
    id,
    livemode,
    provider,
    number,
    account_type: wallet.accountType,
    status,
    account_name: wallet.accountName,
    payment_min: amount(limits.paymentMinMinor),
    payment_max: amount(limits.paymentMaxMinor),
    day_max: amount(limits.dayMaxMinor),
    month_max: amount(limits.monthMaxMinor),
  };
}

function renderWallet(wallet: Wallet, all: readonly ReceivedByWallet[]): object {
  const received = receivedBy(wallet, all);
  return {
    ...renderTerms(wallet),
    received_today: formatMinor(received.dayMinor),
    received_this_month: formatMinor(received.monthMinor),
    room: roomOf(wallet, received),
  };
}
