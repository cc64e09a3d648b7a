import type { Brands, Merchants, SubscriptionGate } from '@paymatch/gateway-access';
import type { PaymentLinks, Wallets } from '@paymatch/gateway-receiving';
import type { PageOpenings, PaymentFigures, PaymentReadModel, PaymentsClient } from '@paymatch/gateway-read-models';

/** The neighbours the checkout works with. */
export interface CheckoutPorts {
  readonly payments: PaymentReadModel;
  readonly client: PaymentsClient;
  readonly openings: Pick<PageOpenings, 'note'>;
  readonly merchants: Merchants;
  readonly brands: Brands;
  readonly wallets: Wallets;
  readonly figures: Pick<PaymentFigures, 'paidToWallets'>;
  readonly links: PaymentLinks;
  readonly subscriptions: Pick<SubscriptionGate, 'admitPayment'>;
}

export const CHECKOUT_PORTS = Symbol('CheckoutPorts');
