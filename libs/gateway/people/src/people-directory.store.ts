import type { Database } from '@paymatch/platform-postgres';
import type { MerchantRole } from './role-table.js';

/** Somebody as whoever runs the installation sees them. */
export interface ListedPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly isOperator: boolean;
  readonly hasTotp: boolean;
  readonly passkeys: number;
  readonly lastSeenAt: Date | null;
  readonly merchants: readonly { readonly id: string; readonly name: string; readonly role: MerchantRole }[];
}

type Row = {
  id: string;
  name: string;
  email: string;
  is_operator: boolean;
  has_totp: boolean;
  passkeys: number;
  last_seen_at: Date | null;
  merchants: { id: string; name: string; role: MerchantRole }[];
};

/** Shown of one person; whoever works for more is found at each of them. */
const MERCHANTS_MAX = 20;

/** Everybody of the installation: for its operators alone. */
export class PeopleDirectory {
  constructor(private readonly database: Database) {}

  /** Newest first; `text` is a part of the name or of the address. */
  async list(asked: {
    readonly text: string | null;
    readonly after: string | null;
    readonly limit: number;
  }): Promise<readonly ListedPerson[]> {
    const { rows } = await this.database.query<Row>(
      `SELECT u.id, u.name, u.email, u.is_operator, u.totp_confirmed_at IS NOT NULL AS has_totp,
              (SELECT count(*)::int FROM gateway.passkeys k WHERE k.user_id = u.id) AS passkeys,
              (SELECT max(s.last_seen_at) FROM gateway.sessions s WHERE s.user_id = u.id) AS last_seen_at,
              coalesce(belongs.merchants, '[]') AS merchants
         FROM gateway.users u
         LEFT JOIN LATERAL (
           SELECT json_agg(json_build_object('id', of_one.merchant_id, 'name', of_one.name, 'role',
             of_one.role)) AS merchants
             FROM (SELECT b.merchant_id, m.name, b.role FROM gateway.memberships b
                     JOIN gateway.merchant_settings m ON m.merchant_id = b.merchant_id AND m.livemode
                    WHERE b.user_id = u.id ORDER BY m.name, b.merchant_id LIMIT ${MERCHANTS_MAX}) of_one) belongs
                      ON true
        WHERE ($1::text IS NULL OR strpos(lower(u.name), lower($1)) > 0 OR strpos(u.email, lower($1)) > 0)
          AND ($2::uuid IS NULL OR u.id < $2)
        ORDER BY u.id DESC LIMIT $3`,
      [asked.text, asked.after, asked.limit],
    );
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      email: row.email,
      isOperator: row.is_operator,
      hasTotp: row.has_totp,
      passkeys: row.passkeys,
      lastSeenAt: row.last_seen_at,
      merchants: row.merchants,
    }));
  }
}
