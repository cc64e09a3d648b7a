import type { Database, Tx } from '@paymatch/platform-postgres';
import type { Merchant } from './access.ports.js';

/** A merchant as whoever runs the installation sees it. */
export interface ListedMerchant {
  readonly id: string;
  readonly name: string;
  readonly status: Merchant['status'];
  readonly createdAt: Date;
  readonly planId: string | null;
  readonly planUntil: Date | null;
}

type Row = {
  id: string;
  name: string;
  status: Merchant['status'];
  created_at: Date;
  plan_id: string | null;
  active_until: Date | null;
};

const SELECT = `SELECT m.id, s.name, m.status, m.created_at, p.plan_id, p.active_until
    FROM gateway.merchants m JOIN gateway.merchant_settings s ON s.merchant_id = m.id AND s.livemode
    LEFT JOIN gateway.subscriptions p ON p.merchant_id = m.id`;

/** All merchants of the installation: for its operators alone. */
export class MerchantDirectory {
  constructor(private readonly database: Database) {}

  /** Newest first; `text` is a part of the name or the whole id. */
  async list(asked: {
    readonly text: string | null;
    readonly status: Merchant['status'] | null;
    readonly after: string | null;
    readonly limit: number;
  }): Promise<readonly ListedMerchant[]> {
    const { rows } = await this.database.query<Row>(
      `${SELECT} WHERE ($1::text IS NULL OR strpos(lower(s.name), lower($1)) > 0 OR m.id::text = lower($1))
         AND ($2::text IS NULL OR m.status = $2) AND ($3::uuid IS NULL OR m.id < $3)
       ORDER BY m.id DESC LIMIT $4`,
      [asked.text, asked.status, asked.after, asked.limit],
    );
    return rows.map(toListed);
  }

  async find(merchantId: string): Promise<ListedMerchant | null> {
    const {
      rows: [row],
    } = await this.database.query<Row>(`${SELECT} WHERE m.id = $1`, [merchantId]);
    return row === undefined ? null : toListed(row);
  }

  async namesOf(merchantIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { rows } = await this.database.query<{ merchant_id: string; name: string }>(
      'SELECT merchant_id, name FROM gateway.merchant_settings WHERE livemode AND merchant_id = ANY ($1)',
      [[...new Set(merchantIds)]],
    );
    return new Map(rows.map((row) => [row.merchant_id, row.name]));
  }

  /** As it is now, and as nobody else changes it until this transaction ends. */
  async lock(merchantId: string, tx: Tx): Promise<ListedMerchant | null> {
    const {
      rows: [row],
    } = await tx.query<Row>(`${SELECT} WHERE m.id = $1 FOR NO KEY UPDATE OF m, s`, [merchantId]);
    return row === undefined ? null : toListed(row);
  }

  /** In both modes. */
  async rename(merchantId: string, name: string, tx: Tx): Promise<void> {
    await tx.query('UPDATE gateway.merchant_settings SET name = $2 WHERE merchant_id = $1', [merchantId, name]);
  }
}

function toListed(row: Row): ListedMerchant {
  return {
    id: row.id,
    name: row.name,
    status: row.status,
    createdAt: row.created_at,
    planId: row.plan_id,
    planUntil: row.active_until,
  };
}
