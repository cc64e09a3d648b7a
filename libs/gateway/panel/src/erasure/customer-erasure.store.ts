import { uuidToUlid, type PaymentSnapshot } from '@paymatch/contracts';
import type { SqlRunner, Tx } from '@paymatch/platform-postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was erased, by what stays; and the audit log may lose who is named in what was asked for, and nothing else. */
export class CustomerErasures1763780000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE gateway.customer_erasures (
        merchant_id uuid NOT NULL,
        livemode boolean NOT NULL,
        reference text NOT NULL,
        payments integer NOT NULL,
        erased_at timestamptz NOT NULL,
        PRIMARY KEY (merchant_id, livemode, reference, erased_at)
      )`);
    await runner.query(`
      CREATE OR REPLACE FUNCTION gateway.refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'audit_log' AND current_setting('paymatch.erasing', true) = 'on' THEN
          RETURN NULL;
        END IF;
        RAISE EXCEPTION 'the audit log is only ever added to';
      END $$`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

export interface Shop {
  readonly merchantId: string;
  readonly livemode: boolean;
}

/** Contract A's by its number, contract B's by what its payments call it. */
export interface ErasedCustomer {
  readonly contract: PaymentSnapshot['dialect'];
  readonly reference: string;
  readonly phone: string | null;
  readonly email: string | null;
}

const NUMBER_SHAPE = /^[1-9][0-9]{0,8}$/;

/** `id`: contract A's number, or the UUID by which the panel lists contract B's customers. */
export async function findCustomer(sql: SqlRunner, shop: Shop, id: string): Promise<ErasedCustomer | null> {
  const { merchantId, livemode } = shop;
  if (NUMBER_SHAPE.test(id)) {
    const {
      rows: [row],
    } = await sql.query<{ phone: string; email: string | null }>(
      'SELECT phone, email FROM gateway.customers WHERE merchant_id = $1 AND livemode = $2 AND id = $3',
      [merchantId, livemode, Number(id)],
    );
    return row === undefined ? null : { contract: 'fastaar', reference: id, ...row };
  }
  const {
    rows: [row],
  } = await sql.query<{ reference: string }>(
    `SELECT reference FROM gateway.payers_v1 WHERE merchant_id = $1 AND livemode = $2 AND id::text = lower($3)`,
    [merchantId, livemode, id],
  );
  return row === undefined ? null : { contract: 'smartfastpay', phone: null, email: null, ...row };
}

/** Of contract A also those that name nobody and were paid from the customer's number. */
export async function paymentsOfCustomer(
  sql: SqlRunner,
  { merchantId, livemode }: Shop,
  asked: Pick<ErasedCustomer, 'contract' | 'reference' | 'phone'> & { readonly limit: number },
): Promise<readonly PaymentSnapshot[]> {
  const { rows } = await sql.query<{ snapshot: PaymentSnapshot }>(
    `SELECT snapshot FROM gateway.payments_v1
      WHERE merchant_id = $1 AND livemode = $2 AND dialect = $3 AND customer_id = $4
     UNION ALL
     SELECT snapshot FROM gateway.payments_v1
      WHERE merchant_id = $1 AND livemode = $2 AND dialect = $3 AND sender_number = $5 AND customer_id IS NULL
     LIMIT $6`,
    [merchantId, livemode, asked.contract, asked.reference, asked.phone, asked.limit],
  );
  return rows.map(({ snapshot }) => snapshot);
}

const LIKE_SIGNS = /[\\%_]/g;

/** What this service keeps beside the payments. */
export async function eraseAtTheGateway(
  tx: Tx,
  { merchantId, livemode }: Shop,
  erased: {
    readonly customer: ErasedCustomer;
    readonly pseudonym: string;
    readonly paymentIds: readonly string[];
    readonly texts: readonly string[];
  },
): Promise<void> {
  const { customer, pseudonym, paymentIds, texts } = erased;
  // What people wrote about a payment may name whom it is of.
  const subjects = paymentIds.flatMap((id) => [id, uuidToUlid(id).toLowerCase()]);
  // Numbers have no holes: the row stays, with nobody in it.
  if (customer.contract === 'fastaar')
    await tx.query(
      `UPDATE gateway.customers SET name = 'erased', phone = 'erased', email = NULL, address = NULL, notes = NULL
        WHERE merchant_id = $1 AND livemode = $2 AND id = $3`,
      [merchantId, livemode, Number(customer.reference)],
    );
  else if (customer.reference !== pseudonym)
    await tx.query(
      `WITH gone AS (
         DELETE FROM gateway.payers_v1 WHERE merchant_id = $1 AND livemode = $2 AND reference = $3 AND id =
           md5($1::text || ' ' || $2::text || ' ' || $3)::uuid RETURNING told_by, created_at)
       INSERT INTO gateway.payers_v1 (id, merchant_id, livemode, reference, name, email, told_by, created_at)
       SELECT md5($1::text || ' ' || $2::text || ' ' || $4)::uuid, $1, $2, $4, 'erased', 'erased@erased.invalid',
              told_by, created_at FROM gone
       ON CONFLICT DO NOTHING`,
      [merchantId, livemode, customer.reference, pseudonym],
    );
  await tx.query(`UPDATE gateway.payment_notes SET text = 'erased' WHERE payment_id = ANY($1::uuid[])`, [paymentIds]);
  await tx.query(`SET LOCAL paymatch.erasing = 'on'`);
  await tx.query(
    `UPDATE gateway.audit_log SET before = NULL, after = NULL, reason = 'erased'
      WHERE merchant_id = $1 AND livemode = $2
        AND (lower(subject) = ANY ($4::text[])
          OR concat_ws(' ', before::text, after::text, reason) LIKE ANY ($3::text[]))`,
    [merchantId, livemode, texts.map((text) => `%${text.replace(LIKE_SIGNS, '\\$&')}%`), subjects],
  );
}

export async function recordErasure(
  tx: Tx,
  { merchantId, livemode }: Shop,
  done: { readonly reference: string; readonly payments: number; readonly at: string },
): Promise<void> {
  await tx.query(
    `INSERT INTO gateway.customer_erasures (merchant_id, livemode, reference, payments, erased_at)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    [merchantId, livemode, done.reference, done.payments, done.at],
  );
}
