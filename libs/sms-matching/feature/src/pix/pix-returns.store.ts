import type { PixDevolucao } from '@paymatch/contracts';
import type { SqlRunner, Tx } from '@paymatch/platform-postgres';
import type { MatchingWork } from '../slots/matching-work.js';
import { creditDetails, fromRow, toRows, type CreditRecord } from '../slots/records.js';

/** What a bank said went back of a Pix. */
export interface PixReturnRecord {
  readonly creditId: string;
  readonly returnId: string;
  readonly rtrId: string | null;
  readonly amountMinor: number;
  readonly status: string;
  readonly reason: string | null;
  readonly requestedAt: string | null;
  readonly settledAt: string | null;
  /** When payments was told. */
  readonly toldAt: string | null;
}

/** The one status in which money has gone (Banco Central, "API Pix": EM_PROCESSAMENTO, DEVOLVIDO, NAO_REALIZADO). */
const GONE = 'DEVOLVIDO';

/** The returns of the credits a transaction holds the locks of. */
export class PixReturns {
  private readonly changed = new Set<PixReturnRecord>();

  private constructor(private readonly records: Map<string, PixReturnRecord>) {}

  static async load(runner: SqlRunner, creditIds: readonly string[]): Promise<PixReturns> {
    if (creditIds.length === 0) return new PixReturns(new Map());
    const { rows } = await runner.query('SELECT * FROM sms_matching.pix_returns WHERE credit_id = ANY($1::uuid[])', [
      creditIds,
    ]);
    return new PixReturns(
      new Map(
        rows.map((row) => {
          const record = fromRow<PixReturnRecord>(row);
          return [keyOf(record), record];
        }),
      ),
    );
  }

  /** Notices are told twice and out of order: what has gone has gone. */
  note(creditId: string, devolucao: PixDevolucao): void {
    const { id: returnId, rtrId, amountMinor, status, reason, requestedAt, settledAt } = devolucao;
    const known = this.records.get(keyOf({ creditId, returnId }));
    if (known?.status === GONE || known?.status === status) return;
    this.put({ creditId, returnId, rtrId, amountMinor, status, reason, requestedAt, settledAt, toldAt: null });
  }

  /**
   * Says what money that went back means for its credit. One that has completed a payment stays spent: payments is
   * told, once, and a person sees it. One that nobody has been given is not there any more: only a person may give it
   * away.
   */
  apply(work: MatchingWork, credit: CreditRecord): void {
    const gone = [...this.records.values()].filter(
      (record) =>
        record.creditId === credit.creditId &&
        record.status === GONE &&
        record.toldAt === null &&
        record.amountMinor > 0,
    );
    if (gone.length === 0) return;
    if (credit.status === 'open' || credit.status === 'in_review')
      return work.review(credit, { reason: 'money_returned', paymentId: null });
    if (credit.status !== 'consumed' || credit.paymentId === null) return;
    for (const record of gone) {
      const { returnId, amountMinor, reason } = record;
      work.emit(credit, {
        type: 'credits.money-returned',
        paymentId: credit.paymentId,
        returnId,
        amountMinor,
        reason,
        credit: creditDetails(credit),
      });
      this.put({ ...record, toldAt: work.now });
    }
    work.noteContradiction(credit, 'money_returned');
  }

  async flush(tx: Tx): Promise<void> {
    if (this.changed.size === 0) return;
    await tx.query(
      `INSERT INTO sms_matching.pix_returns SELECT * FROM jsonb_populate_recordset(NULL::sms_matching.pix_returns,
        $1::jsonb)
       ON CONFLICT (credit_id, return_id) DO UPDATE SET rtr_id = excluded.rtr_id, amount_minor = excluded.amount_minor,
         status = excluded.status, reason = excluded.reason,
         requested_at = excluded.requested_at, settled_at = excluded.settled_at, told_at = excluded.told_at`,
      [toRows([...this.changed])],
    );
  }

  private put(record: PixReturnRecord): void {
    const earlier = this.records.get(keyOf(record));
    if (earlier !== undefined) this.changed.delete(earlier);
    this.records.set(keyOf(record), record);
    this.changed.add(record);
  }
}

function keyOf({ creditId, returnId }: Pick<PixReturnRecord, 'creditId' | 'returnId'>): string {
  return JSON.stringify([creditId, returnId]);
}
