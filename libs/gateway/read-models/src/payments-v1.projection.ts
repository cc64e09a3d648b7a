import { idTimeMs, orderedMinor, type PaymentEventData, type PaymentSnapshot } from '@paymatch/contracts';
import {
  booleanArray,
  int4Array,
  int8Array,
  jsonArray,
  type SqlRunner,
  textArray,
  timestamptzArray,
  uuidArray,
} from '@paymatch/platform-postgres';

const MINUTE_MS = 60_000;

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

/** The minute since 1970 in which a payment's id was made; lists are in the order of ids. */
export function minuteOf(paymentId: string): number {
  return Math.floor(idTimeMs(paymentId) / MINUTE_MS);
}

const INCOMING = `incoming AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::boolean[], $4::text[], $5::integer[], $6::text[], $7::integer[], $8::text[], $9::timestamptz[], $10::timestamptz[],
                         $11::json[], $12::text[], $13::bigint[], $14::text[], $15::bigint[], $16::text[])
           AS i(id, merchant_id, livemode, dialect, version, status, minute, invoice_id, created_at, expires_at, snapshot, customer_id, asked_minor, asked_currency, settled_minor, updated_at))`;
const COLUMNS = `id, merchant_id, livemode, dialect, version, status, minute, invoice_id, created_at, expires_at, snapshot,
                 customer_id, asked_minor, asked_currency, settled_minor, updated_at`;
const SLOTS = '(VALUES (1440::smallint, minute / 1440), (1::smallint, minute)) AS s(slot_minutes, slot)';

/**
 * Adds payments not seen before, and counts them in the same statement. Rows are taken in the order of their keys, payments before
 * counts, so that two writers never wait for each other in a circle.
 */
const addSql = (tables: PaymentTables): string => `
  WITH ${INCOMING}, added AS (
    INSERT INTO ${tables.payments} (${COLUMNS})
    SELECT ${COLUMNS} FROM incoming ORDER BY id
    ON CONFLICT (id) DO NOTHING
    RETURNING id, merchant_id, livemode, dialect, status, minute
  ), counted AS (
    INSERT INTO ${tables.counts} AS c (merchant_id, livemode, dialect, slot_minutes, status, slot, n)
    SELECT merchant_id, livemode, dialect, slot_minutes, status, slot, count(*) FROM added CROSS JOIN LATERAL ${SLOTS}
     GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
    ON CONFLICT (merchant_id, livemode, dialect, slot_minutes, status, slot) DO UPDATE SET n = c.n + excluded.n
  )
  SELECT id FROM added`;

/**
 * Brings known payments to a newer version and moves their counts. `prior` locks each row and reads it as it is now: without the lock
 * two writers of one payment would both take it from the same old status.
 */
const changeSql = (tables: PaymentTables): string => `
  WITH ${INCOMING}, prior AS MATERIALIZED (
    SELECT p.id, p.status FROM ${tables.payments} p JOIN incoming i ON i.id = p.id WHERE p.version < i.version ORDER BY p.id FOR UPDATE OF p
  ), changed AS (
    UPDATE ${tables.payments} p
       SET version = i.version, status = i.status, invoice_id = i.invoice_id, expires_at = i.expires_at, snapshot = i.snapshot,
           settled_minor = i.settled_minor, updated_at = i.updated_at
      FROM incoming i JOIN prior ON prior.id = i.id
     WHERE p.id = i.id
    RETURNING p.merchant_id, p.livemode, p.dialect, p.minute, prior.status AS old_status, p.status AS new_status
  )
  INSERT INTO ${tables.counts} AS c (merchant_id, livemode, dialect, slot_minutes, status, slot, n)
  SELECT merchant_id, livemode, dialect, slot_minutes, d.status, slot, sum(d.delta)
    FROM changed CROSS JOIN LATERAL ${SLOTS} CROSS JOIN LATERAL (VALUES (old_status, -1), (new_status, 1)) AS d(status, delta)
   WHERE old_status <> new_status
   GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(d.delta) <> 0 ORDER BY 1, 2, 3, 4, 5, 6
  ON CONFLICT (merchant_id, livemode, dialect, slot_minutes, status, slot) DO UPDATE SET n = c.n + excluded.n`;

const refundSql = (tables: PaymentTables): string => `
  INSERT INTO ${tables.refunds} (payment_id, version, merchant_id, livemode, amount_minor, source, created_at, refund_id)
  SELECT payment_id, version, merchant_id, livemode, amount_minor, source, created_at, refund_id
    FROM json_to_recordset($1) AS i(payment_id uuid, version integer, merchant_id uuid, livemode boolean, amount_minor bigint, source text, created_at timestamptz, refund_id bigint)
   ORDER BY payment_id, version
  ON CONFLICT (payment_id, version) DO NOTHING`;

