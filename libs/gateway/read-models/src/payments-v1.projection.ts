import type { PaymentEventData, PaymentSnapshot } from '@paymatch/contracts';
import type { SqlRunner } from '@paymatch/platform-postgres';
import { addPayersSql } from './customers/payers.sql.js';
import {
  paymentArrays,
  paymentColumnNames,
  paymentRowsSql,
  refundColumnNames,
  refundRecord,
  refundRecordSql,
} from './payments-v1.columns.js';

/** Which tables a projection writes: the ones in use, or the ones a rebuild fills beside them. */
export interface PaymentTables {
  readonly payments: string;
  readonly counts: string;
  readonly refunds: string;
}

export const paymentTablesV1: PaymentTables = {
  payments: 'gateway.payments_v1',
  counts: 'gateway.payment_counts_v1',
  refunds: 'gateway.payment_refunds_v1',
};

const INCOMING = `incoming AS (${paymentRowsSql})`;
const SLOTS = '(VALUES (1440::smallint, minute / 1440), (1::smallint, minute)) AS s(slot_minutes, slot)';

/** How many payments a slot has of a status, and what they come to. */
const ADD_TO_COUNT = `(merchant_id, livemode, dialect, slot_minutes, status, slot)
      DO UPDATE SET n = c.n + excluded.n, amount_minor = c.amount_minor + excluded.amount_minor`;

/**
 * Adds payments not seen before; the same statement counts them and writes whom they name. Rows are taken in the order
 * of their keys, payments before counts, so that two writers never wait for each other in a circle.
 */
const addSql = (tables: PaymentTables): string => `
  WITH ${INCOMING}, added AS (
    INSERT INTO ${tables.payments} (${paymentColumnNames})
    SELECT ${paymentColumnNames} FROM incoming ORDER BY id
    ON CONFLICT (id) DO NOTHING
    RETURNING id, merchant_id, livemode, dialect, status, minute, amount_minor
  ), counted AS (
    INSERT INTO ${tables.counts} AS c (merchant_id, livemode, dialect, slot_minutes, status, slot, n, amount_minor)
    SELECT merchant_id, livemode, dialect, slot_minutes, status, slot, count(*), sum(amount_minor)
      FROM added CROSS JOIN LATERAL ${SLOTS}
     GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
    ON CONFLICT ${ADD_TO_COUNT}
  ), named AS (${addPayersSql})
  SELECT id FROM added`;

/**
 * Brings known payments to a newer version and moves their counts. `prior` locks each row and reads it as it is now:
 * without the lock two writers of one payment would both take it from the same old status. Answers with those that were
 * there, at whatever version.
 */
const changeSql = (tables: PaymentTables): string => `
  WITH ${INCOMING}, prior AS MATERIALIZED (
    SELECT p.id, p.status FROM ${tables.payments} p JOIN incoming i ON i.id = p.id WHERE p.version < i.version
      ORDER BY p.id FOR UPDATE OF p
  ), changed AS (
    UPDATE ${tables.payments} p
       SET version = i.version, status = i.status, invoice_id = i.invoice_id, expires_at = i.expires_at, snapshot =
         i.snapshot,
           settled_minor = i.settled_minor, updated_at = i.updated_at, provider = i.provider,
           wallet_number = i.wallet_number, trx_id = i.trx_id, sender_number = i.sender_number,
           customer_id = i.customer_id
      FROM incoming i JOIN prior ON prior.id = i.id
     WHERE p.id = i.id
    RETURNING p.merchant_id, p.livemode, p.dialect, p.minute, p.amount_minor, prior.status AS old_status,
      p.status AS new_status
  ), counted AS (
    INSERT INTO ${tables.counts} AS c (merchant_id, livemode, dialect, slot_minutes, status, slot, n, amount_minor)
    SELECT merchant_id, livemode, dialect, slot_minutes, d.status, slot, sum(d.delta), sum(d.delta * amount_minor)
      FROM changed CROSS JOIN LATERAL ${SLOTS} CROSS JOIN LATERAL (VALUES (old_status, -1), (new_status, 1)) AS
        d(status, delta)
     WHERE old_status <> new_status
     GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(d.delta) <> 0 OR sum(d.delta * amount_minor) <> 0
     ORDER BY 1, 2, 3, 4, 5, 6
    ON CONFLICT ${ADD_TO_COUNT}
  )
  SELECT p.id FROM ${tables.payments} p JOIN incoming i ON i.id = p.id`;

