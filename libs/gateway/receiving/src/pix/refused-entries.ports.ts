import type { AccountOwner } from '../receiving-accounts.ports.js';

/** One entry of a bank's Pix notice that could not be read: money may stand behind it. */
export interface RefusedPixEntry {
  readonly reason: string;
  /** The entry as the bank sent it, as JSON text. */
  readonly entry: string;
  readonly arrivedAt: string;
}

/** Injected under `REFUSED_PIX_ENTRIES`. */
export interface RefusedPixEntries {
  /** Newest first. */
  list(owner: AccountOwner, limit: number): Promise<readonly RefusedPixEntry[]>;
}

export const REFUSED_PIX_ENTRIES = Symbol('RefusedPixEntries');
