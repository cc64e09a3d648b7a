import type { PaymentSnapshot } from '@paymatch/contracts';
import { RecentAnswers } from '@paymatch/gateway-edge';
import type { PaidToWallet, PaymentFigures } from '@paymatch/gateway-read-models';
import { hasRoomFor, receivedBy, walletPeriods, type Wallet } from '@paymatch/gateway-receiving';

const KEPT_MS = 5_000;

/** Which of a shop's wallets a customer is offered. */
export class WalletOffer {
  private readonly recent = new RecentAnswers<readonly PaidToWallet[]>({ keptMs: KEPT_MS });

  constructor(private readonly figures: Pick<PaymentFigures, 'paidToWallets'>) {}

  /**
   * Those that take this amount within their limits; all of them where none does, since a limit is what its owner said,
   * and money that comes all the same is taken.
   */
  async of(payment: PaymentSnapshot, wallets: readonly Wallet[], nowMs: number): Promise<readonly Wallet[]> {
    if (wallets.length < 2) return wallets;
    const counted = wallets.filter(({ limits }) => limits.dayMaxMinor !== null || limits.monthMaxMinor !== null);
    const paid = await this.paidTo(payment, counted, nowMs);
    const offered = wallets.filter((wallet) => hasRoomFor(wallet, payment.amountMinor, receivedBy(wallet, paid)));
    return offered.length === 0 ? wallets : offered;
  }

  private async paidTo(
    { merchantId, livemode }: PaymentSnapshot,
    wallets: readonly Wallet[],
    nowMs: number,
  ): Promise<readonly PaidToWallet[]> {
    if (wallets.length === 0) return [];
    const numbers = wallets.map(({ number }) => number).sort();
    const periods = walletPeriods(nowMs);
    const question = `${merchantId} ${livemode} ${periods.day.getTime()} ${numbers.join(' ')}`;
    return this.recent.get(question, () =>
      this.figures.paidToWallets({ merchantId, livemode }, { numbers, ...periods }),
    );
  }
}
