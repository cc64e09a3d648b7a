import type { Database } from '@paymatch/platform-postgres';

export interface Customer {
  readonly id: number;
  readonly name: string;
  readonly phone: string;
  readonly email: string | null;
  readonly address: string | null;
  readonly notes: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export type CustomerFields = Omit<Customer, 'id' | 'createdAt' | 'updatedAt'>;

/** Whose customers: from the credential alone. */
export interface CustomerScope {
  readonly merchantId: string;
  readonly livemode: boolean;
}

export interface CustomerFilter {
  readonly email: string | null;
  readonly phone: string | null;
  readonly skip: number;
  readonly limit: number;
}

type Row = {
  id: number;
  name: string;
  phone: string;
  email: string | null;
  address: string | null;
  notes: string | null;
  created_at: Date;
  updated_at: Date;
};

const COLUMNS = 'id, name, phone, email, address, notes, created_at, updated_at';
const CHANGEABLE = ['name', 'phone', 'email', 'address', 'notes'] as const;

export class CustomersStore {
  constructor(private readonly database: Database) {}

  /**
   * The counter's row lock gives each customer the next number, without holes. A repeat of one operation gives the same
   * customer.
   */
  async create(
    scope: CustomerScope,
    customer: CustomerFields & { readonly operationId: string | null; readonly now: Date },
  ): Promise<Customer> {
    const { merchantId, livemode } = scope;
    return this.database.transaction(async (tx) => {
      const {
        rows: [number],
      } = await tx.query<{ last_id: number }>(
        `INSERT INTO gateway.customer_numbers AS c (merchant_id, livemode, last_id) VALUES ($1, $2, 1)
         ON CONFLICT (merchant_id, livemode) DO UPDATE SET last_id = c.last_id + 1 RETURNING last_id`,
        [merchantId, livemode],
      );
      const {
        rows: [repeated],
      } = await tx.query<Row>(
        `SELECT ${COLUMNS} FROM gateway.customers WHERE merchant_id = $1 AND livemode = $2 AND operation_id = $3`,
        [merchantId, livemode, customer.operationId],
      );
      if (repeated !== undefined) {
        await tx.query(
          'UPDATE gateway.customer_numbers SET last_id = last_id - 1 WHERE merchant_id = $1 AND livemode = $2',
          [merchantId, livemode],
        );
        return toCustomer(repeated);
      }
      const { rows } = await tx.query<Row>(
        `INSERT INTO gateway.customers (merchant_id, livemode, id, name, phone, email, address, notes, operation_id,
          created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) RETURNING ${COLUMNS}`,
        [
          merchantId,
          livemode,
          number!.last_id,
          customer.name,
          customer.phone,
          customer.email,
          customer.address,
          customer.notes,
          customer.operationId,
          customer.now,
        ],
      );
      return toCustomer(rows[0]!);
    });
  }

  async find(scope: CustomerScope, id: number): Promise<Customer | null> {
    const {
      rows: [row],
    } = await this.database.query<Row>(
      `SELECT ${COLUMNS} FROM gateway.customers WHERE merchant_id = $1 AND livemode = $2 AND id = $3`,
      [scope.merchantId, scope.livemode, id],
    );
    return row === undefined ? null : toCustomer(row);
  }

  /** Changes the fields that are given; `null` when there is no such customer. */
  async update(
    scope: CustomerScope,
    change: { readonly id: number; readonly fields: Partial<CustomerFields>; readonly now: Date },
  ): Promise<Customer | null> {
    const given = CHANGEABLE.filter((field) => change.fields[field] !== undefined);
    const sets = given.map((field, index) => `${field} = $${index + 5}`);
    const {
      rows: [row],
    } = await this.database.query<Row>(
      `UPDATE gateway.customers SET ${[...sets, 'updated_at = $4'].join(', ')} WHERE merchant_id = $1 AND livemode = $2
        AND id = $3 RETURNING ${COLUMNS}`,
      [scope.merchantId, scope.livemode, change.id, change.now, ...given.map((field) => change.fields[field])],
    );
    return row === undefined ? null : toCustomer(row);
  }

  /**
   * Newest first. Numbers have no holes, so without a filter neither the total nor a deep page counts or skips rows.
   */
  async list(
    scope: CustomerScope,
    filter: CustomerFilter,
  ): Promise<{ readonly customers: readonly Customer[]; readonly total: number }> {
    const { merchantId, livemode } = scope;
    if (filter.email === null && filter.phone === null) {
      const {
        rows: [number],
      } = await this.database.query<{ last_id: number }>(
        'SELECT last_id FROM gateway.customer_numbers WHERE merchant_id = $1 AND livemode = $2',
        [merchantId, livemode],
      );
      const total = number?.last_id ?? 0;
      // Beyond the end lies nothing, and possibly a number that is no `integer`.
      if (filter.skip >= total) return { customers: [], total };
      const { rows } = await this.database.query<Row>(
        `SELECT ${COLUMNS} FROM gateway.customers WHERE merchant_id = $1 AND livemode = $2 AND id <= $3
          ORDER BY id DESC LIMIT $4`,
        [merchantId, livemode, total - filter.skip, filter.limit],
      );
      return { customers: rows.map(toCustomer), total };
    }
    const where =
      'merchant_id = $1 AND livemode = $2 AND ($3::text IS NULL OR email = $3) AND ($4::text IS NULL OR phone = $4)';
    const values = [merchantId, livemode, filter.email, filter.phone];
    const {
      rows: [counted],
    } = await this.database.query<{ n: number }>(`SELECT count(*) AS n FROM gateway.customers WHERE ${where}`, values);
    const { rows } = await this.database.query<Row>(
      `SELECT ${COLUMNS} FROM gateway.customers WHERE ${where} ORDER BY id DESC OFFSET $5 LIMIT $6`,
      [...values, filter.skip, filter.limit],
    );
    return { customers: rows.map(toCustomer), total: counted?.n ?? 0 };
  }
}

function toCustomer(row: Row): Customer {
  const { id, name, phone, email, address, notes } = row;
  return {
    id,
    name,
    phone,
    email,
    address,
    notes,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
