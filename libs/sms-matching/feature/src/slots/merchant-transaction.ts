import { createHash } from 'node:crypto';
import type { Database, Tx } from '@paymatch/platform-postgres';
import type { SlotKey } from './records.js';

/** Whose money a transaction is about. */
export type Merchant = Pick<SlotKey, 'merchantId' | 'livemode'>;

declare const holdsItsMerchants: unique symbol;

/** A transaction that began by locking the merchants it is about. */
export type MerchantTx = Tx & { readonly [holdsItsMerchants]: true };

/**
 * Every transaction of matching: it locks its merchants, in one order for everybody, and only then writes. Facts are published in the order of
 * their transactions' numbers, which PostgreSQL gives out at a transaction's first write (a row lock is one). A transaction that had written
 * before it waited for another would have the smaller number and say its later facts first. Advisory locks are taken without a number.
 */
export function inMerchantTransaction<T>(
  database: Database,
  merchants: readonly Merchant[],
  work: (tx: MerchantTx) => Promise<T>,
): Promise<T> {
  return database.transaction(async (tx) => {
    const keys = [...new Set(merchants.map(lockKey))].sort((a, b) => (a < b ? -1 : 1)).map(String);
    await tx.query({
      name: 'lock-merchants',
      text: 'SELECT pg_advisory_xact_lock(key) FROM unnest($1::bigint[]) AS key',
      values: [keys],
    });
    return work(tx as MerchantTx);
  });
}

/** 64 bits: that two merchants share a lock does no harm and will hardly happen. */
function lockKey({ merchantId, livemode }: Merchant): bigint {
  return createHash('sha256')
    .update(JSON.stringify(['sms-matching', merchantId, livemode]))
    .digest()
    .readBigInt64BE();
}
