import { idTimeMs, orderedMinor, type PaymentEventData, type PaymentSnapshot } from '@paymatch/contracts';
import {
  booleanArray,
  copyLine,
  int4Array,
  int8Array,
  jsonArray,
  textArray,
  timestamptzArray,
  uuidArray,
} from '@paymatch/platform-postgres';

const MINUTE_MS = 60_000;

/** The minute since 1970 in which a payment's id was made; lists are in the order of ids. */
export function minuteOf(paymentId: string): number {
  return Math.floor(idTimeMs(paymentId) / MINUTE_MS);
}

interface Row {
  readonly payment: PaymentSnapshot;
  readonly search: SearchColumns;
}

interface Column {
  readonly name: string;
  /** PostgreSQL's type. */
  readonly type: string;
  /** The column of many rows as one binary array: cheaper for both sides than JSON that is written and read again. */
  readonly array: (rows: readonly Row[]) => Buffer;
  /** The same value as COPY reads it. */
  readonly text: (row: Row) => string | number | boolean | null;
}

function column<T extends string | number | boolean | null>(
  name: string,
  type: string,
  value: { readonly of: (row: Row) => T; readonly array: (values: readonly T[]) => Buffer },
): Column {
  return { name, type, array: (rows) => value.array(rows.map(value.of)), text: value.of };
}

/** What is written of a payment, in the order of the statements' parameters. */
const columns: readonly Column[] = [
  column('id', 'uuid', { of: ({ payment }) => payment.id, array: uuidArray }),
  column('merchant_id', 'uuid', { of: ({ payment }) => payment.merchantId, array: uuidArray }),
  column('livemode', 'boolean', { of: ({ payment }) => payment.livemode, array: booleanArray }),
  column('dialect', 'text', { of: ({ payment }) => payment.dialect, array: textArray }),
  column('version', 'integer', { of: ({ payment }) => payment.version, array: int4Array }),
  column('status', 'text', { of: ({ payment }) => payment.status, array: textArray }),
  column('minute', 'integer', { of: ({ payment }) => minuteOf(payment.id), array: int4Array }),
  column('invoice_id', 'text', { of: ({ payment }) => payment.invoiceId, array: textArray }),
  column('created_at', 'timestamptz', { of: ({ payment }) => payment.createdAt, array: timestamptzArray }),
  column('expires_at', 'timestamptz', { of: ({ payment }) => payment.expiresAt, array: timestamptzArray }),
  {
    name: 'snapshot',
    type: 'json',
    array: (rows) => jsonArray(rows.map(({ payment }) => payment)),
    text: ({ payment }) => JSON.stringify(payment),
  },
  column('customer_id', 'text', { of: ({ payment }) => payment.customerId, array: textArray }),
  column('asked_minor', 'bigint', { of: ({ search }) => search.askedMinor, array: int8Array }),
  column('asked_currency', 'text', { of: ({ search }) => search.askedCurrency, array: textArray }),
  column('settled_minor', 'bigint', { of: ({ search }) => search.settledMinor, array: int8Array }),
  column('updated_at', 'text', { of: ({ search }) => search.updatedAt, array: textArray }),
  column('amount_minor', 'bigint', { of: ({ payment }) => payment.amountMinor, array: int8Array }),
  column('source', 'text', { of: ({ payment }) => payment.source, array: textArray }),
  column('method', 'text', { of: ({ payment }) => payment.method, array: textArray }),
  column('provider', 'text', { of: ({ payment }) => payment.provider, array: textArray }),
  column('wallet_number', 'text', { of: ({ payment }) => payment.walletNumber, array: textArray }),
  column('trx_id', 'text', { of: ({ payment }) => payment.trxId, array: textArray }),
  column('sender_number', 'text', { of: ({ payment }) => payment.senderNumber, array: textArray }),
];

export const paymentColumnNames = columns.map(({ name }) => name).join(', ');

