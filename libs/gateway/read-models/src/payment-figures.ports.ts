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

/** Injected under `PAYMENT_FIGURES`. */
export interface PaymentFigures {
  paidByHour(shop: Shop, from: Date, to: Date): Promise<readonly PaidHour[]>;
  waiting(shop: Shop, stuckBefore: Date): Promise<WaitingPayments>;
  hasPaid(shop: Shop): Promise<boolean>;
}

export const PAYMENT_FIGURES = Symbol('PaymentFigures');
