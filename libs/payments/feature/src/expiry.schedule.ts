import type { PaymentEventData } from '@paymatch/contracts';
import type { SqlRunner } from '@paymatch/platform-postgres';

/**
 * Which pending payments end when: written from the published facts, read by the sweep. A missed row only delays the
 * sweep, never the truth.
 */
export class ExpirySchedule {
  constructor(private readonly sql: SqlRunner) {}

  /**
   * Keeps the rows of a batch of facts: pending payments in, everything else out. Repeats change nothing; a time only
   * comes nearer.
   */
  async apply(facts: readonly PaymentEventData[]): Promise<void> {
    const last = new Map(facts.map((fact) => [fact.payment.id, fact.payment]));
    // What follows a payment's first TrxID finds its row removed already.
    const leaves = new Set(
      facts
        .filter(({ type, payment }) => type === 'payments.trx-submitted' || payment.trxAttempts === 0)
        .map(({ payment }) => payment.id),
    );
    const pending = [...last.values()].filter((payment) => payment.status === 'pending');
    const settled = [...last.values()].filter(({ id, status }) => status !== 'pending' && leaves.has(id));
    if (pending.length > 0) {
      await this.sql.query({
        name: 'expiry_schedule_add',
        text: 'INSERT INTO payments.expiry_schedule (payment_id, expires_at) SELECT * FROM unnest($1::uuid[], $2::timestamptz[]) ON CONFLICT (payment_id) DO UPDATE SET expires_at = excluded.expires_at WHERE expiry_schedule.expires_at > excluded.expires_at',
        values: [pending.map((payment) => payment.id), pending.map((payment) => payment.expiresAt)],
      });
    }
    await this.remove(settled.map((payment) => payment.id));
  }

  async remove(paymentIds: readonly string[]): Promise<void> {
    if (paymentIds.length === 0) return;
    await this.sql.query({
      name: 'expiry_schedule_remove',
      text: 'DELETE FROM payments.expiry_schedule WHERE payment_id = ANY($1::uuid[])',
      values: [paymentIds],
    });
  }

  /** Looks at these later: whatever keeps them from ending must not keep the others waiting. */
  async postpone(paymentIds: readonly string[], untilMs: number): Promise<void> {
    if (paymentIds.length === 0) return;
    await this.sql.query({
      name: 'expiry_schedule_postpone',
      text: 'UPDATE payments.expiry_schedule SET expires_at = $2 WHERE payment_id = ANY($1::uuid[])',
      values: [paymentIds, new Date(untilMs)],
    });
  }

  /** The payments whose time has come, oldest first. */
  async due(nowMs: number, limit: number): Promise<readonly string[]> {
    const result = await this.sql.query<{ payment_id: string }>({
      name: 'expiry_schedule_due',
      text: 'SELECT payment_id FROM payments.expiry_schedule WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2',
      values: [new Date(nowMs), limit],
    });
    return result.rows.map((row) => row.payment_id);
  }
}
