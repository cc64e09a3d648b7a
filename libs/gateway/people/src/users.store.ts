import { newId } from '@paymatch/contracts';
import type { Clock } from '@paymatch/platform-observability';
import type { Database, SqlRunner, Tx } from '@paymatch/platform-postgres';
import type { Membership, NewPerson, Person, PersonLanguage } from './people.ports.js';
import type { MerchantRole } from './role-table.js';

export const personColumns = `u.id AS user_id, u.email, u.name, u.language, u.is_operator,
  u.totp_confirmed_at IS NOT NULL AS has_totp,
  EXISTS (SELECT 1 FROM gateway.passkeys k WHERE k.user_id = u.id) AS has_passkey`;

export type PersonRow = {
  user_id: string;
  email: string;
  name: string;
  language: PersonLanguage;
  is_operator: boolean;
  has_totp: boolean;
  has_passkey: boolean;
};

export function toPerson(row: PersonRow): Person {
  return {
    id: row.user_id,
    email: row.email,
    name: row.name,
    language: row.language,
    isOperator: row.is_operator,
    hasTotp: row.has_totp,
    hasPasskey: row.has_passkey,
  };
}

/** More merchants than anybody belongs to. */
const MEMBERSHIPS_MAX = 500;

/** People and what they are where. */
export class UsersStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** `null` where somebody has that address already. */
  async add(person: NewPerson, tx: Tx): Promise<string | null> {
    const {
      rows: [row],
    } = await tx.query<{ id: string }>(
      `INSERT INTO gateway.users (id, email, name, language, password_hash, is_operator, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (email) DO NOTHING RETURNING id`,
      [
        newId(),
        person.email,
        person.name,
        person.language,
        person.passwordHash,
        person.isOperator,
        new Date(this.clock.nowMs()),
      ],
    );
    return row?.id ?? null;
  }

  /** With what is kept of the password. */
  async findByEmail(email: string): Promise<(Person & { readonly passwordHash: string }) | null> {
    const {
      rows: [row],
    } = await this.database.query<PersonRow & { password_hash: string }>(
      `SELECT ${personColumns}, u.password_hash FROM gateway.users u WHERE u.email = $1`,
      [email],
    );
    return row === undefined ? null : { ...toPerson(row), passwordHash: row.password_hash };
  }

  async find(userId: string): Promise<Person | null> {
    const {
      rows: [row],
    } = await this.database.query<PersonRow>(`SELECT ${personColumns} FROM gateway.users u WHERE u.id = $1`, [userId]);
    return row === undefined ? null : toPerson(row);
  }

  async emailOf(userId: string): Promise<string | null> {
    const {
      rows: [row],
    } = await this.database.query<{ email: string }>('SELECT email FROM gateway.users WHERE id = $1', [userId]);
    return row?.email ?? null;
  }

  async passwordHashOf(userId: string): Promise<string | null> {
    const {
      rows: [row],
    } = await this.database.query<{ password_hash: string }>('SELECT password_hash FROM gateway.users WHERE id = $1', [
      userId,
    ]);
    return row?.password_hash ?? null;
  }

  async setPassword(userId: string, passwordHash: string, tx: Tx): Promise<void> {
    await tx.query('UPDATE gateway.users SET password_hash = $2 WHERE id = $1', [userId, passwordHash]);
  }

  async makeOperator(userId: string, tx: Tx): Promise<void> {
    await tx.query('UPDATE gateway.users SET is_operator = true WHERE id = $1', [userId]);
  }

  async change(
    userId: string,
    changes: { readonly name?: string | undefined; readonly language?: PersonLanguage | undefined },
    tx: Tx,
  ): Promise<void> {
    await tx.query(
      'UPDATE gateway.users SET name = coalesce($2, name), language = coalesce($3, language) WHERE id = $1',
      [userId, changes.name ?? null, changes.language ?? null],
    );
  }

  async hasOperator(): Promise<boolean> {
    const { rows } = await this.database.query('SELECT 1 FROM gateway.users WHERE is_operator LIMIT 1');
    return rows.length > 0;
  }

  async roleAt(merchantId: string, userId: string, runner: SqlRunner = this.database): Promise<MerchantRole | null> {
    const {
      rows: [row],
    } = await runner.query<{ role: MerchantRole }>(
      'SELECT role FROM gateway.memberships WHERE merchant_id = $1 AND user_id = $2',
      [merchantId, userId],
    );
    return row?.role ?? null;
  }

  /** Of somebody who belongs there already the role is changed. */
  async join(
    membership: { readonly merchantId: string; readonly userId: string; readonly role: MerchantRole },
    tx: Tx,
  ) {
    await tx.query(
      `INSERT INTO gateway.memberships (merchant_id, user_id, role, created_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (merchant_id, user_id) DO UPDATE SET role = excluded.role`,
      [membership.merchantId, membership.userId, membership.role, new Date(this.clock.nowMs())],
    );
  }

  /** By name. */
  async membershipsOf(userId: string): Promise<readonly Membership[]> {
    const { rows } = await this.database.query<{
      merchant_id: string;
      name: string;
      status: 'active' | 'suspended';
      role: MerchantRole;
    }>(
      `SELECT b.merchant_id, s.name, m.status, b.role
         FROM gateway.memberships b JOIN gateway.merchants m ON m.id = b.merchant_id
         JOIN gateway.merchant_settings s ON s.merchant_id = m.id AND s.livemode
        WHERE b.user_id = $1 ORDER BY s.name, b.merchant_id LIMIT ${MEMBERSHIPS_MAX}`,
      [userId],
    );
    return rows.map((row) => ({ merchantId: row.merchant_id, name: row.name, status: row.status, role: row.role }));
  }
}
