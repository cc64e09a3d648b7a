import { hashFacts } from '../messages/evidence-hash.js';
import type { SlotKey } from '../slots/records.js';

/** The provider of credits that came by bank transfer, whatever told of them. */
export const bankProvider = 'bank_transfer';

type Owner = Pick<SlotKey, 'merchantId' | 'livemode'>;

/**
 * Where a bank transfer and the payments that wait for it meet: one payer, one exact sum. Hashed, since it names a
 * person.
 */
export function bankSlot(
  { merchantId, livemode }: Owner,
  money: { readonly payerKey: string; readonly amountMinor: number },
): SlotKey {
  return {
    merchantId,
    livemode,
    provider: bankProvider,
    slotKey: `~${hashFacts([money.payerKey, money.amountMinor]).slice(2)}`,
  };
}

/** Money whose payer nobody can tell stands by itself. */
export function strangeBankSlot({ merchantId, livemode }: Owner, claimKey: string): SlotKey {
  return { merchantId, livemode, provider: bankProvider, slotKey: `~${hashFacts([claimKey]).slice(2)}` };
}
