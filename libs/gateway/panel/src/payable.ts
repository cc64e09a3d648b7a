import type { PaymentSnapshot } from '@paymatch/contracts';
import { Problem } from '@paymatch/gateway-edge';
import type { Caller } from '@paymatch/gateway-access';
import type { PanelDesk } from './panel-desk.js';

/**
 * Refuses to give money to a payment that is not the caller's, or that is paid: payments would refuse it too, but only
 * after the money was offered to it. One that failed or expired may be completed by a person.
 */
export async function requirePayable(desk: PanelDesk, caller: Caller, paymentId: string): Promise<void> {
  const payment = await existingPayment(desk, caller, paymentId);
  if (payment.completedAt !== null)
    throw new Problem(409, 'payment-already-paid', {
      detail: 'This payment is paid; the money cannot be given to it.',
    });
}

/** Refuses to fail a payment that is not the caller's, or that is over. */
export async function requireOpen(desk: PanelDesk, caller: Caller, paymentId: string): Promise<void> {
  const { status } = await existingPayment(desk, caller, paymentId);
  if (status !== 'pending' && status !== 'awaiting_verification')
    throw new Problem(409, 'payment-closed', { detail: `This payment is ${status} and cannot be rejected any more.` });
}

async function existingPayment(desk: PanelDesk, caller: Caller, paymentId: string): Promise<PaymentSnapshot> {
  const { merchantId, livemode } = caller;
  const payment = await desk.payments.find({ merchantId, livemode, paymentId });
  if (payment === null)
    throw new Problem(404, 'payment-not-found', { detail: 'You have no payment with this payment_id.' });
  return payment;
}
