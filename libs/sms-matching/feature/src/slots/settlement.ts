import { settleBankSlot } from '../bank/bank-matching.js';
import { bankProvider } from '../bank/bank-slots.js';
import type { MatchingWork } from './matching-work.js';
import type { SlotKey } from './records.js';
import { settleSlot, type SettleOptions } from './slot-matching.js';

/** Brings together what stands on a slot, by the rules of its kind. */
export function settle(work: MatchingWork, slot: SlotKey, settings: SettleOptions): void {
  if (slot.provider === bankProvider) settleBankSlot(work, slot, settings);
  else settleSlot(work, slot, settings);
}