/**
 * Counts all payments of tables that have no counts yet. A shop's minutes are laid down in the order of time, as they
 * are when payments come one after the other: a day's are read from neighbouring pages.
 */
export const countSql = (tables: PaymentTables): string => `
  INSERT INTO ${tables.counts} (merchant_id, livemode, dialect, slot_minutes, status, slot, n, amount_minor)
  SELECT merchant_id, livemode, dialect, s.slot_minutes, status, s.slot, count(*), sum(amount_minor)
    FROM ${tables.payments} CROSS JOIN LATERAL ${SLOTS}
   GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 4, 6, 3, 5`;

const refundSql = (tables: PaymentTables): string => `
  INSERT INTO ${tables.refunds} (${refundColumnNames})
  SELECT ${refundColumnNames} FROM json_to_recordset($1) AS i(${refundRecordSql})
   ORDER BY payment_id, version
  ON CONFLICT (payment_id, version) DO NOTHING`;

/**
 * Writes facts into the read model. Each statement is whole by itself and guarded by the payment's version, so facts
 * may come twice, late, in any order and from several writers at once. A payment's newest snapshot says everything;
 * older ones of a batch are not written.
 */
export class PaymentsProjection {
  private readonly add: { readonly name: string; readonly text: string };
  private readonly change: { readonly name: string; readonly text: string };

  constructor(private readonly tables: PaymentTables = paymentTablesV1) {
    this.add = { name: `add ${tables.payments}`, text: addSql(tables) };
    this.change = { name: `change ${tables.payments}`, text: changeSql(tables) };
  }

  async write(sql: SqlRunner, snapshots: readonly PaymentSnapshot[]): Promise<void> {
    const newest = new Map<string, PaymentSnapshot>();
    for (const snapshot of snapshots) {
      if (snapshot.version > (newest.get(snapshot.id)?.version ?? 0)) newest.set(snapshot.id, snapshot);
    }
    const batch = [...newest.values()];
    if (batch.length === 0) return;
    // A payment is never older than its first version, and one that has a later version is mostly there.
    const later = batch.filter(({ version }) => version > 1);
    const changed = await this.run(sql, this.change, later);
    const unseen = batch.filter(({ id }) => !changed.has(id));
    const added = await this.run(sql, this.add, unseen);
    // One that was not there and then could not be added was added by somebody else meanwhile, and can be changed.
    await this.run(
      sql,
      this.change,
      unseen.filter(({ id, version }) => version > 1 && !added.has(id)),
    );
  }

  /** The ids the statement answers with. */
  private async run(
    sql: SqlRunner,
    statement: { readonly name: string; readonly text: string },
    snapshots: readonly PaymentSnapshot[],
  ): Promise<ReadonlySet<string>> {
    if (snapshots.length === 0) return new Set();
    const { rows } = await sql.query<{ id: string }>({ ...statement, values: [...paymentArrays(snapshots)] });
    return new Set(rows.map(({ id }) => id));
  }

  /** Refunds are kept each by itself: a later one does not tell what the earlier ones were. */
  async writeRefunds(sql: SqlRunner, facts: readonly PaymentEventData[]): Promise<void> {
    const rows = facts.filter((fact) => fact.type === 'payments.refund-recorded').map(refundRecord);
    if (rows.length > 0) await sql.query(refundSql(this.tables), [JSON.stringify(rows)]);
  }
}
