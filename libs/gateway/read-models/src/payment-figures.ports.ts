interface Shop {
  readonly merchantId: string;
  readonly livemode: boolean;
}

/** Payments that are paid, by the hour in which they were made, counted from the beginning of what was asked for. */
export interface PaidHour {
  readonly hour: number;
  readonly currency: string;
  readonly count: number;
  readonly amountMinor: number;
}

/** Payments whose customer has said that the money is sent. */
export interface WaitingPayments {
  readonly count: number;
  readonly isExact: boolean;
  readonly oldestAt: string | null;
  /** Of these, since before the moment asked about. */
  readonly stuckCount: number;
}

/** What payments that are paid brought to one account, by the time at which they were made. */
export interface PaidToWallet {
  readonly provider: string;
  readonly number: string;
  readonly dayMinor: number;
  readonly monthMinor: number;
}

/** Injected under `PAYMENT_FIGURES`. */
export interface PaymentFigures {
  paidByHour(shop: Shop, from: Date, to: Date): Promise<readonly PaidHour[]>;
  waiting(shop: Shop, stuckBefore: Date): Promise<WaitingPayments>;
  /** Since a day and a month began, of those wallets' numbers; one that nothing was paid to is left out. */
  paidToWallets(
    shop: Shop,
    asked: { readonly numbers: readonly string[]; readonly day: Date; readonly month: Date },
  ): Promise<readonly PaidToWallet[]>;
  hasPaid(shop: Shop): Promise<boolean>;
}

export const PAYMENT_FIGURES = Symbol('PaymentFigures');
