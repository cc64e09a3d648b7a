import type { Database } from '@paymatch/platform-postgres';
import type { AccountOwner } from '../receiving-accounts.ports.js';
import type { RefusedPixEntries, RefusedPixEntry } from './refused-entries.ports.js';

type EntryRow = { reason: string; entry: string; arrived_at: Date };

/** Reads what `PixInbox` kept for people. */
export class RefusedPixEntriesStore implements RefusedPixEntries {
  constructor(private readonly database: Database) {}

  async list(owner: AccountOwner, limit: number): Promise<readonly RefusedPixEntry[]> {
    const { rows } = await this.database.query<EntryRow>(
      `SELECT reason, entry, arrived_at FROM gateway.pix_refused_entries WHERE merchant_id = $1 AND livemode = $2
        ORDER BY arrived_at DESC, content_hash LIMIT $3`,
      [owner.merchantId, owner.livemode, limit],
    );
    return rows.map((row) => ({ reason: row.reason, entry: row.entry, arrivedAt: row.arrived_at.toISOString() }));
  }
}
