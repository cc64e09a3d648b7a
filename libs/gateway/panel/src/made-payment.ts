import { uuidToUlid } from '@paymatch/contracts';
import type { Caller } from '@paymatch/gateway-access';
import { dataAnswer, type Answer } from '@paymatch/gateway-edge';
import type { PanelDesk } from './panel-desk.js';

const MINUTE_MS = 60_000;

interface Wanted {
  /** The command's and the payment's: one request makes one. */
  readonly operationId: string;
  readonly correlationId: string;
  readonly amountMinor: number;
  readonly metadata: Readonly<Record<string, string>>;
  /** The wallet that its page shows at once. */
  readonly walletId?: string;
}

/** A wallet payment that somebody makes by hand; it is one like any other, and counts as one. */
export async function makePayment(desk: PanelDesk, caller: Caller, wanted: Wanted): Promise<Answer> {
  const { merchantId, livemode, merchant } = caller;
  const { operationId, correlationId, amountMinor, metadata, walletId } = wanted;
  const nowMs = desk.clock.nowMs();
  await desk.subscriptions.admitPayment(caller, (since) => desk.payments.createdSince({ merchantId, livemode, since }));
  const { payment } = await desk.paymentCommands.send(
    {
      type: 'CreatePayment',
      commandId: operationId,
      paymentId: operationId,
      merchantId,
      livemode,
      now: new Date(nowMs).toISOString(),
      dialect: 'fastaar',
      source: 'panel',
      method: 'wallet',
      amountMinor,
      currency: 'BDT',
      invoiceId: null,
      customerId: null,
      metadata,
      successUrl: null,
      cancelUrl: null,
      callbackUrl: null,
      payer: null,
      exchange: null,
      charge: null,
      instructions: null,
      expiresAt: new Date(nowMs + merchant.expiryMinutes * MINUTE_MS).toISOString(),
      invoiceIsUsedOnce: false,
    },
    { correlationId },
  );
  const id = uuidToUlid(payment.id);
  const query = walletId === undefined ? '' : `?wallet=${walletId}`;
  return dataAnswer(201, { id, status: payment.status, checkout_url: `${desk.publicUrl}/pay/${id}${query}` });
}
