import { createHash } from 'node:crypto';
import type { Database, Tx } from '@paymatch/platform-postgres';
import type { SlotKey } from './records.js';
import { takeIn, type TakeIn, type TakenIn } from './take-in.js';

/** Whose money a transaction is about. */
export type Merchant = Pick<SlotKey, 'merchantId' | 'livemode'>;

declare const holdsItsMerchants: unique symbol;

/** A transaction that began by locking the merchants it is about. */
export type MerchantTx = Tx & { readonly [holdsItsMerchants]: true };

/**
 * Every transaction of matching: it locks its merchants, in one order for everybody, and only then writes. Facts are
 * published in the order of their transactions' numbers, which PostgreSQL gives out at a transaction's first write (a
 * row lock is one). A transaction that had written before it waited for another would have the smaller number and say
 * its later facts first. Advisory locks are taken without a number. `wanted` is stored and looked up in the same call
 * as the locks are taken.
 */
export function inMerchantTransaction<T>(
  database: Database,
  about: { readonly merchants: readonly Merchant[]; readonly wanted?: TakeIn },
  work: (tx: MerchantTx, found: TakenIn) => Promise<T>,
): Promise<T> {
  return database.transaction(async (tx) => {
    const keys = [...new Set(about.merchants.map(lockKey))].sort((a, b) => (a < b ? -1 : 1)).map(String);
    const found = await takeIn(tx, about.wanted ?? {}, keys);
    return work(tx as MerchantTx, found);
  });
}

/** 64 bits: that two merchants share a lock does no harm and will hardly happen. */
export function lockKey({ merchantId, livemode }: Merchant): bigint {
  return createHash('sha256')
    .update(JSON.stringify(['sms-matching', merchantId, livemode]))
    .digest()
    .readBigInt64BE();
}
