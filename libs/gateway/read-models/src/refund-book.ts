import { earlyRefundId, type PaymentSnapshot } from '@paymatch/contracts';
import type { SqlRunner } from '@paymatch/platform-postgres';
import type { RefundBook, RefundPage, RefundQuery } from './refund-book.ports.js';

type Row = {
  payment_id: string;
  version: number;
  amount_minor: number;
  source: 'api' | 'panel';
  created_at: Date;
  refund_id: number | null;
  snapshot: PaymentSnapshot;
};

/** All refunds of a shop, from an index that holds them in the order of time. */
export class RefundBookQueries implements RefundBook {
  constructor(private readonly sql: SqlRunner) {}

  async list({ merchantId, livemode, from, to, after, limit }: RefundQuery): Promise<RefundPage> {
    const { rows } = await this.sql.query<Row>(
      `SELECT r.payment_id, r.version, r.amount_minor, r.source, r.created_at, r.refund_id, p.snapshot
         FROM (SELECT * FROM gateway.payment_refunds_v1
                WHERE merchant_id = $1 AND livemode = $2 AND ($3::timestamptz IS NULL OR created_at >= $3)
                  AND ($4::timestamptz IS NULL OR created_at < $4)
                  AND ($5::timestamptz IS NULL OR (created_at, payment_id, version) < ($5, $6::uuid, $7::integer))
                ORDER BY created_at DESC, payment_id DESC, version DESC LIMIT $8) AS r
         JOIN gateway.payments_v1 p ON p.id = r.payment_id
        ORDER BY r.created_at DESC, r.payment_id DESC, r.version DESC`,
      [
        merchantId,
        livemode,
        from,
        to,
        after?.createdAt ?? null,
        after?.paymentId ?? null,
        after?.version ?? null,
        limit + 1,
      ],
    );
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      refunds: shown.map((row) => ({
        id:
          row.refund_id ??
          earlyRefundId({ paymentId: row.payment_id, version: row.version, at: row.created_at.toISOString() }),
        amountMinor: row.amount_minor,
        source: row.source,
        createdAt: row.created_at.toISOString(),
        payment: row.snapshot,
      })),
      next:
        rows.length > limit && last !== undefined
          ? { createdAt: last.created_at.toISOString(), paymentId: last.payment_id, version: last.version }
          : null,
    };
  }
}
