import type { SqlRunner } from '@paymatch/platform-postgres';
import { slotsOfClaimKeys } from '../slots/claim-keys.store.js';
import type { SlotKey } from '../slots/records.js';

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

/** Unique per transfer for ever, and in every payment's claim on it. In capitals, since a person may have typed it. */
export function pixClaimKey(endToEndId: string): string {
  return `pix:${endToEndId.toUpperCase()}`;
}

/** `E`, the bank's ISPB, minutes in UTC, eleven characters of the bank's own; in capitals. */
export function isEndToEndId(text: string): boolean {
  return /^E[0-9A-Z]{8}\d{12}[0-9A-Z]{11}$/.test(text);
}

/**
 * What makes money countable once that a person enters under this slot; `null` = its provider and TrxID, as for any
 * other.
 */
export function enteredClaimKey(slot: SlotKey): string | null {
  return slot.provider === pixProvider ? pixClaimKey(slot.slotKey) : null;
}

/** Where the money that a person enters may stand already. */
export async function slotsOfEntered(runner: SqlRunner, slot: SlotKey): Promise<readonly SlotKey[]> {
  const claimKey = enteredClaimKey(slot);
  return claimKey === null
    ? []
    : slotsOfClaimKeys(runner, [{ merchantId: slot.merchantId, livemode: slot.livemode, claimKey }]);
}
