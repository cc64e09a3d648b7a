import type { PaymentSnapshot, ReviewCase } from '@paymatch/contracts';
import type { PanelDesk } from './panel-desk.js';
import type { AskedPhone } from './review-case.view.js';

/**
 * The merchant's active phones that serve the wallet a missing message was to come for; `null` when the case misses
 * none.
 */
export async function phonesAsked(
  desk: PanelDesk,
  found: ReviewCase,
  payment: PaymentSnapshot | null,
): Promise<readonly AskedPhone[] | null> {
  return (found.awaitedTrxId ?? null) === null || payment === null ? null : phonesOfWallet(desk, payment);
}

/** The merchant's active phones that serve the wallet a payment was to be sent to. */
export async function phonesOfWallet(desk: PanelDesk, payment: PaymentSnapshot): Promise<readonly AskedPhone[]> {
  const { merchantId, livemode, provider, walletNumber } = payment;
  const wallets = (await desk.wallets.list(merchantId, livemode)).filter(
    (wallet) => wallet.provider === provider && wallet.number === walletNumber,
  );
  const walletIds = new Set(wallets.map(({ id }) => id));
  const phones = (await desk.devices.list(merchantId, livemode)).filter(
    ({ status, wallets: served }) => status === 'active' && served.some(({ walletId }) => walletIds.has(walletId)),
  );
  const standings = await desk.deviceAlerts.standings(phones.map(({ id }) => id));
  return phones.map(({ id, name }) => ({ id, name, lastHeardAt: standings.get(id)?.lastHeardAt ?? null }));
}