/**
 * Writes facts into the read model. Each statement is whole by itself and guarded by the payment's version, so facts may come twice, late,
 * in any order and from several writers at once. A payment's newest snapshot says everything; older ones of a batch are not written.
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
    // Adding comes first: a row that was not there and is now was added by somebody else, and can be changed.
    const { rows } = await sql.query<{ id: string }>({ ...this.add, values: [...toColumns(batch)] });
    if (rows.length === batch.length) return;
    const added = new Set(rows.map((row) => row.id));
    // A payment is never older than its first version.
    const known = batch.filter((snapshot) => snapshot.version > 1 && !added.has(snapshot.id));
    if (known.length > 0) await sql.query({ ...this.change, values: [...toColumns(known)] });
  }

  /** Refunds are kept each by itself: a later one does not tell what the earlier ones were. */
  async writeRefunds(sql: SqlRunner, facts: readonly PaymentEventData[]): Promise<void> {
    const rows = facts
      .filter((fact) => fact.type === 'payments.refund-recorded')
      .map(({ payment, details }) => ({
        payment_id: payment.id,
        version: payment.version,
        merchant_id: payment.merchantId,
        livemode: payment.livemode,
        amount_minor: details.amountMinor,
        source: details.source,
        created_at: details.at,
        refund_id: details.refundId,
      }));
    if (rows.length > 0) await sql.query(refundSql(this.tables), [JSON.stringify(rows)]);
  }
}

/** The columns of `incoming`, each as one binary array: cheaper for both sides than JSON that is written and read again. */
function toColumns(snapshots: readonly PaymentSnapshot[]): readonly Buffer[] {
  const search = snapshots.map((snapshot) =>
    snapshot.dialect === 'smartfastpay' ? searchColumns(snapshot) : NOT_SEARCHED,
  );
  return [
    uuidArray(snapshots.map(({ id }) => id)),
    uuidArray(snapshots.map(({ merchantId }) => merchantId)),
    booleanArray(snapshots.map(({ livemode }) => livemode)),
    textArray(snapshots.map(({ dialect }) => dialect)),
    int4Array(snapshots.map(({ version }) => version)),
    textArray(snapshots.map(({ status }) => status)),
    int4Array(snapshots.map(({ id }) => minuteOf(id))),
    textArray(snapshots.map(({ invoiceId }) => invoiceId)),
    timestamptzArray(snapshots.map(({ createdAt }) => createdAt)),
    timestamptzArray(snapshots.map(({ expiresAt }) => expiresAt)),
    jsonArray(snapshots),
    textArray(search.map(({ customerId }) => customerId)),
    int8Array(search.map(({ askedMinor }) => askedMinor)),
    textArray(search.map(({ askedCurrency }) => askedCurrency)),
    int8Array(search.map(({ settledMinor }) => settledMinor)),
    textArray(search.map(({ updatedAt }) => updatedAt)),
  ];
}

interface SearchColumns {
  readonly customerId: string | null;
  readonly askedMinor: number | null;
  readonly askedCurrency: string | null;
  readonly settledMinor: number | null;
  readonly updatedAt: string | null;
}

const NOT_SEARCHED: SearchColumns = {
  customerId: null,
  askedMinor: null,
  askedCurrency: null,
  settledMinor: null,
  updatedAt: null,
};

/** What contract B's lists search and sort by; contract A's payments leave these empty. */
function searchColumns(snapshot: PaymentSnapshot): SearchColumns {
  const askedMinor = snapshot.exchange?.baseAmountMinor ?? orderedMinor(snapshot);
  return {
    customerId: snapshot.customerId,
    askedMinor,
    askedCurrency: snapshot.exchange?.baseCurrency ?? snapshot.currency,
    settledMinor: settledMinorOf(snapshot, askedMinor),
    updatedAt: snapshot.updatedAt,
  };
}

/** A refund is recorded in what was paid; of what was asked for, the same share is gone. Rounded half up, in whole numbers. */
function settledMinorOf(snapshot: PaymentSnapshot, askedMinor: number): number {
  if (!SETTLED.has(snapshot.status)) return 0;
  const amount = BigInt(snapshot.amountMinor);
  const kept = BigInt(snapshot.amountMinor - snapshot.refundedMinor);
  return Number((2n * BigInt(askedMinor) * kept + amount) / (2n * amount));
}

const SETTLED: ReadonlySet<string> = new Set(['completed', 'partially_refunded', 'refunded']);
