import type { PaymentMethod } from '@paymatch/contracts';
import type { SafeHtml } from '../html.js';
import type { PaymentPage } from '../page-context.js';
import { walletMethod } from './wallet.view.js';

/** How one payment method looks while its payment is open; the ends look the same for all. */
export interface MethodView {
  pending(page: PaymentPage): SafeHtml;
  /** After the customer has said that they paid. */
  verifying(page: PaymentPage): SafeHtml;
}

/** One file per method. `null`: contract B's customers get their Pix code or bank details from the shop, not from this page. */
const views: Readonly<Record<PaymentMethod, MethodView | null>> = { wallet: walletMethod, pix: null, bank_transfer: null };

export function methodView(method: PaymentMethod): MethodView | null {
  return views[method];
}