/** `unnest` of one array per column, as rows named `i`. */
export const paymentRowsSql = `SELECT *
  FROM unnest(${columns.map(({ type }, index) => `$${index + 1}::${type}[]`).join(', ')}) AS i(${paymentColumnNames})`;

/** The parameters of `paymentRowsSql`. */
export function paymentArrays(payments: readonly PaymentSnapshot[]): readonly Buffer[] {
  const rows = payments.map(toRow);
  return columns.map(({ array }) => array(rows));
}

/** One payment as COPY reads it, in the order of `paymentColumnNames`. */
export function paymentLine(payment: PaymentSnapshot): string {
  const row = toRow(payment);
  return copyLine(columns.map(({ text }) => text(row)));
}

type Value = string | number | boolean | null | undefined;

/** What is written of a refund: a column's name, PostgreSQL's type of it, and its value in a fact. */
const refundColumns: readonly {
  readonly name: string;
  readonly type: string;
  readonly of: (fact: PaymentEventData) => Value;
}[] = [
  { name: 'payment_id', type: 'uuid', of: ({ payment }) => payment.id },
  { name: 'version', type: 'integer', of: ({ payment }) => payment.version },
  { name: 'merchant_id', type: 'uuid', of: ({ payment }) => payment.merchantId },
  { name: 'livemode', type: 'boolean', of: ({ payment }) => payment.livemode },
  { name: 'amount_minor', type: 'bigint', of: ({ details }) => details.amountMinor as number },
  { name: 'source', type: 'text', of: ({ details }) => details.source as string },
  { name: 'created_at', type: 'timestamptz', of: ({ details }) => details.at as string },
  // Facts of earlier programs have none.
  { name: 'refund_id', type: 'bigint', of: ({ details }) => details.refundId as number | undefined },
];

export const refundColumnNames = refundColumns.map(({ name }) => name).join(', ');

/** The columns with their types, for `json_to_recordset` of `refundRecord`s. */
export const refundRecordSql = refundColumns.map(({ name, type }) => `${name} ${type}`).join(', ');

export function refundRecord(fact: PaymentEventData): Readonly<Record<string, Value>> {
  return Object.fromEntries(refundColumns.map(({ name, of }) => [name, of(fact)]));
}

/** One refund as COPY reads it, in the order of `refundColumnNames`. */
export function refundLine(fact: PaymentEventData): string {
  return copyLine(refundColumns.map(({ of }) => of(fact) ?? null));
}

function toRow(payment: PaymentSnapshot): Row {
  return { payment, search: payment.dialect === 'smartfastpay' ? searchColumns(payment) : NOT_SEARCHED };
}

interface SearchColumns {
  readonly askedMinor: number | null;
  readonly askedCurrency: string | null;
  readonly settledMinor: number | null;
  readonly updatedAt: string | null;
}

const NOT_SEARCHED: SearchColumns = {
  askedMinor: null,
  askedCurrency: null,
  settledMinor: null,
  updatedAt: null,
};

/** What contract B's lists search and sort by; contract A's payments leave these empty. */
function searchColumns(snapshot: PaymentSnapshot): SearchColumns {
  const askedMinor = snapshot.exchange?.baseAmountMinor ?? orderedMinor(snapshot);
  return {
    askedMinor,
    askedCurrency: snapshot.exchange?.baseCurrency ?? snapshot.currency,
    settledMinor: settledMinorOf(snapshot, askedMinor),
    updatedAt: snapshot.updatedAt,
  };
}

/**
 * A refund is recorded in what was paid; of what was asked for, the same share is gone. Rounded half up, in whole
 * numbers.
 */
function settledMinorOf(snapshot: PaymentSnapshot, askedMinor: number): number {
  if (!SETTLED.has(snapshot.status)) return 0;
  const amount = BigInt(snapshot.amountMinor);
  const kept = BigInt(snapshot.amountMinor - snapshot.refundedMinor);
  return Number((2n * BigInt(askedMinor) * kept + amount) / (2n * amount));
}

const SETTLED: ReadonlySet<string> = new Set(['completed', 'partially_refunded', 'refunded']);
