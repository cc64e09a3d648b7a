import type { Clock } from '@paymatch/platform-observability';
import type { Database, Tx } from '@paymatch/platform-postgres';

/** For how long an operator looks at a merchant they have entered. */
export const VISIT_MS = 3_600_000;

/** Which merchants an operator has entered, to read, in one session. */
export class OperatorVisitsStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async enter(sessionId: string, merchantId: string, tx: Tx): Promise<Date> {
    const endsAt = new Date(this.clock.nowMs() + VISIT_MS);
    await tx.query(
      `INSERT INTO gateway.operator_visits (session_id, merchant_id, ends_at) VALUES ($1, $2, $3)
       ON CONFLICT (session_id, merchant_id) DO UPDATE SET ends_at = excluded.ends_at`,
      [sessionId, merchantId, endsAt],
    );
    return endsAt;
  }

  async isInside(sessionId: string, merchantId: string): Promise<boolean> {
    const { rows } = await this.database.query(
      'SELECT 1 FROM gateway.operator_visits WHERE session_id = $1 AND merchant_id = $2 AND ends_at > $3',
      [sessionId, merchantId, new Date(this.clock.nowMs())],
    );
    return rows.length > 0;
  }
}
