import type { SqlRunner } from '@paymatch/platform-postgres';
import { fromRow, toRows, type SlotKey } from './records.js';

export interface ClaimKey {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly claimKey: string;
}

/** The slots of money that is known by its claim key, found without locks: a credit never changes its slot. */
export async function slotsOfClaimKeys(runner: SqlRunner, keys: readonly ClaimKey[]): Promise<readonly SlotKey[]> {
  if (keys.length === 0) return [];
  const { rows } = await runner.query(
    `SELECT DISTINCT merchant_id, livemode, provider, slot_key FROM sms_matching.credits
       JOIN jsonb_to_recordset($1::jsonb) AS wanted (merchant_id text, livemode boolean, claim_key text)
         USING (merchant_id, livemode, claim_key)`,
    [toRows(keys)],
  );
  return rows.map((row) => fromRow<SlotKey>(row));
}
