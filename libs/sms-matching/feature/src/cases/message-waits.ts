import type { ReviewSettings, SetReviewSettings } from '@paymatch/contracts';
import type { SqlRunner } from '@paymatch/platform-postgres';

const MINUTE_MS = 60_000;
const SHOPS_MAX = 100_000;

interface Shop {
  readonly merchantId: string;
  readonly livemode: boolean;
}

/**
 * How long each shop waits for the message of a TrxID before a person must ask. Kept in memory, since every TrxID asks:
 * what a shop changes holds everywhere after the next look at what has waited too long, for TrxIDs that come then.
 */
export class MessageWaits {
  private own: ReadonlyMap<string, number> = new Map();

  constructor(private readonly installationMs: number) {}

  ofMs(shop: Shop): number {
    return this.own.get(keyOf(shop)) ?? this.installationMs;
  }

  async refresh(runner: SqlRunner): Promise<void> {
    const { rows } = await runner.query<{ merchant_id: string; livemode: boolean; wait_minutes: number }>(
      `SELECT merchant_id, livemode, wait_minutes FROM sms_matching.message_waits LIMIT ${SHOPS_MAX}`,
    );
    this.own = new Map(
      rows.map((row) => [keyOf({ merchantId: row.merchant_id, livemode: row.livemode }), row.wait_minutes * MINUTE_MS]),
    );
  }

  async read(runner: SqlRunner, { merchantId, livemode }: Shop): Promise<ReviewSettings> {
    const { rows } = await runner.query<{ wait_minutes: number }>(
      'SELECT wait_minutes FROM sms_matching.message_waits WHERE merchant_id = $1 AND livemode = $2',
      [merchantId, livemode],
    );
    return {
      messageWaitMinutes: rows[0]?.wait_minutes ?? null,
      installationMinutes: Math.round(this.installationMs / MINUTE_MS),
    };
  }

  async set(runner: SqlRunner, command: SetReviewSettings): Promise<void> {
    const { merchantId, livemode, messageWaitMinutes } = command;
    if (messageWaitMinutes === undefined) return;
    if (messageWaitMinutes === null)
      await runner.query('DELETE FROM sms_matching.message_waits WHERE merchant_id = $1 AND livemode = $2', [
        merchantId,
        livemode,
      ]);
    else
      await runner.query(
        `INSERT INTO sms_matching.message_waits (merchant_id, livemode, wait_minutes) VALUES ($1, $2, $3)
         ON CONFLICT (merchant_id, livemode) DO UPDATE SET wait_minutes = excluded.wait_minutes`,
        [merchantId, livemode, messageWaitMinutes],
      );
    await this.refresh(runner);
  }
}

function keyOf({ merchantId, livemode }: Shop): string {
  return `${merchantId} ${livemode}`;
}
