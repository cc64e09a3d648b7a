import type { Clock } from '@paymatch/platform-observability';
import type { Database, Tx } from '@paymatch/platform-postgres';

/** For how long an operator looks at a merchant they have entered. */
export const VISIT_MS = 3_600_000;
/** More than anybody looks at within an hour. */
const VISITS_MAX = 100;

export interface Visit {
  readonly merchantId: string;
  readonly name: string;
  readonly status: 'active' | 'suspended';
  readonly endsAt: Date;
}

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

  /** Which merchants somebody looks at in this session, and until when. */
  async openIn(sessionId: string): Promise<readonly Visit[]> {
    const { rows } = await this.database.query<{
      merchant_id: string;
      name: string;
      status: 'active' | 'suspended';
      ends_at: Date;
    }>(
      `SELECT v.merchant_id, s.name, m.status, v.ends_at
         FROM gateway.operator_visits v JOIN gateway.merchants m ON m.id = v.merchant_id
         JOIN gateway.merchant_settings s ON s.merchant_id = m.id AND s.livemode
        WHERE v.session_id = $1 AND v.ends_at > $2 ORDER BY s.name, v.merchant_id LIMIT ${VISITS_MAX}`,
      [sessionId, new Date(this.clock.nowMs())],
    );
    return rows.map((row) => ({
      merchantId: row.merchant_id,
      name: row.name,
      status: row.status,
      endsAt: row.ends_at,
    }));
  }

  async isInside(sessionId: string, merchantId: string): Promise<boolean> {
    const { rows } = await this.database.query(
      'SELECT 1 FROM gateway.operator_visits WHERE session_id = $1 AND merchant_id = $2 AND ends_at > $3',
      [sessionId, merchantId, new Date(this.clock.nowMs())],
    );
    return rows.length > 0;
  }
}
