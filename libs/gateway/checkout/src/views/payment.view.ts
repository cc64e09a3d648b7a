import type { SafeHtml } from './html.js';
import { methodView } from './methods/method-view.js';
import { outcomeView, reviewView } from './outcome.view.js';
import type { PaymentPage } from './page-context.js';

/** The page of a payment as it stands; `null` when it is open and its method has no page here. */
export function paymentView(page: PaymentPage): SafeHtml | null {
  const method = methodView(page.payment);
  switch (page.phase) {
    case 'pending':
      return method?.pending(page) ?? null;
    case 'verifying':
      return method?.verifying(page) ?? null;
    case 'review':
      return page.isRetyping && method !== null ? method.verifying(page) : reviewView(page);
    case 'completed':
    case 'refunded':
    case 'cancelled':
    case 'failed':
    case 'expired':
      return outcomeView(page);
  }
}
