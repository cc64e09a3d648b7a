import type { PaymentMethod, PaymentSnapshot } from '@paymatch/contracts';
import type { SafeHtml } from '../html.js';
import type { PaymentPage } from '../page-context.js';
import { bankTransferMethod } from './bank-transfer.view.js';
import { pixMethod } from './pix.view.js';
import { walletMethod } from './wallet.view.js';

/** How one payment method looks while its payment is open; the ends look the same for all. */
export interface MethodView {
  pending(page: PaymentPage): SafeHtml;
  /** After the customer has said that they paid. */
  verifying(page: PaymentPage): SafeHtml;
}

/** One file per method. */
const views: Readonly<Record<PaymentMethod, MethodView>> = {
  wallet: walletMethod,
  pix: pixMethod,
  bank_transfer: bankTransferMethod,
};

/** `null` for a payment that says nothing of how to pay it: its customer has that from the shop. */
export function methodView(payment: PaymentSnapshot): MethodView | null {
  return payment.method === 'wallet' || payment.instructions !== null ? views[payment.method] : null;
}
