import { uuidToUlid, type PaymentSnapshot } from '@paymatch/contracts';
import { claimKeys } from '@paymatch/sms-matching-domain';
import { bankSlot } from '../bank/bank-slots.js';
import type { MatchingWork } from './matching-work.js';
import { pixSlot } from '../pix/pix-slots.js';
import type { SlotKey } from './records.js';

/**
 * Where a payment waits for money without anybody submitting a TrxID: a Pix under the txid its code carries, a bank
 * transfer under its payer's document and full name with the exact amount.
 */
export function implicitSlots(payment: PaymentSnapshot): readonly SlotKey[] {
  switch (payment.method) {
    case 'wallet':
      return [];
    case 'pix':
      return [pixSlot(payment, payment.instructions?.['txid'] ?? uuidToUlid(payment.id).slice(1))];
    case 'bank_transfer':
      return payment.payer === null
        ? []
        : claimKeys(payment.payer).map((key) => bankSlot(payment, { payerKey: key, amountMinor: payment.amountMinor }));
  }
}

/** Lets a new payment wait there; returns the slots that are to be settled. */
export function putImplicitClaims(work: MatchingWork, payment: PaymentSnapshot): readonly SlotKey[] {
  const slots = implicitSlots(payment);
  for (const slot of slots) {
    work.putClaim({
      ...slot,
      paymentId: payment.id,
      amountMinor: payment.amountMinor,
      currency: payment.currency,
      senderNumber: payment.payer?.document ?? null,
      walletNumber: null,
      paymentCreatedAt: payment.createdAt,
      submittedAt: payment.createdAt,
      status: 'open',
      objection: null,
    });
  }
  return slots;
}
