import type { SlotKey } from '../records.js';

/** The provider of credits that a bank's Pix notice told of. */
export const pixProvider = 'pix';

const OUR_TXID = /^[0-9A-HJKMNP-TV-Z]{25}$/;

/** Whether a payment of ours may carry this txid: a ULID without its first character. */
export function isOurTxid(txid: string): boolean {
  return OUR_TXID.test(txid.toUpperCase());
}

type Owner = Pick<SlotKey, 'merchantId' | 'livemode'>;

export function pixSlot({ merchantId, livemode }: Owner, txid: string): SlotKey {
  return { merchantId, livemode, provider: pixProvider, slotKey: txid.toUpperCase() };
}

/** Money that names no payment of ours stands by itself. */
export function strangePixSlot({ merchantId, livemode }: Owner, endToEndId: string): SlotKey {
  return { merchantId, livemode, provider: pixProvider, slotKey: `~${endToEndId}` };
}
