import type { SqlRunner } from '@paymatch/platform-postgres';
import type { MerchantTx } from './merchant-transaction.js';
import type { SlotKey } from './records.js';
import { takeIn, type LockedRecords } from './take-in.js';

/**
 * All that stands on slots, in a transaction that holds their merchants: until it ends, nobody else changes any of it.
 */
export function loadHeld(tx: MerchantTx, wanted: readonly SlotKey[]): Promise<LockedRecords> {
  return loadSlots(tx, wanted);
}

/** The same for whoever changes nothing: a picture that may be old. */
export async function loadSlots(runner: SqlRunner, wanted: readonly SlotKey[]): Promise<LockedRecords> {
  return wanted.length === 0 ? { credits: [], claims: [], cases: [] } : takeIn(runner, { slots: wanted });
}
